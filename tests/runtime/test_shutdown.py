"""Parts run side by side and end in stages."""

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from bot.runtime.shutdown import Part, run_parts, stopped_by_signals
from tests.runtime.fakes import settle


class Life:
    """Notes how parts begin and end."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def part(self, name: str, stage: int = 0, ends_in: float = 0, **more: bool) -> Part:
        async def run() -> None:
            self.said.append(f"{name} begins")
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(ends_in)
                self.said.append(f"{name} ended")

        return Part(name, run, stage, **more)


@pytest.fixture
def life() -> Life:
    return Life()


async def test_intake_ends_before_what_answers_need_and_last_comes_last(life):
    stop = asyncio.Event()

    async def close() -> None:
        life.said.append("closed")

    parts = (life.part("courier", 1), life.part("web", 0, ends_in=0.02), life.part("telegram", 0))
    running = asyncio.create_task(run_parts(parts, stop, last=(close,)))
    await settle()
    stop.set()
    await running
    assert sorted(life.said[:3]) == ["courier begins", "telegram begins", "web begins"]
    assert life.said[3:] == ["telegram ended", "web ended", "courier ended", "closed"]


async def test_a_part_that_does_not_end_does_not_hold_up_the_end(life, capsys):
    stop = asyncio.Event()
    parts = (life.part("stuck", 0, ends_in=0.5), life.part("courier", 1))
    running = asyncio.create_task(run_parts(parts, stop, grace=0.05))
    await settle()
    stop.set()
    await running
    assert life.said[-1] == "courier ended"
    assert "stuck" in capsys.readouterr().out
    await asyncio.sleep(0)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


async def test_a_vital_part_that_fails_ends_all_with_its_error(life):
    async def fail() -> None:
        await asyncio.sleep(0)
        raise ValueError("gone")

    with pytest.raises(ValueError, match="gone"):
        await run_parts((life.part("web"), Part("store", fail)), asyncio.Event())
    assert life.said == ["web begins", "web ended"]


async def test_another_part_is_started_again_after_growing_waits(life, stepped):
    stop, began = asyncio.Event(), []

    async def fail() -> None:
        began.append(stepped.now())
        raise ValueError

    parts = (life.part("web"), Part("telegram", fail, vital=False))
    running = asyncio.create_task(run_parts(parts, stop, clock=stepped))
    await stepped.go(20)
    assert [round((at - began[0]).total_seconds()) for at in began] == [0, 1, 3, 7, 15]
    assert "web ended" not in life.said
    stop.set()
    await running


async def test_a_failure_at_the_end_does_not_stop_the_rest_of_the_end(life):
    async def broken() -> None:
        raise OSError

    async def close() -> None:
        life.said.append("closed")

    stop = asyncio.Event()
    stop.set()
    await run_parts((life.part("web"),), stop, last=(broken, close))
    assert life.said[-1] == "closed"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_asks_for_the_end(number):
    stop = asyncio.Event()
    with stopped_by_signals(stop):
        os.kill(os.getpid(), number)
        async with asyncio.timeout(5):
            await stop.wait()


def test_a_second_signal_ends_at_once():
    script = (
        "import asyncio, os, signal\n"
        "from bot.runtime.shutdown import stopped_by_signals\n"
        "async def main():\n"
        "    stop = asyncio.Event()\n"
        "    with stopped_by_signals(stop):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        await stop.wait()\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=30).returncode == 130
