"""One reply to one chat: as a new message, or as an edit of an old one."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot, InlineKeyboardMarkup, InputFile, Message, ReplyParameters
from telegram.error import TelegramError

from bot.core.clock import Clock
from bot.core.errors import MessageGone, PlatformBusy
from bot.core.ids import MessageRef
from bot.core.replies import File, Reply
from bot.platforms.telegram import limits
from bot.platforms.telegram.encode import encode_text, entities, marked
from bot.platforms.telegram.errors import is_unchanged, ours
from bot.platforms.telegram.keyboard import Key, keyboard, keys
from bot.platforms.telegram.pins import Pins
from bot.platforms.telegram.request import AiohttpRequest
from bot.platforms.telegram.split import Piece, units

Keys = list[list[Key]]
_LONGEST_WAIT = timedelta(seconds=20)  # within what the courier gives one call
_NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Chat:
    """`answers`: the message that is answered to, shown above ours."""

    id: int
    thread: int | None = None
    private: bool = True
    answers: int | None = None

    @property
    def reply(self) -> ReplyParameters | None:
        return ReplyParameters(self.answers, allow_sending_without_reply=True) if self.answers is not None else None


class Sender:
    """Texts go straight to the Bot API, pictures and files by the library."""

    def __init__(self, bot: Bot, request: AiohttpRequest, clock: Clock, pins: Pins) -> None:
        self._bot = bot
        self._request = request
        self._clock = clock
        self._pins = pins

    async def put(
        self, chat: Chat, reply: Reply, username: str, *, edit: MessageRef | None = None, picture: bytes | None = None
    ) -> MessageRef | None:
        """Send or edit, once, and return the message (the last one of a long text); None when there is nothing to show.

        Raises the errors of `Platform.deliver`. A picture or a file is always a new message.
        """
        blocks = reply.blocks if reply.picture is None else reply.blocks + reply.picture.twin
        media = picture is not None or reply.file is not None
        pieces = encode_text(blocks, limits.TEXT)
        if not pieces and not media:
            return None
        buttons = keys(reply.buttons, room=not chat.private, username=username)
        if edit is not None and not media:
            ref = await self._edit(chat, reply, pieces, buttons, edit)
        elif media:
            ref = await self._media(chat, reply, pieces, buttons, username, picture)
        else:
            ref = await self._texts(chat, reply, pieces, buttons)
        if reply.pin and not chat.private:
            await (self._pins.edited if ref == edit else self._pins.sent)(*parse_ref(ref))
        return ref

    async def _texts(self, chat: Chat, reply: Reply, pieces: Sequence[Piece], buttons: Keys) -> MessageRef:
        for number, piece in enumerate(pieces[:-1]):
            await self._in_turn(number, chat, reply, piece, [])
        return await self._in_turn(len(pieces) - 1, chat, reply, pieces[-1], buttons)

    async def _in_turn(self, number: int, chat: Chat, reply: Reply, piece: Piece, buttons: Keys) -> MessageRef:
        """Send a part; once the first one is out, told to wait we wait: sending it all again would repeat what was read."""
        try:
            return await self._text(chat, reply, piece, buttons)
        except PlatformBusy as busy:
            if not number or busy.retry_after > _LONGEST_WAIT:
                raise
            await self._clock.sleep(busy.retry_after.total_seconds())
        return await self._text(chat, reply, piece, buttons)

    async def _text(self, chat: Chat, reply: Reply, piece: Piece, buttons: Keys) -> MessageRef:
        message = {"chat_id": chat.id, **_shown(piece, buttons)}
        if chat.thread is not None:
            message["message_thread_id"] = chat.thread
        if reply.quiet:
            message["disable_notification"] = True
        if chat.private or reply.guarded:
            message["protect_content"] = True
        if chat.answers is not None:
            message["reply_parameters"] = {"message_id": chat.answers, "allow_sending_without_reply": True}
        try:
            where, number = await self._request.send("sendMessage", message)
        except TelegramError as error:
            raise ours(error, private=chat.private) from None
        return MessageRef(f"{where}:{number}")

    async def _edit(self, chat: Chat, reply: Reply, pieces: Sequence[Piece], buttons: Keys, edit: MessageRef) -> MessageRef:
        """Edit a message. What does not fit into it follows as new messages, the buttons under the last."""
        where, number = parse_ref(edit)
        whole = len(pieces) == 1
        try:
            shown = _shown(pieces[0], buttons if whole else [])
            await self._request.do("editMessageText", {"chat_id": where, "message_id": number, **shown})
        except TelegramError as error:
            if not is_unchanged(error):
                raise ours(error, private=chat.private) from None
        return edit if whole else await self._texts(chat, reply, pieces[1:], buttons)

    async def _media(
        self,
        chat: Chat,
        reply: Reply,
        pieces: Sequence[Piece],
        buttons: Keys,
        username: str,
        picture: bytes | None,
    ) -> MessageRef:
        """Send the picture or file with the text under it; a text too long for that follows in messages of its own."""
        fits = not pieces or (len(pieces) == 1 and _fits_caption(pieces[0]))
        caption = pieces[0] if pieces and fits else None
        last = keyboard(reply.buttons, room=not chat.private, username=username) if fits else None
        if picture is not None and reply.file is not None:
            await self._photo(chat, reply, None, None, picture)
            ref = await self._document(chat, reply, caption, last, reply.file)
        elif picture is not None:
            ref = await self._photo(chat, reply, caption, last, picture)
        elif reply.file is not None:
            ref = await self._document(chat, reply, caption, last, reply.file)
        else:
            raise ValueError("neither picture nor file")
        return ref if fits else await self._texts(chat, reply, pieces, buttons)

    async def _photo(
        self, chat: Chat, reply: Reply, caption: Piece | None, markup: InlineKeyboardMarkup | None, picture: bytes
    ) -> MessageRef:
        return await _sent(
            chat,
            self._bot.send_photo(
                chat.id,
                InputFile(picture, filename="picture.png"),
                caption=caption.text if caption else None,
                caption_entities=entities(caption) if caption else None,
                reply_markup=markup,
                message_thread_id=chat.thread,
                disable_notification=reply.quiet or None,
                protect_content=chat.private or reply.guarded or None,
                reply_parameters=chat.reply,
            ),
        )

    async def _document(
        self, chat: Chat, reply: Reply, caption: Piece | None, markup: InlineKeyboardMarkup | None, file: File
    ) -> MessageRef:
        return await _sent(
            chat,
            self._bot.send_document(
                chat.id,
                InputFile(file.content, filename=file.name),
                caption=caption.text if caption else None,
                caption_entities=entities(caption) if caption else None,
                disable_content_type_detection=True,
                reply_markup=markup,
                message_thread_id=chat.thread,
                disable_notification=reply.quiet or None,
                # A person must be able to keep the file they asked for.
                protect_content=reply.guarded or None,
                reply_parameters=chat.reply,
            ),
        )


def parse_ref(ref: MessageRef) -> tuple[int, int]:
    """Return chat and message of a `chat:message` name. Raises MessageGone for anything else."""
    chat, _, number = ref.partition(":")
    try:
        return int(chat), int(number)
    except ValueError:
        raise MessageGone(platform="telegram", why="ref") from None


def _shown(piece: Piece, buttons: Keys) -> dict[str, object]:
    shown: dict[str, object] = {"text": piece.text, "link_preview_options": _NO_PREVIEW}
    if made := marked(piece):
        shown["entities"] = made
    if buttons:
        shown["reply_markup"] = {"inline_keyboard": buttons}
    return shown


def _fits_caption(piece: Piece) -> bool:
    return units(piece.text) <= limits.CAPTION


async def _sent(chat: Chat, sending: Awaitable[Message]) -> MessageRef:
    try:
        message = await sending
    except TelegramError as error:
        raise ours(error, private=chat.private) from None
    return MessageRef(f"{message.chat.id}:{message.message_id}")
