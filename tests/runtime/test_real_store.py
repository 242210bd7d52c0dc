"""The runtime over the real database, with the real texts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.core.calls import Call
from bot.core.errors import PlatformDown
from bot.core.features import Action, Command, Feature, Needs
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Field, Form, Press, Reply, To
from bot.core.richtext import Paragraph, Text, plain_block
from bot.runtime.courier import Courier
from bot.runtime.dispatch import Dispatch
from bot.runtime.timekeeper import Timekeeper
from content.loader import load_texts
from tests.runtime.fakes import CAN, FakePlatform, HeldAlarm, NoPainter, SteppedClock, command, filled, pressed, typed
from tests.stores import storage_for_tests

FORM = Form(Press("timer", "set"), "Timer", (Field("minutes", "Minutes"), Field("note", "Note", required=False)))


class Timer:
    """A feature with a timer: it is set by command or form, and its moment puts a message into the outbox."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.fails = 0

    def feature(self) -> Feature:
        return Feature(
            "timer",
            commands=(Command("timer", self.set, needs=Needs.PERSON), Command("ask", self.ask)),
            presses={"set": Action(self.set), "live": Action(self.live)},
            forms={"set": Action(self.set)},
            jobs={"timer.ring": self.ring},
        )

    async def set(self, call: Call, unit: Unit) -> Reply:
        await unit.due.add(Due(f"timer_{call.who}", "timer.ring", call.at + timedelta(minutes=1), call.who), call.who)
        self.done.append(call.arguments.get("minutes", ""))
        return said("set")

    async def ask(self, call: Call, unit: Unit) -> Reply:
        return said("ask", form=FORM)

    async def live(self, call: Call, unit: Unit) -> Reply:
        return said("live", slot=f"flow_{call.who}")

    async def ring(self, due: Due, now: datetime, unit: Unit) -> None:
        person = await unit.people.get(due.subject)  # type: ignore[arg-type]  # the subject is the person
        assert person is not None
        await unit.outbox.add(Post(f"rung_{due.key}", Lane.PRIVATE, ToPerson(person.id), said("ring", slot=f"flow_{person.id}")))
        if self.fails:
            self.fails -= 1
            raise ValueError


def said(words: str, **more: object) -> Reply:
    return Reply((Paragraph((Text(words),)),), To.PRIVATE, **more)  # type: ignore[arg-type]


class RealHouse:
    def __init__(self, store, clock: SteppedClock) -> None:
        self.store = store
        self.clock = clock
        self.timer = Timer()
        self.alarm = HeldAlarm()
        self.platform = FakePlatform(clock)
        features = (self.timer.feature(),)
        self.dispatch = self.build()
        self.keeper = Timekeeper(store.due_queue, store, features, clock, "one", alarm=self.alarm)
        self.courier = Courier(store.outbox_queue, {"telegram": self.platform}, NoPainter(), clock, "one")

    def build(self) -> Dispatch:
        return Dispatch(
            self.store,
            self.store.outbox_queue,
            (self.timer.feature(),),
            load_texts(),
            self.clock,
            zone="UTC",
            language="en",
            country="US",
            gate=lambda call: said("gate"),
            help_now=lambda call: said("help"),
            capabilities=CAN,
        )

    def now(self) -> datetime:
        return self.clock.now()

    async def take(self, act) -> str:
        return text((await self.dispatch.take(act)).reply)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(self.keeper.run()), asyncio.create_task(self.courier.run())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def pass_minute(self) -> None:
        await until(lambda: bool(self.alarm.settings))
        await self.clock.go(60)
        self.alarm.ring()


def text(reply: Reply) -> str:
    return "\n".join(plain_block(block) for block in reply.blocks)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in the database's thread
            await asyncio.sleep(0.005)


@pytest.fixture
async def house(tmp_path, stepped) -> AsyncIterator[RealHouse]:
    made: list[RealHouse] = []

    def on_due(at: datetime) -> None:
        for it in made:
            it.keeper.wake(at)

    def on_outbox() -> None:
        for it in made:
            it.courier.wake()

    async with storage_for_tests(tmp_path, stepped, on_due=on_due, on_outbox=on_outbox) as store:
        made.append(RealHouse(store, stepped))
        yield made[0]


async def test_a_redelivered_act_answers_the_same_and_changes_nothing(house):
    first = await house.dispatch.take(command("timer", receipt="7", at=house.now()))
    again = await house.build().take(command("timer", receipt="7", at=house.now()))
    assert (again.again, again.reply) == (True, first.reply)
    assert len(house.timer.done) == 1


async def test_a_timer_rings_once_and_edits_the_message_it_belongs_to(house):
    live = await house.dispatch.take(pressed("timer", "live", at=house.now()))
    await house.dispatch.sent(live, "m7")
    await house.dispatch.settle()
    await house.take(command("timer", at=house.now()))
    async with house.running():
        await house.pass_minute()
        await until(lambda: bool(house.platform.took))
    [(_, delivery)] = house.platform.took
    assert (text(delivery.reply), delivery.edit) == ("ring", "m7")
    assert await house.store.due_queue.next_at() is None
    assert await house.store.outbox_queue.next_at("telegram") is None


async def test_a_job_that_fails_first_sends_once(house):
    house.timer.fails = 1
    await house.take(command("timer", at=house.now()))
    async with house.running():
        await house.pass_minute()
        await until(lambda: house.alarm.settings[-1] == house.now() + timedelta(seconds=1))
        await house.clock.go(1)
        house.alarm.ring()
        await until(lambda: bool(house.platform.took))
    assert [text(delivery.reply) for _, delivery in house.platform.took] == ["ring"]


async def test_an_answer_that_was_never_sent_leaves_after_a_restart_once(house):
    await house.dispatch.take(command("timer", at=house.now()))
    async with house.running():
        for _ in range(2):
            house.dispatch = house.build()
            await house.dispatch.resume()
        await until(lambda: bool(house.platform.took))
        await house.clock.go(5)
    assert [text(delivery.reply) for _, delivery in house.platform.took] == ["set"]


async def test_an_answer_the_adapter_could_not_send_leaves_by_the_courier(house):
    answer = await house.dispatch.take(command("timer", at=house.now()))
    async with house.running():
        await house.dispatch.not_sent(answer, PlatformDown(maybe_done=False))
        await until(lambda: bool(house.platform.took))
    assert [text(delivery.reply) for _, delivery in house.platform.took] == ["set"]


async def test_a_form_is_asked_and_answered_over_a_restart(house):
    assert "Minutes" in await house.take(command("ask", at=house.now()))
    house.dispatch = house.build()
    assert "2 of 2" in await house.take(typed("12", at=house.now()))
    assert await house.take(pressed("form", "skip", "1", at=house.now())) == "set"
    assert house.timer.done == ["12"]
    assert "closed" in await house.take(pressed("form", "skip", "1", at=house.now()))


async def test_too_long_and_unexpected_words_are_answered_in_ones_language(house):
    assert "4000" in (await house.take(typed("x" * 9999, at=house.now()))).replace(",", "").replace(".", "")
    assert "Nachricht" in await house.take(typed("hallo", locale="de", at=house.now()))
    forged = filled(Press("nobody", "nothing"), {}, locale="en", at=house.now())
    assert "button" in await house.take(forged)
