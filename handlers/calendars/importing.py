"""From the text of a file to meetings, whichever of the two formats it is."""

from datetime import datetime

from bot.core.replies import LARGEST_FILE
from handlers.calendars.guide import meetings_in_guide
from handlers.calendars.limits import NotACalendar, TooLarge
from handlers.calendars.records import Read


def read(text: str, zone: str, now: datetime) -> Read:
    """Return the meetings of an iCalendar file or a Meeting Guide list. `zone`: for times that name none.

    Raises a BadInput with a kind sentence for what is neither, or is too large, too deep or unfinished.
    """
    if len(text.encode(errors="replace")) > LARGEST_FILE:
        raise TooLarge(limit=LARGEST_FILE)
    whole = text.lstrip("\ufeff \t\r\n")
    if whole[:15].upper() == "BEGIN:VCALENDAR":
        from handlers.calendars.lines import parts_of  # late: their library is 3 MB
        from handlers.calendars.read_calendar import Home, meetings_in

        return meetings_in(parts_of(text.lstrip("\ufeff")), Home(zone, now))
    if whole[:1] in ("[", "{"):
        return meetings_in_guide(whole, zone, now)
    raise NotACalendar(length=len(text))
