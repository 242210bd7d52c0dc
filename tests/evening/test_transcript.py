"""One evening as seven people see it, kept as a file to read on each platform and in each language.

When the words changed on purpose: OPENCHAIR_UPDATE_TRANSCRIPTS=1 pytest tests/evening/test_transcript.py, and read what changed.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content.loader import load_texts
from tests.evening.evening import people
from tests.evening.telling import Told, shuffled_lines
from tests.evening.times import StillClock
from tests.evening.transcript import Transcript
from tests.evening.world import PLATFORMS, world

FOLDER = Path(__file__).parent / "transcripts"
SUNDAY = datetime(2026, 11, 29, 17, 0, tzinfo=UTC)
HEAD = """One evening on {platform}: Kim leads; Ana, Ben, Cleo, Dan and Eva come, and Finn comes late. Their language: {language}.
Indented: what appears or changes. [ a button ], ‹a time that the app shows in the reader's own zone›, ↗ opens the private chat.
Of what changes only the new lines are written; … stands for the others, ✕ for a line that went.
"""


@pytest.mark.parametrize("language", load_texts(strict=False).languages)
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_an_evening_reads_as_it_is_kept(platform, language, tmp_path):
    async with world(platform, tmp_path, StillClock(SUNDAY), language=language) as here:
        head = HEAD.format(platform=platform.capitalize(), language=language)
        written = Transcript(here, people(here, "Ana", "Ben", "Cleo", "Dan", "Eva", "Finn"), head, shuffled_lines(language))
        try:
            await Told(written).whole()
        finally:
            if os.environ.get("OPENCHAIR_UPDATE_TRANSCRIPTS") == "1":
                (FOLDER / f"{platform}_{language}.txt").write_text(written.text(), encoding="utf-8")
    assert written.text() == (FOLDER / f"{platform}_{language}.txt").read_text(encoding="utf-8")
