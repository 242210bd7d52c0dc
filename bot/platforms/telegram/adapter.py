"""The Telegram platform: joins intake, answers and deliveries on one bot."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.core.clock import Clock
from bot.core.errors import DoorClosed, PlatformDown, PlatformRefused, RoomGone
from bot.core.features import MenuEntry
from bot.core.ids import MessageRef
from bot.core.platform import Capabilities, Delivery, Finding, Painter, Receiver
from bot.core.texts import Texts
from bot.core.under_way import UnderWay
from bot.platforms.telegram import doctor, limits
from bot.platforms.telegram.addresses import DEFAULT_API, bot_address, file_address
from bot.platforms.telegram.answering import Answers
from bot.platforms.telegram.chats import Chats
from bot.platforms.telegram.decode import NAME, Reader
from bot.platforms.telegram.deeds import Deeds
from bot.platforms.telegram.errors import ours
from bot.platforms.telegram.files import Files
from bot.platforms.telegram.intake import Intake, Moved
from bot.platforms.telegram.menu import links, listings, sync
from bot.platforms.telegram.pins import Pins
from bot.platforms.telegram.polling import Poller, Waits
from bot.platforms.telegram.refs import Topic, remembered
from bot.platforms.telegram.request import AiohttpRequest
from bot.platforms.telegram.roles import Roles
from bot.platforms.telegram.sending import Chat, Sender
from bot.platforms.telegram.webhook import Listener, Webhook

log = structlog.get_logger()

_DRAIN_SECONDS = 5.0
_CAPABILITIES = Capabilities(
    modals=False,
    only_you=False,
    writes_first=False,
    same_key_once=False,
    message_length=limits.TEXT,
    label_length=limits.LABEL,
    deeds=True,
    topics=True,
)


class TelegramPlatform:
    """`bot.core.platform.Platform` for Telegram.

    `moved` is told a group's old and new id when it becomes a supergroup. With `painter`, answers have their pictures too;
    without, the words of the picture.
    """

    def __init__(
        self,
        token: str,
        *,
        menu: Sequence[MenuEntry],
        texts: Texts,
        clock: Clock,
        api_base: str = DEFAULT_API,
        file_base: str = "",
        webhook: Webhook | None = None,
        concurrency: int = 64,
        moved: Moved | None = None,
        painter: Painter | None = None,
    ) -> None:
        # The library logs addresses (with the token) and whole messages at DEBUG.
        logging.getLogger("telegram").setLevel(logging.WARNING)
        address = bot_address(api_base)
        # Each answer may hold two connections at once (the button's, the message's), beside the courier's and the poll's own.
        self._request = AiohttpRequest(f"{address}{token}", connections=2 * concurrency + 16)
        self._bot = Bot(token, address, file_address(file_base, api_base), request=self._request, get_updates_request=self._request)
        self._menu = tuple(menu)
        self._texts = texts
        self._clock = clock
        self._webhook = webhook
        self._concurrency = concurrency
        self._moved = moved
        chats = Chats(self._request)
        self._sender = Sender(self._bot, self._request, clock, Pins(chats, clock))
        self._deeds = Deeds(chats, self._sender, clock)
        self._files = Files(self._request, f"{file_address(file_base, api_base)}{token}")
        self._links = links(menu)
        self._answers = Answers(self._request, self._sender, texts, clock, self._links, painter)
        self._username = ""
        self._running = self._stopped = False
        self._deliveries = UnderWay()
        self.listener: Listener | None = None

    @property
    def name(self) -> str:
        return NAME

    @property
    def capabilities(self) -> Capabilities:
        return _CAPABILITIES

    async def run(self, receiver: Receiver) -> None:
        """As `Platform.run`. Raises PlatformRefused when the token is not valid."""
        self._running, self._stopped = True, False
        try:
            await self._begin()
            intake = self._intake(receiver)
            if self._webhook is None:
                await self._poll(intake)
            else:
                await self._listen(self._webhook, intake)
        finally:
            self._running, self._stopped = False, True
            await self._deliveries.ended(_DRAIN_SECONDS)  # one that is cut off may have arrived, and would come again
            await self.close()

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """As `Platform.deliver`. After the end of `run` it raises PlatformDown."""
        if self._stopped:
            raise PlatformDown(maybe_done=False, platform=NAME, why="stopped")
        chat = _chat(delivery)
        username = await self._username_for(chat)
        with self._deliveries:
            if delivery.deed is not None:
                return await self._deeds.do(delivery, delivery.deed, chat, username)
            ref = await self._sender.put(chat, delivery.reply, username, edit=delivery.edit, picture=delivery.picture)
        if ref is None:
            raise PlatformRefused(platform=NAME, why="empty")
        return ref

    async def check(self) -> Sequence[Finding]:
        say = self._texts.of(self._texts.languages[0])
        try:
            return await doctor.findings(self._bot, say, self._webhook.url if self._webhook else "")
        finally:
            if not self._running:
                await self.close()

    async def close(self) -> None:
        """Close the connections. Needed only where `deliver` was used without `run`."""
        await self._request.shutdown()

    async def _begin(self) -> None:
        """Learn our own name, however long Telegram takes to answer, and put the menu in order."""
        await self._insist(self._me)
        try:
            await sync(self._bot, listings(self._menu, self._texts.languages))
        except TelegramError as error:
            log.warning("telegram.no_menu", platform=NAME, error=type(error).__name__)  # all works without it

    async def _poll(self, intake: Intake) -> None:
        await self._insist(self._remove_webhook)
        log.info("telegram.ready", platform=NAME, kind="poll")
        poller = Poller(self._request, intake, self._clock)
        try:
            await poller.run()
        finally:
            await intake.drain(_DRAIN_SECONDS)
            await poller.confirm()

    async def _listen(self, webhook: Webhook, intake: Intake) -> None:
        self.listener = listener = Listener(webhook, intake)
        try:
            await listener.start()
            await self._insist(self._set_webhook)
            log.info("telegram.ready", platform=NAME, kind="webhook")
            await asyncio.Event().wait()
        finally:
            listener.refuse()
            await intake.drain(_DRAIN_SECONDS)
            await listener.stop()

    async def _insist(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do what nothing works without, trying again for as long as it takes."""
        waits = Waits()
        while True:
            try:
                await work()
            except TelegramError as error:
                seconds = waits.after(error)
                log.warning("telegram.not_reached", platform=NAME, error=type(error).__name__, seconds=seconds)
                await self._clock.sleep(seconds)
            else:
                return

    async def _remove_webhook(self) -> None:
        if (await self._bot.get_webhook_info()).url:
            log.warning("telegram.webhook_removed", platform=NAME, why="configured to poll")
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def _set_webhook(self) -> None:
        if self._webhook is not None:
            connections = min(max(self._concurrency, limits.FEWEST_WEBHOOK_CONNECTIONS), limits.MOST_WEBHOOK_CONNECTIONS)
            await self._bot.set_webhook(
                self._webhook.url,
                secret_token=self._webhook.secret,
                max_connections=connections,
                allowed_updates=limits.ALLOWED_UPDATES,
            )

    async def _me(self) -> str:
        """Return our username, asked for once. Raises TelegramError."""
        if not self._username:
            self._username = self._answers.username = (await self._bot.get_me()).username or ""
        return self._username

    def _intake(self, receiver: Receiver) -> Intake:
        reader = Reader(self._username, self._links)
        roles = Roles(self._bot, self._clock)
        return Intake(self._bot, reader, roles, self._files, self._answers, receiver, self._clock, self._concurrency, self._moved)

    async def _username_for(self, chat: Chat) -> str:
        """Links that open the private chat are needed in rooms only."""
        try:
            return "" if chat.private else await self._me()
        except TelegramError as error:
            raise ours(error, private=False) from None


def _chat(delivery: Delivery) -> Chat:
    if delivery.account is not None:
        if delivery.account.user.startswith("-"):
            raise DoorClosed(platform=NAME, why="anonymous")  # a group, as whom its administrator once spoke
        return Chat(int(delivery.account.user))
    if delivery.room is None:
        raise PlatformRefused(platform=NAME, why="nowhere")
    thread = int(delivery.room.thread) if delivery.room.thread else None
    if delivery.within is not None:
        topic = remembered(delivery.within)
        if not isinstance(topic, Topic):
            raise RoomGone(platform=NAME, why="topic")
        thread = topic.thread
    return Chat(int(delivery.room.chat), thread, private=False)
