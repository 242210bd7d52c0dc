"""The board of costs and benefits, from the facilitator's button to the end of the meeting."""

from sqlalchemy import func, select

from bot.core.calls import Kind
from bot.core.meetings import State
from bot.core.replies import Press, To
from storage.meetings import Meetings
from storage.tables.exercises import exercise_items, exercise_lines, exercise_votes, exercises
from tests.handlers.exercises.evening import FIVE, Evening
from tests.handlers.screens import labels_of, press_of, text_of


async def test_a_facilitator_opens_it_from_the_panel_or_by_command(evening: Evening):
    house = evening.house
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    chosen = await house.press("fay", press_of(panel, "Exercise"), leads=True)
    assert labels_of(chosen)[:3] == ["What it gives, what it costs", "Ideas with a vote", "What helped this week"]
    assert chosen.to is To.ONLY_YOU
    typed = await house.type("fay", "/meeting exercise", leads=True)
    assert labels_of(typed) == labels_of(chosen)


async def test_the_room_gets_one_message_with_a_count_of_people_only(evening: Evening):
    await evening.begin("board", "  drinking\nin the evening ")
    await evening.house.work_off()
    assert "About: drinking in the evening" in evening.board
    assert "Nobody has written yet." in evening.board
    await evening.write("ana", gives="It calms me\nI sleep", costs="Money")
    await evening.write("ben", gains="Mornings")
    await evening.house.pass_time(seconds=4)
    assert "2 people have written." in evening.board
    assert "calms" not in evening.board
    assert "Mornings" not in evening.board


async def test_a_member_who_presses_fills_in_four_fields_in_private_then_sees_their_own_lines(evening: Evening):
    await evening.begin("board")
    await evening.house.consent("ana")
    form = (await evening.tap("ana", "write")).form
    assert form is not None
    assert [field.name for field in form.fields] == ["gives", "costs", "loses", "gains"]
    assert not any(field.required for field in form.fields)
    mine = await evening.write("ana", gives="It calms me\n\n it  calms ME \nI sleep")
    assert mine.to is To.ONLY_YOU
    assert text_of(mine).count("calms") == 1
    again = await evening.tap("ana", "write")
    assert again.form is None
    assert "It calms me" in text_of(again)
    more = await evening.house.press("ana", press_of(again, "Write more"))
    assert more.form is not None


async def test_the_first_word_needs_consent(evening: Evening):
    await evening.begin("board")
    gate = await evening.tap("ana", "write")
    assert gate.form is None
    assert any("18" in label for label in labels_of(gate))
    await evening.house.press("ana", press_of(gate, "Yes"))
    assert (await evening.tap("ana", "write")).form is not None
    direct = Press("exercises", "lines", (await evening.running()).id)
    kept = await evening.house.act("zoe", Kind.FORM, press=direct, name="exercises.lines", arguments={"gives": "secret"})
    assert any("18" in label for label in labels_of(kept))


async def test_with_four_people_nothing_is_brought_together_and_it_is_said_kindly(evening: Evening):
    exercise = await evening.begin("board")
    for who in FIVE[:4]:
        await evening.write(who, gives=f"line of {who}", costs="more", loses="and more")
    control = await evening.lead("control", exercise)
    assert "4 people have written." in text_of(control)
    assert "It takes five people." in text_of(control)
    assert "Show in the room" not in labels_of(control)
    forged = await evening.lead("merge", exercise, "after_0")
    assert "It takes five people." in text_of(forged)
    assert await evening.items() == []


async def test_with_five_the_lines_stand_in_the_room_without_names_as_a_picture_with_its_words(evening: Evening):
    exercise = await evening.begin("board")
    await evening.five_write("gives")
    await evening.write("ana", gains="@everyone **free** <b>mornings</b> \u202eabc")
    asked = await evening.lead("merge", exercise)
    assert "5 people have written." in text_of(asked)
    assert await evening.items() == []
    await evening.house.press("fay", press_of(asked, "Yes"), leads=True)
    await evening.house.work_off()
    assert all(f"line of {who}" in evening.board for who in FIVE)
    assert "@everyone **free** <b>mornings</b> abc" in evening.board
    picture = evening.message.picture
    assert picture is not None
    assert picture.kind == "table"
    assert len(picture.labels) == 4 + 6
    assert {int(box) for box, _ in picture.points} == {0, 3}


async def test_lines_that_read_alike_stand_once(evening: Evening):
    await evening.begin("board")
    for who, words in zip(FIVE, ("I sleep", "i  SLEEP.", "I sleep!", "I slèep", "Money"), strict=True):
        await evening.write(who, gives=words)
    await evening.merge()
    assert len(await evening.items()) == 2
    assert "people or more" not in evening.board


async def test_what_comes_later_is_shown_only_when_five_have_something_new(evening: Evening):
    exercise = await evening.begin("board")
    await evening.five_write("gives")
    await evening.merge()
    for who in (*FIVE[:3], "finn"):
        await evening.write(who, costs=f"new of {who}")
    await evening.house.pass_time(seconds=4)
    assert "4 people have added something new." in evening.board
    assert "new of" not in evening.board
    assert "Show in the room" not in labels_of(await evening.lead("control", exercise))
    await evening.merge()
    assert "new of" not in evening.board
    await evening.write("gil", costs="new of gil")
    before = [item.number for item in await evening.items()]
    await evening.merge()
    assert "new of gil" in evening.board
    assert [item.number for item in await evening.items()][: len(before)] == before


async def test_a_second_yes_means_the_same_once(evening: Evening):
    exercise = await evening.begin("board")
    await evening.five_write("gives")
    yes = press_of(await evening.lead("merge", exercise), "Yes")
    await evening.house.press("fay", yes, leads=True)
    for who in FIVE:
        await evening.write(who, costs=f"new of {who}")
    again = await evening.house.press("fay", yes, leads=True)
    assert "Show their lines in the room now" in text_of(again)
    assert len(await evening.items()) == 5


async def test_two_facilitators_begin_one_exercise(evening: Evening):
    reply = await evening.lead("topic", evening.occurrence, "board")
    assert reply.form is not None
    first = await evening.begin("helped")
    await evening.house.send_form("fay", reply.form.press, {"topic": "late"})
    assert (await evening.running()).id == first


async def test_the_meetings_end_takes_the_lines_out_of_the_room(evening: Evening):
    await evening.begin("board", "drinking")
    await evening.five_write("gives")
    await evening.merge()
    panel = await evening.house.press("fay", press_of(evening.house.card, "Facilitator"), leads=True)
    asked = await evening.house.press("fay", press_of(panel, "End"), leads=True)
    await evening.house.press("fay", press_of(asked, "Yes"), leads=True)
    assert await evening.house.store.transact(lambda unit: _state(unit, evening)) is State.CLOSED
    await evening.house.pass_time(minutes=1)
    assert "This exercise has ended." in evening.board
    assert "line of" not in evening.board
    assert "drinking" not in evening.board
    assert evening.message.picture is None
    assert await evening.has_ended()


async def test_an_end_by_the_facilitator_asks_first_and_lets_another_begin(evening: Evening):
    exercise = await evening.begin("board")
    await evening.five_write("gives")
    await evening.merge()
    assert "can copy it now" in text_of(await evening.lead("end", exercise))
    await evening.step("end")
    await evening.house.work_off()
    assert "line of" not in evening.board
    assert "Ideas with a vote" in labels_of(await evening.open())
    late = await evening.tap("ana", "write", subject=exercise)
    assert "has ended" in text_of(late)


async def test_a_day_after_nothing_is_left(evening: Evening):
    exercise = await evening.begin("board")
    await evening.five_write("gives")
    mine = press_of(await evening.tap("ana", "mine"), "Take back 1")
    await evening.house.pass_time(hours=3)
    assert await evening.has_ended()
    after = await evening.tap("ana", "mine", subject=exercise, private=True)
    assert "line of ana" in text_of(after)
    gone = await evening.house.press("ana", mine, private=True)
    assert "line of ana" not in text_of(gone)
    await evening.house.pass_time(hours=26)
    assert await evening.house.store.transact(_rows) == [0, 0, 0, 0]


async def _state(unit, evening):
    found = await Meetings(unit).occurrence(evening.occurrence)
    return found.state if found is not None else None


async def _rows(unit):
    counted = (exercises, exercise_items, exercise_lines, exercise_votes)
    return [(await unit.row(select(func.count().label("n")).select_from(table)))["n"] for table in counted]
