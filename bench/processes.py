"""Processes that are measured from outside. Each answers lines of JSON on its standard input, and ends when that ends."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FAREWELL, PATIENCE = 10.0, 30.0  # seconds for an end of its own, and for one by a signal


class Child:
    """`python -m <module> <arguments>`, ready when it has said so. Its log is counted as work, and thrown away."""

    def __init__(self, module: str, *arguments: str) -> None:
        self.began = time.monotonic()
        errors = None if os.environ.get("BENCH_SHOW_LOGS") else subprocess.DEVNULL
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=ROOT,
            text=True,
        )
        self.said: dict[str, Any] = self._listen(module)

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, what: str, **values: object) -> Any:
        """Have it do something, and return what came of it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **values}) + "\n")
        self._process.stdin.flush()
        return self._listen(what)

    def cpu(self) -> float:
        """Return the seconds of processor time that all its threads have used."""
        return time.clock_gettime(~self._process.pid << 3 | 2)  # Linux: the clock id of another process

    def memory(self) -> float:
        return memory_of(self._process.pid)

    def stop(self) -> None:
        """End it: those that listen on standard input by that, others by a signal."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _listen(self, what: str) -> Any:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        raise RuntimeError(f"a process ended while it was asked for {what}; BENCH_SHOW_LOGS=1 shows why")


def memory_of(process: int) -> float:
    """Return a process's resident memory in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
