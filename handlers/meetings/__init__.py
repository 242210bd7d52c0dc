"""The meetings' room, from the lobby to the close: /meeting start next checkin end, /substitute."""

from collections.abc import Callable, Mapping

from bot.core.agenda import Tallies
from bot.core.features import Action, Command, Feature, Where
from bot.core.happenings import What
from bot.core.meetings import Floor, When
from bot.core.outlines import Outline, OwnOutlines, outline_from
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.meetings.card import LOST
from handlers.meetings.commands import HelpCard, RoomCommands
from handlers.meetings.hosting import Hosting, RoleSeen
from handlers.meetings.jobs import RoomJobs
from handlers.meetings.pace import PaceCommands
from handlers.meetings.records import NoFloor, RoomStore, Substitutes
from handlers.meetings.reported import looks
from handlers.meetings.stage import Stage
from handlers.meetings.standing_in import StandingIn
from handlers.meetings.steps import Steps


def feature(
    texts: Texts,
    books: Callable[[Unit], RoomStore],
    outlines: Mapping[str, Outline],
    agenda: Callable[[Unit], Tallies],
    *,
    own: Callable[[Unit], OwnOutlines],
    substitutes: Callable[[Unit], Substitutes],
    help_card: HelpCard,
    floor: Callable[[Unit], Floor] = lambda unit: NoFloor(),
    role_seen: RoleSeen | None = None,
) -> Feature:
    """`outlines`: the shipped ones by their names, `own` those of communities; `agenda`: what a room may know of its check-ins;
    `help_card`: the first screen of help by country and language; `floor`: who speaks and who waits; `role_seen`: who hears what an
    act in a room tells of somebody's role.

    A facilitator's presses are checked in the handlers, by role or by a grant that the role left (see `bot.core.rights`).
    """
    stage = Stage(texts, books, outlines, agenda, floor, own)
    doors, hosting = Doors(books), Hosting(texts, books, substitutes, role_seen)
    steps = Steps(texts, books, stage, doors, hosting)
    room, pace, standing_in = RoomCommands(steps, help_card), PaceCommands(steps), StandingIn(steps, doors, substitutes)
    jobs = RoomJobs(stage, hosting)
    return Feature(
        name="meetings",
        commands=(
            Command("meeting start", room.start, where=Where.ROOM, facilitators=True),
            Command("meeting next", room.next, where=Where.ROOM, facilitators=True),
            Command("meeting checkin", room.checkin, where=Where.ROOM, facilitators=True),
            Command("meeting end", room.end, where=Where.ROOM, facilitators=True),
            Command(
                "facilitator substitute",
                standing_in.substitute,
                where=Where.ROOM,
                aliases=("substitute", "vertretung"),
                facilitators=True,
            ),
        ),
        presses={
            "join": Action(room.join),
            "panel": Action(room.panel),
            "start": Action(room.start),
            "next": Action(room.next),
            "checkin": Action(room.checkin),
            "help_card": Action(room.help_card),
            "end": Action(room.end),
            "more": Action(pace.more),
            "pause": Action(pace.pause),
            "resume": Action(pace.resume),
            "stay": Action(pace.stay),
            "host": Action(standing_in.host),
            "claim": Action(standing_in.claim),
            "substitute": Action(standing_in.substitute),
        },
        jobs={
            When.CLAIM.kind: jobs.claim,
            When.OPEN.kind: jobs.open,
            When.START.kind: jobs.start,
            When.SEGMENT.kind: jobs.segment,
            When.CLOSING.kind: jobs.closing,
            When.CLOSE.kind: jobs.close,
            When.CARD.kind: jobs.card,
            LOST: jobs.lost,
            "housekeeping.presence": jobs.forget_presence,
        },
        happenings={
            What.ROOM_GONE: jobs.room_gone,
            What.BOT_IN: jobs.back,
            What.BOT_OUT: jobs.video_off,
            What.VIDEO_ON: jobs.video_on,
            What.VIDEO_OFF: jobs.video_off,
        },
    )


__all__ = ["Outline", "feature", "looks", "outline_from"]
