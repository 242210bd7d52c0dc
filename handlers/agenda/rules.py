"""The order of an agenda. Pure: each function returns the items that it changed, or all of them where places are given anew."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.meetings import Occurrence, State
from bot.core.moments import Due
from handlers.agenda.records import Becomes, Carried, Entry

GRANT = timedelta(hours=3)  # how long after the end a facilitator's panel works outside the room
A_DAY = timedelta(days=1)
MOST_ADDED = 30  # without a name, in one evening
SHOWN = (Becomes.NOW, Becomes.WAITING, Becomes.DONE)
FORGET = "housekeeping.agenda"
WAIT = "room.agenda"

Entries = Sequence[Entry]


def waiting(entries: Entries) -> list[Entry]:
    return [entry for entry in entries if entry.becomes is Becomes.WAITING]


def now(entries: Entries) -> Entry | None:
    return next((entry for entry in entries if entry.becomes is Becomes.NOW), None)


def listed(entries: Entries) -> list[Entry]:
    """Return what a facilitator sees: what is talked about, what waits, what was talked about."""
    return [entry for state in SHOWN for entry in entries if entry.becomes is state]


def numbered(entries: Entries, at: datetime, new_id: Callable[[], str]) -> list[Entry]:
    """Return all of them, each with a number and an id: those that had none are noted as they are said at `at`."""
    number = max((entry.number for entry in entries), default=0)
    given = list[Entry]()
    for entry in entries:
        if not entry.id:
            number += 1
            entry = replace(entry, id=new_id(), number=number, said_at=at)
        given.append(entry)
    return given


def moved(entries: Entries, number: int, by: int) -> list[Entry]:
    """Move one up (-1) or down (1) among those that wait; the first cannot go up. All get their places."""
    line = waiting(entries)
    at = next((n for n, entry in enumerate(line) if entry.number == number), -1)
    if at < 0 or not 0 <= at + by < len(line):
        return []
    line[at], line[at + by] = line[at + by], line[at]
    placed = [replace(entry, place=place) for place, entry in enumerate(line, 1)]
    before = {entry.number: entry.place for entry in entries}
    return [entry for entry in placed if before[entry.number] != entry.place]


def made_now(entries: Entries, number: int) -> list[Entry]:
    """One is talked about; what was before it is done."""
    changed = [replace(entry, becomes=Becomes.DONE) for entry in entries if entry.becomes is Becomes.NOW and entry.number != number]
    this = [entry for entry in entries if entry.number == number and entry.becomes in (Becomes.WAITING, Becomes.DONE)]
    return [*changed, *(replace(entry, becomes=Becomes.NOW) for entry in this)] if this else []


def became(entries: Entries, number: int, becomes: Becomes) -> list[Entry]:
    return [replace(entry, becomes=becomes) for entry in listed(entries) if entry.number == number and entry.becomes is not becomes]


def is_open(occurrence: Occurrence) -> bool:
    """A wish may be said while check-ins are taken."""
    return occurrence.checkin and occurrence.state in (State.OPEN, State.CLOSING)


def wait_due(carried: Carried, next_at: datetime) -> Due:
    """When to look whether the evening that it was kept for took place, or which is the next."""
    return Due(f"agenda_wait_{carried.id}", WAIT, next_at + A_DAY, carried.id)
