"""Days and times of day as people type them, in five languages; today is Tuesday, 24 November 2026."""

from datetime import date, time

import pytest

from bot.core.daywords import day_in, said_day, said_time, time_in

TODAY = date(2026, 11, 24)
AHEAD = {
    "en": {
        "today": "2026-11-24",
        "Tomorrow": "2026-11-25",
        "the day after tomorrow": "2026-11-26",
        "in 3 days": "2026-11-27",
        "in two weeks": "2026-12-08",
        "next month": "2026-12-24",
        "Monday": "2026-11-30",
        "next Tuesday": "2026-12-01",
        "tue": "2026-12-01",
        "24 December": "2026-12-24",
        "December 24th, 2027": "2027-12-24",
        "Thursday, 24 December": "2026-12-24",
        "24.12.": "2026-12-24",
        "12/31": "2026-12-31",
        "31/12": "2026-12-31",
        "23 November": "2027-11-23",
        "29 February": "2028-02-29",
        "2026-12-01": "2026-12-01",
    },
    "de": {
        "heute": "2026-11-24",
        "Übermorgen": "2026-11-26",
        "uebermorgen": "2026-11-26",
        "in drei Tagen": "2026-11-27",
        "nächste Woche": "2026-12-01",
        "nächsten Montag": "2026-11-30",
        "Mo": "2026-11-30",
        "24.12.": "2026-12-24",
        "24.12.27": "2027-12-24",
        "am 1. Januar 2027": "2027-01-01",
        "1/12": "2026-12-01",
    },
    "es": {
        "hoy": "2026-11-24",
        "mañana": "2026-11-25",
        "pasado mañana": "2026-11-26",
        "dentro de 3 días": "2026-11-27",
        "el próximo lunes": "2026-11-30",
        "24 de diciembre de 2026": "2026-12-24",
        "el mes que viene": "2026-12-24",
        "24/12": "2026-12-24",
    },
    "fr": {
        "aujourd’hui": "2026-11-24",
        "demain": "2026-11-25",
        "après-demain": "2026-11-26",
        "dans une semaine": "2026-12-01",
        "lundi prochain": "2026-11-30",
        "le 1er janvier": "2027-01-01",
        "24 décembre 2026": "2026-12-24",
        "24/12/2026": "2026-12-24",
    },
    "pt": {
        "hoje": "2026-11-24",
        "amanhã": "2026-11-25",
        "depois de amanhã": "2026-11-26",
        "daqui a 3 dias": "2026-11-27",
        "segunda": "2026-11-30",
        "próxima terça": "2026-12-01",
        "dia 24 de dezembro": "2026-12-24",
        "24/12": "2026-12-24",
    },
}
PAST = {
    "en": {"yesterday": "2026-11-23", "two weeks ago": "2026-11-10", "Monday": "2026-11-23", "last Tuesday": "2026-11-17"},
    "de": {"gestern": "2026-11-23", "vor 2 Tagen": "2026-11-22", "letzte Woche": "2026-11-17", "24. Dezember": "2025-12-24"},
    "es": {"ayer": "2026-11-23", "hace dos días": "2026-11-22", "la semana pasada": "2026-11-17"},
    "fr": {"hier": "2026-11-23", "il y a 2 jours": "2026-11-22", "la semaine dernière": "2026-11-17"},
    "pt": {"ontem": "2026-11-23", "há dois dias": "2026-11-22", "semana passada": "2026-11-17"},
}
TIMES = {
    "en": {
        "18:30": "18:30",
        "7pm": "19:00",
        "7:30 p.m.": "19:30",
        "noon": "12:00",
        "at 7 in the evening": "19:00",
        "12 am": "00:00",
    },
    "de": {"18.30 Uhr": "18:30", "18 Uhr": "18:00", "um 7 Uhr abends": "19:00", "8 Uhr 15": "08:15", "7": "07:00"},
    "es": {"a las 18:30": "18:30", "7 de la tarde": "19:00", "8 de la noche": "20:00", "mediodía": "12:00"},
    "fr": {"18h30": "18:30", "à 18 h 30": "18:30", "7 heures du soir": "19:00", "midi": "12:00"},
    "pt": {"às 18h30": "18:30", "7 da noite": "19:00", "19h": "19:00", "meio-dia": "12:00"},
}
HOSTILE = [
    "",
    " ",
    "soon",
    "x" * 10_000,
    "\u202e24.12.",
    "99.99.",
    "31 February 2027",
    "٢٤/١٢",
    "@everyone",
    "1" * 50,
    "in 999 months 9",
]


def table(languages):
    return [(language, typed, wanted) for language, each in languages.items() for typed, wanted in each.items()]


@pytest.mark.parametrize(("language", "typed", "wanted"), table(AHEAD))
def test_a_day_is_the_next_one(language, typed, wanted):
    assert day_in(typed, language, TODAY) == date.fromisoformat(wanted)


@pytest.mark.parametrize(("language", "typed", "wanted"), table(PAST))
def test_or_the_last_one_where_that_is_asked(language, typed, wanted):
    assert day_in(typed, language, TODAY, past=True) == date.fromisoformat(wanted)


@pytest.mark.parametrize(("language", "typed", "wanted"), table(TIMES))
def test_a_time_of_day(language, typed, wanted):
    assert time_in(typed, language) == time.fromisoformat(wanted)


@pytest.mark.parametrize("typed", ["12/5", "5/12/2026"])
def test_figures_that_are_two_days_in_two_countries_are_none_in_english(typed):
    assert day_in(typed, "en", TODAY) is None
    assert day_in(typed, "fr", TODAY) is not None


@pytest.mark.parametrize("typed", ["7", "25:00", "7:61", "13pm", "2 de la noche"])
def test_what_may_be_two_times_or_none_is_none(typed):
    assert time_in(typed, "en") is None


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt", "nl", "de-AT"])
@pytest.mark.parametrize("typed", [words for words in HOSTILE if words != "\u202e24.12."])
def test_nothing_else_is_a_day_or_a_time(language, typed):
    assert day_in(typed, language, TODAY) is None
    assert time_in(typed, language) is None


def test_invisible_direction_marks_do_not_hide_a_day():
    assert day_in("\u202e24.12.\u200f", "de", TODAY) == date(2026, 12, 24)


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt"])
def test_english_is_understood_everywhere(language):
    assert day_in("tomorrow", language, TODAY) == date(2026, 11, 25)


def test_how_they_read():
    assert said_day("2026-12-01", "de") == "Dienstag, 1. Dezember 2026"
    assert said_time("18:30", "de") == "18:30"
    assert said_time("18:30", "en").replace("\u202f", " ") == "6:30 PM"
    assert (said_day("x", "en"), said_time("99", "en")) == ("x", "99")
