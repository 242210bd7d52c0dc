"""What the disk itself takes: one plain commit now and then, beside what is measured. A busy machine shows here first."""

import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType

_EVERY = 0.05  # seconds between two commits


class Disk:
    """`commits` are the seconds of each durable commit of one row while the block ran."""

    def __init__(self) -> None:
        self.commits: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._measure)

    def __enter__(self) -> "Disk":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _measure(self) -> None:
        with tempfile.TemporaryDirectory(prefix="openchair-bench-") as folder:
            file = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
            for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE rows (body BLOB)"):
                file.execute(statement)
            while not self._ended.wait(_EVERY):
                began = time.perf_counter()
                file.execute("INSERT INTO rows VALUES (zeroblob(512))")
                self.commits.append(time.perf_counter() - began)
            file.close()
