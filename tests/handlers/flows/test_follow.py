"""Messages after a tool: only as asked for, at the person's own hours, once, and to nobody who is gone."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.posts import Lane
from bot.core.quiet import quiet_from
from bot.core.replies import Press
from handlers.flows.follow import FOLLOW
from handlers.flows.records import ToolEntry
from storage.entries import Entries
from storage.privacy import PersonalRows
from storage.tables.due import due
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.later_house import LaterHouse, grow

ASK = "Ask me"
MESSAGES = ("soon", "days", "review")  # of the tool `grow`, in the order of its file


@pytest.fixture
def house(store, clock, shelf):
    clock.at = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    made = LaterHouse(store, clock, shelf)
    made.be_quiet(None)
    return made


async def lives_in(house, person, zone: str) -> None:
    person.person = replace(person.person, zone=zone)
    await house.store.transact(lambda unit: unit.people.save(person.person))


async def moments_of(house) -> dict[str, datetime]:
    async def read(unit):
        return await unit.rows(select(due.c.key, due.c.at, due.c.kind).where(due.c.kind == FOLLOW))

    found = {tuple(row["key"].split(".")[2:]): row["at"] for row in await house.store.transact(read)}
    return {f"{MESSAGES[int(number)]}.{n}": at for (number, n), at in found.items()}


def said(posts) -> list[str]:
    return [text_of(post.reply) for post in posts]


async def test_nobody_is_written_to_who_did_not_ask(house, alice):
    await alice.command("grow")
    await grow(alice)
    assert await moments_of(house) == {}
    assert await house.time_passes(days=30) == []


async def test_what_was_asked_for_comes_at_its_moments_and_says_nothing_of_the_tool(house, alice):
    await alice.command("grow")
    await grow(alice, "wine", ask=ASK)
    posts = await house.time_passes(minutes=25)
    assert said(posts) == ["One question, if you like."]
    assert labels(posts[0].reply) == ["Answer", "Stop these", "Help now"]
    assert (posts[0].lane, posts[0].reply.quiet, posts[0].reply.replace) == (Lane.PRIVATE, True, False)
    assert said(await house.time_passes(days=1)) == ["Another question, if you like."]
    assert said(await house.time_passes(days=5)) == ["Another question, if you like."]
    assert house.edited == [None, None, None]


async def test_what_stands_unencrypted_of_a_promise_tells_no_tool(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK, day="2026-12-01")
    (entry,) = await house.kept(alice)

    async def read(unit):
        return await unit.rows(select(due.c.key, due.c.kind, due.c.subject).where(due.c.kind == FOLLOW))

    for row in await house.store.transact(read):
        assert set(row["key"].removeprefix(f"follow.{entry.id}")) <= set(".0123456789")
        assert set(row["subject"].removeprefix(entry.id)) <= set(".0123456789")


async def test_days_later_is_the_same_hour_on_the_persons_clocks(house, alice):
    house.clock.at = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)  # 20:00 in Berlin, the evening before its clocks go back
    await lives_in(house, alice, "Europe/Berlin")
    await alice.command("grow")
    await grow(alice, ask=ASK)
    moments = await moments_of(house)
    assert moments["days.0"] == datetime(2026, 10, 25, 19, 0, tzinfo=UTC)
    assert moments["days.1"] == datetime(2026, 10, 27, 19, 0, tzinfo=UTC)


async def test_a_day_and_an_hour_that_were_written_are_on_the_persons_clocks(house, alice):
    await lives_in(house, alice, "America/New_York")
    await alice.command("grow")
    await grow(alice, day="2026-12-01", hour="18:15")
    assert await moments_of(house) == {"review.0": datetime(2026, 12, 1, 23, 15, tzinfo=UTC)}


async def test_a_day_that_is_over_is_not_promised(house, alice):
    await alice.command("grow")
    await grow(alice, day="2026-11-24", hour="08:00")
    assert await moments_of(house) == {}


async def test_who_lives_on_other_clocks_by_then_hears_it_at_that_hour_there(house, alice):
    await lives_in(house, alice, "Europe/Berlin")
    await alice.command("grow")
    await grow(alice, day="2026-12-01", hour="18:15")
    await lives_in(house, alice, "America/New_York")
    assert await house.time_passes(days=6, hours=23) == []  # 18:15 in Berlin has gone by
    assert said(await house.time_passes(hours=6)) == ["The day you chose is here."]


async def test_its_button_begins_what_it_asks_about_that_entry(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    (post,) = await house.time_passes(minutes=25)
    alice.screen = post.reply
    assert "How is it now?" in text_of(await alice.tap("Answer"))
    await alice.tap("Save and stop")
    alice.screen = post.reply
    await alice.tap("Answer")
    await alice.tap("4", "Keep")
    assert {entry.tool for entry in await house.kept(alice)} == {"grow", "howis"}


async def test_an_end_may_add_to_the_entry_it_is_about(house, alice):
    async def ended(done, unit):
        entry = await Entries(unit).get(done.subject)
        assert entry is not None
        await Entries(unit).replace(replace(entry, answers={**entry.answers, "now": done.answers["after"]}))
        return ()

    house.ends["howis"] = ended
    await alice.command("grow")
    await grow(alice, ask=ASK)
    (post,) = await house.time_passes(minutes=25)
    alice.screen = post.reply
    await alice.tap("Answer", "4", "Keep")
    (entry,) = await house.kept(alice)
    assert entry.answers["now"] == 4


async def test_a_tool_that_is_looked_at_again_is_reopened_with_its_answers(house, alice):
    await alice.command("score")
    await alice.tap("3", "Keep")
    (post,) = await house.time_passes(days=2)
    alice.screen = post.reply
    assert "Leave as it is" in labels(await alice.tap("Look again"))
    await alice.tap("7", "Keep")
    assert [entry.answers["number"] for entry in await house.kept(alice)] == [3, 7]


async def test_looked_at_again_before_its_day_it_does_not_ask_for_that_look_as_well(house, alice):
    await alice.command("score")
    await alice.tap("3", "Keep")
    house.clock.move(days=1)
    await alice.command("score")
    await alice.tap(next(label for label in labels(alice.screen) if label.startswith("Go on with")), "7", "Keep")
    assert await house.time_passes(days=1) == []
    assert len(await house.time_passes(days=1)) == 1


async def test_stop_these_stops_all_of_that_entry_and_none_of_another(house, alice):
    await alice.command("grow")
    await grow(alice, "wine", ask=ASK, day="2026-12-01", hour="18:15")
    (first,) = await house.time_passes(minutes=25)
    await alice.command("grow")
    await alice.tap("A new one")
    await grow(alice, "beer", ask=ASK)
    alice.screen = first.reply
    assert "No more of these" in text_of(await alice.tap("Stop these"))
    assert "No more of these" in text_of(await alice.press(Press("flow", "unfollow", first.reply.buttons[0][1].press.subject)))
    assert sorted(await moments_of(house)) == ["days.0", "days.1", "soon.0"]
    assert len(await house.time_passes(days=30)) == 3


async def test_kept_again_they_are_moved_not_doubled(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    before = await moments_of(house)
    house.clock.move(minutes=10)
    await alice.command("grow")
    await alice.tap("Go on with wine", "Leave as it is", "Done", *["Leave as it is"] * 3, "Skip", "Skip", "Keep")
    after = await moments_of(house)
    assert after == {key: at + timedelta(minutes=10) for key, at in before.items()}


async def test_kept_again_without_it_they_are_withdrawn(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    await alice.command("grow")
    await alice.tap("Go on with wine", "Leave as it is", "Done", "Leave as it is", "Leave as it is")
    await alice.tap("Do not ask", "Skip", "Skip", "Keep")
    assert await moments_of(house) == {}


async def test_of_an_entry_that_is_gone_nothing_comes(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    (entry,) = await house.kept(alice)
    await house.store.transact(lambda unit: Entries(unit).drop(entry.id, alice.person.id))
    assert await house.time_passes(days=30) == []
    assert await moments_of(house) == {}


async def test_to_a_person_who_is_gone_nothing_comes(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    await house.store.transact(lambda unit: PersonalRows(unit).erase(alice.person.id, house.clock.now()))
    assert await moments_of(house) == {}
    assert await house.time_passes(days=30) == []


async def test_old_buttons_of_an_entry_that_is_gone_or_foreign_say_the_same(house, alice, bob):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    (post,) = await house.time_passes(minutes=25)
    for button in post.reply.buttons[0]:
        missing = Press("flow", button.press.action, "0" * 32, button.press.value)
        assert await bob.press(button.press) == await bob.press(missing)
    (entry,) = await house.kept(alice)
    await house.store.transact(lambda unit: Entries(unit).drop(entry.id, alice.person.id))
    assert "Nothing was changed" in text_of(await alice.press(post.reply.buttons[0][0].press))


async def test_in_quiet_hours_what_can_wait_waits_and_what_is_about_now_comes_now(house, alice):
    house.be_quiet(quiet_from("18:00-22:00"))
    await alice.command("grow")
    await grow(alice, ask=ASK)
    assert said(await house.time_passes(minutes=25)) == ["One question, if you like."]
    assert await house.time_passes(days=1) == []
    assert await house.time_passes(hours=1) == []
    house.clock.at = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)
    assert said(await house.sent()) == ["Another question, if you like."]


async def test_stopped_while_one_waits_for_the_morning_it_does_not_come(house, alice):
    house.be_quiet(quiet_from("18:00-22:00"))
    await alice.command("grow")
    await grow(alice, ask=ASK)
    await house.time_passes(days=1, hours=1)
    (entry,) = await house.kept(alice)
    await alice.press(Press("flow", "unfollow", entry.id))
    house.clock.move(hours=12)
    assert await house.sent() == []


async def test_while_messages_are_paused_none_comes(house, alice):
    house.wishes = replace(house.wishes, paused_until=house.clock.now() + timedelta(days=2))
    await alice.command("grow")
    await grow(alice, ask=ASK)
    assert said(await house.time_passes(days=30)) == ["Another question, if you like."]


@pytest.mark.parametrize(
    ("asleep", "comes"), [(timedelta(minutes=50), 1), (timedelta(hours=5), 0), (timedelta(days=1, hours=12), 1)]
)
async def test_after_a_long_sleep_what_is_too_late_is_left_out(house, alice, asleep, comes):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    house.clock.move(minutes=25)
    house.clock.at += asleep
    posts = []
    for _ in range(4):
        posts += await house.moments()
    assert len(posts) == comes


async def test_the_same_moment_twice_is_one_message(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    house.clock.move(minutes=25)
    now = house.clock.now()
    (moment,) = await house.store.due_queue.claim("me", now, now + timedelta(minutes=1), 10)
    for _ in range(2):
        await house.store.transact(lambda unit: house.feature.jobs[moment.kind](moment, now, unit))
    assert len(await house.sent()) == 1


async def test_after_a_restart_with_a_flow_that_no_longer_asks_nothing_comes(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    house.shelf = {name: flow for name, flow in house.shelf.items() if name not in ("grow", "aim")}
    house.restart()
    assert await house.time_passes(days=30) == []


async def test_a_message_for_after_the_entry_goes_is_said_to_need_it_to_stay(house, alice):
    await alice.command("grow")
    screen = await grow(alice, day="2027-06-01", hour="09:00")
    assert "comes only if this stays" in text_of(screen)
    assert "comes only" not in text_of(await alice.tap("Keep until I delete it"))


async def test_an_answer_that_was_changed_since_so_that_it_is_no_longer_asked_for_ends_it(house, alice):
    await alice.command("grow")
    await grow(alice, ask=ASK)
    (entry,) = await house.kept(alice)
    changed: ToolEntry = replace(entry, answers={**entry.answers, "ask": "no"})
    await house.store.transact(lambda unit: Entries(unit).replace(changed))
    assert await house.time_passes(days=30) == []
