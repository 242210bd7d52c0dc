"""What both sides of a report share: its books, its letters, and the promise of an answer."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.ids import CommunityId, PersonId
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.quiet import after_quiet
from bot.core.replies import Reply
from bot.core.reporting import Looks
from bot.core.richtext import Nodes
from bot.core.staff import StaffOf
from bot.core.texts import Say, Texts
from bot.core.whose import PeaceOf, language_of, zone_of
from handlers.reports import views
from handlers.reports.records import Kind, Report, ReportBook

WAITS = "timer.report"

Emergency = Callable[[str, Say], Nodes]
"""A country's emergency number."""


class Desk:
    """`looks`: by the letter of what is reported. `contact`: how the host can be reached, for what no facilitator may decide."""

    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], ReportBook],
        staff: StaffOf,
        looks: Mapping[str, Looks],
        peace: PeaceOf,
        emergency: Emergency,
        contact: str,
    ) -> None:
        self.texts = texts
        self.books = books
        self.staff = staff
        self.looks = looks
        self.emergency = emergency
        self.contact = contact
        self._peace = peace

    def say(self, call: Call) -> Say:
        return self.texts.of(call.language)

    async def say_to(self, person: PersonId, unit: Unit) -> Say:
        return self.texts.of(await language_of(await unit.people.get(person), unit))

    async def send(self, report: Report, readers: list[PersonId], unit: Unit) -> None:
        """Give it to its readers, and promise that somebody looks whether there was an answer."""
        for reader in readers:
            await self.books(unit).send(report.id, reader, report.at)
            await self.letter(report, reader, views.letter(await self.say_to(reader, unit), report.id), report.at, unit)
        await unit.due.add(Due(due_key(report.id), WAITS, report.answer_by, report.id), report.person)

    async def letter(self, report: Report, reader: PersonId, reply: Reply, now: datetime, unit: Unit, again: str = "") -> None:
        """Write to a reader. At night it waits for the morning, but for what cannot wait."""
        heard = now
        if report.body.kind is not Kind.DANGER and (peace := await self._peace(reader, unit)) is not None:
            heard = after_quiet(now, peace.quiet, await zone_of(await unit.people.get(reader), unit))
        slot = slot_of(report.id, reader)
        key = f"{slot}_{again}" if again else slot
        post = Post(key, Lane.PRIVATE, ToPerson(reader), reply, heard if heard > now else None, slot=slot)
        await unit.outbox.add(post)

    async def take_back(self, report: Report, unit: Unit, now: datetime) -> None:
        """Its readers' letters say that it was taken back; what waits is not sent."""
        for reader in await self.books(unit).readers(report.id):
            reply = views.letter_back(await self.say_to(reader, unit))
            await self.letter(report, reader, reply, now, unit, "back")
        await unit.due.drop(due_key(report.id))

    async def leaves(self, person: PersonId, now: datetime, unit: Unit) -> None:
        """Who reported is erased, and their reports with them."""
        for report in await self.books(unit).of(person):
            if report.is_live:
                await self.take_back(report, unit, now)

    async def tell(self, report: Report, key: str, reply: Reply, unit: Unit) -> None:
        """Write to who reported. Each message is new: an edit would not be heard."""
        slot = f"reported_{report.id}"
        await unit.outbox.withdraw(slot)
        await unit.outbox.add(Post(f"{slot}_{key}", Lane.PRIVATE, ToPerson(report.person), reply, slot=slot))

    async def community_of(self, call: Call) -> CommunityId | None:
        """The community whose facilitators are meant when nothing says which."""
        if call.community is not None:
            return call.community.id
        return call.person.home if call.person is not None else None

    async def changed(self, report: Report, unit: Unit, **body: object) -> Report:
        """Keep a report with parts of its body changed."""
        after = replace(report, body=replace(report.body, **body))
        await self.books(unit).keep(after)
        return after


def slot_of(report: str, reader: PersonId) -> str:
    return f"report_{report}_{reader}"


def due_key(report: str) -> str:
    return f"report_{report}"
