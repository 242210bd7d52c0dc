"""How one person stands in a group. Telegram knows no topic's own members: it holds for the whole group, and in supergroups alone.

MUTED and WAITING are the same restriction: they read on and write nothing. What they say in a video chat bots cannot hold back.
OUT is a ban. Both always have an end of their own, so that nobody is held for ever if we are gone. What somebody set by hand,
before or meanwhile, stays theirs.
"""

import contextlib
from datetime import datetime

from bot.core.deeds import Stand, Standing
from bot.core.errors import PlatformRefused
from bot.platforms.telegram.chats import ADMINISTRATORS, BANNED, RESTRICTED, Chats, Member
from bot.platforms.telegram.permissions import ALL, NONE, end, is_signed, is_silent
from bot.platforms.telegram.refs import Before, Stood
from bot.platforms.telegram.request import Refused

_SOON = 60  # seconds


async def stand(chats: Chats, chat: int, user: int, wanted: Stand, past: Stood | None, now: datetime) -> Stood:
    """Make the person stand so. `past`: what the same slot remembers. Raises TelegramError, PlatformRefused for administrators."""
    if past is not None and past.chat != chat:  # the evening moved, or the group did
        with contextlib.suppress(Refused):
            await stand(chats, past.chat, user, Stand(Standing.FREE), past, now)
        past = None
    member = await chats.member(chat, user)
    held = is_signed(member.until) and member.status in (RESTRICTED, BANNED)
    before = (past.before if past is not None and past.is_ours else None) if held else _by_hand(member)
    if wanted.standing is Standing.FREE:
        if held:
            await _free(chats, chat, member, before, now)
        return Stood(chat, user, Standing.FREE, is_ours=False)
    if member.status in ADMINISTRATORS:
        raise PlatformRefused(platform="telegram", why="administrator")
    is_out, until = member.status == BANNED, end(wanted.until, now)
    if not held and (is_out or (wanted.standing is not Standing.OUT and is_silent_by_hand(member))):
        return Stood(chat, user, wanted.standing, is_ours=False)  # as wanted already, and not ours to undo
    if wanted.standing is Standing.OUT:
        await chats.ban(chat, user, until)
    else:
        if is_out:
            await chats.unban(chat, user)
        await chats.restrict(chat, user, NONE, until)
    return Stood(chat, user, wanted.standing, is_ours=True, before=before)


async def _free(chats: Chats, chat: int, member: Member, before: Before | None, now: datetime) -> None:
    """Undo it: with all permissions given Telegram lifts the restriction, and the group's own rules count again."""
    if member.status == BANNED:
        await chats.unban(chat, member.user)
    if before is not None and (not before.until or before.until > now.timestamp() + _SOON):
        await chats.restrict(chat, member.user, before.permissions, before.until)
    elif member.status == RESTRICTED:
        await chats.restrict(chat, member.user, ALL, None)


def is_silent_by_hand(member: Member) -> bool:
    return member.status == RESTRICTED and is_silent(member.permissions)


def _by_hand(member: Member) -> Before | None:
    return Before(member.permissions, member.until) if member.status == RESTRICTED else None
