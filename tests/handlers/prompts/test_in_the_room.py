"""A room's prompt: set up in a few taps, one card at a time, no count, no names."""

from datetime import UTC, datetime, timedelta

from bot.core.prompting import prompted
from bot.core.quiet import quiet_from
from bot.core.replies import Press
from handlers.prompts.records import Standing, State
from tests.handlers.flows.driving import fits
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

SUNDAY_EVENING = datetime(2026, 12, 6, 17, tzinfo=UTC)  # 18:00 in Berlin


async def test_three_taps_make_a_prompt_and_its_panel_says_when_it_comes(house):
    reply = await house.leads("New check-in", "Start")
    assert "Sun, 6:00 PM" in text_of(reply)
    assert "Next: Sun, Dec 6, 6:00 PM" in text_of(reply)
    assert "then Sun, Dec 13" in text_of(reply)
    await house.pass_to(SUNDAY_EVENING)
    assert len(house.open_cards()) == 1


async def test_a_card_has_three_ways_and_says_nothing_of_who_was_there(house):
    await house.made()
    await house.pass_to(SUNDAY_EVENING)
    (card,) = house.news()
    assert labels_of(card.post.reply) == ["Check in (private)", "Ask me in private too", "Help now"]
    assert [button.private for button in buttons_of(card.post.reply)[:2]] == [True, True]
    ana = await house.settle("ana", consented_at=house.clock.now())
    assert ana
    before = len(house.news())
    await house.press("ana", press_of(card.post.reply, "Check in"))
    await house.work_off()
    assert len(house.news()) == before  # no edit, no count


async def test_the_button_opens_the_check_in_of_this_asking(house):
    prompt = await house.made()
    await house.pass_to(SUNDAY_EVENING)
    person = await house.settle("ana", consented_at=house.clock.now())
    card = house.news()[0].post.reply
    reply = await house.press("ana", press_of(card, "Check in"))
    assert "How was your week" in text_of(reply)
    asking = await house.newest(prompt)
    from storage.flow_states import FlowStates

    (under_way,) = await house.store.transact(lambda unit: FlowStates(unit).of_person(person))
    assert under_way.subject == prompted(asking.id)


async def test_whoever_has_not_agreed_is_asked_for_that_first(house):
    await house.made()
    await house.pass_to(SUNDAY_EVENING)
    reply = await house.press("new", press_of(house.news()[0].post.reply, "Check in"))
    assert "How was your week" not in text_of(reply)


async def test_a_new_card_closes_the_one_before(house):
    await house.made()
    await house.pass_time(days=13)
    assert len(house.open_cards()) == 1
    assert house.cards()[0] == "This check-in is over. A newer one is below."
    assert sum(bool(claimed.edit) for claimed in house.news()) == 1


async def test_a_press_on_an_old_card_opens_the_newest(house):
    prompt = await house.made()
    await house.pass_to(SUNDAY_EVENING)
    old = house.news()[0].post.reply
    await house.pass_time(days=7)
    person = await house.settle("ana", consented_at=house.clock.now())
    await house.press("ana", press_of(old, "Check in"))
    from storage.flow_states import FlowStates

    (under_way,) = await house.store.transact(lambda unit: FlowStates(unit).of_person(person))
    assert under_way.subject == prompted((await house.newest(prompt)).id)


async def test_a_card_of_a_prompt_that_is_gone_offers_a_check_in_alone(house):
    await house.made()
    await house.pass_to(SUNDAY_EVENING)
    card = house.news()[0].post.reply
    await house.leads("Standard", "Delete", "Delete it")
    await house.work_off()
    assert house.cards() == ["This check-in is over."]
    await house.settle("ana", consented_at=house.clock.now())
    reply = await house.press("ana", press_of(card, "Check in"))
    assert "This check-in is over" in text_of(reply)
    assert "How was your week" in text_of(await house.taps("ana", reply, "Do one for myself"))


async def test_days_and_times_are_taps_and_work_at_once(house):
    await house.made()
    reply = await house.leads("Standard", "Time", "Tue", "8:00 PM")
    assert "Next: Tue, Dec 1, 8:00 PM" in text_of(reply)
    await house.pass_to(datetime(2026, 12, 1, 19, tzinfo=UTC))
    assert len(house.open_cards()) == 1


async def test_the_last_day_stays(house):
    prompt = await house.made()
    await house.leads("Standard", "Time", "Sun")
    assert (await house.prompt(prompt)).schedule.rule == "FREQ=WEEKLY;BYDAY=SU"


async def test_a_time_can_be_typed_and_ten_thousand_characters_are_no_time(house):
    prompt = await house.made()
    reply = await house.leads("Standard", "Time", "Another time")
    for typed in ("7" * 10_000, "25:00", "", "half past", "٧:٣٠"):
        refused = await house.send_form("kim", reply.form.press, {"time": typed}, leads=True)
        assert "Nothing was changed" in text_of(refused)
        assert len(text_of(refused)) < 200
    assert await house.prompt(prompt) == prompt
    await house.send_form("kim", reply.form.press, {"time": "19:30"}, leads=True)
    assert (await house.prompt(prompt)).schedule.wall.isoformat("minutes") == "19:30"


async def test_a_wall_time_is_kept_across_a_clock_change(house):
    house.clock.at = datetime(2027, 3, 20, 8, tzinfo=UTC)
    await house.made()
    await house.pass_time(days=14)
    at = [claimed.post.too_late_at - timedelta(hours=24) for claimed in house.news() if not claimed.edit]
    assert at == [datetime(2027, 3, 21, 17, tzinfo=UTC), datetime(2027, 3, 28, 16, tzinfo=UTC)]


async def test_a_pause_until_a_day_lets_nothing_come_before(house):
    await house.made()
    reply = await house.leads("Standard", "Pause", "Until another day")
    shown = await house.send_form("kim", reply.form.press, {"day": "2026-12-24"}, leads=True)
    assert "paused until Dec 24, 2026" in text_of(shown)
    assert "Next: Sun, Dec 27" in text_of(shown)
    await house.pass_to(datetime(2026, 12, 26, tzinfo=UTC))
    assert house.cards() == []
    await house.pass_time(days=2)
    assert len(house.open_cards()) == 1


async def test_the_pause_can_be_ended_by_a_tap(house):
    await house.made()
    await house.leads("Standard", "Pause", "4 weeks")
    await house.leads("Standard", "End the pause")
    await house.pass_to(SUNDAY_EVENING)
    assert len(house.open_cards()) == 1


async def test_what_is_stopped_does_not_come_and_can_be_started_again(house):
    await house.made()
    await house.leads("Standard", "Stop")
    await house.pass_time(days=7)
    assert house.cards() == []
    await house.leads("Standard", "Start")
    await house.pass_time(days=7)
    assert len(house.open_cards()) == 1


async def test_in_quiet_hours_of_the_community_a_card_waits_for_their_end(house):
    house.quiet = quiet_from("17:00-07:30")
    reply = await house.leads("New check-in", "Start")
    assert "Next: Mon, Dec 7, 7:30 AM" in text_of(reply)
    await house.pass_to(datetime(2026, 12, 7, 6, tzinfo=UTC))
    assert house.cards() == []
    await house.pass_time(minutes=31)
    assert len(house.open_cards()) == 1


async def test_what_falls_into_quiet_hours_that_last_until_the_next_comes_once(house):
    house.quiet = quiet_from("17:00-16:00")
    await house.asked_every_day()
    await house.pass_time(days=3)
    assert len([claimed for claimed in house.news() if not claimed.edit]) <= 3
    assert len(house.open_cards()) == 1


async def test_three_days_of_downtime_give_one_card(house):
    await house.asked_every_day()
    await house.pass_time(hours=12)
    assert len(house.cards()) == 1
    await house.sleep_through(days=3)
    assert len([claimed for claimed in house.news() if not claimed.edit]) == 2
    assert len(house.open_cards()) == 1
    await house.pass_time(days=1)
    assert len([claimed for claimed in house.news() if not claimed.edit]) == 3


async def test_a_weekly_one_that_is_over_a_day_late_is_left_out_and_the_next_comes(house):
    await house.made()
    await house.sleep_through(days=7)
    assert house.cards() == []
    await house.pass_to(SUNDAY_EVENING + timedelta(days=7))
    assert len(house.open_cards()) == 1


async def test_within_a_day_a_late_one_still_comes(house):
    await house.made()
    await house.sleep_through(days=6, hours=8)
    assert len(house.open_cards()) == 1


async def test_an_edit_while_a_card_is_being_sent_moves_only_the_next(house):
    prompt = await house.made()
    house.clock.at = SUNDAY_EVENING
    jobs = house.features[0].jobs
    (due,) = await house.store.due_queue.claim("me", house.clock.now(), house.clock.now() + timedelta(minutes=1), 10)

    async def work(unit):
        assert await unit.due.take(due)
        await jobs[due.kind](due, house.clock.now(), unit)

    await house.store.transact(work)
    queue, now = house.store.outbox_queue, house.clock.now()
    (claimed,) = await queue.claim("courier", "discord", now, now + timedelta(minutes=1), 10)
    await house.leads("Standard", "Time", "Mon", "8:00 AM")
    assert await queue.holds("courier", claimed)  # it is sent, under its own key
    await queue.mark_sent(claimed, "m", now)
    house.sent.append(claimed)
    await house.pass_time(hours=24)
    keys = [claimed.post.key for claimed in house.news() if not claimed.edit]
    assert len(keys) == len(set(keys)) == 2  # Sunday's, and Monday's at eight
    assert len(house.open_cards()) == 1
    assert (await house.newest(prompt)).standing is Standing.SENT


async def test_deleted_or_stopped_while_it_waits_to_be_sent_it_is_withdrawn(house):
    for last in (("Delete", "Delete it"), ("Stop",), ("Pause", "A week")):
        await house.made()
        at = (await house.all_prompts())[-1]
        house.clock.at = max(house.clock.at, SUNDAY_EVENING) + timedelta(seconds=1)
        (due,) = [
            one
            for one in await house.store.due_queue.claim("me", house.clock.at + timedelta(days=7), house.clock.at, 10)
            if one.kind == "room.prompt" and at.id in one.subject
        ]

        async def work(unit, due=due):
            house.clock.at = max(due.at, house.clock.at)
            assert await unit.due.take(due)
            await house.features[0].jobs[due.kind](due, house.clock.now(), unit)

        await house.store.transact(work)
        await house.leads("Standard", *last)
        await house.work_off()
        assert house.cards() == []
        if await house.prompt(at):
            await house.leads("Standard", "Delete", "Delete it")


async def test_every_screen_fits_and_has_help(house):
    house.own = [(f"{n:032x}", f"Questions number {n}, with a title that is rather long") for n in range(1, 9)]
    house.own = [(name[::-1], title) for name, title in house.own]
    await house.make(title="A meeting with a title that is longer than a button's label may be")
    screens = [
        await house.leads(),
        await house.leads("New check-in"),
        await house.leads("Standard", "Questions"),
        await house.leads("Standard", "Questions", "More"),
        await house.leads("Standard", "Time"),
        await house.leads("Standard", "Time", "After a meeting"),
        await house.leads("Standard", "Time", "After a meeting", "A meeting"),
        await house.leads("Standard", "Start"),
        await house.leads("Standard", "Pause"),
        await house.leads("Standard", "Delete"),
        await house.type("kim", "/prompts", private=True),
    ]
    for screen in screens:
        fits(screen)


async def test_a_communitys_own_questions_are_shown_by_their_title(house):
    house.own = [("ab" * 16, "How the garden does")]
    prompt = await house.made("Questions", "How the garden does")
    assert (prompt.asks, prompt.questions) == ("own", "ab" * 16)
    await house.pass_to(SUNDAY_EVENING)
    assert "How the garden does" in house.open_cards()[0]


async def test_at_most_ten_prompts_a_community(house):
    for room in range(10):
        await house.made(room=f"room{room}")
    assert "A community can have 10" in text_of(await house.leads("New check-in", room="another"))


async def test_a_draft_is_gone_on_with_and_an_old_one_goes(house):
    await house.leads("New check-in")
    await house.leads("New check-in")
    assert len(await house.all_prompts()) == 1
    house.clock.move(days=8)
    await house.leads("New check-in")
    (draft,) = await house.all_prompts()
    assert (draft.state, draft.at) == (State.DRAFT, house.clock.now())


# Who may ------------------------------------------------------------------------------------------------------------


async def test_members_are_told_kindly_and_shown_what_is_theirs(house):
    reply = await house.type("ana", "/community prompts")
    assert "this is for its facilitators" in text_of(reply)
    assert "When I am asked" in labels_of(reply)


async def test_no_press_of_a_member_changes_anything(house):
    prompt = await house.made()
    for action, value in (
        ("run", "stop"),
        ("drop", "yes"),
        ("pause", "4"),
        ("day", "1on"),
        ("hour", "8"),
        ("what", "short"),
        ("follow", "off"),
        ("after", "2"),
        ("for", "family"),
        ("here", prompt.room[:12]),
    ):
        await house.press("ana", Press("prompts", action, prompt.id, value))
        await house.press("ana", Press("prompts", action, prompt.id, value), private=True)
        await house.press("eve", Press("prompts", action, prompt.id, value), leads=True, space="elsewhere", room="there")
    assert await house.prompt(prompt) == prompt


async def test_a_prompt_of_elsewhere_answers_as_one_that_is_not_there(house):
    prompt = await house.made()
    foreign = await house.press("eve", Press("prompts", "panel", prompt.id), leads=True, space="elsewhere", room="there")
    missing = await house.press("eve", Press("prompts", "panel", "0" * 32), leads=True, space="elsewhere", room="there")
    assert foreign == missing


async def test_forged_values_change_nothing_and_get_a_kind_answer(house):
    prompt = await house.made()
    for action in ("run", "pause", "day", "hour", "what", "follow", "after", "for", "here", "list", "make"):
        for value in ("x", "9on", "99", "q", "s", "0", "-1", "family_", "p", "off_"):
            try:
                press = Press("prompts", action, prompt.id, value)
            except ValueError:
                continue
            reply = await house.press("kim", press, leads=True)
            assert text_of(reply)
            assert "went wrong" not in text_of(reply)
    assert await house.prompt(prompt) == prompt


async def test_the_panel_works_in_a_facilitators_private_chat_until_the_grant_ends(telegram_house):
    house = telegram_house
    prompt = await house.made()
    await house.press("kim", Press("prompts", "run", prompt.id, "stop"), private=True)
    assert (await house.prompt(prompt)).state is State.STOPPED
    house.clock.move(hours=4)
    await house.press("kim", Press("prompts", "run", prompt.id, "start"), private=True)
    assert (await house.prompt(prompt)).state is State.STOPPED


# Two worlds ---------------------------------------------------------------------------------------------------------


async def test_a_room_asks_participants_or_relatives_and_not_both(house):
    await house.made()
    reply = await house.leads("New check-in", "For family and friends")
    assert "has check-ins for the others already" in text_of(reply)
    await house.leads("New check-in", "For family and friends", room="family")
    family = (await house.all_prompts())[-1]
    assert (family.audience, family.asks) == ("family", "family")


async def test_a_familys_room_cannot_ask_the_participants_questions(house):
    await house.leads("New check-in", "For family and friends", room="family")
    (prompt,) = await house.all_prompts()
    for value in ("standard", "short"):
        await house.press("kim", Press("prompts", "what", prompt.id, value), leads=True, room="family")
    assert (await house.prompt(prompt)).asks == "family"


async def test_the_list_marks_what_is_running(house):
    await house.leads("New check-in")
    listed = await house.leads()
    assert labels_of(listed)[0].startswith("Standard")
    await house.leads("Standard", "Start")
    listed = await house.leads()
    assert labels_of(listed)[0].startswith("✓ Standard")
    assert "Those with ✓ are running" in text_of(listed)


async def test_a_time_of_ones_own_leaves_another_one_in_reach(house):
    await house.made()
    reply = await house.leads("Standard", "Time", "Another time")
    reply = await house.send_form("kim", reply.form.press, {"time": "19:30"}, leads=True)
    assert any(label.startswith("✓ Another time: 7:30") for label in labels_of(reply))
    fits(reply)
