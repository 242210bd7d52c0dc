"""The facilitators' corner: who hosts what, an evening handed to another, somebody who stands in, a note for the next."""

from datetime import timedelta

import pytest

from tests.evening.between import on_the_roster, shown
from tests.evening.evening import LOBBY, SEVEN, Evening, cast_of
from tests.evening.times import RunningClock
from tests.evening.world import PLATFORMS, world

SUNDAY = SEVEN - timedelta(days=2)
LED = ("Kim", "Sam")


@pytest.fixture(params=PLATFORMS)
async def cast(request, tmp_path):
    """A meeting on Tuesdays; Kim and Sam are on the roster, and Kim has taken the first evening."""
    async with world(request.param, tmp_path, RunningClock(SUNDAY)) as here:
        cast = cast_of(here, "Ana", facilitators=LED)
        await Evening(cast).plan()
        await cast.sees("Kim", "Saved", cast.own)
        await on_the_roster(cast, *LED)
        await first_evening(cast, "Kim")
        await cast.tap("Kim", "roster.take_button", cast.own)
        await cast.sees("Kim", "This evening is yours.", cast.own)
        yield cast


async def first_evening(cast, name):
    await cast.command(name, "/facilitator roster", "room")
    await cast.tap(name, "roster.hosts_button", cast.own)
    await cast.press_like(name, "Dec 1,", cast.own)


async def test_who_hosts_is_seen_by_facilitators_only(cast):
    await first_evening(cast, "Sam")
    await cast.sees("Sam", "Kim hosts", cast.own)
    await cast.command("Ana", "/facilitator roster", "room")
    await cast.sees("Ana", "This is for the facilitators of this community.", cast.own)
    assert not any("Kim" in text for place in ("private", "room") for text in shown(cast, "Ana", place=place))


async def test_an_evening_is_offered_to_another_who_takes_it(cast):
    await first_evening(cast, "Kim")
    await cast.tap("Kim", "roster.swap_button", cast.own)
    await cast.press("Kim", "Sam", cast.own)
    await cast.tap("Kim", "roster.for_nothing_button", cast.own)
    await cast.sees("Kim", "I have sent your offer.", cast.own)
    offer = await cast.sees("Sam", "Kim offers you an evening to host")
    assert "Open evening" not in offer  # a locked phone shows it
    await cast.tap("Sam", "roster.yes_button")
    await cast.sees("Sam", "You host now:")
    await cast.sees("Kim", "Sam takes your evening:")
    await first_evening(cast, "Sam")
    await cast.sees("Sam", "you host", cast.own)


async def test_an_offer_that_is_declined_leaves_the_evening_where_it_was(cast):
    await first_evening(cast, "Kim")
    await cast.tap("Kim", "roster.swap_button", cast.own)
    await cast.press("Kim", "Sam", cast.own)
    await cast.tap("Kim", "roster.for_nothing_button", cast.own)
    await cast.tap("Sam", "roster.no_button")
    await cast.sees("Kim", "Sam cannot take your evening. It is still yours")


async def test_two_evenings_are_swapped(cast):
    await cast.command("Sam", "/facilitator roster", "room")
    await cast.tap("Sam", "roster.hosts_button", cast.own)
    await cast.press_like("Sam", "Dec 8,", cast.own)
    await cast.tap("Sam", "roster.take_button", cast.own)
    await first_evening(cast, "Kim")
    await cast.tap("Kim", "roster.swap_button", cast.own)
    await cast.press("Kim", "Sam", cast.own)
    await cast.press_like("Kim", "Dec 8,", cast.own)
    await cast.sees("Sam", "would go from you to them.")
    await cast.tap("Sam", "roster.yes_button")
    await cast.sees("Sam", "You do not host any more:")
    await cast.sees("Kim", "You host now:")


async def test_who_cannot_come_says_so_with_a_tap_and_another_stands_in(cast):
    await cast.pass_time(to=SEVEN - timedelta(hours=23))
    duty = await cast.sees("Kim", "You said that you host:")
    assert "Open evening" not in duty
    await cast.tap("Kim", "roster.cannot_button")
    await cast.sees("Kim", "I ask the others now, and tell you who takes it.")
    await cast.sees("Sam", "has no host yet. Could you host it?")
    await cast.tap("Sam", "roster.stand_button")
    await cast.sees("Sam", "Thank you: you host it.")
    await cast.sees("Kim", "Sam hosts in your place:")


async def test_who_hosts_gets_the_way_to_their_panel_and_the_evening_has_its_host(cast):
    await cast.pass_time(to=SEVEN - timedelta(hours=23))
    await cast.tap("Kim", "roster.there_button")
    await cast.pass_time(to=SEVEN - timedelta(minutes=29))
    await cast.sees("Kim", "Here is your panel.")
    await cast.pass_time(to=LOBBY)
    await cast.sees("Ana", "The room is open", "room")
    await cast.tap("Kim", "roster.lead_host_button")
    await cast.sees("Kim", "You host this meeting.")
    assert not shown(cast, "Sam", "has no host yet")


async def test_a_note_is_read_by_who_hosts_next_and_by_nobody_else(cast):
    await first_evening(cast, "Kim")
    await cast.tap("Kim", "roster.note_button", cast.own)
    await cast.tap("Kim", "roster.note_write_button", cast.own)
    await cast.fill("Kim", {"words": "The lamp is in the cupboard."}, cast.own)
    await cast.sees("Kim", "Saved. Whoever leads the next evening can read it.", cast.own)
    await cast.pass_time(to=SEVEN - timedelta(hours=23))
    await cast.tap("Kim", "roster.read_button")
    await cast.sees("Kim", "The lamp is in the cupboard.")
    assert not any("lamp" in text for place in ("private", "room") for text in shown(cast, "Sam", place=place))


async def test_words_for_a_hard_moment_are_one_tap_away_and_in_no_room(cast):
    before = shown(cast, "Ana", place="room")
    await cast.command("Kim", "/facilitator roster", "room")
    await cast.tap("Kim", "roster.say_button", cast.own)
    await cast.press("Kim", cast.here.buttons(cast.persons["Kim"], cast.own)[0], cast.own)
    await cast.tap("Kim", "roster.say_more_button", cast.own)
    assert shown(cast, "Ana", place="room") == before


async def test_the_training_list_is_ticked_by_taps(cast):
    await cast.command("Kim", "/facilitator roster", "room")
    await cast.tap("Kim", "roster.training_button", cast.own)
    await cast.tap("Kim", "roster.tick_button", cast.own, n=1)
    await cast.sees("Kim", "✓ 1.", cast.own)
