"""Screens of this feature."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from bot.core.help import help_now, help_row
from bot.core.help_lines import ANY_COUNTRY
from bot.core.replies import Button, Field, Form, Press, Reply, Style, To
from bot.core.richtext import Moment
from bot.core.texts import Say, say_p
from handlers.settings.rules import country_name, own_name

ON_FIRST = 19  # countries on the first of the two screens


def saved(say: Say, key: str, **values: str | Moment) -> Reply:
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, (help_row(say),))


def languages(say: Say, shipped: Sequence[str]) -> Reply:
    choices = tuple(Button(own_name(tag), Press("settings", "language", "", tag)) for tag in shipped)
    return Reply((say_p(say, "settings.choose_language"),), To.ONLY_YOU, (*_rows(choices, 3), help_row(say)), replace=False)


def countries(say: Say, known: Iterable[str], *, more: bool = False) -> Reply:
    """One button a country. Five rows hold no more, and the last row is for Help now: the rest is on a second screen."""
    named = sorted((country_name(code, say.language), code) for code in known if code != ANY_COUNTRY)
    choices = [Button(name[:40], Press("settings", "country", "", code)) for name, code in named]
    if more:
        other = Button(say.label("settings.other_country"), Press("settings", "country", "", ANY_COUNTRY))
        first = Button(say.label("common.back"), Press("settings", "country", "", "first"))
        choices = [*choices[ON_FIRST:], other, first]
    else:
        choices = [*choices[:ON_FIRST], Button(say.label("settings.more_countries"), Press("settings", "country", "", "more"))]
    return Reply((say_p(say, "settings.choose_country"),), To.ONLY_YOU, _rows((*choices, help_now(say)), 5))


def ask_zone(say: Say, present: ZoneInfo) -> Reply:
    ask = Button(say.label("settings.zone_button"), Press("settings", "ask_zone"), Style.MAIN)
    text = say_p(say, "settings.zone_now", zone=str(present).replace("_", " "))
    return Reply((text,), To.ONLY_YOU, ((ask,), help_row(say)), replace=False)


def zone_form(say: Say) -> Reply:
    field = Field("city", say.label("settings.zone_field"), hint=say.label("settings.zone_hint"), longest=60)
    return Reply(form=Form(Press("settings", "zone"), say.label("settings.zone_title"), (field,)))


def near_zones(say: Say, choices: Sequence[str]) -> Reply:
    """Offer what it may have been; a zone's `/` travels as `__`."""
    if not choices:
        ask = Button(say.label("settings.zone_again"), Press("settings", "ask_zone"), Style.MAIN)
        return Reply((say_p(say, "settings.unknown_zone"),), To.ONLY_YOU, ((ask,), help_row(say)))
    buttons = tuple(
        Button(zone.replace("_", " ")[:40], Press("settings", "zone", "", zone.replace("/", "__")))
        for zone in choices
        if zone.replace("/", "").replace("_", "").isalnum()
    )
    return Reply((say_p(say, "settings.which_zone"),), To.ONLY_YOU, (*_rows(buttons, 1)[:4], help_row(say)))


def _rows(buttons: Sequence[Button], wide: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + wide]) for i in range(0, len(buttons), wide))
