"""What rooms are told of meetings, when and where: settled by facilitators with /meeting announce."""

from collections.abc import Callable, Mapping

from bot.core.coming import ComingBook
from bot.core.features import Action, Command, Feature, Option, Where
from bot.core.meetings import Hosts, When
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.announcements.commands import AnnounceCommands
from handlers.announcements.community import CommunityCommands
from handlers.announcements.desk import Desk
from handlers.announcements.digest import DIGEST, DigestJobs
from handlers.announcements.jobs import TELL, AnnouncementJobs
from handlers.announcements.reaching import Reaching
from handlers.announcements.records import AnnouncementStore, EveningBook, Headcount


def feature(
    texts: Texts,
    meetings: Callable[[Unit], EveningBook],
    books: Callable[[Unit], AnnouncementStore],
    heads: Callable[[Unit], Headcount],
    evenings: Callable[[Unit], ComingBook],
    hosts: Callable[[Unit], Hosts],
    moved: Mapping[str, Action] | None = None,
) -> Feature:
    """`moved`: presses that other features have taken over, and that stand on messages of before.

    A facilitator's presses are checked in the handlers, by role or by a grant that the role left (see `Doors`).
    """
    desk = Desk(texts, meetings, books, heads, Doors(hosts))
    reaching = Reaching(desk)
    commands, community = AnnounceCommands(desk, reaching), CommunityCommands(desk)
    jobs, digests = AnnouncementJobs(texts, meetings, books, heads), DigestJobs(texts, books, evenings)
    return Feature(
        name="announcements",
        commands=(Command("meeting announce", commands.announce, where=Where.ROOM, options=(Option("text"),), facilitators=True),),
        presses={
            "settings": Action(commands.settings),
            "others": Action(commands.others),
            "when": Action(commands.when),
            "words": Action(commands.words),
            "home": Action(commands.home),
            "here": Action(reaching.here),
            "away": Action(reaching.away),
            "code": Action(reaching.code),
            "ping": Action(reaching.ping),
            "quiet": Action(community.quiet),
            "digest": Action(community.digest),
            **(moved or {}),
        },
        forms={"quiet_typed": Action(community.quiet_typed)},
        jobs={
            When.ANNOUNCE_PLAN.kind: jobs.plan,
            When.ANNOUNCE_DAY.kind: jobs.tell,
            When.ANNOUNCE_SOON.kind: jobs.tell,
            TELL: jobs.tell,
            DIGEST: digests.week,
        },
    )
