"""A program on a terminal of its own, and somebody who waits for each question before answering it."""

import os
import select
import subprocess
import sys
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds; only a broken program takes them


class Terminal:
    """Runs python with the words given, in the present folder. `seen` is all that stood on the screen."""

    def __init__(self, *words: str) -> None:
        self._ours, theirs = os.openpty()
        self.seen = ""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "COLUMNS": "200"}
        command = ["setsid", "--ctty", "--wait", sys.executable, *words]  # a hidden answer is read from the controlling terminal
        self._process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)

    def answer(self, question: str, words: str | None) -> None:
        """Wait until a question stands on the screen that was not there before, then type (None: nothing)."""
        start = len(self.seen)
        while question not in self.seen[start:]:
            ready, _, _ = select.select([self._ours], [], [], PATIENCE)
            if not ready:
                raise AssertionError(f"no {question!r} in {self.seen!r}")
            try:
                self.seen += os.read(self._ours, 4096).decode()
            except OSError:  # the other side is closed
                raise AssertionError(f"ended before {question!r}: {self.seen!r}") from None
        if words is not None:
            os.write(self._ours, f"{words}\n".encode())

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._ours)
