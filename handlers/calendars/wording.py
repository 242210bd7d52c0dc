"""What a calendar is made of: series with their evenings that differ, and the words around them."""

import msgspec

from bot.core.calendar import Evening
from bot.core.meetings import Series
from bot.core.texts import Say
from handlers.calendars.records import Version

PLACE = "\ufffc"  # stands for a title in the words of a calendar


class Wording(msgspec.Struct, frozen=True):
    """The words of a calendar, in its reader's language. `discreet`: every meeting is called so; "" for by its own title.

    `cancelled` has `PLACE` for the title. `flags` are the words for family, beginners and text-only.
    """

    name: str
    cancelled: str
    discreet: str = ""
    flags: tuple[str, str, str] = ("", "", "")
    links: bool = False


class Entry(msgspec.Struct, frozen=True):
    """A series with its evenings that differ from the rule."""

    series: Series
    different: tuple[Evening, ...]
    version: Version


def public_wording(say: Say) -> Wording:
    flags = (say.label("calendars.flag_family"), say.label("calendars.flag_beginners"), say.label("calendars.flag_text_only"))
    return Wording(say.label("calendars.public_name"), _cancelled(say), flags=flags)


def exported_wording(say: Say) -> Wording:
    """For a facilitator's own file: with links, so that it can be read in again whole."""
    return msgspec.structs.replace(public_wording(say), links=True)


def private_wording(say: Say, *, plain: bool) -> Wording:
    if plain:
        return exported_wording(say)
    return Wording(say.label("calendars.discreet_name"), _cancelled(say), discreet=say.label("calendars.discreet_title"))


def _cancelled(say: Say) -> str:
    return say.label("calendars.cancelled_title", title=PLACE)
