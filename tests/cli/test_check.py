"""`openchair check` and `openchair doctor`: what is wrong is named, with how to mend it, and the exit status tells."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.cli import examination
from bot.compose import opened_store
from bot.config import Config
from bot.config.model import StorageConfig
from bot.core.clock import SystemClock
from storage.keys import make_master_key


def test_what_is_shipped_is_whole(typed):
    result = typed("check", "--content")
    assert (result.exit_code, "right" in result.output) == (0, True), result.output


def test_a_wrong_key_is_named_with_file_line_and_key(typed, folder):
    (folder / "config.yaml").write_text("language: en\nplatforms:\n  discord:\n    facilitator_rôle: x\n")
    result = typed("check")
    assert result.exit_code == 1
    assert result.output.startswith("config.yaml:4: platforms.discord.facilitator_rôle: unknown key")


def test_doctor_finds_nothing_wrong_with_a_fresh_configuration(typed, folder):
    typed("init", "--platform", "web", "--zone", "Berlin", "--country", "DE")
    result = typed("doctor", "--config", "config.yaml")
    assert result.exit_code == 0, result.output
    assert not (folder / "data" / "openchair.db").exists()


def test_doctor_says_how_to_mend_what_is_wrong_and_goes_on_past_a_missing_token(typed, folder):
    typed("init", "--platform", "telegram", "--zone", "Berlin")
    (folder / "master.key").chmod(0o644)
    result = typed("doctor")
    assert result.exit_code == 1
    for said in ("config.yaml:", "telegram.token", "chmod 600", "disk", "database"):
        assert said in result.output


@pytest.fixture
def told_time():
    """A server of ours that tells the time of a clock that is `off`."""
    off = timedelta()

    class Answer(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response_only(404)
            self.send_header("Date", format_datetime(datetime.now(UTC) + off, usegmt=True))
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()

    def set_off(seconds):
        nonlocal off
        off = timedelta(seconds=seconds)
        return f"http://127.0.0.1:{server.server_port}"

    yield set_off
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("seconds", "ok"), [(0, True), (60, False), (-60, False)])
def test_the_clock_is_held_against_the_platforms(told_time, seconds, ok):
    finding = examination.clock_against("telegram", told_time(seconds), SystemClock())
    assert (finding.ok, bool(finding.mend)) == (ok, not ok)


def test_a_platform_that_is_not_reached_is_said(told_time):
    finding = examination.clock_against("telegram", "http://127.0.0.1:1", SystemClock())
    assert (finding.ok, "127.0.0.1:1" in finding.mend) == (False, True)


async def test_the_database_is_tried_and_left_as_it_was(tmp_path, clock):
    make_master_key(tmp_path / "master.key")
    config = Config(data=tmp_path / "data", storage=StorageConfig(master_key_file=tmp_path / "master.key"))
    async with opened_store(config, clock):
        held, messages = await examination.database(config, clock)
        assert (held.ok, "running Openchair" in held.said) == (True, True)
        assert (messages.ok, messages.topic) == (True, "messages")
    findings = await examination.database(config, clock)
    assert [(finding.topic, finding.ok) for finding in findings] == [("database", True), ("messages", True)]
    (tmp_path / "master.key").unlink()
    make_master_key(tmp_path / "master.key")
    (finding,) = await examination.database(config, clock)
    assert (finding.ok, "not the one" in finding.said) == (False, True)


async def test_a_file_that_is_no_database_is_said(tmp_path, clock):
    make_master_key(tmp_path / "master.key")
    config = Config(data=tmp_path / "data", storage=StorageConfig(master_key_file=tmp_path / "master.key"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "openchair.db").write_bytes(b"no database at all" * 100)
    (finding,) = await examination.database(config, clock)
    assert not finding.ok
    assert finding.mend


async def test_a_database_server_that_is_not_reached_is_said(tmp_path, clock):
    storage = StorageConfig(url=f"postgresql://openchair@/none?host={tmp_path}", master_key_file=tmp_path / "master.key")
    (finding,) = await examination.database(Config(data=tmp_path / "data", storage=storage), clock)
    assert not finding.ok
    assert finding.mend


async def test_messages_that_were_given_up_are_counted_by_their_reason(tmp_path, clock):
    assert [examination._given_up("telegram", why, 2).ok for why in ("door_closed", "late", "room_gone", "refused")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("day", "ok"), [("2026-12-01", True), ("2099-01-01", False)])
def test_old_help_lines_are_warned_of(tmp_path, day, ok):
    config = Config(data=tmp_path)
    assert examination.help_lines(config, datetime.fromisoformat(day).date())[0].ok is ok
