"""Ideas and the vote on them."""

from bot.core.calls import Account
from storage.privacy import PersonalRows
from tests.handlers.exercises.evening import FIVE, Evening
from tests.handlers.screens import labels_of, press_of, text_of


async def gathered(evening: Evening) -> str:
    """A question with five ideas that stand in the room, and an open vote."""
    exercise = await evening.begin("ideas", "What helps on a Friday?")
    await evening.five_write("ideas", "idea")
    await evening.merge()
    await evening.step("poll")
    await evening.house.work_off()
    return exercise


async def number(evening: Evening, words: str) -> int:
    return next(item.number for item in await evening.items() if item.words == words)


async def vote(evening: Evening, who: str, *words: str) -> None:
    await evening.house.consent(who)
    for one in words:
        ballot = await evening.tap(who, "ballot")
        await evening.house.press(who, press_of(ballot, f"Vote for {await number(evening, one)}"))


async def test_ideas_stand_numbered_and_the_vote_begins_when_the_facilitator_says_so(evening: Evening):
    exercise = await evening.begin("ideas", "What helps on a Friday?")
    assert "Start the vote" not in labels_of(await evening.lead("control", exercise))
    await evening.five_write("ideas", "idea")
    await evening.merge()
    assert "About: What helps on a Friday?" in evening.board
    assert sorted(item.number for item in await evening.items()) == [1, 2, 3, 4, 5]
    await evening.step("poll")
    await evening.house.work_off()
    assert labels_of(evening.message)[:2] == ["Vote in private", "My lines"]
    assert "Nobody has voted yet." in evening.board


async def test_three_votes_each_that_can_be_moved_and_a_second_tap_changes_nothing(evening: Evening):
    await gathered(evening)
    await evening.house.consent("ana")
    ballot = await evening.tap("ana", "ballot")
    assert "3 votes are left." in text_of(ballot)
    first = press_of(ballot, "Vote for 1")
    for _ in range(2):
        ballot = await evening.house.press("ana", first)
    assert "2 votes are left." in text_of(ballot)
    for wanted in ("Vote for 2", "Vote for 3"):
        ballot = await evening.house.press("ana", press_of(ballot, wanted))
    full = await evening.house.press("ana", press_of(ballot, "Vote for 4"))
    assert "Take one back first." in text_of(full)
    ballot = await evening.house.press("ana", press_of(full, "✓ 1"))
    ballot = await evening.house.press("ana", press_of(ballot, "Vote for 4"))
    assert [label for label in labels_of(ballot) if label.startswith("✓")] == [f"✓ {n}: take back" for n in (2, 3, 4)]


async def test_the_room_learns_how_many_voted_and_no_sums_before_the_end(evening: Evening):
    await gathered(evening)
    for who in FIVE:
        await vote(evening, who, "idea of ana")
    await evening.house.pass_time(seconds=4)
    assert "5 people have voted." in evening.board
    assert "vote)" not in evening.board
    assert "votes)" not in evening.board


async def test_from_five_voters_up_the_sums_are_shown_the_most_wanted_first(evening: Evening):
    await gathered(evening)
    for who in FIVE:
        await vote(evening, who, "idea of ben")
    await vote(evening, "ana", "idea of eve")
    await evening.step("count")
    await evening.house.work_off()
    lines = [line for line in evening.board.splitlines() if line.startswith("•")]
    assert len(lines) == 2
    assert "idea of ben (5 votes)" in lines[0]
    assert "idea of eve (one vote)" in lines[1]


async def test_of_three_or_four_voters_only_the_places_are_shown(evening: Evening):
    await gathered(evening)
    for who in FIVE[:3]:
        await vote(evening, who, "idea of ben")
    await vote(evening, "ana", "idea of eve")
    await evening.step("count")
    await evening.house.work_off()
    assert "idea of ben (chosen most)" in evening.board
    assert "idea of eve (place 2)" in evening.board
    assert "vote)" not in evening.board


async def test_of_two_voters_nothing_is_shown(evening: Evening):
    await gathered(evening)
    for who in FIVE[:2]:
        await vote(evening, who, "idea of ben")
    await evening.step("count")
    await evening.house.work_off()
    assert "no result is shown" in evening.board
    assert "chosen most" not in evening.board


async def test_a_vote_is_counted_once_and_then_who_chose_what_is_gone(evening: Evening):
    exercise = await gathered(evening)
    for who in FIVE:
        await vote(evening, who, "idea of ben")
    late = press_of(await evening.tap("ana", "ballot"), "Vote for")
    await evening.step("count")
    await evening.house.press("ana", late)
    again = await evening.lead("count", exercise, "yes")
    assert "The vote is over." in text_of(again)
    assert next(item.votes for item in await evening.items() if item.words == "idea of ben") == 5
    data = await evening.house.store.transact(lambda unit: _held(unit, "ana", evening))
    assert "exercise_votes" not in data


async def test_a_vote_for_what_was_hidden_or_taken_back_is_free_again(evening: Evening):
    exercise = await gathered(evening)
    await vote(evening, "ana", "idea of ben", "idea of cleo", "idea of dan")
    listed = await evening.lead("listed", exercise)
    await evening.house.press("fay", press_of(listed, f"Hide {await number(evening, 'idea of ben')}"), leads=True)
    await evening.house.press("cleo", press_of(await evening.tap("cleo", "mine"), "Take back 1"))
    assert "2 votes are left." in text_of(await evening.tap("ana", "ballot"))


async def test_when_all_was_taken_back_there_is_nothing_to_vote_for(evening: Evening):
    await gathered(evening)
    for who in FIVE:
        await evening.house.press(who, press_of(await evening.tap(who, "mine"), "Take back 1"))
    await evening.house.work_off()
    assert "No lines are shown just now." in evening.board
    assert "No lines are shown just now." in text_of(await evening.tap("ana", "ballot"))
    await evening.step("count")
    await evening.house.work_off()
    assert "no result is shown" in evening.board


async def test_once_the_vote_began_nothing_new_is_written_or_brought_in(evening: Evening):
    exercise = await gathered(evening)
    late = await evening.write("finn", ideas="too late")
    assert "was not saved" in text_of(late)
    assert await evening.lines_of("finn") == []
    assert "Show their lines" not in text_of(await evening.lead("merge", exercise, "after_1"))


async def test_many_ideas_are_paged_in_private(evening: Evening):
    exercise = await evening.begin("ideas", "What helps?")
    for who in FIVE:
        await evening.write(who, ideas="\n".join(f"{n} {who} {'long ' * 18}" for n in range(10)))
    await evening.merge()
    room = evening.board
    assert len(room) < 2000
    assert "more." in room
    seen, page = set(), await evening.tap("ben", "read", subject=exercise)
    for _ in range(20):
        seen |= {line for line in text_of(page).splitlines() if line.startswith("•")}
        assert len(text_of(page)) < 2000
        if "Next page" not in labels_of(page):
            break
        page = await evening.house.press("ben", press_of(page, "Next page"))
    assert len(seen) == 50


async def _held(unit, who, evening):
    person = await unit.people.find(Account(evening.house.platform, who))
    return await PersonalRows(unit).export(person.id)
