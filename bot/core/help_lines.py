"""Help lines by country. A wrong digit can kill: what is not verified is hidden until the host has confirmed it."""

from collections.abc import Iterable, Sequence

import msgspec

ANY_COUNTRY = "ZZ"


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line as content/help/crisis_lines.yaml has it. All but the booleans and `languages` is text: `024`."""

    country: str  # ISO 3166-1 alpha-2, or ZZ for any other
    name: str
    kind: str  # emergency, suicide_crisis, substance, gambling, domestic_violence, poison
    phone: str
    text: str
    hours: str
    url: str
    area: str
    languages: tuple[str, ...]
    verified: bool
    text_verified: bool
    source: str
    source_grade: str
    checked: str  # ISO date
    note: str


class HelpLines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    checked: str
    max_age_days: str | int
    lines: tuple[HelpLine, ...]


def shown(lines: Iterable[HelpLine], country: str, confirmed: frozenset[str]) -> Sequence[HelpLine]:
    """Return the country's lines that may be shown: verified ones, emergency numbers, and all of a country the host confirmed."""
    return tuple(
        line
        for line in lines
        if line.country == country
        and (line.phone or line.text)
        and (line.verified or line.kind == "emergency" or country in confirmed)
    )
