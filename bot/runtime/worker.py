"""Work in a process of its own that lives as long as one piece of it."""

import asyncio
import os
import sys
from pathlib import Path


async def worked(script: Path, given: bytes, *arguments: str) -> bytes | None:
    """Run a script with what it is given, and return what it makes; None when it fails. However it ends, it is gone after it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(script),
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.defpath},  # no token, no key
    )
    try:
        made, _ = await process.communicate(given)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return made if process.returncode == 0 else None
