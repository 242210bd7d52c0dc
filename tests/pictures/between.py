"""Pictures of the days between meetings: some persons use the page, and the newest message before one of them is saved."""

import re
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, expect

from tests.evening.between import known, on_the_roster
from tests.evening.cast import Cast
from tests.evening.evening import SEVEN, Evening, cast_of
from tests.evening.times import RunningClock
from tests.evening.world import Spot, world
from tests.pictures.tools import save
from tests.platforms.web.browser import chromium, window

PHONE = (390, 2000)
TABS = {"private": "Private chat", "room": "Room"}
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4})+\b")

Scene = Callable[["Shots"], Coroutine[None, None, None]]


class Shots:
    """`cast`: who uses the page."""

    def __init__(self, cast: Cast, browser: Browser, folder: Path) -> None:
        self.cast = cast
        self._browser = browser
        self._folder = folder

    async def take(self, name: str, place: Spot, words: str, to: str) -> None:
        """Save the newest message with these words that the person sees there."""
        await self.cast.sees(name, words, place)
        key = name.lower()
        async with window(self._browser, self.cast.here.driver.platform.address, show=key, size=PHONE) as opened:
            await opened.seat(key).get_by_role("tab", name=TABS[place]).click()
            message = opened.pane(key, place).locator(".message").filter(has_text=words).last
            await expect(message).to_be_visible()
            await opened.page.evaluate("document.fonts.ready")
            seen = await message.screenshot(animations="disabled")
        save(seen, self._folder / f"{to}.png")


async def prompts(shots: Shots) -> None:
    """A check-in each Sunday: set up, in the room, and in private for who wants that."""
    cast = shots.cast
    await known(cast, "Ana")
    await cast.command("Kim", "/community prompts", "room")
    await cast.tap("Kim", "prompts.make_button", "room")
    await cast.tap("Kim", "prompts.run_button", "room")
    await shots.take("Kim", "room", "It is running.", "prompt-panel")
    await cast.pass_time(to=datetime(2026, 12, 6, 17, 0, 1, tzinfo=UTC))
    await shots.take("Ana", "room", "A check-in, in private", "prompt-card")
    await cast.tap("Ana", "prompts.join_button", "room")
    await cast.sees("Ana", "You are asked in private from now on.", "room")
    await cast.pass_time(to=datetime(2026, 12, 13, 17, 0, 1, tzinfo=UTC))
    await shots.take("Ana", "private", "A minute for you", "prompt-private")


async def questions(shots: Shots) -> None:
    cast = shots.cast
    await cast.command("Kim", "/facilitator questions", "room")
    await cast.tap("Kim", "ownquestions.new_button", "room")
    await cast.fill("Kim", {"title": "Monday questions"}, "room")
    await cast.tap("Kim", "ownquestions.add_choice", "room")
    given = {"words": "What did you do for yourself?", "answers": "I rested\nI was outside\nI met somebody"}
    await cast.fill("Kim", given, "room")
    await cast.tap("Kim", "ownquestions.add_words", "room")
    await cast.fill("Kim", {"words": "What was a good moment?"}, "room")
    await shots.take("Kim", "room", "What was a good moment?", "own-questions")


async def topics(shots: Shots) -> None:
    """The prompt of the week is opened, and somebody writes without their name."""
    cast = shots.cast
    await known(cast, "Ana")
    await cast.command("Kim", "/topic", "room")
    await shots.take("Kim", "room", "Topics between meetings", "topic-panel")
    await cast.tap("Kim", "topics.unnamed_button", "room")
    await cast.tap("Kim", "topics.turn_on_button", "room")
    await cast.tap("Kim", "common.back", "room")
    await cast.tap("Kim", "topics.week_button", "room")
    await cast.tap("Kim", "topics.open_button", "room")
    await cast.tap("Ana", "topics.write_button", "room")
    await cast.fill("Ana", {"words": "I went for a walk before dinner. It was quiet, and that was good."}, "room")
    await shots.take("Ana", "room", "Everybody there can read them", "topic-unnamed")


async def pairs(shots: Shots) -> None:
    """Two pair by a code; one has written, the other reads it."""
    cast = shots.cast
    await known(cast, "Ana", "Ben")
    await cast.command("Ana", "/community pair")
    await cast.tap("Ana", "pairs.code_button")
    await cast.tap("Ana", "pairs.as_participants_button")
    found = CODE.search(await cast.sees("Ana", "Your code:"))
    assert found is not None
    await cast.command("Ben", f"/community pair {found[0]}")
    await cast.tap("Ben", "pairs.yes_participants_button")
    await cast.tap("Ana", "pairs.yes_button")
    await cast.sees("Ana", "Your week has begun.")
    await cast.tap("Ana", "pairs.write_button")
    await cast.press("Ana", "4")
    await cast.tap("Ana", "pairs.line_hard")
    await cast.tap("Ana", "pairs.send_button")
    await cast.tap("Ben", "pairs.show_button")
    await shots.take("Ben", "private", "The day: 4 of 10", "pair-note")


async def reports(shots: Shots) -> None:
    """Somebody reports, and a facilitator reads it."""
    cast = shots.cast
    await on_the_roster(cast, "Kim")
    await known(cast, "Ana")
    await cast.command("Ana", "/report")
    await shots.take("Ana", "private", "It goes to this community's facilitators", "report")
    await cast.tap("Ana", "reports.kind_unkind")
    await cast.tap("Kim", "reports.read_button")
    await shots.take("Kim", "private", "You do not see by whom", "report-read")


async def corner(shots: Shots) -> None:
    """Who hosts what, in the facilitators' corner."""
    cast = shots.cast
    await Evening(cast).plan()
    await on_the_roster(cast, "Kim", "Sam")
    await cast.tap("Sam", "roster.hosts_button", "room")
    await shots.take("Sam", "room", "Who hosts", "roster-hosts")
    await cast.tap("Sam", "common.back", "room")
    await cast.tap("Sam", "roster.say_button", "room")
    await shots.take("Sam", "room", "Only you see this.", "words")


async def in_a_meeting(shots: Shots) -> None:
    """An agenda made of taps, and a round."""
    cast, evening = shots.cast, Evening(shots.cast)
    await evening.plan()
    await evening.at(-9)
    await evening.come("Ana", "Ben", "Cleo")
    await evening.lead()
    await evening.at(0)
    await evening.start()
    await evening.next("checkin")
    await evening.open_checkin()
    await evening.check_in("Ana", "6", "urge")
    await evening.check_in("Ben", "5", "conflict", shown_as="Ben")
    await cast.tap("Kim", "meetings.refresh_button", "room")
    await cast.tap("Kim", "meetings.agenda_button", "room")
    await shots.take("Kim", "room", "Who wants time, and for what", "agenda")
    await cast.tap("Kim", "agenda.panel_button", "room")
    await evening.raise_hand("Cleo", "Cleo", first=True)
    await cast.tap("Kim", "meetings.order_button", "room")
    await cast.tap("Kim", "floor.round_button", "room")
    await cast.tap("Kim", "floor.round_hands_button", "room")
    await shots.take("Kim", "room", "still to come", "round-led")
    await shots.take("Ben", "room", "Speaking in the round", "round")


SCENES: tuple[tuple[Scene, datetime], ...] = (
    *((scene, MONDAY) for scene in (prompts, questions, topics, pairs, reports, corner)),
    (in_a_meeting, SEVEN.replace(hour=12)),
)


async def between(folder: Path) -> None:
    """Play every scene, each in a house of its own, and save its pictures to a folder."""
    async with chromium() as browser:
        for scene, at in SCENES:
            with TemporaryDirectory() as data:
                async with world("web", Path(data), RunningClock(at)) as here:
                    cast = cast_of(here, "Ana", "Ben", "Cleo", facilitators=("Kim", "Sam"))
                    await scene(Shots(cast, browser, folder))
