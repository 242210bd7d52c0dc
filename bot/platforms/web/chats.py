"""The chats of the page: every message is in the log before anybody sees it, and none twice.

In memory stand only ids, order and fingerprints, never a word: what is erased from the log is gone from here too.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import structlog

from bot.core.calls import Account
from bot.core.clock import Clock
from bot.core.ids import MessageRef, new_id
from bot.core.replies import Reply
from bot.platforms.web.limits import Limits
from bot.platforms.web.records import PLATFORM, ChatLog, Kept, reader_of

KEYS = 8  # fingerprints kept a message: more acts than this on one message are not redelivered out of order
RECENT = 24
UNKEPT = "unkept-"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be kept. `key` names the act or delivery that says it; the same key again says nothing new."""

    key: str
    reply: Reply
    by: str = ""
    language: str = ""
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a chat: a message is new, or has a new edition (`edit`), or some are gone."""

    chat: str
    kept: Kept | None
    edit: bool = False
    gone: tuple[str, ...] = ()


def fingerprint(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def make_ref(chat: str, message_id: str) -> MessageRef:
    return MessageRef(f"{chat}/{message_id}")


def split_ref(ref: str) -> tuple[str, str]:
    """Return chat and message id; an empty id for anything that is no reference of ours."""
    chat, _, message_id = ref.partition("/")
    return chat, message_id


def is_unkept(ref: MessageRef) -> bool:
    return split_ref(ref)[1].startswith(UNKEPT)


class Index:
    """Which messages a chat has, oldest first, which fingerprints made them, and which are pinned."""

    def __init__(self) -> None:
        self.keys: dict[str, tuple[str, ...]] = {}
        self.pinned: set[str] = set()
        self._made_by: dict[str, str] = {}

    def put(self, kept: Kept) -> None:
        self.keys[kept.id] = kept.keys
        self._made_by.update(dict.fromkeys(kept.keys, kept.id))
        (self.pinned.add if kept.reply.pin else self.pinned.discard)(kept.id)

    def drop(self, message_id: str) -> None:
        self.pinned.discard(message_id)
        for key in self.keys.pop(message_id, ()):
            self._made_by.pop(key, None)

    def made_by(self, key: str) -> str | None:
        return self._made_by.get(key)

    def trim(self, size: int) -> None:
        while len(self.keys) > size:
            self.drop(next(iter(self.keys)))

    @property
    def newest(self) -> str | None:
        return next(reversed(self.keys), None)


class Chats:
    """`tell` is called at each change, in the order of the log, with no wait in between."""

    def __init__(self, history: ChatLog, clock: Clock, limits: Limits, tell: Callable[[Change], None]) -> None:
        self._log = history
        self._clock = clock
        self._limits = limits
        self._tell = tell
        self._known: dict[str, Index] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._last = 0

    async def add(self, chat: str, draft: Draft) -> MessageRef:
        """Keep and tell a new message, once; with a key seen before, return the message it made."""
        key = fingerprint(draft.key)
        async with self._lock(chat):
            known = await self._index(chat)
            if (made := known.made_by(key)) is not None:
                return make_ref(chat, made)
            kept = self._make(draft, key)
            if not await self._log.add(chat, _owner(chat), kept.id, msgspec.json.encode(kept)):
                return self.tell_unkept(chat, draft)
            known.put(kept)
            known.trim(self._limits.kept)
            self._tell(Change(chat, kept))
            return make_ref(chat, kept.id)

    async def edit(self, ref: MessageRef, draft: Draft) -> bool:
        """Give a message its new content, once; False when it is no longer there."""
        chat, message_id = split_ref(ref)
        key = fingerprint(draft.key)
        async with self._lock(chat):
            known = await self._index(chat)
            if key in known.keys.get(message_id, ()):
                return True
            old = await self._read(chat, message_id)
            if old is None:
                return False
            kept = msgspec.structs.replace(
                old,
                reply=draft.reply,
                language=draft.language,
                picture=draft.picture,
                edition=old.edition + 1,
                keys=(*old.keys, key)[-KEYS:],
            )
            if not await self._log.replace(chat, message_id, msgspec.json.encode(kept)):
                known.drop(message_id)
                return False
            known.put(kept)
            self._tell(Change(chat, kept, edit=True))
            return True

    async def keeps_words(self, chat: str) -> bool:
        """Whether what its owner types into a chat may be kept."""
        owner = _owner(chat)
        return owner is None or await self._log.keeps_words(owner)

    async def add_in_place_of(self, unkept: MessageRef, draft: Draft) -> MessageRef:
        """Take a message that is not kept off the page, and add a new one."""
        chat, message_id = split_ref(unkept)
        self._tell(Change(chat, None, gone=(message_id,)))
        return await self.add(chat, draft)

    def tell_unkept(self, chat: str, draft: Draft, instead_of: MessageRef | None = None) -> MessageRef:
        """Tell a message that is not to be kept (asking for help; of somebody who is nobody yet), or cannot be (the disk is
        gone): it ends with the page.

        `instead_of`: an earlier message of this kind that it takes the place of.
        """
        kept = self._make(draft, fingerprint(draft.key))
        message_id = split_ref(instead_of)[1] if instead_of else f"{UNKEPT}{kept.keys[0]}"
        self._tell(Change(chat, msgspec.structs.replace(kept, id=message_id, edition=kept.order), edit=instead_of is not None))
        return make_ref(chat, message_id)

    async def find(self, chat: str, message_id: str) -> Kept | None:
        """Return a message, or None; it reads the log itself, so what was erased is not found."""
        return await self._read(chat, message_id)

    async def latest(self, chats: Sequence[str], before: int | None) -> tuple[list[tuple[str, Kept]], bool]:
        """Return the newest messages (before an order), oldest first, with their chats, and whether there are older ones."""
        found: list[tuple[str, Kept]] = []
        if before is not None and before <= 0:
            return found, False
        wanted = self._limits.history + 1 if before is None else self._limits.kept
        for chat in chats:
            found += [(chat, kept) for kept in await self._kept(chat, wanted)]
        found = [pair for pair in found if before is None or pair[1].order < before]
        found.sort(key=lambda pair: pair[1].order)
        return found[-self._limits.history :], len(found) > self._limits.history

    async def pinned(self, chats: Sequence[str]) -> list[tuple[str, Kept]]:
        """Return the pinned messages, however far back they are, with their chats."""
        found: list[tuple[str, Kept]] = []
        for chat in chats:
            async with self._lock(chat):
                ids = (await self._index(chat)).pinned
            if ids:
                found += [(chat, kept) for kept in await self._kept(chat, self._limits.kept) if kept.id in ids]
        return found

    async def notice_removal(self, chat: str) -> None:
        """Tell the page when the log was emptied from another side (an erasure)."""
        async with self._lock(chat):
            known = self._known.get(chat)
            if known is None or known.newest is None:
                return
            newest = await self._log.of_chat(chat, 1)
            if newest and newest[-1][0] == known.newest:
                return
            left = {message_id for message_id, _ in await self._log.of_chat(chat, self._limits.kept)}
            gone = tuple(message_id for message_id in known.keys if message_id not in left)
            for message_id in gone:
                known.drop(message_id)
            self._tell(Change(chat, None, gone=gone))

    def _make(self, draft: Draft, key: str) -> Kept:
        now = self._clock.now()
        self._last = max(self._last + 1, int(now.timestamp() * 1_000_000))
        return Kept(new_id(), self._last, now, draft.reply, (key,), draft.by, draft.language, 0, draft.picture)

    async def _index(self, chat: str) -> Index:
        """Return the chat's index, read from the log when the process first needs it. Only under the chat's lock."""
        known = self._known.get(chat)
        if known is None:
            known = Index()
            for kept in await self._kept(chat, self._limits.kept):
                known.put(kept)
                self._last = max(self._last, kept.order)
            self._known[chat] = known
        return known

    async def _read(self, chat: str, message_id: str) -> Kept | None:
        for limit in (RECENT, self._limits.kept):  # nearly always it is a recent one
            for kept in await self._kept(chat, limit):
                if kept.id == message_id:
                    return kept
        return None

    async def _kept(self, chat: str, limit: int) -> list[Kept]:
        """Return the newest messages, without those that an older version of the program wrote in another form."""
        found: list[Kept] = []
        for _, payload in await self._log.of_chat(chat, limit):
            try:
                found.append(msgspec.json.decode(payload, type=Kept))
            except msgspec.DecodeError as error:
                log.warning("web.message_unreadable", platform=PLATFORM, error=type(error).__name__)
        return found

    def _lock(self, chat: str) -> asyncio.Lock:
        return self._locks.setdefault(chat, asyncio.Lock())


def _owner(chat: str) -> Account | None:
    reader = reader_of(chat)
    return None if reader is None else Account(PLATFORM, reader)
