"""Short answers of the room. Its card is in `card.py`, the panel in `panel.py`."""

from bot.core.replies import Reply, To
from bot.core.texts import Say, Value, say_p


def told(say: Say, key: str, **values: Value) -> Reply:
    """One sentence for the caller alone, short enough for a toast."""
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, replace=False)


def refused(say: Say, in_private: bool) -> Reply:
    """For somebody who is no facilitator, as far as the place tells: a private chat knows it only from an act in the room."""
    return told(say, "meetings.only_facilitators_private" if in_private else "meetings.only_facilitators")
