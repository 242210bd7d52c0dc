"""Reads one job (`printer.Job`) from standard input and writes it as a PDF. Run as a script, apart from the bot."""

import sys
from datetime import datetime
from pathlib import Path

import msgspec


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[3]))
    from bot.core.replies import Paper
    from bot.runtime.printing.layout import laid_out

    class Job(msgspec.Struct):  # `printer.Job`, without what that module loads besides
        paper: Paper
        language: str
        now: datetime
        font: str
        png: bytes | None = None

    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(laid_out(job.paper, job.language, job.now, Path(job.font), job.png))


if __name__ == "__main__":
    main()
