"""SAFETY 5, row 10; Must 27, as far as there are powers: a facilitator moves a meeting, and learns nothing of anybody by it."""

from bot.core.replies import Press
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


async def test_no_power_over_a_person_exists(inside):
    """No act names a person: there is nothing to mute, remove or ban with, and so nothing to undo."""
    registry = inside.house.dispatch._registry
    names = {action for feature, action in [*registry._presses, *registry._forms] if feature == "meetings"}
    assert names <= {"join", "panel", "start", "next", "checkin", "host", "end", "cancel", "keep", "save"}
