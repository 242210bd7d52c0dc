"""What was not understood: one sentence each, that says what to do. Nothing is saved then."""

from bot.core.errors import BadInput


class Unclear(BadInput):
    """`values` are put into the sentence; never the facilitator's own words. `field` is the form's field that it is about."""

    text_key = "series.bad_line"
    field = ""

    def __init__(self, **values: str) -> None:
        super().__init__(**values)
        self.values = values


class NoTitle(Unclear):
    text_key = "series.bad_title"
    field = "title"


class UnknownDays(Unclear):
    text_key = "series.bad_days"
    field = "days"


class EveryNthOrNth(Unclear):
    """ "Every third Monday" is every third week to one, and the month's third Monday to another."""

    text_key = "series.bad_nth"
    field = "days"


class NoSuchDay(Unclear):
    """The rule gives no evening that is still ahead."""

    text_key = "series.bad_never"
    field = "days"


class UnknownTime(Unclear):
    text_key = "series.bad_time"
    field = "time"


class UnknownZone(Unclear):
    text_key = "series.bad_zone"
    field = "zone"


class SeveralZones(Unclear):
    text_key = "series.several_zones"
    field = "zone"


class UnknownLength(Unclear):
    text_key = "series.bad_length"
    field = "length"


class UnknownDate(Unclear):
    text_key = "series.bad_date"
    field = "date"


class UnknownRoom(Unclear):
    """A room that is not this community's, or that the bot has not met yet."""

    text_key = "series.bad_room"


class TooFar(Unclear):
    """Moved into the past, or too far from its own day."""

    text_key = "series.bad_move"
    field = "date"


class BadRange(Unclear):
    text_key = "series.bad_range"
    field = "last"


class BadLink(Unclear):
    text_key = "series.bad_link"
    field = "link"


class BadNumber(Unclear):
    text_key = "series.bad_number"
    field = "capacity"
