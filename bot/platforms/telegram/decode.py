"""Updates to acts. Ordinary talk in a group never becomes one, whatever Telegram sends us."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import structs
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.errors import BadPress
from bot.core.ids import MessageRef
from bot.core.replies import Press, parse_deep_link, parse_press
from bot.core.richtext import clean
from bot.platforms.telegram.files import Attached

NAME = "telegram"
_LONGEST_NAME = 64
_COMMAND = re.compile(r"/([\w-]{1,64})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)  # letters of every language: /fünf is no answer


@dataclass(frozen=True, slots=True)
class Act:
    """An incoming act with what answering it takes: the press's query, the message to answer to."""

    incoming: Incoming
    query: str = ""
    message: int | None = None
    anonymous: bool = False  # an administrator who acts as the group: has no private chat
    attached: Attached | None = None  # a file sent in private, not yet read


@dataclass(frozen=True, slots=True)
class Reader:
    """`username` is the bot's. `links`: what may stand behind `?start=` for a command, and the command's name."""

    username: str
    links: Mapping[str, str]

    def read(self, update: Update, at: datetime) -> Act | None:
        """Return the act in an update; None when there is none for us."""
        receipt = f"tg:{update.update_id}"
        if update.callback_query is not None:
            return _press(update.callback_query, receipt, at)
        if update.message is not None:
            return self._message(update.message, receipt, at)
        return None

    def _message(self, message: Message, receipt: str, at: datetime) -> Act | None:
        private = message.chat.type == Chat.PRIVATE
        if message.from_user is None or message.chat.type == Chat.CHANNEL:
            return None
        anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat.id
        if (message.sender_chat is not None or message.from_user.is_bot) and not anonymous:
            return None  # a channel or a bot speaks: there is no person to answer
        act = Incoming(
            kind=Kind.WORDS,
            receipt=receipt,
            account=_account(message.chat.id if anonymous else message.from_user.id),
            place=place_of(message.chat, message),
            at=at,
            locale=message.from_user.language_code or "",
            roles=frozenset({Role.FACILITATOR}) if anonymous else frozenset(),
            space_name="" if private else message.chat.title or "",
            shown_name="" if anonymous else _shown_name(message.from_user),
        )
        found = _COMMAND.fullmatch(message.text) if message.text else None
        if found is not None and (private or self._is_ours(found[2])):
            return Act(self._command(act, found[1].lower(), (found[3] or "").strip()), "", message.message_id, anonymous)
        if private and (message.text is not None or message.effective_attachment is not None):
            return Act(_with(act, words=message.text or ""), "", message.message_id, attached=_attached(message))
        return None

    def _is_ours(self, addressed: str | None) -> bool:
        return addressed is None or addressed.lower() == self.username.lower()

    def _command(self, act: Incoming, name: str, text: str) -> Incoming:
        if name == "start" and text and act.place.private:
            try:
                return _with(act, kind=Kind.PRESS, press=parse_deep_link(text))
            except BadPress:
                linked = self.links.get(text)
                if linked is not None:
                    name, _, text = linked.partition(" ")
        return _with(act, kind=Kind.COMMAND, name=name, arguments={"text": text} if text else {})


def moved(update: Update) -> tuple[str, str] | None:
    """Return a group's old and new id when the update says that it became a supergroup."""
    message = update.message
    if message is None or message.migrate_to_chat_id is None:
        return None
    return str(message.chat.id), str(message.migrate_to_chat_id)


def _press(query: CallbackQuery, receipt: str, at: datetime) -> Act | None:
    message = query.message  # perhaps too old to be shown to us: chat and id are there all the same
    if message is None:
        return Act(_nowhere(query, receipt, at), query.id)
    chat = message.chat
    incoming = Incoming(
        kind=Kind.PRESS,
        receipt=receipt,
        account=_account(query.from_user.id),
        place=place_of(chat, message if isinstance(message, Message) else None),
        at=at,
        press=_meaning(query.data),
        locale=query.from_user.language_code or "",
        message=MessageRef(f"{chat.id}:{message.message_id}"),
        space_name="" if chat.type == Chat.PRIVATE else chat.title or "",
        shown_name=_shown_name(query.from_user),
    )
    return Act(incoming, query.id, message.message_id)


def _nowhere(query: CallbackQuery, receipt: str, at: datetime) -> Incoming:
    """A press on a message we are told nothing of is answered in the private chat."""
    user = str(query.from_user.id)
    return Incoming(
        kind=Kind.PRESS,
        receipt=receipt,
        account=_account(query.from_user.id),
        place=Place(NAME, user),
        at=at,
        press=_meaning(query.data),
        locale=query.from_user.language_code or "",
        shown_name=_shown_name(query.from_user),
    )


def _meaning(data: str | None) -> Press | None:
    try:
        return parse_press(data or "")
    except BadPress:
        return None


def _account(user: int) -> Account:
    return Account(NAME, str(user))


def _shown_name(user: User) -> str:
    """Return first and last name, in one line."""
    return " ".join(clean(user.full_name).split())[:_LONGEST_NAME].strip()


def _attached(message: Message) -> Attached | None:
    document = message.document
    if document is None:
        return None
    return Attached(document.file_id, document.file_size or 0, document.mime_type or "")


def place_of(chat: Chat, message: Message | None) -> Place:
    if chat.type == Chat.PRIVATE:
        return Place(NAME, str(chat.id))
    # Outside forums `message_thread_id` only counts replies: sending to it would be refused.
    topic = message.message_thread_id if message is not None and message.is_topic_message else None
    return Place(NAME, str(chat.id), thread="" if topic is None else str(topic), space=str(chat.id), private=False)


def _with(act: Incoming, **changes: object) -> Incoming:
    return structs.replace(act, **changes)
