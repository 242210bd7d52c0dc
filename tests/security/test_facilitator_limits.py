"""SAFETY 5, row 10; SAFETY 7; Must 27: a facilitator moves a meeting and keeps its order, within limits, and learns nothing of
anybody by it. Each power by itself is tried in `tests/handlers/floor`; here is what holds for all, through the whole house."""

import pytest
from sqlalchemy import select

from bot.core.deeds import Stand, Standing
from bot.core.meetings import When
from bot.core.replies import Press
from storage.database import concrete
from storage.tables import metadata
from tests.security.evenings import check_in, gather, panel_spot, plan, quiet
from tests.security.inside import plan as plan_inside
from tests.security.inside import presses_of, text_of

SECRETS = ("a secret success", "a secret challenge")


async def test_a_facilitators_screens_hold_nobodys_words_rating_or_unticked_name(here):
    kim, ana, ben = here.person("Kim", facilitator=True), here.person("Ana"), here.person("Ben")
    await plan(here, kim, "Tuesday evening")
    await gather(here, kim, ana, ben)
    await check_in(here, ana, *SECRETS, "An urge")
    await check_in(here, ben, *SECRETS, "A conflict", name="Benno")
    await here.sees(kim, "Check-ins: 2 of 2", "room")
    await here.press(kim, "Refresh", panel_spot(here))
    await here.sees(kim, "Check-ins: 2 of 2", panel_spot(here))
    await here.press(kim, "Agenda...", panel_spot(here))
    await here.sees(kim, "Benno", panel_spot(here))
    for command in ("/privacy", "/help", "/meetings", "/continue"):
        await here.command(kim, command)
    await quiet(here)
    seen = "\n".join(here.screen(kim) + here.screen(kim, "room"))
    assert "Benno" in seen
    for word in (*SECRETS, "Ana", "My week"):
        assert word not in seen.replace("Benno", "")


async def test_a_facilitators_export_holds_their_own_rows_only(inside):
    kim, ana = inside.person("kim", facilitator=True), inside.person("ana")
    await plan_inside(kim)
    await inside.moments(minutes=52)
    card = next(reply for what, reply in reversed(inside.replies) if what == "post card")
    join = next(press for press in presses_of(card) if press.action == "join")
    await ana.press(join, "room")
    await kim.command("/meeting start", "room")
    await kim.command("/meeting checkin", "room")
    await ana.agree("/checkin")
    await ana.tap("7")
    await ana.write(SECRETS[0])
    await inside.moments(seconds=1)
    held = str(await kim.export())
    assert SECRETS[0] not in held
    assert await ana.id() not in held


async def with_a_panel(inside):
    """Fay leads, opens her panel; the room is open."""
    fay = inside.person("fay", facilitator=True)
    await plan_inside(fay)
    await inside.moments(minutes=52)
    card = next(reply for what, reply in reversed(inside.replies) if what == "post card")
    panel = next(press for press in presses_of(card) if press.action == "panel")
    await fay.press(panel, "room")
    return fay, panel.subject


async def test_powers_end_in_the_room_with_the_role_also_on_buttons_already_on_screen(inside):
    fay, evening = await with_a_panel(inside)
    fay.roles = frozenset()
    for action in ("start", "next", "checkin", "host", "end", "panel"):
        refused = await fay.press(Press("meetings", action, evening, "yes" if action == "end" else "0"), "room")
        assert "This is for the facilitators" in text_of(refused)


async def test_once_the_role_was_seen_to_be_gone_the_panel_in_private_is_dead_too(inside):
    fay, evening = await with_a_panel(inside)
    assert "Start the meeting" in [b.label for row in (await fay.press(Press("meetings", "panel", evening))).buttons for b in row]
    fay.roles = frozenset()
    await fay.press(Press("meetings", "panel", evening), "room")
    for action in ("panel", "start", "host", "end"):
        assert "This is for the facilitators" in text_of(await fay.press(Press("meetings", action, evening, "yes")))


async def test_a_grant_ends_by_itself_some_hours_after_the_evening(inside):
    fay, evening = await with_a_panel(inside)
    await inside.moments(hours=5)
    assert "This is for the facilitators" in text_of(await fay.press(Press("meetings", "panel", evening)))


async def test_a_facilitator_of_one_community_is_nobody_in_another(inside):
    _, evening = await with_a_panel(inside)
    eve = inside.person("eve", facilitator=True, space="elsewhere")
    await eve.command("/meetings", "room")
    for spot in ("room", "private"):
        assert "I no longer know this button" in text_of(await eve.press(Press("meetings", "end", evening, "yes"), spot))


# Powers over a person ------------------------------------------------------------------------------------------------------

POWERS = {"mute", "free", "wait", "letin", "remove", "out", "confirm", "against", "skip", "back", "card"}
OF_THE_ROOM = {"next", "end", "order", "people", "who", "outside", "lobby", "lock", "calm", "raid", "acts", "breakouts", "shut"}
OF_THE_ROOM |= {"round", "round_next", "round_later", "round_pause", "round_end"}
OWN = {"hand", "named", "turn"}
ACTS = [column.name for column in metadata.tables["acts"].c]


async def with_people(inside):
    """Fay and Gil lead and are there; Eve has her hand up. Returns them and the evening."""
    fay, evening = await with_a_panel(inside)
    gil, eve = inside.person("gil", facilitator=True), inside.person("eve")
    for who in (fay, gil, eve):
        await who.press(Press("meetings", "join", evening), "room")
    await gil.press(Press("meetings", "panel", evening), "room")
    await eve.press(Press("floor", "hand", evening, "noname"), "room")
    await inside.moments(seconds=1)
    return fay, gil, eve, evening


async def column(inside, table: str, name: str):
    async def work(unit):
        found = metadata.tables[table]
        return [row[name] for row in await concrete(unit).rows(select(found.c[name]))]

    return await inside.house.store.transact(work)


async def number_of(inside, somebody) -> str:
    who, seats = await somebody.id(), metadata.tables["seats"]
    found = await inside.house.store.transact(lambda unit: concrete(unit).rows(select(seats.c.number).where(seats.c.person == who)))
    return str(found[0]["number"])


def deeds(posts) -> list[Standing]:
    return [post.deed.standing for post in posts if isinstance(post.deed, Stand)]


def test_every_power_is_for_one_evening_and_there_is_none_that_lasts(inside_registry):
    """No ban, no time-out, no warning, no note about a person: what is not in the list cannot be pressed."""
    assert inside_registry == POWERS | OF_THE_ROOM | OWN


@pytest.fixture
def inside_registry(inside) -> set[str]:
    return {action for feature, action in inside.house.dispatch._registry._presses if feature == "floor"}


async def test_a_removal_takes_two_where_two_are_there(inside):
    fay, gil, eve, evening = await with_people(inside)
    seat = await number_of(inside, eve)
    await fay.press(Press("floor", "out", evening, seat), "room")
    assert deeds(await inside.moments(seconds=1)) == []
    (motion,) = await column(inside, "motions", "id")
    refused = await fay.press(Press("floor", "confirm", motion))
    assert "It takes a second facilitator" in text_of(refused)
    await gil.press(Press("floor", "confirm", motion))
    assert deeds(await inside.moments(seconds=1)) == [Standing.OUT]
    assert await column(inside, "acts", "hands") == [2]


async def test_nobody_acts_on_a_co_facilitator(inside):
    fay, gil, _, evening = await with_people(inside)
    await gil.press(Press("floor", "hand", evening, "noname"), "room")
    for action in ("mute", "wait", "out", "remove"):
        await fay.press(Press("floor", action, evening, await number_of(inside, gil)), "room")
    assert deeds(await inside.moments(seconds=1)) == []
    assert await column(inside, "standings", "id") == await column(inside, "motions", "id") == []


async def test_every_power_ends_with_the_role_also_on_buttons_already_on_screen(inside):
    fay, _, eve, evening = await with_people(inside)
    seat = await number_of(inside, eve)
    fay.roles = frozenset()
    for action in sorted((POWERS | OF_THE_ROOM) - {"confirm", "against"}):
        for spot in ("room", "private"):
            refused = await fay.press(Press("floor", action, evening, seat), spot)
            assert "This is for the facilitators" in text_of(refused), (action, spot)
    assert deeds(await inside.moments(seconds=1)) == []


async def test_a_power_ends_with_the_meeting_and_its_record_names_nobody(inside):
    fay, gil, eve, evening = await with_people(inside)
    await fay.press(Press("floor", "mute", evening, await number_of(inside, eve)), "room")
    assert deeds(await inside.moments(seconds=1)) == [Standing.MUTED]
    await fay.command("/meeting end", "room")
    await fay.tap("Yes, end it", spot="room")
    posts = await inside.moments(seconds=1)
    assert deeds(posts) == [Standing.FREE]
    rows = [await column(inside, "acts", name) for name in ACTS]
    for who in (fay, gil, eve):
        assert await who.id() not in str(rows)
        assert who.account.user not in str(rows)
    assert not {"person", "words", "reason", "body", "name"} & set(ACTS)
    assert When.TIDY.kind not in {kind for kind in await column(inside, "due", "kind")}


async def test_nobody_is_told_to_the_room_when_a_power_is_used(inside):
    fay, _, eve, evening = await with_people(inside)
    seat = await number_of(inside, eve)
    said = len(inside.replies)
    for action in ("mute", "free", "wait", "letin", "skip"):
        await fay.press(Press("floor", action, evening, seat), "room")
    posts = [post for post in await inside.moments(seconds=1) if hasattr(post.to, "room") and post.deed is None]
    assert {post.key.partition("_")[0] for post in posts} <= {"card"}
    assert len(inside.replies) > said
    assert "muted" not in "".join(text_of(post.reply).lower() for post in posts)
