"""Days, times of day, and several fields at once: by button, in a form, typed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.flow import mark
from bot.core.replies import Press
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.stocked import stock_house


def strong_words(table, language, words):
    assert table == "sample"
    return ("must",) if ("muss" if language == "de" else "must") in words else ()


@pytest.fixture
def house(store, clock):
    clock.at = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    return stock_house(store, clock, flags=strong_words)


async def at_the_day(person):
    await person.command("meet")
    return await person.tap("Skip")


# Fields


async def test_fields_are_asked_in_one_form_and_what_is_there_is_filled_in(alice):
    await alice.command("meet")
    screen = await alice.fills(name="Ann", how="I call\nher")
    assert "• Who: Ann\n• How: I call\nher" in text_of(screen)
    await alice.tap("Write")
    assert alice.screen.form is not None
    assert [(field.name, field.label, field.value, field.required) for field in alice.screen.form.fields] == [
        ("name", "Who", "Ann", False),
        ("how", "How", "I call\nher", False),
        ("place", "Where", "", False),
    ]
    await alice.sends(alice.screen.form.press, {"place": "at home"})
    assert "• Who: Ann" in text_of(alice.screen)
    assert "• Where: at home" in text_of(alice.screen)
    assert "On which day?" in text_of(await alice.tap("Done"))


@pytest.mark.parametrize("sent", [{}, {"name": ""}, {"name": " \u202e "}, {"other": "x"}])
async def test_a_form_with_nothing_in_it_says_so(alice, sent):
    await alice.command("meet")
    press = alice.press_of("Write")
    screen = await alice.sends(press, sent)
    assert "there was none in that" in text_of(screen)
    assert "Done" not in labels(screen)


async def test_a_field_that_is_too_long_is_refused_and_not_repeated(alice):
    await alice.command("meet")
    screen = await alice.fills(name="x" * 10_000)
    assert "longer than 20" in text_of(screen)
    assert "xx" not in text_of(screen)


async def test_typed_words_fill_the_fields_one_after_another(house):
    carol = await house.person("carol", modals=False)
    await carol.command("meet")
    assert "First: How" in text_of(await carol.types("Ann"))
    await carol.types("@everyone")
    await carol.types("outside")
    assert "• Who: Ann\n• How: @everyone\n• Where: outside" in text_of(carol.screen)


# A day


@pytest.mark.parametrize(
    ("tapped", "day"),
    [
        ("Today", "November 25"),
        ("Tomorrow", "November 26"),
        ("In 3 days", "November 28"),
        ("In a week", "December 2"),
        ("In a month", "December 25"),
    ],
)
async def test_a_button_counts_from_the_persons_own_today(alice, tapped, day):
    alice.zone = ZoneInfo("Europe/Berlin")  # half an hour before midnight elsewhere
    await at_the_day(alice)
    await alice.tap(tapped, "Back")
    assert day in text_of(alice.screen)


@pytest.mark.parametrize(
    ("language", "typed"), [("en", "24 December"), ("en", "12/24"), ("de", "24.12."), ("de", "am 24. Dezember")]
)
@pytest.mark.parametrize("modals", [True, False])
async def test_a_day_is_typed_in_the_persons_language(house, modals, language, typed):
    carol = await house.person("carol", modals=modals, language=language)
    await carol.command("meet")
    await carol.tap({"en": "Skip", "de": "Überspringen"}[language])
    if modals:
        await carol.fills({"en": "Another day", "de": "Ein anderer Tag"}[language], words=typed)
    else:
        await carol.types(typed)
    await carol.tap({"en": "Back", "de": "Zurück"}[language])
    assert {"en": "Thursday, December 24, 2026", "de": "Donnerstag, 24. Dezember 2026"}[language] in text_of(carol.screen)


@pytest.mark.parametrize(
    ("typed", "told"), [("soon", "did not understand"), ("x" * 10_000, "did not understand"), ("\u202e", "did not understand")]
)
async def test_a_day_that_is_not_understood_is_asked_again(alice, typed, told):
    before = await at_the_day(alice)
    after = await alice.types(typed)
    assert told in text_of(after)
    assert after.buttons == before.buttons


async def test_a_day_on_the_wrong_side_of_today_is_asked_again(alice):
    await at_the_day(alice)
    assert "is over" in text_of(await alice.types("2026-11-01"))
    await alice.tap("Today", "Skip")
    assert "still to come" in text_of(await alice.types("2026-12-24"))
    assert "Last time: Tuesday, November 17, 2026" in text_of(await alice.tap("A week ago"))


@pytest.mark.parametrize("value", ["", "never", "2026", "20261201", "0800"])
@pytest.mark.parametrize("at", ["day", "hour"])
async def test_a_made_up_day_or_time_is_not_kept(alice, at, value):
    await at_the_day(alice)
    if at == "hour":
        await alice.tap("Today")
    await alice.press(Press("flow", "answer", alice.press_of("Back").subject, f"{mark(at)}_{value}"))
    if (at, value) == ("hour", "0800"):
        assert "When did you last meet?" in text_of(alice.screen)
    else:
        assert {"day": "On which day?", "hour": "At what time?"}[at] in text_of(alice.screen)


# A time of day


async def test_a_time_by_button_is_shown_as_the_language_has_it(alice):
    await at_the_day(alice)
    await alice.tap("Today", "6:00 PM")
    alice.language = "de"
    assert "18:00" in text_of(await alice.tap("Back"))


@pytest.mark.parametrize(("typed", "hour"), [("18:30", "6:30"), ("7pm", "7:00"), ("noon", "12:00"), ("18h30", "6:30")])
@pytest.mark.parametrize("modals", [True, False])
async def test_a_time_is_typed(house, modals, typed, hour):
    carol = await house.person("carol", modals=modals)
    await at_the_day(carol)
    await carol.tap("Today")
    await (carol.fills("Another time", words=typed) if modals else carol.types(typed))
    assert hour in text_of(await carol.tap("Back")).replace("\u202f", " ")


async def test_a_bare_number_that_is_two_times_is_asked_again(alice):
    await at_the_day(alice)
    await alice.tap("Today")
    assert "did not understand this time" in text_of(await alice.types("7"))


# What was said before


@pytest.mark.parametrize(("how", "flag"), [("I must go", "“must” is a strong word"), ("I may go", "No strong word")])
async def test_an_earlier_answer_is_quoted_and_looked_at(alice, how, flag):
    await alice.command("meet")
    await alice.fills(how=how)
    screen = await alice.tap("Done", "Today", "Skip")
    assert text_of(screen).startswith(f"How:\n{how}\nThe day:\nTuesday, November 24, 2026\n{flag}")
    assert text_of(screen).index("strong word") < text_of(screen).index("When did you last meet?")


async def test_a_long_answer_is_quoted_short(alice):
    await alice.command("meet")
    await alice.fills(how="words " * 50)
    screen = await alice.tap("Done", "Today", "Skip")
    assert len(text_of(screen)) < 500


async def test_where_it_was_not_said_nothing_is_quoted(alice):
    await at_the_day(alice)
    screen = await alice.tap("Skip", "Skip")
    assert text_of(screen).startswith("When did you last meet?")
