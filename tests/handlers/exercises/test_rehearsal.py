"""A rehearsal, from the facilitator's choice to the card of the one who played."""

import pytest

from bot.core.replies import To
from handlers.exercises.parts import SCRIPTS
from handlers.exercises.records import Role, Stage
from tests.handlers.exercises import acting
from tests.handlers.exercises.evening import Evening
from tests.handlers.screens import labels_of, press_of, text_of

WATCHERS = ("cleo", "dan", "eve", "finn", "gil")


async def test_a_facilitator_chooses_a_moment_that_is_ready_or_writes_one(evening: Evening):
    chosen = await evening.open()
    asked = await evening.house.press("fay", press_of(chosen, "Rehearsal"), leads=True)
    assert labels_of(asked)[:5] == ["“Just one”", "“Everyone does”", "“Do it for me”", "They push my limit", "In my own words"]
    form = (await evening.house.press("fay", press_of(asked, "In my own words"), leads=True)).form
    assert form is not None
    await evening.house.send_form("fay", form.press, {"topic": "  a wedding,\nsomeone holds out a glass "})
    await evening.house.work_off()
    assert "The moment: a wedding, someone holds out a glass" in evening.board
    assert labels_of(evening.message)[:3] == ["I play myself", "I make the offer", "I watch"]


@pytest.mark.parametrize("script", SCRIPTS)
async def test_a_stock_moment_stands_in_the_room_and_gives_the_one_who_offers_mild_lines(evening: Evening, script: str):
    await acting.begin(evening, script)
    assert "The moment:" in evening.board
    mine = await evening.tap("ben", "part")
    assert mine.to is To.ONLY_YOU
    assert text_of(mine).count("• “") == 3
    assert "Stay mild" in text_of(mine)
    assert "You answer." in text_of(await evening.tap("ana", "part"))


async def test_people_say_what_they_would_be_by_number_and_only_watchers_are_counted(evening: Evening):
    exercise = await acting.gather(evening)
    await evening.tap("cleo", "join", "watches")
    await evening.house.pass_time(seconds=4)
    assert "Would play themself: Person 1" in evening.board
    assert "Would make the offer: Person 2" in evening.board
    assert "One person watches." in evening.board
    await evening.tap("cleo", "join", "offers")
    await evening.house.pass_time(seconds=4)
    assert "Would make the offer: Person 3" in evening.board
    assert [part.number for part in await acting.parts(evening, exercise)] == [1, 2, 3]


async def test_a_name_is_shown_only_where_it_is_ticked_and_may_be_taken_back(evening: Evening):
    await acting.gather(evening)
    assert (await evening.tap("ana", "name")).form is None  # a name is kept: consent comes first
    await acting.show_name(evening, "ana", "  Ana\nB ")
    await evening.house.pass_time(seconds=4)
    assert "Would play themself: Ana B" in evening.board
    assert "Person 2" in evening.board
    await acting.show_name(evening, "ana", "")
    await evening.house.pass_time(seconds=4)
    assert "Ana" not in evening.board


async def test_the_facilitator_gives_the_roles_to_those_who_would_have_them(evening: Evening):
    exercise = await acting.gather(evening)
    await evening.tap("dan", "join", "offers")
    control = await evening.lead("control", exercise)
    assert "✓ Person 2 offers" in labels_of(control)
    control = await evening.house.press("fay", press_of(control, "Person 3 offers"), leads=True)
    assert "✓ Person 3 offers" in labels_of(control)
    await evening.house.press("fay", press_of(control, "Begin"), leads=True)
    await evening.house.work_off()
    assert "Person 1 answers. Person 3 makes the offer." in evening.board
    assert [one.number for one in await acting.parts(evening, exercise) if one.given] == [1, 3]


async def test_it_does_not_begin_while_a_role_is_free(evening: Evening):
    await evening.lead("script", evening.occurrence, "one")
    exercise = (await evening.running()).id
    await evening.tap("ana", "join", "plays")
    assert "Begin" not in labels_of(await evening.lead("control", exercise))
    assert "A role is free" in text_of(await evening.lead("play", exercise))
    assert (await evening.running()).stage is Stage.WRITING


async def test_the_one_who_offers_is_told_in_private_with_a_word_that_says_nothing(evening: Evening):
    await acting.begin(evening)
    (told,) = await acting.told_in_private(evening, "ben")
    assert text_of(told) == "It begins now."
    lines = await evening.house.press("ben", press_of(told, "My part"), private=True)
    assert "just one" in text_of(lines)
    assert await acting.told_in_private(evening, "ana") == []


async def test_swap_changes_the_two_and_the_second_press_means_the_same_once(evening: Evening):
    exercise = await acting.begin(evening)
    swap = press_of(await evening.lead("control", exercise), "Swap")
    for _ in range(2):
        await evening.house.press("fay", swap, leads=True)
    await evening.house.work_off()
    assert "Person 2 answers. Person 1 makes the offer." in evening.board
    assert "just one" in text_of(await evening.tap("ana", "part"))
    assert (await evening.running()).round == 1
    await evening.house.press("fay", press_of(await evening.lead("control", exercise), "Swap"), leads=True)
    assert "You answer." in text_of(await evening.tap("ana", "part"))


async def test_after_two_minutes_there_is_a_quiet_word_and_nobody_is_cut_off(evening: Evening):
    await acting.begin(evening)
    assert "Two minutes, until about" in evening.board
    await evening.house.pass_time(seconds=119)
    assert "are over" not in evening.board
    await evening.house.pass_time(seconds=2)
    assert "The two minutes are over." in evening.board
    assert evening.message.quiet
    assert (await evening.running()).stage is Stage.PLAYING


async def test_a_swap_gives_the_two_minutes_anew(evening: Evening):
    exercise = await acting.begin(evening)
    await evening.house.pass_time(seconds=100)
    await evening.lead("swap", exercise, "0")
    await evening.house.pass_time(seconds=100)
    assert "are over" not in evening.board
    await evening.house.pass_time(seconds=21)
    assert "The two minutes are over." in evening.board


@pytest.mark.parametrize("who", ["ana", "ben", "fay"])
async def test_either_of_the_two_and_the_facilitator_stop_it_at_once(evening: Evening, who: str):
    exercise = await acting.begin(evening)
    if who == "fay":
        await evening.lead("stop", exercise)
        await evening.house.work_off()
    else:
        assert "Nobody needs a reason." in text_of(await acting.stop(evening, who))
    assert "How was that?" in evening.board
    assert "Stop" not in labels_of(evening.message)
    (told,) = [reply for reply in await acting.told_in_private(evening, "ana") if "My card" in labels_of(reply)]
    assert text_of(told) == "Something is kept for you alone."


async def test_the_card_of_the_one_who_played_holds_lines_a_way_out_and_the_way_to_practise_alone(evening: Evening):
    exercise = await acting.begin(evening)
    for who in WATCHERS:
        await evening.write(who, says=f"no of {who}")
    await evening.merge()
    await acting.stop(evening)
    await evening.house.consent("ana")
    card = await evening.tap("ana", "card")
    assert card.to is To.ONLY_YOU
    assert all(f"no of {who}" in text_of(card) for who in WATCHERS)
    form = (await evening.house.press("ana", press_of(card, "Write it down"))).form
    assert form is not None
    card = await acting.form(evening, "ana", "noted", best="No, thank you.", leave="The bus at ten")
    assert "My best line: No, thank you." in text_of(card)
    assert "My way out: The bus at ten" in text_of(card)
    assert press_of(card, "Practise it alone").data() == "rehearse:start"
    for who in ("ben", "cleo", "fay"):
        for private in (False, True):
            other = await evening.tap(who, "card", subject=exercise, private=private)
            assert "no card for you" in text_of(other)


async def test_after_a_swap_the_card_is_still_of_whose_moment_it_was(evening: Evening):
    exercise = await acting.begin(evening)
    await evening.lead("swap", exercise, "0")
    await acting.stop(evening, "ben")
    assert "My card" in text_of(await evening.tap("ana", "card"))
    assert "no card for you" in text_of(await evening.tap("ben", "card"))


async def test_what_others_could_say_comes_into_the_room_from_five_people_up_and_one_may_be_hidden(evening: Evening):
    exercise = await acting.begin(evening)
    for who in WATCHERS[:4]:
        await evening.write(who, says=f"no of {who}")
    await evening.merge()
    assert "no of" not in evening.board
    await evening.write("gil", says="no of gil")
    await evening.merge()
    assert all(f"no of {who}" in evening.board for who in WATCHERS)
    await evening.house.press("fay", press_of(await evening.lead("listed", exercise), "Hide 1"), leads=True)
    await evening.house.work_off()
    assert sum(f"no of {who}" in evening.board for who in WATCHERS) == 4
    await evening.house.press("cleo", press_of(await evening.tap("cleo", "mine"), "Take back 1"))
    await evening.house.work_off()
    assert "no of cleo" not in evening.board


async def test_the_one_who_plays_writes_none_of_these_lines(evening: Evening):
    await acting.begin(evening)
    assert "The others write" in text_of(await evening.write("ana", says="mine"))
    assert await evening.lines_of("ana") == []
    assert (await evening.tap("ana", "write")).form is None
    assert await evening.write("ben", says="from the other side")
    assert len(await evening.lines_of("ben")) == 1


async def test_lines_are_written_only_once_it_is_played(evening: Evening):
    await acting.gather(evening)
    await evening.write("cleo", says="early")
    assert await evening.lines_of("cleo") == []


async def test_the_roles_end_with_the_exercise_and_the_card_a_day_after(evening: Evening):
    exercise = await acting.begin(evening)
    await acting.show_name(evening, "ben", "Ben")
    await evening.step("end")
    await evening.house.work_off()
    assert "This exercise has ended." in evening.board
    assert "Ben" not in evening.board
    assert [part.role for part in await acting.parts(evening, exercise)] == [Role.PLAYS]
    assert "My card" in text_of(await evening.tap("ana", "card", subject=exercise, private=True))
    assert len([one for one in await acting.told_in_private(evening, "ana") if "My card" in labels_of(one)]) == 1
    await evening.house.pass_time(hours=30)
    assert await acting.parts(evening, exercise) == []
    gone = await evening.tap("ana", "card", subject=exercise, private=True)
    assert "My card" not in text_of(gone)


async def test_it_ends_with_the_meeting(evening: Evening):
    await acting.begin(evening)
    await evening.house.pass_time(hours=3)
    assert await evening.has_ended()
    assert "answers." not in evening.board


async def test_it_is_not_played_into_everybodys_way_out(evening: Evening):
    await acting.begin(evening)
    await evening.house.pass_time(minutes=78)
    assert (await evening.running()).stage is Stage.TALKING
