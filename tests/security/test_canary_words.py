"""SAFETY 5, row 5; Must 16: what people type is found in no file of the data folder, nor anywhere else beside it."""

import json
import sqlite3
import tempfile
from contextlib import closing

import pytest

from bot.core.errors import StorageUnavailable
from bot.core.features import Where
from tests.evening.world import PLATFORMS, world
from tests.security.canaries import CANARY, Canary, words_everywhere
from tests.security.evenings import data_of
from tests.security.rows import files_with
from tests.security.walk import Walker


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_words_typed_everywhere_are_in_no_file_no_log_and_no_metric(platform, tmp_path, lines, monkeypatch, capfd):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    canary = Canary()
    async with world(platform, tmp_path) as here:
        await words_everywhere(here, canary)
        assert len(canary.said) > 15
        assert {path.name for path in data_of(here).iterdir()} >= {
            "openchair.db",
            "openchair.db-wal",
            "openchair.db-shm",
            "keys.db",
        }
        assert files_with(tmp_path, CANARY) == []  # while it runs, with what is only in the log file of the database
        assert CANARY.encode() not in here.house.metrics.text().lower()
    assert files_with(tmp_path, CANARY) == []
    assert CANARY not in lines.getvalue().lower()
    assert lines.getvalue().count("command.done") > 20
    printed = capfd.readouterr()
    assert CANARY not in (printed.out + printed.err).lower()


@pytest.mark.parametrize("platform", ["discord", "telegram"])  # with forms, and question by question
async def test_words_in_every_flow_and_every_form_are_in_no_file(inside, platform, lines):
    walker, ana = Walker(inside, CANARY), inside.person(f"{CANARY}-account", platform)
    await ana.agree("/urge")
    private = [f"/{entry.name}" for entry in inside.house.dispatch.menu() if entry.where is not Where.ROOM]
    for _ in range(2):
        await walker.roam(ana, private)
    assert CANARY in json.dumps(await ana.export(), default=str)  # they were kept, sealed
    assert files_with(inside.folder, CANARY) == []
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_nor_after_the_database_failed_in_the_middle_of_it(platform, tmp_path, lines, monkeypatch):
    """A locked database, a full disk, a bug with the words in its message: said by type and place."""
    canary = Canary()
    async with world(platform, tmp_path) as here:
        ana = here.person("Ana")
        await here.command(ana, "/language")
        store = here.house.store
        real = store.transact
        for error in (
            StorageUnavailable(why=canary("why")),
            sqlite3.OperationalError(canary("full")),
            ValueError(canary("bug")),
            KeyError(canary("key")),
        ):

            async def fails(work, error=error):
                raise error

            monkeypatch.setattr(store, "transact", fails)
            if platform != "discord":
                await here.say(ana, canary("typed"))
            await here.command(ana, "/privacy")
            monkeypatch.setattr(store, "transact", real)
        await here.command(ana, "/privacy")
        await here.sees(ana, "Settings and consent")
        await here.house.dispatch.settle()
    assert "command.failed error=ValueError place=" in lines.getvalue()
    assert [line for line in lines.getvalue().splitlines() if CANARY in line] == []
    assert files_with(tmp_path, CANARY) == []


async def test_the_search_itself_finds_a_word_that_is_there(tmp_path):
    """In a row, in the log file beside it, in another alphabet's bytes, and in a file's name."""
    with closing(sqlite3.connect(tmp_path / "plain.db")) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE words (word TEXT)")
        file.execute("INSERT INTO words VALUES (?)", (CANARY,))
        file.commit()
        assert files_with(tmp_path, CANARY) == ["plain.db-wal"]
    (tmp_path / "wide").write_bytes(CANARY.encode("utf-16-le"))
    (tmp_path / f"{CANARY}.txt").touch()
    assert set(files_with(tmp_path, CANARY)) == {"plain.db", "wide", f"{CANARY}.txt"}
