"""A topic of the forum that the room is in. Bots can neither find a topic nor make it under a name of theirs: what a process opened
it remembers, so that a first message that failed does not make a second topic; a kill between the two calls may leave an empty one.
"""

from collections import OrderedDict

from telegram.error import TelegramError

from bot.core.deeds import OpenTopic
from bot.core.errors import MessageGone
from bot.core.replies import Reply
from bot.core.richtext import clean
from bot.platforms.telegram.chats import Chats
from bot.platforms.telegram.errors import is_gone_topic
from bot.platforms.telegram.refs import Topic
from bot.platforms.telegram.sending import Chat, Sender
from bot.platforms.telegram.split import shortened

_TITLE = 128
_REMEMBERED = 256


class Topics:
    def __init__(self, chats: Chats, sender: Sender) -> None:
        self._chats = chats
        self._sender = sender
        self._opened: OrderedDict[str, Topic] = OrderedDict()

    async def open(self, chat: int, topic: OpenTopic, past: Topic | None, key: str, username: str) -> Topic:
        """Open the topic with its first message, or open the slot's topic again. Raises TelegramError, MessageGone where that was
        deleted, and what sending raises."""
        if past is not None and past.chat == chat:
            try:
                await self._chats.reopen(chat, past.thread)
            except TelegramError as error:
                if is_gone_topic(error):
                    raise MessageGone(platform="telegram", why="topic") from None
                raise
            return past
        made = self._opened.get(key)
        if made is None or made.chat != chat:
            title = shortened(" ".join(clean(topic.title).split()) or "…", _TITLE)
            made = Topic(chat, await self._chats.open_topic(chat, title))
            self._remember(key, made)
        if topic.blocks or topic.buttons:
            first = Reply(topic.blocks, buttons=topic.buttons)
            await self._sender.put(Chat(chat, made.thread, private=False), first, username)
        self._opened.pop(key, None)
        return made

    async def close(self, past: Topic) -> None:
        try:
            await self._chats.close(past.chat, past.thread)
        except TelegramError as error:
            if not is_gone_topic(error):
                raise

    def _remember(self, key: str, topic: Topic) -> None:
        self._opened[key] = topic
        if len(self._opened) > _REMEMBERED:
            self._opened.popitem(last=False)
