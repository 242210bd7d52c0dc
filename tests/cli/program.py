"""A program of ours in a process of its own: what it says, and how it ends."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds; only a broken program takes them


class Program:
    """Runs a command in a session of its own, in `folder`; left, nothing of it stays. `seen` is all it wrote."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  # closed in __exit__
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "COLUMNS": "200", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def seen(self) -> str:
        return os.pread(self._log.fileno(), 1_000_000, 0).decode(errors="replace")

    def wait_for(self, words: str, patience: float = PATIENCE) -> str:
        """Return the line with these words, once it is there."""
        until = time.monotonic() + patience
        while True:
            for line in self.seen.splitlines():
                if words in line:
                    return line
            if self._process.poll() is not None:
                raise AssertionError(f"ended with {self._process.returncode} before saying {words!r}:\n{self.seen}")
            if time.monotonic() > until:
                raise AssertionError(f"never said {words!r}:\n{self.seen}")
            time.sleep(0.05)

    def end(self, number: signal.Signals = signal.SIGTERM, within: float = PATIENCE) -> int:
        """Signal everything in the session, as a supervisor does, and return the exit status."""
        os.killpg(self._process.pid, number)
        return self.wait(within)

    def wait(self, within: float = PATIENCE) -> int:
        return self._process.wait(within)

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
        self._log.close()
