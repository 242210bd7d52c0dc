"""Powers over a person: what is told to whom, two for a removal where two are there, and who may not act on whom."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.deeds import Stand, Standing
from bot.core.happenings import What
from bot.core.replies import Press
from tests.handlers.floor.house import FACILITATOR, OWNER, House
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of


@pytest.fixture
async def room(house: House) -> House:
    """Fay leads; Ann has raised a hand by a name, Ben without."""
    await house.open()
    await house.here("fay", leads=True)
    await house.hosts("fay")
    await house.raise_hand("ann", "Anna")
    await house.raise_hand("ben")
    return house


async def page(house: House, whom: str, who: str = "fay"):
    """The screen of one person, by the way of the list."""
    people = await house.tap(who, press_of(await house.press(who, "order", roles=FACILITATOR), "People"), roles=FACILITATOR)
    seat = await house.number(whom)
    assert any(button.press == Press("floor", "who", house.id, seat) for button in buttons_of(people))
    return await house.press(who, "who", seat, roles=FACILITATOR)


async def tap(house: House, whom: str, *labels: str, who: str = "fay", roles=FACILITATOR):
    reply = await page(house, whom, who)
    for label in labels:
        reply = await house.tap(who, press_of(reply, label), roles=roles)
    await house.settle()
    return reply


async def test_the_list_names_people_only_as_they_chose(room: House):
    await room.hear(What.ARRIVED, "cas")  # unknown to the house: not there
    await room.here("dan")
    await room.hear(What.ARRIVED, "dan")
    people = await room.press("fay", "people", roles=FACILITATOR)
    assert labels_of(people)[:3] == [
        "Anna",
        f"Hand {await room.number('ben')}",
        f"No. {await room.number('dan')}, came 7:00\u202fPM",
    ]
    assert "Fay" not in str(people)


async def test_the_list_is_paged(room: House):
    for n in range(9):
        await room.raise_hand(f"p{n}")
    first = await room.press("fay", "people", roles=FACILITATOR)
    more = await room.tap("fay", press_of(first, "More"), roles=FACILITATOR)
    assert len([label for label in labels_of(first) if label.startswith(("Hand", "Anna"))]) == 6
    assert len([label for label in labels_of(more) if label.startswith("Hand")]) == 5
    assert "Back a page" in labels_of(more)
    for odd in ("99", "_1", "x", "99999999"):
        assert "Only facilitators see this list" in text_of(await room.press("fay", "people", odd, roles=FACILITATOR))


async def test_a_mute_is_told_to_the_person_in_one_kind_sentence_and_undone_at_the_end(room: House):
    after = await tap(room, "ben", "Mute")
    assert room.room.stands_of("ben") is Standing.MUTED
    assert room.texts("ben") == [
        "You are muted for now, so that others can be heard. It ends with this meeting at the latest. You are welcome to listen."
    ]
    assert labels_of(room.told["ben"][-1]) == ["Help now"]
    assert "Muted until this meeting ends." in text_of(after)
    assert (room.texts("ann"), room.said) == ([], [])
    await room.close()
    assert room.room.stands_of("ben") is Standing.FREE
    assert await room.holds() == []


async def test_a_muted_persons_hand_goes_down_and_they_are_told_why_it_stays_so(room: House):
    await tap(room, "ben", "Mute")
    assert (await room.view()).waiting == ("Anna",)
    assert "You are muted for now" in text_of(await room.press("ben", "hand"))
    await tap(room, "ben", "Unmute")
    assert room.room.stands_of("ben") is Standing.FREE
    assert room.texts("ben")[-1] == "You can speak and write again."
    assert "Your hand is up" in text_of(await room.press("ben", "hand"))


async def test_the_waiting_room_and_back_is_one_tap_each(room: House):
    await tap(room, "ben", "To the waiting room")
    assert room.room.stands_of("ben") is Standing.WAITING
    assert (await room.view()).outside == 1
    await tap(room, "ben", "Let in")
    assert room.room.stands_of("ben") is Standing.FREE
    assert (await room.view()).outside == 0
    assert room.texts("ben")[-1] == "You are in. Welcome."


async def test_alone_a_removal_is_asked_once_happens_at_once_and_waits_for_an_owner(room: House):
    asked = await tap(room, "ben", "Remove")
    assert "You are the only facilitator here" in text_of(asked)
    assert room.room.stands_of("ben") is Standing.FREE
    await room.tap("fay", press_of(asked, "Yes, remove"), roles=FACILITATOR)
    await room.settle()
    stand = room.room.stands["ben"]
    assert stand == Stand(Standing.OUT, room.evening.forgotten_at)
    assert "can come back when it is over" in room.texts("ben")[-1]
    [act] = await room.book(lambda book: book.to_review(room.community))
    assert (act.kind.value, act.hands, act.review_by) == ("remove", 1, room.clock.now() + timedelta(days=7))


async def test_with_two_there_one_asks_and_the_other_confirms(room: House):
    await room.here("gil", leads=True)
    asked = await tap(room, "ben", "Remove", "Yes, remove")
    assert "has been asked" in text_of(asked)
    assert room.room.stands_of("ben") is Standing.FREE
    assert "It takes two" in room.texts("gil")[-1]
    assert f"Hand {await room.number('ben')}" in room.texts("gil")[-1]
    await room.tap("gil", press_of(room.told["gil"][-1], "Yes, remove"), private=True)
    await room.settle()
    assert room.room.stands_of("ben") is Standing.OUT
    assert await room.book(lambda book: book.to_review(room.community)) == []
    [act] = await room.book(lambda book: book.acts(room.community, 9))
    assert (act.kind.value, act.hands) == ("remove", 2)
    assert "Removed until this meeting ends" in room.texts("fay")[-1]


async def test_nobody_confirms_their_own_asking(room: House):
    await room.here("gil", leads=True)
    await tap(room, "ben", "Remove", "Yes, remove")
    confirm = press_of(room.told["gil"][-1], "Yes, remove")
    assert "It takes a second facilitator" in text_of(await room.tap("fay", confirm, roles=FACILITATOR))
    await tap(room, "ben", "Remove", "Yes, remove")
    assert room.room.stands_of("ben") is Standing.FREE
    assert len(room.texts("gil")) == 1


async def test_after_two_minutes_it_is_off_and_who_asked_is_told(room: House):
    await room.here("gil", leads=True)
    await tap(room, "ben", "Remove", "Yes, remove")
    confirm = press_of(room.told["gil"][-1], "Yes, remove")
    await room.pass_time(minutes=2)
    assert room.texts("fay")[-1] == "Nobody confirmed the removal in two minutes. Nothing was done."
    assert "nothing is open to confirm" in text_of(await room.tap("gil", confirm, private=True))
    await room.settle()
    assert room.room.stands_of("ben") is Standing.FREE
    assert await room.holds() == []


async def test_the_other_may_say_no(room: House):
    await room.here("gil", leads=True)
    await tap(room, "ben", "Remove", "Yes, remove")
    await room.tap("gil", press_of(room.told["gil"][-1], "No"), private=True)
    await room.settle()
    assert "did not agree" in room.texts("fay")[-1]
    await room.pass_time(minutes=3)
    assert len(room.texts("fay")) == 1
    assert room.room.stands_of("ben") is Standing.FREE


async def test_two_who_ask_for_the_same_removal_at_once_have_both_agreed(room: House):
    await room.here("gil", leads=True)
    number = await room.number("ben")
    await asyncio.gather(*(room.press(who, "out", number, roles=FACILITATOR) for who in ("fay", "gil")))
    await room.settle()
    assert room.room.stands_of("ben") is Standing.OUT
    assert len(room.deeds("ben")) == 1
    [act] = await room.book(lambda book: book.acts(room.community, 9))
    assert act.hands == 2


async def test_two_facilitators_who_remove_each_other_at_once_both_stay(room: House):
    await room.here("gil", leads=True)
    await room.raise_hand("gil")
    await room.raise_hand("fay")
    numbers = {who: await room.number(who) for who in ("fay", "gil")}
    after = await asyncio.gather(
        room.press("fay", "out", numbers["gil"], roles=FACILITATOR), room.press("gil", "out", numbers["fay"], roles=FACILITATOR)
    )
    await room.settle()
    assert all("Only an owner" in text_of(reply) for reply in after)
    assert room.room.stands == {}


@pytest.mark.parametrize("action", ["mute", "wait", "free", "remove", "out"])
async def test_no_power_reaches_a_co_facilitator_or_oneself(room: House, action):
    await room.here("gil", leads=True)
    await room.raise_hand("gil")
    await room.raise_hand("fay")
    assert "Only an owner" in text_of(await room.press("fay", action, await room.number("gil"), roles=FACILITATOR))
    assert "to yourself" in text_of(await room.press("fay", action, await room.number("fay"), roles=OWNER))
    assert await room.holds() == []


async def test_an_owner_may_act_on_a_facilitator_in_the_room_but_not_from_a_private_chat(room: House):
    await room.here("gil", leads=True)
    await room.raise_hand("gil")
    await room.here("olu", leads=True)
    number = await room.number("gil")
    assert "Only an owner" in text_of(await room.press("olu", "mute", number, private=True))
    await room.press("olu", "mute", number, roles=OWNER)
    await room.settle()
    assert room.room.stands_of("gil") is Standing.MUTED


async def test_who_lost_the_role_confirms_nothing(room: House):
    await room.here("gil", leads=True)
    await tap(room, "ben", "Remove", "Yes, remove")
    confirm = press_of(room.told["gil"][-1], "Yes, remove")
    await room.press("gil", "order")  # in the room, without the role
    for private in (True, False):
        assert "for the facilitators" in text_of(await room.tap("gil", confirm, private=private))
    await room.settle()
    assert room.room.stands_of("ben") is Standing.FREE


async def test_a_member_is_named_by_a_mention_also_one_the_house_does_not_know(room: House):
    await room.type("fay", "/meeting mute <@!777>", roles=FACILITATOR)
    await room.settle()
    assert room.room.stands_of("777") is Standing.MUTED
    asked = await room.type("fay", "/meeting remove <@888>", roles=FACILITATOR)
    await room.tap("fay", press_of(asked, "Yes, remove"), roles=FACILITATOR)
    await room.type("fay", "/meeting unmute <@777>", roles=FACILITATOR)
    await room.settle()
    assert {"777": room.room.stands_of("777"), "888": room.room.stands_of("888")} == {"777": Standing.FREE, "888": Standing.OUT}


@pytest.mark.parametrize("typed", ["", "ben", "@ben", "<@>", "<@&5>", "<@1> <@2>", "<@" + "9" * 40 + ">"])
async def test_what_is_no_mention_shows_the_list(room: House, typed):
    listed = await room.type("fay", f"/meeting remove {typed}".strip(), roles=FACILITATOR)
    assert "Choose here" in text_of(listed)
    assert "Anna" in labels_of(listed)


async def test_the_help_card_comes_from_nobody_and_leaves_no_trace(room: House):
    await tap(room, "ben", "Send the help card")
    [card] = room.told["ben"]
    assert labels_of(card) == ["Help now"]
    assert press_of(card, "Help now") == Press("safety", "now")
    assert "Fay" not in text_of(card)
    assert await room.book(lambda book: book.acts(room.community, 9)) == []


async def test_an_owner_looks_at_acts_without_names_and_nobody_at_their_own(room: House):
    await tap(room, "ben", "Remove", "Yes, remove")
    assert "for the facilitators" in text_of(await room.type("fay", "/meeting acts", roles=FACILITATOR))
    shown = await room.type("fay", "/meeting acts", roles=OWNER)
    assert "removed until the end, by one" in text_of(shown)
    assert "Ben" not in text_of(shown)
    look = press_of(shown, "Looked at")
    assert "your own act" in text_of(await room.tap("fay", look, roles=OWNER))
    assert "Noted" in text_of(await room.tap("olu", look, roles=OWNER))
    assert "Looked at" not in str(labels_of(await room.type("olu", "/meeting acts", roles=OWNER)))
    assert "waits for an owner" not in text_of(await room.press("olu", "order", roles=OWNER))


async def test_the_panel_tells_an_owner_what_is_to_be_looked_at(room: House):
    await tap(room, "ben", "Remove", "Yes, remove")
    assert "One act waits for an owner" in text_of(await room.press("olu", "order", roles=OWNER))
    assert "waits for an owner" not in text_of(await room.press("fay", "order", roles=FACILITATOR))
