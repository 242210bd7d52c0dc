"""What an import may be. The numbers keep a hostile file from costing more than a kind sentence."""

from datetime import timedelta

from bot.core.errors import BadInput

MEETINGS = 200
EVENTS = 2_000  # of an iCalendar file: a moved evening is one too
LINES = 50_000
DEEPEST = 6
CHANGES = 200  # single evenings of one meeting
ALL_CHANGES = 500  # of a file: each is a row to write
LONGEST_TITLE = 80
LONGEST_LINK = 500
SHORTEST, LONGEST = timedelta(minutes=10), timedelta(hours=8)
USUAL = timedelta(minutes=60)  # where a file does not say how long


class NotACalendar(BadInput):
    """Neither an iCalendar file nor a list of meetings."""

    text_key = "calendars.not_a_calendar"


class TooLarge(BadInput):
    text_key = "calendars.too_large"


class TooDeep(BadInput):
    """Things inside things inside things: no calendar looks like that."""

    text_key = "calendars.too_deep"


class TooManyMeetings(BadInput):
    text_key = "calendars.too_many"


class Unfinished(BadInput):
    """The file ends in the middle, or its parts do not fit into each other."""

    text_key = "calendars.unfinished"
