"""After an evening: one private message to each who was there, a card for newcomers, a plan for who wants one."""

import re

from bot.core.meetings import When
from bot.core.replies import Press
from handlers.afterwards import jobs
from handlers.plans.records import Action, Plan, PlanBody
from storage.plans import Plans
from storage.privacy import PersonalRows, prune
from storage.unit import concrete
from tests.handlers.afterwards.evenings import begin, end, evening
from tests.handlers.screens import labels_of, press_of, text_of

TELLING = re.compile(r"open evening|urge|group|drink|lapse|recover", re.I)


async def after_of(house, who):
    """What a person got after their evenings, the last one last."""
    person = await house.person(who)
    return [claimed.post.reply for claimed in house.of(person) if claimed.post.key.startswith("after_")]


async def test_each_who_was_there_gets_one_message_in_private_and_the_room_none(house):
    await evening(house, "ana", "ben")
    for who in ("ana", "ben", "kim"):
        assert len(await after_of(house, who)) == 1
    assert not any("next 7 days" in text_of(reply) for reply in house.room)


async def test_the_message_names_neither_meeting_nor_topic(house):
    await evening(house, "ana")
    assert not TELLING.search(text_of((await after_of(house, "ana"))[0]))


async def test_a_newcomer_is_offered_the_card_once(house):
    await evening(house, "ana")
    await house.pass_time(hours=20)
    await evening(house, "ana", "ben")
    first, second = await after_of(house, "ana")
    assert "Good to know" in labels_of(first)
    assert "first evening" in text_of(first)
    assert "Good to know" not in labels_of(second)
    assert "Good to know" in labels_of((await after_of(house, "ben"))[0])


async def test_the_card_says_what_it_was_when_it_is_next_and_asks_for_nothing(house):
    await evening(house, "ana")
    card = await house.press("ana", press_of((await after_of(house, "ana"))[0], "Good to know"), private=True)
    said = text_of(card)
    assert "Open evening" in said
    assert "is next on" in said
    assert all(tool in said for tool in ("/remind", "/urge", "/kit"))
    assert "!" not in said
    assert "Remind me" in labels_of(card)


async def test_families_are_not_pointed_at_participants_tools(house):
    await evening(house, "ana", audience="family")
    card = await house.press("ana", press_of((await after_of(house, "ana"))[0], "Good to know"), private=True)
    assert "/remind" in text_of(card)
    assert "/urge" not in text_of(card)


async def test_who_hosted_is_no_newcomer(house):
    await evening(house, "ana")
    assert "Good to know" not in labels_of((await after_of(house, "kim"))[0])


async def test_somebody_who_was_not_there_cannot_open_the_card(house):
    occurrence = await evening(house, "ana")
    missing = await house.press("mallory", Press("afterwards", "card", "0" * 32), private=True)
    foreign = await house.press("mallory", Press("afterwards", "card", occurrence.id), private=True)
    assert text_of(foreign) == text_of(missing)
    assert "Open evening" not in text_of(foreign)


async def a_plan(house, who):
    plan = Plan("e" * 32, who, house.clock.now(), PlanBody(house.clock.now().date(), (Action("walk"),)))
    await house.store.transact(lambda unit: Plans(unit).keep(plan))


async def test_who_made_a_plan_this_evening_is_not_asked_again(house):
    occurrence = await begin(house, "ana", "ben")
    ana = await house.person("ana")
    await a_plan(house, ana)
    await end(house, occurrence)
    [new] = await after_of(house, "ana")
    assert "A plan for 7 days" not in labels_of(new)
    [offered] = await after_of(house, "ben")
    assert press_of(offered, "A plan for 7 days") == Press("plan", "start")


async def test_a_regular_with_a_plan_gets_no_message(house):
    await evening(house, "ana")
    await house.pass_time(hours=20)
    occurrence = await begin(house, "ana")
    await a_plan(house, await house.person("ana"))
    await end(house, occurrence)
    assert len(await after_of(house, "ana")) == 1


async def test_an_end_to_the_messages_is_one_tap_and_can_be_undone(house):
    await evening(house, "ana")
    told = await house.press("ana", press_of((await after_of(house, "ana"))[0], "No more"), private=True)
    await house.pass_time(hours=20)
    await evening(house, "ana")
    assert len(await after_of(house, "ana")) == 1
    await house.press("ana", press_of(told, "Write to me again"), private=True)
    await house.pass_time(hours=20)
    await evening(house, "ana")
    assert len(await after_of(house, "ana")) == 2


async def test_the_wish_of_who_was_never_there_is_answered_as_if_nothing_were_there(house):
    await evening(house, "ana")
    quiet = press_of((await after_of(house, "ana"))[0], "No more")
    foreign = await house.press("mallory", quiet, private=True)
    missing = await house.press("mallory", Press("afterwards", "quiet", "0" * 32), private=True)
    assert text_of(foreign) == text_of(missing)


async def test_many_are_written_to_a_few_at_a_time_and_each_once(house, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 3)
    people = [f"p{n}" for n in range(8)]
    occurrence = await evening(house, *people)
    for who in people:
        assert len(await after_of(house, who)) == 1
    again = When.AFTER.due(house.clock.now(), occurrence.id)
    await house.store.transact(lambda unit: unit.due.add(again))
    await house.work_off()
    for who in people:
        assert len(await after_of(house, who)) == 1


async def test_after_a_long_downtime_nobody_is_written_to_about_yesterday(house):
    await begin(house, "ana")
    await house.sleep_through(hours=30)
    assert await after_of(house, "ana") == []


async def test_what_is_kept_of_it_goes_with_the_person_and_after_a_year(house):
    await evening(house, "ana", "ben")

    async def kinds(who):
        person = await house.person(who)
        return {
            held.kind: held.rows
            for held in await house.store.transact(lambda unit: PersonalRows(concrete(unit)).held(person, house.clock.now()))
        }

    assert (await kinds("ana"))["met"] == 1
    ana = await house.person("ana")
    await house.store.transact(lambda unit: PersonalRows(concrete(unit)).erase(ana, house.clock.now()))
    house.clock.move(days=366)
    await prune(house.store, house.clock.now())
    assert "met" not in await kinds("ben")


async def test_on_telegram_it_is_the_same(telegram_house):
    await evening(telegram_house, "ana")
    assert "Good to know" in labels_of((await after_of(telegram_house, "ana"))[0])
