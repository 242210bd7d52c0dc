"""Who may do what in an exercise: members, facilitators, those who were put out, and those of elsewhere."""

import pytest
from msgspec.structs import replace

from bot.core.deeds import Standing
from bot.core.ids import new_id
from bot.core.replies import Press
from handlers.floor.records import Hold
from storage.floor import FloorBook
from storage.meetings import Meetings
from tests.handlers.exercises.evening import Evening, led
from tests.handlers.screens import press_of, text_of


@pytest.mark.parametrize("action", ["open", "topic", "control", "merge", "poll", "count", "listed", "end"])
async def test_a_members_forged_step_changes_nothing(evening: Evening, action: str):
    exercise = await evening.begin("ideas", "What helps?")
    await evening.five_write("ideas")
    before = await evening.running()
    subject = evening.occurrence if action in ("open", "topic") else exercise
    for value in ("", "yes", "after_0", "board"):
        for private in (False, True):
            reply = await evening.house.press("ana", Press("exercises", action, subject, value), private=private)
            assert "for the facilitators" in text_of(reply)
    assert replace(await evening.running(), asked_at=None) == replace(before, asked_at=None)
    assert await evening.items() == []


async def test_a_facilitators_steps_work_in_private_after_an_act_in_the_room_and_end_with_the_role(evening: Evening):
    exercise = await evening.begin("board")
    control = Press("exercises", "control", exercise)
    assert "Nobody has written yet." in text_of(await evening.house.press("fay", control, private=True))
    await evening.house.press("fay", control)  # in the room, without the role any more
    assert "for the facilitators" in text_of(await evening.house.press("fay", control, private=True))


@pytest.mark.parametrize("subject", ["", "0" * 32, "x", "another"])
@pytest.mark.parametrize(
    "action", ["open", "topic", "control", "merge", "poll", "count", "listed", "hide", "end", "write", "chip", "mine", "withdraw"]
)
async def test_a_press_on_what_is_not_there_is_answered_kindly(evening: Evening, action: str, subject: str):
    await evening.house.consent("ana")
    reply = await evening.house.press("ana", Press("exercises", action, subject, "x"))
    assert reply.blocks
    assert reply.form is None


async def test_in_the_room_of_another_community_it_is_as_if_it_were_not_there(evening: Evening):
    exercise = await evening.begin("board")
    await evening.house.consent("ana")
    wrong = text_of(await evening.tap("ana", "mine", subject="0" * 32))
    evening.house.space = "elsewhere"
    for action in ("write", "mine", "read", "ballot", "control", "end"):
        reply = await evening.house.press("ana", Press("exercises", action, exercise), leads=True)
        assert text_of(reply) == wrong
        assert reply.form is None


@pytest.mark.parametrize("standing", [Standing.MUTED, Standing.WAITING, Standing.OUT])
async def test_who_was_muted_or_put_out_writes_and_reads_nothing(evening: Evening, standing: Standing):
    await evening.begin("board")
    await evening.write("ana", gives="before")
    person = await evening.house.person("ana")

    async def hold(unit):
        found = await Meetings(unit).occurrence(evening.occurrence)
        series = await Meetings(unit).series(found.series) if found is not None else None
        assert found is not None
        assert series is not None
        made = Hold(new_id(), found.id, person, series.community, series.room, standing, evening.house.clock.now())
        await FloorBook(unit).keep_hold(made)

    await evening.house.store.transact(hold)
    assert "for the people in the meeting" in text_of(await evening.write("ana", gives="after"))
    for action in ("write", "read", "ballot"):
        assert "for the people in the meeting" in text_of(await evening.tap("ana", action))
    screen = await evening.tap("ana", "mine")
    assert "before" in text_of(screen)
    await evening.house.press("ana", press_of(screen, "Take back"))
    assert await evening.lines_of("ana") == []


async def test_with_a_kept_door_only_who_was_let_in_takes_part(house):
    occurrence = await led(house, admission="facilitator")
    evening = Evening(house, occurrence)
    await evening.begin("board")
    assert "for the people in the meeting" in text_of(await evening.write("ana", gives="from outside"))
    assert await evening.lines_of("ana") == []


async def test_a_new_one_belongs_in_working_time(house):
    occurrence = await house.plan()
    await house.pass_time(minutes=1)
    early = await house.press("fay", Press("exercises", "topic", occurrence.id, "helped"), leads=True)
    assert "belongs in working time" in text_of(early)
