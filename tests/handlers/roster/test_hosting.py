"""Who hosts what: taken, given back, reminded of, asked for; and nobody has a power for longer than their role."""

import asyncio
from datetime import timedelta

from bot.core.calendar import digits
from bot.core.calls import Account, Kind
from bot.core.ids import OccurrenceId
from bot.core.meetings import When
from bot.core.replies import Press
from bot.core.richtext import words_in
from storage.meetings import Meetings
from storage.privacy import PersonalRows
from storage.roster import Roster
from tests.handlers.screens import labels_of, press_of, text_of

TWO_DAYS = timedelta(days=2)


def named(occurrence, action, value=""):
    return Press("roster", action, occurrence.series, value or digits(occurrence.original))


async def test_a_facilitator_comes_onto_the_roster_with_a_name_and_sees_the_others(corner):
    shown = await corner.join("fay", "gil")
    assert "Fay" in text_of(shown)
    assert "Gil (you)" in text_of(shown)
    assert "2 people are on the roster" in text_of(shown)


async def test_a_member_sees_nothing_of_it_by_command_or_forged_press(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    assert "Fay" not in text_of(await corner.open("ann", leads=False))
    community = (await house.all_series())[0].community
    for action, subject in (("corner", community), ("hosts", community), ("evening", occurrence.series), ("training", community)):
        for private in (True, False):
            told = await house.press("ann", Press("roster", action, subject, digits(occurrence.original)), private=private)
            assert "Fay" not in text_of(told)
            assert "facilitators" in text_of(told) or "button" in text_of(told).lower()
    for nowhere in ("0" * 32, ""):
        await house.press("ann", Press("roster", "corner", nowhere), private=True)


async def test_the_list_has_four_weeks_and_who_hosts_each(house, corner):
    await corner.join("fay")
    await house.plan(TWO_DAYS)
    await corner.take("fay", 1)
    listed = await house.press("fay", press_of(await corner.open("fay"), "Who hosts what"), private=True)
    lines = [line for line in text_of(listed).splitlines() if "Open evening" in line]
    assert len(lines) == 4
    assert ["you host" in line for line in lines] == [False, True, False, False]


async def test_of_two_who_take_an_evening_at_once_one_has_it_and_the_other_reads_who(house, corner):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await corner.evening("fay")
    await corner.evening("gil")
    told = await asyncio.gather(*(house.press(who, named(occurrence, "take"), private=True) for who in ("fay", "gil")))
    assert sorted("is yours" in text_of(one) for one in told) == [False, True]
    assert sum("has taken this evening" in text_of(one) for one in told) == 1


async def test_every_one_of_a_series_is_hosted_and_one_given_back(house, corner):
    await corner.join("fay", "gil")
    await house.plan(TWO_DAYS)
    taken = await corner.tap("fay", await corner.evening("fay"), "I host this series")
    assert "You host every evening of this series" in text_of(taken)
    given = await corner.tap("fay", await corner.evening("fay", 2), "Give it back")
    assert "no host yet" in text_of(given)
    assert "you host" in text_of(await corner.evening("fay", 1))
    assert "you host" in text_of(await corner.take("gil", 2))
    assert "Fay hosts every evening" in text_of(await corner.evening("gil", 1))


async def test_a_day_before_the_host_is_reminded_discreetly_and_the_panel_is_theirs_in_time(house, corner):
    await corner.join("fay")
    await house.plan(TWO_DAYS)
    await corner.take("fay")
    await house.pass_time(hours=23, minutes=59)
    assert await corner.letters("fay") == []
    await house.pass_time(minutes=1)
    (letter,) = await corner.letters("fay")
    assert "You said that you host" in text_of(letter)
    assert list(words_in(letter.blocks)) == []
    assert labels_of(letter) == ["I am there", "I cannot", "Help now"]
    assert "Half an hour before" in text_of(await corner.tap("fay", letter, "I am there"))
    await house.pass_time(hours=23, minutes=30)
    panel = await corner.tap("fay", (await corner.letters("fay"))[-1], "I am here")
    assert "You host this meeting." in text_of(panel)
    await house.pass_time(minutes=15)
    assert "has no host yet" not in " ".join(house.private_texts(await house.person("fay")))


async def test_who_helps_gets_the_panel_too(house, corner):
    await corner.join("fay", "gil")
    await house.plan(TWO_DAYS)
    await corner.take("fay")
    await corner.tap("gil", await corner.evening("gil"), "I help this evening")
    await house.pass_time(hours=47, minutes=31)
    letter = (await corner.letters("gil"))[-1]
    assert "You help" in text_of(letter)
    panel = await corner.tap("gil", letter, "Open the panel")
    assert "Someone else hosts this meeting." in text_of(panel)


async def test_who_cannot_has_the_others_asked_and_is_told_who_takes_it(house, corner):
    await corner.join("fay", "gil", "sue")
    await house.plan(TWO_DAYS)
    await corner.take("fay")
    await house.pass_time(hours=24)
    letter = (await corner.letters("fay"))[-1]
    assert "I ask the others now" in text_of(await corner.tap("fay", letter, "I cannot"))
    await house.work_off()
    asked = [(await corner.letters(who))[-1] for who in ("gil", "sue")]
    assert all("has no host yet" in text_of(one) for one in asked)
    assert len(await corner.letters("fay")) == 1
    told = await asyncio.gather(corner.tap("gil", asked[0], "I can host it"), corner.tap("sue", asked[1], "I can host it"))
    assert sorted("you host it" in text_of(one) for one in told) == [False, True]
    await house.work_off()
    winner = "Gil" if "you host it" in text_of(told[0]) else "Sue"
    assert f"{winner} hosts in your place" in house.private_texts(await house.person("fay"))[-1]
    other = "sue" if winner == "Gil" else "gil"
    assert house.private_texts(await house.person(other))[-1] == "That evening has a host now. Thank you."


async def test_with_nobody_on_duty_the_roster_is_asked_once(house, corner):
    await corner.join("fay", "gil")
    await house.plan(TWO_DAYS)
    await house.pass_time(hours=47)
    assert [len(await corner.letters(who)) for who in ("fay", "gil")] == [1, 1]


async def test_an_evening_that_is_moved_is_reminded_of_at_its_new_time_and_a_cancelled_one_not(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    off = Press("series", "off", occurrence.id)
    form = await house.press("fay", off, leads=True)
    await house.send_form("fay", form.form.press, {"reason": "Holiday"})
    await house.pass_time(hours=48)
    assert not any("You said that you host" in text for text in house.private_texts(await house.person("fay")))
    told = await house.press("fay", Press("roster", "cannot", occurrence.id), private=True)
    assert "cancelled" in text_of(told)


async def test_a_role_that_ended_is_noticed_in_the_room_and_old_buttons_are_dead(house, corner):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    old = await corner.evening("fay")
    await house.pass_time(hours=24)
    letter = (await corner.letters("fay"))[-1]
    await house.press("fay", Press("meetings", "join", occurrence.id))  # in the room, without the role
    await house.work_off()
    shown = await corner.open("gil")
    assert "Fay" not in text_of(shown)
    for press in (press_of(old, "Give it back"), press_of(letter, "I am there"), press_of(letter, "I cannot")):
        assert "This is for the facilitators" in text_of(await house.press("fay", press, private=True))
    assert "has no host yet" in house.private_texts(await house.person("gil"))[-1]  # the evening is near, and free again
    await house.pass_time(hours=23, minutes=45)
    refused = await house.press("fay", Press("meetings", "panel", occurrence.id), private=True)
    assert "You host" not in text_of(refused)


async def test_an_erased_colleague_is_off_and_the_evening_is_asked_for(house, corner):
    await corner.join("fay", "gil")
    await house.plan(TWO_DAYS)
    await corner.take("fay")
    await house.pass_time(hours=24)
    fay = await house.person("fay")
    (corner_of_it,) = [one for one in house.features if one.name == "roster"]

    async def erase(unit):
        await corner_of_it.leaves(fay, house.clock.now(), unit)
        await PersonalRows(unit).erase(fay, house.clock.now())

    await house.store.transact(erase)
    await house.work_off()
    assert "has no host yet" in house.private_texts(await house.person("gil"))[-1]
    series = (await house.all_series())[0]
    assert await house.store.transact(lambda unit: Roster(unit).duties([series.id])) == []


async def test_foreign_and_forged_evenings_change_nothing(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await corner.open("fay")
    for value in ("202601011900", "999999999999", "x", ""):
        await house.press("fay", Press("roster", "take", occurrence.series, value), private=True)
    house.space = "elsewhere"
    await house.press("eve", named(occurrence, "take"), leads=True)
    assert await house.store.transact(lambda unit: Roster(unit).duties([occurrence.series])) == []


async def test_leaving_the_roster_frees_ones_evenings(house, corner):
    await corner.join("fay", "gil")
    await house.plan(TWO_DAYS)
    await corner.take("fay")
    asked = await corner.tap("fay", await corner.open("fay"), "Leave")
    assert "off the roster" in text_of(await corner.tap("fay", asked, "Yes, leave"))
    assert "no host yet" in text_of(await corner.evening("gil"))


async def test_the_substitutes_list_is_a_switch_of_the_corner(house, corner):
    shown = await corner.tap("fay", await corner.open("fay"), "Ask me when nobody hosts")
    assert "I ask you." in text_of(shown)
    assert "You are on the list" in text_of(await house.type("fay", "/substitute", leads=True))
    assert "I do not ask you." in text_of(await corner.tap("fay", shown, "Do not ask me"))


async def test_who_took_it_on_in_the_room_stays_its_host(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await house.pass_time(hours=25)
    await house.press("gil", Press("meetings", "host", occurrence.id), leads=True)
    await house.pass_time(hours=22, minutes=40)
    gil = await house.store.transact(lambda unit: unit.people.find(Account("discord", "gil")))
    host = await house.store.transact(lambda unit: Meetings(unit).host(OccurrenceId(occurrence.id)))
    assert host == gil.id
    assert When.DUTY.kind == "room.duty"


async def test_while_a_platform_cannot_say_who_has_a_role_nobody_loses_what_they_have(house, corner):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await corner.tap("fay", await corner.open("fay"), "Ask me when nobody hosts")
    community = (await house.all_series())[0].community
    for press in (
        Press("meetings", "join", occurrence.id),
        Press("meetings", "substitute", community, "on"),
        Press("roster", "corner", community),
        Press("roster", "ask_me", community, "on"),
        named(occurrence, "give"),
    ):
        await house.act("fay", Kind.PRESS, press=press, roles_known=False)
    shown = await corner.evening("gil")
    assert "Fay hosts" in text_of(shown)
    assert "I ask you." in text_of(await corner.open("fay"))
