"""Musts 9 and 12: nothing with a word in it is stored before consent, and an under-age answer stores nothing at all."""

import json

import pytest

from bot.core.features import Needs
from bot.core.replies import FieldKind, Press
from storage.web_chat import WebChat
from tests.security.evenings import account_of, agree, data_of, quiet
from tests.security.inside import YES, buttons_of, text_of
from tests.security.rows import changed, dump

CANARY = "kanarienvogel"
NOT_AGREED = ("discord", "telegram", "web")


async def everything_held(inside, who) -> str:
    """All that is kept of a person, opened; "" for nobody."""

    async def known(unit):
        return await unit.people.find(who.account) is not None

    return json.dumps(await who.export(), default=str) if await inside.house.store.transact(known) else ""


@pytest.mark.parametrize("platform", NOT_AGREED)
async def test_whatever_is_typed_and_pressed_before_consent_keeps_no_word(inside, platform):
    ana = inside.person("ana", platform)
    registry = inside.house.dispatch._registry
    for entry in inside.house.dispatch.menu():
        for spot in ("private", "room"):
            await ana.command(f"/{entry.name} {CANARY}", spot)
            await ana.say(CANARY)
            if ana.screen.form is not None:
                values = {it.name: it.choices[0].value if it.kind is FieldKind.CHOICE else CANARY for it in ana.screen.form.fields}
                await ana.fill(ana.screen.form.press, values, spot)
                ana.screen = type(ana.screen)()
    for feature, action in [*registry._presses, *registry._forms]:
        if (feature, action) not in {("people", "agree"), ("people", "erase")}:
            await ana.press(Press(feature, action, "", CANARY))
            await ana.fill(Press(feature, action, "", ""), {"words": CANARY, "text": CANARY, "city": CANARY, "title": CANARY})
    assert CANARY not in await everything_held(inside, ana)


async def test_a_tool_asked_for_asks_first_and_nothing_of_it_is_kept(inside):
    """Each route that keeps words or ratings stands behind the gate, whichever way it is reached."""
    registry = inside.house.dispatch._registry
    behind = [Press(*key) for key, route in registry._presses.items() if route.needs is Needs.CONSENT]
    forms = [Press(*key) for key, route in registry._forms.items() if route.needs is Needs.CONSENT]
    assert {"flow", "urge", "checkin"} <= {press.feature for press in behind}
    assert "flow" in {press.feature for press in forms}
    ana = inside.person("ana")
    await ana.command("/language", language="en")
    before = dump(inside.folder / "data", without=("receipts",))
    for press in behind:
        assert "Are you 18 or older" in text_of(await ana.press(press)), press
    for press in forms:
        assert "Are you 18 or older" in text_of(await ana.fill(press, {"words": CANARY})), press
    for command, route in {id(it): it for it in registry._commands.values()}.values():
        if route.needs is Needs.CONSENT:
            for name in (command.name, *command.aliases):
                assert "Are you 18 or older" in text_of(await ana.command(f"/{name}"))
    assert changed(before, dump(inside.folder / "data", without=("receipts",))) == set()


async def test_the_features_that_keep_a_persons_words_say_that_they_need_consent(inside):
    """Flows, check-ins, a name at a hand, lines of an exercise and receipts do. The forms that do not are facilitators', about what
    the whole community sees (titles, formats, days), or of a place or hours of the person's own."""
    registry = inside.house.dispatch._registry
    free = {key for key, route in registry._forms.items() if route.needs is not Needs.CONSENT}
    of_the_community = {
        ("announcements", "quiet_typed"),
        ("calendars", "import"),
        ("exercises", "begin"),
        ("formats", "read"),
        ("formats", "save"),
        *(("ownquestions", form) for form in ("made", "renamed", "added", "changed")),
        *(("prompts", form) for form in ("timed", "paused")),
        *(("series", form) for form in ("fill", "values", "off", "move", "long", "pause")),
    }
    own_hours = {("reminders", "pause_until"), ("reminders", "quiet_typed"), ("prompts", "own_timed"), ("prompts", "own_paused")}
    assert free <= of_the_community | own_hours | {("settings", "zone")}
    assert {"flow", "floor", "exercises", "receipts"} <= {feature for feature, _ in set(registry._forms) - free}
    assert all(route.needs is Needs.CONSENT for (feature, _), route in registry._presses.items() if feature == "flow")


async def test_too_young_stores_nothing_and_closes_kindly(here):
    before = dump(data_of(here))
    ana = here.person("Ana")
    await here.command(ana, "/urge")
    await here.press(ana, "I am younger")
    answer = await here.sees(ana, "I have stored nothing")
    assert "findahelpline.com" in answer
    assert here.buttons(ana) == ["Help now"]
    await quiet(here)
    assert changed(before, dump(data_of(here))) <= {"communities"}  # the page's one community, whoever comes first


async def test_too_young_leaves_no_trace_either_in_somebody_who_had_a_language(here):
    ana = here.person("Ana")
    await here.command(ana, "/language")
    await here.press(ana, "English")
    await here.command(ana, "/urge")
    await quiet(here)
    before = dump(data_of(here))
    await here.press(ana, "I am younger")
    await here.sees(ana, "I have stored nothing")
    await quiet(here)
    assert changed(before, dump(data_of(here))) == set()


@pytest.mark.parametrize("platform", NOT_AGREED)
async def test_there_is_no_way_round_the_age_question(inside, platform):
    """A yes is a press of one's own; nothing else opens a tool: no deep link, no wrapped press, no form, no words."""
    ana = inside.person("ana", platform)
    await ana.press(Press("people", "young"))
    for press in (
        Press("urge", "start"),
        Press("command", "urge"),
        Press("checkin", "open"),
        Press("flow", "resume"),
        Press("command", "surf"),
        Press("people", "start", "", "agree"),
    ):
        reply = await ana.press(press)
        assert not [button for button in buttons_of(reply) if button.press and button.press.feature == "flow"]
    await ana.say("18")
    await ana.say("yes")
    assert "Are you 18 or older" in text_of(await ana.command("/urge"))
    assert "0" in [button.label for button in buttons_of(await ana.tap(YES))]


async def test_words_typed_on_the_page_before_consent_are_shown_and_not_kept(tmp_path):
    from tests.evening.world import world

    async with world("web", tmp_path) as here:
        ana = here.person("Ana")
        chat = WebChat(here.house.store, "web", "demo")
        await here.say(ana, f"{CANARY} of nobody")
        assert f"{CANARY} of nobody" in here.driver.everything(ana)
        await here.command(ana, "/language")
        await here.press(ana, "English")
        await here.say(ana, f"{CANARY} before consent")
        await here.command(ana, f"/urge {CANARY}")
        kept = b"".join(payload for _, payload in await chat.of_chat("private_ana", 100))
        assert b"Saved: English" in kept
        assert CANARY.encode() not in kept
        await agree(here, ana)
        await here.say(ana, f"{CANARY} after it")
        kept = b"".join(payload for _, payload in await chat.of_chat("private_ana", 100))
        assert f"{CANARY} after it".encode() in kept
        assert account_of(here, ana).user == "ana"


async def test_withdrawing_is_as_easy_as_giving(here):
    """Two taps, and what was kept under it is gone; the next tool asks again."""
    ana = here.person("Ana")
    await here.command(ana, "/urge")
    await agree(here, ana)
    await here.offers(ana, "7")
    await here.command(ana, "/erase")
    await here.press(ana, "Delete everything")
    await here.sees(ana, "nothing about you is kept here any more")
    await here.command(ana, "/urge")
    await here.offers(ana, YES)
