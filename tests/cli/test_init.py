"""`openchair init` writes a configuration that is right at once, and a key that only its owner reads."""

import re
import stat
import sys
from pathlib import Path

import pytest

from bot.cli.written import Answers, config_text, scalar
from bot.config import Config, load_config
from bot.config.yaml import read_yaml
from tests.cli.terminal import Terminal

ROOT = Path(__file__).parents[2]
FLAGS = ("--language", "de", "--zone", "Berlin", "--country", "de", "--platform", "web")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_without_a_terminal_flags_and_defaults_answer_everything(typed, folder):
    result = typed("init", *FLAGS)
    assert result.exit_code == 0, result.output
    loaded = load_config()
    assert (loaded.config.language, loaded.config.community.zone, loaded.config.community.country) == ("de", "Europe/Berlin", "DE")
    assert (loaded.config.chosen_platforms, loaded.warnings) == (("web",), ())
    assert len((folder / "master.key").read_bytes()) == 32
    assert (mode(folder / "master.key"), mode(folder / "data")) == (0o600, 0o700)


def test_it_never_writes_over_a_configuration_without_force_nor_over_a_key_at_all(typed, folder):
    typed("init", *FLAGS)
    key, before = (folder / "master.key").read_bytes(), (folder / "config.yaml").read_text()
    refused = typed("init", "--zone", "Tokyo")
    assert (refused.exit_code, (folder / "config.yaml").read_text()) == (1, before)
    assert "--force" in refused.output
    forced = typed("init", "--zone", "Tokyo", "--force")
    assert (forced.exit_code, (folder / "master.key").read_bytes()) == (0, key)
    assert load_config().config.community.zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--zone", "Atlantis"), "no city or time zone"),
        (("--language", "tlh"), "not shipped"),
        (("--country", "Germany"), "two letters"),
        (("--platform", "icq"), "no platform"),
        (("--key-file", "data/master.key"), "would lie in the data folder"),
    ],
)
def test_a_wrong_flag_writes_nothing(typed, folder, flags, said):
    result = typed("init", *flags)
    assert (result.exit_code, list(folder.iterdir())) == (1, [])
    assert said in result.output


def test_asked_on_a_terminal_it_asks_again_until_it_understands_and_keeps_a_pasted_token_apart(folder, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    with Terminal("-m", "bot", "init") as terminal:
        terminal.answer("Language [en]", "")
        terminal.answer("city or time zone [UTC]: ", "Atlantis")
        terminal.answer("city or time zone [UTC]: ", "Vienna")
        terminal.answer("Country", "at")
        terminal.answer("Platforms", "telegram")
        terminal.answer("File with the Telegram token", "secrets/tg.token")
        terminal.answer("Enter: put it there later): ", "123456:pasted")
        terminal.answer("Next: openchair check", None)
    assert "no city or time zone" in terminal.seen
    assert "123456" not in terminal.seen + (folder / "config.yaml").read_text()
    token = folder / "secrets" / "tg.token"
    assert (token.read_text().strip(), mode(token)) == ("123456:pasted", 0o600)
    config = load_config().config
    assert (config.community.zone, config.chosen_platforms) == ("Europe/Vienna", ("telegram",))


def test_the_systemd_unit_runs_this_program_on_this_configuration(typed, folder):
    assert typed("init", *FLAGS, "--systemd").exit_code == 0
    unit = (folder / "openchair.service").read_text()
    assert f"ExecStart={sys.prefix}/bin/openchair run --config {folder}/config.yaml" in unit
    assert f"ReadWritePaths={folder}/data" in unit


def keys_of(model, prefix=""):
    for name, field in model.model_fields.items():
        inner = field.annotation
        if hasattr(inner, "model_fields"):
            yield from keys_of(inner, f"{prefix}{name}.")
        elif f"{name}_file" not in model.model_fields:  # a secret belongs into its file
            yield f"{prefix}{name}"


def test_the_commented_file_names_every_key_and_is_right_when_uncommented():
    text = config_text(Answers(platforms=("discord", "telegram"))).partition("\nlanguage:")[2]
    bare = re.sub(r"(?m)^( *)# ( *[a-z_]+:( |$))", r"\1\2", f"language:{text}").replace("://...", "://example.org")
    document = read_yaml(bare.encode(), "config.yaml")
    assert document.problems == []
    assert set(keys_of(Config)) <= {".".join(map(str, path)) for path in document.lines}
    Config.model_validate(document.values)


def test_the_example_is_what_init_writes():
    assert (ROOT / "config.example.yaml").read_text() == config_text(Answers())


@pytest.mark.parametrize("value", ["NO", "yes", "a: b", "x #y", "016", "", " ", "ü", "on", "C:\\x", "~", "a\nb", "- x", "'", '"'])
def test_any_path_survives_being_written(value):
    assert read_yaml(f"key: {scalar(value)}\n".encode(), "x").values == {"key": value}
