"""Where an answer goes, decided from plain facts. Pure."""

import enum

from bot.core.calls import Kind
from bot.core.replies import Reply, To
from bot.platforms.discord.interactions import Setting


class Door(enum.Enum):
    MODAL = "modal"
    EDIT = "edit"  # the pressed message becomes the answer
    ONLY_YOU = "only_you"  # a new message that one person sees
    HERE = "here"  # a new message that everybody in this channel sees (in the private chat: the two)
    DIRECT = "direct"  # in the private chat, from a room
    NOTHING = "nothing"


class Deferred(enum.Enum):
    """Whether Discord was told to wait, and what it shows meanwhile."""

    NO = "no"
    QUIETLY = "quietly"  # the pressed message stays as it is
    THINKING = "thinking"  # a message of ours that says that we think; the answer must take its place


def is_empty(reply: Reply) -> bool:
    return not (reply.blocks or reply.buttons or reply.form or reply.picture or reply.file)


def choose(reply: Reply, setting: Setting, kind: Kind, pressed_only_you: bool | None, deferred: Deferred) -> Door:
    """Return the door for a reply. `pressed_only_you`: of the message the act came from; None when it came from none.

    Editing is for a message with the same readers only: an answer for one person never takes a room's message away.
    """
    if is_empty(reply):
        return Door.NOTHING
    if reply.form and deferred is Deferred.NO and kind is not Kind.FORM:
        return Door.MODAL
    edits = reply.replace and pressed_only_you is not None
    if setting is Setting.DIRECT:
        return Door.EDIT if edits else Door.HERE
    if setting is Setting.ROOM and reply.to is To.PRIVATE:
        return Door.DIRECT
    if setting is Setting.ROOM and reply.to is To.ROOM:
        return Door.EDIT if edits and pressed_only_you is False else Door.HERE
    return Door.EDIT if edits and pressed_only_you else Door.ONLY_YOU
