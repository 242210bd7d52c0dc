"""Asked in private: only those who want it, one at a time, on their own clocks, in peace; three without an answer, and it rests."""

from datetime import UTC, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from bot.core.calls import Account
from bot.core.meetings import Audience
from bot.core.prompting import prompted
from bot.core.quiet import quiet_from
from bot.core.replies import Press
from handlers.prompts.records import Asks, Standing
from handlers.reminders.records import Wishes
from storage.flow_states import FlowStates
from storage.prompts import Prompts
from tests.handlers.flows.driving import fits
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

SUNDAY_EVENING = datetime(2026, 12, 6, 17, tzinfo=UTC)  # 18:00 in Berlin
TELLING = ("check", "room", "meeting", "community", "week", "family", "urge")


async def test_only_who_wants_it_is_asked_in_private_too(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.settle("ben", consented_at=house.clock.now())
    await house.pass_to(SUNDAY_EVENING)
    assert len(house.open_for("ana")) == 1
    assert house.to("ben") == []


async def test_it_is_discreet_and_has_help(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.pass_to(SUNDAY_EVENING)
    asked = house.last_for("ana")
    assert not any(word in text_of(asked).lower() for word in TELLING)
    assert labels_of(asked) == ["Begin", "Not this time", "When I am asked", "Help now"]


async def test_the_private_one_opens_the_rooms_asking(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.pass_to(SUNDAY_EVENING)
    await house.press("ana", press_of(house.last_for("ana"), "Begin"), private=True)
    ana = await house.person("ana")
    (under_way,) = await house.store.transact(lambda unit: FlowStates(unit).of_person(ana.id))
    assert under_way.subject == prompted((await house.newest(prompt)).id)


async def test_once_answered_its_message_says_so_and_has_no_buttons_to_begin(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.pass_to(SUNDAY_EVENING)
    await house.checks_in("ana", house.last_for("ana"))
    await house.work_off()
    assert house.open_for("ana") == []
    assert house.screen("ana") == ["Done."]
    assert await house.open_of("ana") is None


async def test_answered_by_the_rooms_card_the_private_one_is_done_as_well(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.pass_to(SUNDAY_EVENING)
    await house.checks_in("ana", house.news()[0].post.reply, "Check in")
    await house.work_off()
    assert house.screen("ana") == ["Done."]


async def test_a_newer_one_takes_the_place_of_one_without_an_answer(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.pass_time(days=13)
    assert len(house.open_for("ana")) == 1
    assert house.screen("ana")[0] == "This one is over. There is a newer one below."


async def test_of_two_that_ask_the_same_person_one_is_open(house):
    prompt = await house.asked_every_day()
    await house.wants("ana", prompt)
    await house.own_every_day("ana")
    await house.pass_time(days=2)
    assert len(house.open_for("ana")) == 1
    assert all(wish.body.unanswered <= 1 for wish in await house.wishes_of("ana"))  # minutes apart: it is not held against them


async def test_after_three_without_an_answer_it_rests_and_one_tap_goes_on(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.pass_time(days=7 * 3)
    assert len(house.to("ana")) == 3 + 2  # and two that were closed
    await house.pass_time(days=7 * 3)
    assert house.open_for("ana") == []
    rests = house.last_for("ana")
    assert "I asked three times" in text_of(rests)
    assert len(house.to("ana")) == 3 + 3 + 1  # said once
    shown = await house.taps("ana", rests, "Ask me again", private=True)
    assert "I ask you again" in text_of(shown)
    await house.pass_time(days=7)
    assert len(house.open_for("ana")) == 1


async def test_an_own_one_rests_too_and_goes_on(house):
    await house.own_every_day("ana")
    await house.pass_time(days=6)
    rests = house.last_for("ana")
    assert "I asked three times" in text_of(rests)
    await house.taps("ana", rests, "Ask me again", private=True)
    await house.pass_time(days=1)
    assert len(house.open_for("ana")) == 1


async def test_not_this_time_is_an_answer(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    for _ in range(5):
        await house.pass_time(days=7)
        (asked,) = house.open_for("ana")
        reply = await house.taps("ana", asked, "Not this time", private=True)
        assert "That is fine" in text_of(reply)
        house.sent = [one for one in house.sent if one.account is None]  # that message is edited by the answer
    assert (await house.wishes_of("ana"))[0].body.unanswered == 0


async def test_an_answer_begins_the_counting_anew(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.pass_time(days=14)
    await house.checks_in("ana", house.open_for("ana")[0])
    await house.pass_time(days=21)
    assert len(house.open_for("ana")) == 1


async def test_wanted_twice_is_wanted_once(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    assert "already" in text_of(await house.press("ana", Press("prompts", "join", prompt.id)))
    await house.pass_to(SUNDAY_EVENING)
    assert len(house.to("ana")) == 1


async def test_who_does_not_want_it_any_more_is_not_asked(house):
    prompt = await house.made()
    reply = await house.wants("ana", prompt)
    await house.pass_to(SUNDAY_EVENING)
    await house.taps("ana", reply, "Change this", "Do not ask me", private=True)
    await house.work_off()
    assert house.screen("ana") == ["This one is over."]
    await house.pass_time(days=7)
    assert house.open_for("ana") == []


# Peace --------------------------------------------------------------------------------------------------------------


async def test_in_quiet_hours_of_a_person_it_waits_for_their_end(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    ana = await house.person("ana")
    house.wishes[ana.id] = Wishes(quiet=quiet_from("17:00-07:00"))
    await house.pass_to(SUNDAY_EVENING + timedelta(hours=12))
    assert house.to("ana") == []
    await house.pass_time(hours=2)
    assert len(house.open_for("ana")) == 1


async def test_in_a_pause_nothing_comes_and_nothing_is_kept_for_later(house):
    await house.own_every_day("ana")
    ana = await house.person("ana")
    house.wishes[ana.id] = Wishes(house.clock.now() + timedelta(days=4), None)
    await house.pass_time(days=4)
    assert house.to("ana") == []
    await house.pass_time(days=1)
    assert len(house.to("ana")) == 1


async def test_ones_own_pause_until_a_day(house):
    wish = await house.own_every_day("ana")
    reply = await house.press("ana", Press("prompts", "own_pause", wish.id, "other"), private=True)
    shown = await house.send_form("ana", reply.form.press, {"day": "2026-12-10"}, private=True)
    assert "paused until Dec 10, 2026" in text_of(shown)
    await house.pass_to(datetime(2026, 12, 10, 16, tzinfo=UTC))
    assert house.to("ana") == []
    await house.pass_time(hours=2)
    assert len(house.open_for("ana")) == 1


async def test_answered_before_its_quiet_hours_ended_it_does_not_come(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    ana = await house.person("ana")
    house.wishes[ana.id] = Wishes(quiet=quiet_from("17:00-07:00"))
    await house.pass_to(SUNDAY_EVENING)
    await house.checks_in("ana", house.news()[0].post.reply, "Check in")
    await house.pass_time(hours=20)
    assert house.to("ana") == []


async def test_what_waits_in_private_is_withdrawn_with_its_prompt(house):
    for last in (("Stop",), ("Delete", "Delete it")):
        prompt = await house.made()
        await house.wants("ana", prompt)
        ana = await house.person("ana")
        house.wishes[ana.id] = Wishes(quiet=quiet_from("17:00-07:00"))
        await house.pass_to(house.clock.now().replace(hour=17, minute=0, second=0) + timedelta(days=5 if last[0] == "Stop" else 6))
        await house.leads("Standard", *last)
        await house.pass_time(hours=20)
        assert house.to("ana") == []
        if last[0] == "Stop":
            await house.leads("Standard", "Delete", "Delete it")


async def test_what_is_open_in_private_is_closed_with_a_deleted_prompt(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.pass_to(SUNDAY_EVENING)
    await house.leads("Standard", "Delete", "Delete it")
    await house.work_off()
    assert house.screen("ana") == ["This one is over."]
    assert await house.wishes_of("ana") == []


async def test_who_took_their_consent_back_is_not_asked(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    await house.settle("ana", consented_at=None)
    await house.pass_to(SUNDAY_EVENING)
    assert house.to("ana") == []


async def test_who_has_not_agreed_to_anything_is_asked_for_that_before_they_can_want_it(house):
    prompt = await house.made()
    await house.press("new", Press("prompts", "join", prompt.id))
    await house.settle("new")
    assert await house.wishes_of("new") == []


# One's own clocks ---------------------------------------------------------------------------------------------------


async def test_an_own_one_comes_on_the_persons_clocks(house):
    await house.own_every_day("ana", "America/New_York")
    await house.pass_to(datetime(2026, 12, 1, 22, 59, tzinfo=UTC))
    assert house.to("ana") == []
    await house.pass_time(minutes=1)
    assert len(house.open_for("ana")) == 1


async def test_who_moves_between_two_is_asked_at_the_same_time_of_day_there(house):
    await house.own_every_day("ana")
    await house.pass_time(hours=12)
    assert len(house.to("ana")) == 1
    await house.settle("ana", zone="Asia/Tokyo")
    await house.pass_to(datetime(2026, 12, 2, 8, 59, tzinfo=UTC))  # 17:59 in Tokyo
    assert len(house.to("ana")) == 1
    await house.pass_time(minutes=1)
    assert len(house.to("ana")) == 3  # the new one, and the old one is over


async def test_who_moves_west_after_an_evenings_prompt_is_not_asked_again_that_evening(house):
    await house.own_every_day("ana")
    await house.pass_to(datetime(2026, 12, 1, 20, tzinfo=UTC))
    assert len(house.to("ana")) == 1
    await house.settle("ana", zone="America/Los_Angeles")
    await house.pass_to(datetime(2026, 12, 2, 12, tzinfo=UTC))  # it has been six there, on Tuesday
    assert len(house.to("ana")) == 1
    await house.pass_to(datetime(2026, 12, 3, 2, tzinfo=UTC))
    assert len(house.open_for("ana")) == 1
    assert len(house.to("ana")) == 3


async def test_an_own_one_keeps_its_time_across_a_clock_change(house):
    house.clock.at = datetime(2027, 3, 27, 8, tzinfo=UTC)
    await house.own_every_day("ana")
    await house.pass_to(datetime(2027, 3, 27, 17, tzinfo=UTC))
    assert len(house.to("ana")) == 1
    await house.pass_to(datetime(2027, 3, 28, 15, 59, tzinfo=UTC))
    assert len(house.to("ana")) == 1
    await house.pass_time(minutes=1)
    assert len(house.open_for("ana")) == 1
    assert len(house.to("ana")) == 3


async def test_three_days_of_downtime_give_one(house):
    await house.own_every_day("ana")
    await house.sleep_through(days=3)
    assert len(house.to("ana")) == 1


async def test_a_time_of_ones_own_can_be_typed_and_nothing_else(house):
    wish = await house.own_every_day("ana")
    press = (await house.press("ana", Press("prompts", "own_hour", wish.id, "other"), private=True)).form.press
    for typed in ("7" * 10_000, "7" * 3_000, "", "soon"):
        await house.send_form("ana", press, {"time": typed}, private=True)
        assert await house.wishes_of("ana") == [wish]
    await house.send_form("ana", press, {"time": "7:15"}, private=True)
    assert (await house.wishes_of("ana"))[0].body.wall == time(7, 15)


async def test_at_most_three_times_of_ones_own(house):
    await house.settle("ana", consented_at=house.clock.now())
    for _ in range(3):
        reply = await house.press("ana", Press("prompts", "own"), private=True)
        await house.taps("ana", reply, "Start", private=True)
    assert "You can have 3" in text_of(await house.press("ana", Press("prompts", "own"), private=True))


# Others' ------------------------------------------------------------------------------------------------------------


async def test_somebody_elses_wish_answers_as_one_that_is_not_there(house):
    wish = await house.own_every_day("ana")
    await house.settle("eve", consented_at=house.clock.now())
    for action, value in (
        ("wish", ""),
        ("leave", ""),
        ("again", ""),
        ("own_pause", "4"),
        ("own_run", "on"),
        ("own_day", "1off"),
        ("own_hour", "8"),
        ("own_what", "short"),
        ("own_when", ""),
    ):
        foreign = await house.press("eve", Press("prompts", action, wish.id, value), private=True)
        missing = await house.press("eve", Press("prompts", action, "0" * 32, value), private=True)
        assert foreign == missing
    assert await house.wishes_of("ana") == [wish]


async def test_somebody_elses_asking_opens_nothing_of_theirs(house):
    await house.own_every_day("ana")
    await house.pass_time(hours=12)
    asked = house.last_for("ana")
    await house.settle("eve", consented_at=house.clock.now())
    assert "is over" in text_of(await house.press("eve", press_of(asked, "Begin"), private=True))
    assert "is over" in text_of(await house.press("eve", press_of(asked, "Not this time"), private=True))
    assert await house.open_of("ana") is not None


@pytest.mark.parametrize("value", ["x", "9on", "own", "q", "-1", "family"])
async def test_forged_values_change_nothing(house, value):
    wish = await house.own_every_day("ana")
    for action in ("own_what", "own_day", "own_hour", "own_run", "own_pause", "alone"):
        try:
            press = Press("prompts", action, wish.id, value)
        except ValueError:
            continue
        if (action, value) != ("alone", "family"):
            assert "Nothing was changed" in text_of(await house.press("ana", press, private=True)) or action == "alone"
    assert await house.wishes_of("ana") == [wish]


# Two worlds ---------------------------------------------------------------------------------------------------------


async def test_no_list_joins_relatives_and_participants(house):
    await house.made()
    await house.leads("New check-in", "For family and friends", "Start", room="family")
    family = (await house.all_prompts())[-1]
    await house.settle("ana", consented_at=house.clock.now(), home=family.community)
    participants = await house.press("ana", Press("prompts", "mine"), private=True)
    relatives = await house.press("ana", Press("prompts", "mine", "", "family"), private=True)
    assert any(label.startswith("Standard") for label in labels_of(participants))
    assert not any(label.startswith("For family and friends:") for label in labels_of(participants))
    assert any(label.startswith("For family and friends:") for label in labels_of(relatives))
    assert not any(label.startswith("Standard") for label in labels_of(relatives))


async def test_relatives_are_only_asked_by_their_own_prompts(house):
    await house.made()
    await house.leads("New check-in", "For family and friends", "Start", room="family")
    family = (await house.all_prompts())[-1]
    await house.wants("rel", family)
    await house.pass_to(SUNDAY_EVENING)
    (asked,) = house.to("rel")
    asking = await house.newest(family)
    assert press_of(asked.post.reply, "Begin").subject == asking.id


# Doors, and many ----------------------------------------------------------------------------------------------------


async def test_whom_nothing_reaches_is_not_asked_for_ever(house):
    await house.own_every_day("ana")
    house.closed.add(Account("discord", "ana"))
    await house.pass_time(days=8)
    assert (await house.wishes_of("ana"))[0].body.resting
    assert len(house.dropped) <= 4
    assert await house.open_of("ana") is None


async def test_of_sixty_who_want_it_each_is_asked_once(house):
    prompt = await house.made()
    for n in range(60):
        await house.wants(f"p{n}", prompt)
    await house.pass_time(days=6)
    assert [len(house.to(f"p{n}")) for n in range(60)] == [1] * 60


async def test_an_opening_writes_nothing_of_the_asking(house):
    prompt = await house.made()
    await house.pass_to(SUNDAY_EVENING)
    before = await house.newest(prompt)
    for n in range(5):
        await house.settle(f"p{n}", consented_at=house.clock.now())
        await house.press(f"p{n}", press_of(house.news()[0].post.reply, "Check in"))
    assert await house.newest(prompt) == before == replace(before, standing=Standing.SENT)


async def test_every_own_screen_fits_and_has_help(house):
    prompt = await house.made()
    await house.wants("ana", prompt)
    wish = await house.own_every_day("ana")
    for press in (
        Press("prompts", "mine"),
        Press("prompts", "mine", "", "family"),
        Press("prompts", "wish", wish.id),
        Press("prompts", "own_when", wish.id),
        Press("prompts", "own_pause", wish.id),
        Press("prompts", "own_pause", wish.id, "1"),
        Press("prompts", "again", wish.id),
        Press("prompts", "leave", wish.id),
    ):
        fits(await house.press("ana", press, private=True))


async def test_however_many_ask_somebody_each_can_be_reached_and_stopped(house):
    prompts = []
    for n in range(5):
        await house.leads("New check-in", "Start", room=f"room{n}")
        prompts.append((await house.all_prompts())[-1])
    for prompt in prompts:
        await house.wants("ana", prompt)
    for _ in range(2):
        await house.own_every_day("ana")
    left = 7
    while left:
        shown = await house.type("ana", "/prompts", private=True)
        if left > 6:
            shown = await house.taps("ana", shown, "More", private=True)
        wish = next(button.press for button in buttons_of(shown) if button.press is not None and button.press.action == "wish")
        await house.press("ana", Press("prompts", "leave", wish.subject), private=True)
        left -= 1
        assert len(await house.wishes_of("ana")) == left


async def test_from_what_asks_a_relative_questions_of_the_communitys_own_the_way_back_is_the_relatives_list(house):
    prompt = await house.made()
    own = replace(prompt, audience=Audience.FAMILY, asks=Asks.OWN, questions="q", title="Our questions")
    await house.store.transact(lambda unit: Prompts(unit).keep(own))
    await house.wants("ana", own)
    (wish,) = await house.wishes_of("ana")
    shown = await house.press("ana", Press("prompts", "wish", wish.id), private=True)
    assert press_of(shown, "Back") == Press("prompts", "mine", "", "family")
