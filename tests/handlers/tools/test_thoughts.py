"""ABC, disputing and self-acceptance: demands are shown as questions, and a new thought is read again at growing intervals."""

import pytest

from content.flags_reader import found_in
from tests.handlers.flows.driving import House, text_of


@pytest.fixture
def house(store, clock):
    return House(store, clock, flags=found_in)


async def to_beliefs(alice, *beliefs):
    await alice.command("abc")
    await alice.says("He came home late")
    await alice.tap("Angry", "Done", "7", "Skip")
    await alice.says(*beliefs)
    return text_of(await alice.tap("Done"))


async def test_a_demand_is_shown_as_a_question_and_the_line_stays_as_it_was_written(alice):
    said = await to_beliefs(alice, "He must call me", "I can't stand this")
    assert "is it a law, or a strong wish?" in said
    assert "hard, or truly not to be borne?" in said
    assert "He must call me" in said
    assert "wrong" not in said


async def test_without_a_demand_no_word_is_pointed_at(alice):
    said = await to_beliefs(alice, "He does not think of me")
    assert "law" not in said
    assert "which is a guess?" in said


async def test_from_an_event_to_a_new_thought(alice):
    await to_beliefs(alice, "He must call me", "Nobody thinks of me")
    await alice.tap("He must call me")
    await alice.fills(real="he often does", worst="I would worry, and cope")
    await alice.tap("Done")
    await alice.says("I would like him to call")
    said = text_of(await alice.tap("4"))
    assert "The thought I looked at: He must call me" in said
    assert "Angry: 7" in said
    assert "Angry: 4" in said


async def test_without_a_thought_there_is_nothing_to_dispute(alice):
    await alice.command("thoughts")
    await alice.says("He came home late")
    said = text_of(await alice.tap("Angry", "Done", "7", "Skip", "Skip"))
    assert "just as honest, and more useful" in said


async def test_a_relative_is_asked_for_no_name(house, alice):
    async def begin(unit):
        return await house.flows.begin("abc", "family", alice.person, "en", house.clock.now(), unit)

    assert "an initial is enough" in text_of(await house.store.transact(begin))
    assert "an initial is enough" not in text_of(await alice.command("abc"))


async def test_a_thought_of_an_abc_can_be_brought_into_a_dispute(alice):
    await to_beliefs(alice, "He must call me")
    await alice.tap("Skip", "Skip", "Skip", "Keep")
    await alice.command("dispute")
    await alice.tap("Bring in from ABC: event, thought, feeling", "1")
    assert "He must call me" in text_of(alice.screen)


async def test_a_new_thought_is_shown_again_on_five_days_and_no_more(house, alice):
    await alice.command("dispute")
    await alice.says("I must not fail")
    await alice.tap("8", "Skip")
    await alice.says("I can try again")
    await alice.tap("3", "Yes, show it again", "Keep")
    days = []
    for day in range(1, 60):
        for post in await house.time_passes(days=1):
            days.append(day)
            assert "fail" not in text_of(post.reply)
            alice.screen = post.reply
    assert days == [1, 3, 7, 16, 35]
    assert "I can try again" in text_of(await alice.tap("Show it"))


@pytest.mark.parametrize("whom", ["Myself", "Another person", "Life, a situation"])
async def test_a_whole_person_is_not_one_word(alice, whom):
    await alice.command("usa")
    await alice.tap(whom)
    assert "useless" in text_of(await alice.says("useless"))
    await alice.says("a plate broke", "cooks well", "tells stories")
    await alice.tap("Done")
    said = text_of(await alice.says("buy a new one", "a plate is a plate"))
    assert "The word: useless" in said
    assert "A kind sentence: a plate is a plate" in said
