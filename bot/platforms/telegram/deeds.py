"""Deeds -> what is done on Telegram. A missing right loses no room: the meeting goes on without the deed."""

from telegram.error import TelegramError

from bot.core.clock import Clock
from bot.core.deeds import CloseTopic, Deed, Door, NativeEvent, OpenTopic, Stand
from bot.core.errors import PlatformRefused
from bot.core.ids import MessageRef
from bot.core.platform import Delivery
from bot.platforms.telegram.chats import Chats
from bot.platforms.telegram.doors import door
from bot.platforms.telegram.errors import of_deed
from bot.platforms.telegram.refs import Doored, Stood, Topic, remembered
from bot.platforms.telegram.sending import Chat, Sender
from bot.platforms.telegram.standing import stand
from bot.platforms.telegram.topics import Topics

NO_TOPIC = MessageRef("topic:none")


class Deeds:
    def __init__(self, chats: Chats, sender: Sender, clock: Clock) -> None:
        self._chats = chats
        self._topics = Topics(chats, sender)
        self._clock = clock

    async def do(self, delivery: Delivery, deed: Deed, room: Chat, username: str) -> MessageRef:
        """Do it, or find it done. Raises RoomGone, RoomMoved, MessageGone, PersonAway, PlatformRefused (why="permission",
        "administrator", "no_topics_here", "no_events") ..."""
        if room.private:
            raise PlatformRefused(platform="telegram", why="no_room")
        try:
            return await self._do(delivery, deed, room, username)
        except TelegramError as error:
            raise of_deed(error) from None

    async def _do(self, delivery: Delivery, deed: Deed, room: Chat, username: str) -> MessageRef:
        past = remembered(delivery.edit)
        match deed:
            case Stand():
                known = past if isinstance(past, Stood) else None
                return (await stand(self._chats, room.id, _person(delivery), deed, known, self._clock.now())).ref
            case Door():
                return (await door(self._chats, room.id, room.thread, deed, past if isinstance(past, Doored) else None)).ref
            case OpenTopic():
                known_topic = past if isinstance(past, Topic) else None
                return (await self._topics.open(room.id, deed, known_topic, delivery.key, username)).ref
            case CloseTopic():
                if isinstance(past, Topic):
                    await self._topics.close(past)
                return delivery.edit or NO_TOPIC
            case NativeEvent():
                raise PlatformRefused(platform="telegram", why="no_events")


def _person(delivery: Delivery) -> int:
    if delivery.about is None:
        raise PlatformRefused(platform="telegram", why="nobody")
    if delivery.about.user.startswith("-"):  # a group, as whom its administrator once spoke
        raise PlatformRefused(platform="telegram", why="administrator")
    return int(delivery.about.user)
