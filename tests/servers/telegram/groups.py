"""What happens in a group without a word to the bot, what its administrators do by hand, and what can be seen of it."""

import time

from tests.servers.telegram.rooms import member_json
from tests.servers.telegram.server import BotApi
from tests.servers.telegram.world import RIGHTS, Chat, Json, Message, Restriction, User


class Groups:
    """The part of the driver that is about its group. None of it waits: the bot answers nothing to it."""

    api: BotApi
    group: Chat
    _left: set[int]

    # What happens

    async def join_group(self, person: User) -> bool:
        """Come in by the group's link. False where the person is kept out."""
        if person.id in self.group.banned:
            return False
        at = int(time.time())
        old = self.member(person.id)
        self._left.discard(person.id)
        self.group.members[person.id] = "member"
        self.changed("chat_member", person.id, old, at)
        self.line({"new_chat_members": [self.api.world.user_json(person.id)]}, person, at)
        return True

    async def leave_group(self, person: User) -> None:
        at = int(time.time())
        old = self.member(person.id)
        self.group.members.pop(person.id, None)
        self._left.add(person.id)
        self.changed("chat_member", person.id, old, at)
        self.line({"left_chat_member": self.api.world.user_json(person.id)}, person, at)

    async def remove_bot(self) -> None:
        await self._bot(is_in=False)

    async def readd_bot(self) -> None:
        await self._bot(is_in=True)

    async def start_video(self, person: User, *, thread: int | None = None) -> None:
        self.line({"video_chat_started": {}}, person, int(time.time()), thread)

    async def end_video(self, person: User, *, thread: int | None = None) -> None:
        self.line({"video_chat_ended": {"duration": 60}}, person, int(time.time()), thread)

    # By an administrator's hand

    def take_right(self, *rights: str) -> None:
        """Take rights from the bot; without any named, all: it is a plain member then."""
        self.group.bot_may -= set(rights or RIGHTS)

    def give_right(self, *rights: str) -> None:
        self.group.bot_may |= set(rights or RIGHTS)

    def restrict_by_hand(self, person: User, *denied: str, until: int = 0) -> None:
        self.group.restricted[person.id] = Restriction({name: name not in denied for name in self.group.permissions}, until)

    def ban_by_hand(self, person: User, until: int = 0) -> None:
        self.group.members.pop(person.id, None)
        self.group.banned[person.id] = until

    def new_topic(self, name: str) -> int:
        thread = next(self.group.numbers)
        self.group.topics.add(thread)
        self.group.names[thread] = name
        return thread

    def delete_topic(self, thread: int) -> None:
        self.group.topics.discard(thread)
        self.group.closed.discard(thread)

    def unpin(self) -> None:
        self.group.pinned.clear()

    # What can be seen

    def permissions(self) -> dict[str, bool]:
        return dict(self.group.permissions)

    def restricted(self, person: User) -> Restriction | None:
        member_json(self.api.world, self.group, person.id)  # what has lapsed goes
        return self.group.restricted.get(person.id)

    def banned(self, person: User) -> int | None:
        """Return until when the person is kept out (0: for ever), or None."""
        member_json(self.api.world, self.group, person.id)
        return self.group.banned.get(person.id)

    def may_write(self, person: User, thread: int | None = None) -> bool:
        is_leading = self.group.members.get(person.id) in ("creator", "administrator")
        return self.group.allows(person.id, "can_send_messages") and (is_leading or thread not in self.group.closed)

    def pinned(self) -> list[str]:
        """Return the pinned messages' texts."""
        found = [self.group.find(number) for number in self.group.pinned]
        return [message.text for message in found if message is not None]

    def topics(self) -> dict[str, bool]:
        """Return the named topics, and whether each is open."""
        return {name: thread not in self.group.closed for thread, name in self.group.names.items() if thread in self.group.topics}

    def in_topic(self, name: str) -> list[Message]:
        thread = next(thread for thread, known in self.group.names.items() if known == name)
        return [message for message in self.group.messages if message.thread == thread and not message.gone]

    # Behind it

    async def _bot(self, *, is_in: bool) -> None:
        user, at = self.api.world.me["id"], int(time.time())
        old = self.member(user)
        self.group.bot_is_in = is_in
        self.changed("my_chat_member", user, old, at)

    def member(self, user: int) -> Json:
        return member_json(self.api.world, self.group, user)

    def changed(self, kind: str, user: int, old: Json, at: int) -> None:
        """Bots hear of others only as administrators; and of themselves always."""
        if kind == "chat_member" and not self.group.bot_may:
            return
        by = self.api.world.user_json(user if kind == "chat_member" else next(iter(self.api.world.users)))
        chat = self.group.as_json(self.api.world.users)
        told = {"chat": chat, "from": by, "date": at, "old_chat_member": old, "new_chat_member": self.member(user)}
        self.api.push(kind, told)

    def line(self, told: Json, person: User, at: int, thread: int | None = None) -> None:
        message = Message(next(self.group.numbers), self.group, "", False, sender=person.id, thread=thread)
        self.api.push("message", {**self.api.world.message_json(message), "date": at, **told})
