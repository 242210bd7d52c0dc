"""/meeting board and /meeting events: what hangs, for everybody in a room or server to see. Facilitators only."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.core.calls import Call, Community
from bot.core.errors import BadInput, BadPress
from bot.core.ids import CommunityId, RoomId
from bot.core.meetings import Audience, When
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.screens import told
from bot.core.texts import Texts
from bot.core.zones import folded
from handlers.noticeboard import rules, views
from handlers.noticeboard.keeper import Keeper
from handlers.noticeboard.records import Board, NoticeBook, Wish

ENGLISH = "en"


class BoardInTheRoom(BadInput):
    """A board hangs where it is asked for."""

    text_key = "noticeboard.in_room"


class BadBoard(BadInput):
    """What stands behind the command is none of its words."""

    text_key = "noticeboard.bad_board"


class BadEvents(BadInput):
    text_key = "noticeboard.bad_events"


class TooManyBoards(BadInput):
    text_key = "noticeboard.too_many"


class NoticeCommands:
    def __init__(self, texts: Texts, notices: Callable[[Unit], NoticeBook], keeper: Keeper, doors: Doors) -> None:
        self._texts = texts
        self._notices = notices
        self._keeper = keeper
        self._doors = doors

    async def board(self, call: Call, unit: Unit) -> Reply:
        """Hang a schedule in this room, for participants or for family and friends, or take it down."""
        if call.place.private or call.community is None:
            raise BoardInTheRoom()
        said = self._said(call, call.arguments.get("show", ""), ("participants", "family", "off"))
        if said is None:
            raise BadBoard()
        room = await unit.rooms.find_or_make(call.community.id, call.place)
        if not await self._doors.may(call, unit, room.id, call.community.id, call.at + rules.GRANT):
            return views.refused(self._texts.of(call.language), call.place.private)
        if said == "off":
            return await self._down(call, unit, call.community, room.id)
        return await self._hang(call, unit, call.community, Board(room.id, call.community.id, Audience(said or "participants")))

    async def _hang(self, call: Call, unit: Unit, community: Community, board: Board) -> Reply:
        boards = await self._notices(unit).boards(community.id)
        before = next((one for one in boards if one.room == board.room), None)
        if before is None and len(boards) >= rules.MOST_BOARDS:
            raise TooManyBoards()
        await self._keeper.hang(unit, community, board, call.at)
        again = before is not None and before.audience is board.audience
        return views.hung(self._texts.of(call.language), board.room, again=again)

    async def down(self, call: Call, unit: Unit) -> Reply:
        """The button of a board's screen."""
        room = await unit.rooms.get(RoomId(call.press.subject))
        community = await unit.communities.get(room.community) if room else None
        if room is None or community is None:
            raise BadPress(why="room")
        if not await self._doors.may(call, unit, room.id, community.id):
            return views.refused(self._texts.of(call.language), call.place.private)
        return await self._down(call, unit, community, room.id)

    async def _down(self, call: Call, unit: Unit, community: Community, room: RoomId) -> Reply:
        say = self._texts.of(call.language)
        if await self._notices(unit).board(room) is None:
            return told(say, "noticeboard.hangs_not")
        await self._keeper.take_down(unit, community, room, call.at)
        return told(say, "noticeboard.is_down")

    # The platform's calendar ------------------------------------------------------------------------------------------

    async def events(self, call: Call, unit: Unit) -> Reply:
        """Show whether evenings stand in the platform's calendar, or change it by a word."""
        if call.place.private or call.community is None:
            raise BoardInTheRoom()
        said = self._said(call, call.arguments.get("switch", ""), ("on", "off"))
        if said is None:
            raise BadEvents()
        if not await self._doors.may(call, unit, call.community.id, call.community.id, call.at + rules.GRANT):
            return views.refused(self._texts.of(call.language), call.place.private)
        return await self._set(call, unit, call.community, said, again=False)

    async def set_events(self, call: Call, unit: Unit) -> Reply:
        """A button of that screen."""
        community = await unit.communities.get(CommunityId(call.press.subject))
        if community is None or call.press.value not in ("on", "off", "titled", "neutral", "participants", "family"):
            raise BadPress(why="events")
        if not await self._doors.may(call, unit, community.id, community.id):
            return views.refused(self._texts.of(call.language), call.place.private)
        return await self._set(call, unit, community, call.press.value, again=True)

    async def _set(self, call: Call, unit: Unit, community: Community, said: str, *, again: bool) -> Reply:
        say, book = self._texts.of(call.language), self._notices(unit)
        if not self._keeper.has_events(community):
            return told(say, "noticeboard.no_calendar")
        before = await book.wish(community.id)
        wish = _after(before, said, community.id)
        if wish != before:
            await (book.drop_wish(community.id) if wish is None else book.put_wish(wish))
            await unit.due.add(When.BOARD.due(call.at, community.id))
            await unit.due.add(rules.mending(community.id, call.at))
        return views.events(say, community, wish, again=again)

    def _said(self, call: Call, typed: str, known: tuple[str, ...]) -> str | None:
        """Return which of the known words was typed, in English or in the caller's language; "" for none, None for another."""
        wanted = folded(typed)
        if not wanted or wanted in known:
            return wanted
        say = self._texts.of(call.language)
        return next((word for word in known if wanted in map(folded, say.label(f"noticeboard.said_{word}").split(","))), None)


def _after(wish: Wish | None, said: str, community: CommunityId) -> Wish | None:
    """Return what is wanted after a word or a press. A button of a screen from before it was turned off turns nothing on."""
    match said:
        case "off":
            return None
        case "on":
            return wish or Wish(community)
        case "titled" | "neutral" if wish is not None:
            return replace(wish, discreet=said == "neutral")
        case "participants" | "family" if wish is not None:
            return replace(wish, audience=Audience(said))
        case _:
            return wish
