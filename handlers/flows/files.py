"""Files of a tool, at its summary or once it is kept: the kinds that fit are offered, and made when one is chosen.

A kept one can be looked at and deleted here too, so that other features need only its id.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.features import Handler
from bot.core.flow import Flow
from bot.core.flow_view import answers_on_way
from bot.core.ports import Unit
from bot.core.replies import File, Paper, Press, Reply
from bot.core.screens import number_in
from bot.core.texts import Say
from handlers.flows import file_views, making
from handlers.flows.answers import answers_as_blocks
from handlers.flows.file_views import SURE
from handlers.flows.making import Made, Use
from handlers.flows.records import ToolEntry
from handlers.flows.reviewed import log
from handlers.flows.runner import Runner
from handlers.flows.summary import heading, picture_of
from handlers.flows.under_way import gone
from handlers.flows.wave import Draws

TXT, PDF, CSV, ICS, ICS_OWN = "txt", "pdf", "csv", "ics", "ics_own"
ASKED_ONCE_MORE = frozenset({"safetyplan"})  # a file of these may be found by somebody it must not be found by
Backs = Mapping[str, Press]  # where the list of kept ones of a tool is


class FileCommands:
    """`draws`: the pictures of summaries. `backs`: by a tool's name, the press that shows the list in which its kept ones stand."""

    def __init__(self, runner: Runner, draws: Draws, backs: Backs) -> None:
        self._run = runner
        self._draws = draws
        self._backs = backs

    def presses(self) -> Mapping[str, Handler]:
        """Return the handler of every button by its action."""
        return {
            "file": self.file,
            "file_as": self.file_as,
            "entry": self.entry,
            "forget": self.forget,
            "forgotten": self.forgotten,
        }

    async def file(self, call: Call, unit: Unit) -> Reply:
        """Offer the kinds of file that fit. Subject: a flow under way or a kept one. Value: "sure" once that was asked."""
        made = await self._made(call, unit)
        if made is None:
            return await gone(self._run, call, unit)
        if made.flow.name in ASKED_ONCE_MORE and call.press.value != SURE:
            return file_views.sure(self._say(call), made)
        return file_views.choose(self._say(call), made, kinds(made), sure=made.flow.name in ASKED_ONCE_MORE)

    async def file_as(self, call: Call, unit: Unit) -> Reply:
        """Make a file of a kind and send it; the screen stays. Value: the kind, with "_sure" where that has to be asked."""
        made = await self._made(call, unit)
        if made is None:
            return await gone(self._run, call, unit)
        kind, is_sure = call.press.value.removesuffix(f"_{SURE}"), call.press.value.endswith(f"_{SURE}")
        if made.flow.name in ASKED_ONCE_MORE and not is_sure:
            return file_views.sure(self._say(call), made)
        content = self._content(call, made, kind) if kind in kinds(made) else None
        return file_views.sent(self._say(call), content) if content is not None else await self.file(call, unit)

    async def entry(self, call: Call, unit: Unit) -> Reply:
        """Show a kept one. Value: the page."""
        entry = await self._run.my_entry(call, unit)
        if entry is None:
            return await gone(self._run, call, unit)
        made, stays, back = await self._of_entry(call, entry, unit), entry.stays, self._back(entry)
        return file_views.entry(self._say(call), made, number_in(call.press.value), stays=stays, back=back)

    async def forget(self, call: Call, unit: Unit) -> Reply:
        """Ask once before a kept one is deleted."""
        entry = await self._run.my_entry(call, unit)
        if entry is None:
            return await gone(self._run, call, unit)
        return file_views.ask_forget(self._say(call), entry.id)

    async def forgotten(self, call: Call, unit: Unit) -> Reply:
        """Delete a kept one, and the messages about it that wait."""
        entry = await self._run.my_entry(call, unit)
        if entry is None:
            return await gone(self._run, call, unit)
        await self._run.keeper.forget(self._run.flows[entry.tool], entry, unit)
        return file_views.forgotten(self._say(call), self._back(entry))

    def _back(self, entry: ToolEntry) -> Press | None:
        return self._backs.get(entry.tool) or Press("flow", "shelf", entry.tool, entry.voice)

    def _content(self, call: Call, made: Made, kind: str) -> File | Paper | None:
        say = self._say(call)
        match kind:
            case "txt":
                return making.as_text(made)
            case "pdf":
                return making.as_paper(say, made, call.zone)
            case "csv":
                return making.as_table(say, made, call.zone)
        return making.as_calendar(say, made, call.at, own=kind == ICS_OWN)

    async def _made(self, call: Call, unit: Unit) -> Made | None:
        """Return what a press names, if it is the presser's: a flow under way, else a kept one."""
        under_way = await self._run.mine(call, unit)
        if under_way is not None:
            flow, state = self._run.flows[under_way.state.flow], under_way.state
            summary = await self._run.summary(replace(under_way, language=call.language), unit)
            before = await self._before(flow, under_way.entry, state.voice, call.at, call, unit)
            uses = (*before, Use(call.at, answers_on_way(flow, state)))
            return Made(under_way.id, flow, state.voice, summary.blocks, summary.picture, uses, kept=False)
        entry = await self._run.my_entry(call, unit)
        if entry is None:
            return None
        return await self._of_entry(call, entry, unit)

    async def _of_entry(self, call: Call, entry: ToolEntry, unit: Unit) -> Made:
        say, flow = self._say(call), self._run.flows[entry.tool]
        before = await self._before(flow, entry.id, entry.voice, entry.at, call, unit)
        said = answers_as_blocks(say, flow, entry.answers, entry.voice)
        history = [(use.at.astimezone(call.zone), use.answers) for use in before]
        picture = picture_of(say, flow, entry.answers, self._draws, history, (), entry.voice)
        blocks = (heading(say, flow, entry.voice), *said, *log(say, entry.looks, call.zone))
        return Made(entry.id, flow, entry.voice, blocks, picture, (*before, Use(entry.at, entry.answers)), kept=True)

    async def _before(self, flow: Flow, entry: str, voice: str, until: datetime, call: Call, unit: Unit) -> tuple[Use, ...]:
        kept = await self._run.earlier.history(flow, call.who, voice, unit)
        return tuple(Use(one.at, one.answers) for one in kept if one.id != entry and one.at <= until)

    def _say(self, call: Call) -> Say:
        return self._run.texts.of(call.language)


def kinds(made: Made) -> tuple[str, ...]:
    """Return the kinds of file that fit: text always; a plan for one's safety is text only."""
    if made.flow.name in ASKED_ONCE_MORE:
        return (TXT,)
    table = (CSV,) if making.has_numbers(made) else ()
    calendar = (ICS, ICS_OWN) if making.day_planned(made) else ()
    return (TXT, PDF, *table, *calendar)
