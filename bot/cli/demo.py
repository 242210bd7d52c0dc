"""`openchair demo`: the chat page with made-up persons, in a folder of its own, for whoever wants to see a meeting."""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.machine import machine_zone
from bot.cli.terminal import leave

_KEY = "demo.key"  # beside the rows it opens: whatever is in the demo is made up


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is; 0: a free one.")] = 8080,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its database.")] = Path("data/demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew: what the demo kept is deleted first.")] = False,
) -> None:
    """Open the chat page on this machine alone, with four made-up persons: no token, no account, nothing to set up."""
    from bot.cli.running import run_house
    from bot.config import Config
    from bot.config.model import CommunityConfig, LogConfig, PlatformsConfig, StorageConfig, WebConfig
    from storage.keys import make_master_key

    folder = data.resolve()
    key = folder / _KEY
    if fresh and folder.exists():
        if not key.exists():
            leave(f"{data} holds something else than a demo, so it is not deleted.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        make_master_key(key)
    run_house(
        Config(
            data=folder,
            community=CommunityConfig(zone=machine_zone("Europe/Berlin")),
            platforms=PlatformsConfig(web=WebConfig(enabled=True, port=port)),
            storage=StorageConfig(master_key_file=key),
            log=LogConfig(level="warning"),
        ),
        "Openchair's demo is ready: {where} (Ctrl-C ends it)",
        is_demo=True,
    )
