"""Errors carry values and a text key; they become words in one place, `runtime/dispatch.py`."""

from datetime import timedelta


class BotError(Exception):
    """Base of our own errors. `text_key` is what the person is told; `detail` is for the log: none of their words."""

    text_key = "error.unexpected"

    def __init__(self, **detail: object) -> None:
        super().__init__(" ".join(f"{key}={value}" for key, value in detail.items()))
        self.detail = detail


class BadInput(BotError):
    """What a person gave cannot be used; nothing was changed. Subclasses name a kind sentence that says what to do next."""

    text_key = "error.bad_input"


class BadPress(BadInput):
    """A button's data is not of our making, or names a row that is not the presser's (the same answer for both)."""

    text_key = "error.bad_press"


class NotAllowed(BotError):
    """The person may not do this here."""

    text_key = "error.not_allowed"


class WrongPlace(BotError):
    """The command belongs in a room, or in a private chat."""

    text_key = "error.wrong_place"


class UnknownCommand(BotError):
    text_key = "error.unknown_command"


class TooFast(BotError):
    """More than the person's budget of acts a minute."""

    text_key = "error.too_fast"


class StorageUnavailable(BotError):
    """The database is locked, full or gone; nothing was changed, and the person may try again."""

    text_key = "error.storage"


class PlatformError(BotError):
    """A platform did not take a message."""

    text_key = "error.platform"


class PlatformBusy(PlatformError):
    """Told to wait (429). `retry_after` is how long."""

    def __init__(self, retry_after: timedelta, **detail: object) -> None:
        super().__init__(retry_after=retry_after, **detail)
        self.retry_after = retry_after


class PlatformDown(PlatformError):
    """No answer, or one that says nothing (timeout, 5xx, HTML). `maybe_done`: the effect may have happened all the same."""

    def __init__(self, *, maybe_done: bool, **detail: object) -> None:
        super().__init__(maybe_done=maybe_done, **detail)
        self.maybe_done = maybe_done


class PlatformRefused(PlatformError):
    """A final no (400 and kin): sending the same again is useless."""


class DoorClosed(PlatformError):
    """The person cannot be written to in private (Telegram 403, Discord 50007)."""


class RoomGone(PlatformError):
    """The room was deleted, or the bot may no longer write there."""


class RoomMoved(PlatformError):
    """A group became a supergroup; `chat` is its new id."""

    def __init__(self, chat: str, **detail: object) -> None:
        super().__init__(**detail)
        self.chat = chat


class PersonAway(PlatformError):
    """What was to be done to a person cannot be done while they are not there (a Discord mute outside voice)."""


class MessageGone(PlatformError):
    """The message to edit or delete is no longer there (or too old to edit)."""
