"""A room that is gone: its prompts stop, those who lead hear of it once, and they can go on elsewhere."""

from datetime import UTC, datetime, timedelta

from bot.core.quiet import quiet_from
from bot.core.replies import Press
from handlers.prompts.records import State
from handlers.reminders.records import Wishes
from tests.handlers.screens import labels_of, text_of

SUNDAY_EVENING = datetime(2026, 12, 6, 17, tzinfo=UTC)  # 18:00 in Berlin


async def with_roster(house, *names):
    house.roster = [await house.settle(name) for name in names]
    return await house.made()


async def test_a_deleted_channel_stops_its_prompts_and_the_roster_hears_of_it_once(house):
    prompt = await with_roster(house, "kim", "lou")
    await house.leads("New check-in", "Start")
    await house.wants("ana", prompt)
    await house.room_goes()
    assert [one.state for one in await house.all_prompts()] == [State.LOST, State.LOST]
    for who in ("kim", "lou"):
        (told,) = house.told(who)
        assert "send /community prompts in another room" in told
    await house.room_goes()
    await house.pass_time(days=14)
    assert len(house.told("kim")) == 1
    assert house.to("ana") == []  # and those who are asked in private are told nothing


async def test_a_card_that_a_room_does_not_take_stops_the_prompt(house):
    prompt = await with_roster(house, "kim")
    await house.wants("ana", prompt)
    house.gone.add(prompt.room)
    await house.pass_time(days=21)
    assert (await house.prompt(prompt)).state is State.LOST
    assert len(house.told("kim")) == 1
    assert len(house.dropped) == 1


async def test_a_card_that_only_came_too_late_stops_nothing(house):
    prompt = await with_roster(house, "kim")
    house.clock.at = SUNDAY_EVENING
    (due,) = await house.store.due_queue.claim("me", house.clock.now(), house.clock.now() + timedelta(minutes=1), 10)

    async def work(unit):
        assert await unit.due.take(due)
        await house.features[0].jobs[due.kind](due, house.clock.now(), unit)

    await house.store.transact(work)
    await house.sleep_through(days=2)  # the platform was away
    assert (await house.prompt(prompt)).state is State.RUNNING
    assert house.told("kim") == []
    await house.pass_time(days=7)
    assert len(house.open_cards()) == 1


async def test_it_can_go_on_in_another_room_of_the_community(house):
    prompt = await with_roster(house, "kim")
    await house.room_goes()
    reply = await house.leads("Standard", room="other")
    assert "I cannot write in its room any more" in text_of(reply)
    await house.taps("kim", reply, "Go on in this room", leads=True, room="other")
    moved = await house.prompt(prompt)
    assert (moved.state, moved.room) == (State.RUNNING, (await house.room("other")).id)
    await house.pass_to(SUNDAY_EVENING)
    assert len(house.open_cards()) == 1


async def test_it_cannot_be_taken_into_a_room_of_the_other_audience_or_of_elsewhere(house):
    prompt = await with_roster(house, "kim")
    await house.leads("New check-in", "For family and friends", "Start", room="family")
    await house.room_goes()
    assert not any(label.startswith("Standard") for label in labels_of(await house.leads(room="family")))
    elsewhere = await house.room("there", "elsewhere")
    for room in ((await house.room("family")).id, elsewhere.id):
        await house.press("kim", Press("prompts", "here", prompt.id, room[:12]), leads=True, room="family")
    assert (await house.prompt(prompt)).state is State.LOST


async def test_a_draft_in_a_room_that_is_gone_is_told_to_nobody(house):
    house.roster = [await house.settle("kim")]
    await house.leads("New check-in")
    await house.room_goes()
    assert house.told("kim") == []


async def test_what_waits_in_private_goes_with_the_room(house):
    prompt = await with_roster(house, "kim")
    await house.wants("ana", prompt)
    house.wishes[(await house.person("ana")).id] = Wishes(quiet=quiet_from("17:00-07:00"))
    await house.pass_to(SUNDAY_EVENING)
    await house.room_goes()
    await house.pass_time(hours=20)
    assert house.to("ana") == []


async def test_a_letter_about_a_lost_room_waits_for_the_end_of_quiet_hours(house):
    await with_roster(house, "kim")
    house.clock.at = SUNDAY_EVENING
    house.wishes[(await house.person("kim")).id] = Wishes(quiet=quiet_from("17:00-07:00"))
    await house.room_goes()
    assert house.told("kim") == []
    await house.pass_time(hours=14)
    assert len(house.told("kim")) == 1
