"""What a person may type for a language, a country, a city."""

import pytest

from bot.core.zones import near_zones, zones_for
from handlers.settings.rules import UnknownCountry, UnknownLanguage, city_of, country_of, language_of, own_name, zone_choices


@pytest.mark.parametrize("typed", ["de", "DE", "Deutsch", "deutsch", "German", " german "])
def test_german_has_many_names(typed):
    assert language_of(typed, ("en", "de")) == "de"


@pytest.mark.parametrize("typed", ["", "klingon", "x" * 10_000, "<b>de</b>", "@everyone"])
def test_an_unknown_language_is_refused_without_repeating_it(typed):
    with pytest.raises(UnknownLanguage) as refused:
        language_of(typed, ("en", "de"))
    assert refused.value.detail == {"length": len(typed)}


@pytest.mark.parametrize(("typed", "language"), [("AT", "en"), ("Austria", "en"), ("Österreich", "de"), ("osterreich", "de")])
def test_a_country_by_code_or_by_name_in_either_language(typed, language):
    assert country_of(typed, language, ("DE", "AT")) == "AT"


def test_an_unlisted_country_is_refused():
    with pytest.raises(UnknownCountry):
        country_of("Atlantis", "en", ("DE", "AT"))


@pytest.mark.parametrize(
    ("typed", "language", "zone"),
    [
        ("Berlin", "en", "Europe/Berlin"),
        ("Wien", "de", "Europe/Vienna"),
        ("new york", "en", "America/New_York"),
        ("America/New_York", "de", "America/New_York"),
        ("são paulo", "en", "America/Sao_Paulo"),
        ("UTC", "en", "UTC"),
    ],
)
def test_a_zone_by_its_city_in_the_persons_language(typed, language, zone):
    assert list(zones_for(typed, language)) == [zone]


def test_a_city_may_be_named_in_any_language_that_is_shipped():
    assert zone_choices("Wien", ("en", "de")) == (("Europe/Vienna",), True)
    assert zone_choices("Lissabbon", ("en", "de")) == (("Europe/Lisbon",), False)


@pytest.mark.parametrize(
    ("zone", "language", "city"),
    [
        ("Europe/Vienna", "de", "Wien"),
        ("America/New_York", "en", "New York"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires"),
        ("UTC", "en", "UTC"),
    ],
)
def test_a_zone_is_shown_by_its_city(zone, language, city):
    assert city_of(zone, language) == city


def test_a_slip_of_the_finger_finds_a_near_city():
    assert "Europe/Berlin" in near_zones("Brelin", "en")


@pytest.mark.parametrize("typed", ["", "???", "x" * 10_000, "\u202eberlin", "'; drop table"])
def test_nonsense_finds_no_zone(typed):
    assert not zones_for(typed, "en")


def test_a_language_is_named_in_itself():
    assert own_name("de") == "Deutsch"
