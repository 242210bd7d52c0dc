"""Asking a person in private: one open prompt at most, whoever asks; three without an answer, and it rests."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.calls import Person
from bot.core.ids import new_id
from bot.core.moments import Due
from bot.core.ports import FlowDone, Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.prompting import asking_of
from bot.core.replies import Reply
from bot.core.richtext import Block
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, heard_at, language_of, zone_of
from handlers.prompts import rules, views
from handlers.prompts.records import Open, PromptStore, Wish

SENT, MISSED = "timer.prompt_sent", "timer.prompt_missed"
REST_LATE = timedelta(hours=24)


class Private:
    def __init__(self, texts: Texts, books: Callable[[Unit], PromptStore], peace: PeaceOf) -> None:
        self._texts = texts
        self._books = books
        self._peace = peace

    async def ask(self, wish: Wish, person: Person, asking: str, until: datetime, now: datetime, unit: Unit) -> None:
        """Ask once, in place of what is still open. `until`: later it is of no use. In a pause of the person nothing is kept for
        later; quiet hours are waited for. Who took their consent back is not asked."""
        body = wish.body
        if (
            person.consented_at is None
            or not body.is_on
            or body.resting
            or (body.paused_until is not None and now < body.paused_until)
        ):
            return
        peace = await self._peace(person.id, unit)
        if peace is not None and peace.are_paused(now):
            return
        heard = heard_at(peace, await zone_of(person, unit), now)
        if heard >= until:
            return
        book = self._books(unit)
        await book.hold(person.id)
        before = await book.open_of(person.id)
        if before is not None and before.asking == asking:
            return
        if before is not None:
            counts = await self._replaced(before, heard, now, unit)
            wish = counts if counts is not None and counts.id == wish.id else wish
        if wish.body.unanswered >= rules.IN_A_ROW:
            await self._rest(wish, person, heard, now, unit)
            return
        one = Open(new_id(), person.id, wish.id, asking, heard)
        await book.keep_open(one)
        post = Post(
            key=f"prompt_asked_{one.id}",
            lane=Lane.PRIVATE,
            to=ToPerson(person.id),
            reply=replace(views.asked(self._texts.of(await language_of(person, unit)), asking), slot=slot_of(one)),
            not_before=heard if heard > now else None,
            too_late_at=until,
            twice=False,
            done=Due(f"prompt_sent_{one.id}", SENT, now, one.id),
            failed=Due(f"prompt_missed_{one.id}", MISSED, now, one.id),
        )
        await unit.outbox.add(post)

    async def _replaced(self, before: Open, heard: datetime, now: datetime, unit: Unit) -> Wish | None:
        """Close what a newer one takes the place of; it counts as unanswered. Returns the wish that it was of."""
        await self._close(before, "replaced", now, unit, heard)
        return await self._unanswered(before, now - before.at, before.sent, unit)

    async def _unanswered(self, one: Open, stood: timedelta, sent: bool, unit: Unit) -> Wish | None:
        wish = await self._books(unit).wish(one.wish)
        if wish is None:
            return None
        counted = replace(wish, body=rules.counted(wish.body, stood, sent))
        if counted != wish:
            await self._books(unit).keep_wish(counted)
        return counted

    async def _rest(self, wish: Wish, person: Person, heard: datetime, now: datetime, unit: Unit) -> None:
        await self._books(unit).keep_wish(replace(wish, body=replace(wish.body, resting=True)))
        post = Post(
            key=f"prompt_rests_{wish.id}_{int(now.timestamp())}",
            lane=Lane.PRIVATE,
            to=ToPerson(person.id),
            reply=views.rests(self._texts.of(await language_of(person, unit)), wish.id),
            not_before=heard if heard > now else None,
            too_late_at=max(now, heard) + REST_LATE,
        )
        await unit.outbox.add(post)

    # Ends -------------------------------------------------------------------------------------------------------------

    async def answered(self, done: FlowDone, unit: Unit) -> tuple[Block, ...]:
        """A check-in that a prompt asked for has ended: what waits for it in private is done, and counting begins anew."""
        asking = asking_of(done.subject)
        one = await self._books(unit).open_of(done.person) if asking else None
        if one is not None and one.asking == asking:
            await self._close(one, "done", done.at, unit)
            await self.afresh(one.wish, unit)
        return ()

    async def passed(self, one: Open, now: datetime, unit: Unit) -> Reply:
        """The person said "not this time": that is an answer."""
        await self._books(unit).drop_open(one.id)
        await self.afresh(one.wish, unit)
        person = await unit.people.get(one.person)
        return replace(views.closed(self._texts.of(await language_of(person, unit)), "passed"), slot=slot_of(one))

    async def afresh(self, name: str, unit: Unit) -> None:
        """Nothing of a wish counts as unanswered any more."""
        wish = await self._books(unit).wish(name)
        if wish is not None and (wish.body.unanswered or wish.body.resting):
            await self._books(unit).keep_wish(replace(wish, body=replace(wish.body, unanswered=0, resting=False)))

    async def take_back(self, one: Open, why: str, now: datetime, unit: Unit) -> None:
        """The prompt was stopped, or is no longer wanted."""
        await self._close(one, why, now, unit)

    async def _close(self, one: Open, why: str, now: datetime, unit: Unit, at: datetime | None = None) -> None:
        """Edit its message to one quiet line without buttons; one that still waits is withdrawn."""
        await self._books(unit).drop_open(one.id)
        in_doubt = why == "replaced" and one.at <= now  # it may have left a moment ago: two are never open
        if not one.sent and not in_doubt:
            await unit.outbox.withdraw(slot_of(one))
        elif now - one.at < rules.EDITED_FOR:
            person = await unit.people.get(one.person)
            say = self._texts.of(await language_of(person, unit))
            post = Post(
                key=f"prompt_closed_{one.id}",
                lane=Lane.PRIVATE,
                to=ToPerson(one.person),
                reply=replace(views.closed(say, why), slot=slot_of(one)),
                not_before=at if at is not None and at > now else None,
                too_late_at=max(now, at or now) + rules.LATE,
            )
            await unit.outbox.add(post)

    # Jobs -------------------------------------------------------------------------------------------------------------

    async def sent(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: the open one."""
        await self._books(unit).mark_sent(due.subject)

    async def missed(self, due: Due, now: datetime, unit: Unit) -> None:
        """It could not reach the person, so it is not open; and whom nothing reaches is not asked for ever."""
        one = await self._books(unit).opened(due.subject)
        if one is not None:
            await self._books(unit).drop_open(one.id)
            await self._unanswered(one, rules.SHORTEST_STAND, True, unit)


def slot_of(one: Open) -> str:
    return f"prompt_asked_{one.id}"
