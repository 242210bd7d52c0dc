"""What can be reported: each feature says what one of its things is, and whom a report of it must not reach.

A button that reports is `report_button(say, kind, id)`: its subject is one letter of `WHAT` and the id.
"""

from collections.abc import Awaitable, Callable

import msgspec

from bot.core.ids import CommunityId, PersonId
from bot.core.ports import Unit
from bot.core.replies import Button, Press
from bot.core.texts import Say

WHAT = {"topic": "t", "post": "p", "meeting": "m", "pair": "a", "lines": "l"}


class Reported(msgspec.Struct, frozen=True):
    """What is reported. `community`: whose facilitators hear of it. `title`: how they know it, in words of the whole community; ""
    for something that has none. `about`: who may be reported, as far as the house knows: they hear nothing of it."""

    community: CommunityId
    title: str = ""
    about: frozenset[PersonId] = frozenset()


Looks = Callable[[str, Unit], Awaitable[Reported | None]]
"""Return what the thing with this id is; None where it is not there (any more)."""


def report_button(say: Say, what: str, thing: str) -> Button:
    """Return the button by which one of a feature's things is reported. Raises KeyError for a kind that is not in `WHAT`."""
    return Button(say.label("common.report"), Press("reports", "start", f"{WHAT[what]}{thing}"), private=True)
