"""The schedule that hangs in a room: one message, as the evenings stand, sent when they change and once an hour."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.core.ids import CommunityId
from bot.core.meetings import State
from bot.core.replies import Press
from bot.core.richtext import Bullets, Moment
from handlers.noticeboard import rules
from storage.meetings import Meetings
from storage.privacy import prune
from storage.tables.communities import communities
from storage.unit import concrete
from tests.handlers.directory.house import House, lines_of
from tests.handlers.noticeboard.house import BOARD, board, boards, room_of
from tests.handlers.screens import labels_of, press_of, text_of


async def test_it_hangs_at_once_quietly_and_pinned(hanging: House):
    (claimed,) = boards(hanging)
    reply = claimed.post.reply
    assert (reply.pin, reply.quiet, claimed.edit) == (True, True, None)
    assert lines_of(reply) == [
        "Open evening: Wed, Dec 2, 7:00 PM, 60 minutes.",
        "Open evening: Wed, Dec 9, 7:00 PM, 60 minutes.",
    ]
    assert "Times are in Central European Time" in text_of(reply)
    (lines,) = (block for block in reply.blocks if isinstance(block, Bullets))
    assert all([type(node) for node in line].count(Moment) == 1 for line in lines.items)
    assert labels_of(reply) == ["List and reminders", "Help now"]


async def test_its_button_opens_the_list_for_the_presser_alone(hanging: House):
    press = press_of(boards(hanging)[0].post.reply, "List")
    listed = await hanging.press("ann", press)
    assert "Remind me: Open evening" in labels_of(listed)
    assert not listed.replace
    elsewhere = await hanging.press("stranger", press, private=True)  # by its link, from a private chat that knows no community
    assert "Remind me: Open evening" in labels_of(elsewhere)


async def test_a_change_is_one_edit_however_many_there_are_in_quick_succession(hanging: House):
    await hanging.without_mending()
    other = await hanging.make("Other evening", "FREQ=WEEKLY;BYDAY=TH")
    for minute in range(5):
        await hanging.change(other, "2026-12-03T19:00", starts=f"2026-12-04T19:0{minute}")
        await hanging.pass_time(seconds=1)
    await hanging.pass_time(seconds=30)
    first, second = boards(hanging)
    assert second.edit is not None
    assert second.post.place == first.post.place
    changed = "Other evening: Fri, Dec 4, 7:04 PM, 60 minutes. Changed: it was to be Thu, Dec 3, 7:00 PM."
    assert changed in await board(hanging)


async def test_it_is_not_sent_again_when_nothing_on_it_changed(hanging: House):
    await hanging.without_mending()
    for _ in range(3):
        await hanging.changed()
        await hanging.pass_time(seconds=30)
    assert len(boards(hanging)) == 1


async def test_a_cancelled_evening_is_marked_with_its_reason(hanging: House):
    (series,) = [one for one in await all_series(hanging)]
    await hanging.change(series, "2026-12-02T19:00", cancelled=True, reason="The boiler broke")
    await hanging.pass_time(seconds=30)
    assert "Open evening: Wed, Dec 2, 7:00 PM, 60 minutes. Cancelled: The boiler broke" in await board(hanging)


async def test_it_is_sent_once_an_hour_to_mend_what_was_changed_by_hand(hanging: House):
    await hanging.pass_time(hours=5)
    assert len(boards(hanging)) == 1 + 5
    assert len({claimed.post.reply for claimed in boards(hanging)}) == 1


async def test_one_look_an_hour_is_promised_however_long_the_bot_slept(hanging: House):
    community = await hanging.community()
    hanging.clock.at += timedelta(hours=9)
    await hanging.work_off()
    assert len(boards(hanging)) == 2
    await hanging.pass_time(hours=1)
    assert len(boards(hanging)) == 3
    due = await hanging.store.due_queue.claim("me", hanging.clock.now() + timedelta(hours=1), hanging.clock.now(), 64)
    assert [one.key for one in due] == [rules.mend_key(community.id)]


def test_communities_are_looked_at_at_different_minutes_of_the_hour(clock):
    times = [rules.mending(CommunityId(f"{n:032x}"), clock.now()).at for n in range(500)]
    assert all(clock.now() < at <= clock.now() + timedelta(hours=1) for at in times)
    minutes = [at.minute for at in times]
    assert max(minutes.count(minute) for minute in range(60)) < 25


async def test_it_goes_on_as_the_evenings_do(hanging: House):
    (series,) = [one for one in await all_series(hanging)]
    await hanging.pass_time(hours=24)
    await hanging.become(series, State.OPEN)
    await hanging.changed()
    await hanging.pass_time(minutes=1)
    assert "It is on now." in await board(hanging)
    await hanging.become(series, State.CLOSED)
    await hanging.plan(series)
    await hanging.changed()
    await hanging.pass_time(minutes=1)
    assert "Dec 2" not in await board(hanging)


async def test_months_later_it_is_still_the_same_message(hanging: House):
    for _ in range(3):
        hanging.clock.at += timedelta(days=20)
        await hanging.work_off()
        await prune(hanging.store, hanging.clock.now())
    await hanging.pass_time(hours=1)
    assert [claimed.edit for claimed in boards(hanging)].count(None) == 1


async def test_a_board_is_of_one_audience(house: House):
    await house.make("Open evening")
    await house.make("Family evening", audience="family")
    await house.type("fay", BOARD, leads=True)
    await house.type("fay", f"{BOARD} family", leads=True, room="kin")
    await house.work_off()
    assert "Family" not in await board(house)
    assert "Open" not in await board(house, "kin")
    assert "Meetings for family and friends" in await board(house, "kin")
    listed = await house.press("ann", press_of(house.hanging[f"board_{await room_of(house, 'kin')}"], "List"))
    assert "Open" not in text_of(listed)


async def test_taken_down_it_says_so_and_is_not_looked_after(hanging: House):
    told = await hanging.type("fay", f"{BOARD} off", leads=True)
    assert text_of(told) == "The schedule is taken down."
    await hanging.work_off()
    last = boards(hanging)[-1]
    assert last.edit is not None
    assert not last.post.reply.pin
    assert "No schedule hangs here any more." in await board(hanging)
    await hanging.pass_time(hours=3)
    await hanging.changed()
    await hanging.work_off()
    assert boards(hanging)[-1] is last
    assert await hanging.store.due_queue.next_at() is None
    assert text_of(await hanging.type("fay", f"{BOARD} off", leads=True)) == "No schedule hangs in that room."


async def test_hung_again_it_is_a_new_message(hanging: House):
    await hanging.type("fay", f"{BOARD} off", leads=True)
    await hanging.work_off()
    await hanging.type("fay", BOARD, leads=True)
    await hanging.work_off()
    assert boards(hanging)[-1].edit is None


async def test_hung_twice_it_is_put_in_order(hanging: House):
    told = await hanging.type("fay", BOARD, leads=True)
    assert "hangs here already" in text_of(told)
    hanging.clock.move(seconds=1)
    await hanging.work_off()
    assert len({claimed.post.place for claimed in boards(hanging)}) == 1


async def test_it_hangs_in_several_rooms_but_not_in_every_one(house: House):
    await house.make("Open evening")
    for n in range(5):
        await house.type("fay", BOARD, leads=True, room=f"room{n}")
    told = await house.type("fay", BOARD, leads=True, room="room5")
    assert "in five rooms already" in text_of(told)
    await house.work_off()
    assert len(boards(house)) == 5


async def test_many_evenings_stay_one_message(house: House):
    for n in range(30):
        await house.make(f"{n:02} " + "*_`" * 20)
    await house.type("fay", BOARD, leads=True)
    await house.work_off()
    (claimed,) = boards(house)
    assert 3 <= len(lines_of(claimed.post.reply)) < 20
    assert f"And {60 - len(lines_of(claimed.post.reply))} more: /meetings shows them." in text_of(claimed.post.reply)


# Who may ------------------------------------------------------------------------------------------------------------


async def test_only_facilitators_hang_and_take_down(hanging: House):
    assert "for the facilitators" in text_of(await hanging.type("ann", BOARD))
    room = await room_of(hanging)
    for private in (False, True):
        told = await hanging.press("ann", Press("noticeboard", "down", room), private=private)
        assert "for the facilitators" in text_of(told) or "no longer know this button" in text_of(told)
    await hanging.work_off()
    assert len(boards(hanging)) == 1


async def test_the_button_works_in_the_private_chat_of_who_hung_it_while_they_lead(hanging: House):
    room = await room_of(hanging)
    told = await hanging.press("fay", Press("noticeboard", "down", room), private=True)
    assert text_of(told) == "The schedule is taken down."
    await hanging.type("fay", BOARD, leads=True)
    await hanging.press("fay", Press("noticeboard", "down", room))  # in the room, without the role: the grant is gone
    told = await hanging.press("fay", Press("noticeboard", "down", room), private=True)
    assert "for the facilitators" in text_of(told)


@pytest.mark.parametrize("subject", ["", "0" * 32, "x"])
async def test_a_button_for_a_room_that_is_not_there_is_answered_like_any_unknown_one(house: House, subject: str):
    assert "I no longer know this button." in text_of(await house.press("fay", Press("noticeboard", "down", subject), leads=True))


async def test_a_room_of_elsewhere_is_as_if_it_were_not_there(hanging: House):
    room = await room_of(hanging)
    hanging.space = "elsewhere"
    told = await hanging.press("eve", Press("noticeboard", "down", room), leads=True)
    assert "I no longer know this button." in text_of(told)


async def test_other_words_behind_the_command_change_nothing(hanging: House):
    assert "I understand: participants, family, off." in text_of(await hanging.type("fay", f"{BOARD} everywhere", leads=True))


async def test_on_telegram_it_hangs_as_well_and_speaks_german_in_a_german_community(telegram_house: House):
    house = telegram_house
    await house.make("Offener Abend")
    community = await house.community()

    async def german(unit):
        await concrete(unit).run(update(communities).where(communities.c.id == community.id).values(language="de"))

    await house.store.transact(german)
    await house.type("fay", BOARD, leads=True)
    await house.work_off()
    assert "Offener Abend: Mi., 2. Dez., 19:00, 60 Minuten." in await board(house)


async def all_series(house: House):
    community = await house.community()
    return await house.store.transact(lambda unit: Meetings(unit).of_community(community.id))
