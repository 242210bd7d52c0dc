"""Handing out a meeting's private check-ins: to all who are there, or to one who came later."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.core.ids import OccurrenceId, PersonId
from bot.core.meetings import MeetingBook, Occurrence, Presence, When
from bot.core.moments import Due
from bot.core.ports import Flows, Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import To
from bot.core.texts import Texts
from handlers.checkin import rules, views
from handlers.checkin.records import CheckInBook

AT_ONCE = 50  # persons a transaction: others' acts wait no longer than that takes
FROM = "from"


class CheckInJobs:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], CheckInBook],
        meetings: Callable[[Unit], MeetingBook],
        presence: Callable[[Unit], Presence],
        flows: Flows,
    ) -> None:
        self._texts = texts
        self._books = books
        self._meetings = meetings
        self._presence = presence
        self._flows = flows

    async def hand_out(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: `<occurrence>` for all, `<occurrence>_<person>` for one, `<occurrence>_from_<person>` to go on after one."""
        name, *rest = due.subject.split("_")
        occurrence = await self._meetings(unit).occurrence(OccurrenceId(name))
        if occurrence is None or not rules.is_open(occurrence):
            return
        series = await self._meetings(unit).series(occurrence.series)
        community = await unit.communities.get(series.community) if series else None
        if community is None:
            return
        if rest and rest[0] != FROM:
            persons = [PersonId(rest[0])]
        else:
            persons = list(await self._presence(unit).some(occurrence.id, rest[-1] if rest else "", AT_ONCE))
            if len(persons) == AT_ONCE:
                await unit.due.add(When.CHECKIN.due(now, f"{occurrence.id}_{FROM}_{persons[-1]}"))
        for person in persons:
            await self._hand(rules.flow_for(series), occurrence, person, community.language, now, unit)

    async def _hand(self, flow: str, occurrence: Occurrence, who: PersonId, language: str, now: datetime, unit: Unit) -> None:
        person = await unit.people.get(who)
        if person is None or await self._books(unit).has(occurrence.id, who):
            return
        language = person.language or language
        if person.consented_at is None:
            reply = views.invitation(self._texts.of(language), occurrence.id)
        else:
            reply = await self._flows.begin(flow, occurrence.id, person, language, now, unit)
        post = Post(
            key=f"checkin_{occurrence.id}_{who}",
            lane=Lane.PRIVATE,
            to=ToPerson(who),
            reply=replace(reply, to=To.PRIVATE),
            too_late_at=occurrence.forgotten_at,
            twice=False,
        )
        await unit.outbox.add(post)
