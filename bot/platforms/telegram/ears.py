"""Updates in which nobody speaks to the bot -> happenings: who comes and goes, the bot too, and the video chat.

A coming is told as a change of membership where the bot is an administrator, and as a line in the group: the receipt, made of what
is told, is the same for both.
"""

from collections.abc import Iterator
from datetime import datetime

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update, User

from bot.core.calls import Account, Place
from bot.core.happenings import Happening, What
from bot.platforms.telegram.decode import NAME, place_of

_IN = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})
_GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP})


def hear(update: Update, at: datetime) -> Iterator[Happening]:
    """Yield what the update means."""
    receipt = f"tg:{update.update_id}"
    if update.my_chat_member is not None and update.my_chat_member.chat.type in _GROUPS:
        yield from _ours(update.my_chat_member, receipt, at)
    elif update.chat_member is not None and update.chat_member.chat.type in _GROUPS:
        yield from _theirs(update.chat_member, at)
    elif update.message is not None and update.message.chat.type in _GROUPS:
        yield from _lines(update.message, receipt, at)


def _ours(change: ChatMemberUpdated, receipt: str, at: datetime) -> Iterator[Happening]:
    before, now = _may_write(change.old_chat_member), _may_write(change.new_chat_member)
    if before != now:
        yield Happening(What.BOT_IN if now else What.BOT_OUT, receipt, _group(change.chat), at)


def _theirs(change: ChatMemberUpdated, at: datetime) -> Iterator[Happening]:
    before, now = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
    if before != now:
        what = What.ARRIVED if now else What.LEFT
        yield from _person(what, change.chat, change.new_chat_member.user, change.date, at)


def _lines(message: Message, receipt: str, at: datetime) -> Iterator[Happening]:
    for user in message.new_chat_members or ():
        yield from _person(What.ARRIVED, message.chat, user, message.date, at)
    if message.left_chat_member is not None:
        yield from _person(What.LEFT, message.chat, message.left_chat_member, message.date, at)
    if message.video_chat_started is not None:
        yield Happening(What.VIDEO_ON, receipt, place_of(message.chat, message), at)
    if message.video_chat_ended is not None:
        yield Happening(What.VIDEO_OFF, receipt, place_of(message.chat, message), at)


def _person(what: What, chat: Chat, user: User, told_at: datetime, at: datetime) -> Iterator[Happening]:
    if not user.is_bot:
        receipt = f"tg:{what.value}:{chat.id}:{user.id}:{int(told_at.timestamp())}"
        yield Happening(what, receipt, _group(chat), at, Account(NAME, str(user.id)))


def _group(chat: Chat) -> Place:
    return Place(NAME, str(chat.id), space=str(chat.id), private=False)


def _is_in(member: ChatMember) -> bool:
    return member.status in _IN or (isinstance(member, ChatMemberRestricted) and member.is_member)


def _may_write(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status in _IN
