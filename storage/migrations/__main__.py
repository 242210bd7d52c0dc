"""`python -m storage.migrations "what changes"`: write a revision for what the tables in the code have beyond the last one."""

import asyncio
import sys
import tempfile
from pathlib import Path

from storage.migrate import write_revision

with tempfile.TemporaryDirectory() as folder:
    asyncio.run(write_revision(f"sqlite:///{Path(folder) / 'scratch.db'}", " ".join(sys.argv[1:]) or "change"))
