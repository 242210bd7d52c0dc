"""A person's own settings: language, time zone, and the country of their help lines. None of them is ever guessed."""

from collections.abc import Sequence

from bot.core.features import Action, Command, Feature, Needs, Option, Where
from bot.core.texts import Texts
from handlers.settings.commands import SettingsCommands


def feature(texts: Texts, countries: Sequence[str]) -> Feature:
    """`countries` are those that the help lines know."""
    settings = SettingsCommands(texts, tuple(countries))
    return Feature(
        name="settings",
        commands=(
            Command("language", settings.language, needs=Needs.PERSON, options=(Option("language"),), aliases=("sprache",)),
            Command("timezone", settings.timezone, needs=Needs.PERSON, options=(Option("city"),), aliases=("zeitzone",)),
            Command("country", settings.country, needs=Needs.PERSON, options=(Option("country"),), aliases=("land",)),
            Command("tidy", settings.tidy, needs=Needs.PERSON, where=Where.PRIVATE),
        ),
        presses={
            "language": Action(settings.language),
            "zone": Action(settings.timezone),
            "ask_zone": Action(settings.ask_zone),
            "country": Action(settings.country),
            "tidy": Action(settings.tidy),
        },
        forms={"zone": Action(settings.timezone)},
    )
