"""A check-in prompt that a thousand members hear of at once: they open it within a minute; it is handed out to each in private."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.answers import FIRST, ours_on
from bench.bots.ours import FIRST_GUEST
from bench.evening import FEW, FREE, OVERHEAD
from bench.figures import Figure, Size, ms, share
from bench.processes import Child
from bench.waiting import ACT, PERSONS, TWICE
from bot.runtime.limits import TELEGRAM

OPENING = 25.0  # members a second: a thousand within a minute
IDLE = 10.0  # and when little happens
LONGER = 3  # times the usual seconds of an idle load: a share of few acts says little
GRACE = 5.0


def opened_by_all(size: Size) -> list[Figure]:
    """Everybody opens it once, from the card's link. The same by a few is what it is measured against."""
    seconds = LONGER * size.seconds
    few, all_of = int(IDLE * seconds), size.asked
    with _prompted(size, wishing=0) as (service, bot):
        bot.ask("members", first=FIRST, count=2 * few + all_of)
        act = bot.ask("ask")["act"]
        _open(service, bot, act, FIRST, few, IDLE)  # warms
        counts = [bot.ask("commits")["commits"]]
        idle, _ = _open(service, bot, act, FIRST + few, few, IDLE)
        counts.append(bot.ask("commits")["commits"])
        rush, load = _open(service, bot, act, FIRST + 2 * few, all_of, OPENING)
        counts.append(bot.ask("commits")["commits"])
    idle_p99, rush_p99 = share(idle, 0.99), share(rush, 0.99)
    by_few, by_all = (counts[1] - counts[0]) / few, (counts[2] - counts[1]) / all_of
    answered, ratio = load["answered"] / all_of, rush_p99 / idle_p99
    name = f"{all_of:,} open one prompt in {all_of / OPENING:.0f} s"
    said = f"{ms(rush_p99)} (p50 {ms(share(rush, 0.5))})"
    return [
        Figure(f"{name}: answered", f"{load['answered']}", f"{all_of}", answered, ">= 1", answered >= 1),
        Figure(f"{name}: our own time, p99", said, f"{ms(idle_p99)} at {IDLE:.0f}/s", ratio, f"<= {TWICE}", ratio <= TWICE),
        Figure(f"{name}: commits an answer", f"{by_all:.2f}", f"{by_few:.2f} at {IDLE:.0f}/s", by_all / by_few),
    ]


def handed_out(size: Size) -> list[Figure]:
    """A message in private to each who wants it, while a few others talk to the bot, and count in the platform's limit."""
    least = size.asked / FREE
    with _prompted(size, wishing=size.asked) as (service, bot):
        service.ask("be", limit=TELEGRAM.overall.count)
        _few(service, bot, 1.0)  # warms
        idle = _few(service, bot, LONGER * size.seconds)
        before = len(service.ask("counts")["sent"])
        bot.ask("ask")
        busy = _few(service, bot, least)
        bot.ask("handed_out", count=size.asked)
        counts = service.ask("until_sent", count=before + size.asked + 1)  # and the card
    sent = counts["sent"][before:]
    lasted, refused = sent[size.asked] - sent[0], counts["refused"]
    idle_p99, busy_p99 = share(idle, 0.99), share(busy, 0.99)
    ratio, longer = busy_p99 / idle_p99, lasted / least
    name = f"A prompt handed out to {size.asked:,}"
    said = f"{ms(busy_p99)} (p50 {ms(share(busy, 0.5))})"
    met = longer <= OVERHEAD and not refused
    return [
        Figure(f"{name}: our own time, p99", said, f"{ms(idle_p99)} idle", ratio, f"<= {TWICE}", ratio <= TWICE),
        Figure(
            f"{name}: all sent",
            f"{lasted:.1f} s, {refused} refused",
            f"{least:.1f} s at the permitted rate",
            longer,
            f"<= {OVERHEAD}, 0 refused",
            met,
        ),
    ]


@contextmanager
def _prompted(size: Size, wishing: int) -> Iterator[tuple[Child, Child]]:
    with Child("bench.services.telegram") as service, ours_on("telegram", service, timed=True) as bot:
        bot.ask("prompt", first=FIRST_GUEST, wishing=wishing)
        yield service, bot


def _open(service: Child, bot: Child, act: str, first: int, persons: int, rate: float) -> tuple[list[float], dict[str, int]]:
    load = {"first": first, "persons": persons, "act": act, "rate": rate, "seconds": persons / rate, "grace": GRACE}
    done: dict[str, int] = service.ask("steady", **load)
    taken: list[float] = bot.ask("own_time")["taken"]
    return taken, done


def _few(service: Child, bot: Child, seconds: float) -> list[float]:
    service.ask("steady", first=FIRST, persons=PERSONS, act=ACT, rate=FEW, seconds=seconds, grace=GRACE)
    taken: list[float] = bot.ask("own_time")["taken"]
    return taken
