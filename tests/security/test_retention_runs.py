"""SAFETY 5, row 21; Must 15: rows go on the day that /privacy names, by a clock that is held still, also after a long sleep."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.core.replies import Press
from storage.database import concrete
from storage.privacy import PersonalRows
from storage.tables import metadata
from tests.security.inside import config_of, opened, plan, presses_of, text_of
from tests.security.lives import rows_everywhere

KEPT = [table for table in metadata.sorted_tables if "days" in table.info]
MOMENT = timedelta(microseconds=1)


async def lived(inside) -> None:
    """Leave rows in every table that forgets."""
    kim, ana = inside.person("kim", facilitator=True), inside.person("ana")
    await plan(kim)
    await inside.moments(minutes=52)
    card = next(reply for what, reply in reversed(inside.replies) if what == "post card")
    evening = next(press.subject for press in presses_of(card) if press.action == "join")
    await ana.agree("/checkin")
    await ana.tap("7")
    await ana.write("went well")
    await ana.tap("Skip", "Save")
    await ana.command("/surf")
    await ana.command("/dents")
    await ana.tap("For now", "7", "E: escape", "Done", "Next", "5", "Keep")
    await ana.press(Press("meetings", "join", evening), "room")
    await kim.press(Press("meetings", "panel", evening), "room")
    kai = inside.person("kai", "telegram", facilitator=True)
    await kai.command("/meeting create", "room")
    rosa = inside.person("rosa", "web")
    await rosa.agree("/urge")
    await inside.house.platforms[-1]._chats.add("private_rosa", _draft("shown on the page"))
    await inside.moments(seconds=1)
    await rows_everywhere(inside, await ana.id(), evening)


def _draft(words: str):
    from bot.core.replies import Reply
    from bot.core.richtext import Paragraph, Text
    from bot.platforms.web.chats import Draft

    return Draft("k", Reply((Paragraph((Text(words),)),)))


async def count(inside, table):
    async def work(unit):
        (row,) = await concrete(unit).rows(select(func.count().label("rows")).select_from(table))
        return row["rows"]

    return await inside.house.store.transact(work)


async def moments_of(inside, table):
    async def work(unit):
        column = table.c[table.info.get("at", "at")]
        return [row["at"] for row in await concrete(unit).rows(select(column.label("at")).where(column.is_not(None)))]

    return await inside.house.store.transact(work)


async def forget(inside) -> None:
    """An hour's housekeeping."""
    for chore in inside.house.chores:
        await chore()


async def test_each_row_stays_to_its_last_moment_and_goes_with_it(inside):
    """At the last moment before, and at the moment itself, of the first and the last row of every table."""
    await lived(inside)
    ages = {table: await moments_of(inside, table) for table in KEPT}
    assert all(ages.values()), [table.name for table, moments in ages.items() if not moments]
    ends = {at + days_of(table) for table, moments in ages.items() for at in (min(moments), max(moments))}
    for end in sorted({*ends, *(end - MOMENT for end in ends)}):
        inside.clock.at = end
        await forget(inside)
        for table, moments in ages.items():
            assert sorted(await moments_of(inside, table)) == sorted(at for at in moments if at + days_of(table) > end), table.name


def days_of(table) -> timedelta:
    return timedelta(days=table.info["days"])


async def test_no_table_of_a_person_is_kept_for_ever_but_those_that_are_said_to_be(inside):
    """What has no end of its own is a setting, a choice of the person's, or waits for its moment."""
    for_ever = {table.name for table in metadata.sorted_tables if "person" in table.c and "days" not in table.info}
    chosen = {"reminders", "reminder_settings", "private_feeds", "prompt_wishes"}  # until they are turned off
    assert for_ever <= {"people", "accounts", "due", "kits", "links"} | chosen
    named = {
        "checkins": 30,
        "flow_states": 30,
        "entries": 90,
        "plans": 90,
        "outbox": 2,
        "prompt_opens": 60,
        "prompt_askings": 60,
        "receipts": 2,
        "presences": 2,
        "forms": 14,
        "web_chat": 30,
        "acts": 180,
        "arrivals": 1,
        "attendances": 180,
        "attendance_codes": 180,
        "debriefs": 180,
        "exercise_lines": 3,
        "exercise_parts": 3,
        "exercise_votes": 3,
        "goings": 1,
        "imports": 1,
        "link_asks": 1,
        "link_codes": 1,
        "met": 365,
        "motions": 1,
        "passes": 30,
        "receipt_asks": 2,
        "seats": 2,
        "series_sheets": 2,
        "stand_ins": 1,
        "standings": 180,
        "substitutes": 90,
    }
    assert {name: metadata.tables[name].info["days"] for name in named} == named


async def test_privacy_names_the_day_on_which_a_row_really_goes(inside):
    await lived(inside)
    ana = inside.person("ana")
    who = await ana.id()
    held = await inside.house.store.transact(lambda unit: PersonalRows(unit).held(who, inside.clock.now()))
    days = {kind.kind: kind.goes_at for kind in held if kind.goes_at is not None}
    assert {"checkins", "entries", "flow_states", "receipts"} <= set(days)
    for goes_at in sorted(set(days.values())):
        kinds = [kind for kind, day in days.items() if day == goes_at]
        rows = {kind: await rows_of_kind(inside, who, kind) for kind in kinds}
        inside.clock.at = max(inside.clock.at, goes_at - MOMENT)
        await forget(inside)
        assert {kind: await rows_of_kind(inside, who, kind) for kind in kinds} == rows
        inside.clock.at = goes_at
        await forget(inside)
        assert all([await rows_of_kind(inside, who, kind) < rows[kind] for kind in kinds]), kinds
    assert re.search(r"Settings and consent: 1, .*Stays until you delete it", text_of(await ana.command("/privacy")))


async def rows_of_kind(inside, who, kind: str) -> int:
    held = await inside.house.store.transact(lambda unit: PersonalRows(unit).held(who, inside.clock.now()))
    return sum(one.rows for one in held if one.kind == kind)


async def test_after_a_week_of_downtime_what_is_over_goes_at_the_start(tmp_path, clock):
    async with opened(tmp_path, clock) as inside:
        await lived(inside)
        before = {table.name: await count(inside, table) for table in KEPT}
    clock.move(days=7)
    async with opened(tmp_path, clock) as inside:
        await forget(inside)  # what `House.run` does first
        after = {table.name: await count(inside, table) for table in KEPT}
    ahead = {"outbox", "goings", "stand_ins", "duties"}  # what waits, and what is of an evening that is still to come
    for table in KEPT:
        if table.info["days"] <= 7:
            assert after[table.name] < before[table.name] or table.name in ahead, table.name
        else:
            assert after[table.name] == before[table.name], table.name


async def test_the_running_house_does_it_every_hour_by_itself(tmp_path, clock):
    """With the alarm that is not a test's: its one standing job is the house's chore."""
    from bot.compose import openchair

    async with openchair(config_of(tmp_path, "web"), clock=clock) as house:
        ana_asks = house.chores
        assert ana_asks
        running: Any = house.timekeeper._alarm
        running.start(lambda: None)
        (job,) = [job for job in running._scheduler.get_jobs() if job.id != "due"]
        assert job.trigger.interval == timedelta(hours=1)
        assert job.coalesce
        assert job.misfire_grace_time is None  # also when the hour was slept through
        from tests.security.inside import Inside

        inside = Inside(house, clock, tmp_path)
        await inside.person("ana", "web").agree("/urge")
        receipts = metadata.tables["receipts"]
        assert await count(inside, receipts) > 0
        clock.move(days=2)
        await job.func()
        running.stop()
        assert await count(inside, receipts) == 0


async def test_the_head_count_is_all_that_is_left_of_an_evening_a_day_later(inside):
    await lived(inside)
    kim = inside.person("kim", facilitator=True)
    await kim.command("/meeting end", "room")
    await kim.tap("Yes, end it", spot="room")
    assert await count(inside, metadata.tables["presences"]) > 0
    await inside.moments(days=1)
    assert await count(inside, metadata.tables["presences"]) == 0
