"""Finding a time zone by what people type: an IANA name, or a city in English or in their own language."""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale

from bot.core.when import zone_names

_NOT_FOR_PEOPLE = ("Etc/", "SystemV/", "posix/", "right/", "US/", "Canada/", "Mexico/", "Brazil/", "Chile/")


def folded(words: str) -> str:
    """Return words for comparing: lower case, without accents, spaces for `_`, `-` and `/`."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(char))
    return " ".join(plain.replace("_", " ").replace("-", " ").replace("/", " ").split())


@lru_cache(maxsize=8)
def _places(language: str) -> dict[str, tuple[str, ...]]:
    """Return zones by folded name: the whole IANA name, its city, and the city in the language (CLDR)."""
    cities = Locale.parse(language.replace("-", "_")).time_zones
    found: dict[str, dict[str, None]] = {}
    for zone in sorted(zone_names()):
        if "/" not in zone or zone.startswith(_NOT_FOR_PEOPLE):
            names = {zone}
        else:
            names = {zone, zone.rsplit("/", 1)[1], str(cities.get(zone, {}).get("city", ""))}
        for name in names - {""}:
            found.setdefault(folded(name), {})[zone] = None
    return {name: tuple(zones) for name, zones in found.items()}


def zones_for(typed: str, language: str) -> Sequence[str]:
    """Return the zones that the words name exactly: one when it is clear, several to choose from, none when unknown."""
    wanted = folded(typed[:80])
    return _places(language).get(wanted) or _places("en").get(wanted, ())


def near_zones(typed: str, language: str, most: int = 5) -> Sequence[str]:
    """Return up to `most` zones whose names are near the words, nearest first."""
    places = _places(language)
    wanted = folded(typed[:80])
    names = [name for name in places if wanted and name.startswith(wanted)][:most]
    names += get_close_matches(wanted, places, n=most, cutoff=0.75)
    found = dict.fromkeys(zone for name in names for zone in places[name])
    return tuple(found)[:most]


def city_of(zone: str, language: str) -> str:
    """Return a zone as people say it, by its city in the language ("Vienna"), or its name where it has none ("UTC")."""
    cities = Locale.parse(language.replace("-", "_")).time_zones
    return str(cities.get(zone, {}).get("city", "")) or zone.rpartition("/")[2].replace("_", " ")
