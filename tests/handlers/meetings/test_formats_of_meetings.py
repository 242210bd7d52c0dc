"""What a series asks for is what its evening is like: in writing, behind a link, for family, in a community's own words."""

import pytest
from msgspec.structs import replace

from bot.core.ids import OccurrenceId
from bot.core.meetings import Audience, FloorView, State, When
from bot.core.outlines import Outline, Segment
from bot.core.richtext import words_in
from content.loader import load_texts
from handlers.formats.records import OwnFormat
from handlers.meetings.records import NoFloor
from handlers.meetings.scene import script
from storage.formats import FormatRows
from storage.meetings import Meetings
from tests.handlers.meetings.house import OUTLINES, House, open_house
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of


async def begun(house: House, **options: object) -> House:
    await house.plan(**options)  # type: ignore[arg-type]  # the fields of options, by name
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    await house.type("fay", "/meeting start", leads=True)
    await house.work_off()
    return house


async def test_a_meeting_in_writing_posts_the_short_text_of_each_part_and_nothing_else(house: House):
    await begun(house, text_only=True)
    assert len(house.news) == 1
    assert "Welcome. What is written here stays here" in house.news[0]
    for _ in range(5):
        await house.type("fay", "/meeting next", leads=True)
    await house.deliver()
    assert len(house.news) == 6  # one a part: a slow phone keeps up
    assert all(len(line) < 500 for line in house.news)
    assert all(reply.picture is None for reply in house.room)


async def test_behind_a_link_only_who_says_i_am_here_gets_it(house: House):
    link = "https://meet.example.org/room"
    await house.plan(link=link)
    await house.pass_time(minutes=1)
    assert "We meet behind a link." in text_of(house.card)
    assert link not in str(house.card)
    for _ in range(2):
        joined = await house.press("ann", press_of(house.card, "I am here"))
        assert [button.url for button in buttons_of(joined) if button.url] == [link]


async def test_family_and_friends_hear_their_own_words(house: House):
    await begun(house, audience=Audience.FAMILY)
    panel = await house.type("fay", "/meeting start", leads=True)
    assert "people who care about someone" in text_of(panel)


async def test_a_named_format_is_fitted_to_the_length_of_the_series(house: House):
    await house.plan(length=75, format="tool_night")
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    panel = await house.type("fay", "/meeting start", leads=True)
    for part in ("Check-in", "Choosing a tool", "Trying it together", "What it was like", "Pass the hat", "Check-out"):
        assert f"Next: {part}" in labels_of(panel)
        panel = await house.type("fay", "/meeting next", leads=True)
    assert "Check-out (15 min)" in text_of(panel)


async def test_a_communitys_own_words_are_read_out_and_stand_on_the_card_as_words(house: House):
    own = Outline(
        "90",
        (
            Segment("welcome", 10, name="Hello **all**", script="Our own @everyone\nwords."),
            Segment("own_2", 65, name="Talk"),
            Segment("closing", 15, protected=True),
        ),
    )
    own = replace(own, segments=tuple(replace(one, script=one.script or "Read.") for one in own.segments))
    occurrence = await house.plan()

    async def keep(unit):
        series = await Meetings(unit).series(occurrence.series)
        assert series is not None
        await FormatRows(unit).keep(series.community, "90", OwnFormat(own, house.clock.now()))

    await house.store.transact(keep)
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    panel = await house.type("fay", "/meeting start", leads=True)
    await house.work_off()
    assert "Hello **all** (10 min)" in text_of(panel)
    assert "Our own @everyone\nwords." in list(words_in(panel.blocks))
    assert "Now: Hello **all**" in text_of(house.card)
    assert "Hello **all**" in list(words_in(house.card.blocks))
    assert "Next: Talk" in labels_of(panel)


class OneSpeaks(NoFloor):
    async def view(self, occurrence: OccurrenceId) -> FloorView:
        return FloorView(True, "Ann", None, ("", "Bob"), outside=2, locked=True, calm=True)


async def test_the_card_shows_who_speaks_and_who_is_next_by_the_names_they_show(tmp_path, clock):
    async with open_house(tmp_path, clock, floor=lambda unit: OneSpeaks()) as house:
        await begun(house)
        card = text_of(house.card)
        assert "Speaking: Ann" in card
        assert "Next: Somebody. 2 hands are up." in card
        assert "2 people are in the waiting room." in card
        assert "The room is locked for now" in card
        assert "The room is calm for now" in card
        assert "Ann" in list(words_in(house.card.blocks))


async def test_a_cancelled_evening_says_why_when_its_card_is_asked_for(house: House):
    occurrence = await house.plan()
    await house.pass_time(minutes=1)

    async def cancel(unit):
        before = await Meetings(unit).occurrence(occurrence.id)
        assert before is not None
        after = replace(before, state=State.CANCELLED, reason="The heating is broken")
        assert await Meetings(unit).move(before, after)
        await unit.due.add(When.CARD.due(house.clock.now(), occurrence.id))

    await house.store.transact(cancel)
    await house.work_off()
    assert "This meeting is cancelled." in text_of(house.card)
    assert "Why: The heating is broken" in text_of(house.card)
    assert "The heating is broken" in list(words_in(house.card.blocks))


async def test_a_meeting_in_another_language_than_its_communitys_is_shown_in_its_own(house: House):
    await house.plan(language="de")
    await house.pass_time(minutes=1)
    assert "Der Raum ist offen." in text_of(house.card)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("style", ["", "self", "brief"])
@pytest.mark.parametrize("name", sorted(OUTLINES))
def test_every_part_of_every_format_has_its_text_in_every_language(name, style, language):
    say, outline = load_texts().of(language), replace(OUTLINES[name], brief=style == "brief")
    for segment in outline.segments:
        assert say.label(f"outlines.segment_{segment.key}")
        assert script(say, outline, segment, self_run=style == "self")
        if style:
            assert say.has(f"outlines.{style}_{segment.key}")


async def test_an_evening_in_the_last_minutes_opens_at_its_check_out(house: House):
    await house.plan()
    await house.pass_time(minutes=82)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    await house.type("fay", "/meeting start", leads=True)
    await house.work_off()
    assert "Now: Check-out" in text_of(house.card)
