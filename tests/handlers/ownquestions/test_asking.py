"""A community's own questions as members get them, and as a facilitator tries them before."""

from dataclasses import dataclass

from msgspec.structs import replace

from bot.core.flow_own import HowAsked, Question
from bot.core.prompting import prompted
from bot.core.replies import Press, Reply
from handlers.checkin.records import CheckInBody
from handlers.ownquestions.rules import mark_of
from storage.ownquestions import OwnQuestions
from tests.handlers.ownquestions.conftest import SLEPT, WHO, WORDS, AskingHouse, press
from tests.handlers.screens import labels_of, press_of, text_of


@dataclass
class Screen:
    """What somebody sees, and what they do on it."""

    house: AskingHouse
    who: str
    reply: Reply

    async def tap(self, *labels: str) -> str:
        for label in labels:
            self.reply = await self.house.press(self.who, press_of(self.reply, label), private=True)
        return text_of(self.reply)

    async def write(self, words: str) -> str:
        self.reply = await self.house.write(self.who, words)
        return text_of(self.reply)


async def test_each_question_is_asked_as_its_kind_wants_it(house):
    one = await house.keep(SLEPT, WHO, WORDS)
    ann = Screen(house, "ann", await house.asked("ann", one))
    assert "How did you sleep?" in text_of(ann.reply)
    assert {str(n) for n in range(11)} <= {*labels_of(ann.reply)}
    assert "Who helped?" in await ann.tap("7")
    assert {*WHO.answers} <= {*labels_of(ann.reply)}
    assert "One good thing?" in await ann.tap("Nobody yet")
    summary = await ann.write("The dog")
    assert "How did you sleep? 7" in summary
    assert "Who helped? Nobody yet" in summary
    assert "One good thing? The dog" in summary
    assert "followed" in await ann.tap("Save")
    own = ((SLEPT.words, "7"), (WHO.words, "Nobody yet"), (WORDS.words, "The dog"))
    assert await house.bodies() == [CheckInBody(kind="owncheckin", own=own)]
    assert [done.subject for done in house.answered] == [prompted("a1", one.id)]


async def test_a_number_of_theirs_is_none_of_the_weeks_ratings(house):
    one = await house.keep(SLEPT)
    for day in range(3):
        ann = Screen(house, "ann", await house.asked("ann", one, f"a{day}"))
        await ann.tap("7", "Save")
        house.clock.move(days=1)
    assert ann.reply.picture is None
    assert {body.rating for body in await house.bodies()} == {None}


async def test_every_question_may_be_skipped_and_back_shows_what_was_said(house):
    one = await house.keep(SLEPT, WHO, WORDS)
    ann = Screen(house, "ann", await house.asked("ann", one))
    assert "2 of 3" in await ann.tap("Skip")
    assert "How did you sleep?" in await ann.tap("Back")
    assert "Who helped?" in await ann.tap("3")
    await ann.tap("A friend", "Back")
    chosen = {button.label: button.style for row in ann.reply.buttons for button in row}
    assert chosen["A friend"] != chosen["Nobody yet"]
    assert "One good thing?" in await ann.tap("Leave as it is")
    await ann.tap("Skip", "Save")
    assert (await house.bodies())[0].own == ((SLEPT.words, "3"), (WHO.words, "A friend"))


async def test_with_all_of_it_left_out_nothing_is_kept_but_the_prompt_is_answered(house):
    one = await house.keep(SLEPT)
    ann = Screen(house, "ann", await house.asked("ann", one))
    await ann.tap("Skip", "Save")
    assert await house.bodies() == []
    assert len(house.answered) == 1


async def test_saved_and_stopped_it_goes_on_where_it_was(house):
    one = await house.keep(SLEPT, WORDS)
    ann = Screen(house, "ann", await house.asked("ann", one))
    await ann.tap("7", "Save and stop")
    ann.reply = await house.type("ann", "/continue", private=True)
    assert "One good thing?" in text_of(ann.reply)


async def test_an_answer_is_given_anew_from_the_summary_and_the_others_stay(house):
    one = await house.keep(SLEPT, WHO)
    ann = Screen(house, "ann", await house.asked("ann", one))
    await ann.tap("7", "A friend", "Change an answer", "My answers", "2", "Leave as it is", "Save")
    assert (await house.bodies())[0].own == ((SLEPT.words, "2"), (WHO.words, "A friend"))


async def test_what_is_changed_meanwhile_changes_nothing_of_what_is_under_way(house):
    one = await house.keep(SLEPT, WHO)
    ann = Screen(house, "ann", await house.asked("ann", one))
    await ann.tap("7")
    changed = replace(WHO, answers=("Somebody", "Else"))
    edited = replace(one, body=replace(one.body, questions=(changed, WORDS), version=2))
    await house.store.transact(lambda unit: OwnQuestions(unit).keep(edited))
    summary = await ann.tap("Nobody yet")
    assert "How did you sleep? 7" in summary
    assert "One good thing?" not in summary
    bob = Screen(house, "bob", await house.asked("bob", one))
    assert {"Somebody", "Else"} <= {*labels_of(bob.reply)}
    await ann.tap("Save")
    assert (await house.bodies())[0].own == ((SLEPT.words, "7"), (WHO.words, "Nobody yet"))


async def test_deleted_meanwhile_who_began_can_finish_and_who_comes_later_is_told(house):
    one = await house.keep(SLEPT, WORDS)
    ann = Screen(house, "ann", await house.asked("ann", one))
    await house.store.transact(lambda unit: OwnQuestions(unit).drop(one.id))
    assert "One good thing?" in await ann.tap("7")
    await ann.tap("Skip", "Save")
    assert (await house.bodies())[0].own == ((SLEPT.words, "7"),)
    bob = Screen(house, "bob", await house.asked("bob", one))
    assert "These questions are not here any more." in text_of(bob.reply)
    assert "How was your week?" in await bob.tap("Check in for myself")


async def test_typed_words_take_the_answer_that_they_name_and_other_words_change_nothing(house):
    one = await house.keep(WHO, SLEPT)
    ann = Screen(house, "ann", await house.asked("ann", one))
    assert "Please tap one of the buttons here." in await ann.write("my cat")
    assert "How did you sleep?" in await ann.write("a FRIEND")
    assert "A whole number from 0 to 10" in await ann.write("11")
    assert "Who helped? A friend" in await ann.write("10")


async def test_hostile_answers_stay_words_and_too_long_ones_are_told(house):
    one = await house.keep(WORDS)
    ann = Screen(house, "ann", await house.asked("ann", one))
    assert "longer than 300 characters" in await ann.write("x" * 3_900)
    await ann.write("@everyone <b>x</b> \u202e")
    assert "Words(text='@everyone <b>x</b>')" in str(ann.reply)


async def test_an_answer_that_is_a_number_or_a_name_of_ours_is_taken_as_it_is_written(house):
    odd = Question("Which?", HowAsked.CHOICE, ("2", "1", "skip", "answers_asked"))
    one = await house.keep(odd)
    for n, said in enumerate(odd.answers):
        ann = Screen(house, "ann", await house.asked("ann", one, f"a{n}"))
        await ann.tap(said, "Save")
    assert [body.own[0][1] for body in await house.bodies()] == [*odd.answers]


async def test_forged_answers_change_nothing(house):
    one = await house.keep(WHO)
    reply = await house.asked("ann", one)
    right = press_of(reply, "A friend")
    here = right.value.split("_")[0]
    for value in ("0_3", "0_0", "1_1", "0_A", "0", "0_1_1", "99_1"):
        shown = await house.press("ann", Press("flow", "answer", right.subject, f"{here}_{value}"), private=True)
        assert "Who helped?" in text_of(shown)
    assert "Who helped?" not in text_of(await house.press("bob", right, private=True))


# Preview -----------------------------------------------------------------------------------------------------------------


async def test_the_preview_is_what_members_see_and_keeps_nothing(house):
    one = await house.keep(SLEPT, WHO)
    member = await house.asked("ann", one)
    reply = await house.press("fay", press("try", one.id), leads=True)
    assert "This is a preview." in text_of(reply)
    fay = Screen(house, "fay", reply)
    await fay.tap("Next")
    assert fay.reply.blocks == member.blocks
    assert [label for label in labels_of(fay.reply) if label != "Back"] == labels_of(member)
    ending = await fay.tap("7", "A friend")
    assert "Nothing of it is kept." in ending
    await fay.tap("Close")
    assert await house.bodies() == []
    assert house.answered == []


async def test_after_a_change_the_preview_shows_the_change(house):
    one = await house.keep(SLEPT, WHO)
    await Screen(house, "fay", await house.press("fay", press("try", one.id), leads=True)).tap("Next")
    await house.press("fay", press("out", one.id, mark_of(SLEPT)), leads=True)
    fay = Screen(house, "fay", await house.press("fay", press("try", one.id), leads=True))
    assert "Who helped?" in await fay.tap("Next")


# For others --------------------------------------------------------------------------------------------------------------


async def test_who_lets_one_be_chosen_gets_the_titles_of_those_with_a_question(house):
    one, _ = await house.keep(SLEPT), await house.keep(title="Still empty")
    here = await house.community()
    assert await house.store.transact(lambda unit: house.keeping.titles(here, unit)) == [(one.id, "Mondays")]
