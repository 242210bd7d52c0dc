"""Answers while something else takes time: a slow platform, a thousand reminders."""

import json
from contextlib import ExitStack
from typing import Any

from bench.answers import FIRST, ours_on
from bench.disk import Disk
from bench.figures import Figure, Size, median, ms, share
from bench.processes import Child

RATE = 100.0  # acts a second
FEW = 15.0  # beside reminders
DELAY = 0.05  # seconds a call to the slow platform takes
GRACE = 2.0  # seconds until what is not answered counts as not answered
ACT = "/language"
PERSONS = 200  # so that nobody acts faster than a person may
SHARE_GOAL, TWICE, OWN_GOAL = 0.99, 2.0, 0.005


def slow_platform(size: Size) -> list[Figure]:
    """The wait is from the act until the call that answers arrives; that the call then takes 50 ms is the platform's."""
    with ExitStack() as stack:
        mine, theirs = (stack.enter_context(Child("bench.services.telegram")) for _ in range(2))
        stack.enter_context(ours_on("telegram", mine))
        mine.ask("closed", first=FIRST, persons=PERSONS, acts=[ACT], together=8)
        answers = json.dumps(mine.ask("answers"))
        stack.enter_context(Child("bench.bots.bare_telegram", theirs.said["url"], theirs.said["token"], answers))
        theirs.ask("connected")
        rounds = []
        for _ in range(size.rounds):
            idle = _steady(mine, 0.0, size)
            slow = _steady(mine, DELAY, size)
            rounds.append((idle, slow))
        bare = _steady(theirs, DELAY, size)
    shares = [slow["answered"] / slow["acts"] for _, slow in rounds]
    answered, by_bare = median(shares), bare["answered"] / bare["acts"]
    idle_p99, slow_p99 = (median(share(one["waits"], 0.99) for one in side) for side in zip(*rounds, strict=True))
    ratio = median(share(slow["waits"], 0.99) / share(idle["waits"], 0.99) for idle, slow in rounds)
    return [
        Figure(
            "Platform takes 50 ms, 100 acts/s: answered",
            f"{answered:.3f}",
            f"{by_bare:.3f} bare",
            answered / by_bare,
            f">= {SHARE_GOAL}",
            answered >= SHARE_GOAL,
        ),
        Figure(
            "Platform takes 50 ms, 100 acts/s: p99 wait",
            ms(slow_p99),
            f"{ms(idle_p99)} idle platform",
            ratio,
            f"<= {TWICE}",
            ratio <= TWICE,
        ),
    ]


def _steady(service: Child, delay: float, size: Size) -> Any:
    service.ask("be", delay=delay)
    load = {"rate": RATE, "seconds": size.seconds, "grace": GRACE}
    return service.ask("steady", first=FIRST, persons=PERSONS, act=ACT, **load)


def own_time(size: Size) -> list[Figure]:
    """From `take` to just before the call that answers, with nothing else to do, and while reminders go out.

    Answers come first and count in the platform's limit, so they are few enough to leave the reminders most of it.
    """
    idle, busy, alone, sent = list[float](), list[float](), list[float](), 0
    for _ in range(size.rounds):
        with Child("bench.services.telegram") as service, ours_on("telegram", service, timed=True) as bot:
            bot.ask("subscribe", count=size.reminders)
            _own(service, bot, 1.0)  # warms
            with Disk() as disk:
                idle += _own(service, bot, size.seconds)
            alone += disk.commits
            bot.ask("remind")
            busy += _own(service, bot, size.seconds)
            sent += len(service.ask("counts")["sent"])
    if not sent:
        raise RuntimeError("no reminder went out")
    (idle_p50, busy_p50), (idle_p99, busy_p99) = ((share(idle, part), share(busy, part)) for part in (0.5, 0.99))
    ratio, name = busy_p99 / idle_p99, "Our own time in an answer"
    return [
        Figure(
            f"{name}: p99 idle",
            f"{ms(idle_p99)} (p50 {ms(idle_p50)})",
            f"{ms(OWN_GOAL)}; sqlite3's commit alone {ms(share(alone, 0.99))}",
            idle_p99 / OWN_GOAL,
            "< 1",
            idle_p99 < OWN_GOAL,
        ),
        Figure(
            f"{name}: p99, {size.reminders:,} reminders going out",
            f"{ms(busy_p99)} (p50 {ms(busy_p50)})",
            f"{ms(idle_p99)} idle",
            ratio,
            f"<= {TWICE}",
            ratio <= TWICE,
        ),
    ]


def _own(service: Child, bot: Child, seconds: float) -> list[float]:
    service.ask("steady", first=FIRST, persons=PERSONS, act=ACT, rate=FEW, seconds=seconds, grace=GRACE)
    taken: list[float] = bot.ask("own_time")["taken"]
    return taken
