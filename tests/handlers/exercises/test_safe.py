"""What nobody may learn, do or leave behind."""

import pytest
from sqlalchemy import select

from bot.core.ids import new_id
from storage.privacy import PersonalRows
from storage.tables.exercises import exercise_items, exercise_lines
from tests.handlers.exercises.evening import FIVE, Evening, led
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

# Hiding and taking back ---------------------------------------------------------------------------------------------------


async def test_a_hidden_line_leaves_the_room_at_once_and_may_be_shown_again(evening: Evening):
    exercise = await evening.begin("board")
    await evening.five_write("gives")
    await evening.merge()
    number = next(item.number for item in await evening.items() if item.words == "line of ben")
    hide = press_of(await evening.lead("listed", exercise), f"Hide {number}")
    for _ in range(2):
        listed = await evening.house.press("fay", hide, leads=True)
    await evening.house.work_off()
    assert "line of ben" not in evening.board
    assert "line of ben (hidden)" in text_of(listed)
    assert "not shown in the room" in text_of(await evening.tap("ben", "mine"))
    await evening.house.press("fay", press_of(listed, f"Show {number} again"), leads=True)
    await evening.house.work_off()
    assert "line of ben" in evening.board


async def test_what_is_hidden_stays_so_when_somebody_writes_it_again(evening: Evening):
    exercise = await evening.begin("board")
    await evening.five_write("gives")
    await evening.merge()
    number = next(item.number for item in await evening.items() if item.words == "line of ben")
    await evening.house.press("fay", press_of(await evening.lead("listed", exercise), f"Hide {number}"), leads=True)
    for who in FIVE:
        await evening.write(who, gives=f"other of {who}" + ("\nLINE OF BEN" if who == "ana" else ""))
    await evening.merge()
    assert "other of ana" in evening.board
    assert "line of ben" not in evening.board.casefold()


async def test_an_author_takes_a_line_back_before_and_after_it_was_shown(evening: Evening):
    await evening.begin("board")
    await evening.five_write("gives")
    await evening.write("ana", costs="too much said")
    await evening.house.press("ana", press_of(await evening.tap("ana", "mine"), "Take back 2"))
    await evening.merge()
    assert "too much said" not in evening.board
    assert "line of ana" in evening.board
    edits = evening.edits
    back = press_of(await evening.tap("ana", "mine", private=True), "Take back 1")
    for _ in range(2):
        screen = await evening.house.press("ana", back, private=True)
    await evening.house.work_off()
    assert "line of ana" not in evening.board
    assert "line of ben" in evening.board
    assert evening.edits == edits + 1
    assert "You have not written anything yet." in text_of(screen)


async def test_nobody_takes_back_anothers_line(evening: Evening):
    exercise = await evening.begin("board")
    await evening.write("ana", gives="mine")
    forged = press_of(await evening.tap("ana", "mine"), "Take back 1")
    await evening.house.press("ben", forged)
    await evening.house.press("fay", forged, leads=True)
    assert len(await evening.lines_of("ana")) == 1
    for value in ("", "_", "0" * 9, "000000000_9"):
        await evening.tap("ana", "withdraw", value, subject=exercise)
    assert len(await evening.lines_of("ana")) == 1


async def test_erasing_oneself_takes_the_lines_out_of_the_room_within_a_minute(evening: Evening):
    await evening.begin("board")
    await evening.five_write("gives")
    await evening.merge()
    person = await evening.house.person("ana")
    await evening.house.store.transact(lambda unit: PersonalRows(unit).erase(person, evening.house.clock.now()))
    await evening.house.pass_time(seconds=61)
    assert "line of ana" not in evening.board
    assert "line of ben" in evening.board


async def test_a_person_reads_their_lines_in_their_export(evening: Evening):
    await evening.begin("board")
    await evening.write("ana", gives="It calms me")
    person = await evening.house.person("ana")
    data = await evening.house.store.transact(lambda unit: PersonalRows(unit).export(person))
    assert data["exercise_lines"][0]["body"] == {"words": "It calms me", "chip": ""}


# What they type -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["x" * 10_000, "x" * 121, "ok\n" + "y" * 121, "\n".join(f"line {n}" for n in range(6))])
async def test_too_much_is_refused_whole_and_kindly(evening: Evening, words: str):
    await evening.begin("board")
    reply = await evening.write("ana", gives=words, costs="fine")
    assert reply.blocks
    assert await evening.lines_of("ana") == []


async def test_five_lines_a_box_also_over_several_forms(evening: Evening):
    await evening.begin("board")
    await evening.write("ana", gives="1\n2\n3\n4")
    assert "more lines than fit" in text_of(await evening.write("ana", gives="5\n6"))
    await evening.house.pass_time(seconds=1)
    await evening.write("ana", gives="4\n5", costs="1")
    assert [(line.box, line.words) for line in await evening.lines_of("ana")][:5] == [(0, str(n)) for n in range(1, 6)]


async def test_signs_directions_and_markup_are_words_like_others(evening: Evening):
    await evening.begin("board")
    for who, words in zip(FIVE, ("???", "\u202e\u200b", "מזל", "tg://x [a](b)", "=1+1"), strict=True):
        await evening.write(who, gives=words, costs="money")
    await evening.merge()
    assert "???" in evening.board
    assert "\u202e" not in evening.board
    assert "\u2068מזל\u2069" in evening.board
    assert len([item for item in await evening.items() if item.box == 0]) == 4  # one typed nothing that is to be seen


async def test_the_log_has_none_of_it(evening: Evening, capsys):
    exercise = await evening.begin("ideas", "canaryquestion")
    await evening.five_write("ideas", "canaryword")
    await evening.merge()
    number = (await evening.items())[0].number
    await evening.house.press("fay", press_of(await evening.lead("listed", exercise), f"Hide {number}"), leads=True)
    await evening.write("ana", ideas="canaryword " + "x" * 200)
    await evening.step("end")
    said = capsys.readouterr()
    assert "canary" not in said.out + said.err


async def test_no_button_and_no_kept_answer_carries_anothers_words(evening: Evening):
    exercise = await evening.begin("board")
    await evening.five_write("gives", "secret")
    await evening.merge()
    screens = [await evening.tap("zoe", "read"), await evening.lead("listed", exercise), evening.message]
    assert not any("secret" in button.label for screen in screens for button in buttons_of(screen))
    assert all(screen.fleeting for screen in screens[:2])


async def test_the_order_tells_nothing_of_who_wrote_when(evening: Evening):
    """Five orders that are all the order of writing would be a chance of one in many millions."""
    kept = 0
    for _ in range(5):
        await evening.begin("board")
        await evening.five_write("gives")
        await evening.merge()
        kept += [item.words for item in await evening.items()] == [f"line of {who}" for who in FIVE]
        await evening.step("end")
        await evening.house.pass_time(minutes=1)  # nobody may act too often in one
    assert kept < 5


# Many, and late -----------------------------------------------------------------------------------------------------------


async def test_three_hundred_who_write_within_ten_seconds_are_a_handful_of_edits(evening: Evening):
    await evening.begin("board")
    await evening.house.work_off()
    before = evening.edits
    for number in range(300):
        await evening.write(f"p{number}", gives=f"line {number}")
        if number % 30 == 29:
            await evening.house.pass_time(seconds=1)
    await evening.house.pass_time(seconds=5)
    assert "300 people have written." in evening.board
    assert evening.edits - before <= 5
    await evening.merge()
    assert len(evening.board) < 2000
    assert "more." in evening.board


async def test_left_open_it_ends_with_the_meeting_that_nobody_closed_also_after_a_night_without_the_bot(evening: Evening):
    await evening.begin("board")
    await evening.five_write("gives")
    await evening.merge()
    await evening.house.sleep_through(hours=10)
    await evening.house.pass_time(minutes=3)
    assert await evening.has_ended()
    assert "line of" not in evening.board


async def test_a_promised_edit_that_was_lost_is_promised_again(evening: Evening):
    exercise = await evening.begin("board")
    await evening.write("ana", gives="one")
    await evening.house.store.transact(lambda unit: unit.due.drop(f"exercise_show_{exercise}"))
    await evening.house.pass_time(minutes=2)
    await evening.write("ben", gives="two")
    await evening.house.pass_time(seconds=4)
    assert "2 people have written." in evening.board


async def test_words_are_sealed_and_one_key_opens_one_authors_lines_only(evening: Evening):
    await evening.begin("board")
    await evening.five_write("gives", "canary")
    await evening.merge()

    async def rows(unit):
        lines, items = await unit.rows(select(exercise_lines)), await unit.rows(select(exercise_items))
        return [dict(row) for row in lines], [dict(row) for row in items]

    lines, items = await evening.house.store.transact(rows)
    assert len(lines) == len(items) == 5
    assert all(b"canary" not in row["body"] for row in lines)
    assert not any("canary" in str(value) for row in items for value in row.values())


class TestQuestionByQuestion:
    """Where no form is shown at once."""

    @pytest.fixture
    def platform(self):
        return "telegram"

    async def test_the_fields_are_asked_in_private_and_the_room_gets_words_alone(self, evening: Evening):
        await evening.begin_typed("board", "drinking")
        await evening.house.consent("ana")
        question = await evening.tap("ana", "write")
        assert "what does it give me?" in text_of(question)
        await evening.house.write("ana", "It calms me\nI sleep")
        skip = press_of(await evening.house.write("ana", "Money"), "Skip")
        reply = await evening.house.press("ana", skip, private=True)
        mine = await evening.house.press("ana", press_of(reply, "Skip"), private=True)
        assert "It calms me" in text_of(mine)
        assert len(await evening.lines_of("ana")) == 3
        for who in FIVE[1:]:
            await evening.write(who, gives=f"line of {who}")
        await evening.merge()
        assert "About: drinking" in evening.board
        assert "line of ben" in evening.board
        assert evening.message.picture is None

    async def test_consent_comes_before_the_first_question(self, evening: Evening):
        await evening.begin("helped")
        gate = await evening.tap("ana", "chip", "walk")
        screen = await evening.house.press("ana", press_of(gate, "Yes"), private=True)
        assert await evening.lines_of("ana") == []
        assert "I went for a walk" in labels_of(screen)


async def test_an_act_by_somebody_nobody_knows_in_private_needs_the_exercises_own_id(evening: Evening):
    """The id is 128 random bits, and stands on the buttons of its own room only."""
    exercise = await evening.begin("board")
    known = await evening.tap("zoe", "mine", subject=exercise, private=True)
    assert "You have not written anything yet." in text_of(known)
    guessed = await evening.tap("zoe", "mine", subject=new_id(), private=True)
    assert "You have not written anything yet." not in text_of(guessed)


async def test_the_room_is_told_in_the_meetings_language(house):
    evening = Evening(house, await led(house, language="de"))
    await evening.begin("helped")
    await house.work_off()
    assert "Was hat dir bei einem Drang geholfen" in evening.board
