"""Files of other programs, as a test writes them."""

from datetime import UTC, datetime

import msgspec

from handlers.calendars.importing import read

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)  # a Tuesday
HOME = "Europe/Berlin"
BERLIN = "DTSTART;TZID=Europe/Berlin:20261201T190000"
HOUR = "DURATION:PT1H"


def event(*lines: str, uid: str = "1", title: str = "Round") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT"))


def calendar(*events: str, head: str = "") -> str:
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *([head] if head else []), *events, "END:VCALENDAR", ""))


def one(*lines: str, head: str = "", title: str = "Round"):
    found = read(calendar(event(*lines, title=title), head=head), HOME, NOW)
    assert not found.skipped, found.skipped
    return found.drafts[0]


def why(*lines: str, head: str = "", title: str = "Round") -> str:
    found = read(calendar(event(*lines, title=title), head=head), HOME, NOW)
    assert not found.drafts, found.drafts
    return found.skipped[0].why


def guide(*entries: object) -> str:
    return msgspec.json.encode(list(entries)).decode()
