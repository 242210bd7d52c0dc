"""The door of a room: locked, calm, or as it was.

Calm: in a group its permissions say that members send nothing; in a forum only the room's topic is closed, for members, so that
the rest of the forum goes on. Locked: members invite nobody, in the whole group. Who comes by a link all the same is not kept
out by Telegram (revoking the link would break it for good): they are heard as ARRIVED, and wait.
Administrators are bound by none of it.

A lock alone leaves no sign (see `permissions.py`): killed between the call and its mark, the group is found as one in which
members invited nobody before, and stays so. The other way round, an administrator's own rule would be undone.
"""

import contextlib

from bot.core.deeds import Door
from bot.platforms.telegram.chats import Chats
from bot.platforms.telegram.permissions import Permissions, found, shut, without
from bot.platforms.telegram.refs import Doored
from bot.platforms.telegram.request import Refused

OPEN = Door()


async def door(chats: Chats, chat: int, thread: int | None, wanted: Door, past: Doored | None) -> Doored:
    """Make the room as wanted. `past`: what the same slot remembers. Raises TelegramError."""
    if past is not None and (past.chat, past.thread) != (chat, thread):  # the evening moved, or the group did
        with contextlib.suppress(Refused):
            await door(chats, past.chat, past.thread, OPEN, past)
        past = None
    facts = await chats.facts(chat)
    now = facts.permissions
    before = without(now, past.before, past.door) if past is not None else found(now)
    in_topic = thread is not None or facts.is_forum
    wished = shut(before, Door(wanted.locked, wanted.calm and not in_topic))
    has_closed = in_topic and await _topic(chats, chat, thread, wanted, past)
    try:
        await _permit(chats, chat, now, wished)
    except Refused:
        if has_closed and not (past is not None and past.has_closed):
            await chats.reopen(chat, thread)  # a deed that failed is not remembered
        raise
    return Doored(chat, thread, Door(wanted.locked, wanted.calm and not in_topic), has_closed, before)


async def _permit(chats: Chats, chat: int, now: Permissions, wished: Permissions) -> None:
    if wished != now:
        await chats.permit(chat, wished)


async def _topic(chats: Chats, chat: int, thread: int | None, wanted: Door, past: Doored | None) -> bool:
    """Close the room's topic, or open it again. Return whether it is closed by us.

    Bots cannot ask whether a topic is closed. But a meeting is held in an open one: what is found closed, we closed.
    """
    if wanted.calm:
        await chats.close(chat, thread)
        return True
    if past is None:  # perhaps a crash came before the memory
        with contextlib.suppress(Refused):
            await chats.reopen(chat, thread)
    elif past.has_closed:
        await chats.reopen(chat, thread)
    return False
