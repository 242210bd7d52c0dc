"""Offering an evening to a colleague, or to all, for one of theirs or for nothing. It changes hands in one transaction, or not."""

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import PersonId, new_id
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import done, toast
from handlers.roster import duty_views, letters, swap_views
from handlers.roster.desk import Desk, Found
from handlers.roster.keeping import assign, release
from handlers.roster.letters import SHORT, Letters
from handlers.roster.records import AHEAD, Member, Role, Swap, Wanted
from handlers.roster.swap_views import ref_of

EVERYBODY = "all"
MOST_OF_THEIRS = 8


class SwapCommands:
    def __init__(self, desk: Desk, writes: Letters) -> None:
        self._desk = desk
        self._letters = writes

    # Making an offer ----------------------------------------------------------------------------------------------------

    async def swap(self, call: Call, unit: Unit) -> Reply:
        """To whom? The press names an evening of the caller's."""
        series = await self._desk.series(unit, call.press.subject)
        if not await self._desk.may(call, unit, series.community):
            return self._desk.refused(call)
        found, say = await self._desk.pressed(call, unit), self._desk.say(call)
        if found is None:
            return duty_views.gone(say)
        if not found.is_open(call.at) or found.duty.host != call.who:
            return toast(say, "roster.not_yours")
        book = self._desk.books(unit)
        swap = Swap(new_id(), call.who, series.id, found.original, found.evening.starts_at)
        await book.keep_swap(swap, call.at)
        others = [one for one in await book.members(series.community) if one.person != call.who]
        return swap_views.to_whom(say, found, swap, others, call.zone)

    async def to(self, call: Call, unit: Unit) -> Reply:
        """For what? The press's value is the beginning of a member's id, or everybody."""
        made = await self._own(call, unit)
        if isinstance(made, Reply):
            return made
        swap, found = made
        asked = await self._member(unit, found, call.press.value)
        if asked is None and call.press.value != EVERYBODY:
            return toast(self._desk.say(call), "roster.colleague_gone")
        swap = _with(swap, asked)
        await self._desk.books(unit).keep_swap(swap, call.at)
        theirs = await self._evenings_of(call, unit, found, asked.person) if asked is not None else []
        return swap_views.for_what(self._desk.say(call), swap, asked, theirs, call.zone)

    async def fair(self, call: Call, unit: Unit) -> Reply:
        """Send the offer: for nothing, for any evening of whoever takes it, or for a certain one."""
        made = await self._own(call, unit)
        if isinstance(made, Reply):
            return made
        swap, found = made
        say, book = self._desk.say(call), self._desk.books(unit)
        if swap.wanted is not Wanted.UNSAID:
            return toast(say, "roster.offered_before")
        members = {one.id: one for one in await book.members(found.series.community)}
        asked = members.get(swap.asked) if swap.asked is not None else None
        wanted: Found | None = None
        if call.press.value == Wanted.NOTHING:
            swap = _wanting(swap, Wanted.NOTHING)
        elif call.press.value == Wanted.ANY and asked is None:
            swap = _wanting(swap, Wanted.ANY)
        else:
            theirs = await self._evenings_of(call, unit, found, asked.person) if asked is not None else []
            wanted = next((one for one in theirs if ref_of(one) == call.press.value), None)
            if wanted is None:
                return toast(say, "roster.theirs_gone")
            swap = _wanting(swap, Wanted.ONE, wanted)
        await book.keep_swap(swap, call.at)
        told = [asked] if asked is not None else [one for one in members.values() if one.person != call.who]
        me = next((one.name for one in members.values() if one.person == call.who), "")
        for one in told:
            view = swap_views.offer(swap, found, one.person, me, wanted)
            key = f"roster_swap_{swap.id}_{one.person}"
            await self._letters.send(unit, one.person, key, view, call.at, found.evening.starts_at)
        return swap_views.sent(say, swap, found)

    async def withdraw(self, call: Call, unit: Unit) -> Reply:
        swap = await self._desk.books(unit).swap(call.press.subject)
        if swap is not None and swap.person == call.who:
            await self._desk.books(unit).drop_swap(swap.id)
        return done(self._desk.say(call), "roster.withdrawn")

    # Answering one ------------------------------------------------------------------------------------------------------

    async def no(self, call: Call, unit: Unit) -> Reply:
        """Only one who alone was asked has the offer end by it; and who made it is told."""
        swap = await self._desk.books(unit).swap(call.press.subject)
        me = await self._me(call, unit, swap) if swap is not None else None
        if swap is not None and me is not None and swap.asked == me.id:
            await self._desk.books(unit).drop_swap(swap.id)
            view = letters.news("roster.swap_no", swap.until, me.name)
            await self._letters.send(unit, swap.person, f"roster_swap_no_{swap.id}", view, call.at, swap.until)
        return done(self._desk.say(call), "roster.no_thanks")

    async def yes(self, call: Call, unit: Unit) -> Reply:
        """The evening changes hands, and the other one with it: all of it is true now, or nothing happens."""
        say, book = self._desk.say(call), self._desk.books(unit)
        swap = await book.swap(call.press.subject)
        me = await self._me(call, unit, swap) if swap is not None else None
        if swap is None or me is None or swap.wanted is Wanted.UNSAID or swap.asked not in (None, me.id):
            return toast(say, "roster.swap_gone")
        if swap.person == call.who:
            return toast(say, "roster.swap_own")
        theirs = await self._found(unit, swap.series, swap.original)
        mine = await self._given(call, unit, swap)
        if isinstance(mine, Reply):
            return mine
        if theirs is not None:
            await book.hold(*theirs.line, *(mine.line if mine is not None else ()))
            theirs = await self._found(unit, swap.series, swap.original)
            mine = await self._found(unit, mine.series.id, mine.original) if mine is not None else None
        if theirs is None or not theirs.is_open(call.at) or theirs.duty.host != swap.person:
            await book.drop_swap(swap.id)
            return toast(say, "roster.swap_gone")
        if swap.wanted is not Wanted.NOTHING and (mine is None or not mine.is_open(call.at) or mine.duty.host != call.who):
            return toast(say, "roster.yours_gone")
        if not await book.drop_swap(swap.id):
            return toast(say, "roster.swap_gone")
        await self._hand_over(call, unit, theirs, swap.person, call.who)
        if mine is not None:
            await self._hand_over(call, unit, mine, call.who, swap.person)
        await self._tell(call, unit, swap, me, theirs, mine)
        return swap_views.yours(say, theirs, mine, call.zone)

    async def _hand_over(self, call: Call, unit: Unit, found: Found, giver: PersonId, taker: PersonId) -> None:
        await release(self._desk, unit, found, giver, call.at)
        free = await self._found(unit, found.series.id, found.original)
        if free is None or not await assign(self._desk, unit, free, taker, Role.HOST, call.at):
            raise BadPress(why="swap")  # nothing of it is kept

    async def _given(self, call: Call, unit: Unit, swap: Swap) -> Found | Reply | None:
        """What the caller gives for it; a screen where they have yet to choose."""
        if swap.wanted is Wanted.NOTHING:
            return None
        if swap.wanted is Wanted.ONE and swap.for_series is not None:
            return await self._found(unit, swap.for_series, swap.for_original)
        offered = await self._found(unit, swap.series, swap.original)
        theirs = await self._evenings_of(call, unit, offered, call.who) if offered is not None else []
        chosen = next((one for one in theirs if ref_of(one) == call.press.value), None)
        if chosen is not None:
            return chosen
        return swap_views.choose(self._desk.say(call), swap, theirs, call.zone)

    async def _tell(self, call: Call, unit: Unit, swap: Swap, me: Member, theirs: Found, mine: Found | None) -> None:
        """Both know: the caller by the answer, the other by a letter; and the rest need not think about it any more."""
        at = theirs.evening.starts_at
        view = swap_views.swapped(theirs, mine, me.name)
        await self._letters.send(unit, swap.person, f"roster_swapped_{swap.id}", view, call.at, theirs.evening.ends_at)
        if swap.asked is None:
            for one in await self._desk.books(unit).members(theirs.series.community):
                if one.person not in (call.who, swap.person):
                    key, view = f"roster_swap_done_{swap.id}_{one.person}", swap_views.settled(swap, one.person)
                    await self._letters.send(unit, one.person, key, view, call.at, at)

    # What is meant ------------------------------------------------------------------------------------------------------

    async def _own(self, call: Call, unit: Unit) -> tuple[Swap, Found] | Reply:
        """The caller's own offer, with its evening, which is still theirs to give."""
        swap = await self._desk.books(unit).swap(call.press.subject)
        if swap is None or swap.person != call.who:
            return toast(self._desk.say(call), "roster.swap_gone")
        found = await self._found(unit, swap.series, swap.original)
        if found is None or not found.is_open(call.at) or found.duty.host != call.who:
            return toast(self._desk.say(call), "roster.not_yours")
        if not await self._desk.may(call, unit, found.series.community):
            return self._desk.refused(call)
        return swap, found

    async def _me(self, call: Call, unit: Unit, swap: Swap) -> Member | None:
        """The caller as a colleague of whoever made the offer; None for anybody else."""
        series = await self._desk.series(unit, swap.series)
        if not await self._desk.is_on(call, unit, series.community):
            return None
        return await self._desk.books(unit).member(series.community, call.who)

    async def _member(self, unit: Unit, found: Found, mark: str) -> Member | None:
        members = await self._desk.books(unit).members(found.series.community)
        return next((one for one in members if len(mark) == SHORT and one.id.startswith(mark)), None)

    async def _found(self, unit: Unit, series: str, original: str) -> Found | None:
        return await self._desk.found(unit, await self._desk.series(unit, series), original)

    async def _evenings_of(self, call: Call, unit: Unit, offered: Found, person: PersonId) -> list[Found]:
        """The evenings that a colleague hosts, of the same audience, in the time that the list shows."""
        until, audience = call.at + AHEAD, offered.series.options.audience
        every = await self._desk.coming_up(unit, offered.series.community, audience, call.at, until)
        own = [one for one in every if one.duty.host == person and one.is_open(call.at)]
        return [one for one in own if (one.series.id, one.original) != (offered.series.id, offered.original)][:MOST_OF_THEIRS]


def _with(swap: Swap, asked: Member | None) -> Swap:
    return Swap(swap.id, swap.person, swap.series, swap.original, swap.until, asked.id if asked is not None else None, swap.wanted)


def _wanting(swap: Swap, wanted: Wanted, one: Found | None = None) -> Swap:
    for_series, for_original = (one.series.id, one.original) if one is not None else (None, "")
    return Swap(swap.id, swap.person, swap.series, swap.original, swap.until, swap.asked, wanted, for_series, for_original)
