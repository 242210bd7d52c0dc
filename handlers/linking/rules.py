"""Which accounts may become one person, and which may leave. Pure."""

from collections.abc import Sequence

from bot.core.errors import BadInput
from handlers.linking.records import Linked

OFF = frozenset({"off", "aus"})


class BadCode(BadInput):
    """Never made, run out, or used up: one answer for all three."""

    text_key = "linking.bad_code"


class TooOften(BadInput):
    """Too many codes that are not there: a right one tells nothing either."""

    text_key = "linking.too_often"


class OwnCode(BadInput):
    text_key = "linking.own_code"


class SamePlatform(BadInput):
    """Both persons have an account on one platform: who writes there would not be known any more."""

    text_key = "linking.same_platform"


class KeptOut(BadInput):
    """Somebody is put out of a meeting that goes on; as a new person they would not be."""

    text_key = "linking.kept_out"


def means_off(typed: str) -> bool:
    return typed.strip().casefold() in OFF


def share_a_platform(mine: Sequence[Linked], theirs: Sequence[Linked]) -> bool:
    return not {one.platform for one in mine}.isdisjoint(one.platform for one in theirs)


def may_leave(accounts: Sequence[Linked], here: str) -> list[Linked]:
    """Return the accounts that somebody who acts on the platform `here` may separate. What is saved stays with the account that
    made the code: from there each of the others may be sent away; each of the others may only go itself."""
    joined = [one for one in accounts if one.joined]
    mine = next((one for one in accounts if one.platform == here), None)
    if mine is None or len(accounts) < 2:
        return []
    return [mine] if mine.joined else joined
