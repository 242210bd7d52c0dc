"""Buttons around a tool: a kept one to go on with, lines to bring in, how long it stays, what comes next, messages later."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bot.core.calls import Call, Person
from bot.core.features import Handler
from bot.core.flow import Flow, Write, line_mark
from bot.core.flow_state import Resume, Take
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.flows import after_views, follow
from handlers.flows.lines import worded
from handlers.flows.records import FAMILY, ToolEntry, UnderWay
from handlers.flows.runner import Runner
from handlers.flows.under_way import gone

ALL = "all"


class AfterCommands:
    def __init__(self, runner: Runner) -> None:
        self._run = runner

    def presses(self) -> Mapping[str, Handler]:
        """Return the handler of every button by its action."""
        return {
            "reopen": self.reopen,
            "anew": self.anew,
            "bring": self.bring,
            "take": self.take,
            "stay": self.stay,
            "hand": self.hand,
            "followed": self.followed,
            "unfollow": self.unfollow,
        }

    async def reopen(self, call: Call, unit: Unit) -> Reply:
        """Go on with a kept one. Subject: its id."""
        entry = await self._run.my_entry(call, unit)
        if entry is None or not self._run.flows[entry.tool].beside.again:
            return await gone(self._run, call, unit)
        return await self._run.reopen(entry, _person(call), call.language, call.at, unit)

    async def anew(self, call: Call, unit: Unit) -> Reply:
        """Begin a new one though there are kept ones. Subject: the flow, value: the voice."""
        flow = self._run.flows.get(call.press.subject)
        if flow is None or not flow.beside.again:
            return await gone(self._run, call, unit)
        voice = FAMILY if call.press.value == FAMILY and flow.beside.family else ""
        return await self._run.anew(flow.name, voice, _person(call), call.language, call.at, unit)

    async def bring(self, call: Call, unit: Unit) -> Reply:
        """Show the lines of another tool that may be brought in here. Value: the place's mark and the offer's number."""
        under_way = await self._run.mine(call, unit)
        if under_way is None:
            return await gone(self._run, call, unit)
        offered = await self._offered(call, under_way, unit)
        if offered is None:
            return await self._shown(call, under_way, unit)
        step, n, offer, lines = offered
        say, family = self._run.texts.of(call.language), under_way.state.voice == FAMILY
        tool = say.label(worded(say, f"{offer.partition('.')[0]}.title", family=family))
        return after_views.bring(say, under_way.id, under_way.state.at, n, tool, lines, several=bool(step.lines))

    async def take(self, call: Call, unit: Unit) -> Reply:
        """Bring one line in, or all. Value: as for `bring`, with the line's mark or "all"."""
        under_way = await self._run.mine(call, unit)
        if under_way is None:
            return await gone(self._run, call, unit)
        offered = await self._offered(call, under_way, unit)
        wanted = call.press.value.rpartition("_")[2]
        shown = offered[3][: after_views.MOST_LINES] if offered is not None else ()
        lines = [line for line in shown if wanted in (ALL, line_mark(line))]
        if offered is None or not lines:
            return await self._shown(call, under_way, unit)
        act = Take(under_way.state.at, tuple(lines))
        return await self._run.do(replace(under_way, language=call.language), act, call.at, unit, call.modals)

    async def stay(self, call: Call, unit: Unit) -> Reply:
        """Keep an entry until the person deletes it, or only as long as others. Value: "on" or "off"."""
        entry = await self._run.my_entry(call, unit)
        if entry is None:
            return await gone(self._run, call, unit)
        if entry.goes is not None:
            await unit.due.drop(follow.first_key(entry.id))
        entry = replace(entry, stays=call.press.value != "off", goes=None)
        await self._run.entries(unit).replace(entry)
        flow, say = self._run.flows[entry.tool], self._run.texts.of(call.language)
        return await self._run.keeper.last(say, flow, entry, call.at, call.zone, unit)

    async def hand(self, call: Call, unit: Unit) -> Reply:
        """Begin a tool that may come next, with what is handed over to it. Value: its name."""
        entry = await self._run.my_entry(call, unit)
        names = await self._run.keeper.then(self._flow(entry), entry, call.at, unit) if entry is not None else ()
        return await self._about(call, entry, "hand", names, unit)

    async def followed(self, call: Call, unit: Unit) -> Reply:
        """Begin what a message afterwards asks for; a tool that is looked at again is reopened. Value: the message's name."""
        entry = await self._run.my_entry(call, unit)
        follows = self._flow(entry).beside.follow if entry is not None else ()
        names = [one.begin for one in follows if after_views.short("followed", one.name) == call.press.value]
        if entry is not None and names[:1] == [entry.tool] and self._flow(entry).beside.again:
            return await self._run.reopen(entry, _person(call), call.language, call.at, unit)
        return await self._about(call, entry, "", names, unit)

    async def unfollow(self, call: Call, unit: Unit) -> Reply:
        """Send no more messages about an entry."""
        entry = await self._run.my_entry(call, unit)
        if entry is None:
            return await gone(self._run, call, unit)
        await self._run.keeper.silence(self._flow(entry), entry.id, unit)
        return after_views.unfollowed(self._run.texts.of(call.language))

    async def _about(self, call: Call, entry: ToolEntry | None, action: str, names: Sequence[str], unit: Unit) -> Reply:
        """Begin the flow that a press names (`action`: its value is the name as it fits there), about an entry."""
        named = [name for name in names if not action or after_views.short(action, name) == call.press.value]
        if entry is None or not named or await self._run.doors.is_hidden(named[0], call.who, call.at, unit):
            return await gone(self._run, call, unit)
        return await self._run.about(entry, named[0], _person(call), call.language, call.at, unit)

    async def _offered(self, call: Call, under_way: UnderWay, unit: Unit) -> tuple[Write, int, str, tuple[str, ...]] | None:
        """Return the step, the number of its offer, the offer and its lines; None when the press is not of the present screen."""
        flow, at = self._run.flows[under_way.state.flow], under_way.state.at
        here, _, rest = call.press.value.partition("_")
        n = rest.partition("_")[0]
        step = flow.places.get(at)
        if flow.marks.get(here) != at or not isinstance(step, Write) or not (n.isascii() and n.isdigit()):
            return None
        if int(n) >= len(step.offer):
            return None
        offer = step.offer[int(n)]
        lines = (await self._run.facts(under_way, call.at, unit)).get(offer, ())
        return (step, int(n), offer, tuple(lines)) if lines else None

    async def _shown(self, call: Call, under_way: UnderWay, unit: Unit) -> Reply:
        return await self._run.do(replace(under_way, language=call.language), Resume(), call.at, unit, call.modals)

    def _flow(self, entry: ToolEntry) -> Flow:
        return self._run.flows[entry.tool]


def _person(call: Call) -> Person:
    assert call.person is not None
    return call.person
