"""Places, and a waiting list in order with half an hour to answer."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.core.calls import Account
from bot.core.meetings import Occurrence, Options, Series, When
from handlers.reminders.records import Going, Standing
from storage.goings import Goings
from storage.meetings import Meetings
from tests.handlers.announcements.house import House
from tests.handlers.reminders.lead_times import START
from tests.handlers.screens import press_of, text_of

OFFER = "A place is free: Wed, Dec 2, 7:00 PM. It is kept for you until "
FULL = "It is full. You are on the waiting list"


@pytest.fixture
async def two(house: House) -> Occurrence:
    """An evening with room for two. It is noon."""
    house.clock.at = datetime(2026, 12, 2, 11, tzinfo=UTC)
    series = await house.make(capacity=2)
    await house.work_off()
    return await house.ahead(series)


async def standing(house: House, who: str, evening: Occurrence) -> Standing | None:
    person = await house.person(who)
    found = await house.store.transact(lambda unit: Goings(unit).of(evening.id, person.id))
    return found.standing if found else None


async def full(house: House, evening: Occurrence, *waiting: str) -> None:
    """Ann and Bob have the places, the others wait."""
    for who in ("ann", "bob"):
        assert await house.say_going(who, "yes", evening) == "Noted: you are going. Only you see this."
    for who in waiting:
        assert (await house.say_going(who, "yes", evening)).startswith(FULL)


async def take(house: House, who: str) -> str:
    """Press the offer that came last."""
    offers = [claimed for claimed in house.to(who) if text_of(claimed.post.reply).startswith(OFFER)]
    return text_of(await house.press(who, press_of(offers[-1].post.reply, "Take it"), private=True))


async def test_when_it_is_full_going_leads_to_the_waiting_list(house: House, two: Occurrence):
    await full(house, two, "cem")
    assert "It is full now." in await house.say_going("eve", "", two, private=True)


async def test_a_freed_place_is_offered_to_the_first_for_half_an_hour_then_to_the_next(house: House, two: Occurrence):
    await full(house, two, "cem", "dan")
    await house.say_going("ann", "no", two)
    await house.work_off()
    assert house.told("cem") == [f"{OFFER}12:30 PM."]
    assert house.told("dan") == []
    await house.pass_time(minutes=30)
    assert house.told("dan") == []
    await house.pass_time(seconds=1)
    assert house.screen("cem") == ["The time to answer is over, and the place has gone on. You can ask for one again."]
    assert house.told("dan") == [f"{OFFER}1:00 PM."]
    assert "You said: going." in await take(house, "dan")
    await house.pass_time(hours=1)
    assert await standing(house, "dan", two) is Standing.GOING


async def test_at_the_last_second_it_is_in_time(house: House, two: Occurrence):
    await full(house, two, "cem", "dan")
    await house.say_going("ann", "no", two)
    await house.pass_time(minutes=30)
    assert "You said: going." in await take(house, "cem")
    await house.pass_time(minutes=5)
    assert house.told("dan") == []


async def test_a_second_later_it_has_gone_on_and_asking_again_waits_at_the_end(house: House, two: Occurrence):
    await full(house, two, "cem", "dan")
    await house.say_going("ann", "no", two)
    await house.pass_time(minutes=30, seconds=1)
    assert "You are on the waiting list" in await take(house, "cem")
    await house.say_going("dan", "no", two)
    await house.work_off()
    assert len([text for text in house.told("cem") if text.startswith(OFFER)]) == 2


async def test_too_late_but_not_yet_noticed_the_next_in_the_list_comes_first(house: House, two: Occurrence):
    await full(house, two, "cem", "dan")
    await house.say_going("ann", "no", two)
    await house.work_off()
    house.clock.move(minutes=31)
    assert "You are on the waiting list" in await take(house, "cem")
    await house.work_off()
    assert house.told("dan") == [f"{OFFER}1:01 PM."]


async def test_a_claim_pressed_twice_is_one_place(house: House, two: Occurrence):
    await full(house, two, "cem", "dan")
    await house.say_going("ann", "no", two)
    await house.work_off()
    for _ in range(2):
        assert "You said: going." in await take(house, "cem")
    await house.work_off()
    assert house.told("dan") == []


async def test_another_persons_claim_takes_nothing(house: House, two: Occurrence):
    await full(house, two, "cem", "dan")
    await house.say_going("ann", "no", two)
    await house.work_off()
    (offer,) = house.to("cem")
    for thief in ("dan", "eve"):
        told = await house.press(thief, press_of(offer.post.reply, "Take it"), private=True)
        assert "You are on the waiting list" in text_of(told)
    assert "You said: going." in await take(house, "cem")


async def test_a_claim_after_leaving_waits_like_anybody(house: House, two: Occurrence):
    await full(house, two, "cem", "dan")
    await house.say_going("ann", "no", two)
    await house.work_off()
    await house.say_going("cem", "no", two)
    await house.work_off()
    assert house.told("dan") == [f"{OFFER}12:30 PM."]
    assert "You are on the waiting list" in await take(house, "cem")


async def test_two_places_freed_at_once_go_to_the_first_two(house: House, two: Occurrence):
    await full(house, two, "cem", "dan", "eve")
    for who in ("ann", "bob"):
        await house.say_going(who, "no", two)
    await house.work_off()
    assert len(house.told("cem")) == len(house.told("dan")) == 1
    assert house.told("eve") == []
    for who in ("cem", "dan"):
        assert "You said: going." in await take(house, who)
    assert await house.store.transact(lambda unit: Goings(unit).count(two.id, Standing.GOING)) == 2


async def test_a_freed_place_is_not_for_who_comes_along_while_others_wait(house: House, two: Occurrence):
    await full(house, two, "cem")
    await house.say_going("ann", "no", two)
    assert (await house.say_going("new", "yes", two)).startswith(FULL)


async def test_an_offer_never_lasts_beyond_the_start_and_from_then_on_places_are_open_to_all(house: House, two: Occurrence):
    await full(house, two, "cem")
    house.clock.at = START - timedelta(minutes=10)
    await house.say_going("ann", "no", two)
    await house.work_off()
    assert house.told("cem") == [f"{OFFER}7:00 PM."]
    await house.pass_to(START + timedelta(seconds=1))
    assert await house.say_going("new", "yes", two) == "Noted: you are going. Only you see this."


async def test_when_nobody_waits_any_more_a_place_is_open_to_all(house: House, two: Occurrence):
    await full(house, two, "cem")
    await house.say_going("ann", "no", two)
    await house.pass_time(minutes=30, seconds=1)
    assert await house.say_going("new", "yes", two) == "Noted: you are going. Only you see this."


async def test_nobody_loses_a_place_asleep(house: House):
    house.clock.at = datetime(2026, 12, 1, 12, tzinfo=UTC)
    evening = await house.ahead(await house.make(capacity=2))
    await full(house, evening, "cem")
    house.clock.at = datetime(2026, 12, 2, 1, tzinfo=UTC)  # two at night
    await house.say_going("ann", "no", evening)
    await house.pass_to(datetime(2026, 12, 2, 5, 59, tzinfo=UTC))
    assert house.told("cem") == []
    await house.pass_time(minutes=1)
    assert house.told("cem") == [f"{OFFER}7:30 AM."]


async def test_an_offer_that_reaches_nobody_goes_on_at_once(house: House, two: Occurrence):
    await full(house, two, "cem", "dan")
    house.closed = {Account("discord", "cem")}
    await house.say_going("ann", "no", two)
    await house.work_off()
    assert house.told("dan") == [f"{OFFER}12:30 PM."]


async def test_more_room_is_offered_to_those_who_wait(house: House, two: Occurrence):
    await full(house, two, "cem", "dan", "eve")

    async def enlarge(unit):
        series = await Meetings(unit).series(two.series)
        assert series is not None
        await Meetings(unit).change_series(_with_room(series, 4))
        await unit.due.add(When.REMIND_PLAN.due(house.clock.now(), two.id))

    await house.store.transact(enlarge)
    await house.work_off()
    assert len(house.told("cem")) == len(house.told("dan")) == 1
    assert house.told("eve") == []


async def test_a_new_offer_is_a_new_message(house: House, two: Occurrence):
    await full(house, two, "cem")
    await house.say_going("ann", "no", two)
    await house.pass_time(minutes=31)
    await house.say_going("eve", "yes", two)
    assert "waiting list" in await take(house, "cem")
    await house.say_going("eve", "no", two)
    await house.work_off()
    offers = [claimed for claimed in house.to("cem") if text_of(claimed.post.reply).startswith(OFFER)]
    assert [claimed.edit for claimed in offers] == [None, None]


async def test_many_who_wait_are_offered_places_a_few_at_a_time_and_all_of_them(house: House, two: Occurrence):
    await full(house, two)

    async def many(unit):
        for n in range(50):
            person = await unit.people.make(Account("discord", f"p{n}"), house.clock.now(), None)
            await Goings(unit).put(Going(two.id, person.id, Standing.WAITING, n + 1), house.clock.now(), two.ends_at)
        series = await Meetings(unit).series(two.series)
        assert series is not None
        await Meetings(unit).change_series(_with_room(series, 0))
        await unit.due.add(When.REMIND_PLAN.due(house.clock.now(), two.id))

    await house.store.transact(many)
    await house.work_off()
    assert sum(len(house.told(f"p{n}")) for n in range(50)) == 50


def _with_room(series: Series, capacity: int) -> Series:
    return replace(series, options=Options(capacity=capacity))
