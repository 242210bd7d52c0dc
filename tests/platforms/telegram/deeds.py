"""Deeds as the courier hands them over: each slot remembers what the last one returned."""

from datetime import UTC, datetime

from bot.core.calls import Account, Room
from bot.core.deeds import Deed
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery
from bot.core.replies import NOTHING
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.decode import NAME
from tests.servers.telegram.world import Chat, User


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


class Slot:
    """`chat` may be changed, as a group that moves."""

    def __init__(self, platform: TelegramPlatform, chat: Chat, about: User | None = None, thread: int | None = None) -> None:
        self.platform = platform
        self.chat = chat
        self.about = about
        self.thread = thread
        self.ref: MessageRef | None = None

    async def do(self, deed: Deed, *, killed: bool = False) -> MessageRef:
        """`killed`: the process ends before it can note what it did."""
        room = Room(RoomId("r" * 32), CommunityId("c" * 32), NAME, str(self.chat.id), str(self.thread or ""))
        about = Account(NAME, str(self.about.id)) if self.about is not None else None
        ref = await self.platform.deliver(Delivery("key", NOTHING, "en", room=room, edit=self.ref, deed=deed, about=about))
        if not killed:
            self.ref = ref
        return ref
