"""Questions on the terminal, each with its default; and what counts as an answer."""

from collections.abc import Callable
from dataclasses import dataclass

import typer

from bot.cli.terminal import complain, leave
from bot.cli.written import PLATFORMS
from bot.core.zones import near_zones, zones_for


class NotKnown(Exception):
    """The answer means nothing here; the message says what would."""


@dataclass(frozen=True, slots=True)
class Asker:
    """`asks` is false without a terminal: then a flag or the default answers, and a wrong flag ends the command."""

    asks: bool

    def text(self, question: str, otherwise: str) -> str:
        return str(typer.prompt(question, default=otherwise)) if self.asks else otherwise

    def hidden(self, question: str) -> str:
        return str(typer.prompt(question, default="", hide_input=True, show_default=False)).strip() if self.asks else ""

    def until_known(self, question: str, given: str | None, otherwise: str, known: Callable[[str], str]) -> str:
        """Return what `known` makes of the flag, or else of the typed answer, asking again while it raises NotKnown."""
        while True:
            typed = given if given is not None else self.text(question, otherwise)
            try:
                return known(typed.strip())
            except NotKnown as problem:
                if not self.asks:
                    leave(problem)
                complain([problem], "yellow")
                given = None


def known_language(typed: str) -> str:
    from content.loader import load_texts

    languages = load_texts().languages
    for language in languages:
        if typed.replace("_", "-").lower() == language.lower():
            return language
    raise NotKnown(f'"{typed}" is not shipped. Shipped: {", ".join(languages)}')


def known_zone(typed: str, language: str, ask: Asker) -> str:
    found = zones_for(typed, language)
    if len(found) == 1:
        return found[0]
    if found and ask.asks:
        return known_zone(ask.text(f"Which of them: {', '.join(found)}", found[0]), language, ask)
    near = found or near_zones(typed, language)
    raise NotKnown(
        f'"{typed}" is no city or time zone known here.' + (f" Near: {', '.join(near)}" if near else " Try Europe/Berlin")
    )


def known_country(typed: str) -> str:
    from content.help_lines import load_help_lines

    code = typed.upper()
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise NotKnown(f'"{typed}" is not a country\'s two letters, like DE')
    if code not in {line.country for line in load_help_lines().lines}:
        complain(
            [f"No help lines are shipped for {code}: members see the international directory and their local emergency number."],
            "yellow",
        )
    return code


def known_platforms(typed: str) -> str:
    wanted = typed.replace(",", " ").lower().split()
    if strange := [name for name in wanted if name not in PLATFORMS]:
        raise NotKnown(f'"{strange[0]}" is no platform. There are: {", ".join(PLATFORMS)}')
    return " ".join(name for name in PLATFORMS if name in wanted)
