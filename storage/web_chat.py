"""The web page's own chat history. Each call is a transaction of its own."""

from collections.abc import Sequence

from sqlalchemy import select, update

from bot.core.calls import Account
from storage.communities import Communities
from storage.due import Runs
from storage.people import People
from storage.tables.web_chat import web_chat
from storage.transaction import Transaction


class WebChat:
    """Messages of chats, sealed under their reader's key; those that all read under the key of the page's community
    (`platform`, `space`). Nothing is kept of somebody who is not known."""

    def __init__(self, store: Runs, platform: str, space: str) -> None:
        self._store = store
        self._platform, self._space = platform, space

    async def add(self, chat: str, owner: Account | None, message_id: str, payload: bytes) -> bool:
        """Keep a message. A chat with an owner is that account's alone: without a person behind it nothing is kept, and False is
        returned."""

        async def work(transaction: Transaction) -> bool:
            person = await People(transaction).find(owner) if owner is not None else None
            if owner is not None and person is None:
                return False
            key = person.id if person else (await Communities(transaction).find_or_make(self._platform, self._space)).id
            await transaction.run(
                transaction.insert(web_chat).values(
                    id=message_id,
                    chat=chat,
                    person=None if person is None else person.id,
                    owner=key,
                    body=await transaction.seal(key, "web_chat", "body", message_id, payload),
                    at=transaction.house.clock.now(),
                )
            )
            return True

        return await self._store.transact_short(work)

    async def keeps_words(self, owner: Account) -> bool:
        person = await self._store.transact_short(lambda transaction: People(transaction).find(owner))
        return person is not None and person.consented_at is not None

    async def replace(self, chat: str, message_id: str, payload: bytes) -> bool:
        """Return whether the message was there."""

        async def work(transaction: Transaction) -> bool:
            this = (web_chat.c.chat == chat) & (web_chat.c.id == message_id)
            row = await transaction.row(select(web_chat.c.owner).where(this))
            if row is None:
                return False
            body = await transaction.seal(row["owner"], "web_chat", "body", message_id, payload)
            return await transaction.run(update(web_chat).where(this).values(body=body)) == 1

        return await self._store.transact_short(work)

    async def of_chat(self, chat: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return the newest messages of a chat as (id, payload), the oldest of them first."""
        query = select(web_chat).where(web_chat.c.chat == chat).order_by(web_chat.c.seq.desc()).limit(limit)

        async def work(transaction: Transaction) -> list[tuple[str, bytes]]:
            return [
                (row["id"], await transaction.open(row["owner"], "web_chat", "body", row["id"], row["body"], bytes))
                for row in reversed(await transaction.rows(query))
            ]

        return await self._store.transact_short(work)
