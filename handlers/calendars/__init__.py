"""Calendars: /calendar with feeds to subscribe to, /meeting export and /meeting import."""

import secrets
from collections.abc import Callable
from datetime import datetime

from bot.core.features import Action, Command, Feature, Where
from bot.core.ids import new_id
from bot.core.meetings import Hosts
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.calendars.almanac import Almanac
from handlers.calendars.commands import CalendarCommands
from handlers.calendars.pages import NAME, CalendarPages
from handlers.calendars.records import CalendarBooks, Followed, SeriesBook
from handlers.calendars.transfer import TransferCommands

TOKEN_BYTES = 24  # 192 random bits; as hex digits, since some calendar programs lower an address


def new_token() -> str:
    return secrets.token_hex(TOKEN_BYTES)


def feature(
    texts: Texts,
    books: Callable[[Unit], CalendarBooks],
    meetings: Callable[[Unit], SeriesBook],
    hosts: Callable[[Unit], Hosts],
    followed: Followed,
    base: Callable[[], str],
    now: Callable[[], datetime],
) -> Feature:
    """`base`: the public address of the pages, without a `/` at its end; "" when there are none. A facilitator's presses are
    checked in the handlers, by role or by a grant that the role left."""
    almanac, doors = Almanac(books, meetings), Doors(hosts)
    own = CalendarCommands(texts, books, almanac, doors, base, new_id, new_token)
    transfer = TransferCommands(texts, books, meetings, almanac, doors, new_id)
    return Feature(
        name="calendars",
        commands=(
            Command("calendar", own.feeds, where=Where.PRIVATE, aliases=("kalender",)),
            Command("meeting export", transfer.export, where=Where.ROOM, facilitators=True),
            Command("meeting import", transfer.ask, where=Where.ROOM, facilitators=True),
        ),
        presses={
            "feeds": Action(own.again),
            "make": Action(own.make),
            "drop": Action(own.drop),
            "titles": Action(own.titles),
            "public": Action(own.public),
            "export": Action(transfer.export),
            "save": Action(transfer.save),
            "discard": Action(transfer.discard),
        },
        forms={"import": Action(transfer.look)},
        pages={NAME: CalendarPages(texts, books, almanac, followed, now).serve},
    )
