"""The log of something that is looked at again, as a goal: its bar, and each look with its day. Only the person's own figures."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.flow import Flow, Reviews
from bot.core.flow_lines import lines_in
from bot.core.flow_state import SUMMARY
from bot.core.flow_view import answers_on_way
from bot.core.ports import Entry, Unit
from bot.core.richtext import Block, Bullets, Meter, Nodes, Text
from bot.core.texts import Say, Texts, say_p
from bot.core.when import day
from bot.core.whose import zone_of
from handlers.flows.earlier import LOOKED_THROUGH
from handlers.flows.records import FAMILY, Entries, Look, ToolEntry, UnderWay

MOST_KEPT = 50  # looks in one log
MOST_SHOWN = 8


class LookBack:
    def __init__(self, texts: Texts, entries: Callable[[Unit], Entries]) -> None:
        self._texts = texts
        self._entries = entries

    async def note(self, flow: Flow, under_way: UnderWay, entry: ToolEntry, unit: Unit) -> ToolEntry:
        """Note a look that was kept in the log of what it looked at; lines that came to it are added there."""
        looked_at, reviews = await self._looked_at(flow, under_way, unit), flow.beside.reviews
        if looked_at is None or reviews is None:
            return entry
        book, own = self._entries(unit), looked_at.answers.get(reviews.whole)
        if look := look_of(reviews, entry.answers, entry.at):
            looked_at = replace(looked_at, looks=(*looked_at.looks, look)[-MOST_KEPT:])
        if isinstance(own, list):
            whole = list(dict.fromkeys((*own, *lines_in(entry.answers.get(reviews.whole)))))
            looked_at = replace(looked_at, answers={**looked_at.answers, reviews.whole: whole})
        await book.replace(looked_at)
        entry = replace(entry, about=looked_at.id)
        await book.replace(entry)
        return entry

    async def done_before(self, entry: ToolEntry, flow: Flow, unit: Unit) -> dict[str, Entry]:
        """Return what was ticked as done when an entry was looked at last with this flow: it is done still."""
        reviews = flow.beside.reviews
        if reviews is None or not entry.looks:
            return {}
        kept = await self._entries(unit).all_of(entry.person, flow.name, entry.voice, LOOKED_THROUGH)
        done = next((one.answers.get(reviews.done) for one in reversed(kept) if one.about == entry.id), None)
        return {reviews.done: done} if done else {}

    async def blocks(self, flow: Flow, under_way: UnderWay, unit: Unit) -> tuple[Block, ...]:
        """Return the log of the kept one that a flow goes on with, or looks at: then with this look, once it is at its end."""
        looked_at, state = await self._looked_at(flow, under_way, unit), under_way.state
        look = None
        if looked_at is not None and flow.beside.reviews is not None and state.at == SUMMARY:
            look = look_of(flow.beside.reviews, answers_on_way(flow, state), under_way.at)
        elif looked_at is None and under_way.entry:
            looked_at = await self._entries(unit).get(under_way.entry)
        if looked_at is None or looked_at.person != under_way.person or not (looked_at.looks or look):
            return ()
        zone = await zone_of(await unit.people.get(under_way.person), unit)
        looks = (*looked_at.looks, look) if look is not None else looked_at.looks
        return log(self._texts.of(under_way.language), looks, zone, is_open=look is not None)

    async def _looked_at(self, flow: Flow, under_way: UnderWay, unit: Unit) -> ToolEntry | None:
        """Return the kept one that a flow looks at: its subject, or what the one looked at that it goes on with."""
        if flow.beside.reviews is None:
            return None
        book, name = self._entries(unit), under_way.subject if under_way.subject != FAMILY else ""
        if under_way.entry and (before := await book.get(under_way.entry)) is not None and before.person == under_way.person:
            name = before.about or name
        found = await book.get(name) if name else None
        mine = found is not None and (found.person, found.tool) == (under_way.person, flow.beside.reviews.of)
        return found if mine else None


def look_of(reviews: Reviews, answers: Mapping[str, Entry], at: datetime) -> Look | None:
    """Return what a review's answers say; None when they say nothing of how far it is."""
    whole, far = lines_in(answers.get(reviews.whole)), answers.get(reviews.far)
    done = [line for line in lines_in(answers.get(reviews.done)) if line in whole]
    number = far if isinstance(far, int) else None
    return Look(at, len(done), len(whole), number) if whole or number is not None else None


def log(say: Say, looks: tuple[Look, ...], zone: ZoneInfo, *, is_open: bool = False) -> tuple[Block, ...]:
    """Return the bar of the last look, and the looks. `is_open`: the last one is not kept yet."""
    if not looks:
        return ()
    last, shown = looks[-1], looks[-MOST_SHOWN:]
    blocks: list[Block] = []
    if last.whole:
        blocks.append(Meter(say("flow.review_done", done=last.done, whole=last.whole), last.done, last.whole))
    if len(looks) == 1 and is_open:
        return tuple(blocks)
    blocks.append(say_p(say, "flow.review_log"))
    if len(looks) > len(shown):
        blocks.append(say_p(say, "pictures.earlier", count=len(looks) - len(shown)))
    blocks.append(Bullets(tuple(_line(say, look, zone, is_now=is_open and look is last) for look in shown)))
    return tuple(blocks)


def _line(say: Say, look: Look, zone: ZoneInfo, *, is_now: bool) -> Nodes:
    on = say.label("pictures.now") if is_now else day(look.at.astimezone(zone), say.language)
    said = [say.label("flow.review_done", done=look.done, whole=look.whole)] if look.whole else []
    if look.far is not None:
        said.append(say.label("flow.review_far", number=look.far))
    return (Text(f"{on}: {', '.join(said)}"),)
