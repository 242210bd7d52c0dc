"""Weekly meetings and their room: /meeting create start next checkin end cancel."""

from collections.abc import Callable, Mapping

from bot.core.features import Action, Command, Feature, Option, Where
from bot.core.meetings import Agenda, When
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.meetings.commands import RoomCommands
from handlers.meetings.create import CreateCommands
from handlers.meetings.jobs import RoomJobs
from handlers.meetings.planning import plan_missing
from handlers.meetings.records import MeetingsStore, Outline, outline_from
from handlers.meetings.stage import Stage


def feature(
    texts: Texts,
    books: Callable[[Unit], MeetingsStore],
    outlines: Mapping[str, Outline],
    agenda: Callable[[Unit], Agenda],
) -> Feature:
    """`outlines` by their length in minutes; `agenda` is what a room may know of its check-ins.

    A facilitator's presses are checked in the handlers, by role or by a grant that the role left (see `doors`).
    """
    stage = Stage(texts, books, outlines, agenda)
    doors = Doors(books)
    series = CreateCommands(texts, books, stage, doors)
    room = RoomCommands(texts, books, stage, doors)
    jobs = RoomJobs(stage)
    return Feature(
        name="meetings",
        commands=(
            Command("meeting create", series.create, where=Where.ROOM, options=(Option("text"),), facilitators=True),
            Command("meeting start", room.start, where=Where.ROOM, facilitators=True),
            Command("meeting next", room.next, where=Where.ROOM, facilitators=True),
            Command("meeting checkin", room.checkin, where=Where.ROOM, facilitators=True),
            Command("meeting end", room.end, where=Where.ROOM, facilitators=True),
            Command("meeting cancel", series.which, where=Where.ROOM, facilitators=True),
        ),
        presses={
            "join": Action(room.join),
            "panel": Action(room.panel),
            "start": Action(room.start),
            "next": Action(room.next),
            "checkin": Action(room.checkin),
            "host": Action(room.host),
            "end": Action(room.end),
            "cancel": Action(series.cancel),
            "keep": Action(series.keep),
        },
        forms={"save": Action(series.save)},
        jobs={
            When.OPEN.kind: jobs.open,
            When.CLOSING.kind: jobs.closing,
            When.CLOSE.kind: jobs.close,
            When.CARD.kind: jobs.card,
            "housekeeping.presence": jobs.forget_presence,
        },
    )


__all__ = ["Outline", "feature", "outline_from", "plan_missing"]
