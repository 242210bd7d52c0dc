"""The heaviest minutes of an evening: every room opens at once; everybody says in the same seconds that they are here."""

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench.answers import FIRST, ours_on
from bench.bots.many import ROOM
from bench.figures import Figure, Size, ms, share
from bench.processes import Child
from bench.services.groups import IN_A_MINUTE, MINUTE
from bench.waiting import ACT, PERSONS, TWICE
from bot.runtime.limits import TELEGRAM

FEW = 5.0  # acts a second of persons who talk to the bot meanwhile; they count in the platform's limit
FREE = TELEGRAM.overall.count * (1 - TELEGRAM.held_back) - FEW  # messages a second that are left for the rooms
AHEAD, SOON = 60, 5  # minutes until the evening begins
OVERHEAD = 1.1  # of the time that the platform's limit takes at the least
WITHIN = 10.0  # seconds in which everybody comes
CARD_GRACE = 20.0


def same_start(size: Size) -> list[Figure]:
    """Every series in a group of its own, so that only the platform's limit as a whole holds its card up."""
    least = size.series / FREE
    with Child("bench.services.telegram") as service, ours_on("telegram", service, timed=True) as bot:
        service.ask("be", limit=TELEGRAM.overall.count)
        bot.ask("plan", count=size.series, groups=size.series, minutes=AHEAD)
        _own(service, bot, 1.0)  # warms
        idle = _own(service, bot, max(size.seconds, 2.0))
        before = len(service.ask("counts")["sent"])
        began = bot.ask("open_rooms")
        busy = _own(service, bot, least)
        opened = bot.ask("opened")["at"] - began["at"]
        counts = service.ask("until_sent", count=before + began["rooms"])
    announced = counts["sent"][before + began["rooms"] - 1] - began["at"]
    raw = _commits(began["rooms"])
    idle_p99, busy_p99 = share(idle, 0.99), share(busy, 0.99)
    name = f"{began['rooms']} rooms open at once"
    met = announced / least <= OVERHEAD and not counts["refused"]
    said = f"{announced:.1f} s, {counts['refused']} refused"
    return [
        Figure(f"{name}: all open", f"{opened:.2f} s", f"{raw:.2f} s a commit each", opened / raw),
        Figure(f"{name}: all announced", said, f"{least:.1f} s at the permitted rate", announced / least, f"<= {OVERHEAD}", met),
        Figure(
            f"{name}: our own time, p99",
            f"{ms(busy_p99)} (p50 {ms(share(busy, 0.5))})",
            f"{ms(idle_p99)} idle",
            busy_p99 / idle_p99,
            f"<= {TWICE}",
            busy_p99 / idle_p99 <= TWICE,
        ),
    ]


def everybody_comes(size: Size) -> list[Figure]:
    """Presses under one card of one group, whose limit of messages a minute holds for edits as well."""
    with Child("bench.services.telegram") as service, ours_on("telegram", service) as bot:
        service.ask("closed", first=FIRST, persons=8, acts=[ACT], together=8)  # warms
        bot.ask("plan", count=1, groups=1, minutes=SOON)
        came = service.ask("come", chat=int(ROOM), first=FIRST, persons=size.coming, seconds=WITHIN, grace=CARD_GRACE)
        idle = service.ask("steady", first=FIRST, persons=PERSONS, act=ACT, rate=FEW, seconds=size.seconds, grace=2.0)
    answered, limit = came["answered"] / came["acts"], IN_A_MINUTE * max(came["seconds"] / MINUTE, 1.0)
    late, p99, alone = came["shown"], share(came["waits"], 0.99), share(idle["waits"], 0.99)
    name = f'{came["acts"]} "I am here" in {WITHIN:.0f} s'
    quiet = came["edits"] <= limit and not came["refused"]
    step = MINUTE / IN_A_MINUTE
    return [
        Figure(f"{name}: answered", f"{came['answered']}", f"{came['acts']}", answered, ">= 1", answered >= 1),
        Figure(f"{name}: p99 wait", ms(p99), f"{ms(alone)} of a few", p99 / alone, f"<= {TWICE}", p99 / alone <= TWICE),
        Figure(
            f"{name}: edits",
            f"{came['edits']}, {came['refused']} refused",
            f"{limit:.0f} permitted",
            came["edits"] / limit,
            "<= 1, 0 refused",
            quiet,
        ),
        Figure(
            f"{name}: until the card has all",
            "never" if late is None else f"{late:.1f} s",
            f"{step:.0f} s an edit",
            None if late is None else late / step,
            f"<= {TWICE}",
            late is not None and late / step <= TWICE,
        ),
    ]


def _own(service: Child, bot: Child, seconds: float) -> list[float]:
    service.ask("steady", first=FIRST, persons=PERSONS, act=ACT, rate=FEW, seconds=seconds, grace=2.0)
    taken: list[float] = bot.ask("own_time")["taken"]
    return taken


def _commits(count: int) -> float:
    """Return the seconds in which sqlite3 commits so many rows, each by itself."""
    with (
        tempfile.TemporaryDirectory(prefix="openchair-bench-") as folder,
        closing(sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)) as file,
    ):
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE rows (body BLOB)"):
            file.execute(statement)
        began = time.perf_counter()
        for _ in range(count):
            file.execute("INSERT INTO rows VALUES (zeroblob(512))")
        return time.perf_counter() - began
