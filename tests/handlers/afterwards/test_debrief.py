"""The facilitator's debrief: three taps of the host, coarse choices, of nobody."""

import pytest

from bot.core.meetings import State, When
from bot.core.replies import Press
from handlers.afterwards.rules import taps_in
from storage.afterwards import Afterwards
from storage.privacy import prune
from tests.handlers.afterwards.evenings import evening, present
from tests.handlers.screens import labels_of, press_of, text_of


async def asked_of(house, who):
    person = await house.person(who)
    return [claimed.post.reply for claimed in house.of(person) if claimed.post.key.startswith("debrief_")]


async def taps(house, reply, *labels, who="kim"):
    for label in labels:
        reply = await house.press(who, press_of(reply, label), private=True)
    return reply


async def test_only_the_host_is_asked_and_three_taps_are_enough(house):
    occurrence = await evening(house, "ana")
    assert await asked_of(house, "ana") == []
    [asked] = await asked_of(house, "kim")
    done = await taps(house, asked, "Mixed", "The check-in ran long", "I am okay")
    assert "Saved" in text_of(done)
    assert (await present(house, occurrence)).state is State.DEBRIEFED


async def test_it_is_not_sent_again_and_not_asked_after(house):
    occurrence = await evening(house, "ana")
    await house.store.transact(lambda unit: unit.due.add(When.DEBRIEF.due(house.clock.now(), occurrence.id)))
    await house.pass_time(days=3)
    assert len(await asked_of(house, "kim")) == 1
    assert (await present(house, occurrence)).state is State.CLOSED


async def test_a_double_tap_keeps_the_first_answer(house):
    occurrence = await evening(house, "ana")
    [asked] = await asked_of(house, "kim")
    last = await taps(house, asked, "Hard", "Nothing")
    await taps(house, last, "I am okay")
    again = await house.press("kim", Press("afterwards", "how", occurrence.id, "fine_full_ok"), private=True)
    assert "done already" in text_of(again)
    room = occurrence.room
    [kept] = await house.store.transact(lambda unit: Afterwards(unit).debriefs(room, 9))
    assert (kept.went, kept.note) == ("hard", "none")


async def test_who_would_like_to_talk_is_told_how_and_nobody_else_is_told(house):
    await evening(house, "ana")
    [asked] = await asked_of(house, "kim")
    before = len(house.sent)
    done = await taps(house, asked, "Hard", "Somebody may need a call", "I would like to talk")
    await house.work_off()
    assert "write to one whom you trust" in text_of(done)
    assert "emergency number" in text_of(done)
    assert len(house.sent) == before


@pytest.mark.parametrize("value", ["", "fine", "fine_none_ok", "fine_none_ok_x", "bad", "fine_bad", "fine_none_bad", "_", "__"])
async def test_nobody_but_the_host_gets_in_whatever_they_send(house, value):
    occurrence = await evening(house, "ana")
    refused = await house.press("ana", Press("afterwards", "how", occurrence.id, value), private=True)
    missing = await house.press("ana", Press("afterwards", "how", "0" * 32, value), private=True)
    assert text_of(refused) == text_of(missing)
    assert (await present(house, occurrence)).state is State.CLOSED


@pytest.mark.parametrize("value", ["fine_none_ok_x", "bad", "fine_bad", "fine_none_bad", "_", "__", "fine__ok", "_none_ok"])
def test_what_no_button_of_ours_says_is_none(value):
    assert taps_in(value) is None


async def test_a_meeting_without_a_host_has_none(house):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("ana", press_of(house.card, "I am here"))
    await house.pass_time(hours=3)
    assert not [claimed for claimed in house.sent if claimed.post.key.startswith("debrief_")]


async def test_facilitators_look_back_in_the_room_without_any_name(house):
    await evening(house, "ana")
    [asked] = await asked_of(house, "kim")
    await taps(house, asked, "Mixed", "The room was full", "I am okay")
    seen = await house.type("lee", "/debrief", leads=True)
    assert "mixed. The room was full." in text_of(seen)
    assert "kim" not in text_of(seen)
    others = await house.type("ana", "/debrief")
    assert "mixed" not in text_of(others)


async def test_nothing_noted_yet_is_said(house):
    await evening(house, "ana")
    assert "Nothing was noted" in text_of(await house.type("kim", "/debrief", leads=True))


async def test_it_is_kept_for_180_days(house):
    occurrence = await evening(house, "ana")
    [asked] = await asked_of(house, "kim")
    await taps(house, asked, "Fine", "Nothing", "I am okay")
    house.clock.move(days=181)
    await prune(house.store, house.clock.now())
    assert await house.store.transact(lambda unit: Afterwards(unit).debriefs(occurrence.room, 9)) == []


async def test_three_screens_say_what_is_seen_by_whom(house):
    await evening(house, "ana")
    [asked] = await asked_of(house, "kim")
    assert "without your name" in text_of(asked)
    assert labels_of(asked)[:3] == ["Fine", "Mixed", "Hard"]
