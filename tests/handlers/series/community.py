"""Series, announcements and reminders in one house: an edit of "this and later" goes through all of them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from bot.core.calls import Kind
from bot.core.meetings import Series, State, When
from bot.core.replies import NOTHING, Press, Reply
from bot.runtime.dispatch import Dispatch
from content.loader import load_texts
from handlers import announcements, reminders, series
from storage.announcements import Announcements
from storage.goings import Goings
from storage.meetings import Meetings
from storage.reminders import Reminders
from storage.series_sheets import Sheets
from tests.fakes import HeldClock
from tests.handlers.announcements.house import CAN, House
from tests.handlers.screens import press_of, text_of
from tests.stores import storage_for_tests


@dataclass
class Community(House):
    """Facilitators type and fill in forms; evenings end by themselves."""

    async def fill(self, who: str, asked: Reply, answers: Mapping[str, str]) -> Reply:
        assert asked.form is not None, text_of(asked)
        given = {one.name: one.value for one in asked.form.fields} | dict(answers)
        press = asked.form.press
        name = f"{press.feature}.{press.action}"
        return await self.act(who, Kind.FORM, leads=True, press=press, name=name, arguments=given)

    async def lead(self, reply: Reply, label: str) -> Reply:
        return await self.press("fay", press_of(reply, label), leads=True)

    async def create(self, line: str) -> Series:
        preview = await self.type("fay", f"/meeting create {line}", leads=True)
        await self.lead(preview, "Save")
        (made,) = await self.series()
        return made

    async def go_on(self, from_evening: int, answers: Mapping[str, str]) -> Series:
        """Edit an evening and all later ones; return the series that goes on from then."""
        screen = await self.type("fay", "/meeting edit", leads=True)
        dates = await self.lead(screen, "From one evening on")
        chosen = [one.press for row in dates.buttons for one in row if one.press][from_evening]
        preview = await self.fill("fay", await self.press("fay", chosen, leads=True), answers)
        await self.lead(preview, "Save")
        return next(one for one in await self.series() if one.follows is not None)

    async def series(self) -> list[Series]:
        community = await self.community()
        return list(await self.store.transact(lambda unit: Meetings(unit).of_community(community.id)))

    async def close(self, of: Series) -> None:
        """The room of the series' evening closes, as its own feature would have it."""

        async def work(unit) -> None:
            rows = Meetings(unit)
            before = await rows.next_of(of.id)
            assert before is not None
            assert await rows.move(before, replace(before, state=State.CLOSED))
            await unit.due.add(When.PLAN.due(self.clock.now(), of.id))

        await self.store.transact(work)
        await self.work_off()

    async def reminded_of(self, who: str) -> list[str]:
        person = await self.person(who)
        return [one.series for one in await self.store.transact(lambda unit: Reminders(unit).of_person(person.id))]

    async def stop(self, who: str, of: Series) -> None:
        await self.press(who, Press("reminders", "stop", of.id), private=True)


@asynccontextmanager
async def open_community(tmp_path: Path, clock: HeldClock) -> AsyncIterator[Community]:
    texts = load_texts()
    async with storage_for_tests(tmp_path, clock) as store:
        features = (
            series.feature(texts, Meetings, Sheets, ("60", "90")),
            announcements.feature(texts, Meetings, Announcements, Goings, Meetings, Meetings),
            reminders.feature(texts, Meetings, Reminders, Goings),
        )
        dispatch = Dispatch(
            store,
            store.outbox_queue,
            features,
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=lambda call: NOTHING,
            help_now=lambda call: NOTHING,
            capabilities=CAN,
        )
        yield Community(store, clock, dispatch, features)
        await dispatch.settle()
