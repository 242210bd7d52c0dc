"""/progress: what was kept, over time. It keeps nothing itself, and compares the person with nobody."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from bot.core.calls import Call
from bot.core.features import Handler
from bot.core.flow import STRICT, Each, Flow
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from bot.core.texts import Say, Texts
from handlers.log import over_time, rules
from handlers.log import progress_views as views
from handlers.log import recurring as recurs
from handlers.log.helped import helped
from handlers.log.records import FAMILY, Logbook, Weeks, Went
from handlers.log.recurring import recurring


class ProgressCommands:
    """`flows`: how the areas of a wheel read that are not the person's own words; `went`: how what was planned went; `weeks`: what
    check-ins come to."""

    def __init__(self, texts: Texts, books: Callable[[Unit], Logbook], flows: Mapping[str, Flow], went: Went, weeks: Weeks) -> None:
        self._texts = texts
        self._books = books
        self._flows = flows
        self._went = went
        self._weeks = weeks

    def presses(self) -> Mapping[str, Handler]:
        return {"show": self.show, "part": self.part}

    async def command(self, call: Call, unit: Unit) -> Reply:
        """Show what there is, in a message of its own."""
        return await self._overview(call, unit, "", replace=False)

    async def show(self, call: Call, unit: Unit) -> Reply:
        """Show what there is. Subject: "family" for what they did as a relative."""
        return await self._overview(call, unit, _voice(call), replace=True)

    async def part(self, call: Call, unit: Unit) -> Reply:
        """Show one part. Subject: "own" or "family", value: which."""
        say, voice, book = self._texts.of(call.language), _voice(call), self._books(unit)
        part, _, number = call.press.value.partition("_")
        if part == views.KEPT and (tools := await self._kept(call, voice, unit)):
            return views.kept(say, tools, voice, number_in(number))
        match call.press.value:
            case views.HELPED if not voice:
                urges = rules.urges_of(await book.all_of(call.who, rules.TOOLS, voice), call.zone)
                return views.what_helped(say, helped(urges))
            case views.RATINGS if not voice:
                themes = over_time.themes(await book.all_of(call.who, over_time.RATED, voice))
                return views.ratings(say, themes, call.zone) if themes else views.nothing(say, voice)
            case views.WHEEL:
                tool, name = over_time.WHEELS[voice]
                found = over_time.wheel(await book.all_of(call.who, (tool,), voice), name)
                return views.wheel(say, found, self._areas(say, tool), voice, call.zone) if found else views.nothing(say, voice)
            case views.WEEKS:
                _, picture = await self._weeks.drawn(call.who, voice, say, call.at, call.zone, unit)
                return views.weeks(say, picture, voice) if picture is not None else views.nothing(say, voice)
            case views.PLANS if not voice:
                went = await self._went(call.who, unit)
                return views.plans(say, went) if any(went.values()) else views.nothing(say, voice)
            case views.BELIEFS if not voice:
                thoughts = recurring(await book.all_of(call.who, (recurs.TOOL,), voice))
                return views.beliefs(say, thoughts, call.zone) if thoughts else views.nothing(say, voice)
        return await self._overview(call, unit, voice, replace=True)

    async def _overview(self, call: Call, unit: Unit, voice: str, *, replace: bool) -> Reply:
        book, tool = self._books(unit), over_time.WHEELS[voice][0]
        counts = {views.WHEEL: len(await book.all_of(call.who, (tool,), voice))}
        counts[views.KEPT] = sum(count for _, count in await self._kept(call, voice, unit))
        counts[views.WEEKS] = await self._rated(call, voice, unit)
        relative = False
        if not voice:
            urges = rules.urges_of(await book.all_of(call.who, rules.TOOLS, voice), call.zone)
            counts[views.HELPED] = sum(urge.drop is not None for urge in urges)
            counts[views.RATINGS] = sum(
                len(theme.ratings) for theme in over_time.themes(await book.all_of(call.who, over_time.RATED, voice))
            )
            counts[views.BELIEFS] = len(recurring(await book.all_of(call.who, (recurs.TOOL,), voice)))
            counts[views.PLANS] = sum((await self._went(call.who, unit)).values())
            relative = bool(await self._kept(call, FAMILY, unit) or await self._rated(call, FAMILY, unit))
        return views.overview(self._texts.of(call.language), counts, voice, relative=relative, replace=replace)

    async def _rated(self, call: Call, voice: str, unit: Unit) -> int:
        """Return how many check-ins have a number, where there are enough to be seen."""
        count, picture = await self._weeks.drawn(call.who, voice, self._texts.of(call.language), call.at, call.zone, unit)
        return count if picture is not None else 0

    async def _kept(self, call: Call, voice: str, unit: Unit) -> Sequence[tuple[str, int]]:
        """Return the tools of which something is kept, the one used last first; urges have a list of their own (/log)."""
        say = self._texts.of(call.language)
        listed = [
            name
            for name, flow in self._flows.items()
            if flow.beside.stores and flow.beside.gate != STRICT and name not in rules.TOOLS and say.has(f"{name}.title")
        ]
        counts = Counter(used.tool for used in reversed(await self._books(unit).all_of(call.who, listed, voice)))
        return tuple(counts.items())

    def _areas(self, say: Say, tool: str) -> Mapping[str, str]:
        flow = self._flows.get(tool)
        steps = flow.steps.values() if flow is not None else ()
        return {item: say.label(f"{tool}.{step.name}_{item}") for step in steps if isinstance(step, Each) for item in step.items}


def _voice(call: Call) -> str:
    return FAMILY if call.press.subject == FAMILY else ""
