"""A message for a topic: into it, or nowhere."""

from msgspec.structs import replace

from bot.core.calls import Room
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.posts import Claimed, Lane, Post, ToRoom
from bot.runtime.sending import Drop, Send, before
from tests.fakes import HeldClock

ROOM = Room(RoomId("r"), CommunityId("c"), "telegram", "-1", "")
ROW = Claimed("1", Post("key", Lane.ROOM, ToRoom(ROOM.id), within="topic"), 0, "en", room=ROOM)


def test_without_its_topic_it_is_given_up_as_one_whose_room_is_gone(clock: HeldClock):
    assert before(ROW, clock.now(), same_key_once=True) == Drop("room_gone")


def test_with_its_topic_it_is_sent_and_an_edit_needs_none(clock: HeldClock):
    for row in (replace(ROW, within=MessageRef("topic:1:2")), replace(ROW, edit=MessageRef("1:5"))):
        assert before(row, clock.now(), same_key_once=True) == Send()
