"""Runs the house until it is told to end. The only `asyncio.run`, on uvloop where it is installed."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

import typer

from bot.cli.terminal import WRONG, complain, say
from bot.config import Config

T = TypeVar("T")
END_WITHIN = 9.0  # seconds from a signal to the end; supervisors are told 10


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end."""
    try:
        from uvloop import new_event_loop
    except ImportError:  # not made for this system
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)


def run_house(config: Config, ready: str) -> None:
    """Open the house, say `ready` once people can come in, and keep it open until SIGTERM or SIGINT.

    What only the host can mend (a wrong key, a second copy, a taken port) is said in one sentence, without a traceback.
    """
    from bot.compose import CannotStart
    from bot.runtime.logs import set_up_logs

    set_up_logs(config.log.level)
    try:
        run_async(_run(config, ready))
    except CannotStart as problem:
        complain([problem])
        raise typer.Exit(WRONG) from None


async def _run(config: Config, ready: str) -> None:
    from bot.compose import openchair

    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    async with openchair(config) as house:
        running = asyncio.create_task(house.run(), name="house")
        told = asyncio.create_task(ended.wait(), name="signals")
        opened = asyncio.create_task(house.opened(), name="opened")
        await asyncio.wait({running, told, opened}, return_when=asyncio.FIRST_COMPLETED)
        if opened.done() and not told.done() and not running.done():
            say(ready.format(where=house.where()))
            await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
        opened.cancel()
        told.cancel()
        running.cancel()
        with suppress(asyncio.CancelledError):
            async with asyncio.timeout(END_WITHIN):
                await running
