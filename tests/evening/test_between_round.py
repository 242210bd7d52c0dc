"""A round with three people; an agenda made from their taps, put in order, and what was not reached taken to the next meeting."""

from datetime import timedelta

import pytest

from tests.evening.between import shown
from tests.evening.evening import LOBBY, NEXT_WEEK, Evening, cast_of
from tests.evening.world import PLATFORMS, world

THREE = ("Ana", "Ben", "Cleo")


@pytest.fixture(params=PLATFORMS)
async def evening(request, tmp_path):
    """The evening has begun; three people and Kim, who hosts, are here."""
    async with world(request.param, tmp_path) as here:
        evening = Evening(cast_of(here, *THREE))
        await evening.plan()
        await evening.cast.sees("Kim", "Saved", evening.cast.own)
        await evening.cast.pass_time(to=LOBBY)
        await evening.come(*THREE)
        await evening.lead()
        await evening.at(0)
        await evening.start()
        yield evening


async def begin_round(evening):
    """In the order in which hands go up: nobody has one up, so it is the order in which they came, and Kim came last."""
    cast = evening.cast
    await cast.tap("Kim", "meetings.order_button", cast.own)
    await cast.tap("Kim", "floor.round_button", cast.own)
    await cast.sees("Kim", "Everyone who is here has one turn, if they want it. In which order?", cast.own)
    await cast.tap("Kim", "floor.round_hands_button", cast.own)
    await cast.sees("Ana", "A round begins. Everyone has one turn", "room")


async def test_one_speaks_one_passes_one_listens_and_the_round_is_over(evening):
    cast = evening.cast
    await begin_round(evening)
    await cast.sees("Ana", "It is your turn to speak.")
    assert not shown(cast, "Ben", "It is your turn")
    await cast.tap("Cleo", "meetings.turn_listen_button", "room")
    await cast.tap("Ana", "floor.done_button")
    await cast.sees("Ben", "It is your turn to speak.")
    await cast.tap("Ben", "floor.round_pass_button")
    await cast.tap("Kim", "floor.done_button")
    await cast.sees("Ana", "The round is over. Thank you for listening to each other.", "room")
    assert not shown(cast, "Cleo", "It is your turn")


async def test_who_passed_can_have_a_turn_at_the_end(evening):
    cast = evening.cast
    await begin_round(evening)
    await cast.tap("Ana", "floor.round_pass_button")
    await cast.sees("Ana", "You passed. If you like, you can still have a turn at the end.")
    await cast.tap("Ana", "floor.round_back_button")
    for name in ("Ben", "Cleo", "Kim"):
        await cast.sees(name, "It is your turn to speak.")
        await cast.tap(name, "floor.done_button")
    await cast.sees("Ana", "It is your turn to speak.")


async def check_in(evening):
    await evening.next("checkin")
    await evening.open_checkin()
    await evening.check_in("Ana", "7", "urge")
    await evening.check_in("Ben", "4", "conflict")
    await evening.cast.sees("Kim", "Check-ins: 2 of", "room")


async def test_the_agenda_is_put_in_order_and_the_card_follows(evening):
    cast = evening.cast
    await check_in(evening)
    await evening.next("agenda")
    await cast.tap("Kim", "meetings.agenda_button", cast.own)
    listed = await cast.sees("Kim", "Who wants time, and for what", cast.own)
    assert listed.index("Urges") < listed.index("Conflict")
    await cast.press_like("Kim", "Conflict", cast.own)
    await cast.tap("Kim", "agenda.up_button", cast.own)
    await cast.tap("Kim", "agenda.now_button", cast.own)
    await cast.sees("Ana", "Now on the agenda: Conflict", "room")
    await cast.sees("Ana", "Next on the agenda: Urges", "room")


async def test_what_was_not_reached_is_taken_to_the_next_meeting(evening):
    cast = evening.cast
    await check_in(evening)
    await evening.next("agenda")
    await cast.tap("Kim", "meetings.agenda_button", cast.own)
    await cast.press_like("Kim", "Conflict", cast.own)
    await cast.tap("Kim", "agenda.now_button", cast.own)
    await cast.press_like("Kim", "Conflict", cast.own)
    await cast.tap("Kim", "agenda.done_button", cast.own)
    await cast.tap("Kim", "agenda.panel_button", cast.own)
    await evening.at(80)
    await cast.tap("Kim", "meetings.refresh_button", cast.own)
    await evening.end()
    await cast.sees("Ana", "Something from the meeting stayed open for you.")
    assert not shown(cast, "Ben", "stayed open")
    await cast.tap("Ana", "agenda.bring_button")
    await cast.sees("Ana", "It is kept for the next meeting")
    await cast.pass_time(to=NEXT_WEEK - timedelta(minutes=10))
    await cast.here.until(lambda: len(shown(cast, "Ana", "The room is open", "room")) > 0)
    await evening.come("Ana", "Ben")
    await evening.lead()
    await cast.pass_time(to=NEXT_WEEK)
    await evening.start()
    await evening.next("checkin")
    await evening.open_checkin()
    await cast.sees("Ben", "Next on the agenda: Urges", "room")


async def test_a_wish_is_ones_own_to_change_and_to_take_back(evening):
    cast = evening.cast
    await check_in(evening)
    await cast.tap("Ana", "meetings.topic_button", "room")
    await cast.sees("Ana", "You want time for: Urges.", cast.own)
    await cast.tap("Ana", "agenda.topic_planning", cast.own)
    await cast.sees("Ana", "You want time for: Planning.", cast.own)
    await cast.tap("Ana", "agenda.take_back_button", cast.own)
    await cast.sees("Ana", "Taken back. It is off the card.", cast.own)
