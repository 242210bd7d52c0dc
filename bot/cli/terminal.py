"""What the commands share: the console, the `--config` option, and leaving with a sentence in place of a traceback."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from bot.config import ConfigProblems, Loaded, load_config

WRONG = 1  # something is wrong, and was said
BAD_CONFIG = 78  # EX_CONFIG of sysexits.h: trying again is useless (the systemd unit knows it)

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="OPENCHAIR_CONFIG", help="The configuration.", show_default="config.yaml, if there"),
]


def say(text: object, style: str = "") -> None:
    """Print one line as it is: nothing in it is taken for markup."""
    out.print(str(text), style=style, markup=False)


def complain(lines: Iterable[object], style: str = "red") -> None:
    for line in lines:
        err.print(str(line), style=style, markup=False)


def leave(said: object, code: int = WRONG) -> NoReturn:
    complain([said])
    raise typer.Exit(code)


def load_or_leave(file: Path | None, code: int = BAD_CONFIG, *, secrets: bool = True) -> Loaded:
    """Return the configuration, its warnings said. With problems: every one of them on a line of its own, and out."""
    try:
        loaded = load_config(file, secrets=secrets)
    except ConfigProblems as problems:
        complain(problems.problems)
        raise typer.Exit(code) from None
    complain(loaded.warnings, "yellow")
    return loaded
