"""From a decided answer to Telegram's calls: what only one person may see, in a room that has no such thing."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog
from telegram.error import TelegramError

from bot.core.calls import Kind
from bot.core.clock import Clock
from bot.core.errors import DoorClosed, MessageGone, PlatformBusy, PlatformDown, PlatformError, RoomMoved
from bot.core.ids import MessageRef
from bot.core.platform import Answer, Painter
from bot.core.replies import Button, Reply, Style, To, deep_link
from bot.core.richtext import Paragraph, plain_block
from bot.core.texts import Texts
from bot.platforms.telegram import limits
from bot.platforms.telegram.decode import Act
from bot.platforms.telegram.errors import ours
from bot.platforms.telegram.keyboard import start_link
from bot.platforms.telegram.request import AiohttpRequest
from bot.platforms.telegram.sending import Chat, Sender, parse_ref
from bot.platforms.telegram.split import units

log = structlog.get_logger()

_SHORT_WAIT = timedelta(seconds=3)  # a longer one is the courier's
_AGAIN_AFTER = 0.5  # seconds
_GLANCE = 60  # a toast fades after some seconds: more than this many units stay until closed


class Answers:
    """`links`: payloads by command name, for an answer that waits behind Start."""

    def __init__(
        self, request: AiohttpRequest, sender: Sender, texts: Texts, clock: Clock, links: dict[str, str], painter: Painter | None
    ) -> None:
        self._request = request
        self._sender = sender
        self._texts = texts
        self._clock = clock
        self._payloads = {command: payload for payload, command in links.items()}
        self._painter = painter
        self.username = ""

    async def give(self, act: Act, answer: Answer) -> MessageRef | None:
        """Send the answer and return its message, if it became one. A press is always acknowledged.

        Raises the errors of `Platform.deliver`.
        """
        reply = answer.reply
        if reply.form is not None:
            log.error("telegram.form_not_asked", platform="telegram", why="forms are asked question by question")
        if act.anonymous and (reply.to is To.PRIVATE or reply.file is not None):
            return await self._here(act, self._pointer(answer.language, "telegram.anonymous_line", self._link(act)))
        if act.incoming.place.private or reply.to is To.ROOM or act.anonymous:
            ref = await self._here(act, reply)
            if reply.clears and act.incoming.place.private:
                await self._clear(act)
            return ref
        toast = _toast(reply) if reply.to is To.ONLY_YOU and act.query else ""
        if toast:
            await self._acknowledge(act, toast)
            return None
        return await self._elsewhere(act, answer)

    async def _clear(self, act: Act) -> None:
        """Delete what the person typed, once it is answered. A bot may do so for 48 hours; where it may not, the message stays."""
        if act.message is None or act.query:
            return
        try:
            await self._request.do("deleteMessage", {"chat_id": int(act.incoming.place.chat), "message_id": act.message})
        except TelegramError as error:
            log.info("telegram.not_cleared", platform="telegram", why=str(ours(error, private=True).detail.get("why", "")))

    async def _here(self, act: Act, reply: Reply) -> MessageRef | None:
        """Answer where the act was; the button stops waiting at the same time."""
        place = act.incoming.place
        chat = Chat(
            int(place.chat),
            int(place.thread) if place.thread else None,
            private=place.private,
            answers=act.message if act.anonymous else None,
        )
        edit = act.incoming.message if reply.replace and act.query else None
        if not act.query:
            return await self._put(chat, reply, edit)
        put, _ = await asyncio.gather(self._put(chat, reply, edit), self._acknowledge(act), return_exceptions=True)
        if isinstance(put, BaseException):
            raise put
        return put

    async def _take_away(self, screen: MessageRef) -> None:
        """Delete a screen whose next one stands below it. Where that cannot be (after 48 hours), it stays."""
        try:
            where, number = parse_ref(screen)
            await self._request.do("deleteMessage", {"chat_id": where, "message_id": number})
        except (TelegramError, MessageGone) as error:
            log.info("telegram.screen_stays", platform="telegram", error=type(error).__name__)

    async def _elsewhere(self, act: Act, answer: Answer) -> MessageRef | None:
        """Answer in the private chat, and say so in the room to that person alone if Telegram can."""
        say = self._texts.of(answer.language)
        try:
            ref = await self._put(Chat(int(act.incoming.account.user)), answer.reply, None)
        except DoorClosed:
            # Asked again behind the Start button, the act is decided afresh: nothing is left to send.
            await self._point_to_start(act, answer)
            return None
        except PlatformError:
            await self._acknowledge(act)
            raise
        await self._acknowledge(act, say.label("telegram.in_private") if ref is not None else "")
        return ref

    async def _point_to_start(self, act: Act, answer: Answer) -> None:
        link = self._link(act)
        if act.query:
            if not await self._acknowledge(act, url=link):
                say = self._texts.of(answer.language)
                await self._acknowledge(act, say.label("telegram.closed_alert"), alert=True)
            return
        place = act.incoming.place
        room = Chat(int(place.chat), int(place.thread) if place.thread else None, private=False, answers=act.message)
        await self._put(room, self._pointer(answer.language, "telegram.closed_line", link), None)

    def _pointer(self, language: str, key: str, link: str) -> Reply:
        """Return one short line with the way to the private chat."""
        say = self._texts.of(language)
        open_private = Button(say.label("telegram.open_private"), url=link, style=Style.MAIN)
        return Reply(blocks=(Paragraph(say(key)),), buttons=((open_private,),), quiet=True)

    def _link(self, act: Act) -> str:
        incoming = act.incoming
        if incoming.kind is Kind.PRESS and incoming.press is not None:
            return start_link(self.username, payload=deep_link(incoming.press))
        first = incoming.arguments.get("text", "").partition(" ")[0]
        typed = f"{incoming.name} {first}".strip()
        payload = self._payloads.get(typed) or self._payloads.get(incoming.name) or "start"
        return start_link(self.username, payload=payload)

    async def _put(self, chat: Chat, reply: Reply, edit: MessageRef | None) -> MessageRef | None:
        """Send; a message that cannot be edited any more is sent anew, a short wait is waited, an edit is tried twice.

        A picture and words cannot take each other's place in a message: a screen of the private chat is then taken away.
        """
        picture = await self._painter.paint(reply) if self._painter is not None and reply.picture is not None else None
        ref, is_edited = await self._sent(chat, reply, edit, picture)
        if edit is not None and not is_edited and chat.private and reply.slot and reply.file is None:
            await self._take_away(edit)
        return ref

    async def _sent(
        self, chat: Chat, reply: Reply, edit: MessageRef | None, picture: bytes | None
    ) -> tuple[MessageRef | None, bool]:
        """Return the message, and whether it stands where the earlier one did."""
        for _ in range(2):
            try:
                return await self._sender.put(
                    chat, reply, self.username, edit=edit, picture=picture
                ), edit is not None and not picture
            except MessageGone:
                edit = None
            except RoomMoved as moved:
                chat, edit = replace(chat, id=int(moved.chat), answers=None), None
            except PlatformBusy as busy:
                if busy.retry_after > _SHORT_WAIT:
                    raise
                await self._clock.sleep(busy.retry_after.total_seconds())
            except PlatformDown as down:
                if edit is None and down.maybe_done:
                    raise
                await self._clock.sleep(_AGAIN_AFTER)
        return await self._sender.put(chat, reply, self.username, edit=edit, picture=picture), edit is not None and not picture

    async def _acknowledge(self, act: Act, text: str = "", *, url: str = "", alert: bool = False) -> bool:
        """Stop the button's waiting. A query that is too old (15 s and more, or after downtime) is no error."""
        if not act.query:
            return True
        try:
            shown: dict[str, object] = {"callback_query_id": act.query}
            if text:
                shown["text"] = text
            if alert or units(text) > _GLANCE:
                shown["show_alert"] = True
            if url:
                shown["url"] = url
            await self._request.do("answerCallbackQuery", shown)
        except TelegramError as error:
            log.info("telegram.acknowledge_failed", platform="telegram", why=str(ours(error, private=True).detail.get("why", "")))
            return False
        return True


def _toast(reply: Reply) -> str:
    """Return the reply as a toast, or "" when it has more than a short text."""
    if reply.buttons or reply.picture is not None or reply.file is not None or reply.slot:
        return ""
    text = "\n".join(plain_block(block) for block in reply.blocks)
    return text if units(text) <= limits.TOAST else ""
