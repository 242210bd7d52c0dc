"""What nobody may learn, do or leave behind in a rehearsal."""

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.deeds import Standing
from bot.core.ids import new_id
from bot.core.replies import Press
from handlers.exercises.records import Stage
from handlers.floor.records import Hold
from storage.floor import FloorBook
from storage.meetings import Meetings
from storage.privacy import PersonalRows
from storage.tables.exercises import exercise_parts
from tests.handlers.exercises import acting
from tests.handlers.exercises.evening import Evening
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

WATCHERS = ("cleo", "dan", "eve", "finn", "gil")


async def held(evening: Evening, who: str, standing: Standing) -> None:
    person = await evening.house.person(who)

    async def work(unit):
        found = await Meetings(unit).occurrence(evening.occurrence)
        assert found is not None
        series = await Meetings(unit).series(found.series)
        assert series is not None
        assert series.room
        made = Hold(new_id(), found.id, person, series.community, series.room, standing, evening.house.clock.now())
        await FloorBook(unit).keep_hold(made)

    await evening.house.store.transact(work)


async def ordered(evening: Evening, **how: bool) -> None:
    async def work(unit):
        book = FloorBook(unit)
        await book.keep_order(replace(await book.order(evening.occurrence), **how))

    await evening.house.store.transact(work)


# Who may ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["script", "give", "play", "swap", "stop"])
async def test_a_members_forged_step_changes_nothing(evening: Evening, action: str):
    exercise = await acting.begin(evening) if action in ("swap", "stop") else await acting.gather(evening)
    before, roles = await evening.running(), await acting.parts(evening, exercise)
    subject = {"script": evening.occurrence, "give": roles[1].id}.get(action, exercise)
    for value in ("", "yes", "0", "one", "own"):
        for private in (False, True):
            reply = await evening.house.press("zoe", Press("exercises", action, subject, value), private=private)
            assert "for the facilitators" in text_of(reply)
    assert replace(await evening.running(), asked_at=None) == replace(before, asked_at=None)
    assert await acting.parts(evening, exercise) == roles


@pytest.mark.parametrize("subject", ["", "0" * 32, "x"])
@pytest.mark.parametrize(
    "action",
    ["script", "give", "play", "swap", "stop", "join", "part", "name", "agree", "card", "few", "note", "asks", "copy", "take"],
)
async def test_a_press_on_what_is_not_there_is_answered_kindly(evening: Evening, action: str, subject: str):
    await evening.house.consent("ana")
    reply = await evening.house.press("ana", Press("exercises", action, subject, "plays"))
    assert reply.blocks
    assert reply.form is None


async def test_presses_of_a_rehearsal_on_another_exercise_change_nothing(evening: Evening):
    exercise = await evening.begin("ideas", "What helps?")
    for action in ("join", "part", "name", "card", "play", "swap", "stop", "note", "few"):
        reply = await evening.lead(action, exercise, "plays")
        assert reply.form is None
    assert await acting.parts(evening, exercise) == []
    await evening.step("end")
    rehearsal = await acting.gather(evening)
    before = await acting.parts(evening, rehearsal)
    for value in ("", "3", "on"):
        for action in ("timer", "asks", "copy", "poll", "count", "merge"):
            await evening.lead(action, rehearsal, value)
    await evening.tap("cleo", "join", "asks")
    assert await acting.parts(evening, rehearsal) == before
    assert (await evening.running()).stage is Stage.WRITING


async def test_in_the_room_of_another_community_it_is_as_if_it_were_not_there(evening: Evening):
    exercise = await acting.begin(evening)
    evening.house.space = "elsewhere"
    wrong = text_of(await evening.tap("ana", "part", subject="0" * 32))
    for action in ("join", "part", "card", "stop", "swap"):
        assert text_of(await evening.house.press("ana", Press("exercises", action, exercise, "plays"), leads=True)) == wrong
    evening.house.space = "space"
    assert (await evening.running()).stage is Stage.PLAYING


async def test_nobody_takes_a_role_from_those_who_play(evening: Evening):
    exercise = await acting.begin(evening)
    for role in ("plays", "offers"):
        assert "Both roles are taken" in text_of(await evening.tap("cleo", "join", role))
    assert len(await acting.parts(evening, exercise)) == 2


async def test_two_facilitators_who_begin_or_stop_at_once_do_it_once(evening: Evening):
    exercise = await acting.gather(evening)
    play, other = Press("exercises", "play", exercise), Press("exercises", "script", evening.occurrence, "sake")
    for who in ("fay", "guy"):
        await evening.house.press(who, play, leads=True)
    assert (await evening.running()).round == 0
    again = await evening.house.press("guy", other, leads=True)
    assert "It is being played." in text_of(again)
    for who in ("fay", "guy"):
        await evening.house.press(who, Press("exercises", "stop", exercise), leads=True)
    await evening.house.work_off()
    late = await evening.house.press("guy", Press("exercises", "swap", exercise, "0"), leads=True)
    assert "Ask how that was." in text_of(late)
    assert len([one for one in await acting.told_in_private(evening, "ana") if "My card" in labels_of(one)]) == 1


# Leaving ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ana", "ben"])
async def test_to_watch_from_within_a_role_is_to_stop(evening: Evening, who: str):
    await acting.begin(evening)
    assert "Nobody needs a reason." in text_of(await evening.tap(who, "join", "watches"))
    assert (await evening.running()).stage is Stage.TALKING


@pytest.mark.parametrize("who", ["ana", "ben"])
async def test_it_is_not_played_on_when_one_of_the_two_has_left_for_good(evening: Evening, who: str):
    await acting.begin(evening)
    await acting.show_name(evening, who, "Leaving")
    person = await evening.house.person(who)
    await evening.house.store.transact(lambda unit: PersonalRows(unit).erase(person, evening.house.clock.now()))
    await evening.house.pass_time(seconds=61)
    assert (await evening.running()).stage is Stage.TALKING
    assert "Leaving" not in evening.board


@pytest.mark.parametrize("standing", [Standing.MUTED, Standing.WAITING, Standing.OUT])
async def test_it_is_not_played_on_when_one_of_the_two_was_muted_or_put_out(evening: Evening, standing: Standing):
    exercise = await acting.begin(evening)
    await held(evening, "ben", standing)
    await evening.lead("swap", exercise, "0")
    assert (await evening.running()).stage is Stage.TALKING
    assert "for the people in the meeting" in text_of(await evening.tap("ben", "part"))


async def test_somebody_put_out_before_it_begins_is_no_longer_named(evening: Evening):
    exercise = await acting.gather(evening)
    await acting.show_name(evening, "ben", "Ben")
    await evening.house.pass_time(seconds=4)
    await held(evening, "ben", Standing.OUT)
    assert "A role is free" in text_of(await evening.lead("play", exercise))
    await evening.house.pass_time(seconds=61)
    assert "Ben" not in evening.board
    assert "Ben" not in text_of(await evening.lead("control", exercise))


async def test_a_calm_room_takes_no_role_and_plays_nothing_on(evening: Evening):
    await acting.begin(evening)
    await ordered(evening, calm=True)
    await evening.house.pass_time(seconds=61)
    assert (await evening.running()).stage is Stage.TALKING
    await evening.step("end")
    await evening.lead("script", evening.occurrence, "one")
    assert "Only facilitators speak" in text_of(await evening.tap("ana", "join", "plays"))
    assert "You watch." in text_of(await evening.tap("ana", "join", "watches"))
    assert "You would play yourself." in text_of(await evening.tap("fay", "join", "plays"))


async def test_a_locked_room_lets_nobody_new_into_a_role(evening: Evening):
    await evening.lead("script", evening.occurrence, "one")
    await evening.house.press("ben", Press("meetings", "join", evening.occurrence))
    await ordered(evening, locked=True)
    assert "locked" in text_of(await evening.tap("zoe", "join", "offers"))
    assert "You would make the offer." in text_of(await evening.tap("ben", "join", "offers"))


# The rule of five ---------------------------------------------------------------------------------------------------------


async def test_on_discord_fewer_than_five_lines_reach_nobody(evening: Evening):
    exercise = await acting.begin(evening)
    for who in WATCHERS[:4]:
        mine = await evening.write(who, says=f"no of {who}")
        assert "Yes, these lines" not in " ".join(labels_of(mine))
        forged = await evening.tap(who, "agree", "on_1")
        assert not any("Yes" in label or "No," in label for label in labels_of(forged))
    await acting.stop(evening)
    await evening.house.consent("ana")
    assert "no of" not in text_of(await evening.tap("ana", "card"))
    assert "no of" not in text_of(await evening.tap("ana", "few", subject=exercise))


async def test_on_discord_lines_leave_the_card_when_the_exercise_is_over(evening: Evening):
    exercise = await acting.begin(evening)
    for who in WATCHERS:
        await evening.write(who, says=f"no of {who}")
    await evening.merge()
    await evening.house.consent("ana")
    await acting.stop(evening)
    await acting.form(evening, "ana", "noted", best="No, thank you.")
    assert "no of cleo" in text_of(await evening.tap("ana", "card"))
    await evening.step("end")
    card = await evening.tap("ana", "card", subject=exercise, private=True)
    assert "no of" not in text_of(card)
    assert "No, thank you." in text_of(card)


class TestElsewhere:
    """Where a line may reach one person without a name: if both agreed."""

    @pytest.fixture
    def platform(self):
        return "telegram"

    async def test_of_fewer_than_five_only_whose_author_agreed_and_only_for_the_one_who_played(self, evening: Evening):
        exercise = await acting.begin(evening)
        for who in WATCHERS[:3]:
            await evening.write(who, says=f"no of {who}")
        asked = await evening.tap("cleo", "mine")
        assert "Person 1 may guess that they are yours." in text_of(asked)
        assert "no of cleo" in text_of(asked)
        await acting.agree(evening, "cleo")
        await acting.stop(evening)
        await evening.house.consent("ana")
        card = await evening.tap("ana", "card", private=True)
        assert "no of" not in text_of(card)
        few = await evening.house.press("ana", press_of(card, "One line for me alone"), private=True)
        assert "no of cleo" in text_of(few)
        assert "no of dan" not in text_of(few)
        assert "do not ask who it was" in text_of(few)
        assert few.fleeting
        for who in ("ben", "dan", "fay"):
            assert "no of" not in text_of(await evening.tap(who, "few", subject=exercise, private=True))
        assert "no of" not in evening.board

    async def test_what_was_written_after_the_screen_is_not_agreed_to_unseen(self, evening: Evening):
        await acting.begin(evening)
        await evening.write("cleo", says="first")
        yes = press_of(await evening.tap("cleo", "mine"), "Yes, these lines")
        await evening.write("cleo", says="second")
        await evening.house.press("cleo", yes)
        assert not any(line.agreed for line in await evening.lines_of("cleo"))
        await acting.agree(evening, "cleo")
        assert all(line.agreed for line in await evening.lines_of("cleo"))
        await evening.house.press("cleo", press_of(await evening.tap("cleo", "mine"), "Take back 1"))
        await evening.write("cleo", says="third")
        await evening.house.press("cleo", yes)
        assert {line.words: line.agreed for line in await evening.lines_of("cleo")}["third"] is False

    async def test_the_agreement_and_the_line_may_be_taken_back(self, evening: Evening):
        await acting.begin(evening)
        for who in ("cleo", "dan"):
            await evening.write(who, says=f"no of {who}")
            await acting.agree(evening, who)
        await acting.stop(evening)
        await evening.house.press("cleo", press_of(await evening.tap("cleo", "mine"), "No, do not show"))
        await evening.house.press("dan", press_of(await evening.tap("dan", "mine"), "Take back 1"))
        card = await evening.tap("ana", "card", private=True)
        assert "alone" not in " ".join(label for label in labels_of(card) if "line" in label)

    async def test_the_order_of_few_lines_tells_nothing(self, evening: Evening):
        await acting.begin(evening)
        for who in WATCHERS[:4]:
            await evening.write(who, says=f"no of {who}")
            await acting.agree(evening, who)
        await acting.stop(evening)
        few = text_of(await evening.tap("ana", "few", private=True))
        lines = {(await evening.lines_of(who))[0].id: f"no of {who}" for who in WATCHERS[:4]}
        places = [few.index(lines[one]) for one in sorted(lines)]  # by ids drawn at random
        assert places == sorted(places)

    async def test_the_card_is_filled_in_question_by_question(self, evening: Evening):
        await acting.begin(evening)
        await acting.stop(evening)
        await evening.house.consent("ana")
        card = await evening.tap("ana", "card", private=True)
        await evening.house.press("ana", press_of(card, "Write it down"), private=True)
        await evening.house.write("ana", "No, thank you.")
        card = await evening.house.write("ana", "The bus at ten")
        assert "My best line: No, thank you." in text_of(card)


# What they type, and what is left ---------------------------------------------------------------------------------------------


async def test_a_hostile_name_is_words_like_others_and_fits(evening: Evening):
    exercise = await acting.gather(evening)
    await evening.tap("dan", "join", "offers")
    await acting.show_name(evening, "ben", "@everyone **x** \u202e" + "y" * 20)
    refused = await acting.show_name(evening, "ben", "y" * 10_000)
    assert "yyy" not in text_of(refused)
    await evening.house.pass_time(seconds=4)
    assert "@everyone **x** y" in evening.board
    assert "\u202e" not in evening.board
    assert len(evening.board) < 2000
    control = await evening.lead("control", exercise)
    assert all(len(label) <= 40 for label in labels_of(control))


async def test_three_hundred_who_press_within_ten_seconds_are_a_handful_of_edits(evening: Evening):
    exercise = await acting.gather(evening)
    before = evening.edits
    for number in range(300):
        await evening.tap(f"p{number}", "join", ("plays", "offers", "watches")[number % 3])
        if number % 30 == 29:
            await evening.house.pass_time(seconds=1)
    await evening.house.pass_time(seconds=5)
    assert evening.edits - before <= 5
    assert "100 people watch." in evening.board
    assert len(evening.board) < 2000
    control = await evening.lead("control", exercise)
    assert len(control.buttons) <= 5
    assert all(len(row) <= 5 for row in control.buttons)


async def test_names_and_lines_are_sealed_and_in_no_log(evening: Evening, capsys):
    exercise = await acting.begin(evening)
    await acting.show_name(evening, "ana", "canaryname")
    await evening.write("cleo", says="canaryline")
    await acting.stop(evening)
    await acting.form(evening, "ana", "noted", best="canarybest", leave="canaryway")
    rows = await evening.house.store.transact(lambda unit: _rows(unit, exercise))
    assert not any("canary" in str(value) for row in rows for value in row.values())
    said = capsys.readouterr()
    assert "canary" not in said.out + said.err


async def test_no_button_and_no_word_in_the_room_names_anybody_who_did_not_tick_it(evening: Evening):
    await acting.begin(evening)
    await evening.write("cleo", says="no of cleo")
    await acting.stop(evening)
    said = evening.board + " ".join(button.label for button in buttons_of(evening.message))
    assert not any(name in said.casefold() for name in ("ana", "ben", "cleo"))


async def test_a_person_reads_their_part_in_their_export(evening: Evening):
    await acting.begin(evening)
    await acting.stop(evening)
    await evening.house.consent("ana")
    await acting.form(evening, "ana", "noted", best="No, thank you.", leave="")
    person = await evening.house.person("ana")
    data = await evening.house.store.transact(lambda unit: PersonalRows(unit).export(person))
    body = data["exercise_parts"][0]["body"]
    assert isinstance(body, dict)
    assert body["best"] == "No, thank you."


async def _rows(unit, exercise):
    found = await unit.rows(select(exercise_parts).where(exercise_parts.c.exercise == exercise))
    assert found
    return [dict(row) for row in found]
