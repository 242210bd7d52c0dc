"""A series' options, as buttons and answers name them. Pure."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec.structs import replace

from bot.core.errors import BadPress
from bot.core.meetings import Admission, Audience, Options
from bot.core.zones import folded
from handlers.series.unclear import BadLink, BadNumber, Unclear

SWITCHES = ("beginners", "text_only", "self_run", "breakouts")
MOST_PEOPLE, MOST_MINUTES_EACH = 1000, 30
LONGEST_LINK = 200
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")
_GAMBLING = ("gambl", "casino", "betting", "poker", "glucksspiel", "gluecksspiel", "spielsucht", "sportwett", "wettsucht")


class NoLinkHere(Unclear):
    """Where gambling is talked about, no link is shown at all."""

    text_key = "series.no_link"
    field = "link"


def switched(options: Options, pressed: str) -> Options:
    """Return the options after a button, which names the state it leads to: twice is no harm. Raises BadPress."""
    name, _, value = pressed.rpartition("_")
    if name in SWITCHES and value in ("0", "1"):
        return replace(options, **{name: value == "1"})
    try:
        if name == "for":
            return replace(options, audience=Audience(value))
        if name == "in":
            return replace(options, admission=Admission(value))
    except ValueError:
        pass
    raise BadPress(length=len(pressed))


def after(admission: Admission) -> Admission:
    """Return the next way to come in, for a button that goes through all of them."""
    ways = tuple(Admission)
    return ways[(ways.index(admission) + 1) % len(ways)]


def filled(
    options: Options, answers: Mapping[str, str], formats: tuple[str, ...], languages: tuple[str, ...], title: str
) -> Options:
    """Return the options with a form's values. Raises BadNumber, BadLink or NoLinkHere."""
    chosen, language = answers.get("format", ""), answers.get("language", "")
    link = answers.get("link", "").strip()
    if link and is_about_gambling(title):
        raise NoLinkHere()
    return replace(
        options,
        format=chosen if chosen in formats else "",
        language=language if language in languages else "",
        capacity=_number(answers.get("capacity", ""), MOST_PEOPLE, "capacity"),
        link=link_of(link) if link else "",
        minutes_each=_number(answers.get("each", ""), MOST_MINUTES_EACH, "each"),
    )


def _number(typed: str, most: int, field: str) -> int:
    wanted = typed.strip()
    if not wanted:
        return 0
    if not (wanted.isascii() and wanted.isdigit() and int(wanted[:6]) <= most):
        error = BadNumber(most=str(most))
        error.field = field
        raise error
    return int(wanted)


def link_of(typed: str) -> str:
    """Return an https address of a named host, as it was typed. Raises BadLink."""
    try:
        parts = urlsplit(typed)
        plain = typed.isascii() and typed.isprintable() and not set(typed) & set(' "<>\\^`{|}') and len(typed) <= LONGEST_LINK
        host = (parts.hostname or "").lower()
        if parts.scheme == "https" and plain and "@" not in parts.netloc and _HOST.fullmatch(host) and parts.port in (None, 443):
            return typed
    except ValueError:
        pass
    raise BadLink(longest=str(LONGEST_LINK))


def is_about_gambling(title: str) -> bool:
    return any(word in folded(title) for word in _GAMBLING)
