"""The command line as a host types it, in a folder of its own, with nothing of ours in the environment."""

import io
import logging
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.config.sources import PREFIX
from bot.runtime.logs import set_up_logs

Typed = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    for name in [name for name in os.environ if name.startswith(PREFIX) or name == "CREDENTIALS_DIRECTORY"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def logging_put_back(monkeypatch) -> Iterator[None]:
    """What a command sets up for its own process ends with it: the loggers of the tests after it are not bound to its terminal."""
    handlers = logging.getLogger().handlers[:]
    monkeypatch.setattr("bot.runtime.logs.set_up_logs", partial(set_up_logs, stream=io.StringIO()))
    yield
    logging.captureWarnings(False)
    logging.getLogger().handlers[:] = handlers
    structlog.reset_defaults()


@pytest.fixture
def typed(folder, logging_put_back) -> Typed:
    """Runs `openchair <words>`; without a terminal unless answers are given."""

    def run(*words: str, answers: str | None = None) -> Result:
        return CliRunner().invoke(app, list(words), input=answers)

    return run
