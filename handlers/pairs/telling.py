"""Messages to one of two, who did not ask just now: discreet, in their own language, not in their quiet hours."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.texts import Say, Texts
from bot.core.whose import PeaceOf, heard_at, language_of, zone_of
from handlers.pairs.records import Side

KIND = "timer.pair"  # of every moment of a pair; it stands unencrypted on disk
NEWS = timedelta(days=2)  # so long it is tried to tell somebody

Made = Callable[[Say], Reply]


def slot(what: str, side: Side) -> str:
    """The place of what waits for somebody: `ask` the question of the day, `note` what came, `word` everything about the two."""
    return f"pair_{what}_{side.id}"


class Telling:
    def __init__(self, texts: Texts, peace: PeaceOf, ids: Callable[[], str]) -> None:
        self.texts = texts
        self._peace = peace
        self._ids = ids

    async def is_paused(self, side: Side, now: datetime, unit: Unit) -> bool:
        peace = await self._peace(side.person, unit)
        return peace is not None and peace.are_paused(now)

    async def tell(
        self, side: Side, what: str, made: Made, now: datetime, unit: Unit, *, late: timedelta = NEWS, door: bool = False
    ) -> None:
        """Promise a message in place of one of its kind that still waits. `door`: if it cannot be handed over, the pair ends."""
        person = await unit.people.get(side.person)
        if person is None:
            return
        peace = await self._peace(person.id, unit)
        heard = heard_at(peace, await zone_of(person, unit), now)
        reply = made(self.texts.of(await language_of(person, unit)))
        too_late, place = heard + late, slot(what, side)
        failed = Due(f"{place}_door", KIND, now, f"door.{side.id}.{int(too_late.timestamp())}") if door else None
        await unit.outbox.withdraw(place)
        post = Post(
            key=f"{place}_{self._ids()}",
            lane=Lane.PRIVATE,
            to=ToPerson(person.id),
            reply=reply,
            not_before=heard if heard > now else None,
            too_late_at=too_late,
            slot=place,
            failed=failed,
        )
        await unit.outbox.add(post)

    async def hush(self, side: Side, unit: Unit, *which: str) -> None:
        """Withdraw what waits for somebody."""
        for what in which or ("ask", "note", "word"):
            await unit.outbox.withdraw(slot(what, side))
