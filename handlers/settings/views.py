"""Screens of this feature."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from bot.core.help import help_now, help_row
from bot.core.help_lines import ANY_COUNTRY
from bot.core.replies import Button, Field, Form, Press, Reply, Style, To
from bot.core.richtext import Moment
from bot.core.texts import Say, say_p
from bot.core.zones import folded
from handlers.settings.rules import city_of, country_name, own_name

IN_A_ROW, ON_A_PAGE = 3, 9  # names of countries are long, and a phone is narrow
PAGES = ("first", "more", "last")
ON, OFF = "on", "off"


def saved(say: Say, key: str, **values: str | Moment) -> Reply:
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, (help_row(say),))


def languages(say: Say, shipped: Sequence[str]) -> Reply:
    choices = tuple(Button(own_name(tag), Press("settings", "language", "", tag)) for tag in shipped)
    return Reply((say_p(say, "settings.choose_language"),), To.ONLY_YOU, (*_rows(choices, 3), help_row(say)), replace=False)


def countries(say: Say, known: Iterable[str], page: int, *, turned: bool) -> Reply:
    """One button a country, on three screens: five rows are the most. `turned`: this screen takes the place of another one."""
    named = sorted((folded(country_name(code, say.language)), code) for code in known if code != ANY_COUNTRY)
    choices = [Button(country_name(code, say.language)[:40], _country(code)) for _, code in named]
    last = page == len(PAGES) - 1
    shown = choices[page * ON_A_PAGE :] if last else choices[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    if last:
        shown.append(Button(say.label("settings.other_country"), _country(ANY_COUNTRY)))
    ways = [help_now(say)]
    if not last:
        ways.insert(0, Button(say.label("settings.more_countries"), _country(PAGES[page + 1])))
    if page:
        ways.insert(0, Button(say.label("common.back"), _country(PAGES[page - 1])))
    return Reply((say_p(say, "settings.choose_country"),), To.ONLY_YOU, (*_rows(shown, IN_A_ROW), tuple(ways)), replace=turned)


def _country(value: str) -> Press:
    return Press("settings", "country", "", value)


def tidy(say: Say, *, on: bool) -> Reply:
    """Say how it is, with the button that changes it."""
    other = OFF if on else ON
    switch = Button(say.label(f"settings.tidy_{other}_button"), Press("settings", "tidy", "", other), Style.MAIN)
    blocks = (say_p(say, f"settings.tidy_{ON if on else OFF}"), say_p(say, "settings.tidy_where"))
    return Reply(blocks, To.ONLY_YOU, ((switch,), help_row(say)))


def ask_zone(say: Say, present: ZoneInfo) -> Reply:
    ask = Button(say.label("settings.zone_button"), Press("settings", "ask_zone"), Style.MAIN)
    text = say_p(say, "settings.zone_now", city=city_of(str(present), say.language))
    return Reply((text,), To.ONLY_YOU, ((ask,), help_row(say)), replace=False)


def zone_form(say: Say) -> Reply:
    field = Field("city", say.label("settings.zone_field"), hint=say.label("settings.zone_hint"), longest=60)
    return Reply(form=Form(Press("settings", "zone"), say.label("settings.zone_title"), (field,)))


def near_zones(say: Say, choices: Sequence[str]) -> Reply:
    """Offer what it may have been; a zone's `/` travels as `__`."""
    if not choices:
        ask = Button(say.label("settings.zone_again"), Press("settings", "ask_zone"), Style.MAIN)
        return Reply((say_p(say, "settings.unknown_zone"),), To.ONLY_YOU, ((ask,), help_row(say)))
    cities = [city_of(zone, say.language) for zone in choices]
    buttons = tuple(
        Button((city if cities.count(city) == 1 else zone)[:40], Press("settings", "zone", "", zone.replace("/", "__")))
        for city, zone in zip(cities, choices, strict=True)
        if zone.replace("/", "").replace("_", "").isalnum()
    )
    return Reply((say_p(say, "settings.which_zone"),), To.ONLY_YOU, (*_rows(buttons, 1)[:4], help_row(say)))


def _rows(buttons: Sequence[Button], wide: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + wide]) for i in range(0, len(buttons), wide))
