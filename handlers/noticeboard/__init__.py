"""What hangs: a pinned living schedule in rooms, and evenings in the platform's own calendar."""

from collections.abc import Callable, Collection

from bot.core.coming import ComingBook
from bot.core.features import Action, Command, Feature, Option, Where
from bot.core.happenings import What
from bot.core.meetings import Hosts, When
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.noticeboard.commands import NoticeCommands
from handlers.noticeboard.jobs import NoticeJobs
from handlers.noticeboard.keeper import Keeper
from handlers.noticeboard.records import NoticeBook


def feature(
    texts: Texts,
    meetings: Callable[[Unit], ComingBook],
    notices: Callable[[Unit], NoticeBook],
    hosts: Callable[[Unit], Hosts],
    with_events: Collection[str],
) -> Feature:
    """`with_events`: the platforms that have scheduled events of their own. A facilitator's presses are checked in the handlers, by
    role or by a grant that the role left."""
    keeper = Keeper(texts, meetings, notices, with_events)
    commands = NoticeCommands(texts, notices, keeper, Doors(hosts))
    jobs = NoticeJobs(keeper, notices)
    board = Option("show", choices=("participants", "family", "off"))
    return Feature(
        name="noticeboard",
        commands=(
            Command("meeting board", commands.board, where=Where.ROOM, options=(board,), facilitators=True),
            Command(
                "meeting events",
                commands.events,
                where=Where.ROOM,
                options=(Option("switch", choices=("on", "off")),),
                facilitators=True,
            ),
        ),
        presses={"down": Action(commands.down), "events": Action(commands.set_events)},
        jobs={
            When.BOARD.kind: jobs.changed,
            "housekeeping.board": jobs.mend,
            "housekeeping.board_seen": jobs.seen,
            "housekeeping.board_missed": jobs.missed,
            "housekeeping.board_down": jobs.down,
            "housekeeping.event_gone": jobs.event_gone,
            "housekeeping.events_seen": jobs.events_seen,
            "housekeeping.events_missed": jobs.events_missed,
        },
        happenings={What.ROOM_GONE: jobs.room_gone, What.BOT_OUT: jobs.bot_out, What.BOT_IN: jobs.bot_in},
    )


__all__ = ["NoticeBook", "feature"]
