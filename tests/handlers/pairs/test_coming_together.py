"""Two find each other by a code, or by looking. Both say yes, or nothing begins; nobody learns who said no."""

from datetime import timedelta

import pytest

from bot.core.replies import Press
from handlers.pairs.records import Stage
from tests.handlers.pairs.house import CODES, GROUPS, brought_together, look, paired
from tests.handlers.screens import text_of

WRONG = "ZZZZ-0000-0000-0000-0000-0000-0000"


async def make_code(ana, as_what="I want to change something"):
    await ana.type()
    await ana.tap("Make a code", as_what)
    return ana.screen


# What it is -------------------------------------------------------------------------------------------------------------


async def test_the_first_screen_says_what_a_pair_is_not(ana):
    shown = await ana.type()
    assert "not treatment and not a crisis service" in shown
    assert "Help now" in ana.labels()


async def test_who_is_in_no_community_is_told_where_to_begin(house):
    stranger = await house.meet("stranger", space="")
    await stranger.type()
    assert "/community pair once in your group" in await stranger.tap("Look for somebody here")


# By a code --------------------------------------------------------------------------------------------------------------


async def test_by_a_code_it_begins_only_when_both_have_said_yes(house, ana, ben):
    await make_code(ana)
    assert "It begins only when you both say yes" in await ben.type(GROUPS[0])
    assert "I wait for the other person" in await ben.tap("Yes, I want to change something")
    assert (await house.side(ben)).stage is Stage.ASKED
    await house.work_off()
    assert ana.told() == ["Somebody entered your code.\nIf you both say yes within a day, your week begins. "
                          "If you say no, the other person is not told why."]  # fmt: skip
    assert "Your week has begun" in await ana.tap("Yes")
    await house.work_off()
    assert "Your week has begun" in ben.told()[0]
    assert [(await house.side(one)).stage for one in (ana, ben)] == [Stage.ON, Stage.ON]


async def test_a_code_is_shown_once_and_used_once(house, ana, ben):
    shown = await make_code(ana)
    assert CODES[0][:4] in text_of(shown)
    assert (shown.fleeting, shown.guarded) == (True, True)
    await ben.type(GROUPS[0])
    await ben.tap("Yes, I want to change something")
    assert "does not work" in await (await house.meet("cem")).type(GROUPS[0])


async def test_of_two_who_entered_one_code_the_first_yes_counts(house, ana, ben):
    cem = await house.meet("cem")
    await make_code(ana)
    for one in (ben, cem):
        await one.type(GROUPS[0])
    await ben.tap("Yes, I want to change something")
    assert "does not work" in await cem.tap("Yes, I want to change something")
    assert await house.side(cem) is None


async def test_a_wrong_an_old_a_used_and_a_replaced_code_have_one_answer(house, ana, ben):
    for _ in range(2):
        await make_code(ana)
    answers = {await ben.type(GROUPS[0]), await ben.type(WRONG), await ben.type("x" * 3_000)}
    house.clock.move(hours=24)
    answers.add(await ben.type(GROUPS[1]))
    assert len(answers) == 1
    assert "does not work" in answers.pop()


async def test_ten_misses_hold_a_guesser_up_and_then_a_right_code_tells_nothing(house, ana, ben):
    await make_code(ana)
    house.clock.move(minutes=1)
    for _ in range(10):
        await ben.type(WRONG)
    assert "Wait a minute" in await ben.type(GROUPS[0])
    house.clock.move(minutes=1)
    assert "The person who made this code" in await ben.type(GROUPS[0])


async def test_nobody_pairs_with_themselves(ana):
    await make_code(ana)
    assert "your own code" in await ana.type(GROUPS[0])


async def test_a_code_read_in_a_room_is_of_no_use_any_more(ana, ben):
    await make_code(ana)
    right = await ben.type(GROUPS[0], room=True)
    assert right == await ben.type(WRONG, room=True)
    assert "does not work" in await ben.type(GROUPS[0])


async def test_the_two_worlds_do_not_meet_by_a_code_and_nothing_tells_which_one_the_other_is_of(house, ana, ben):
    await make_code(ana, "I am family or a friend")
    await ben.type(GROUPS[0])
    entered = ben.screen
    refused = await ben.tap("Yes, I want to change something")
    ben.screen = entered
    assert refused == await ben.tap("Yes, I am family or a friend")
    assert [await house.side(one) for one in (ana, ben)] == [None, None]


async def test_the_form_takes_a_code_as_the_command_does(house, ben):
    tablet = await house.meet("tablet", "web")
    await make_code(tablet)
    await ben.type()
    await ben.tap("Enter a code")
    assert "The person who made this code" in await ben.fill(code=GROUPS[0])


async def test_who_hears_a_no_to_a_code_hears_no_reason(house, ana, ben):
    await make_code(ana)
    await ben.type(GROUPS[0])
    await ben.tap("Yes, I want to change something")
    await house.work_off()
    ana.told()
    assert "no reason is told" in await ana.tap("No")
    await house.work_off()
    assert ben.told() == ["It did not come about this time."]
    assert [await house.side(one) for one in (ana, ben)] == [None, None]


# By looking -------------------------------------------------------------------------------------------------------------


async def test_when_a_second_looks_both_are_asked(house, ana, ben):
    assert "When another person looks too" in await look(ana)
    assert "Somebody else looks for a pair" in await look(ben)
    await house.work_off()
    assert "Somebody else looks for a pair" in ana.told()[0]
    await ben.tap("Yes")
    assert await house.pair_of(ana) == await house.pair_of(ben)
    assert "Your week has begun" in await ana.tap("Yes")


async def test_no_screen_counts_or_lists_who_looks(house, ana):
    alone = await look(ana)
    for n in range(3):
        await look(await house.meet(f"relative{n}"), "I am family or a friend")
    assert await ana.type() == alone


@pytest.mark.parametrize(
    ("space", "label", "language"),
    [
        ("elsewhere", "I want to change something", "en"),
        ("circle", "I am family or a friend", "en"),
        ("circle", "I want to change something", "de"),
    ],
)
async def test_another_community_audience_or_language_is_not_found(house, ana, space, label, language):
    await house.settle(ana, language="en")
    await look(ana)
    other = await house.meet("dora", space=space, language="en")
    await other.type()
    await house.settle(other, language="en")
    await other.tap("Look for somebody here")
    await house.settle(other, language=language)
    await other.tap(label)
    assert [(await house.side(one)).stage for one in (ana, other)] == [Stage.LOOKING, Stage.LOOKING]


async def test_who_named_no_language_is_found_by_anybody(house, ana, ben):
    await house.settle(ana, language="en")
    await brought_together(house, ana, ben)
    assert (await house.side(ana)).stage is Stage.ASKED


async def test_a_no_puts_the_other_quietly_back_and_the_two_do_not_meet_again_for_ninety_days(house, ana, ben):
    await brought_together(house, ana, ben)
    await ana.tap("Yes")
    await ben.tap("No")
    await house.work_off()
    assert ana.told() == ["It did not come about this time. You are still looking."]
    assert (await house.side(ana)).stage is Stage.LOOKING
    await look(ben)
    assert (await house.side(ben)).stage is Stage.LOOKING
    house.clock.move(days=91)
    for one in (ana, ben):
        await look(one)
    assert (await house.side(ben)).stage is Stage.ASKED


async def test_who_had_not_answered_yet_is_put_back_without_a_word_and_the_old_button_shows_that(house, ana, ben):
    await brought_together(house, ana, ben)
    asked = ana.screen
    await ben.tap("No")
    await house.work_off()
    assert ana.told() == []
    ana.screen = asked
    assert "You are looking for somebody until" in await ana.tap("Yes")


async def test_who_is_put_back_is_asked_at_once_when_another_waits(house, ana, ben):
    await brought_together(house, ana, ben)
    cem = await house.meet("cem")
    await look(cem)
    await ana.tap("Yes")
    await ben.tap("No")
    await house.work_off()
    assert len(ana.told()) == len(cem.told()) == 1
    assert await house.pair_of(ana) == await house.pair_of(cem)


async def test_a_day_of_silence_takes_the_silent_off_the_list_and_puts_the_other_back(house, ana, ben):
    await brought_together(house, ana, ben)
    await ana.tap("Yes")
    await house.pass_time(hours=25)
    assert ana.told() == ["It did not come about this time. You are still looking."]
    assert ben.told() == []
    assert (await house.side(ana)).stage is Stage.LOOKING
    assert await house.side(ben) is None


async def test_after_three_days_of_looking_nothing_is_kept_and_nothing_is_said(house, ana):
    await look(ana)
    await house.pass_time(hours=73)
    assert ana.told() == []
    assert await house.rows(ana) == {}


async def test_who_stops_waiting_leaves_nothing_behind(house, ana, ben):
    await look(ana)
    assert "do not wait any more" in await ana.tap("Stop waiting")
    assert await house.rows(ana) == {}
    await look(ben)
    assert (await house.side(ben)).stage is Stage.LOOKING


async def test_somebody_in_a_pair_does_not_look_for_a_second(house, ana, ben):
    await ana.type()
    first = ana.screen
    await paired(house, ana, ben)
    pair = await house.pair_of(ana)
    ana.screen = first
    assert "You are in a pair until" in await ana.tap("Look for somebody here")
    assert "You are in a pair until" in await ana.press(Press("pairs", "stop"))
    cem = await house.meet("cem")
    await make_code(cem)
    assert "You are in a pair until" in await ana.type(GROUPS[0])
    assert await house.pair_of(ana) == pair


async def test_a_yes_that_is_taken_back_is_a_no(house, ana, ben):
    await brought_together(house, ana, ben)
    await ana.tap("Yes", "Take it back")
    assert await house.side(ana) is None
    assert (await house.side(ben)).stage is Stage.LOOKING


async def test_a_double_yes_begins_one_pair(house, ana, ben):
    await brought_together(house, ana, ben)
    await ana.tap("Yes")
    asked = ben.screen
    await ben.tap("Yes")
    pair, until = await house.pair_of(ben), (await house.side(ben)).until
    ben.screen = asked
    await ben.tap("Yes")
    assert (await house.pair_of(ana), (await house.side(ben)).until) == (pair, until)


@pytest.mark.parametrize("action", ["yes", "no", "join", "again", "end", "write", "send", "show", "kind", "all", "time", "name"])
async def test_a_forged_or_foreign_button_changes_nothing(house, ana, ben, action):
    thief = await house.meet("thief")
    await paired(house, ana, ben)
    await ana.tap("Write for today", "3", "It was hard")
    sides = [await house.side(ana), await house.side(ben)]
    subject = sides[0].id if action == "join" else sides[0].body.pair
    foreign = await thief.press(Press("pairs", action, subject, "p"))
    assert foreign == await thief.press(Press("pairs", action, "0" * 32, "p"))
    assert [await house.side(ana), await house.side(ben)] == sides
    assert await house.side(thief) is None
    assert sides[0].until - house.clock.now() > timedelta(days=6)
