"""What facilitators get in private without having asked just now. A lock screen may show it: it names no meeting.

Who paused what the bot sends gets none of it; in somebody's quiet hours it waits for their end.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.ids import PersonId
from bot.core.meetings import DUTY_BEFORE
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.quiet import after_quiet
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Words
from bot.core.texts import Say, Value, say_p
from bot.core.when import day_and_time
from bot.core.whose import PeaceOf, language_of, zone_of
from handlers.roster import rules
from handlers.roster.desk import Desk, Found, is_ahead
from handlers.roster.records import Role
from handlers.roster.views import button

MOST_ASKED = 40
SHORT = 12  # digits of a member's id that a button carries
View = Callable[[Say, ZoneInfo], Reply]


class Letters:
    def __init__(self, desk: Desk, peace: PeaceOf) -> None:
        self._desk = desk
        self._peace = peace

    async def send(self, unit: Unit, to: PersonId, key: str, view: View, now: datetime, until: datetime) -> bool:
        """Promise a letter, unless it could only come too late, or its reader wants none. Returns whether it was."""
        person = await unit.people.get(to)
        peace = await self._peace(to, unit)
        if person is None or now >= until or (peace is not None and peace.are_paused(now)):
            return False
        zone = await zone_of(person, unit)
        at = after_quiet(now, peace.quiet, zone) if peace is not None else now
        if at >= until:
            return False
        say = self._desk.texts.of(await language_of(person, unit))
        await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(to), view(say, zone), not_before=at, too_late_at=until))
        return True

    # An evening without a host --------------------------------------------------------------------------------------------

    async def ask(self, unit: Unit, found: Found, gave: PersonId | None, now: datetime) -> int:
        """Ask whoever may host it, each once. `gave`: who gave it back; then the substitutes are asked as well."""
        planned = found.planned
        until = rules.asks_until(found.evening.starts_at)
        if planned is None or found.evening.starts_at - now < rules.TOO_LATE_TO_ASK:
            return 0
        giver = await self._desk.books(unit).member(found.series.community, gave) if gave is not None else None
        mark, asked = giver.id[:SHORT] if giver is not None else "", 0
        for person in await self._may_host(unit, found, gave):
            key = f"roster_stand_{planned.id}_{person}_{_start(found)}_{mark}"
            asked += await self.send(unit, person, key, _asks(found, planned.id, person, mark), now, until)
        return asked

    async def settled(self, unit: Unit, found: Found, by: PersonId, now: datetime, gave: PersonId | None = None) -> None:
        """Somebody took it on: who was asked need not think about it any more."""
        planned = found.planned
        if planned is None or not is_ahead(planned) or planned.starts_at - now > DUTY_BEFORE:
            return  # nobody was asked yet
        for person in await self._may_host(unit, found, gave):
            if person != by:
                key = f"roster_settled_{planned.id}_{person}_{_start(found)}_{int(now.timestamp())}"
                await self.send(unit, person, key, _settles(planned.id, person), now, planned.ends_at)

    async def _may_host(self, unit: Unit, found: Found, gave: PersonId | None) -> Sequence[PersonId]:
        community = found.series.community
        listed = [one.person for one in await self._desk.books(unit).of(community)]
        if gave is not None:
            listed += await self._desk.substitutes(unit).of(community)
        others = [person for person in dict.fromkeys(listed) if person not in (gave, found.duty.host)]
        return others[:MOST_ASKED]


def _asks(found: Found, planned: str, person: PersonId, mark: str) -> View:
    def view(say: Say, zone: ZoneInfo) -> Reply:
        when = day_and_time(found.evening.starts_at, zone, say.language)
        take = button(say, "stand", planned, mark, style=Style.GO)
        return Reply(
            (say_p(say, "roster.stand_ask", when=when),), To.PRIVATE, ((take,), help_row(say)), slot=_slot(planned, person)
        )

    return view


def _settles(planned: str, person: PersonId) -> View:
    def view(say: Say, zone: ZoneInfo) -> Reply:
        told = say_p(say, "roster.stand_settled")
        return Reply((told,), To.PRIVATE, (help_row(say),), slot=_slot(planned, person), quiet=True)

    return view


def _slot(planned: str, person: PersonId) -> str:
    return f"stand_{planned}_{person}"


def _start(found: Found) -> int:
    return int(found.evening.starts_at.timestamp())  # an evening that is moved is news


# To those on duty ---------------------------------------------------------------------------------------------------------


def reminder(found: Found, planned: str, role: Role, slot: str, *, has_note: bool, is_news: bool = False) -> View:
    """A day before; or when the evening was moved since (`is_news`)."""
    key = f"roster.moved_{role}" if is_news else f"roster.duty_{role}"

    def view(say: Say, zone: ZoneInfo) -> Reply:
        when = day_and_time(found.evening.starts_at, zone, say.language)
        answers = (button(say, "there", planned, style=Style.GO), button(say, "cannot", planned))
        note = ((button(say, "read", found.series.id),),) if has_note else ()
        return Reply((say_p(say, key, when=when),), To.PRIVATE, (answers, *note, help_row(say)), slot=slot)

    return view


def panel_letter(found: Found, planned: str, role: Role) -> View:
    """Half an hour before: the way to the evening's panel."""

    def view(say: Say, zone: ZoneInfo) -> Reply:
        when = day_and_time(found.evening.starts_at, zone, say.language)
        action = "host" if role is Role.HOST else "panel"
        here = Button(say.label(f"roster.lead_{role}_button"), Press("meetings", action, planned), Style.GO)
        return Reply((say_p(say, f"roster.lead_{role}", when=when),), To.PRIVATE, ((here,), help_row(say)))

    return view


def news(key: str, at: datetime, name: str = "") -> View:
    """One sentence about an evening, which may name a colleague."""

    def view(say: Say, zone: ZoneInfo) -> Reply:
        who: Value = Words(name) if name else say.label("roster.somebody")
        told = say_p(say, key, when=day_and_time(at, zone, say.language), name=who)
        return Reply((told,), To.PRIVATE, (help_row(say),))

    return view
