"""What hangs in a room, and how a test looks at it."""

from bot.core.ids import RoomId
from bot.core.posts import Claimed
from tests.handlers.directory.house import House
from tests.handlers.screens import text_of

BOARD = "/meeting board"


def boards(house: House) -> list[Claimed]:
    return [claimed for claimed in house.sent if claimed.post.place.startswith("board_")]


async def room_of(house: House, room: str = "room") -> RoomId:
    found = await house.store.transact(lambda unit: unit.rooms.find(house.place("", room)))
    assert found is not None
    return found.id


async def board(house: House, room: str = "room") -> str:
    return text_of(house.hanging[f"board_{await room_of(house, room)}"])
