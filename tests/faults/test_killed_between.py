"""`kill -9` in the days between meetings: while a prompt is handed out, a pair's message is sent, a topic is opened, a report is
sent. Nothing is lost, and in Discord nothing is doubled; Telegram cannot be told a key."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest
from sqlalchemy import delete

from bot.core.ids import new_id
from bot.core.moments import Due
from bot.core.replies import Press
from bot.core.rights import Doors
from bot.core.schedule import Schedule
from bot.core.staff import no_staff
from bot.core.whose import no_wishes
from content.loader import load_texts
from handlers.prompts import rules as prompt_rules
from handlers.prompts.asking import ASK, key_of
from handlers.prompts.records import Prompt, State, Wish
from handlers.reminders.records import Wishes
from handlers.roster.records import Member
from handlers.topics.desk import At, Desk
from handlers.topics.keeper import Keeper
from handlers.topics.records import Body
from storage.database import concrete
from storage.meetings import Meetings
from storage.prompts import Prompts
from storage.reminders import Reminders
from storage.roster import Roster
from storage.tables.outbox import slots
from storage.topics import Topics
from tests.fakes import HeldClock
from tests.faults.evenings import disk_of, known
from tests.faults.process import Bot, eventually
from tests.handlers.pairs.house import house_over, paired

CARD, ASKED = "A check-in, in private", "A minute for you, if you like"
CAME, LETTER = "Something came for you", "Something is waiting for you as a facilitator"
NUMBER = 7  # of a prompt of the week
TITLE = load_texts().of("en").label(f"weekly.title_{NUMBER:02}")
WAYS = pytest.mark.parametrize("way", ["there", "back"])


@pytest.fixture
async def bot(tmp_path):
    async with Bot(tmp_path, "discord", "telegram") as bot:
        yield bot


async def killed_at(bot, way, *patterns, act=None) -> None:
    """Run until each of these calls stands on its way there, or its answer on the way back; kill it, and start it again."""
    held = [wire.hold(f"^POST .*{pattern}", way, every=True) for wire in bot.wires.values() for pattern in patterns]
    if act is None:
        await bot.start()
        acting = None
    else:
        acting = asyncio.create_task(act())
    await asyncio.gather(*(one.caught() for one in held))
    bot.kill()
    for one in held:
        one.lose()
    if acting is not None:
        acting.cancel()
        await asyncio.gather(acting, return_exceptions=True)
    await bot.start()
    await bot.settled()


def seen(bot, words, name="Ana", place="private") -> dict[str, int]:
    return {side.name: sum(words in text for text in side.screen(side.person(name), place)) for side in bot.sides.values()}


def once(bot, counts, way) -> None:
    assert counts["discord"] == 1
    assert 1 <= counts["telegram"] <= (1 if way == "there" else 2)


async def in_peace(unit, side, name, now):
    """Somebody who may be written to at any hour."""
    person = await known(concrete(unit), side, side.person(name), now)
    await Reminders(unit).keep_wishes(person.id, Wishes(quiet=None), now)
    return person


async def place_of(unit, side) -> At:
    place = side.driver.room
    community = await unit.communities.find_or_make(place.platform, place.space)
    return At(await unit.rooms.find_or_make(community.id, place), community)


# A prompt -----------------------------------------------------------------------------------------------------------------


@WAYS
async def test_killed_while_a_prompt_is_handed_out_it_is_neither_lost_nor_doubled(bot, way):
    now = datetime.now(UTC)
    async with disk_of(bot) as store:
        for side in bot.sides.values():

            async def promise(unit, side=side):
                at = await place_of(unit, side)
                then = now - timedelta(minutes=1)
                every_day = Schedule("UTC", then.date(), time(then.hour, then.minute), "FREQ=DAILY")
                prompt = Prompt(new_id(), at.community.id, at.room.id, every_day, now, state=State.RUNNING)
                await Prompts(unit).keep(prompt)
                for name in ("Ana", "Ben", "Cleo"):
                    person = await in_peace(unit, side, name, now)
                    await Prompts(unit).keep_wish(Wish(new_id(), person.id, now, prompt.id))
                turn = prompt_rules.next_of(prompt_rules.of_prompt(prompt), now - timedelta(minutes=3))
                assert turn is not None
                await unit.due.add(Due(key_of(prompt.id), ASK, turn.at, f"{prompt.id}_{prompt_rules.named(turn)}"))

            await store.transact(promise)
    await killed_at(bot, way, f"[mM]essages? .*{CARD}", f"[mM]essages? .*{ASKED}")
    once(bot, seen(bot, CARD, place="room"), way)
    for name in ("Ana", "Ben", "Cleo"):
        assert seen(bot, ASKED, name) == {"discord": 1, "telegram": 0 if way == "there" else 1}  # there, one is not repeated
    assert bot.rows("SELECT count(*) FROM prompt_askings") == [(2,)]
    for side in bot.sides.values():
        ana = side.person("Ana")
        if "Begin" in side.labels(ana):  # also where it is not known that it arrived
            await side.press(ana, "Begin")
            await side.sees(ana, "How was your week")


# A pair -------------------------------------------------------------------------------------------------------------------


@WAYS
async def test_killed_while_a_pairs_message_is_sent_it_comes(bot, way):
    now = datetime.now(UTC)
    async with disk_of(bot) as store:
        house, writers = house_over(store, HeldClock(now + timedelta(minutes=1))), []
        for side in bot.sides.values():
            people = []
            for name in ("Ana", "Ben"):
                account = side.driver.account(side.person(name))
                people.append(await house.meet(account.user, account.platform, space=f"circle_{side.name}"))
                await store.transact(partial(in_peace, side=side, name=name, now=now))
            await paired(house, *people)
            writers.append(people[0])
        # Only now, as the small house hands out what waits on any platform. Its clock is put back, so that what follows may leave.
        house.clock.at = datetime.now(UTC) - timedelta(minutes=1)
        for ana in writers:
            await ana.type()
            await ana.tap("Write for today", "8", "Leave it out", "Send")
        await house.dispatch.settle()
        await store.transact(lambda unit: concrete(unit).run(delete(slots)))  # the small house's messages are on no platform
    await killed_at(bot, way, f"[mM]essages? .*{CAME}")
    once(bot, seen(bot, CAME, "Ben"), way)
    assert bot.rows("SELECT count(*) FROM pair_notes") == [(2,)]


# A topic ------------------------------------------------------------------------------------------------------------------


async def opened(unit, side) -> str:
    """The prompt of a week is opened in the side's room; its topic waits to be made."""
    at = await place_of(unit, side)
    desk = Desk(load_texts(), Topics, Doors(Meetings), no_staff, no_wishes, frozenset())
    return (await Keeper(desk).open(unit, at, NUMBER, Body(), datetime.now(UTC))).id


@WAYS
async def test_killed_while_a_topic_is_opened_it_stands_once(bot, way):
    async with disk_of(bot) as store:
        for side in bot.sides.values():
            await store.transact(partial(opened, side=side))
    await killed_at(bot, way, TITLE)
    await eventually(lambda: bot.rows("SELECT count(*) FROM topics WHERE stage = 'new'") == [(0,)], lambda: bot.said)
    await bot.settled()
    assert [thread.name for thread in bot.discord.driver.threads()].count(TITLE) == 1
    cards = seen(bot, TITLE, place="room")["telegram"]
    assert 1 <= cards <= (1 if way == "there" else 2)
    assert bot.rows("SELECT stage, count(*) FROM topics GROUP BY stage ORDER BY stage") == [("below", 1), ("card", 1)]


# A report -----------------------------------------------------------------------------------------------------------------


@WAYS
async def test_killed_while_a_report_is_sent_each_facilitator_hears_of_it(bot, way):
    now, topics = datetime.now(UTC), {}
    async with disk_of(bot) as store:
        for side in bot.sides.values():

            async def lead(unit, side=side):
                at = await place_of(unit, side)
                for name in ("Kim", "Lee"):
                    person = await in_peace(unit, side, name, now)
                    await Roster(unit).put(Member(new_id(), at.community.id, person.id, name), now)
                await in_peace(unit, side, "Ana", now)
                topics[side.name] = await opened(unit, side)

            await store.transact(lead)
    await bot.start()
    for side in bot.sides.values():
        await side.command(side.person("Ana"), "/language")  # a screen to press on
    await bot.settled()

    async def reports() -> None:
        for side in bot.sides.values():
            press = Press("reports", "send", f"t{topics[side.name]}", "unkind").data()
            await side.press(side.person("Ana"), press)

    await killed_at(bot, way, f"[mM]essages? .*{LETTER}", act=reports)
    for name in ("Kim", "Lee"):
        once(bot, seen(bot, LETTER, name), way)
    assert bot.rows("SELECT count(*) FROM reports") == [(2,)]
