"""A meeting is never left to itself: substitutes are asked, the first has it; without anybody it goes by its script, or says so."""

import asyncio
from datetime import timedelta

from bot.core.meetings import State
from bot.core.replies import Press
from bot.core.richtext import words_in
from tests.handlers.meetings.house import House
from tests.handlers.screens import labels_of, press_of, text_of

IN_AN_HOUR = timedelta(hours=1)


async def listed(house: House, *who: str) -> None:
    for one in who:
        asked = await house.type(one, "/substitute", leads=True)
        on = await house.press(one, press_of(asked, "Put me"), private=True)
        assert "You are on the list now." in text_of(on)


async def test_substitutes_are_asked_in_private_a_quarter_of_an_hour_before_and_the_first_to_claim_hosts(house: House):
    await listed(house, "sue", "tom")
    await house.plan(IN_AN_HOUR)
    await house.pass_time(minutes=44)
    assert house.sent == []
    await house.pass_time(minutes=1)
    sue, tom = await house.person("sue"), await house.person("tom")
    asked = house.of(sue)[-1].post.reply
    assert "A meeting at 8:00 PM has no host yet." in text_of(asked)
    assert list(words_in(asked.blocks)) == []  # a lock screen may show it: no title
    assert labels_of(asked) == ["I can host it", "Help now"]
    panel = await house.press("tom", press_of(asked, "I can host"), private=True)
    assert "Thank you: you host this meeting." in text_of(panel)
    late = await house.press("sue", press_of(asked, "I can host"), private=True)
    assert text_of(late) == "Somebody has taken it. Thank you."
    await house.deliver()
    assert house.private_texts(sue)[-1] == "That meeting has a host now. Thank you."
    assert house.of(sue)[-1].edit is not None  # in place of the question
    assert house.private_texts(tom)[-1].startswith("A meeting at")
    await house.pass_time(minutes=6)
    assert "Nobody has said yet" not in text_of(house.card)
    panel = await house.press("tom", press_of(panel, "Refresh"), private=True)
    assert "You host this meeting." in text_of(await house.press("tom", press_of(panel, "Start"), private=True))


async def test_two_who_claim_at_once_are_one_host(house: House):
    await listed(house, "sue", "tom")
    occurrence = await house.plan(IN_AN_HOUR)
    await house.pass_time(minutes=45)
    claim = Press("meetings", "claim", occurrence.id)
    replies = await asyncio.gather(*(house.press(who, claim, private=True) for who in ("sue", "tom")))
    assert sorted("you host this meeting" in text_of(reply) for reply in replies) == [False, True]


async def test_nobody_is_asked_when_a_facilitator_said_that_they_are_here(house: House):
    await listed(house, "sue")
    occurrence = await house.plan(IN_AN_HOUR)
    await house.pass_time(minutes=10)
    early = await house.press("ann", Press("meetings", "join", occurrence.id))
    assert "The room is not open yet." in text_of(early)
    here = await house.press("fay", Press("meetings", "join", occurrence.id), leads=True)  # from an announcement
    assert "You are in." in text_of(here)
    await house.pass_time(minutes=41)
    assert house.of(await house.person("sue")) == []
    assert "Nobody has said yet" not in text_of(house.card)


async def test_a_promise_of_the_day_before_has_to_be_kept(house: House):
    await listed(house, "sue")
    occurrence = await house.plan(timedelta(hours=20))
    panel = await house.press("fay", Press("meetings", "panel", occurrence.id), leads=True)
    assert labels_of(panel) == ["I host", "Refresh", "Read the note", "Help now"]
    promised = await house.press("fay", press_of(panel, "I host"), leads=True)
    assert "You host this meeting." in text_of(promised)
    await house.pass_time(hours=19, minutes=45)  # they are not here
    asked = house.of(await house.person("fay"))[-1].post.reply
    assert "has no host yet" in text_of(asked)
    assert "has no host yet" in house.private_texts(await house.person("sue"))[-1]
    taken = await house.press("sue", press_of(asked, "I can host"), private=True)
    assert "you host this meeting" in text_of(taken)


async def test_two_days_before_it_is_too_early_to_say_so(house: House):
    occurrence = await house.plan(timedelta(hours=30))
    told = await house.press("fay", Press("meetings", "host", occurrence.id), leads=True)
    assert "a day before the start" in text_of(told)


async def test_without_a_host_it_runs_by_itself_from_part_to_part_to_its_end(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("ann", press_of(house.card, "I am here"))
    await house.pass_time(minutes=4)
    assert "Nobody hosts just now, so the meeting goes by its script" in text_of(house.card)
    assert house.news[0].startswith("Welcome, until about 7:10 PM\nWelcome. Nobody hosts tonight")
    await house.pass_time(minutes=90)
    begun = [line.partition(",")[0] for line in house.news]
    assert begun == ["Welcome", "Check-in", "Agenda", "Working time", "Pass the hat", "Check-out"]
    assert "This meeting has ended." in text_of(house.card)
    assert (await house.occurrence()).state is State.PLANNED


async def test_a_room_without_anybody_waits_for_the_first_who_comes(house: House):
    await house.plan()
    await house.pass_time(minutes=12)
    assert house.news == []
    await house.press("ann", press_of(house.card, "I am here"))
    await house.work_off()
    assert house.news[0].startswith("Welcome")


async def test_a_host_who_comes_late_takes_it_over_from_the_script(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("ann", press_of(house.card, "I am here"))
    await house.pass_time(minutes=5)
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    assert "Nobody hosts: the meeting goes by itself." in text_of(panel)
    panel = await house.press("fay", press_of(panel, "I host"), leads=True)
    assert "You host this meeting." in text_of(panel)
    await house.pass_time(minutes=20)
    assert "Now: Welcome" in text_of(house.card)
    assert "goes by its script" not in text_of(house.card)


async def test_who_presses_start_a_moment_too_late_hosts_all_the_same(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("ann", press_of(house.card, "I am here"))
    old = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    await house.pass_time(minutes=5)
    panel = await house.press("fay", press_of(old, "Start"), leads=True)
    assert "You host this meeting." in text_of(panel)
    assert not (await house.occurrence()).self_run
    await house.deliver()
    assert house.news == ["Welcome, until about 7:10 PM"]  # "nobody hosts" is put right where it stands


async def test_a_host_who_is_here_and_silent_has_ten_minutes_then_it_goes_on(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    await house.pass_time(minutes=13)
    assert "The room is open." in text_of(house.card)
    await house.pass_time(minutes=1)
    assert "Now: Welcome" in text_of(house.card)
    assert (await house.occurrence()).self_run


async def test_a_host_whose_connection_is_lost_can_be_followed_by_any_facilitator(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    await house.type("fay", "/meeting start", leads=True)
    panel = await house.press("gil", press_of(house.card, "Facilitator"), leads=True)
    assert "Someone else hosts this meeting." in text_of(panel)
    panel = await house.press("gil", press_of(panel, "I host"), leads=True)
    assert "You host this meeting." in text_of(panel)
    assert "Now" not in text_of(await house.press("gil", press_of(panel, "Next"), private=True))
    assert (await house.occurrence()).segment == 1


async def test_a_series_without_a_script_is_not_held_and_says_when_it_is_next(house: House):
    occurrence = await house.plan(self_run=False)
    await house.pass_time(minutes=1)
    await house.press("ann", press_of(house.card, "I am here"))
    await house.pass_time(minutes=4)
    assert house.news == [
        "Nobody could host tonight, so this meeting does not take place. Thank you for coming.\n"
        "Next time: Tue, Dec 8, 7:05 PM (Central European Time)"
    ]
    assert "This meeting did not take place." in text_of(house.card)
    claimed = await house.press("fay", Press("meetings", "claim", occurrence.id), leads=True)
    assert "This meeting has ended." in text_of(claimed)


async def test_the_list_is_left_by_a_press_and_with_the_role(house: House):
    await listed(house, "sue", "tom", "uma")
    on = await house.type("sue", "/substitute", leads=True)
    assert "You are on the list" in text_of(on)
    off = await house.press("sue", press_of(on, "Take me off"), private=True)
    assert "I do not ask you any more." in text_of(off)
    occurrence = await house.plan(timedelta(minutes=20))
    await house.press("tom", Press("meetings", "join", occurrence.id))  # in the room, without the role
    await house.pass_time(minutes=5)
    assert [bool(house.of(await house.person(who))) for who in ("sue", "tom", "uma")] == [False, False, True]
    refused = await house.press("tom", Press("meetings", "claim", occurrence.id), private=True)
    assert "This is for the facilitators" in text_of(refused)


async def test_only_facilitators_are_substitutes(house: House):
    community = (await house.plan(IN_AN_HOUR)).id
    refused = await house.type("ann", "/substitute")
    assert "list" not in text_of(refused)
    for subject in (community, "0" * 32, ""):
        forged = await house.press("ann", Press("meetings", "substitute", subject, "on"), private=True)
        assert "You are on the list" not in text_of(forged)


async def test_saying_i_am_here_without_the_role_takes_a_panel_back(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    await house.press("fay", press_of(house.card, "I am here"))  # no facilitator any more
    refused = await house.press("fay", press_of(panel, "Start"), private=True)
    assert "This is for the facilitators" in text_of(refused)
