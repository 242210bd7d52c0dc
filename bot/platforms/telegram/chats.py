"""The Bot API's methods about a chat and its members, as the deeds call them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.platforms.telegram import permissions
from bot.platforms.telegram.permissions import Permissions
from bot.platforms.telegram.request import AiohttpRequest, Refused, Unanswered

RESTRICTED, BANNED = "restricted", "kicked"
ADMINISTRATORS = frozenset({"creator", "administrator"})


@dataclass(frozen=True, slots=True)
class Member:
    user: int
    status: str
    permissions: Permissions
    until: int = 0  # seconds of the epoch; 0 for no end


@dataclass(frozen=True, slots=True)
class Facts:
    """`pinned`: the pinned message that was sent last."""

    permissions: Permissions
    is_forum: bool
    pinned: int | None


class Chats:
    """Each call raises TelegramError. Where a change finds that all is so already, it is done."""

    def __init__(self, request: AiohttpRequest) -> None:
        self._request = request

    async def member(self, chat: int, user: int) -> Member:
        told = await self._ask("getChatMember", {"chat_id": chat, "user_id": user})
        until = told.get("until_date")
        return Member(user, str(told.get("status", "")), permissions.of(told), until if isinstance(until, int) else 0)

    async def facts(self, chat: int) -> Facts:
        told = await self._ask("getChat", {"chat_id": chat})
        pinned = (told.get("pinned_message") or {}).get("message_id")
        return Facts(
            permissions.of(told.get("permissions") or {}), bool(told.get("is_forum")), pinned if isinstance(pinned, int) else None
        )

    async def restrict(self, chat: int, user: int, may: Permissions, until: int | None) -> None:
        asked: dict[str, object] = {
            "chat_id": chat,
            "user_id": user,
            "permissions": may,
            "use_independent_chat_permissions": True,
        }
        await self._change("restrictChatMember", asked if until is None else {**asked, "until_date": until})

    async def ban(self, chat: int, user: int, until: int) -> None:
        await self._change("banChatMember", {"chat_id": chat, "user_id": user, "until_date": until})

    async def unban(self, chat: int, user: int) -> None:
        await self._change("unbanChatMember", {"chat_id": chat, "user_id": user, "only_if_banned": True})

    async def permit(self, chat: int, may: Permissions) -> None:
        await self._change("setChatPermissions", {"chat_id": chat, "permissions": may, "use_independent_chat_permissions": True})

    async def open_topic(self, chat: int, name: str) -> int:
        thread = (await self._ask("createForumTopic", {"chat_id": chat, "name": name})).get("message_thread_id")
        if not isinstance(thread, int):
            raise Unanswered("no_topic", maybe_done=True)
        return thread

    async def close(self, chat: int, thread: int | None) -> None:
        """Close a topic to members; None is a forum's General."""
        await self._change(*_topic("closeForumTopic", "closeGeneralForumTopic", chat, thread))

    async def reopen(self, chat: int, thread: int | None) -> None:
        await self._change(*_topic("reopenForumTopic", "reopenGeneralForumTopic", chat, thread))

    async def pin(self, chat: int, message: int) -> None:
        await self._change("pinChatMessage", {"chat_id": chat, "message_id": message, "disable_notification": True})

    async def _ask(self, method: str, asked: Mapping[str, object]) -> dict[str, Any]:
        told = await self._request.call(method, asked)
        if not isinstance(told, dict):
            raise Unanswered("no_object", maybe_done=True)
        return told

    async def _change(self, method: str, asked: Mapping[str, object]) -> None:
        try:
            await self._request.do(method, asked)
        except Refused as refused:
            if "not_modified" not in refused.description.lower():
                raise


def _topic(named: str, general: str, chat: int, thread: int | None) -> tuple[str, dict[str, object]]:
    return (general, {"chat_id": chat}) if thread is None else (named, {"chat_id": chat, "message_thread_id": thread})
