"""What became of an answer."""

from datetime import timedelta

import msgspec
import pytest

from bot.core.calls import Account, Place
from bot.core.errors import DoorClosed, PlatformDown
from bot.core.ids import MessageRef, PersonId
from bot.core.posts import Lane, ToPerson
from bot.core.replies import To
from tests.runtime.fakes import ALICE, PRIVATE, ROOM_PLACE, command, pressed, said

REF = MessageRef("m1")


async def test_a_sent_answer_is_marked_and_not_sent_again_after_a_restart(house):
    answer = await house.take(command("count", at=house.now()))
    await house.dispatch.sent(answer, REF)
    await house.dispatch.settle()
    await house.build().resume()
    assert not house.store.rows.posts


async def test_an_answer_that_was_never_sent_leaves_once_after_a_restart(house):
    answer = await house.take(command("count", receipt="7", at=house.now()))
    for _ in range(2):
        await house.build().resume()
    [post] = house.store.rows.posts.values()
    assert post.key == "answer_telegram:alice:7"
    assert (post.lane, post.reply) == (Lane.ANSWER, answer.reply)


async def test_an_answer_of_long_ago_is_not_sent_after_a_restart(house):
    await house.take(command("count", at=house.now()))
    await house.clock.go(11 * 60)
    await house.build().resume()
    assert not house.store.rows.posts


async def test_an_answer_that_another_process_may_be_sending_is_left_to_it(house):
    """Two processes on one database: the second starts while the first has decided and not yet sent."""
    await house.take(command("count", receipt="7", at=house.now()))
    second = house.build()
    await second.resume(settled=timedelta(minutes=3))
    assert not house.store.rows.posts
    await house.clock.go(180)
    await second.resume(settled=timedelta(minutes=3))
    assert [post.key for post in house.store.rows.posts.values()] == ["answer_telegram:alice:7"]


async def test_marks_of_many_answers_share_a_transaction(house):
    answers = [await house.take(command("count", at=house.now())) for _ in range(15)]
    before = house.store.transactions
    for answer in answers:
        await house.dispatch.sent(answer, REF)
    await house.dispatch.settle()
    assert house.store.transactions == before + 1
    assert all(sent for *_, sent in house.store.rows.receipts.values())


async def test_marks_that_cannot_be_written_raise_nowhere(house):
    answer = await house.take(command("count", at=house.now()))
    house.store.away = True
    await house.dispatch.sent(answer, REF)
    await house.dispatch.settle()


@pytest.mark.parametrize(
    ("place", "to", "platform", "remembered"),
    [
        (PRIVATE, To.ONLY_YOU, "telegram", ("person0", None)),
        (ROOM_PLACE, To.ROOM, "telegram", (None, "room room")),
        (ROOM_PLACE, To.ONLY_YOU, "telegram", ("person0", None)),  # it went to the private chat
        (ROOM_PLACE, To.ONLY_YOU, "discord", None),  # only-you messages cannot be edited later
        (ROOM_PLACE, To.PRIVATE, "discord", ("person0", None)),
    ],
)
async def test_a_living_message_is_remembered_where_it_stands(house, place, to, platform, remembered):
    account, place = Account(platform, "alice"), msgspec.structs.replace(place, platform=platform)
    answer = await house.take(pressed("test", "live", value=to, account=account, place=place, at=house.now()))
    await house.dispatch.sent(answer, REF)
    await house.dispatch.settle()
    assert house.queue.remembered == ([] if remembered is None else [("card", *remembered, REF)])


class TestNotSent:
    async def test_the_courier_takes_over_a_private_answer(self, house):
        answer = await house.take(command("count", receipt="7", at=house.now()))
        await house.dispatch.not_sent(answer, PlatformDown(maybe_done=False))
        [post] = house.store.rows.posts.values()
        assert (post.key, post.to) == ("answer_telegram:alice:7", ToPerson(PersonId("person0")))
        assert post.too_late_at == house.now() + timedelta(hours=1)

    async def test_and_the_restart_does_not_promise_it_twice(self, house):
        answer = await house.take(command("count", at=house.now()))
        await house.dispatch.not_sent(answer, PlatformDown(maybe_done=False))
        house.store.rows.posts.clear()  # the courier sent it
        await house.build().resume()
        assert not house.store.rows.posts

    async def test_an_answer_that_kept_nothing_still_reaches_a_known_person(self, house):
        await house.take(command("count", at=house.now()))
        answer = await house.take(command("now", at=house.now()))
        await house.dispatch.not_sent(answer, PlatformDown(maybe_done=False))
        [post] = house.store.rows.posts.values()
        assert said(post.reply) == "help en US"

    async def test_a_closed_door_stays_closed(self, house):
        answer = await house.take(command("count", at=house.now()))
        await house.dispatch.not_sent(answer, DoorClosed())
        assert not house.store.rows.posts

    async def test_what_one_person_sees_in_a_room_is_not_moved_elsewhere(self, house):
        account, place = Account("discord", "1"), Place("discord", "room", space="s", private=False)
        answer = await house.take(command("count", account=account, place=place, at=house.now()))
        await house.dispatch.not_sent(answer, PlatformDown(maybe_done=False))
        await house.build().resume()
        assert not house.store.rows.posts

    async def test_nobody_and_no_storage_are_a_line_in_the_log(self, house, capsys):
        answer = await house.take(command("free", account=ALICE, at=house.now()))
        await house.dispatch.not_sent(answer, PlatformDown(maybe_done=False))
        house.store.away = True
        await house.dispatch.not_sent(answer, PlatformDown(maybe_done=False))
        printed = capsys.readouterr().out
        assert "nobody" in printed
        assert "storage" in printed
