"""What holds for the room: times, who waits at the door, and what the platform is asked. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.calls import Account
from bot.core.deeds import Door as RoomDoor
from bot.core.deeds import Stand, Standing
from bot.core.ids import OccurrenceId, PersonId
from bot.core.meetings import Occurrence, Series
from bot.core.moments import Due
from bot.core.posts import Lane, Post, ToRoom
from bot.core.richtext import one_line
from handlers.floor.records import LONGEST_NAME, Hold, Order

GRANT = timedelta(hours=3)  # how long after the end a facilitator's panel works outside the room
CONFIRM = timedelta(minutes=2)  # a removal waits so long for the second facilitator
REVIEW = timedelta(days=7)  # until then an owner looks at a removal that one facilitator did alone
NEARLY = timedelta(seconds=30)  # before the end of a turn's time its speaker is told
STALE_CALL = timedelta(minutes=5)  # "it is your turn" is of no use later
USELESS = timedelta(minutes=1)  # later than that after the end of it, not any more
SAME_PRESS = timedelta(seconds=3)  # a second "next" within it, from a screen that shows no turn, means the same turn
SHORTEST_BAN = timedelta(minutes=5)  # Telegram takes a ban of less than 30 seconds for one without an end
AGAIN_SOON, AGAIN_LATER = timedelta(hours=1), timedelta(days=1)  # when a platform that could not undo a power is asked again
TRIED_FOR = timedelta(days=7)  # by the clock; the person's return is waited for longer
TOPICS = (2, 3, 4)
TOPIC_MINUTES = (10, 15, 20)

RAID = 10
"""Accounts new to the house that make a raid: no usual start brings ten strangers in a minute, a raid of fifty does in seconds."""

TURN = "room.turn"
STOOD, NOT_STOOD, LIFT = "room.stood", "room.not_stood", "room.lift"
DOORED, NOT_DOORED, OPEN_DOOR = "room.doored", "room.not_doored", "room.open_door"
MOTION = "room.motion"
BACK, NO_TOPIC = "room.back", "room.no_topic"
FORGET = "housekeeping.floor"

_MENTION = re.compile(r"<@!?(\d{1,20})>")


# Names -------------------------------------------------------------------------------------------------------------------


def shown_name(typed: str) -> str:
    """Return a name as it is shown, in one line; "" for none."""
    return one_line(typed, LONGEST_NAME)


def mentioned(platform: str, typed: str) -> Account | None:
    """Return the account that a facilitator named with a mention, as the platform writes it into a command."""
    found = _MENTION.fullmatch(typed.strip())
    return Account(platform, found[1]) if found else None


# The door ----------------------------------------------------------------------------------------------------------------


def locked(order: Order, *, on: bool) -> Order:
    return replace(order, locked=on)


def lobby(order: Order, now: datetime, *, on: bool) -> Order:
    """Turn the waiting room on for those who come from now on, or off."""
    return replace(order, lobby=on, inside_until=now) if on else replace(order, lobby=False, raid_at=None)


def calm(order: Order, now: datetime, *, on: bool) -> Order:
    """One tap: only facilitators speak, and who comes now waits. Off, the waiting room stays as it is."""
    return lobby(replace(order, calm=True), now, on=True) if on else replace(order, calm=False)


# What the platform is asked ----------------------------------------------------------------------------------------------


def asked(hold: Hold, standing: Standing, now: datetime) -> Hold:
    """Return the hold as it is asked of the platform now, be it for the first time or again."""
    new = hold.standing is not standing
    return replace(
        hold,
        standing=standing,
        asks=hold.asks + 1,
        owed=False,
        asked_at=now if new else hold.asked_at,
        confirmed_at=None if new else hold.confirmed_at,
        until=hold.until if standing is Standing.OUT else None,
    )


def stand_post(hold: Hold, now: datetime, useless_at: datetime) -> Post:
    """The deed that makes a hold true. To free somebody is never too late."""
    end = f"{hold.id}_{hold.asks}"
    return Post(
        key=f"stand_{end}",
        lane=Lane.ROOM,
        to=ToRoom(hold.room),
        deed=Stand(hold.standing, hold.until),
        about=hold.person,
        slot=f"stand_{hold.id}",
        too_late_at=useless_at if hold.is_on else None,
        done=Due(f"floor_stood_{end}", STOOD, now, end),
        failed=Due(f"floor_not_stood_{end}", NOT_STOOD, now, end),
    )


def ban_end(occurrence: Occurrence, now: datetime) -> datetime:
    """When a removal lifts by itself at the latest: always a date, and never so near that a platform takes it for none. A meeting
    that still goes on then renews it."""
    return max(occurrence.forgotten_at, now + SHORTEST_BAN)


def useless_at(occurrence: Occurrence, now: datetime) -> datetime:
    """When what is asked or told now is of no use any more: the meeting is over by then, or it is long ago."""
    return max(occurrence.forgotten_at, now + SHORTEST_BAN)


def lift_due(hold: Hold, at: datetime) -> Due:
    return Due(f"floor_lift_{hold.id}", LIFT, at, hold.id)


def again_at(hold: Hold, now: datetime) -> datetime | None:
    """When to try by the clock to free somebody once more; None when only their return helps."""
    if now - hold.asked_at >= TRIED_FOR:
        return None
    return now + (AGAIN_SOON if now - hold.asked_at < AGAIN_LATER else AGAIN_LATER)


def door_post(order: Order, to: ToRoom, now: datetime) -> Post:
    """The deed that makes the room as the order has it. It names a state: the newest is the one that counts."""
    end = f"{order.occurrence}_{order.door}"
    return Post(
        key=f"door_{end}",
        lane=Lane.ROOM,
        to=to,
        deed=RoomDoor(order.locked, order.calm),
        slot=f"door_{order.occurrence}",
        done=Due(f"floor_doored_{end}", DOORED, now, end),
        failed=Due(f"floor_not_doored_{end}", NOT_DOORED, now, end),
    )


# Moments -----------------------------------------------------------------------------------------------------------------


def turn_end(series: Series, now: datetime) -> datetime | None:
    """When the time of somebody who begins to speak now is used; None where nobody's is measured."""
    return now + timedelta(minutes=series.options.minutes_each) if series.options.minutes_each > 0 else None


def turn_due(order: Order) -> Due | None:
    if order.until is None:
        return None
    return Due(f"floor_turn_{order.occurrence}", TURN, order.until - NEARLY, f"{order.occurrence}_{order.turn}")


def numbered(subject: str) -> tuple[str, int]:
    """Return the id and the number that a moment's subject is made of; -1 for one without a number."""
    id_, _, number = subject.rpartition("_")
    return id_, int(number) if number.isascii() and number.isdigit() else -1


def forget_due(occurrence: OccurrenceId, at: datetime) -> Due:
    return Due(f"floor_forget_{occurrence}", FORGET, at, occurrence)


def back_at(occurrence: Occurrence, now: datetime, minutes: int) -> datetime:
    """When breakouts come back: never in the time kept for the check-out."""
    return min(now + timedelta(minutes=minutes), occurrence.closing_at)


# Two facilitators --------------------------------------------------------------------------------------------------------


def seconders(there: Sequence[PersonId], asking: PersonId, about: PersonId) -> list[PersonId]:
    """Return who can confirm a removal: facilitators who are there, neither the one who asks nor the one whom it is about."""
    return [person for person in there if person not in (asking, about)]
