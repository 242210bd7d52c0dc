"""/link: two accounts become one person, and two again. What it opens is worth a thief's time, so each step is asked and told."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.core.calls import Call
from bot.core.codes import grouped, read_code
from bot.core.errors import BadPress
from bot.core.ids import PersonId, new_id
from bot.core.meetings import When
from bot.core.misses import Misses
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.texts import Say, Texts
from handlers.linking import rules, views
from handlers.linking.records import CODE_LIVES, Ask, LinkBook, Linked

NEWS = timedelta(days=2)  # so long it is tried to tell the other side


class LinkCommands:
    def __init__(self, texts: Texts, books: Callable[[Unit], LinkBook], make: Callable[[], str]) -> None:
        self._texts = texts
        self._books = books
        self._make = make
        self._misses = Misses()

    # Showing ------------------------------------------------------------------------------------------------------------

    async def link(self, call: Call, unit: Unit) -> Reply:
        """`/link`, `/link off`, or `/link <code>` on the account that is to come in."""
        typed = call.arguments.get("code", "") or call.arguments.get("text", "")
        if rules.means_off(typed):
            return await self._off(call, unit)
        return await self._typed(call, unit, typed) if typed.strip() else await self._screen(call, unit)

    async def show(self, call: Call, unit: Unit) -> Reply:
        return await self._screen(call, unit)

    async def _screen(self, call: Call, unit: Unit) -> Reply:
        accounts = await self._books(unit).accounts(call.who)
        return views.explained(self._say(call), accounts, call.place.platform)

    # A code -------------------------------------------------------------------------------------------------------------

    async def code(self, call: Call, unit: Unit) -> Reply:
        """A new code, in place of the one before; it is shown once and kept nowhere."""
        code = self._make()
        await self._books(unit).offer(call.who, code, call.at)
        return views.code(self._say(call), grouped(code), int(CODE_LIVES.total_seconds() // 60))

    async def _typed(self, call: Call, unit: Unit, typed: str) -> Reply:
        account, book, code = call.incoming.account, self._books(unit), read_code(typed)
        who = f"{account.platform}:{account.user}"
        if self._misses.too_many(who, call.at):
            raise rules.TooOften()
        offer = await book.find(code, call.at)  # what cannot be a code is looked for as well: it takes as long
        if offer is None:
            self._misses.add(who, call.at)
        if not call.place.private:
            await book.use_up(code)  # others may have read it
            return views.said(self._say(call), "in_room")
        if offer is None:
            raise rules.BadCode()
        if offer.person == call.who:
            raise rules.OwnCode()
        theirs = await book.accounts(offer.person)
        if rules.share_a_platform(await book.accounts(call.who), theirs):
            raise rules.SamePlatform()
        await book.use_up(code)
        ask = Ask(new_id(), offer.person, call.who, call.at)
        await book.ask(ask)
        return views.sure(self._say(call), ask, theirs, call.place.platform)

    # One person ---------------------------------------------------------------------------------------------------------

    async def join(self, call: Call, unit: Unit) -> Reply:
        """Yes: the caller becomes part of who made the code. Their own id is nobody's after it."""
        book, here = self._books(unit), call.place.platform
        ask = await book.asked(call.press.subject, call.who, call.at)
        if ask is None:
            accounts = await book.accounts(call.who)
            if len(accounts) > 1:  # a second tap
                return views.explained(self._say(call), accounts, here)
            raise rules.BadCode()
        theirs = await book.accounts(ask.keeper)
        if not theirs or rules.share_a_platform(await book.accounts(call.who), theirs):
            raise rules.SamePlatform()
        # Promised before the accounts are one: it goes to who made the code.
        await self._tell(unit, ask.keeper, f"linked_{ask.id}", call, lambda say: views.told_joined(say, here))
        done = await book.join(ask.keeper, call.who, call.at)
        for occurrence in done.rooms:
            await unit.due.add(When.CARD.due(call.at, occurrence))
        for occurrence in done.places:
            await unit.due.add(When.REMIND_PLAN.due(call.at, occurrence))
        return views.joined(self._say(call), theirs[0].platform, done.dropped)

    async def leave(self, call: Call, unit: Unit) -> Reply:
        """No: nothing changes, and the code stays used up."""
        await self._books(unit).withdraw(call.who)
        return views.said(self._say(call), "unchanged")

    # Two again ----------------------------------------------------------------------------------------------------------

    async def _off(self, call: Call, unit: Unit) -> Reply:
        accounts = await self._books(unit).accounts(call.who)
        leaving = rules.may_leave(accounts, call.place.platform)
        if len(leaving) != 1:
            return views.explained(self._say(call), accounts, call.place.platform)
        return self._part_sure(call, accounts, leaving[0])

    async def part(self, call: Call, unit: Unit) -> Reply:
        """After one question, an account becomes a new person; what is saved stays with the one that made the code."""
        book = self._books(unit)
        accounts = await book.accounts(call.who)
        leaving = rules.may_leave(accounts, call.place.platform)
        account = next((one for one in leaving if one.id == call.press.subject), None)
        if account is None:
            raise BadPress(why="account")
        if call.press.value != "yes":
            return self._part_sure(call, accounts, account)
        if await book.is_kept_out(call.who, call.at):
            raise rules.KeptOut()
        new = await book.part(call.who, account.id, call.at)
        here, keeps = call.place.platform, accounts[0].platform
        goes = account.platform == here
        other = call.who if goes else new
        to_new, to_kept = ("parted_new", keeps), ("parted_kept", account.platform)
        mine, others = (to_new, to_kept) if goes else (to_kept, to_new)
        await self._tell(
            unit, other, f"parted_{account.id}_{int(call.at.timestamp())}", call, lambda say: views.parted(say, *others)
        )
        return views.parted(self._say(call), *mine)

    def _part_sure(self, call: Call, accounts: Sequence[Linked], account: Linked) -> Reply:
        return views.part_sure(self._say(call), account, call.place.platform, accounts[0].platform)

    # ----------------------------------------------------------------------------------------------------------------------

    async def _tell(self, unit: Unit, who: PersonId, key: str, call: Call, made: Callable[[Say], Reply]) -> None:
        """Promise one sentence to the other side, in its own language; in the caller's where it has none."""
        person = await unit.people.get(who)
        say = self._texts.of((person.language if person else "") or call.language)
        await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(who), made(say), too_late_at=call.at + NEWS))

    def _say(self, call: Call) -> Say:
        return self._texts.of(call.language)
