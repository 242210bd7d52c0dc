"""The process's life: parts run side by side until a signal, then end in stages within ten seconds; a second signal ends at once.

Stage 0 takes acts in and sends (adapters, courier), stage 1 keeps promises (timekeeper), stage 2 is what those stand on. A stage
ends when the one before it has.
"""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.core.clock import Clock, SystemClock
from bot.runtime.logs import failure

log = structlog.get_logger()

GRACE = 10.0  # seconds for everything to end
LONGEST_WAIT = timedelta(minutes=1)
STEADY = timedelta(minutes=2)  # a part that ran so long begins anew with a short wait
KILLED = 130


@dataclass(frozen=True, slots=True)
class Part:
    """`run` goes on until cancelled. A vital part's failure ends the process; another is started again after a growing wait."""

    name: str
    run: Callable[[], Awaitable[None]]
    stage: int = 0
    vital: bool = True


async def run_parts(
    parts: Sequence[Part],
    stop: asyncio.Event,
    *,
    last: Sequence[Callable[[], Awaitable[None]]] = (),
    grace: float = GRACE,
    clock: Clock | None = None,
) -> None:
    """Run parts until `stop` is set, then end them stage by stage and call `last`, all within `grace` seconds.

    Raises what a vital part raised, after the others have ended in the same way.
    """
    clock = clock or SystemClock()
    failed: list[BaseException] = []
    tasks: dict[asyncio.Task[None], Part] = {}

    def ended(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and not stop.is_set():
            error = task.exception()
            failed.append(error or RuntimeError(f"{tasks[task].name} ended by itself"))
            stop.set()

    for part in parts:
        task = asyncio.get_running_loop().create_task(_kept_running(part, clock), name=part.name)
        tasks[task] = part
        task.add_done_callback(ended)
    try:
        await stop.wait()
    finally:
        stop.set()
        await _end(tasks, last, grace)
    if failed:
        raise failed[0]


async def _kept_running(part: Part, clock: Clock) -> None:
    wait = timedelta(seconds=1)
    while True:
        began = clock.now()
        try:
            await part.run()
            if part.vital:
                return
            log.warning("part.ended", name=part.name)
        except Exception as error:
            failure("part.failed", error, name=part.name)
            if part.vital:
                raise
        wait = timedelta(seconds=1) if clock.now() - began > STEADY else wait
        await clock.sleep(wait.total_seconds())
        wait = min(wait * 2, LONGEST_WAIT)


async def _end(tasks: dict[asyncio.Task[None], Part], last: Sequence[Callable[[], Awaitable[None]]], grace: float) -> None:
    """Cancel stage after stage; what does not end in time is left behind, and named in the log."""
    log.info("stopping", count=len(tasks))
    began = time.monotonic()
    for stage in sorted({part.stage for part in tasks.values()}):
        ending = {task for task, part in tasks.items() if part.stage == stage}
        for task in ending:
            task.cancel()
        if ending:
            _, late = await asyncio.wait(ending, timeout=max(grace - (time.monotonic() - began), 0.1))
            for task in late:
                log.warning("part.late", name=tasks[task].name)
    for work in last:
        try:
            async with asyncio.timeout(max(grace - (time.monotonic() - began), 0.5)):
                await work()
        except Exception as error:
            failure("stop.failed", error)
    log.info("stopped", seconds=time.monotonic() - began)


@contextlib.contextmanager
def stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on SIGTERM or SIGINT; a second one ends the process where it stands (what is on disk is whole)."""
    loop = asyncio.get_running_loop()

    def heard() -> None:
        if stop.is_set():
            os._exit(KILLED)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, heard)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
