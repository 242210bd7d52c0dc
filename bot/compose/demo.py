"""Something to do at once: the facilitator of the demo plans an evening that begins in a few minutes, by the usual command."""

from datetime import datetime, timedelta

from bot.compose.house import House
from bot.config import Config
from bot.core import ports
from bot.core.calls import Incoming, Kind, Role
from bot.core.clock import Clock
from bot.core.ids import MeetingId, new_id
from bot.core.replies import Press
from bot.platforms.web.records import DEMO, Pane, place_of
from content.loader import load_texts
from storage.meetings import Meetings

AHEAD = timedelta(minutes=3)  # its room opens at once, since rooms open ten minutes before
NEAR = timedelta(minutes=15)
MINUTES = 60


async def plan_an_evening(house: House, config: Config, clock: Clock) -> None:
    """Plan it, unless one is under way or near. What was planned for an earlier demo is taken off first."""
    now = clock.now()
    title = load_texts().of(config.home_language).label("demo.evening")
    stale = await house.store.transact(lambda unit: _stale(unit, title, now))
    if stale is None:
        return
    for series in stale:
        press = Press("series", "cancel", series, "yes")
        await house.dispatch.take(_act(now, Kind.PRESS, press=press))
    start = (now + AHEAD).astimezone(config.home_zone)
    line = f'{start:%A %H:%M} {config.community.zone} {MINUTES} "{title}"'
    preview = await house.dispatch.take(_act(now, Kind.COMMAND, name="meeting create", text=line))
    save = (button.press for row in preview.reply.buttons for button in row if button.press and button.press.action == "save")
    for press in save:
        await house.dispatch.take(_act(now, Kind.PRESS, press=press))


async def _stale(unit: ports.Unit, title: str, now: datetime) -> list[MeetingId] | None:
    """Return earlier demos' series, or None when a meeting is near enough to be held now."""
    place, book = place_of(DEMO[0], Pane.ROOM), Meetings(unit)
    community = await unit.communities.find_or_make(place.platform, place.space)
    found: list[MeetingId] = []
    for series in await book.of_community(community.id):
        coming = await book.next_of(series.id)
        if coming is not None and (coming.is_live or now <= coming.starts_at <= now + NEAR):
            return None
        if series.title == title:
            found.append(series.id)
    return found


def _act(now: datetime, kind: Kind, *, name: str = "", text: str = "", press: Press | None = None) -> Incoming:
    kim = next(persona for persona in DEMO if Role.FACILITATOR in persona.roles)
    return Incoming(
        kind,
        receipt=f"demo_{new_id()}",
        account=kim.account,
        place=place_of(kim, Pane.ROOM),
        at=now,
        name=name,
        press=press,
        arguments={"text": text} if text else {},
        roles=kim.roles,
    )
