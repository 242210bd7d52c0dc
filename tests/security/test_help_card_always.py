"""Musts 1 and 2: the help card answers whatever else has failed, and every step, reminder and error leads to it."""

import asyncio
import sqlite3
from contextlib import closing
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.calls import Account, Call, Incoming, Kind, Place
from bot.core.errors import BotError, StorageUnavailable
from bot.core.features import Needs, Where
from bot.core.replies import NOTHING, Press, Reply
from content.language import Language
from content.loader import load_texts
from tests.evening.world import world
from tests.security.evenings import data_of, quiet
from tests.security.inside import buttons_of, plan, presses_of, text_of
from tests.security.rows import dump
from tests.security.walk import Walker

HELP = Press("safety", "now")
NOTED = {
    *(f"meetings:{action}" for action in ("join", "panel", "start", "next", "checkin", "host", "end", "cancel")),
    *(f"floor:{action}" for action in ("hand", "next", "confirm", "against", "turn")),
    *(f"roster:{action}" for action in ("yes", "fair", "to", "stand", "there", "cannot")),
    "post line",  # one line in the room at a new part of the meeting, above its card
    "post round",  # the same, when a round begins
}
OF_A_ROOM = (
    *(f"/meeting {step}" for step in ("start", "next", "checkin", "end", "cancel", "edit", "holidays", "order", "board", "format")),
    *("/meetings", "/start", "/topic", "/facilitator debrief", "/facilitator figures", "/facilitator substitute"),
)


def leads_to_help(reply: Reply) -> bool:
    """A card is help itself; a form lies over a screen that has the button, and is closed again with one tap."""
    return reply == NOTHING or reply.form is not None or any(it.press and it.press.feature == "safety" for it in buttons_of(reply))


def is_note(reply: Reply) -> bool:
    """One sentence for the presser alone, beside the screen that was pressed (Telegram shows it as a toast)."""
    return not reply.buttons and not reply.replace and len(reply.blocks) == 1


async def walked(inside) -> Walker:
    """Bring onto screens everything that people and moments of this house can, as far as a long walk finds it."""
    walker = Walker(inside)
    kim = inside.person("kim", facilitator=True)
    await plan(kim, "Open evening", "wednesday 21:00 60")
    await plan(kim)
    await inside.moments(minutes=52)  # the room opens
    for _ in range(3):
        for who in (kim, inside.person("ana"), inside.person("ben", "telegram")):
            await on_the_card(inside, walker, who)
    for line in ("/meeting start", "/meeting checkin"):  # as far as the walk has not done it
        await kim.command(line, "room")
        await inside.moments(seconds=1)
    await kim.command("/meeting end", "room")
    await kim.tap("Yes, end it", spot="room")
    await on_the_card(inside, walker, kim)
    await walker.roam(kim, OF_A_ROOM, "room", steps=8)
    await questions(walker, inside.person("kai", "telegram", facilitator=True))
    for platform in ("discord", "telegram"):
        await a_persons_own(walker, inside.person("ana", platform))
    await plan(kim, "Another evening", "thursday 20:00 60")
    ana = inside.person("ana")
    await a_timer_ends(ana)
    await ana.command("/remind", "room")
    series = next(press.subject for press in presses_of(ana.screen) if press.feature == "reminders" and len(press.subject) == 32)
    await ana.press(Press("reminders", "stop", series), "room")
    await ana.press(Press("reminders", "remind", series), "room")
    await inside.moments(days=8)
    await kim.command("/meeting cancel", "room")
    await kim.tap("Another evening", "Yes, cancel the series", spot="room")
    await inside.moments(minutes=1)
    for press in known_presses(inside) - {Press(*what.split(":")) for what, _ in inside.replies if ":" in what}:
        await ana.press(press)  # a button that stood on no screen of this walk
    return walker


def known_presses(inside) -> set[Press]:
    registry = inside.house.dispatch._registry
    return {Press(feature, action) for feature, action in registry._presses if feature != "safety"}


async def a_persons_own(walker: Walker, ana) -> None:
    await ana.command("/meetings", "room")
    await ana.agree("/urge")
    private = [f"/{entry.name}" for entry in walker.inside.house.dispatch.menu() if entry.where is not Where.ROOM]
    for _ in range(2):
        await walker.roam(ana, private)
    await walker.roam(ana, ("/meetings", "/remind", "/meeting create", "/nonsense"), "room", steps=6)
    await ana.press(Press("people", "erase", "", "yes"))
    await ana.press(Press("people", "young"))
    await ana.agree("/urge")
    await ana.press(Press("people", "agree"))
    await ana.command("/remind", "room")
    for press in [press for press in presses_of(ana.screen) if press.feature == "reminders"]:
        await ana.press(press, "room")


async def a_timer_ends(ana) -> None:
    """One that is only waited for, whose end is a message of its own."""
    await ana.agree("/dents")
    while "Discard" in [button.label for button in buttons_of(ana.screen)]:
        await ana.press(next(press for press in presses_of(ana.screen) if press.action in ("discard", "erase")))
    await ana.command("/dents")
    await ana.press(next(press for press in presses_of(ana.screen) if press.value.endswith("_now")))
    await ana.press(next(press for press in presses_of(ana.screen) if press.value.endswith("_7")))
    await ana.press(next(press for press in presses_of(ana.screen) if press.value.endswith("_delay")))
    await ana.press(next(press for press in presses_of(ana.screen) if press.action == "go"))
    await ana.press(next(press for press in presses_of(ana.screen) if press.value.endswith("_5")))


async def questions(walker: Walker, kai) -> None:
    """A form asked question by question: wrong answers, the way back, what was answered before."""
    await kai.command("/meeting create", "room")
    await kai.say("x" * 100)
    await kai.say("A title")
    await kai.press(Press("form", "back", "1"))
    await kai.press(Press("form", "skip", "0"))
    await kai.say("no such day")
    await kai.press(Press("form", "show"))
    for words in ("half past", "Nowhere", "60 minutes"):
        await kai.say(words)
    await kai.press(Press("form", "cancel"))
    await kai.press(Press("form", "again"))


async def on_the_card(inside, walker: Walker, who) -> None:
    """Press what the room's newest card offers, and go on from there."""
    cards = [reply for what, reply in inside.replies if what == "post card"]
    for press in presses_of(cards[-1]):
        await who.press(press, "room")
        await walker.go_on(who, "room" if who.account.platform == "discord" else "private", steps=6)


async def test_every_step_reminder_and_error_leads_to_help(inside):
    await walked(inside)
    pressed = {what for what, _ in inside.replies}
    assert {f"{press.feature}:{press.action}" for press in known_presses(inside)} <= pressed
    assert {f"/{entry.name.partition(' ')[0]}" for entry in inside.house.dispatch.menu()} - {"/now"} <= pressed
    posted = {what.partition(".")[0] for what, _ in inside.replies if what.startswith("post ")}
    assert posted >= {"post announce", "post remind", "post card", "post checkin", "post flow", "post series"}
    without = {f"{what}: {text_of(it)[:80]}" for what, it in inside.replies if not leads_to_help(it) and not is_note(it)}
    assert without == set()
    # A note answers a press on the card, the panel or a list, all of which have the button; never a command, nor a moment.
    assert {what for what, it in inside.replies if not leads_to_help(it)} <= NOTED


async def test_every_kind_of_error_carries_it_in_every_language(inside):
    problems = inside.house.dispatch._problems
    kinds = [kind for kind in every(BotError) if kind.__module__.partition(".")[0] in ("bot", "handlers")]
    keys = {kind.text_key for kind in kinds}
    assert len(keys) > 20
    for language in load_texts().languages:
        for key in keys:
            reply = problems.said(key, language) if key not in WITH_VALUES else problems.unexpected(language)
            assert HELP in [button.press for button in buttons_of(reply)], key


async def test_a_form_that_discord_shows_no_more_leads_there_too(tmp_path):
    async with world("discord", tmp_path) as here:
        ana = here.person("Ana")
        await here.command(ana, "/start")
        message = here.driver._newest(ana, "private")
        await here.driver.server.press(ana, message, "of:0123456789abcdef")
        assert "Help now" in here.buttons(ana)
        await here.sees(ana, "This form is no longer open")


# Said with values that only their own places know; the walk comes by them.
WITH_VALUES = {"error.too_long", "form.too_long", "meetings.bad_title", "meetings.bad_zone", "meetings.several_zones"}


def every(kind: type[BotError]) -> list[type[BotError]]:
    return [kind, *(deeper for sub in kind.__subclasses__() for deeper in every(sub))]


# Whatever else fails ------------------------------------------------------------------------------------------------


async def test_it_comes_while_the_database_is_locked_by_somebody_else(here):
    ana, ben = here.person("Ana"), here.person("Ben")
    await here.command(ana, "/country")
    with closing(sqlite3.connect(here.house.store.file._path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        await here.command(ana, "/now")
        await here.command(ben, "/now")
        other.execute("ROLLBACK")
    assert "112" in await here.sees(ana, "In danger right now")
    await here.sees(ben, "0800 111 0 111")


async def test_it_comes_while_the_database_is_gone(here, monkeypatch):
    ana, back = here.person("Ana"), asyncio.Event()

    async def gone(work: Any) -> Any:
        await back.wait()
        raise StorageUnavailable(why="gone")

    monkeypatch.setattr(here.house.store, "transact", gone)
    monkeypatch.setattr(here.house.store, "transact_short", gone)
    await here.command(ana, "/now")
    await here.sees(ana, "0800 111 0 111")
    await here.press(ana, "Overdose")
    await here.sees(ana, "Signs: you cannot wake them")
    back.set()
    monkeypatch.undo()


async def test_it_comes_before_any_question_and_stores_nothing(here):
    before = dump(data_of(here))
    ana = here.person("Ana")
    await here.command(ana, "/now")
    await here.sees(ana, "112")
    await here.press(ana, "Thoughts of suicide")
    await here.sees(ana, "Asking does not plant the idea")
    await quiet(here)
    assert dump(data_of(here)) == before


async def test_it_comes_to_whoever_is_stopped_by_the_age_question(here):
    ana = here.person("Ana")
    await here.command(ana, "/urge")
    await here.sees(ana, "Are you 18 or older")
    await here.press(ana, "I am younger")
    await here.sees(ana, "I have stored nothing")
    await here.press(ana, "Help now")
    await here.sees(ana, "0800 111 0 111")


async def test_it_comes_in_english_when_a_language_is_broken(inside, monkeypatch):
    ana = inside.person("ana")
    await ana.command("/language", language="de")
    await ana.command("/now")
    assert "Gefahr" in text_of(ana.screen)
    inside.house.dispatch._helping._help_now.__self__._made.clear()
    real = Language.say

    def broken(language: Language, key: str, values: Any) -> Any:
        if language.tag == "de":
            raise KeyError("a file is half written")
        return real(language, key, values)

    monkeypatch.setattr(Language, "say", broken)
    await ana.command("/now")
    assert "In danger right now? Call 112" in text_of(ana.screen)


async def test_it_comes_for_a_country_that_nobody_knows(inside):
    now = inside.clock.now()
    incoming = Incoming(Kind.COMMAND, "1", Account("web", "ana"), Place("web", "private_ana"), now, name="now")
    for country in ("XX", "ZZ", "", "de", "\U0001f1e9\U0001f1ea"):
        reply = inside.house.dispatch._helping._reply(Call(incoming, "en", ZoneInfo("UTC"), country, now, True))
        assert "your local emergency number (112" in text_of(reply)
        assert "findahelpline.com" in text_of(reply)


async def test_it_needs_nobody_by_its_own_declaration(inside):
    routes = [route for (feature, _), route in inside.house.dispatch._registry._presses.items() if feature == "safety"]
    assert routes
    assert all(route.needs is Needs.NOBODY and not route.facilitators for route in routes)


async def test_every_name_of_the_command_is_as_quick_and_leaves_as_little(here):
    before = dump(data_of(here))
    ana = here.person("Ana")
    for name in ("now", "crisis", "sos", "NOW") if here.name != "discord" else ("now",):  # Discord knows its menu only
        shown = len(here.screen(ana))
        await here.command(ana, f"/{name}")
        await here.until(lambda shown=shown: len(here.screen(ana)) > shown)
        assert "0800 111 0 111" in here.screen(ana)[-1]
    await quiet(here)
    assert dump(data_of(here)) == before
