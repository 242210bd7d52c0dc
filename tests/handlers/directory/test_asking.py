"""What is typed behind /meetings, and what is offered while it is typed."""

from datetime import time

import pytest
from msgspec.structs import replace

from bot.core.meetings import Series
from storage.meetings import Meetings
from tests.handlers.directory.house import House, lines_of, titles_of
from tests.handlers.screens import labels_of, text_of


@pytest.fixture
async def town(house: House) -> House:
    """Some meetings of the next days; now it is Tuesday evening."""
    await house.make("Open evening", "FREQ=WEEKLY;BYDAY=WE")
    await house.make("Quiet morning", "FREQ=WEEKLY;BYDAY=TH", time(9), beginners=True)
    await house.make("Text and talk", "FREQ=WEEKLY;BYDAY=FR")
    await house.make("Élan du soir", "FREQ=WEEKLY;BYDAY=SA", language="fr")
    await house.make("Family evening", "FREQ=WEEKLY;BYDAY=TH", audience="family")
    return house


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thursday", {"Quiet morning"}),
        ("Thu", {"Quiet morning"}),
        ("tomorrow", {"Open evening"}),
        ("beginners", {"Quiet morning"}),
        ("family", {"Family evening"}),
        ("family thursday", {"Family evening"}),
        ("family wednesday", set()),
        ("open", {"Open evening"}),
        ("EVENING", {"Open evening"}),
        ("text and talk", {"Text and talk"}),
        ("elan", {"Élan du soir"}),
        ("morning thursday", {"Quiet morning"}),
        ("opne evening", {"Open evening"}),  # what is most like it, when no title has it
        ("nothing like that", set()),
    ],
)
async def test_words_are_a_day_a_filter_or_a_title(town: House, typed: str, found: set[str]):
    assert set(titles_of(await town.type("ann", f"/meetings {typed}"))) == found


async def test_words_are_understood_in_the_readers_language_too(town: House):
    await town.settle("ann", language="de")
    for typed, found in (
        ("donnerstag", "Quiet morning"),
        ("Do", "Quiet morning"),
        ("morgen", "Open evening"),
        ("Familie", "Family evening"),
    ):
        assert set(titles_of(await town.type("ann", f"/meetings {typed}"))) == {found}


async def test_a_meeting_asked_for_by_name_is_looked_for_further_ahead(house: House):
    await house.make("Book evening", "FREQ=MONTHLY;BYMONTHDAY=28")
    assert lines_of(await house.type("ann", "/meetings")) == []
    assert lines_of(await house.type("ann", "/meetings book"))[0] == "Book evening: Mon, Dec 28, 7:00 PM, 60 minutes."


@pytest.mark.parametrize("typed", ["*" * 500, "\u202e\u200b", "'; drop table series", "[", "0" * 32, "f" * 32, "%s{title}"])
async def test_whatever_is_typed_is_answered_by_a_list(town: House, typed: str):
    assert "Meetings of the next two weeks" in text_of(await town.type("ann", f"/meetings {typed}"))


async def test_titles_are_offered_by_their_beginning_then_by_their_words(town: House):
    await town.make("Evening of words", "FREQ=WEEKLY;BYDAY=SU")
    offered = await town.complete("ann", "evening")
    assert [choice.label for choice in offered] == [
        "Evening of words, Sun, Dec 6, 7:00\u202fPM",
        "Open evening, Wed, Dec 2, 7:00\u202fPM",
    ]


async def test_a_meeting_that_was_offered_is_shown_alone(town: House):
    (choice,) = await town.complete("ann", "elan")
    assert set(titles_of(await town.type("ann", f"/meetings {choice.value}"))) == {"Élan du soir"}


async def test_nothing_typed_offers_the_soonest(town: House):
    assert [choice.label.partition(",")[0] for choice in await town.complete("ann", "")] == [
        "Open evening",
        "Quiet morning",
        "Text and talk",
        "Élan du soir",
    ]


async def test_family_meetings_are_offered_alone_and_only_to_who_names_them(town: House):
    assert not [choice for choice in await town.complete("ann", "evening") if "Family" in choice.label]
    assert [choice.value for choice in await town.complete("ann", "fam")] == ["family"]
    offered = [choice.label.partition(",")[0] for choice in await town.complete("ann", "family")]
    assert offered == ["For family and friends", "Family evening"]
    (_, choice) = await town.complete("ann", "family")
    listed = await town.type("ann", f"/meetings {choice.value}")
    assert set(titles_of(listed)) == {"Family evening"}
    assert "For participants" in labels_of(listed)


async def test_a_slip_of_the_finger_still_finds(town: House):
    assert [choice.label.partition(",")[0] for choice in await town.complete("ann", "quite mornin")] == ["Quiet morning"]


async def test_a_changed_title_is_offered_at_once(town: House):
    series = await town.make("Harbour circle")
    assert await town.complete("ann", "harb")
    await rename(town, series, "Lighthouse")
    assert not await town.complete("ann", "harb")
    assert [choice.value for choice in await town.complete("ann", "light")] == [series.id]


async def test_somebody_who_is_not_known_anywhere_is_offered_nothing(town: House):
    assert await town.complete("stranger", "open", private=True) == ()


async def test_of_five_hundred_meetings_at_most_25_are_offered_and_each_is_found(house: House):
    for n in range(500):
        await house.make(f"Evening number {n:03}", "FREQ=WEEKLY;BYDAY=WE")
    assert len(await house.complete("ann", "")) == 25
    assert len(await house.complete("ann", "evening")) == 25
    (only,) = await house.complete("ann", "evening number 417")
    assert set(titles_of(await house.type("ann", f"/meetings {only.value}"))) == {"Evening number 417"}
    assert "1 to 5 of 1,000" in text_of(await house.type("ann", "/meetings"))


async def rename(house: House, series: Series, title: str) -> None:
    await house.store.transact(lambda unit: Meetings(unit).change_series(replace(series, title=title)))
