"""Answers a core-second: our whole house against a bare library that says the same and writes nothing.

Both bots run all the time, each on a service of its own, and are loaded in turn; only the processor time of the bot counts.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from bench.bots.ours import Wanted
from bench.figures import Figure, Size, median
from bench.processes import Child

BEGIN = ("/urge", "~agree")  # a person's first acts, not measured
ACTS = ("=7", "=Back", "/language", "/urge")  # each is written durably before it is answered
TIMES = 4
TOGETHER = 64
FIRST = 100_000
WARM = 24  # persons


@dataclass(frozen=True)
class Rate:
    """Answers a core-second of the bot."""

    bot: Child
    service: Child

    def measure(self, first: int, size: Size) -> float:
        self.service.ask("closed", first=first, persons=size.persons, acts=["/urge"], together=TOGETHER)
        before = self.bot.cpu()
        load = {"first": first, "persons": size.persons, "acts": ACTS * TIMES, "together": TOGETHER}
        done = self.service.ask("closed", **load)
        if done["lost"] or done["answered"] != done["acts"]:
            raise RuntimeError(f"{done['acts'] - done['answered']} of {done['acts']} acts were not answered")
        return float(done["answered"]) / (self.bot.cpu() - before)


@contextmanager
def ours_on(platform: str, service: Child, within: Path | None = None, **more: object) -> Iterator[Child]:
    """Open our house on a service, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="openchair-bench-", dir=within) as folder:
        wanted = {"platform": platform, "url": service.said["url"], "token": service.said["token"], "folder": folder, **more}
        with Child("bench.bots.ours", json.dumps(asdict_of(wanted))) as bot:
            service.ask("connected")
            yield bot


def asdict_of(wanted: dict[str, object]) -> dict[str, object]:
    """Return it checked: a misspelt name would measure something else."""
    return msgspec.structs.asdict(msgspec.convert(wanted, Wanted))


def telegram(size: Size) -> list[Figure]:
    return _compare(size, "telegram", "Telegram: answers a core-second", 2.0)


def discord(size: Size) -> list[Figure]:
    return _compare(size, "discord", "Discord: answers a core-second", 1.0)


def _compare(size: Size, platform: str, name: str, goal: float) -> list[Figure]:
    with ExitStack() as stack:
        mine = stack.enter_context(Child(f"bench.services.{platform}"))
        theirs = stack.enter_context(Child(f"bench.services.{platform}"))
        ours = Rate(stack.enter_context(ours_on(platform, mine)), mine)
        mine.ask("closed", first=FIRST - 1, persons=1, acts=BEGIN + ACTS, together=1)  # shows what the bare bot is to say
        answers = json.dumps(mine.ask("answers"))
        address = [theirs.said["url"], *([theirs.said["gateway"]] if platform == "discord" else []), theirs.said["token"]]
        bare = Rate(stack.enter_context(Child(f"bench.bots.bare_{platform}", *address, answers)), theirs)
        theirs.ask("connected")
        rounds = []
        for number in range(size.rounds + 1):
            # The first round, a small one, warms both.
            size_of = size if number else replace(size, persons=min(size.persons, WARM))
            first = FIRST + number * size.persons
            begin(mine, first, size_of)
            rounds.append((ours.measure(first, size_of), bare.measure(first, size_of)))
        rounds = rounds[1:]
    ratio = median(one / other for one, other in rounds)
    mean = [median(column) for column in zip(*rounds, strict=True)]
    return [Figure(name, f"{mean[0]:.0f}/s", f"{mean[1]:.0f}/s bare", ratio, f">= {goal}", ratio >= goal)]


def begin(service: Child, first: int, size: Size) -> None:
    """Let the persons of a round come in and agree."""
    done = service.ask("closed", first=first, persons=size.persons, acts=BEGIN, together=TOGETHER)
    if done["lost"]:
        raise RuntimeError("not everybody came in")
