"""Short answers of the room. Its card is in `card.py`, the panel in `panel.py`."""

from bot.core.replies import Reply
from bot.core.screens import toast
from bot.core.texts import Say


def refused(say: Say, in_private: bool) -> Reply:
    """For somebody who is no facilitator, as far as the place tells: a private chat knows it only from an act in the room."""
    return toast(say, "meetings.only_facilitators_private" if in_private else "meetings.only_facilitators")
