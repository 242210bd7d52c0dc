"""SAFETY 5, row 5; Must 16: what people type is found in no file of the data folder, nor anywhere else beside it."""

import json
import sqlite3
import tempfile
from contextlib import closing

import pytest

from bot.core.errors import StorageUnavailable
from bot.core.features import Where
from bot.core.flow import Each
from tests.evening.world import PLATFORMS, world
from tests.security import days
from tests.security.canaries import CANARY, Canary, words_everywhere
from tests.security.evenings import data_of, quiet
from tests.security.inside import text_of
from tests.security.rows import files_with
from tests.security.walk import Walker
from tests.tools_walked.houses import Shared
from tests.tools_walked.screens import FLOWS, Someone
from tests.tools_walked.walking import Walk

WALKED: dict[str, dict[str, str]] = {  # the tools, with answers that lead on to more
    "kit": {},  # while nothing is pinned yet
    "urge": {"coping": "dents", "log": "add"},
    "cba": {"deeper": "weigh", "pin": "yes"},
    "values": {"deeper": "act", "pin": "yes"},
    "changeplan": {"deeper": "yes", "pin": "yes", "remind": "yes"},
    "triggers": {"pin": "yes", "known": "yes"},
    "brainstorm": {},
    "goal": {"remind": "yes"},
    "urgelog": {},
    "plan": {"deeper": "closer", "pin": "yes", "remind": "both"},
    "pius": {},
}
FILES = {"cba": "pdf", "changeplan": "txt", "goal": "ics"}
LOOKED_AT = ("/kit", "/plan", "/progress", "/family", "/tools", "/privacy")


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


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_nor_are_words_typed_in_the_days_between_meetings(platform, tmp_path, lines, monkeypatch, capfd):
    """A pair's note and name, an unnamed post, a report and its answer, questions of one's own and what was answered, a shared
    line, a note for whoever hosts next, a topic of one's own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    canary = Canary()
    async with world(platform, tmp_path, days.clock()) as here:
        await days.all_of_it(days.cast_named(here, canary), canary)
        await quiet(here)
        typed = {word.partition("x")[2] for word in canary.said}
        assert typed >= {"roster", "handover", "question", "own_answer", "line", "topic", "report", "report_answer"}
        assert platform == "discord" or typed >= {"unnamed", "note", "pair_name"}
        assert files_with(tmp_path, CANARY) == []
        assert CANARY.encode() not in here.house.metrics.text().lower()
    assert files_with(tmp_path, CANARY) == []
    assert CANARY not in lines.getvalue().lower()
    assert lines.getvalue().count("command.done") > 40
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


@pytest.mark.parametrize("platform", ["discord", "web"])  # where a room's forms are forms
async def test_words_of_facilitators_in_every_form_of_the_room_are_in_no_file(inside, platform, lines):
    walker, kim = Walker(inside, CANARY), inside.person(f"{CANARY}-account", platform, facilitator=True)
    await kim.agree("/urge")
    led = [f"/{entry.name}" for entry in inside.house.dispatch.menu() if entry.facilitators]
    assert {"/topic", "/facilitator roster", "/facilitator questions"} <= set(led)
    await walker.roam(kim, [*led, "/community prompts", "/community together", "/report"], "room")
    assert {"topics", "roster", "ownquestions", "prompts", "together", "reports"} <= {feature for feature, _, _ in walker.tried}
    assert len([reply for _, reply in inside.replies if CANARY in text_of(reply)]) > 10  # they were kept, and shown again
    assert files_with(inside.folder, CANARY) == []
    assert CANARY not in lines.getvalue()


class Talkative(Walk):
    """Whatever is asked for words gets one that must turn up nowhere."""

    def worded(self, number: int) -> str:
        return f"{CANARY}{number}"


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_nor_words_in_every_kind_of_step_and_in_what_is_made_of_them(platform, tmp_path, lines, monkeypatch, capfd):
    """Lists, lines asked about one by one, picked and put in order, forms, days and hours, a timer that is written to: kept,
    pinned, begun again and left in the middle, looked at and sent as files."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    shared = Shared(platform, tmp_path, people=["ana" if platform == "web" else f"{CANARY}_name"])
    try:
        await shared.open()
        ana = await Someone.of(shared)
        for name, wanted in WALKED.items():
            walk = Talkative(ana, FLOWS[name], wanted)
            await walk.begin()
            await walk.to_summary()
            await ana.here.until(lambda: ana.has("common.delete_now"), ana.newest)
            if name in FILES:
                await file_of(walk, f"files.as_{FILES[name]}")
                await ana.types("/continue")
                await ana.here.until(lambda: ana.has("common.delete_now"), ana.newest)
            if walk.flow.beside.stores:
                await walk.keeps()
            await ana.leave()  # a page reads so many frames of one visit
            await ana.sit_down()
        await left_in_the_middle(ana)
        for command in LOOKED_AT:
            await ana.types(command)
        for kind in ("log.as_csv", "log.as_pdf"):
            await ana.types("/log")
            await file_of(Talkative(ana, FLOWS["urge"]), kind)
        await shared.restart()
        await ana.sit_down()
        await ana.types("/continue")
        held = await ana.held()
        assert held.count(CANARY) > 80
        assert {entry.tool for entry in await ana.entries()} >= WALKED.keys() - {"plan", "kit"}
        assert files_with(tmp_path, CANARY) == []
        assert CANARY.encode() not in shared.here.house.metrics.text().lower()
    finally:
        await shared.end()
    assert files_with(tmp_path, CANARY) == []
    assert CANARY not in lines.getvalue().lower()
    printed = capfd.readouterr()
    assert CANARY not in (printed.out + printed.err).lower()


def test_and_those_tools_have_every_kind_of_step_that_is_answered():
    walked = {type(step) for name in WALKED for step in FLOWS[name].places.values()}
    assert walked >= {type(step) for flow in FLOWS.values() for step in flow.places.values()}
    asked = {step.ask for name in WALKED for step in FLOWS[name].places.values() if isinstance(step, Each)}
    assert asked == {"choice", "scale", "words"}


async def file_of(walk: Walk, kind: str) -> None:
    """Have a file made of what is on the screen."""
    person = walk.person
    await walk.tap("common.send_file")
    await person.here.until(lambda: person.has(kind), person.newest)
    await walk.tap(kind)
    await person.here.until(lambda: not person.has(kind), person.newest)


async def left_in_the_middle(ana: Someone) -> None:
    """Begin one that grows again, write a line more, and go away."""
    again = Talkative(ana, FLOWS["cba"])
    await again.begin()
    await again.tap("flow.again_new")
    await again.enter(f"{CANARY} begun")
    await again.tap("common.save_stop")


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
