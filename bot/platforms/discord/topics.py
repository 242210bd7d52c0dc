"""A topic below a room: a public thread that begins at a line in its channel; in a forum, a post of it. The same deed again finds
the same thread."""

from collections.abc import Sequence
from datetime import timedelta

import discord
from discord.utils import snowflake_time, utcnow

from bot.core.deeds import OpenTopic
from bot.core.errors import MessageGone, PlatformRefused
from bot.core.ids import MessageRef
from bot.core.replies import Reply
from bot.core.richtext import Paragraph, Strong, Words, clean
from bot.platforms.discord.api import Api
from bot.platforms.discord.limits import cut
from bot.platforms.discord.parts import Part, Payload, parts_of
from bot.platforms.discord.places import Channel, channel_of
from bot.platforms.discord.refs import Named
from bot.platforms.discord.sending import nonce

_TITLE = 100
_JUST_NOW = timedelta(minutes=10)  # a post of the same title that the bot began so lately is the one that is wanted
_IS_ARCHIVED = 50083
_HAS_THREAD = 160004  # the message has one already
NO_TOPIC = MessageRef("topic:none")


async def open_topic(api: Api, room: str, topic: OpenTopic, past: Named | None, key: str) -> Named:
    """Raises MessageGone where the thread of the slot was deleted."""
    channel = await channel_of(api, room)
    if past is not None:
        await _open_again(api, past)
        return past
    if channel.is_thread:  # there is none below a thread: it goes beside it
        channel = await channel_of(api, channel.base)
    title = cut(" ".join(clean(topic.title).split()) or "…", _TITLE)
    if channel.is_forum:
        return Named("topic", channel.server, await _forum_post(api, channel, title, topic, key))
    if not channel.has_topics:
        raise PlatformRefused(why="no_topics_here", type=channel.type)
    line = parts_of(Reply((Paragraph((Strong((Words(title),)),)),), quiet=True))
    message = await _post(api, channel.id, line, f"{key}\nline")
    thread = await _thread(api, channel.id, message, title)
    if topic.blocks or topic.buttons:
        await _post(api, thread, parts_of(Reply(topic.blocks, buttons=topic.buttons)), f"{key}\nfirst")
    return Named("topic", channel.server, thread)


async def _post(api: Api, channel: str, parts: Sequence[Part], key: str) -> str:
    message = ""
    for number, part in enumerate(parts):
        once = {"nonce": nonce(key, number), "enforce_nonce": True}
        message = str((await api.post(channel, {**part.new(), **once}, part.attachments))["id"])
    return message


async def _thread(api: Api, channel: str, message: str, title: str) -> str:
    try:
        return await api.start_thread(channel, message, title)
    except discord.HTTPException as error:
        if error.code != _HAS_THREAD:
            raise
        return message  # a thread has the id of the message that it began at


async def _forum_post(api: Api, forum: Channel, title: str, topic: OpenTopic, key: str) -> str:
    """Open a post of the forum. No nonce makes it once: what an earlier try may have left is looked for."""
    first, *others = parts_of(Reply(topic.blocks or (Paragraph((Words(title),)),), buttons=topic.buttons))
    for one in await api.open_threads(forum.server):
        if _is_left_over(one, forum, title, api.me):
            return str(one["id"])
    tags = {"applied_tags": [forum.needs_tag]} if forum.needs_tag else {}
    post = await api.start_forum_post(forum.id, {"name": title, "message": first.new(), **tags})
    await _post(api, post, others, f"{key}\nfirst")
    return post


def _is_left_over(thread: Payload, forum: Channel, title: str, me: str) -> bool:
    here = str(thread.get("parent_id")) == forum.id and str(thread.get("owner_id")) == me and thread.get("name") == title
    return here and utcnow() - snowflake_time(int(thread["id"])) < _JUST_NOW


async def _open_again(api: Api, past: Named) -> None:
    try:
        thread = await channel_of(api, past.id)
    except discord.NotFound as error:
        raise MessageGone(code=error.code) from error
    if thread.archived or thread.locked:
        await api.change_channel(past.id, {"archived": False, "locked": False})


async def close_topic(api: Api, past: Named) -> None:
    """Archive the thread, and lock it where the bot may: then it opens no more by a word in it."""
    try:
        await api.change_channel(past.id, {"archived": True, "locked": True})
    except discord.NotFound:
        return
    except discord.Forbidden:
        await api.change_channel(past.id, {"archived": True})
    except discord.HTTPException as error:
        if error.code != _IS_ARCHIVED:
            raise
