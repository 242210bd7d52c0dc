"""From an act of the page to its answer, one after another for each person: take, say, sent, acknowledge.

The page sends an act again until it is acknowledged; what an act did and said is done and said once.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Collection

import structlog

from bot.core.calls import Incoming
from bot.core.clock import Clock
from bot.core.errors import BotError, PlatformDown, StorageUnavailable
from bot.core.ids import MessageRef
from bot.core.lanes import Lanes
from bot.core.platform import Answer, Painter, Receiver
from bot.core.replies import Reply, To
from bot.core.richtext import Paragraph, Words
from bot.core.texts import Texts
from bot.platforms.web.chats import Chats, Draft, is_unkept, split_ref
from bot.platforms.web.decode import ActFrame, CommandFrame, WordsFrame, decode_act, is_help, leaves_no_trace, receipt_of
from bot.platforms.web.encode import encode_blocks, encode_form
from bot.platforms.web.limits import Limits
from bot.platforms.web.records import ROOM, Pane, Persona, pane_of
from bot.platforms.web.sockets import Connection
from bot.platforms.web.standing import Standings

log = structlog.get_logger()


class Acts:
    def __init__(
        self,
        *,
        chats: Chats,
        standings: Standings,
        texts: Texts,
        clock: Clock,
        commands: Collection[str],
        limits: Limits,
        painter: Painter | None,
    ) -> None:
        self._standings = standings
        self._chats = chats
        self._texts = texts
        self._clock = clock
        self._commands = commands
        self._limits = limits
        self._painter = painter
        self._lanes = Lanes()
        self._waiting: Counter[tuple[str, bool]] = Counter()
        self._under_way: set[asyncio.Task[None]] = set()
        self._closing = False

    def begin(self, frame: ActFrame, connection: Connection, receiver: Receiver) -> None:
        """Take an act into its person's lane; it goes on when the page closes."""
        lane = (connection.persona.key, is_help(frame))  # help does not queue behind anything else
        if self._closing:
            return  # not acknowledged: the page sends it again to the next process
        if self._waiting[lane] >= self._limits.waiting_acts:
            self.refuse(connection, frame.id, "web.problem_fast")
            return
        if key := self._kept_from(frame, connection.persona):
            self.refuse(connection, frame.id, key)
            return
        self._waiting[lane] += 1
        task = asyncio.get_running_loop().create_task(self._run(lane, frame, connection, receiver))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        task.add_done_callback(lambda _: self._waiting.subtract((lane,)))

    def _kept_from(self, frame: ActFrame, persona: Persona) -> str:
        """Return why the person may not do this in the room now, or "". Who is held reads on, asks and presses; who is out does
        not."""
        if frame.pane is not Pane.ROOM or is_help(frame):
            return ""
        view = self._standings.of(persona)
        if not view.may_read and isinstance(frame, WordsFrame | CommandFrame):
            return "web.problem_out"
        return "web.problem_held" if isinstance(frame, WordsFrame) and not view.may_write else ""

    def refuse(self, connection: Connection, act: str, key: str) -> None:
        """Tell the page, in one sentence, that an act was not done; it need not send it again."""
        language = connection.persona.language or connection.locale
        connection.send({"type": "problem", "id": act, "text": self._texts.of(language).label(key)})

    async def finish(self) -> None:
        """Take nothing more, and wait for the answers under way; those that take too long are left unacknowledged."""
        self._closing = True
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=self._limits.goodbye.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, lane: tuple[str, bool], frame: ActFrame, connection: Connection, receiver: Receiver) -> None:
        try:
            await self._lanes.run(lane, lambda: self._act(frame, connection, receiver))
        except StorageUnavailable:
            self.refuse(connection, frame.id, "web.problem_storage")
        except BotError:
            self.refuse(connection, frame.id, "web.problem_bad")
        except Exception as error:
            log.error("web.act_failed", platform="web", error=type(error).__name__)  # noqa: TRY400 a traceback may hold words
            self.refuse(connection, frame.id, "web.problem_unexpected")
        else:
            connection.send({"type": "ack", "id": frame.id})

    async def _act(self, frame: ActFrame, connection: Connection, receiver: Receiver) -> None:
        persona = connection.persona
        if isinstance(frame, WordsFrame) and frame.pane is Pane.ROOM:
            await self._chats.add(ROOM, _said(frame, persona))
            return
        locale = persona.language or connection.locale
        incoming = decode_act(
            frame,
            persona,
            self._clock.now(),
            locale=locale,
            commands=self._commands,
            space_name=self._texts.of(locale).label("web.space"),
        )
        if incoming.place.private and isinstance(frame, WordsFrame | CommandFrame) and not is_help(frame):
            await self._echo(persona.private, _said(frame, persona))
        answer = await receiver.take(incoming)
        if not is_help(frame):  # which waits for no database
            await self._notice_erasure(persona)
        try:
            ref = await self._say(answer, connection, keep=not (leaves_no_trace(frame) or answer.reply.fleeting))
        except BotError as error:
            log.warning("web.answer_unkept", platform="web", why=type(error).__name__)
            await receiver.not_sent(answer, PlatformDown(maybe_done=True))
        else:
            await receiver.sent(answer, ref)

    async def _say(self, answer: Answer, connection: Connection, keep: bool) -> MessageRef | None:
        """Show an answer where it belongs; return the message that shows it, if one does. Raises what the log raises."""
        reply, incoming, persona = answer.reply, answer.incoming, connection.persona
        chat = chat_for(reply.to, incoming, persona)
        if reply.form is not None:
            connection.send(
                {
                    "type": "form",
                    "pane": pane_of(chat),
                    "message": incoming.message or "",
                    "language": answer.language,
                    "intro": encode_blocks(reply.blocks),
                    "form": encode_form(reply.form),
                }
            )
            return None
        if not (reply.blocks or reply.buttons or reply.picture or reply.file):
            return None
        picture = None
        if self._painter is not None and reply.picture is not None:
            picture = await self._painter.paint(reply)
        draft = Draft(incoming.receipt, reply, language=answer.language, picture=picture)
        old = incoming.message if reply.replace and incoming.message and split_ref(incoming.message)[0] == chat else None
        if not keep:
            return self._chats.tell_unkept(chat, draft, old if old and is_unkept(old) else None)
        try:
            if old is not None and is_unkept(old):
                return await self._chats.add_in_place_of(old, draft)
            if old is not None and await self._chats.edit(old, draft):
                return old
            return await self._chats.add(chat, draft)
        except BotError:
            self._chats.tell_unkept(chat, draft)
            raise

    async def _echo(self, chat: str, draft: Draft) -> None:
        """Show a person their own words; they are kept only once the person has agreed to that."""
        try:
            if await self._chats.keeps_words(chat):
                await self._chats.add(chat, draft)
            else:
                self._chats.tell_unkept(chat, draft)
        except BotError:
            self._chats.tell_unkept(chat, draft)  # the answer will say that nothing was saved

    async def _notice_erasure(self, persona: Persona) -> None:
        with contextlib.suppress(BotError):
            for chat in (persona.private, persona.only):
                await self._chats.notice_removal(chat)


def chat_for(to: To, incoming: Incoming, persona: Persona) -> str:
    """Return the chat in which an answer belongs; a private chat has no room to speak to."""
    if incoming.place.private or to is To.PRIVATE:
        return persona.private
    return ROOM if to is To.ROOM else persona.only


def _said(frame: WordsFrame | CommandFrame, persona: Persona) -> Draft:
    text = frame.text if isinstance(frame, WordsFrame) else frame.line
    words = Reply(blocks=(Paragraph((Words(text),)),))
    return Draft(f"{receipt_of(frame, persona)}:said", words, by=persona.key)
