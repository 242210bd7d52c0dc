"""Log lines carry no content and no secrets."""

import io
import logging
import warnings
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.logs import failure, place_of, set_up_logs, without_secrets

TELEGRAM = "123456789:AAF0_abcdefghijklmnopqrstuvwxyz-12345"
DISCORD = "MTA5ODc2NTQzMjEwOTg3NjU0.GabcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, and the logging of before put back after it."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    out = io.StringIO()
    set_up_logs("INFO", out)
    yield out
    logging.captureWarnings(False)
    root.handlers[:] = before
    structlog.reset_defaults()


def test_a_line_has_its_event_and_allowed_fields_only(lines):
    structlog.get_logger().info("checkin.saved", platform="web", ms=1.23456, person="abc", words="I drank", lane=None)
    line = lines.getvalue().strip()
    assert line.endswith("info checkin.saved platform=web ms=1.235 lane=NoneType")


def test_a_value_is_bounded_and_cannot_make_a_line_of_its_own(lines):
    structlog.get_logger().info("x", why="a\nevil error line=1" + "y" * 500)
    assert lines.getvalue().count("\n") == 1
    assert len(lines.getvalue()) < 200


def test_a_library_says_its_fixed_part_from_warning_up(lines):
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TELEGRAM)
    logging.getLogger("discord.gateway").warning("Shard ID %s has lost %s", 1, "Alice's words")
    logging.getLogger("aiosqlite").debug("INSERT %s", "Alice's words")
    printed = lines.getvalue()
    assert "Alice" not in printed
    assert "HTTP" not in printed
    assert "library.said name=discord.gateway why='Shard ID %s has lost %s'" in printed


def test_a_librarys_traceback_is_a_type_and_a_place(lines):
    try:
        raise ValueError(f"token {TELEGRAM} of Alice")
    except ValueError:
        logging.getLogger("telegram").exception("failed for Alice")
    printed = lines.getvalue()
    assert "error=ValueError" in printed
    assert "tests/runtime/test_logs.py:" in printed
    assert "Alice" not in printed
    assert "AAF0" not in printed


def test_only_the_first_line_of_a_librarys_message_is_kept(lines):
    logging.getLogger("asyncio").error("Task was destroyed\ntask: <Task exception=ValueError('Alice')>")
    assert lines.getvalue().endswith("library.said name=asyncio why='Task was destroyed'\n")


def test_a_warning_goes_the_same_way(lines):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"about {TELEGRAM}", stacklevel=1)
    assert "AAF0" not in lines.getvalue()
    assert "py.warnings" in lines.getvalue()


def test_a_failure_names_type_and_place(lines):
    try:
        int("Alice")
    except ValueError as error:
        failure("thing.failed", error, kind="k")
    assert "error thing.failed error=ValueError place=tests/runtime/test_logs.py:" in lines.getvalue()
    assert lines.getvalue().endswith(" kind=k\n")
    assert "Alice" not in lines.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        TELEGRAM,
        f"bot{TELEGRAM}",
        DISCORD,
        "https://x.org/feed/" + "a1b2c3d4" * 6,
        "https://x.org/login?token=" + "Zz9_" * 12,
        "0123456789abcdef" * 2,
    ],
)
def test_what_looks_like_a_token_is_struck_out(secret):
    assert secret.rpartition("/")[2].rpartition("=")[2][-20:] not in without_secrets(f"failed: {secret} (1)")


@given(st.from_regex(r"bot\d{6,12}:[A-Za-z0-9_-]{30,40}", fullmatch=True), st.text(max_size=20), st.text(max_size=20))
def test_a_telegram_token_never_passes(token, before, after):
    assert token[-30:] not in without_secrets(f"{before}/{token}/{after}")


def test_ordinary_lines_stay_whole():
    line = "2026-12-01T18:00:00Z info command.done name=/meeting_create platform=telegram outcome=ok ms=3.1"
    assert without_secrets(line) == line
    assert without_secrets("error=PlatformDown place=bot/platforms/telegram/adapter.py:120") == (
        "error=PlatformDown place=bot/platforms/telegram/adapter.py:120"
    )


def test_an_error_of_a_library_alone_is_placed_there():
    assert place_of(ValueError()) == "?"
