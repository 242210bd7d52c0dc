"""The room under many hands: two facilitators at once, old and forged buttons, three hundred people."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.meetings import State
from bot.core.replies import Press
from content.loader import load_texts
from storage.meetings import Meetings
from storage.tables.people import people
from tests.handlers.meetings.house import House
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

FOREIGN = "0" * 32


@pytest.fixture
async def lobby(house: House) -> House:
    await house.plan()  # five minutes from now: the lobby opens at once
    await house.pass_time(seconds=1)
    return house


async def started(house: House) -> None:
    await house.type("fay", "/meeting start", leads=True)
    await house.deliver()


async def test_two_facilitators_who_press_next_at_once_go_on_by_one(lobby: House):
    await started(lobby)
    panels = [await lobby.press(who, press_of(lobby.card, "Facilitator"), leads=True) for who in ("fay", "gil")]
    after = await asyncio.gather(
        *(lobby.press(who, press_of(panel, "Next"), leads=True) for who, panel in zip(("fay", "gil"), panels, strict=True))
    )
    assert (await lobby.occurrence()).segment == 1
    assert ["The meeting has moved on" in text_of(reply) for reply in after] == [False, True]
    assert all("Next: Agenda" in labels_of(reply) for reply in after)


async def test_two_who_press_start_at_once_start_once(lobby: House):
    panels = [await lobby.press(who, press_of(lobby.card, "Facilitator"), leads=True) for who in ("fay", "gil")]
    for who, panel in zip(("fay", "gil"), panels, strict=True):
        last = await lobby.press(who, press_of(panel, "Start"), leads=True)
    assert "Someone else hosts this meeting." in text_of(last)
    assert (await lobby.occurrence()).segment == 0
    taken = await lobby.press("gil", press_of(last, "I host"), leads=True)
    assert "You host this meeting." in text_of(taken)


async def test_two_who_end_at_once_close_once_and_plan_once(lobby: House):
    await started(lobby)
    before = await lobby.occurrence()
    for who in ("fay", "gil"):
        await lobby.press(who, Press("meetings", "end", before.id, "yes"), leads=True)
    await lobby.work_off()
    assert (await lobby.occurrence()).starts_at.isoformat() == "2026-12-08T18:05:00+00:00"


STEPS = ["panel", "start", "next", "checkin", "host", "end", "claim", "more", "pause", "resume", "stay", "help_card"]


@pytest.mark.parametrize("action", STEPS)
async def test_a_forged_step_changes_nothing(lobby: House, action):
    occurrence = await lobby.occurrence()
    for private in (False, True):
        for value in ("", "yes", "0", "0_0"):
            refused = await lobby.press("ann", Press("meetings", action, occurrence.id, value), private=private)
            assert "This is for the facilitators" in text_of(refused)
    assert await lobby.occurrence() == occurrence


@pytest.mark.parametrize("action", [*STEPS, "join"])
async def test_a_button_for_what_does_not_exist_is_answered_alike(lobby: House, action):
    for subject in (FOREIGN, "", "x"):
        reply = await lobby.press("fay", Press("meetings", action, subject, "yes"), leads=True)
        assert "I no longer know this button." in text_of(reply)


@pytest.mark.parametrize("value", ["", "9", "_1", "x", "9999999999999"])
async def test_a_next_for_another_segment_shows_the_panel_as_it_is(lobby: House, value):
    await started(lobby)
    occurrence = await lobby.occurrence()
    safe = value if value.isalnum() else ""
    reply = await lobby.press("fay", Press("meetings", "next", occurrence.id, safe), leads=True)
    assert "This is how it stands now." in text_of(reply)
    assert await lobby.occurrence() == occurrence


async def test_a_facilitator_of_another_community_may_not_move_this_one(lobby: House):
    occurrence = await lobby.occurrence()
    lobby.space = "other"
    refused = await lobby.press("eve", Press("meetings", "start", occurrence.id), leads=True)
    lobby.space = "space"
    assert "I no longer know this button" in text_of(refused)  # as if there were no such meeting
    assert (await lobby.occurrence()).state is State.LOBBY


async def test_a_panel_works_in_private_until_the_role_is_seen_to_be_gone(lobby: House):
    panel = await lobby.press("fay", press_of(lobby.card, "Facilitator"), leads=True)
    assert "Start the meeting" in labels_of(await lobby.press("fay", press_of(panel, "Refresh"), private=True))
    await lobby.press("fay", press_of(lobby.card, "Facilitator"))  # in the room, without the role
    refused = await lobby.press("fay", press_of(panel, "Start"), private=True)
    assert "This is for the facilitators" in text_of(refused)


async def test_a_panel_in_private_ends_some_hours_after_the_meeting(lobby: House):
    panel = await lobby.press("fay", press_of(lobby.card, "Facilitator"), leads=True)
    await lobby.pass_time(hours=4, minutes=36)
    refused = await lobby.press("fay", press_of(panel, "Refresh"), private=True)
    assert "This is for the facilitators" in text_of(refused)


async def test_typed_steps_say_what_is_missing(house: House):
    none = await house.type("fay", "/meeting start", leads=True)
    assert "No meeting is planned in this room." in text_of(none)
    await house.plan(timedelta(hours=24))
    early = await house.type("fay", "/meeting start", leads=True)
    assert "The room is not open yet." in text_of(early)
    await house.plan()
    await house.pass_time(seconds=1)
    for step in ("next", "checkin"):
        assert "The meeting has not begun." in text_of(await house.type("fay", f"/meeting {step}", leads=True))
    await started(house)
    await house.type("fay", "/meeting checkin", leads=True)
    assert "The check-in is running already." in text_of(await house.type("fay", "/meeting checkin", leads=True))
    for _ in range(5):
        last = await house.type("fay", "/meeting next", leads=True)
    assert "Check-out" in text_of(last)
    assert "This is the last part." in text_of(await house.type("fay", "/meeting next", leads=True))


async def test_an_old_card_tells_when_the_next_meeting_is(lobby: House):
    old = lobby.card
    await lobby.pass_time(hours=3)
    told = await lobby.press("ann", press_of(old, "I am here"))
    assert text_of(told) == "This meeting has ended. Next time: Tue, Dec 8, 7:05 PM (Central European Time)"


async def test_joining_before_the_room_is_open_tells_when_it_opens(house: House):
    occurrence = await house.plan(timedelta(hours=24))
    told = await house.press("ann", Press("meetings", "join", occurrence.id))
    assert "The room is not open yet." in text_of(told)


async def test_three_hundred_people_in_ten_seconds_are_counted_and_make_one_waiting_edit(lobby: House):
    join = press_of(lobby.card, "I am here")
    before = len(lobby.sent)
    replies = await asyncio.gather(*(lobby.press(f"person{n}", join) for n in range(300)))
    assert all("You are in." in text_of(reply) for reply in replies)
    await lobby.work_off()
    edits = lobby.sent[before:]
    assert len(edits) == 1
    assert edits[0].edit is not None
    assert "300 people are here" in text_of(lobby.card)
    assert "person" not in str(lobby.card)


async def test_every_answer_to_joining_fits_a_toast_that_goes_by_itself_in_every_language():
    for language in ("en", "de"):
        for key in ("joined", "joined_open", "joined_checkin", "claim_taken", "only_facilitators"):
            assert len(load_texts().of(language).label(f"meetings.{key}", count=1000, when="12:00\u202fPM")) <= 60


async def test_help_is_on_every_screen_of_the_room(lobby: House):
    await started(lobby)
    panel = await lobby.press("fay", press_of(lobby.card, "Facilitator"), leads=True)
    asked = await lobby.press("fay", press_of(panel, "End"), leads=True)
    for reply in (lobby.card, panel, asked):
        assert Press("safety", "now") in [button.press for button in buttons_of(reply)]


async def test_who_is_present_is_gone_with_the_person(lobby: House):
    await lobby.press("ann", press_of(lobby.card, "I am here"))
    occurrence, person = await lobby.occurrence(), await lobby.person("ann")

    async def erase_and_count(unit):
        await unit.run(people.delete().where(people.c.person == person))
        return await Meetings(unit).count(occurrence.id)

    assert await lobby.store.transact(erase_and_count) == 0


async def test_three_hundred_lines_and_edits_never_lose_the_last_state(lobby: House):
    """Every change while the platform is slow is in the one edit that goes out."""
    join = press_of(lobby.card, "I am here")
    await asyncio.gather(*(lobby.press(f"person{n}", join) for n in range(100)))
    await lobby.type("fay", "/meeting start", leads=True)
    await lobby.type("fay", "/meeting next", leads=True)
    await asyncio.gather(*(lobby.press(f"later{n}", join) for n in range(100)))
    before = len(lobby.sent)
    await lobby.work_off()
    texts = [text_of(claimed.post.reply) for claimed in lobby.sent[before:]]
    assert len(texts) == 3  # two lines, one edit
    assert "Now: Check-in" in text_of(lobby.card)
    assert "200 people are here" in text_of(lobby.card)


async def test_the_help_card_comes_into_the_room_once_for_two_who_press_at_once(lobby: House):
    await started(lobby)
    panel = await lobby.press("fay", press_of(lobby.card, "Facilitator"), leads=True)
    for who in ("fay", "gil"):
        told = await lobby.press(who, press_of(panel, "Show help card"), leads=True)
        assert "The help card stands in the room." in text_of(told)
    await lobby.deliver()
    assert lobby.news.count("Help in DE") == 1


async def test_hands_order_and_exercises_are_other_features_buttons_by_name(lobby: House):
    await started(lobby)
    occurrence = await lobby.occurrence()
    panel = await lobby.press("fay", press_of(lobby.card, "Facilitator"), leads=True)
    assert press_of(lobby.card, "Raise hand") == Press("floor", "hand", occurrence.id)
    assert press_of(panel, "Next speaker") == Press("floor", "next", occurrence.id)
    assert press_of(panel, "Order") == Press("floor", "order", occurrence.id)
    assert press_of(panel, "Exercise") == Press("exercises", "open", occurrence.id)


async def test_every_screen_of_the_room_fits_every_platform(lobby: House):
    """At most five rows of five, labels of forty characters, data of 64 bytes."""
    await started(lobby)
    panel = await lobby.press("gil", press_of(lobby.card, "Facilitator"), leads=True)
    for reply in (lobby.card, panel):
        assert len(reply.buttons) <= 5
        assert all(len(row) <= 5 for row in reply.buttons)
        for button in buttons_of(reply):
            assert len(button.label) <= 40
            assert button.press is None or len(button.press.data()) <= 64
