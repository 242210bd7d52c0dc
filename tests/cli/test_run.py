"""Starting, refusing to start, and ending: each refusal is one sentence that says what to do."""

import secrets
import signal
import socket
import sys

import pytest

from tests.cli.program import ROOT, Program

BOT = [sys.executable, "-W", "error::ResourceWarning", "-m", "bot"]
OURS = {"PYTHONPATH": str(ROOT)}
READY = "is ready: http://"
ENDS_WITHIN = 10.0  # seconds; what a host's supervisor is told


def demo(folder, *more):
    return Program([*BOT, "demo", "--port", "0", "--data", str(folder / "demo"), *more], folder, OURS)


def one_line(program):
    assert program.wait() != 0
    lines = [line for line in program.seen.splitlines() if line.strip()]
    assert len(lines) == 1, program.seen
    return lines[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_within_ten_seconds_and_it_starts_again_on_the_same_data(folder, number):
    for _ in range(2):
        with demo(folder) as program:
            program.wait_for(READY)
            assert program.end(number, ENDS_WITHIN) == 0
            assert "Traceback" not in program.seen


def test_a_second_copy_on_the_same_data_refuses_and_the_first_goes_on(folder):
    with demo(folder) as first:
        first.wait_for(READY)
        with demo(folder) as second:
            assert "Another Openchair is running" in one_line(second)
        assert first.end() == 0


def test_another_master_key_refuses_to_start_and_changes_nothing(folder):
    with demo(folder) as program:
        program.wait_for(READY)
        program.end()
    kept = {path.name: path.read_bytes() for path in (folder / "demo").iterdir() if path.suffix == ".db"}
    (folder / "demo" / "demo.key").write_bytes(secrets.token_bytes(32))
    with demo(folder) as program:
        assert "The master key is not the one" in one_line(program)
    assert {path.name: path.read_bytes() for path in (folder / "demo").iterdir() if path.suffix == ".db"} == kept


def test_a_key_that_others_may_read_refuses_to_start(folder):
    (folder / "demo").mkdir()
    (folder / "demo" / "demo.key").write_bytes(secrets.token_bytes(32))
    (folder / "demo" / "demo.key").chmod(0o644)
    with demo(folder) as program:
        assert "chmod 600" in one_line(program)


def test_fresh_deletes_a_demo_and_nothing_else(folder, typed):
    (folder / "photos").mkdir()
    (folder / "photos" / "cat.jpg").write_bytes(b"")
    refused = typed("demo", "--fresh", "--data", "photos")
    assert (refused.exit_code, (folder / "photos" / "cat.jpg").exists()) == (1, True)
    with demo(folder) as program:
        program.wait_for(READY)
        program.end()
    (folder / "demo" / "mark").touch()
    with demo(folder, "--fresh") as program:
        program.wait_for(READY)
    assert not (folder / "demo" / "mark").exists()


def test_a_taken_port_is_said_in_one_sentence(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with Program([*BOT, "demo", "--port", str(port), "--data", str(folder / "demo")], folder, OURS) as program:
            assert program.wait() == 1
            assert f"cannot be opened at http://127.0.0.1:{port}/" in program.seen
            assert "Traceback" not in program.seen


def test_run_without_any_token_says_where_one_belongs(typed):
    result = typed("run")
    assert result.exit_code == 78
    assert "OPENCHAIR_TELEGRAM_TOKEN" in result.output


def test_run_names_every_wrong_key_before_anything_starts(typed, folder):
    (folder / "config.yaml").write_text("platform: {}\nplatforms: {web: {prot: 1}}\n")
    result = typed("run")
    assert result.exit_code == 78
    assert [line.split(": ")[:2] for line in result.output.splitlines()] == [
        ["config.yaml:1", "platform"],
        ["config.yaml:2", "platforms.web.prot"],
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["config.yaml"]


def test_run_starts_the_web_page_of_a_configuration_that_init_wrote(typed, folder):
    assert typed("init", "--platform", "web", "--zone", "Berlin").exit_code == 0
    with Program(
        [*BOT, "run"], folder, {**OURS, "OPENCHAIR_PLATFORMS__WEB__PORT": "0", "OPENCHAIR_LOG__LEVEL": "warning"}
    ) as program:
        assert program.wait_for("Openchair is ready: ").startswith("Openchair is ready: http://127.0.0.1:")
        assert program.end(within=ENDS_WITHIN) == 0
        assert program.seen.count("\n") == 1


def test_run_without_the_master_key_says_how_to_make_one(folder):
    with Program([*BOT, "run"], folder, {**OURS, "OPENCHAIR_PLATFORMS__WEB__ENABLED": "true"}) as program:
        assert "openchair init" in one_line(program)
    assert list(folder.iterdir()) == []
