"""Read, decide, write, show."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from bot.core.calls import Call, Kind, Person
from bot.core.help_lines import ANY_COUNTRY
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.texts import Texts
from bot.core.when import clock_time
from handlers.settings import rules, views


class SettingsCommands:
    def __init__(self, texts: Texts, countries: Sequence[str]) -> None:
        self._texts = texts
        self._countries = countries

    async def language(self, call: Call, unit: Unit) -> Reply:
        """Set the language given, or offer the shipped ones."""
        typed = _given(call, "language")
        if not typed:
            return views.languages(self._texts.of(call.language), self._texts.languages)
        tag = rules.language_of(typed, self._texts.languages)
        await unit.people.save(msgspec.structs.replace(_person(call), language=tag))
        return views.saved(self._texts.of(tag), "settings.language_saved", language=rules.own_name(tag))

    async def timezone(self, call: Call, unit: Unit) -> Reply:
        """Set the zone of the city given; offer near ones when it is not clear; ask when nothing was given."""
        say = self._texts.of(call.language)
        choices: Sequence[str]
        if call.incoming.kind is Kind.PRESS and call.press.value:
            typed, choices, exact = "", (rules.pressed_zone(call.press.value),), True
        else:
            typed = _given(call, "city")
            languages = tuple(dict.fromkeys((call.language, *self._texts.languages)))
            choices, exact = rules.zone_choices(typed, languages) if typed else ((), False)
        if not typed and not choices:
            return views.ask_zone(say, call.zone)
        if not exact or len(choices) != 1:
            return views.near_zones(say, choices)
        zone = choices[0]
        await unit.people.save(msgspec.structs.replace(_person(call), zone=zone))
        now = clock_time(call.at, ZoneInfo(zone), call.language).text  # not a moment: apps would show it in the device's zone
        return views.saved(say, "settings.zone_saved", city=rules.city_of(zone, call.language), now=now)

    async def ask_zone(self, call: Call, unit: Unit) -> Reply:
        return views.zone_form(self._texts.of(call.language))

    async def country(self, call: Call, unit: Unit) -> Reply:
        """Set the country of the help lines, or offer those that are known."""
        say = self._texts.of(call.language)
        typed = _given(call, "country")
        if not typed or typed in views.PAGES:
            return views.countries(say, self._countries, views.PAGES.index(typed) if typed else 0, turned=bool(typed))
        code = rules.country_of(typed, call.language, self._countries)
        await unit.people.save(msgspec.structs.replace(_person(call), country=code))
        if code == ANY_COUNTRY:
            return views.saved(say, "settings.other_country_saved")
        return views.saved(say, "settings.country_saved", country=rules.country_name(code, call.language))

    async def tidy(self, call: Call, unit: Unit) -> Reply:
        """Say whether what is typed is deleted from the chat, or switch it by the button."""
        person = _person(call)
        if call.incoming.kind is Kind.PRESS:
            person = msgspec.structs.replace(person, tidy=call.press.value == views.ON)
            await unit.people.save(person)
        return views.tidy(self._texts.of(call.language), on=person.tidy)


def _given(call: Call, option: str) -> str:
    if call.incoming.kind is Kind.PRESS:
        return call.press.value
    return (call.arguments.get(option) or call.arguments.get("text") or "").strip()


def _person(call: Call) -> Person:
    assert call.person is not None
    return call.person
