"""What it costs that every answer is on disk before it is given."""

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bench.answers import ACTS, FIRST, TIMES, TOGETHER, WARM, begin, ours_on
from bench.figures import Figure, Size, median, ms, share
from bench.processes import Child

GOAL, WAIT_GOAL = 0.85, 0.002
IN_MEMORY = Path("/dev/shm")


def answers(size: Size) -> list[Figure]:
    """The same bot twice: on disk with synchronous FULL, and in memory with synchronous OFF. Answers a second by the clock."""
    with ExitStack() as stack:
        sides = []
        for durable in (True, False):
            service = stack.enter_context(Child("bench.services.telegram"))
            folder = None if durable or not IN_MEMORY.is_dir() else IN_MEMORY
            bot = stack.enter_context(ours_on("telegram", service, within=folder, durable=durable))
            sides.append((service, bot))
        rounds = []
        for number in range(size.rounds + 1):
            size_of = size if number else replace(size, persons=min(size.persons, WARM))
            rounds.append([_rates(service, bot, FIRST + number * size.persons, size_of) for service, bot in sides])
        rounds = rounds[1:]
    (ours, ours_cpu), (peer, peer_cpu) = (
        [median(column) for column in zip(*side, strict=True)] for side in zip(*rounds, strict=True)
    )
    ratio = median(one[0] / other[0] for one, other in rounds)
    by_cpu = median(one[1] / other[1] for one, other in rounds)
    return [
        Figure("Durable: answers a second", f"{ours:.0f}/s", f"{peer:.0f}/s in memory", ratio, f">= {GOAL}", ratio >= GOAL),
        Figure("Durable: answers a core-second", f"{ours_cpu:.0f}/s", f"{peer_cpu:.0f}/s in memory", by_cpu),
    ]


def _rates(service: Child, bot: Child, first: int, size: Size) -> tuple[float, float]:
    """Return answers by second and by core-second."""
    begin(service, first, size)
    before = bot.cpu()
    done = service.ask("closed", first=first, persons=size.persons, acts=ACTS * TIMES, together=TOGETHER)
    return done["answered"] / done["seconds"], done["answered"] / (bot.cpu() - before)


def commits(size: Size) -> list[Figure]:
    """How long 64 who write at once wait for their commit, beside one plain commit of 64 rows."""
    with tempfile.TemporaryDirectory(prefix="openchair-bench-") as folder, Child("bench.inside.commits", folder) as inside:
        rounds = [inside.ask("measure", seconds=size.seconds / 4) for _ in range(size.rounds + 1)][1:]
    p50, p99 = (median(share(one["ours"], part) for one in rounds) for part in (0.5, 0.99))
    raw = median(share(one["raw"], 0.99) for one in rounds)
    ratio = median(share(one["ours"], 0.99) / share(one["raw"], 0.99) for one in rounds)
    return [
        Figure(
            "Commit: p99 wait with 64 waiting",
            f"{ms(p99)} (p50 {ms(p50)})",
            f"{ms(raw)} sqlite3, 64 rows",
            ratio,
            "<= 2 ms",
            p99 <= WAIT_GOAL,
        )
    ]
