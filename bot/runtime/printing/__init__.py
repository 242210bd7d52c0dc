"""Prints PDFs, apart from the bot: `printer.py` hands a `bot.core.replies.Paper` to `worker.py`, which lays it out by `layout.py`."""
