"""Understanding what a person chose. Pure."""

from collections.abc import Sequence

from babel import Locale

from bot.core.errors import BadInput, BadPress
from bot.core.when import zone_names
from bot.core.zones import folded, near_zones, zones_for


class UnknownLanguage(BadInput):
    text_key = "settings.unknown_language"


class UnknownCountry(BadInput):
    text_key = "settings.unknown_country"


def language_of(typed: str, shipped: Sequence[str]) -> str:
    """Return the shipped language that a tag or a name (its own, or English) means. Raises UnknownLanguage."""
    wanted = folded(typed[:40])
    for tag in shipped:
        locale = Locale.parse(tag.replace("-", "_"))
        names = {tag, locale.get_display_name(tag), locale.get_display_name("en"), locale.english_name}
        if wanted in {folded(str(name)) for name in names if name}:
            return tag
    raise UnknownLanguage(length=len(typed))


def own_name(tag: str) -> str:
    """Return a language's own name for itself, like "Deutsch"."""
    name = Locale.parse(tag.replace("-", "_")).get_display_name(tag)
    return str(name)[:1].upper() + str(name)[1:]


def country_of(typed: str, language: str, known: Sequence[str]) -> str:
    """Return the ISO code of a country given by code or name (in the language, or English). Raises UnknownCountry."""
    wanted = folded(typed[:60])
    for code in known:
        names = {code, country_name(code, language), country_name(code, "en")}
        if wanted in {folded(name) for name in names}:
            return code
    raise UnknownCountry(length=len(typed))


def country_name(code: str, language: str) -> str:
    return str(Locale.parse(language.replace("-", "_")).territories.get(code, code))


def pressed_zone(value: str) -> str:
    """Return the zone that a button of ours names; its `/` travels as `__`. Raises BadPress for any other."""
    zone = value.replace("__", "/")
    if zone not in zone_names():
        raise BadPress(length=len(value))
    return zone


def zone_choices(typed: str, languages: Sequence[str]) -> tuple[Sequence[str], bool]:
    """Return the zones that the words may mean, and whether they name them exactly. `languages`: the reader's first."""
    exact = next((found for language in languages if (found := zones_for(typed, language))), ())
    if exact:
        return exact, True
    return next((near for language in languages if (near := near_zones(typed, language))), ()), False


def city_of(zone: str, language: str) -> str:
    """Return a zone as people say it, by its city in the language ("Vienna"), or its name where it has none ("UTC")."""
    cities = Locale.parse(language.replace("-", "_")).time_zones
    return str(cities.get(zone, {}).get("city", "")) or zone.rpartition("/")[2].replace("_", " ")
