"""A whole evening, in simulated time."""

from datetime import timedelta

from sqlalchemy import select

from bot.core.meetings import Occurrence, State, When
from bot.core.replies import Press
from storage.meetings import Meetings
from storage.tables.due import due
from tests.handlers.meetings.house import House
from tests.handlers.screens import labels_of, press_of, text_of

A_DAY = timedelta(hours=24)  # the clock stands at Tuesday 19:00 in Berlin


async def test_an_evening_from_its_lobby_to_the_next_one_planned(house: House):
    for who in ("ann", "bob"):
        await house.consent(who)
    held = await house.plan(A_DAY)
    await house.pass_time(hours=23, minutes=44)
    assert house.room == []

    await house.pass_time(minutes=6)
    assert "The room is open" in text_of(house.card)
    assert "Nobody has said yet that they host." in text_of(house.card)
    assert labels_of(house.card) == ["I am here", "Help now", "Facilitator"]

    joined = await house.press("ann", press_of(house.card, "I am here"))
    assert "You are in. One person is here. We start at 7:00" in text_of(joined)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    again = await house.press("ann", press_of(house.card, "I am here"))
    assert text_of(again) == "You are in. 2 people are here."
    await house.work_off()
    assert "2 people are here" in text_of(house.card)
    assert "Nobody has said" not in text_of(house.card)

    await house.pass_time(minutes=10)
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    assert "Start the meeting" in labels_of(panel)
    panel = await house.press("fay", press_of(panel, "Start"), leads=True)
    assert "What is said here stays here." in text_of(panel)
    assert "You host this meeting." in text_of(panel)
    await house.press("bob", press_of(house.card, "I am here"))
    await house.work_off()
    assert "Now: Welcome, since 7:00 PM, until about 7:05 PM" in text_of(house.card)
    assert "After that: Check-in" in text_of(house.card)
    assert labels_of(house.card) == ["I am here", "Raise hand", "Help now", "Facilitator"]
    assert house.news == ["Welcome, until about 7:05 PM"]

    panel = await house.press("fay", press_of(panel, "Next: Check-in"), leads=True)
    panel = await house.press("fay", press_of(panel, "Start check-in"), leads=True)
    assert "Start check-in" not in labels_of(panel)
    await house.work_off()
    assert "Check-ins: 0 of 3" in text_of(house.card)
    assert "My check-in" in labels_of(house.card)

    kept = await house.answer_checkin("ann", "7", "slept well", "a party", "An urge", "With a name", "Ann", "Save")
    assert "Saved." in text_of(kept)
    await house.answer_checkin("bob", "3", "Skip", "Skip", "An urge", "Without my name", "Save")
    await house.work_off()
    card = text_of(house.card)
    assert "Check-ins: 2 of 3" in card
    assert "Next on the agenda: Urges (Ann)" in card
    assert "slept" not in card
    assert "party" not in card

    await house.press("cat", press_of(house.card, "I am here"))
    await house.work_off()
    assert "4 people are here" in text_of(house.card)
    invited = house.of(await house.person("cat"))[-1].post.reply
    assert "Open my check-in" in labels_of(invited)

    await house.pass_time(minutes=76)  # 20:16; nobody pressed Next again
    assert "Now: Check-out" in text_of(house.card)
    assert "This time is kept for everyone's way out." in text_of(house.card)
    assert house.news[1:] == [
        "Check-in, until about 7:17 PM",
        "Check-out, until about 8:30 PM. This time is kept for everyone's way out.",
    ]

    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    asked = await house.press("fay", press_of(panel, "End"), leads=True)
    assert "End the meeting for everyone?" in text_of(asked)
    await house.press("fay", press_of(asked, "Yes"), leads=True)
    after = {"room.tidy", "room.exercises", "room.after", "room.debrief", "room.unfinished", "room.prompts"}
    assert await promised(house, held) == {*after, "housekeeping.presence"}
    await house.work_off()
    assert "This meeting has ended. Thank you for being here." in text_of(house.card)
    assert "Next time: Wed, Dec 9, 7:00 PM (Central European Time)" in text_of(house.card)
    assert labels_of(house.card) == ["Help now"]
    following = await house.occurrence()
    assert following.starts_at.isoformat() == "2026-12-09T18:00:00+00:00"


async def test_a_segment_whose_time_is_over_is_a_quiet_edit_and_then_five_minutes_more_or_the_next(house: House):
    await house.plan()
    panel = await lead(house)
    before = len(house.sent)
    await house.pass_time(minutes=5)
    (edit,) = house.sent[before:]
    assert edit.edit is not None
    assert edit.post.reply.quiet
    assert "Now: Welcome, since 7:05 PM. The time planned for it is over." in text_of(house.card)
    panel = await house.press("fay", press_of(panel, "Refresh"), leads=True)
    assert "five minutes more, or go on" in text_of(panel)
    longer = await house.press("fay", press_of(panel, "+5"), leads=True)
    assert "Until about 7:15 PM" in text_of(longer)
    again = await house.press("gil", press_of(panel, "+5"), leads=True)  # from the same screen
    assert "This is how it stands now." in text_of(again)
    assert "Until about 7:15 PM" in text_of(again)
    await house.pass_time(minutes=4)
    assert "until about 7:15 PM" in text_of(house.card)
    await house.pass_time(minutes=1)
    assert "The time planned for it is over." in text_of(house.card)


async def test_a_pause_holds_the_segments_time_but_not_the_check_outs(house: House):
    await house.plan()
    panel = await lead(house)
    panel = await house.press("fay", press_of(panel, "Pause"), leads=True)
    assert "Go on" in labels_of(panel)
    await house.pass_time(minutes=10)
    assert "Now: Welcome. It stands still for a moment" in text_of(house.card)
    panel = await house.press("fay", press_of(panel, "Go on"), leads=True)
    assert "Until about 7:20 PM" in text_of(panel)
    await house.press("fay", press_of(panel, "Pause"), leads=True)
    await house.pass_time(minutes=66)
    assert "Now: Check-out, since 8:20 PM, until about 8:35 PM" in text_of(house.card)


async def test_a_meeting_a_quarter_of_an_hour_past_its_end_is_told_so_and_may_stay_twice(house: House):
    await house.plan()
    panel = await lead(house)
    await house.pass_time(minutes=90)
    assert "The time planned for it is over." in text_of(house.card)
    panel = await house.press("fay", press_of(panel, "Refresh"), leads=True)
    assert "The planned end has come." in text_of(panel)
    await house.pass_time(minutes=17)
    panel = await house.press("fay", press_of(panel, "Refresh"), leads=True)
    assert "This meeting is 17 minutes past its end. It closes by itself at 9:05 PM." in text_of(panel)
    panel = await house.press("fay", press_of(panel, "+15"), leads=True)
    assert "It closes by itself at 9:20 PM." in text_of(panel)
    panel = await house.press("fay", press_of(panel, "+15"), leads=True)
    assert "+15 min" not in labels_of(panel)
    forged = await house.press("fay", Press("meetings", "stay", (await house.occurrence()).id, "5_30"), leads=True)
    assert "Twice is all." in text_of(forged)
    await house.pass_time(minutes=42)  # 9:34 PM
    assert (await house.occurrence()).state is State.CLOSING
    await house.pass_time(minutes=1)
    assert "This meeting has ended." in text_of(house.card)


async def test_a_day_after_the_end_only_the_head_count_is_kept(house: House):
    await house.plan(A_DAY)
    await house.pass_time(hours=24)
    for who in ("ann", "bob"):
        await house.press(who, press_of(house.card, "I am here"))
    held = await house.occurrence()
    await house.type("fay", "/meeting start", leads=True)
    asked = await house.type("fay", "/meeting end", leads=True)
    await house.press("fay", press_of(asked, "Yes"), leads=True)
    await house.pass_time(hours=23)
    assert await count(house, held) == (2, 2)
    await house.pass_time(hours=2)
    assert await count(house, held) == (0, 2)


async def test_a_room_that_nobody_closes_is_closed_half_an_hour_after_its_end(house: House):
    await house.plan(A_DAY)
    await house.pass_time(hours=24)
    await house.type("fay", "/meeting start", leads=True)
    await house.pass_time(hours=2, minutes=1)
    assert "This meeting has ended." in text_of(house.card)
    assert (await house.occurrence()).starts_at.isoformat() == "2026-12-09T18:00:00+00:00"


async def test_the_same_evening_on_telegram_moves_by_typed_commands_and_a_panel_in_private(telegram_house: House):
    house = telegram_house
    await house.plan(A_DAY)
    await house.pass_time(hours=24)
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    panel = await house.press("fay", press_of(panel, "Start"), private=True)  # no roles are known there
    await house.press("fay", press_of(panel, "Next"), private=True)
    await house.type("fay", "/meeting next", leads=True)
    await house.type("fay", "/meeting checkin", leads=True)
    await house.deliver()
    assert "Now: Agenda" in text_of(house.card)
    assert (await house.occurrence()).checkin


async def lead(house: House):
    """The meeting is started by a facilitator, at its start; return their panel."""
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    await house.pass_time(minutes=4)
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    panel = await house.press("fay", press_of(panel, "Start"), leads=True)
    await house.work_off()
    return panel


async def promised(house: House, occurrence: Occurrence) -> set[str]:
    """The kinds of moments that are promised of an occurrence."""
    kinds = set()

    async def work(unit):
        for when in When:
            if await unit.row(_due(when.key(occurrence.id))) is not None:
                kinds.add(when.kind)
        if await unit.row(_due(f"meeting_presence_{occurrence.id}")) is not None:
            kinds.add("housekeeping.presence")

    await house.store.transact(work)
    return kinds


def _due(key: str):
    return select(due.c.at).where(due.c.key == key)


async def count(house: House, held: Occurrence) -> tuple[int, int]:
    """How many rows of presence there are, and the head count kept."""

    async def work(unit):
        found = await Meetings(unit).occurrence(held.id)
        assert found is not None
        return await Meetings(unit).count(held.id), found.heads

    return await house.store.transact(work)
