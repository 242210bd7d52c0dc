"""The order of a round. Pure: each function returns the turns that it changed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.ids import OccurrenceId, PersonId
from bot.core.moments import Due
from handlers.floor.round_records import At, Round, Turn, Way, line, speaker
from handlers.floor.rules import NEARLY

LONG = timedelta(minutes=3)  # where no time is measured, after it anybody in a meeting without a host may let the next begin
NEARLY_UP = "room.round"

Turns = Sequence[Turn]


def of(turns: Turns, person: PersonId) -> Turn | None:
    return next((turn for turn in turns if turn.person == person), None)


def before(turns: Turns, hands: Sequence[PersonId], way: Way, turn: Turn) -> int:
    """Return how many come before this one."""
    ahead = [one.person for one in line(turns, hands, way)]
    return ahead.index(turn.person) if turn.person in ahead else len(ahead)


def called(turns: Turns, hands: Sequence[PersonId], way: Way, how: At = At.DONE) -> tuple[list[Turn], Turn | None]:
    """Go on to the next: return what changed, and whose turn it is now. `how`: the present turn ends as that."""
    changed = ended(turns, how)
    ahead = line(_merged(turns, changed), hands, way)
    if not ahead:
        return changed, None
    first = replace(ahead[0], stands=At.SPEAKING)
    return [*changed, first], first


def ended(turns: Turns, how: At = At.DONE) -> list[Turn]:
    speaking = speaker(turns)
    if speaking is None:
        return []
    return [put_last(turns, speaking)] if how is At.WAITING else [replace(speaking, stands=how)]


def put_last(turns: Turns, turn: Turn) -> Turn:
    """Return the turn as the last that is still to come, whatever became of it before."""
    return replace(turn, stands=At.WAITING, place=_next_place(turns), later=True)


def joined(turns: Turns, occurrence: OccurrenceId, persons: Collection[PersonId]) -> list[Turn]:
    """Add at the end whoever has no turn yet, or left and is back."""
    known, added = {turn.person: turn for turn in turns}, list[Turn]()
    place, number = _next_place(turns), max((turn.number for turn in turns), default=0) + 1
    for person in persons:
        mine = known.get(person)
        if mine is None:
            added.append(Turn(occurrence, person, number, place, later=True))
            number += 1
        elif mine.stands is At.LEFT:
            added.append(replace(mine, stands=At.WAITING, place=place, later=True))
        else:
            continue
        place += 1
    return added


def first_turns(occurrence: OccurrenceId, came: Sequence[PersonId], order: Sequence[PersonId]) -> list[Turn]:
    """Return the turns of a round that begins. `order`: in which they are placed."""
    places = {person: place for place, person in enumerate(order, 1)}
    return [Turn(occurrence, person, number, places[person]) for number, person in enumerate(came, 1)]


def is_long(round_: Round, now: datetime) -> bool:
    """Whether the present turn has used its time, so that in a meeting without a host anybody may let the next begin."""
    until = round_.until or (round_.since + LONG if round_.since is not None else now)
    return round_.paused_at is None and now >= until


def resumed(round_: Round, now: datetime) -> Round:
    """The time that stood still is added."""
    stood = now - round_.paused_at if round_.paused_at is not None else timedelta(0)
    until = round_.until + stood if round_.until is not None else None
    since = round_.since + stood if round_.since is not None else None
    return replace(round_, paused_at=None, until=until, since=since)


def nearly_due(round_: Round) -> Due | None:
    if round_.until is None or round_.paused_at is not None:
        return None
    return Due(nearly_key(round_.occurrence), NEARLY_UP, round_.until - NEARLY, f"{round_.occurrence}_{round_.turn}")


def nearly_key(occurrence: OccurrenceId) -> str:
    return f"floor_round_{occurrence}"


def _next_place(turns: Turns) -> int:
    return max((turn.place for turn in turns), default=0) + 1


def _merged(turns: Turns, changed: Turns) -> list[Turn]:
    by_person = {turn.person: turn for turn in (*turns, *changed)}
    return list(by_person.values())
