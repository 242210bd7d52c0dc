"""Timers are rows: they survive restarts, stop at once, come late with a word, and edit or tell as they should."""

import pytest

from bot.core.posts import Lane
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.stocked import stock_house
from tests.stores import storage_for_tests


@pytest.fixture
def house(store, clock):
    return stock_house(store, clock)


async def ride(person, minutes: str = "3 min") -> None:
    await person.command("surf")
    await person.tap(minutes, "7", "Done")


async def wait(person, minutes: str = "10 min") -> None:
    await person.command("dents")
    await person.tap("7", "D: delay", "Done", minutes)


async def test_a_ride_edits_its_own_message_and_never_sounds(house, alice):
    await ride(alice)
    posts = await house.time_passes(seconds=179)
    assert [line for post in posts for line in text_of(post.reply).split(" ▰")[0].splitlines() if " of 3:00" in line] == [
        "0:45 of 3:00",
        "1:30 of 3:00",
        "2:15 of 3:00",
    ]
    assert {post.reply.slot for post in posts} == {alice.screen.slot}
    assert all(post.reply.quiet and post.lane is Lane.PRIVATE and post.too_late_at is not None for post in posts)
    assert house.edited == ["on screen"] * 3
    assert "The ride is over" in text_of((await house.time_passes(seconds=5))[0].reply)
    assert house.edited == ["on screen"] * 4


async def test_each_prompt_says_something_else(house, alice):
    await ride(alice, "5 min")
    posts = await house.time_passes(minutes=5)
    said = [text_of(post.reply).splitlines()[0] for post in posts]
    assert len(set(said)) == len(said) == 7


async def test_stop_stops_at_once_and_go_on_goes_on_with_the_rest(house, alice):
    await ride(alice)
    await house.time_passes(seconds=60)
    await alice.tap("Save and stop")
    assert await house.time_passes(hours=1) == []
    assert "1:00 of 3:00" in text_of(await alice.tap("Go on"))
    posts = await house.time_passes(seconds=120)
    assert "The ride is over" in text_of(posts[-1].reply)


async def test_discard_and_back_stop_it_too(house, alice):
    await ride(alice)
    await alice.tap("Back")
    assert await house.time_passes(minutes=10) == []
    await alice.tap("Done", "Discard", "Yes, delete it")
    assert await house.time_passes(minutes=10) == []


async def test_an_edit_that_waits_is_taken_back_when_the_person_acts(house, alice):
    await ride(alice)
    house.clock.move(seconds=45)
    now = house.clock.now()
    (due,) = await house.store.due_queue.claim("me", now, now, 10)
    await house.store.transact(lambda unit: house.feature.jobs[due.kind](due, now, unit))
    await alice.tap("Done")
    assert await house.sent() == []


async def test_the_same_moment_twice_is_one_message(house, alice):
    await wait(alice)
    house.clock.move(minutes=10)
    now = house.clock.now()
    (due,) = await house.store.due_queue.claim("me", now, now, 10)
    for _ in range(2):
        await house.store.transact(lambda unit: house.feature.jobs[due.kind](due, now, unit))
    assert len(await house.sent()) == 1


async def test_a_wait_that_ends_late_says_so(house, alice):
    await wait(alice, "5 min")
    house.clock.move(hours=2)
    (post,) = await house.moments()
    assert text_of(post.reply) == "Your 5 minutes are over. (delayed)"
    assert post.reply.quiet
    assert "Go on" in labels(post.reply)
    assert house.edited == [None]


async def test_a_ride_that_ends_late_is_told_in_a_new_message(house, alice):
    await ride(alice)
    house.clock.move(hours=2)
    (post,) = await house.moments()
    assert text_of(post.reply) == "Your 3 minutes are over. (delayed)"


async def test_a_wait_ended_by_hand_sends_nothing(house, alice):
    await wait(alice)
    await alice.tap("Done")
    assert await house.time_passes(hours=1) == []


async def test_a_tap_after_the_end_but_before_its_moment_is_handled_needs_no_message(house, alice):
    await wait(alice)
    house.clock.move(minutes=11)
    assert "How strong is it now?" in text_of(await alice.tap("Done"))
    assert await house.moments() == []


async def test_a_restart_in_the_middle_of_a_ride_changes_nothing(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        carol = await stock_house(store, clock).person("carol")
        await ride(carol)
        await stock_house(store, clock).time_passes(seconds=50)
        screen = carol.screen
    clock.move(seconds=20)
    async with storage_for_tests(tmp_path, clock) as store:
        house = stock_house(store, clock)
        carol = await house.person("carol")
        carol.screen = screen
        assert "1:10 of 3:00" in text_of(await carol.tap("6"))
        posts = await house.time_passes(seconds=120)
        assert "The ride is over" in text_of(posts[-1].reply)
        carol.screen = posts[-1].reply
        screen = await carol.tap("2")
        assert screen.picture is not None
        assert screen.picture.points == ((0.0, 7.0), (70 / 60, 6.0), (3.0, 2.0))


async def test_the_message_at_the_end_speaks_the_persons_own_language(house, alice):
    from msgspec.structs import replace

    await wait(alice, "15 min")
    await house.store.transact(lambda unit: unit.people.save(replace(alice.person, language="de")))
    (post,) = await house.time_passes(minutes=15)
    assert text_of(post.reply) == "Deine 15 Minuten sind um."


async def test_a_person_who_was_erased_is_told_nothing(house, alice):
    await wait(alice)

    async def forget(unit):
        from storage.privacy import PersonalRows

        await PersonalRows(unit).erase(alice.person.id, house.clock.now())

    await house.store.transact(forget)
    assert await house.time_passes(hours=1) == []
