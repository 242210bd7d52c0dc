"""The Bot API's methods about groups: who may what, who is kept out, topics, pins. They refuse in the real one's words."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.servers.telegram.world import PERMISSIONS, ApiError, Chat, Json, Restriction, World

Method = Callable[[World, Mapping[str, Any]], Any]
LARGEST_DOWNLOAD = 20 * 1024 * 1024
_MEANT_BY_OTHERS = PERMISSIONS[:8]
_TOPIC_RIGHT = "can_manage_topics"
_ADMINISTRATORS = ("creator", "administrator")
_OTHER_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def get_chat(world: World, given: Mapping[str, Any]) -> Json:
    chat = _known(world, given["chat_id"])
    described = chat.as_json(world.users) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if chat.kind != "private":
        described["permissions"] = dict(chat.permissions)
        shown = [message for message in map(chat.find, chat.pinned) if message is not None]
        if shown:
            described["pinned_message"] = world.message_json(max(shown, key=lambda message: message.id))
    return described


def get_chat_member(world: World, given: Mapping[str, Any]) -> Json:
    return member_json(world, _known(world, given["chat_id"]), given["user_id"])


def member_json(world: World, chat: Chat, user: int) -> Json:
    if user == world.me["id"]:
        status = "left" if not chat.bot_is_in else "administrator" if chat.bot_may else "member"
        told: Json = {"status": status, "user": world.bot_json()}
        return told | {right: right in chat.bot_may for right in _OTHER_RIGHTS} if status == "administrator" else told
    if user not in world.users:
        raise ApiError(400, "Bad Request: user not found")
    _lapse(world, chat)
    status = chat.members.get(user, "left")
    member: Json = {"status": status, "user": world.user_json(user)}
    if user in chat.banned:
        return member | {"status": "kicked", "until_date": chat.banned[user]}
    if user in chat.restricted:
        own = chat.restricted[user]
        return member | {"status": "restricted", "is_member": user in chat.members, "until_date": own.until} | own.permissions
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= dict.fromkeys(_OTHER_RIGHTS, False)
    return member


def restrict_chat_member(world: World, given: Mapping[str, Any]) -> bool:
    chat, user = _over_a_member(world, given)
    if chat.kind != "supergroup":
        raise ApiError(400, "Bad Request: method is available for supergroups only")
    may = _permissions(given)
    if all(may.values()):
        chat.restricted.pop(user, None)
    else:
        chat.restricted[user] = Restriction(may, _end(world, given))
    return True


def ban_chat_member(world: World, given: Mapping[str, Any]) -> bool:
    chat, user = _over_a_member(world, given)
    chat.members.pop(user, None)
    chat.restricted.pop(user, None)
    if chat.kind == "supergroup":
        chat.banned[user] = _end(world, given)
    return True


def unban_chat_member(world: World, given: Mapping[str, Any]) -> bool:
    chat, user = _over_a_member(world, given)
    if chat.banned.pop(user, None) is None and not given.get("only_if_banned"):
        chat.members.pop(user, None)
    return True


def set_chat_permissions(world: World, given: Mapping[str, Any]) -> bool:
    chat = _room(world, given["chat_id"])
    if "can_restrict_members" not in chat.bot_may:
        raise ApiError(400, "Bad Request: not enough rights to change chat permissions")
    may = _permissions(given)
    if may == chat.permissions:
        raise ApiError(400, "Bad Request: CHAT_NOT_MODIFIED")
    chat.permissions = may
    return True


def pin_chat_message(world: World, given: Mapping[str, Any]) -> bool:
    chat = _room(world, given["chat_id"])
    if "can_pin_messages" not in chat.bot_may:
        raise ApiError(400, "Bad Request: not enough rights to manage pinned messages in the chat")
    if chat.find(given["message_id"]) is None:
        raise ApiError(400, "Bad Request: message to pin not found")
    if given["message_id"] in chat.pinned:
        raise ApiError(400, "Bad Request: CHAT_NOT_MODIFIED")
    chat.pinned.append(given["message_id"])
    return True


def create_forum_topic(world: World, given: Mapping[str, Any]) -> Json:
    chat = _forum(world, given)
    if not 1 <= len(given["name"]) <= 128:
        raise ApiError(400, "Bad Request: TOPIC_TITLE_INVALID")
    thread = next(chat.numbers)
    chat.topics.add(thread)
    chat.names[thread] = given["name"]
    return {"message_thread_id": thread, "name": given["name"], "icon_color": 7322096}


def close_forum_topic(world: World, given: Mapping[str, Any]) -> bool:
    return _close(_forum(world, given), given["message_thread_id"])


def reopen_forum_topic(world: World, given: Mapping[str, Any]) -> bool:
    return _reopen(_forum(world, given), given["message_thread_id"])


def close_general_forum_topic(world: World, given: Mapping[str, Any]) -> bool:
    return _close(_forum(world, given), None)


def reopen_general_forum_topic(world: World, given: Mapping[str, Any]) -> bool:
    return _reopen(_forum(world, given), None)


def get_file(world: World, given: Mapping[str, Any]) -> Json:
    name = given["file_id"]
    if name not in world.files:
        raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    size = len(world.files[name])
    if size > LARGEST_DOWNLOAD:
        raise ApiError(400, "Bad Request: file is too big")
    return {"file_id": name, "file_unique_id": name, "file_size": size, "file_path": f"documents/{name}"}


METHODS: Mapping[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "restrictChatMember": restrict_chat_member,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "setChatPermissions": set_chat_permissions,
    "pinChatMessage": pin_chat_message,
    "createForumTopic": create_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "closeGeneralForumTopic": close_general_forum_topic,
    "reopenGeneralForumTopic": reopen_general_forum_topic,
    "getFile": get_file,
}


def chat_of(world: World, identity: Any) -> Chat:
    chat = world.chats.get(identity)
    if chat is None:
        raise ApiError(400, "Bad Request: chat not found")
    if chat.moved_to is not None:
        raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
    return chat


def _known(world: World, identity: Any) -> Chat:
    chat = chat_of(world, identity)
    if chat.kind != "private" and not chat.bot_is_in:
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
    return chat


def _room(world: World, identity: Any) -> Chat:
    chat = _known(world, identity)
    if chat.kind == "private":
        raise ApiError(400, "Bad Request: method is available only for groups")
    return chat


def _over_a_member(world: World, given: Mapping[str, Any]) -> tuple[Chat, int]:
    chat, user = _room(world, given["chat_id"]), given["user_id"]
    if user not in world.users:
        raise ApiError(400, "Bad Request: PARTICIPANT_ID_INVALID")
    if chat.members.get(user) in _ADMINISTRATORS:
        raise ApiError(400, "Bad Request: user is an administrator of the chat")
    if "can_restrict_members" not in chat.bot_may:
        raise ApiError(400, "Bad Request: not enough rights to restrict/unrestrict chat member")
    _lapse(world, chat)
    return chat, user


def _permissions(given: Mapping[str, Any]) -> dict[str, bool]:
    """What is not given is denied; without independence, some imply others."""
    may = {name: bool(given["permissions"].get(name, False)) for name in PERMISSIONS}
    if not given.get("use_independent_chat_permissions"):
        if may["can_send_other_messages"] or may["can_add_web_page_previews"]:
            may |= dict.fromkeys(_MEANT_BY_OTHERS, True)
        may["can_send_messages"] |= may["can_send_polls"]
    return may


def _end(world: World, given: Mapping[str, Any]) -> int:
    until = int(given.get("until_date", 0))
    if world.now is not None and not 30 <= until - world.now() <= 366 * 86_400:
        return 0
    return until


def _lapse(world: World, chat: Chat) -> None:
    """What has come to its end is no more."""
    if world.now is None:
        return
    now = world.now()
    chat.restricted = {user: own for user, own in chat.restricted.items() if not own.until or own.until > now}
    chat.banned = {user: until for user, until in chat.banned.items() if not until or until > now}


def _forum(world: World, given: Mapping[str, Any]) -> Chat:
    chat = _room(world, given["chat_id"])
    if not chat.forum:
        raise ApiError(400, "Bad Request: the chat is not a forum")
    if _TOPIC_RIGHT not in chat.bot_may:
        raise ApiError(400, "Bad Request: not enough rights")
    thread = given.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise ApiError(400, "Bad Request: TOPIC_ID_INVALID")
    return chat


def _close(chat: Chat, thread: int | None) -> bool:
    if thread in chat.closed:
        raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
    chat.closed.add(thread)
    return True


def _reopen(chat: Chat, thread: int | None) -> bool:
    if thread not in chat.closed:
        raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
    chat.closed.remove(thread)
    return True
