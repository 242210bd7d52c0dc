"""Runs the house until it is told to end. The only place that starts an event loop: uvloop's, where it is installed."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import typer

from bot.cli.terminal import WRONG, complain, say
from bot.config import Config

T = TypeVar("T")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end."""
    try:
        from uvloop import new_event_loop
    except ImportError:  # not made for this system
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)


def run_house(config: Config, ready: str, *, is_demo: bool = False) -> None:
    """Open the house, say `ready` once people can come in, and keep it open until SIGTERM or SIGINT.

    What only the host can mend (a wrong key, a second copy, a taken port) is said in one sentence. Anything unforeseen is
    logged by type and place: a traceback's values may be a member's.
    """
    from bot.compose import CannotStart
    from bot.runtime.logs import failure, place_of, set_up_logs

    set_up_logs(config.log.level)
    try:
        run_async(_run(config, ready, is_demo))
    except CannotStart as problem:
        complain([problem])
        raise typer.Exit(WRONG) from None
    except Exception as error:
        failure("run.failed", error)
        complain([f"Openchair ended, which it should not: {type(error).__name__} at {place_of(error)}."])
        raise typer.Exit(WRONG) from None


async def _run(config: Config, ready: str, is_demo: bool) -> None:
    from bot.compose import House, openchair, plan_an_evening
    from bot.core.clock import SystemClock
    from bot.runtime.garbage import leave_out_what_is_here
    from bot.runtime.shutdown import stopped_by_signals

    async def greet(house: House) -> None:
        await house.opened()
        say(ready.format(where=house.where()))

    async with openchair(config) as house:
        with stopped_by_signals(house.stop):
            if is_demo:
                await plan_an_evening(house, config, SystemClock())
            leave_out_what_is_here()
            greeting = asyncio.create_task(greet(house))
            try:
                await house.run()
            finally:
                greeting.cancel()
