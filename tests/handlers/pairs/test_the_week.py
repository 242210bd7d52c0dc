"""A week of two: one note a day each, by taps, looked at before it goes. It ends by itself, or at once, and is gone then."""

from datetime import time, timedelta

import pytest

from bot.core.quiet import Quiet
from bot.core.replies import Press
from bot.core.reporting import Reported
from bot.core.staff import Colleague
from content.loader import load_texts
from handlers import pairs
from handlers.pairs.records import Stage
from handlers.reminders.records import Wishes
from storage.pairs import Pairs
from tests.handlers.pairs.house import brought_together, note, paired
from tests.handlers.screens import text_of

ASK = "A short moment for today, if you like."


@pytest.fixture
async def pair(house, ana, ben):
    await paired(house, ana, ben)
    return await house.pair_of(ana)


# A day's note -----------------------------------------------------------------------------------------------------------


async def test_a_note_is_shown_whole_with_its_receiver_before_it_goes_and_comes_at_once(house, ana, ben, pair):
    shown = await note(ana)
    assert "The day: 7 of 10\nIt was hard\nIt goes to the person you pair with" in shown
    await house.work_off()
    assert ben.told() == []
    assert await ana.tap("Send") == "Sent."
    await house.work_off()
    assert ben.told() == ["Something came for you."]
    assert "The day: 7 of 10\nIt was hard" in await ben.tap("Show")
    assert {"Report", "End now", "Help now"} <= {*ben.labels()}


async def test_own_words_go_as_they_stand_and_only_what_the_screen_showed(house, ana, ben, pair):
    await ben.type()
    await ben.tap("Write for today", "Leave it out", "Leave it out", "Add a line")
    assert "Walked to the lake" in await ben.fill(words="Walked to the lake")
    shown = ben.screen
    await ben.tap("Change the line")
    await ben.fill(words="Walked home")
    ben.screen = shown
    assert "Walked home" in await ben.tap("Send")  # what is on that screen is shown anew
    await house.work_off()
    assert ana.told() == []
    await ben.tap("Send")
    await house.work_off()
    assert ana.told() == ["Something came for you."]
    assert "Walked home" in await ana.tap("Show")


async def test_one_note_a_day_goes_also_when_send_is_tapped_twice(house, ana, ben, pair):
    await note(ana)
    send = ana.screen
    for _ in range(2):
        ana.screen = send
        await ana.tap("Send")
    assert "Your note for today has gone" in await ana.type()
    assert "Write for today" not in ana.labels()
    assert "Your note for today has gone" in await ana.press(Press("pairs", "write", pair))
    await house.work_off()
    assert len(ben.told()) == 1
    house.clock.move(days=1)
    await note(ana, "4")
    await ana.tap("Send")
    await house.work_off()
    assert len(ben.told()) == 1


async def test_nothing_is_sent_when_nothing_was_chosen(house, ana, ben, pair):
    assert "nothing to send" in await note(ana, "Leave it out", "Leave it out")
    assert "Send" not in ana.labels()
    await ana.press(Press("pairs", "send", pair, "0" * 16))
    await house.work_off()
    assert ben.told() == []


async def test_one_kind_word_comes_back_for_a_note(house, ana, ben, pair):
    await note(ana)
    await ana.tap("Send")
    await house.work_off()
    ben.told()
    await ben.tap("Show")
    received = ben.screen
    for _ in range(2):
        ben.screen = received
        await ben.tap("I wish you a gentle day")
    await house.work_off()
    assert ana.told() == ["A few words came for you."]
    assert "I wish you a gentle day" in await ana.tap("Show")


async def test_all_that_came_is_read_on_one_screen(house, ana, ben, pair):
    for n in range(3):
        await note(ana, str(n))
        await ana.tap("Send")
        house.clock.move(days=1)
    await ben.type()
    shown = await ben.tap("What came")
    assert [shown.index(f"The day: {n} of 10") for n in (2, 1, 0)] == sorted(shown.index(f"The day: {n} of 10") for n in (2, 1, 0))


async def test_a_note_is_read_by_the_other_alone(house, ana, ben, pair):
    await note(ana)
    await ana.tap("Send")
    await house.work_off()
    ben.told()
    thief = await house.meet("thief")
    show = next(press for button in ben.screen.buttons[0] if (press := button.press) is not None)
    missing = await thief.press(Press("pairs", "show", "0" * 32))
    assert await thief.press(show) == missing
    assert await ana.press(show) == missing  # not even its writer, before a word came
    assert await thief.press(Press("pairs", "kind", show.subject, "gentle")) == missing


@pytest.mark.parametrize("words", ["x" * 201, "x" * 10_000])
async def test_words_that_are_too_long_are_not_cut_behind_their_writers_back(house, ben, pair, words):
    await ben.send(Press("pairs", "worded", pair), words=words)
    await ben.send(Press("pairs", "named", pair), name=words)
    side = await house.side(ben)
    assert (side.body.draft.words, side.body.name) == ("", "")


async def test_words_stay_words(house, ana, ben, pair):
    await ben.send(Press("pairs", "worded", pair), words="@everyone <b>\u202eevil\u202c\n\n/erase")
    await ben.tap("Send")
    await house.work_off()
    ana.told()
    assert "@everyone <b>evil /erase" in await ana.tap("Show")


# Where words may pass ---------------------------------------------------------------------------------------------------


async def test_on_discord_there_are_neither_words_nor_names(house, ana):
    dora = await house.meet("dora", "discord")
    await paired(house, ana, dora)
    pair = await house.pair_of(ana)
    for one in (ana, dora):
        await one.type()
        assert "A name for this pair" not in one.labels()
        await note(one)
        assert "Add a line" not in one.labels()
        await one.send(Press("pairs", "worded", pair), words="some words")
        await one.send(Press("pairs", "named", pair), name="some name")
        assert (await house.side(one)).body.draft.words == (await house.side(one)).body.name == ""


async def test_a_name_is_shown_only_once_chosen_and_before_a_note_goes(house, ana, ben, pair):
    await ben.type()
    await ben.tap("A name for this pair")
    assert "The other person reads you as Robin." in await ben.fill(name="Robin")
    assert "From Robin" in await note(ben)
    await ben.tap("Send")
    await house.work_off()
    ana.told()
    assert "From Robin" in await ana.tap("Show")


# When somebody is asked -------------------------------------------------------------------------------------------------


async def test_each_is_asked_once_a_day_at_the_hour_they_chose_on_their_own_clocks(house, ana, ben, pair):
    await house.settle(ben, zone="America/New_York")
    await ben.type()
    await ben.tap("When I am asked", "8:00 AM")
    await house.pass_time(hours=24 * 2)
    assert ana.told() == [ASK, ASK]
    assert ben.told() == [ASK, ASK]
    assert ana.labels() == ["Open", "My pair", "Help now"]


async def test_after_a_note_and_with_no_hour_nobody_is_asked(house, ana, ben, pair):
    await note(ana)
    await ana.tap("Send")
    await ben.type()
    await ben.tap("When I am asked", "Do not ask me")
    await house.pass_time(hours=3)
    assert ana.told() == []
    ben.told()
    await house.pass_time(hours=48)
    assert ben.told() == []


@pytest.mark.parametrize(("hours", "asked"), [(1.5, [ASK]), (10, [])])
async def test_three_days_of_downtime_bring_one_question_or_none_when_the_day_is_over(house, ana, ben, pair, hours, asked):
    await house.sleep_through(days=3, hours=hours)
    assert ana.told() == asked
    await house.pass_time(hours=24)
    assert ana.told() == [ASK]


async def test_who_moves_to_other_clocks_is_asked_at_their_hour_there(house, ana, ben, pair):
    await house.pass_time(hours=2)
    assert ana.told() == [ASK]
    await house.settle(ana, zone="America/Los_Angeles")
    await house.pass_time(hours=24)
    assert ana.told() == []
    await house.pass_time(hours=8)
    assert ana.told() == [ASK]


async def test_missed_days_are_told_to_nobody(house, ana, ben, pair):
    await house.pass_time(days=5)
    assert {*ana.told(), *ben.told()} == {ASK}


async def test_in_quiet_hours_it_waits_and_in_a_pause_it_does_not_come(house, ana, ben, pair):
    house.wishes[ana.person.id] = Wishes(quiet=Quiet(time(18), time(21)))
    house.wishes[ben.person.id] = Wishes(paused_until=house.clock.now() + timedelta(days=4), quiet=None)
    await note(ben)
    await ben.tap("Send")
    await house.pass_time(hours=2)
    assert ana.told() == []
    await house.pass_time(hours=2)
    assert {*ana.told()} == {ASK, "Something came for you."}
    await note(ana)
    await ana.tap("Send")
    await house.pass_time(hours=20)
    assert ben.told() == []


# The end ----------------------------------------------------------------------------------------------------------------


async def test_after_seven_days_it_is_over_and_all_that_was_exchanged_is_gone(house, ana, ben, pair):
    await note(ana)
    await ana.tap("Send")
    await house.pass_time(days=7, minutes=1)
    for one in (ana, ben):
        assert one.told()[-1].startswith("Your week as a pair is over.")
        rows = await house.rows(one)
        assert "pair_notes" not in rows
        assert (await house.side(one)).body.draft.words == ""
    await house.pass_time(days=3)
    assert [await house.rows(one) for one in (ana, ben)] == [{}, {}]
    assert ana.told() == []


async def test_once_more_with_the_same_person_needs_both_again(house, ana, ben, pair):
    await house.pass_time(days=7, minutes=1)
    for one in (ana, ben):
        one.told()
    over = ana.screen
    assert "If not, I tell nobody" in await ana.tap("Once more")
    ana.screen = over
    assert "If not, I tell nobody" in await ana.tap("Once more")
    await house.work_off()
    assert ben.told() == []
    assert "Your week has begun" in await ben.tap("Once more")
    await house.work_off()
    assert "Your week has begun" in ana.told()[0]
    assert await house.pair_of(ana) == await house.pair_of(ben) != pair
    assert await ana.press(Press("pairs", "write", pair)) == "That is not there any more."  # a button of the week before


async def test_that_only_one_wants_it_once_more_is_told_to_nobody(house, ana, ben, pair):
    await house.pass_time(days=7, minutes=1)
    for one in (ana, ben):
        one.told()
    await ana.tap("Once more")
    await house.pass_time(days=3)
    assert [*ana.told(), *ben.told()] == []
    assert await house.rows(ana) == {}


async def test_either_ends_it_at_once_by_one_tap_and_the_other_hears_one_sentence_without_a_reason(house, ana, ben, pair):
    await note(ben)
    await ben.tap("Send")
    await ana.type()
    assert "Your pair has ended" in await ana.tap("End now")
    await house.work_off()
    assert ben.told() == [
        "Your pair has ended a little early. That can have many reasons, and I was told none. "
        "All that you two sent is deleted here."
    ]
    assert [await house.rows(one) for one in (ana, ben)] == [{}, {}]
    await house.pass_time(days=8)
    assert [*ana.told(), *ben.told()] == []


async def test_two_of_whom_one_ended_early_are_not_brought_together_again(house, ana, ben, pair):
    await ana.press(Press("pairs", "end", pair))
    await house.work_off()
    ben.told()
    await brought_together(house, ana, ben)
    assert [(await house.side(one)).stage for one in (ana, ben)] == [Stage.LOOKING, Stage.LOOKING]


async def test_after_the_end_every_old_button_gives_one_kind_answer(house, ana, ben, pair):
    await ben.type()
    home = ben.screen
    await ana.press(Press("pairs", "end", pair))
    for label in ("Write for today", "When I am asked", "A name for this pair", "End now"):
        ben.screen = home
        assert await ben.tap(label) == "That is not there any more."
    assert await house.rows(ben) == {}


async def test_erasing_ends_it_and_the_other_is_told(house, ana, ben, pair):
    await house.erase(ana)
    assert ben.told()[0].startswith("Your pair has ended a little early")
    assert await house.rows(ben) == {}


async def test_erasing_while_both_are_asked_puts_the_other_back(house, ana, ben):
    await brought_together(house, ana, ben)
    await ben.tap("Yes")
    await house.erase(ana)
    assert ben.told() == ["It did not come about this time. You are still looking."]


async def test_leaving_the_group_ends_it_and_leaving_another_room_does_not(house, ana, ben, pair):
    await house.leaves_the_group(ana, chat="another room")
    await house.leaves_the_group(ana, chat="elsewhere", space="elsewhere")
    assert (await house.side(ben)).stage is Stage.ON
    await house.leaves_the_group(ana)
    assert ben.told()[0].startswith("Your pair has ended a little early")
    assert await house.side(ana) is None


async def test_who_cannot_be_written_to_any_more_ends_it_for_both(house, ana, ben, pair):
    house.closed.add(ben.account)
    await note(ana)
    await ana.tap("Send")
    await house.work_off()
    assert ana.told()[0].startswith("Your pair has ended a little early")
    assert [await house.side(one) for one in (ana, ben)] == [None, None]


async def test_what_comes_too_late_after_downtime_ends_nothing(house, ana, ben, pair):
    await note(ana)
    await ana.tap("Send")
    await house.sleep_through(days=3)
    assert (await house.side(ana)).stage is Stage.ON


# Safety -----------------------------------------------------------------------------------------------------------------


async def test_a_report_reaches_the_community_and_names_nobody_also_after_the_end(house, ana, ben, pair):
    look = pairs.looks(Pairs)
    community = (await house.side(ana)).community
    await ana.press(Press("pairs", "end", pair))
    assert await house.store.transact(lambda unit: look(pair, unit)) == Reported(community)
    assert await house.store.transact(lambda unit: look("0" * 32, unit)) is None


async def test_a_report_of_a_pair_is_about_the_facilitators_in_it_so_neither_hears_of_it(house, ana, ben, pair):
    eve = await house.meet("eve")

    class Roster:
        async def of(self, community):
            return [Colleague(one.person.id, "A name") for one in (ben, eve)]

        async def has(self, community, person):
            return person in (ben.person.id, eve.person.id)

    look = pairs.looks(Pairs, lambda unit: Roster())
    await ana.press(Press("pairs", "end", pair))
    found = await house.store.transact(lambda unit: look(pair, unit))
    assert found.about == {ben.person.id}


@pytest.mark.parametrize("language", load_texts().languages)
async def test_what_comes_unasked_is_discreet_in_every_language_and_fits(house, ana, ben, language):
    for one in (ana, ben):
        await house.settle(one, language=language)
    say = house.dispatch._texts.of(language)
    await ana.type()
    for one in (ana, ben):
        await one.press(Press("pairs", "look", "", "p"))
    await house.work_off()
    told = ana.told()
    for one in (ana, ben):
        await one.press(Press("pairs", "yes", await house.pair_of(ana)))
    pair = await house.pair_of(ana)
    for action, value in (("write", ""), ("rate", "3"), ("line", "hard"), ("time", "")):
        await ben.press(Press("pairs", action, pair, value))
    await ben.press(Press("pairs", "line", pair, "hard"))
    await ben.tap(say.label("pairs.send_button"))
    await house.pass_time(hours=2)
    told += ana.told()
    assert len(told) >= 3
    for text in told:
        assert "3" not in text.splitlines()[0]
        assert say.label("pairs.line_hard") not in text
        assert len(text.splitlines()[0]) <= 120
    await ana.type()
    await ana.tap(say.label("pairs.all_button"))
    assert say.label("pairs.line_hard") in text_of(ana.screen)
