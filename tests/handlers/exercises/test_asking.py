"""Whose question it is: they get their own copy and decide; and the gentle timer, while ideas come."""

import pytest

from bot.core.replies import To
from storage.privacy import PersonalRows
from tests.handlers.exercises import acting
from tests.handlers.exercises.evening import Evening
from tests.handlers.screens import labels_of, press_of, text_of


@pytest.fixture(params=["telegram"])
def platform(request):
    return request.param


async def question(evening: Evening, kind: str = "ideas", who: str = "ana") -> str:
    """A question that is Ana's, with five lines in the room."""
    if evening.house.platform == "telegram":
        exercise = await evening.begin_typed(kind, "What helps on a Friday?")
    else:
        exercise = await evening.begin(kind, "What helps on a Friday?")
    await evening.house.work_off()
    await evening.house.consent(who)
    await evening.house.press(who, press_of(evening.message, "I asked this"))
    await evening.five_write("ideas" if kind == "ideas" else "gives")
    await evening.merge()
    return exercise


async def test_the_room_learns_that_somebody_asked_and_not_who(evening: Evening):
    await question(evening)
    assert "Somebody here asked this." in evening.board
    assert "I asked this" not in labels_of(evening.message)
    assert "has said so already" in text_of(await evening.tap("ben", "asks", "on"))
    assert "You asked this." in text_of(await evening.tap("ana", "asks", "on"))


async def test_it_may_be_taken_back_and_is_free_for_another(evening: Evening):
    await question(evening)
    screen = await evening.tap("ana", "asks", "on")
    for _ in range(2):
        await evening.house.press("ana", press_of(screen, "I did not ask this"))
    await evening.house.pass_time(seconds=4)
    assert "Somebody here asked this." not in evening.board
    assert "You asked this." in text_of(await evening.tap("ben", "asks", "on"))


async def test_when_the_one_who_asked_is_gone_the_room_no_longer_says_that_somebody_asked(evening: Evening):
    await question(evening)
    person = await evening.house.person("ana")
    await evening.house.store.transact(lambda unit: PersonalRows(unit).erase(person, evening.house.clock.now()))
    await evening.house.pass_time(seconds=61)
    assert "Somebody here asked this." not in evening.board


@pytest.mark.parametrize("kind", ["ideas", "board"])
async def test_at_the_end_they_find_their_own_copy_in_private_and_nobody_else_does(evening: Evening, kind: str):
    exercise = await question(evening, kind)
    await evening.step("end")
    await evening.house.work_off()
    (told,) = [one for one in await acting.told_in_private(evening, "ana") if "My copy" in labels_of(one)]
    assert text_of(told) == "Something is kept for you alone."
    copy = await evening.house.press("ana", press_of(told, "My copy"), private=True)
    assert all(f"line of {who}" in text_of(copy) for who in ("ana", "ben", "cleo", "dan", "eve"))
    assert copy.guarded
    assert copy.to is To.ONLY_YOU
    for who in ("ben", "fay", "zoe"):
        assert "no copy for you" in text_of(await evening.tap(who, "copy", subject=exercise, private=True))
        assert not any("My copy" in labels_of(one) for one in await acting.told_in_private(evening, who))
    await evening.house.pass_time(hours=30)
    assert "line of" not in text_of(await evening.tap("ana", "copy", subject=exercise, private=True))


async def test_the_most_wanted_come_first_and_the_one_who_asked_decides(evening: Evening):
    await question(evening)
    await evening.step("poll")
    wanted = next(item for item in await evening.items() if item.words == "line of dan")
    for who in ("ana", "ben", "cleo", "dan", "eve"):
        await evening.tap(who, "vote", "on_0", subject=wanted.id)
    await evening.step("count")
    copy = await evening.tap("ana", "copy")
    assert next(line for line in text_of(copy).splitlines() if line.startswith("•")).endswith("line of dan (5 votes)")
    other = next(item for item in await evening.items() if item.words == "line of eve")
    take = press_of(copy, f"Take {other.number}")
    for _ in range(2):
        copy = await evening.house.press("ana", take)
    assert f"{other.number}. line of eve (I take this along)" in text_of(copy)
    assert "no copy for you" in text_of(await evening.house.press("ben", take))
    copy = await evening.house.press("ana", press_of(copy, f"✓ {other.number}"))
    assert "I take this along" not in text_of(copy)
    assert "take this along" not in evening.board


async def test_what_was_hidden_or_taken_back_is_in_no_copy(evening: Evening):
    exercise = await question(evening)
    number = next(item.number for item in await evening.items() if item.words == "line of ben")
    await evening.house.press("fay", press_of(await evening.lead("listed", exercise), f"Hide {number}"), leads=True)
    await evening.house.press("cleo", press_of(await evening.tap("cleo", "mine"), "Take back 1"))
    copy = text_of(await evening.tap("ana", "copy"))
    assert "line of ben" not in copy
    assert "line of cleo" not in copy
    assert "line of dan" in copy


async def test_what_is_about_all_was_asked_by_nobody(evening: Evening):
    await evening.begin("helped")
    await evening.house.work_off()
    assert "I asked this" not in labels_of(evening.message)
    reply = await evening.tap("ana", "asks", "on")
    assert "You asked this." not in text_of(reply)


class TestOnDiscord:
    @pytest.fixture
    def platform(self):
        return "discord"

    async def test_the_copy_is_there_as_long_as_the_exercise_is_on(self, evening: Evening):
        exercise = await question(evening)
        copy = await evening.tap("ana", "copy")
        assert "as long as the exercise is on" in text_of(copy)
        assert "line of ben" in text_of(copy)
        await evening.step("end")
        await evening.house.work_off()
        assert await acting.told_in_private(evening, "ana") == []
        assert "no copy for you" in text_of(await evening.tap("ana", "copy", subject=exercise))


class TestTimer:
    async def test_ideas_come_first_in_number_for_five_minutes_and_late_ones_still_count(self, evening: Evening):
        await evening.begin_typed("ideas", "What helps?")
        await evening.house.work_off()
        assert "none is judged yet" in evening.board
        assert "Time until about" in evening.board
        await evening.house.pass_time(minutes=5)
        assert "The time is over." in evening.board
        assert evening.message.quiet
        await evening.write("ana", ideas="late")
        assert len(await evening.lines_of("ana")) == 1

    async def test_a_facilitator_lets_it_run_anew_or_stops_it_at_once(self, evening: Evening):
        exercise = await evening.begin_typed("ideas", "What helps?")
        control = await evening.lead("control", exercise)
        assert labels_of(control)[:3] == ["3 minutes", "5 minutes", "Stop the timer"]
        await evening.house.pass_time(minutes=4)
        await evening.house.press("fay", press_of(control, "3 minutes"), leads=True)
        await evening.house.pass_time(minutes=2)
        assert "Time until about" in evening.board
        await evening.house.press("fay", press_of(control, "Stop the timer"), leads=True)
        await evening.house.pass_time(minutes=2)
        assert "Time until about" not in evening.board
        assert "The time is over." not in evening.board
        for value in ("4", "", "yes", "99"):
            await evening.lead("timer", exercise, value)
        assert (await evening.running()).until is None

    async def test_it_survives_a_night_without_the_bot_and_is_for_ideas_only(self, evening: Evening):
        await evening.begin_typed("ideas", "What helps?")
        await evening.house.sleep_through(minutes=20)
        assert "The time is over." in evening.board
        await evening.step("end")
        exercise = await evening.begin("helped")
        await evening.lead("timer", exercise, "3")
        assert (await evening.running()).until is None

    async def test_a_member_cannot_touch_it(self, evening: Evening):
        exercise = await evening.begin_typed("ideas", "What helps?")
        before = (await evening.running()).until
        for value in ("3", "off"):
            assert "for the facilitators" in text_of(await evening.tap("ana", "timer", value, subject=exercise))
        assert (await evening.running()).until == before
