"""Prompts at their moments, or the rule for when they come late; and what became of what was sent."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from bot.core.happenings import Heard
from bot.core.ids import OccurrenceId, new_id
from bot.core.meetings import MeetingBook
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.whose import zone_of
from handlers.prompts import rules
from handlers.prompts.asking import ALL, ASK, HAND_OUT, TAKE_BACK, Asker
from handlers.prompts.own import OWN, promised
from handlers.prompts.private import Private
from handlers.prompts.records import Prompt, PromptStore, Standing

log = structlog.get_logger()

AT_ONCE = 25  # persons a transaction: others' acts wait no longer than that takes


class PromptJobs:
    def __init__(
        self,
        books: Callable[[Unit], PromptStore],
        meetings: Callable[[Unit], MeetingBook],
        asker: Asker,
        private: Private,
    ) -> None:
        self._books = books
        self._meetings = meetings
        self._asker = asker
        self._private = private

    async def ask(self, due: Due, now: datetime, unit: Unit) -> None:
        """A prompt's turn has come: of several that passed, the last. Subject: `<prompt>_<what clocks show>`."""
        name, _, floor = due.subject.partition("_")
        prompt = await self._books(unit).get(name)
        community = await unit.communities.get(prompt.community) if prompt is not None else None
        if prompt is None or community is None or not prompt.is_running:
            return
        turn, following = rules.due_turns(rules.of_prompt(prompt), floor, now)
        if turn is None:
            if following is None or rules.named(following) != floor:
                _late(due, now)
            await self._asker.promise_turn(prompt, following, unit)
            return
        heard = await self._asker.quiet_end(community.id, now, ZoneInfo(community.zone), unit)
        until = rules.until(turn, following)
        if now < heard < until:
            await self._asker.promise_turn(prompt, turn, unit, heard)
            return
        await self._asker.promise_turn(prompt, following, unit)
        if heard >= until:  # it would come with the next one, or too late
            _late(due, now)
            return
        await self._asker.ask(prompt, community, until, now, unit)

    async def after_meeting(self, due: Due, now: datetime, unit: Unit) -> None:
        """An evening was held: prompts that follow it are promised. Subject: the occurrence."""
        occurrence = await self._meetings(unit).occurrence(OccurrenceId(due.subject))
        series = await self._meetings(unit).series(occurrence.series) if occurrence is not None else None
        if occurrence is None or series is None:
            return
        found = list(await self._books(unit).of_series(series.id))
        if not found and series.follows is not None:  # after an edit of "this and later" it goes on as another
            found = list(await self._books(unit).of_series(series.follows))
        for prompt in found:
            day = occurrence.starts_at.astimezone(ZoneInfo(prompt.schedule.zone)).date()
            changed = replace(rules.after_evening(prompt, day, now), series=series.id)
            await self._books(unit).keep(changed)
            await self._promise_kept(prompt, changed, now, unit)

    async def _promise_kept(self, before: Prompt, after: Prompt, now: datetime, unit: Unit) -> None:
        """A turn that is due just now, or waits for quiet hours to end, is left alone."""
        pending = rules.due_turns(rules.of_prompt(before), "", now)[0]
        newest = await self._books(unit).newest(before.id)
        if pending is None or (newest is not None and newest.at >= pending.at):
            await self._asker.promise(after, now, unit)

    async def hand_out(self, due: Due, now: datetime, unit: Unit) -> None:
        """Ask those in private who want it, a few at a time. Subject: `<asking>`, or `<asking>_<wish>` to go on after one."""
        name, _, after = due.subject.partition("_")
        book = self._books(unit)
        asking = await book.asking(name)
        prompt = await book.get(asking.prompt) if asking is not None else None
        if asking is None or prompt is None or not prompt.is_running or asking.standing is Standing.CLOSED or now >= asking.until:
            return
        wishes = await book.wishing(prompt.id, after, AT_ONCE)
        if len(wishes) == AT_ONCE:
            await unit.due.add(Due(f"prompt_out_{name}", HAND_OUT, now, f"{name}_{wishes[-1].id}"))
        for wish in sorted(wishes, key=lambda one: one.person):  # held in one order, whichever prompt asks
            person = await unit.people.get(wish.person)
            if person is not None:
                await self._private.ask(wish, person, asking.id, asking.until, now, unit)

    async def take_back(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: `<asking>_<which>[_<open one>]`."""
        name, which, after = [*due.subject.split("_"), ""][:3]
        found = await self._books(unit).open_on(name, after, AT_ONCE)
        if len(found) == AT_ONCE:
            await unit.due.add(Due(f"prompt_back_{name}", TAKE_BACK, now, f"{name}_{which}_{found[-1].id}"))
        for one in found:
            if which == ALL or not one.sent:
                await self._private.take_back(one, "over", now, unit)

    async def own(self, due: Due, now: datetime, unit: Unit) -> None:
        """A person's own turn, on the clocks on which they live now. Subject: `<wish>_<what clocks show>`."""
        name, _, floor = due.subject.partition("_")
        wish = await self._books(unit).wish(name)
        person = await unit.people.get(wish.person) if wish is not None else None
        if wish is None or person is None or wish.prompt or not wish.body.is_on or wish.body.resting:
            return
        zone = await zone_of(person, unit)
        coming = rules.of_wish(wish, zone)
        turn, following = rules.due_turns(coming, floor, now)
        if following is not None:
            await unit.due.add(promised(wish, following, now), person.id)
        if turn is not None:
            await self._private.ask(wish, person, new_id(), rules.until(turn, following), now, unit)
        elif following is None or rules.named(following) != floor:
            _late(due, now)

    # What became of it --------------------------------------------------------------------------------------------------

    async def card_sent(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: the asking."""
        asking = await self._books(unit).asking(due.subject)
        if asking is not None and asking.standing is Standing.WAITING:
            await self._books(unit).stand(asking.id, Standing.SENT)

    async def card_missed(self, due: Due, now: datetime, unit: Unit) -> None:
        """Its card could not be sent: because it was too late, or because the room cannot be written to any more."""
        book = self._books(unit)
        asking = await book.asking(due.subject)
        prompt = await book.get(asking.prompt) if asking is not None else None
        if asking is None or prompt is None or asking.standing is not Standing.WAITING:
            return
        await book.stand(asking.id, Standing.CLOSED)
        if now < asking.until:
            log.info("prompt.room_lost", kind=due.kind)
            await self._asker.lose(prompt.room, now, unit)

    async def room_gone(self, heard: Heard, unit: Unit) -> None:
        if heard.room is not None:
            await self._asker.lose(heard.room.id, heard.at.astimezone(UTC), unit)


def _late(due: Due, now: datetime) -> None:
    log.info("prompt.late", kind=due.kind, seconds=int((now - due.at).total_seconds()))


__all__ = ["ASK", "HAND_OUT", "OWN", "TAKE_BACK", "PromptJobs"]
