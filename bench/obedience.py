"""The other end of `Child`: say something, do what is asked, end with the one who asks."""

import asyncio
import json
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Said = dict[str, Any]
Command = Callable[..., Awaitable[Said]]


def say(said: Said) -> None:
    print(json.dumps(said), flush=True)


async def obey(commands: Mapping[str, Command]) -> None:
    """Answer lines until standard input ends."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=2**24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        asked = json.loads(line)
        say(await commands[asked.pop("do")](**asked))


def end_with_parent() -> None:
    """End the process when standard input ends, for a library that has the main thread to itself."""

    def wait() -> None:
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
