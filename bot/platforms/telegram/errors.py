"""What the Bot API says, as our errors. Telegram has no error codes below 400 and 403: its sentences are the contract."""

import re
from datetime import timedelta

from telegram.error import TelegramError

from bot.core.errors import (
    DoorClosed,
    MessageGone,
    PersonAway,
    PlatformBusy,
    PlatformDown,
    PlatformError,
    PlatformRefused,
    RoomGone,
    RoomMoved,
)
from bot.platforms.telegram.request import Refused, Unanswered

_NOT_MODIFIED = "message is not modified"
_GONE_MESSAGES = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message",
    "there is no caption in the message",
)
_GONE_CHATS = (
    "chat not found",
    "peer_id_invalid",
    "user not found",
    "user_is_blocked",
    "input_user_deactivated",
    "group chat was deactivated",
    "thread not found",
    "topic_closed",
    "topic_deleted",
    "have no rights to send",
    "not enough rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_admin_required",
)
_NO_RIGHT = (
    "not enough rights",
    "have no rights",
    "chat_admin_required",
    "need administrator rights",
    "is an administrator",
    "can't remove chat owner",
    "can't restrict self",
    "user_admin_invalid",
)
_NOBODY_THERE = ("participant_id_invalid", "user_not_participant", "user not found", "user_id_invalid", "member not found")
_NO_FORUM = ("not a forum", "channel_forum_missing")
_GONE_TOPICS = ("thread not found", "topic_id_invalid", "topic_deleted", "topic_not_found")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def ours(error: TelegramError, *, private: bool) -> PlatformError:
    """Return our error for a failed call to a private chat or a room. Nothing a member wrote goes into it."""
    if isinstance(error, Unanswered):
        return PlatformDown(maybe_done=error.maybe_done, platform="telegram", why=error.why)
    if not isinstance(error, Refused):
        return PlatformDown(maybe_done=True, platform="telegram", why=type(error).__name__)
    said = error.description.lower()
    why = _QUOTED.sub("...", error.description)[:80]
    if error.moved_to is not None:
        return RoomMoved(str(error.moved_to), platform="telegram")
    if error.code == 429:
        return PlatformBusy(timedelta(seconds=error.retry_after or 1), platform="telegram")
    if error.code in (401, 404):
        # The token is the host's to mend: what waits must not be thrown away for it.
        return PlatformDown(maybe_done=False, platform="telegram", why="token")
    if error.code == 403 or any(part in said for part in _GONE_CHATS):
        return DoorClosed(platform="telegram", why=why) if private else RoomGone(platform="telegram", why=why)
    if any(part in said for part in _GONE_MESSAGES):
        return MessageGone(platform="telegram", why=why)
    return PlatformRefused(platform="telegram", status=error.code, why=why)


def is_unchanged(error: TelegramError) -> bool:
    """An edit that would change nothing: no error to anybody."""
    return isinstance(error, Refused) and _NOT_MODIFIED in error.description.lower()


def of_deed(error: TelegramError) -> PlatformError:
    """Return our error for a deed. A missing right is a final no, and not a lost room as it is for a message."""
    said = error.description.lower() if isinstance(error, Refused) and error.code in (400, 403) else ""
    if any(part in said for part in _NO_RIGHT):
        return PlatformRefused(platform="telegram", why="permission")
    if any(part in said for part in _NOBODY_THERE):
        return PersonAway(platform="telegram")
    if any(part in said for part in _NO_FORUM):
        return PlatformRefused(platform="telegram", why="no_topics_here")
    return ours(error, private=False)


def is_gone_topic(error: TelegramError) -> bool:
    return isinstance(error, Refused) and any(part in error.description.lower() for part in _GONE_TOPICS)
