"""Check-in prompts when much happens at once: a thousand members in a minute, people who move, edits in mid-send, downtime."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from bot.core.calls import Account, Incoming, Kind, Place
from bot.core.ids import MessageRef
from bot.core.replies import Press
from bot.runtime.timekeeper import jobs_of
from storage.checkin import CheckIns
from storage.database import concrete
from storage.tables.checkin import checkins
from storage.tables.outbox import outbox
from storage.tables.tools import flow_states
from tests.handlers.prompts.house import open_house
from tests.handlers.screens import press_of, text_of

MEMBERS = 1_000
SUNDAY_EVENING = datetime(2026, 12, 6, 17, tzinfo=UTC)  # 18:00 in Berlin


@pytest.fixture(params=["discord", "telegram"])
async def house(request, tmp_path, clock):
    async with open_house(tmp_path, clock, request.param) as opened:
        yield opened


# A thousand members within a minute ---------------------------------------------------------------------------------------


async def members(house) -> list[str]:
    names = [f"m{n}" for n in range(MEMBERS)]
    community = await house.community()

    async def work(unit):
        for name in names:
            person = await unit.people.make(Account(house.platform, name), house.clock.now(), community.id)
            await unit.people.save(replace(person, consented_at=house.clock.now()))

    await house.store.transact(work)
    return names


async def checks_in(house, name: str, number: int, asked: Press) -> None:
    """From the card to Saved, in two taps; each press goes in twice, as from an impatient finger."""
    private = house.platform == "telegram"
    place = Place(house.platform, name) if private else Place(house.platform, "room", space="space", private=False)

    async def press(what: Press, step: int, where: Place):
        incoming = [
            Incoming(Kind.PRESS, f"{name}_{step}_{again}", Account(house.platform, name), where, house.clock.now(), press=what)
            for again in range(2)
        ]
        first, _ = await asyncio.gather(*map(house.dispatch.take, incoming))
        return first.reply

    room = Place(house.platform, "room", space="space", private=False)
    reply = await press(asked, 0, room)
    reply = await press(press_of(reply, str(number)), 1, place)
    await press(press_of(reply, "Nothing now"), 2, place)


async def test_a_thousand_members_open_the_same_prompt_within_a_minute_and_no_answer_is_lost(house):
    prompt = await house.made("Questions", "Two taps")
    await house.pass_to(SUNDAY_EVENING)
    names, asking = await members(house), await house.newest(prompt)
    (card,) = [claimed.post.reply for claimed in house.sent if claimed.room is not None]
    asked = press_of(card, "Check in (private)")

    await asyncio.gather(*(checks_in(house, name, n % 11, asked) for n, name in enumerate(names)))
    await house.dispatch.settle()

    rows = await house.store.transact(lambda unit: concrete(unit).rows(select(checkins.c.person)))
    assert len(rows) == len({row["person"] for row in rows}) == MEMBERS

    async def answered(unit):
        found = []
        for name in names:
            person = await unit.people.find(Account(house.platform, name))
            found += [one.rating for one in await CheckIns(unit).rated(person.id, "", house.clock.now() - timedelta(hours=1))]
        return found

    assert await house.store.transact(answered) == [n % 11 for n in range(MEMBERS)]
    under_way = await house.store.transact(lambda unit: concrete(unit).rows(select(flow_states.c.id)))
    assert (len(under_way), await house.newest(prompt)) == (0, asking)
    assert [text_of(claimed.post.reply) for claimed in house.sent if claimed.room is not None] == [text_of(card)]


# Somebody moves ---------------------------------------------------------------------------------------------------------------


MOVES = {
    "east in the morning": [(8, "Asia/Tokyo")],
    "west after the evening": [(20, "America/Los_Angeles")],
    "there and back in a day": [(10, "Pacific/Auckland"), (30, "Europe/Berlin")],
    "around the world": [(3, "Asia/Kolkata"), (20, "Asia/Tokyo"), (44, "Pacific/Honolulu"), (70, "Europe/Berlin")],
    "over the date line": [(1, "Pacific/Kiritimati"), (30, "Pacific/Pago_Pago")],
    "every day elsewhere": [(20 * n, ("Asia/Tokyo", "America/New_York", "Europe/Berlin")[n % 3]) for n in range(1, 7)],
}


@pytest.mark.parametrize("moves", MOVES.values(), ids=MOVES)
async def test_time_zone_moves_of_a_person_double_no_prompt_and_lose_none(house, moves):
    """Each evening at six on the clocks by which the person lives then is asked for, and no evening twice."""
    await house.own_every_day("ana")
    begin, zone = house.clock.now().replace(minute=0, second=0), ZoneInfo("Europe/Berlin")
    changes = {begin + timedelta(hours=hours): there for hours, there in moves}
    asked, sixes = list[date](), list[date]()
    for step in range(1, 7 * 24 * 2 + 1):
        now = begin + timedelta(minutes=30 * step)
        if now in changes:
            await house.pass_to(now - timedelta(minutes=10))
            zone = ZoneInfo(changes[now])
            await house.settle("ana", zone=zone.key)
        await house.pass_to(now)
        local = now.astimezone(zone)
        if (local.hour, local.minute) == (18, 0):
            sixes.append(local.date())
        open_ones = house.open_for("ana")
        if open_ones:  # answered, so that it does not rest after three
            assert len(open_ones) == 1
            asked.append((local - timedelta(hours=18)).date())
            await house.press("ana", press_of(open_ones[0], "Not this time"), private=True)
            house.sent.clear()
    assert len(asked) == len(set(asked))
    assert set(sixes) <= set(asked)


# A schedule edited while its message is being sent ------------------------------------------------------------------------------


EDITS = {
    "another day": (("Time", "Mon"), True, 3),  # Monday, Sunday, and the one that was being sent
    "other questions": (("Questions", "Two taps"), True, 2),
    "stopped": (("Stop",), False, 0),
    "deleted": (("Delete", "Delete it"), False, 0),
}


@pytest.mark.parametrize(("edit", "goes_on", "cards"), EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("arrives", [True, False])
async def test_a_schedule_edited_while_its_message_is_being_sent_is_neither_doubled_nor_lost(house, edit, goes_on, cards, arrives):
    """`arrives`: else the process that sends is killed before, and another one takes over when its lease has run out."""
    await house.made()
    house.clock.at = SUNDAY_EVENING
    held = await being_sent(house)
    await house.leads("Standard", *edit)
    if arrives:
        await house.store.outbox_queue.mark_sent(held, MessageRef("held"), house.clock.now())
        house.sent.append(held)
    await house.pass_time(minutes=2)
    assert len(house.cards()) == (arrives or goes_on)
    if not goes_on and arrives:  # it cannot be called back; whoever taps it reads that it is over
        await house.settle("ana", consented_at=house.clock.now())
        assert "is over" in text_of(await house.press("ana", press_of(held.post.reply, "Check in (private)")))

    await house.pass_time(days=7)
    assert len(house.cards()) == (cards if goes_on else arrives)
    if goes_on:
        assert len(house.open_cards()) == 1


async def being_sent(house):
    """Let a courier have the card that is due now in its hands."""
    jobs, now = jobs_of(house.features), house.clock.now()
    for due in await house.store.due_queue.claim("test", now, now + timedelta(minutes=1), 64):

        async def work(unit, due=due):
            assert await unit.due.take(due)
            await jobs[due.kind](due, now, unit)

        await house.store.transact(work)
    (held,) = await house.store.outbox_queue.claim("other", house.platform, now, now + timedelta(minutes=1), 9)
    await house.store.outbox_queue.begin(held)
    return held


# Downtime -------------------------------------------------------------------------------------------------------------------------


async def test_prompts_due_during_three_days_of_downtime_are_one_and_not_three(house):
    prompt = await house.asked_every_day()
    await house.wants("ana", prompt)
    await house.own_every_day("ben")
    await house.sleep_through(days=3)
    assert len(house.open_cards()) == len(house.cards()) == 1
    for who in ("ana", "ben"):
        assert len(house.open_for(who)) == len(house.to(who)) == 1
    count = await house.store.transact(lambda unit: concrete(unit).row(select(func.count().label("n")).select_from(outbox)))
    assert count["n"] == 3
    await house.pass_time(days=1)
    assert (len(house.open_cards()), len(house.cards())) == (1, 2)
