"""The queue of hands, for voice and text alike. Pure: each function returns the seats that it changed.

New voices come first: a hand whose owner has not spoken in this meeting goes before all that have; among equals who raised first is
first. A waiting hand is overtaken by each person at most once, before that person's first words, so nobody waits for ever.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from handlers.floor.records import Hand, Seat

Seats = Sequence[Seat]


def waiting(seats: Seats) -> list[Seat]:
    """Return the raised hands in speaking order."""
    return sorted((seat for seat in seats if seat.hand is Hand.UP), key=lambda seat: (seat.place, seat.number))


def speaker(seats: Seats) -> Seat | None:
    return next((seat for seat in seats if seat.hand is Hand.SPEAKING), None)


def before(seats: Seats, seat: Seat) -> int:
    """Return how many raised hands are before this one."""
    line = [one.number for one in waiting(seats)]
    return line.index(seat.number) if seat.number in line else len(line)


def may_raise(seats: Seats, seat: Seat) -> bool:
    """A skipped person waits until all whose hand was up then have had their turn, or took it down."""
    return all(one.ticket > seat.sits_out for one in seats if one.hand in (Hand.UP, Hand.SPEAKING) and one.person != seat.person)


def raised(seats: Seats, seat: Seat, ticket: int) -> list[Seat]:
    """Put a hand up: a new voice behind the last of those that are up, another at the end. Up or speaking already: nothing."""
    if seat.hand in (Hand.UP, Hand.SPEAKING):
        return []
    line = waiting(seats)
    at = next((n for n, one in enumerate(line) if not one.is_new_voice), len(line)) if seat.is_new_voice else len(line)
    return _placed([*line[:at], replace(seat, hand=Hand.UP, ticket=ticket, raised=True), *line[at:]], seats)


def lowered(seats: Seats, seat: Seat, to: Hand = Hand.DOWN) -> list[Seat]:
    """Take a hand down, or end the turn of who speaks."""
    after = replace(seat, hand=to, place=0, turns=seat.turns + (seat.hand is Hand.SPEAKING))
    if after == seat:
        return []
    return [after, *_placed([one for one in waiting(seats) if one.person != seat.person], seats)]


def stepped_back(seats: Seats, seat: Seat) -> list[Seat]:
    """Not now: let the next one go first, and stay right behind. The last stays the last."""
    line = waiting(seats)
    at = before(seats, seat)
    if at + 1 >= len(line):
        return []
    return _placed([*line[:at], line[at + 1], line[at], *line[at + 2 :]], seats)


def skipped(seats: Seats, seat: Seat, ticket: int) -> list[Seat]:
    """Take a hand down for this round. `ticket`: the latest that was given."""
    if seat.hand is not Hand.UP:
        return []
    return [replace(one, sits_out=ticket) if one.person == seat.person else one for one in lowered(seats, seat)]


def ended(seats: Seats) -> list[Seat]:
    """End the turn of whoever speaks."""
    speaking = speaker(seats)
    return lowered(seats, speaking) if speaking else []


def called(seats: Seats) -> tuple[list[Seat], Seat | None]:
    """Go on to the next: return what changed, and who speaks now."""
    changed = ended(seats)
    line = waiting(merged(seats, changed))
    if not line:
        return changed, None
    first = replace(line[0], hand=Hand.SPEAKING, place=0)
    return [*changed, first, *_placed(line[1:], seats)], first


def merged(seats: Seats, changed: Seats) -> list[Seat]:
    """Return the seats with the changed ones in their places, and those that are new."""
    by_person = {seat.person: seat for seat in (*seats, *changed)}
    return list(by_person.values())


def _placed(line: Seats, seats: Seats) -> list[Seat]:
    """Return the hands of a line whose place, or anything else, is other than before."""
    known = {seat.person: seat for seat in seats}
    placed = [replace(seat, place=place) for place, seat in enumerate(line, 1)]
    return [seat for seat in placed if known.get(seat.person) != seat]
