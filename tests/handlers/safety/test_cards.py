"""The help card: an emergency number and two doors for everyone, with nothing but memory."""

import pytest

from bot.core.help_lines import shown
from bot.core.richtext import plain_block
from content.help_lines import load_help_lines
from content.loader import load_texts
from handlers.safety.cards import CARDS, HelpCards
from handlers.safety.rules import doors

LINES = load_help_lines()
TEXTS = load_texts()
COUNTRIES = sorted({line.country for line in LINES.lines})


def said(name: str, country: str, language: str, confirmed: frozenset[str] = frozenset()) -> str:
    reply = HelpCards(TEXTS, LINES, confirmed).card(name, country, language)
    return "\n".join(plain_block(block) for block in reply.blocks)


def test_numbers_that_look_like_numbers_stay_text():
    spain = {line.phone for line in LINES.lines if line.country == "ES"}
    assert {"024", "016"} <= spain
    assert any(line.country == "NO" for line in LINES.lines)


@pytest.mark.parametrize("language", TEXTS.languages)
@pytest.mark.parametrize("country", [*COUNTRIES, "XX"])
def test_every_country_has_an_emergency_number_and_two_doors(country, language):
    card = said("now", country, language)
    emergency = [line.phone for line in LINES.lines if line.country == country and line.kind == "emergency" and line.phone]
    assert emergency == [] or emergency[0] in card
    assert emergency or "112" in card
    two = doors(shown(LINES.lines, country, frozenset()), language)
    assert len(two) == 2 or "findahelpline.com" in card


@pytest.mark.parametrize("language", TEXTS.languages)
def test_the_first_screen_has_at_most_eight_lines(language):
    assert all(len(said("now", country, language).splitlines()) <= 8 for country in COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_unverified_number_is_shown_only_once_the_host_confirmed_it(country):
    hidden = [line for line in LINES.lines if line.country == country and not line.verified and line.kind != "emergency"]
    before = "\n".join(said(card, country, "en") for card in ("now", *CARDS))
    after = "\n".join(said(card, country, "en", frozenset({country})) for card in ("now", *CARDS))
    visible = {line.phone for line in shown(LINES.lines, country, frozenset())}
    for line in hidden:
        if line.phone and line.phone not in visible:
            assert f"{line.name}: {line.phone}" not in before
            assert line.kind not in {"domestic_violence", "poison"} or line.phone in after


def test_the_card_says_it_is_a_program_that_nobody_watches():
    card = said("now", "DE", "en")
    assert "I am a program" in card
    assert "Nobody is watching" in card
    assert "not a crisis service" in card
    assert "November 2026" in card


def test_lines_in_the_readers_language_come_first():
    belgian = shown(LINES.lines, "BE", frozenset())
    assert doors(belgian, "fr")[0].languages == ("fr",)
    assert doors(belgian, "en")[0].languages == ("en",)


@pytest.mark.parametrize("language", TEXTS.languages)
def test_a_gambling_line_comes_without_any_link(language):
    assert all("http" not in said("other", country, language) for country in COUNTRIES)
    assert all("findahelpline" not in said("other", country, language) for country in COUNTRIES)
