"""Forged, foreign, old and odd presses: nothing changes, and the answer is kind and the same."""

import pytest

from bot.core.calls import Account, Incoming, Kind, Place
from bot.core.replies import Press
from handlers.floor import feature
from handlers.floor.records import LONGEST_NAME
from tests.handlers.floor.house import FACILITATOR, House
from tests.handlers.screens import text_of

THEIRS = (
    "next", "end", "skip", "back", "order", "people", "who", "outside", "mute", "free", "wait", "letin", "remove", "out", "card",
    "lobby", "lock", "calm", "raid", "breakouts", "shut", "round", "round_next", "round_later", "round_pause", "round_end",
)  # fmt: skip
FOREIGN = "0" * 32


@pytest.fixture
async def room(house: House) -> House:
    await house.open()
    await house.here("fay", leads=True)
    await house.raise_hand("ann", "Anna")
    await house.raise_hand("ben")
    await house.settle()
    return house


async def state(house: House):
    return (
        await house.view(),
        await house.holds(),
        await house.book(lambda book: book.seats(house.id)),
        await house.book(lambda book: book.order(house.id)),
        list(house.room.asked),
    )


def test_every_press_of_a_facilitator_is_tried_here():
    presses = feature(None, None, None).presses  # type: ignore[arg-type]
    assert set(presses) - set(THEIRS) == {"hand", "named", "turn", "confirm", "against", "acts"}


async def test_nobody_without_the_role_does_any_of_it(room: House):
    before = await state(room)
    for action in THEIRS:
        room.clock.move(minutes=1)  # the budget of acts is another test's
        for private in (False, True):
            for value in ("", "on", "all", "2", "lock", "2_10", "0"):
                refused = await room.press("ann", action, value, private=private)
                assert "This is for the facilitators" in text_of(refused), action
    await room.settle()
    assert await state(room) == before


async def test_a_facilitator_whose_role_ended_does_none_of_it_also_on_buttons_on_screen(room: House):
    before = await state(room)
    for action in THEIRS:
        room.clock.move(minutes=1)
        await room.press("fay", "order", roles=FACILITATOR)
        assert "for the facilitators" in text_of(await room.press("fay", action, "2")), action  # in the room, the role is gone
        assert "for the facilitators" in text_of(await room.press("fay", action, "2", private=True)), action
    await room.settle()
    assert await state(room) == before


async def test_what_does_not_exist_is_answered_alike(room: House):
    for action in (*THEIRS, "hand", "confirm", "against"):
        room.clock.move(minutes=1)
        wanted = "nothing is open to confirm" if action in ("confirm", "against") else "I no longer know this button"
        for subject in (FOREIGN, "x"):
            assert wanted in text_of(await room.press("fay", action, "2", subject=subject, roles=FACILITATOR)), action


async def test_a_facilitator_of_elsewhere_is_nobody_here(room: House):
    before = await state(room)
    for action in THEIRS:
        room.clock.move(minutes=1)
        act = Incoming(
            Kind.PRESS,
            f"elsewhere-{action}",
            Account("discord", "eve"),
            Place("discord", "their room", space="elsewhere", private=False),
            room.clock.now(),
            press=Press("floor", action, room.id, "2"),
            roles=FACILITATOR,
        )
        answer = await room.dispatch.take(act)
        assert "I no longer know this button" in text_of(answer.reply), action
    assert await state(room) == before


async def test_a_removal_of_elsewhere_is_as_if_it_were_not_there(room: House):
    await room.here("gil", leads=True)
    await room.press("fay", "out", await room.number("ben"), roles=FACILITATOR)
    await room.settle()
    ben = await room.person("ben")
    motion = await room.book(lambda book: book.motion_on(room.id, ben))
    for action in ("confirm", "against"):
        answers = []
        for subject in (motion.id, FOREIGN):
            room.acts += 1
            act = Incoming(
                Kind.PRESS,
                f"r{room.acts}",
                Account("discord", "eve"),
                Place("discord", "their room", space="elsewhere", private=False),
                room.clock.now(),
                press=Press("floor", action, subject),
                roles=FACILITATOR,
            )
            answers.append((await room.dispatch.take(act)).reply)
        assert answers[0] == answers[1]
    assert await room.book(lambda book: book.motion_on(room.id, ben)) == motion


async def test_a_number_that_nobody_has_is_a_button_that_nobody_knows(room: House):
    before = await state(room)
    for action in ("who", "skip", "back", "mute", "free", "wait", "letin", "remove", "out", "card"):
        room.clock.move(minutes=1)
        for value in ("", "99", "_1", "x", "1e3", "999999999999"):
            assert "I no longer know this button" in text_of(await room.press("fay", action, value, roles=FACILITATOR)), action
    assert await state(room) == before


async def test_after_the_end_no_power_is_left(room: House):
    number = await room.number("ben")
    await room.close()
    before = await state(room)
    for action in THEIRS:
        room.clock.move(minutes=1)
        for value in (number, "on", "all", "lock", "2_10"):
            assert "No meeting is under way" in text_of(await room.press("fay", action, value, roles=FACILITATOR)), action
    await room.settle()
    assert await state(room) == before


@pytest.mark.parametrize("value", ["", "0", "7", "_1", "x", "99999999999"])
async def test_a_next_for_another_turn_calls_nobody(room: House, value):
    if value in ("", "0"):
        await room.press("fay", "next", roles=FACILITATOR)
    before = (await room.view()).waiting
    await room.press("fay", "next", value, roles=FACILITATOR)
    assert (await room.view()).waiting == before


@pytest.mark.parametrize("wish", ["", "up", "down", "pass", "listen", "take", "noname", "xyz"])
async def test_any_wish_of_a_hand_is_ones_own(room: House, wish):
    seats = {seat.person: seat for seat in await room.book(lambda book: book.seats(room.id))}
    await room.press("cas", "hand", wish)
    after = {seat.person: seat for seat in await room.book(lambda book: book.seats(room.id))}
    assert {person: seat for person, seat in after.items() if person in seats} == seats


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("@everyone **x**", "@everyone **x**"), ("a\u202eb\u200b", "ab"), ("  \n ", ""), ("x" * 500, ""), ("Zo\u0308e", "Zöe")],
)
async def test_a_name_is_cleaned_and_kept_short(house: House, typed, shown):
    await house.open()
    await house.raise_hand("ann", typed)
    if len(typed) > LONGEST_NAME:
        view = await house.view()
        assert all(len(name) <= LONGEST_NAME for name in view.waiting)
    else:
        assert (await house.view()).waiting == (shown,)
