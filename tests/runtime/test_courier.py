"""Waiting messages leave: in order, as fast as allowed, once."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.calls import Place
from bot.core.errors import DoorClosed, MessageGone, PlatformBusy, PlatformDown, PlatformRefused, RoomMoved
from bot.core.ids import MessageRef
from bot.core.posts import Lane
from bot.core.replies import Picture, Reply
from tests.runtime.fakes import row, settle
from tests.runtime.sending import Post


async def test_what_waits_is_sent_once_and_marked(post):
    post.queue.put(row("a"))
    async with post.running():
        await post.clock.go(600)
    assert post.took == [("a", 0)]
    assert post.queue.ends == [("a", "sent")]


async def test_a_new_row_leaves_at_once_when_told(post):
    async with post.running():
        await post.clock.go(5)
        post.queue.put(row("a"))
        post.courier.wake()
        await settle()
        assert [key for key, _ in post.took] == ["a"]


async def test_a_row_for_later_leaves_at_its_time(post):
    post.queue.put(row("a"), not_before=post.clock.now() + timedelta(seconds=40))
    async with post.running():
        await post.clock.go(39)
        assert not post.took
        await post.clock.go(1)
        assert post.took == [("a", 0)]


async def test_a_chat_keeps_its_order_and_others_do_not_wait(post):
    post.platform.seconds = 0.5
    for n in range(3):
        post.queue.put(row(f"a{n}", user="alice"))
    post.queue.put(row("b0", user="bob"))
    async with post.running():
        await post.clock.go(30)
    assert [key for key, _ in post.took if key.startswith("a")] == ["a0", "a1", "a2"]
    assert dict(post.took)["b0"] < 0.1
    assert post.platform.most_at_once == 2


async def test_rows_leave_by_lane(post):
    for n, lane in enumerate((Lane.NEWS, Lane.PRIVATE, Lane.ROOM, Lane.ANSWER)):
        post.queue.put(row(lane.name, lane=lane, user=f"u{n}"))
    async with post.running():
        await post.clock.go(1)
    assert [key for key, _ in post.took] == ["ANSWER", "ROOM", "PRIVATE", "NEWS"]


async def test_a_fan_out_keeps_the_rate_and_no_more_than_sixteen_are_under_way(post):
    post.platform.seconds = 0.05
    for n in range(200):
        post.queue.put(row(f"n{n}", lane=Lane.NEWS, user=f"u{n}"))
    async with post.running():
        await post.clock.go(30)
    times = sorted(at for _, at in post.took)
    assert len(times) == 200
    assert times[-1] <= 200 / 27 + 0.2
    assert all(late - early >= 0.99 for early, late in zip(times, times[27:], strict=False))
    assert post.platform.most_at_once <= 16


async def test_a_full_group_does_not_hold_up_others(post):
    for n in range(60):
        post.queue.put(row(f"g{n}", lane=Lane.ROOM, room="group"))
    post.queue.put(row("p", lane=Lane.NEWS, user="alice"))
    async with post.running():
        await post.clock.go(60)
        assert ("p", "sent") in post.queue.ends
        await post.clock.go(240)
    sent = [key for key, _ in post.took if key.startswith("g")]
    assert sent == [f"g{n}" for n in range(60)]
    times = [at for key, at in post.took if key.startswith("g")]
    assert all(late - early >= 60 for early, late in zip(times, times[20:], strict=False))


@pytest.mark.parametrize("wait", [3, 5, 37, 600])
async def test_a_429_waits_exactly_as_told_and_arrives_once(post, wait):
    post.platform.says = [PlatformBusy(timedelta(seconds=wait))]
    post.queue.put(row("a"))
    post.queue.put(row("b"))  # of the same chat: it stays behind
    async with post.running():
        await post.clock.go(wait + 20)
    assert post.took[:2] == [("a", 0), ("a", wait)]
    assert [key for key, _ in post.took] == ["a", "a", "b"]
    assert sorted(post.queue.ends) == [("a", "sent"), ("b", "sent")]


async def test_a_platform_that_is_down_is_tried_after_growing_waits(post):
    post.platform.says = [PlatformDown(maybe_done=False)] * 4
    post.queue.put(row("a", twice=False))
    async with post.running():
        await post.clock.go(120)
    assert [at for _, at in post.took] == [0, 2, 6, 14, 30]
    assert post.queue.ends == [("a", "sent")]


@pytest.mark.parametrize(("platform", "twice", "times"), [("telegram", False, 1), ("telegram", True, 2), ("discord", False, 2)])
async def test_a_reply_lost_after_its_effect(stepped, platform, twice, times):
    post = Post(stepped, platform)
    post.platform.says = [PlatformDown(maybe_done=True)]
    post.queue.put(row("a", twice=twice), platform)
    async with post.running():
        await post.clock.go(60)
    assert [key for key, _ in post.took] == ["a"] * times
    assert post.queue.ends == [("a", "sent" if times == 2 else "unsure")]


async def test_a_call_that_never_ends_is_given_up_as_perhaps_done(post, monkeypatch):
    monkeypatch.setattr("bot.runtime.handing.SEND_LIMIT", timedelta(milliseconds=20))
    post.platform.seconds = 1e6
    post.queue.put(row("a", twice=False))
    async with post.running():
        await asyncio.sleep(0.05)
        await settle()
    assert post.queue.ends == [("a", "unsure")]


@pytest.mark.parametrize(
    ("error", "end"), [(DoorClosed(), "door_closed"), (PlatformRefused(), "refused"), (MessageGone(), "refused")]
)
async def test_a_final_no_is_final(post, error, end):
    post.platform.says = [error]
    post.queue.put(row("a"))
    async with post.running():
        await post.clock.go(600)
    assert post.queue.ends == [("a", end)]
    assert len(post.took) == 1


async def test_a_message_that_cannot_be_written_is_given_up_and_the_rest_goes_on(post):
    post.platform.says = [ValueError("alice said something"), None] + [ValueError()] * 20
    post.queue.put(row("a"))
    post.queue.put(row("b", user="bob"))
    async with post.running():
        await post.clock.go(600)
    assert post.queue.ends == [("b", "sent"), ("a", "refused")]


async def test_a_room_that_moved_is_followed(post):
    post.platform.says = [RoomMoved("new")]
    post.queue.put(row("a", room="old"))
    async with post.running():
        await post.clock.go(5)
    assert post.queue.moved == [("old", "new")]
    assert [delivery.room.chat for _, delivery in post.platform.took if delivery.room] == ["old", "new"]
    assert post.queue.ends == [("a", "sent")]


async def test_a_message_that_is_gone_is_sent_anew(post):
    post.platform.says = [MessageGone()]
    post.queue.put(row("a", slot="card", edit=MessageRef("old")))
    async with post.running():
        await post.clock.go(5)
    assert [delivery.edit for _, delivery in post.platform.took] == ["old", None]
    assert post.queue.forgotten == ["a"]
    assert post.queue.ends == [("a", "sent")]


async def test_what_is_too_late_is_dropped_also_after_a_wait(post):
    soon = post.clock.now() + timedelta(seconds=2)
    post.queue.put(row("late", too_late_at=post.clock.now()))
    post.queue.put(row("busy", too_late_at=soon, user="bob"))
    post.platform.says = [PlatformBusy(timedelta(seconds=3))]
    async with post.running():
        await post.clock.go(10)
    assert sorted(post.queue.ends) == [("busy", "late"), ("late", "late")]
    assert [key for key, _ in post.took] == ["busy"]


async def test_late_rows_after_a_downtime_do_not_take_the_places_of_others(post):
    for n in range(100):
        post.queue.put(row(f"late{n}", too_late_at=post.clock.now(), user=f"u{n}"))
    post.queue.put(row("good", lane=Lane.NEWS))
    async with post.running():
        await post.clock.go(0)
        await settle(1000)
        assert post.took == [("good", 0)]


async def test_a_sent_row_is_marked_when_the_database_comes_back(post):
    post.queue.put(row("a"))
    post.platform.seconds = 1
    async with post.running():
        post.queue.away = True
        await post.clock.go(5)
        assert not post.queue.ends
        post.queue.away = False
        await post.clock.go(5)
        assert post.queue.ends == [("a", "sent")]
    assert len(post.took) == 1


async def test_a_database_that_is_away_at_the_start_is_waited_for(post):
    post.queue.away = True
    post.queue.put(row("a"))
    async with post.running():
        await post.clock.go(4)
        post.queue.away = False
        await post.clock.go(10)
    assert post.queue.ends == [("a", "sent")]


async def test_answers_that_adapters_send_count(post):
    for n in range(27):
        post.courier.answered(Place("telegram", f"u{n}"))
    post.queue.put(row("a", user="someone"))
    began = post.clock.now()
    async with post.running():
        await post.clock.go(5)
    assert (post.platform.took[0][0] - began).total_seconds() == pytest.approx(1, abs=0.001)


async def test_a_picture_is_drawn_before_it_is_sent_and_its_lack_stops_nothing(stepped):
    class Brush:
        async def paint(self, reply: Reply) -> bytes | None:
            return b"PNG" if reply.picture == Picture("wave", "good") else None

    post = Post(stepped, painter=Brush())
    post.queue.put(row("a", reply=Reply(picture=Picture("wave", "good"))))
    post.queue.put(row("b", reply=Reply(picture=Picture("wave", "bad"))))
    async with post.running():
        await post.clock.go(5)
    assert [delivery.picture for _, delivery in post.platform.took] == [b"PNG", None]


async def test_nothing_of_a_person_is_in_the_log(post, capsys):
    post.platform.says = [ValueError("Alice: my secret"), PlatformRefused(why="Alice's chat")]
    post.queue.put(row("a", user="alice4711"))
    async with post.running():
        await post.clock.go(600)
    printed = "".join(capsys.readouterr()).lower()
    assert "alice" not in printed
    assert "secret" not in printed
    assert "refused" in printed
