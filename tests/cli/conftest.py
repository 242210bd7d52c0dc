"""The command line as a host types it, in a folder of its own, with nothing of ours in the environment."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.config.sources import PREFIX

Typed = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    for name in [name for name in os.environ if name.startswith(PREFIX) or name == "CREDENTIALS_DIRECTORY"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def typed(folder) -> Typed:
    """Runs `openchair <words>`; without a terminal unless answers are given."""

    def run(*words: str, answers: str | None = None) -> Result:
        return CliRunner().invoke(app, list(words), input=answers)

    return run
