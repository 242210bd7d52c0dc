"""Who is what in an exercise. Pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from bot.core.ids import PersonId
from handlers.exercises.records import Exercise, Line, Part, PartBody, Role

SCRIPTS = ("one", "company", "sake", "limit")  # the stock situations, as the tool for one person has them
OWN = "own"  # stock lines for a situation in own words
LINES = 3  # stock lines of each
LONGEST_NAME = 40
LONGEST_BEST = 200


def joined(parts: Sequence[Part], exercise: Exercise, who: PersonId, role: Role, at: datetime, new_id: Callable[[], str]) -> Part:
    """Return the part of somebody who says what they would be. A role they were given before is free again."""
    mine = of(parts, who)
    if mine is not None:
        return mine if mine.role is role else replace(mine, role=role, given=False)
    return Part(new_id(), exercise.id, who, max((part.number for part in parts), default=0) + 1, role, at)


def of(parts: Iterable[Part], who: PersonId) -> Part | None:
    return next((part for part in parts if part.person == who), None)


def would(parts: Iterable[Part], role: Role) -> list[Part]:
    return [part for part in parts if part.role is role]


def has(parts: Iterable[Part], role: Role) -> Part | None:
    """Return who was given a role."""
    return next((part for part in parts if part.role is role and part.given), None)


def chosen(parts: Sequence[Part], role: Role) -> Part | None:
    """Return who has a role, or would get it: whoever said so first, if the facilitator chose nobody."""
    return has(parts, role) or next(iter(would(parts, role)), None)


def given(parts: Sequence[Part], to: Part) -> list[Part]:
    """Return what changes when a role is given to one of those who would have it."""
    alike = would(parts, to.role)
    return [replace(part, given=part.id == to.id) for part in alike if part.given != (part.id == to.id)]


def answers(parts: Sequence[Part], exercise: Exercise) -> Part | None:
    """Return who answers in this round: after a swap the other one."""
    return has(parts, Role.OFFERS if exercise.round % 2 else Role.PLAYS)


def offers(parts: Sequence[Part], exercise: Exercise) -> Part | None:
    return has(parts, Role.PLAYS if exercise.round % 2 else Role.OFFERS)


def script(exercise: Exercise) -> str:
    return exercise.script or OWN


def for_one(lines: Iterable[Line], player: PersonId) -> list[Line]:
    """Return what the one who plays may see by itself: what its authors agreed to, and the room does not have. In the order of
    random ids, which tells nothing of who wrote when."""
    return sorted((line for line in lines if line.agreed and not line.item and line.person != player), key=lambda line: line.id)


def seen(lines: Iterable[Line]) -> str:
    """Return a mark of what stood on a screen: eight hex digits, of the lines' ids."""
    return sha256(",".join(sorted(line.id for line in lines)).encode()).hexdigest()[:8]


def taken(body: PartBody, item: str, *, wish: bool) -> PartBody:
    """Return what the one who asked takes along, with or without an item."""
    rest = tuple(one for one in body.chosen if one != item)
    return replace(body, chosen=(*rest, item) if wish else rest)
