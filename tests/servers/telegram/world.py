"""What the server knows: persons, chats, messages, button presses, and updates that wait to be fetched."""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
RIGHTS = ("can_restrict_members", "can_pin_messages", "can_manage_topics", "can_delete_messages", "can_invite_users")


@dataclass
class Restriction:
    """`until`: in seconds of the epoch; 0 for ever."""

    permissions: dict[str, bool]
    until: int = 0


@dataclass
class User:
    id: int
    name: str
    language: str = "en"
    started: bool = False
    blocked: bool = False  # the person has blocked the bot


@dataclass
class Message:
    id: int
    chat: "Chat"
    text: str
    by_bot: bool
    sender: int = 0
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None
    thread: int | None = None
    media: str = ""  # "photo" or "document", then `text` is the caption
    file: bytes = b""
    gone: bool = False
    quiet: bool = False
    protected: bool = False
    answers: int | None = None
    edits: int = 0

    @property
    def buttons(self) -> list[Json]:
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass
class Chat:
    id: int
    kind: str = "private"
    title: str = ""
    members: dict[int, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    forum: bool = False
    topics: set[int] = field(default_factory=set)
    names: dict[int, str] = field(default_factory=dict)  # of topics that were given one
    closed: set[int | None] = field(default_factory=set)  # topics closed to members; None is General
    permissions: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(PERMISSIONS, True))
    restricted: dict[int, "Restriction"] = field(default_factory=dict)
    banned: dict[int, int] = field(default_factory=dict)  # until when, in seconds of the epoch; 0 for ever
    pinned: list[int] = field(default_factory=list)
    bot_is_in: bool = True
    bot_may: set[str] = field(default_factory=lambda: set(RIGHTS))  # empty: no administrator
    moved_to: int | None = None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def find(self, number: int) -> Message | None:
        return next((one for one in self.messages if one.id == number and not one.gone), None)

    def allows(self, user: int, permission: str) -> bool:
        """Whether a member may, by the chat's rules and their own restriction."""
        if self.members.get(user) in ("creator", "administrator"):
            return True
        own = self.restricted.get(user)
        return user in self.members and self.permissions[permission] and (own is None or own.permissions[permission])

    def as_json(self, users: dict[int, User]) -> Json:
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": users[self.id].name}
        described: Json = {"id": self.id, "type": self.kind, "title": self.title}
        if self.forum:
            described["is_forum"] = True
        return described


@dataclass
class Query:
    """A button that waits to be acknowledged."""

    id: str
    user: int
    chat: int
    too_old: bool = False
    answers: list[Json] = field(default_factory=list)


class World:
    def __init__(self, username: str) -> None:
        self.me: Json = {
            "id": 7_000_000_001,
            "is_bot": True,
            "first_name": "Chair",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.webhook: Json = {}
        self.allowed: list[str] = []
        self.waiting: list[Json] = []  # updates not confirmed
        self.files: dict[str, bytes] = {}  # by id
        self.now: Callable[[], float] | None = None  # with a clock, ends that are too near or too far mean "for ever"
        self._updates = itertools.count(860_000_001)
        self._users = itertools.count(5_000_000_001)
        self._queries = itertools.count(4_000_000_000_000_001)

    def add_user(self, name: str, **facts: Any) -> User:
        user = User(next(self._users), name, **facts)
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id)
        return user

    def add_group(self, title: str, *, kind: str = "supergroup", forum: bool = False) -> Chat:
        number = len([one for one in self.chats.values() if one.kind != "private"]) + 1
        identity = -4_000_000_000 - number if kind == "group" else -1_001_000_000_000 - number
        chat = Chat(identity, kind, title, forum=forum)
        self.chats[identity] = chat
        return chat

    def user_json(self, user: int) -> Json:
        person = self.users[user]
        return {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": person.language}

    def bot_json(self) -> Json:
        return {key: self.me[key] for key in ("id", "is_bot", "first_name", "username")}

    def message_json(self, message: Message) -> Json:
        described: Json = {
            "message_id": message.id,
            "date": int(time.time()),
            "chat": message.chat.as_json(self.users),
            "from": self.bot_json() if message.by_bot else self.user_json(message.sender),
        }
        if message.edits:
            described["edit_date"] = int(time.time())
        if message.thread is not None:
            described |= {"message_thread_id": message.thread, "is_topic_message": True}
        text, entities = ("caption", "caption_entities") if message.media else ("text", "entities")
        if message.text:
            described[text] = message.text
        if message.entities:
            described[entities] = message.entities
        if message.markup:
            described["reply_markup"] = message.markup
        if message.media == "photo":
            described["photo"] = [{"file_id": f"p{message.id}", "file_unique_id": f"p{message.id}", "width": 8, "height": 8}]
        elif message.media:
            described["document"] = {"file_id": f"d{message.id}", "file_unique_id": f"d{message.id}"}
        return described

    def queue(self, kind: str, content: Json) -> Json | None:
        """Add an update, if the bot asked for its kind."""
        if self.allowed and kind not in self.allowed:
            return None
        update = {"update_id": next(self._updates), kind: content}
        self.waiting.append(update)
        return update

    def new_query(self, user: int, chat: int) -> Query:
        query = Query(str(next(self._queries)), user, chat)
        self.queries[query.id] = query
        return query
