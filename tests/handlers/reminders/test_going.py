"""Going, maybe, not: private, and numbers from five up."""

from datetime import timedelta

from bot.core.replies import Press, To
from storage.goings import Goings
from storage.privacy import PersonalRows
from storage.unit import concrete
from tests.handlers.announcements.house import House
from tests.handlers.screens import labels_of, press_of, text_of


async def test_an_answer_is_seen_by_its_person_alone(house: House):
    evening = await house.ahead(await house.make())
    for answer, said in (("yes", "you are going"), ("maybe", "maybe"), ("no", "not this time")):
        assert await house.say_going("ann", answer, evening) == f"Noted: {said}. Only you see this."
    await house.work_off()
    assert [claimed for claimed in house.sent if claimed.room is not None and "ann" in str(claimed)] == []


async def test_in_a_room_the_answer_is_short_enough_to_go_by_itself(telegram_house: House):
    evening = await telegram_house.ahead(await telegram_house.make())
    reply = await telegram_house.press("ann", Press("reminders", "going", evening.id, "yes"))
    assert (reply.to, reply.buttons, reply.slot) == (To.ONLY_YOU, (), "")
    assert len(text_of(reply)) <= 60


async def test_a_number_is_told_from_five_up_and_no_smaller_one(house: House):
    evening = await house.ahead(await house.make())
    for n in range(4):
        await house.say_going(f"p{n}", "yes", evening)
        assert "Going so far: fewer than five." in await house.say_going("ann", "", evening)
    await house.say_going("p4", "yes", evening)
    await house.say_going("p5", "maybe", evening)
    assert "Going so far: 5." in await house.say_going("ann", "", evening)


async def test_nobody_has_said_anything_reads_like_a_few(house: House):
    evening = await house.ahead(await house.make())
    before = await house.say_going("ann", "", evening)
    await house.say_going("bob", "yes", evening)
    assert await house.say_going("ann", "", evening) == before


async def test_one_head_count_over_both_platforms(house: House):
    evening = await house.ahead(await house.make())
    for n in range(3):
        await house.say_going(f"d{n}", "yes", evening)
        await house.say_going(f"t{n}", "yes", evening, platform="telegram", space="other")
    assert await house.store.transact(lambda unit: Goings(unit).going(evening.id)) == 6


async def test_an_evening_that_is_cancelled_takes_no_answer(house: House):
    series = await house.make()
    evening = await house.cancel(series)
    assert await house.say_going("ann", "yes", evening) == "This evening does not take place."


async def test_what_was_said_goes_a_day_after_the_end_and_with_the_person(house: House):
    evening = await house.ahead(await house.make())
    await house.say_going("ann", "yes", evening)
    person = await house.person("ann")

    async def held(unit):
        return {one.kind: one.goes_at for one in await PersonalRows(concrete(unit)).held(person.id, house.clock.now())}

    assert (await house.store.transact(held))["goings"] == evening.ends_at + timedelta(days=1)


async def test_the_answers_stand_on_the_meetings_screen_and_update_it(house: House):
    await house.make()
    opened = await house.press("ann", press_of(await house.type("ann", "/remind"), "Gambling"), private=True)
    opened = await house.press("ann", press_of(opened, "Going"), private=True)
    assert "✓ Going" in labels_of(opened)
    assert opened.slot
    assert "You said: going. Only you see this." in text_of(opened)
