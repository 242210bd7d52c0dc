"""One evening as three people see it, kept as a file to read on each platform and in each language.

When the words changed on purpose: OPENCHAIR_UPDATE_TRANSCRIPTS=1 pytest tests/evening/test_transcript.py, and read what changed.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content.loader import load_texts
from tests.evening.times import StillClock
from tests.evening.transcript import Transcript
from tests.evening.world import PLATFORMS, world

FOLDER = Path(__file__).parent / "transcripts"
SUNDAY = datetime(2026, 11, 29, 17, 0, tzinfo=UTC)
SEVEN = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)  # Tuesday, 19:00 in Berlin
HEAD = """One evening on {platform}, as Kim, who leads it, and Ana and Ben see it. Everybody's language: {language}.
Indented: what appears or changes. [ a button ], ‹a time that the app shows in the reader's own zone›, ↗ opens the private chat.
"""
TITLES = {"en": "Open evening", "de": "Offener Abend"}
WORDS = {"en": ("I called my sister.", "Sunday night."), "de": ("Ich habe meine Schwester angerufen.", "Sonntagnacht.")}


@pytest.mark.parametrize("language", load_texts().languages)
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_an_evening_reads_as_it_is_kept(platform, language, tmp_path):
    async with world(platform, tmp_path, StillClock(SUNDAY), language=language) as here:
        people = {"Kim": here.person("Kim", facilitator=True), "Ana": here.person("Ana"), "Ben": here.person("Ben")}
        evening = Evening(Transcript(here, people, HEAD.format(platform=platform.capitalize(), language=language)), language)
        await evening.plan()
        await evening.gather()
        await evening.check_in()
        await evening.close()
    kept = FOLDER / f"{platform}_{language}.txt"
    if os.environ.get("OPENCHAIR_UPDATE_TRANSCRIPTS") == "1":
        kept.write_text(evening.written.text(), encoding="utf-8")
    assert evening.written.text() == kept.read_text(encoding="utf-8")


class Evening:
    """Kim leads; Ana and Ben come for the first time."""

    def __init__(self, written: Transcript, language: str) -> None:
        self.written = written
        self._say = load_texts().of(language)
        self._language = language
        self._panel = "private" if written.here.name == "telegram" else "room"  # where an answer for one person stands

    async def plan(self) -> None:
        await self.written.command("Kim", "/meeting create", "room")
        answers = {"title": TITLES[self._language], "weekday": "TU", "time": "19:00", "zone": "Berlin", "length": "90"}
        if self.written.here.name == "telegram":  # asked one by one, with buttons
            answers |= {"weekday": {"en": "Tuesday", "de": "Dienstag"}[self._language]}
            answers |= {"length": self._say.label("meetings.minutes", minutes=90)}
        await self.written.fill("Kim", answers, "room")
        await self.written.pass_time(to=SEVEN.replace(month=11, day=30))

    async def gather(self) -> None:
        await self.written.pass_time(to=SEVEN.replace(hour=17, minute=45))
        await self.written.pass_time(to=SEVEN.replace(hour=17, minute=50))
        await self._press("Ana", "meetings.join_button", "room")
        await self._press("Ben", "meetings.join_button", "room")
        await self._press("Kim", "meetings.panel_button", "room")
        await self.written.pass_time(to=SEVEN)
        await self._press("Kim", "meetings.start_button", self._panel)
        await self.written.pass_time(to=SEVEN.replace(minute=5))
        await self._next("checkin")
        await self._press("Kim", "meetings.start_checkin_button", self._panel)

    async def check_in(self) -> None:
        await self._open("Ana")
        await self.written.press("Ana", "7")
        for words in WORDS[self._language]:
            await self._write("Ana", words)
        await self._press("Ana", "checkin.topic_urge")
        await self._press("Ana", "checkin.named_without")
        await self._press("Ana", "checkin.keep")
        await self._open("Ben")
        await self.written.press("Ben", "4")
        await self._press("Ben", "common.skip")
        await self._press("Ben", "common.skip")
        await self._press("Ben", "checkin.topic_conflict")
        await self._press("Ben", "checkin.named_with")
        await self._write("Ben", "Ben B.")
        await self._press("Ben", "checkin.keep")

    async def close(self) -> None:
        await self.written.pass_time(to=SEVEN.replace(minute=22))
        await self._next("agenda")
        await self.written.pass_time(to=SEVEN.replace(minute=25))
        await self._next("working")
        await self.written.pass_time(to=SEVEN.replace(hour=19, minute=15))
        await self._press("Kim", "meetings.refresh_button", self._panel)
        await self.written.pass_time(to=SEVEN.replace(hour=19, minute=29))
        await self._press("Kim", "meetings.end_button", self._panel)
        await self._press("Kim", "meetings.end_yes", self._panel)

    async def _press(self, name, key, place="private", **values) -> None:
        await self.written.press(name, self._say.label(key, **values), place)

    async def _next(self, segment: str) -> None:
        await self._press("Kim", "meetings.next_button", self._panel, segment=self._say.label(f"meetings.segment_{segment}"))

    async def _open(self, name: str) -> None:
        await self._press(name, "checkin.open_button")
        await self._press(name, "people.gate_yes", age=18)

    async def _write(self, name: str, words: str) -> None:
        """Write in one's own words: typed in Telegram, in a form elsewhere."""
        if self.written.here.name == "telegram":
            await self.written.say(name, words)
        else:
            await self._press(name, "common.write")
            await self.written.fill(name, {"words": words})
