"""What commands and jobs of the room share: gathering the scene, bringing a change about, and an evening to its end."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.core.agenda import Tallies, Tally
from bot.core.coming import next_start
from bot.core.ids import PersonId
from bot.core.meetings import OF_THE_ROOM, OVER, Floor, FloorView, Occurrence, Series, State, When
from bot.core.outlines import Outline, OwnOutlines, outline_for
from bot.core.ports import Unit
from bot.core.posts import Post
from bot.core.texts import Say, Texts
from handlers.meetings import lines, rules, times
from handlers.meetings.card import card_post
from handlers.meetings.hosting import is_hosted
from handlers.meetings.records import RoomStore
from handlers.meetings.scene import Scene

TEXT_ONLY = "text_only"  # the outlines for meetings whose options ask for them and name none
FAMILY = "family"


class Stage:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], RoomStore],
        outlines: Mapping[str, Outline],
        agenda: Callable[[Unit], Tallies],
        floor: Callable[[Unit], Floor],
        own: Callable[[Unit], OwnOutlines],
    ) -> None:
        self.texts = texts
        self.books = books
        self._outlines = outlines
        self._agenda = agenda
        self._floor = floor
        self._own = own

    async def scene(self, unit: Unit, occurrence: Occurrence, now: datetime) -> Scene | None:
        """All that is shown of an occurrence; None when its series or community is gone."""
        book = self.books(unit)
        series = await book.series(occurrence.series)
        community = await unit.communities.get(series.community) if series else None
        if series is None or community is None:
            return None
        over = occurrence.state in OVER
        floor = await self._floor(unit).view(occurrence.id) if occurrence.is_live else FloorView()
        return Scene(
            series=series,
            occurrence=occurrence,
            outline=await self.outline(unit, series, occurrence),
            community=community,
            here=occurrence.heads if over else max(0, await book.count(occurrence.id) - floor.outside),
            tally=await self._agenda(unit).tally(occurrence) if occurrence.is_live else Tally(),
            next_at=await next_start(book, series, _over_since(occurrence)) if over else None,
            now=now,
            floor=floor,
            hosted=occurrence.state is not State.LOBBY or await is_hosted(book, occurrence, now),
            video=occurrence.is_live and rules.is_open(await book.video_since(community.id), now),
        )

    async def outline(self, unit: Unit, series: Series, occurrence: Occurrence) -> Outline:
        """The community's own outline for the series, or the shipped one, fitted to the evening's length."""
        minutes, options = int((occurrence.ends_at - occurrence.starts_at).total_seconds()) // 60, series.options
        name = options.format or (TEXT_ONLY if options.text_only else options.audience.value)
        shipped = outline_for(self._outlines, name, minutes)
        outline = await self._own(unit).own(series.community, shipped.outline) or shipped
        if options.text_only:
            outline = replace(outline, brief=True)
        return outline.fitted(minutes)

    def say(self, scene: Scene) -> Say:
        """The texts that the whole room reads."""
        return self.texts.of(scene.language)

    async def show(self, unit: Unit, occurrence: Occurrence, now: datetime) -> None:
        """Bring the room's card up to date, in the meeting's language."""
        scene = await self.scene(unit, occurrence, now)
        if scene is not None:
            await unit.outbox.add(card_post(self.say(scene), scene))

    async def change(self, unit: Unit, before: Occurrence, after: Occurrence, now: datetime) -> bool:
        """Store a change of a meeting that goes on; show it, say aloud that a segment began, and promise when its time is up.

        False when there was none, or somebody else was faster.
        """
        if after is before or not await self.books(unit).move(before, after):
            return False
        scene = await self.scene(unit, after, now)
        if scene is None:
            return True
        await unit.outbox.add(card_post(self.say(scene), scene))
        taken_over = before.self_run and not after.self_run and after.segment == before.segment
        if after.segment != before.segment or taken_over:
            await unit.outbox.add(lines.segment_line(self.say(scene), scene, taken_over=taken_over))
        await self._promise(unit, scene)
        return True

    async def _promise(self, unit: Unit, scene: Scene) -> None:
        occurrence = scene.occurrence
        at = times.next_moment(occurrence, scene.outline)
        if at is None:
            await unit.due.drop(When.SEGMENT.key(occurrence.id))
        else:
            await unit.due.add(When.SEGMENT.due(at, occurrence.id))
        if occurrence.state is not State.CLOSING:
            await unit.due.add(When.CLOSING.due(times.closing_at(occurrence, scene.outline), occurrence.id))
        await unit.due.add(When.CLOSE.due(times.close_at(occurrence), occurrence.id))

    async def here(self, unit: Unit, occurrence: Occurrence) -> int:
        """How many are in the room; those in the waiting room are not."""
        outside = (await self._floor(unit).view(occurrence.id)).outside if occurrence.is_live else 0
        return await self.books(unit).count(occurrence.id) - outside

    async def lets_in(self, unit: Unit, occurrence: Occurrence, person: PersonId) -> bool:
        return await self._floor(unit).lets_in(occurrence.id, person)

    async def waits(self, unit: Unit, occurrence: Occurrence, person: PersonId) -> bool:
        return await self._floor(unit).waits(occurrence.id, person)

    async def finish(
        self, unit: Unit, before: Occurrence, now: datetime, *, aloud: Callable[[Say, Scene], Post] | None = None
    ) -> Occurrence:
        """Close an occurrence, show it if the room had opened, and promise what comes after; all at once. Closed already: nothing.

        `aloud`: what the room is told besides.
        """
        book = self.books(unit)
        closed = rules.close(before, await book.count(before.id), now)
        if closed is before or not await book.move(before, closed):
            return before
        for when in OF_THE_ROOM:
            await unit.due.drop(when.key(closed.id))
        await unit.due.add(rules.presence_due(closed, now))
        after = (When.AFTER, When.DEBRIEF, When.PROMPTS) if rules.was_held(closed) else ()
        for when in (When.TIDY, When.EXERCISES, When.UNFINISHED, *after):
            await unit.due.add(when.due(now, closed.id))
        await unit.due.add(When.PLAN.due(now, closed.series))
        if before.is_live:
            await self.show(unit, closed, now)
            scene = await self.scene(unit, closed, now) if aloud is not None else None
            if aloud is not None and scene is not None:
                await unit.outbox.add(aloud(self.say(scene), scene))
        return closed


def _over_since(occurrence: Occurrence) -> datetime:
    """From when on the next one is looked for: an evening may be called off long before its start, or be closed long after it."""
    return max(occurrence.starts_at, occurrence.since or occurrence.starts_at)
