"""Prints PDFs, apart from the bot: `printer.py` hands a `bot.core.replies.Paper` to `worker.py`, where `layout.py` lays it out."""
