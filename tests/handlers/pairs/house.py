"""A small house with pairs over a real store, and people in it who tap, type and are written to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from msgspec.structs import replace

from bot.core.calls import Account, Incoming, Kind, Person, Place
from bot.core.features import Feature
from bot.core.happenings import Happening, What
from bot.core.ids import MessageRef
from bot.core.platform import Capabilities
from bot.core.posts import Claimed
from bot.core.replies import NOTHING, Press, Reply
from bot.runtime.dispatch import Dispatch
from bot.runtime.timekeeper import jobs_of
from content.loader import load_texts
from handlers import pairs
from handlers.reminders.records import Wishes
from storage.database import Store
from storage.pairs import Pairs
from storage.privacy import PersonalRows
from tests.fakes import HeldClock
from tests.handlers.flows.driving import fits
from tests.handlers.screens import buttons_of, press_of, text_of

CAN = {
    "discord": Capabilities(True, True, True, True, 2000, 40),
    "telegram": Capabilities(False, False, False, False, 4096, 40),
    "web": Capabilities(True, True, True, True, 4096, 40),
}
UNNAMED = frozenset({"telegram", "web"})
CODES = [f"{n:028}" for n in range(1, 9)]
GROUPS = [f"{code[:4]}-{code[4:]}" for code in CODES]  # as somebody types it


@dataclass
class Someone:
    """A person with one screen: the newest reply."""

    house: "House"
    account: Account
    person: Person
    screen: Reply = NOTHING

    async def act(self, kind: Kind, *, room: bool = False, **more: object) -> Reply:
        reply = await self.house.take(self.account, kind, room=room, **more)
        if reply != NOTHING:
            self.screen = reply
            if reply.form is None or reply.blocks:
                fits(reply)
        return reply

    async def type(self, words: str = "", *, room: bool = False) -> str:
        arguments = {"text": words} if words else {}
        return text_of(await self.act(Kind.COMMAND, name="community pair", arguments=arguments, room=room))

    async def press(self, press: Press) -> str:
        return text_of(await self.act(Kind.PRESS, press=press))

    async def tap(self, *labels: str) -> str:
        for label in labels:
            await self.press(press_of(self.screen, label))
        return text_of(self.screen)

    async def fill(self, **values: str) -> str:
        assert self.screen.form is not None
        return await self.send(self.screen.form.press, **values)

    async def send(self, press: Press, **values: str) -> str:
        """Send a form as a modified client could."""
        name = f"{press.feature}.{press.action}"
        return text_of(await self.act(Kind.FORM, name=name, press=press, arguments=values))

    def told(self) -> list[str]:
        """What came unasked since the last look; the newest of it is the screen then."""
        came = [one.post.reply for one in self.house.sent if one.account == self.account]
        self.house.sent = [one for one in self.house.sent if one.account != self.account]
        if came:
            self.screen = came[-1]
            fits(self.screen)
        return [text_of(reply) for reply in came]

    def labels(self) -> list[str]:
        return [button.label for button in buttons_of(self.screen)]


@dataclass
class House:
    """`wishes`: what each person wants of messages. `closed`: who cannot be written to."""

    store: Store
    clock: HeldClock
    dispatch: Dispatch
    feature: Feature
    wishes: dict[str, Wishes] = field(default_factory=dict)
    closed: set[Account] = field(default_factory=set)
    sent: list[Claimed] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)

    async def meet(self, name: str, platform: str = "telegram", *, space: str = "circle", **settings: object) -> Someone:
        """Somebody who has agreed to what is kept, and whose community is known."""

        async def work(unit):
            community = await unit.communities.find_or_make("telegram", space) if space else None
            person = await unit.people.make(Account(platform, name), self.clock.now(), community.id if community else None)
            agreed = {"consented_at": self.clock.now(), "zone": "UTC", **settings}
            await unit.people.save(replace(person, **agreed))
            return await unit.people.get(person.id)

        return Someone(self, Account(platform, name), await self.store.transact(work))

    async def settle(self, someone: Someone, **settings: object) -> None:
        async def work(unit):
            await unit.people.save(replace(await unit.people.get(someone.person.id), **settings))

        await self.store.transact(work)

    def incoming(self, account: Account, kind: Kind, *, room: bool = False, **more: object) -> Incoming:
        place = Place(account.platform, account.user)
        if room:
            place = Place(account.platform, "circle", space="circle", private=False)
        return Incoming(kind, f"r{next(self.numbers)}", account, place, self.clock.now(), locale="en", **more)  # type: ignore[arg-type]

    async def take(self, account: Account, kind: Kind, *, room: bool = False, **more: object) -> Reply:
        self.clock.move(seconds=4)
        answer = await self.dispatch.take(self.incoming(account, kind, room=room, **more))
        await self.dispatch.sent(answer, MessageRef(f"a{next(self.numbers)}"))
        await self.dispatch.settle()
        return answer.reply

    async def leaves_the_group(self, someone: Someone, chat: str = "circle", space: str = "circle") -> None:
        place = Place(someone.account.platform, chat, space=space, private=False)
        heard = Happening(What.LEFT, f"h{next(self.numbers)}", place, self.clock.now(), someone.account)
        await self.dispatch.heard(heard)
        await self.work_off()

    async def erase(self, someone: Someone) -> None:
        async def work(unit):
            assert self.feature.leaves is not None
            await self.feature.leaves(someone.person.id, self.clock.now(), unit)
            await PersonalRows(unit).erase(someone.person.id, self.clock.now())

        await self.store.transact(work)
        await self.work_off()

    # Time -----------------------------------------------------------------------------------------------------------

    async def pass_time(self, **by: float) -> None:
        """Let time pass: each moment at its own time, and what is promised is sent."""
        until = self.clock.now() + timedelta(**by)
        while (at := await self._next()) is not None and at <= until:
            self.clock.at = max(self.clock.at, at)
            await self.work_off()
        self.clock.at = until
        await self.work_off()

    async def sleep_through(self, **by: float) -> None:
        """The bot is down while time passes; then it starts."""
        self.clock.move(**by)
        await self.work_off()

    async def _next(self):
        moments = [await self.store.due_queue.next_at()]
        moments += [await self.store.outbox_queue.next_at(platform) for platform in CAN]
        return min((at for at in moments if at is not None), default=None)

    async def work_off(self) -> None:
        """Do what is due now, and send, until nothing is left."""
        jobs = jobs_of([self.feature])
        while True:
            now = self.clock.now()
            batch = await self.store.due_queue.claim("me", now, now + timedelta(minutes=1), 64)
            for due in batch:

                async def work(unit, due=due):
                    if await unit.due.take(due):
                        await jobs[due.kind](due, self.clock.now(), unit)

                await self.store.transact(work)
            if not batch and not await self._deliver():
                return

    async def _deliver(self) -> int:
        queue, now, handled = self.store.outbox_queue, self.clock.now(), 0
        for platform in CAN:
            for claimed in await queue.claim("me", platform, now, now + timedelta(minutes=1), 64):
                handled += 1
                if claimed.post.too_late_at is not None and now > claimed.post.too_late_at:
                    await queue.drop(claimed, "late")
                elif claimed.account in self.closed:
                    await queue.drop(claimed, "door_closed")
                else:
                    await queue.mark_sent(claimed, claimed.edit or MessageRef(f"m{next(self.numbers)}"), now)
                    self.sent.append(claimed)
        return handled

    # What is there --------------------------------------------------------------------------------------------------

    async def side(self, someone: Someone):
        return await self.store.transact(lambda unit: Pairs(unit).mine(someone.person.id))

    async def pair_of(self, someone: Someone) -> str:
        pair: str = (await self.side(someone)).body.pair
        return pair

    async def rows(self, someone: Someone) -> dict[str, list[dict[str, object]]]:
        """All that is held of somebody, but for settings, messages and receipts."""
        held = await self.store.transact(lambda unit: PersonalRows(unit).export(someone.person.id))
        return {kind: rows for kind, rows in held.items() if kind in ("pair_sides", "pair_notes", "due")}


def house_over(store: Store, clock: HeldClock) -> House:
    texts, codes = load_texts(), iter(CODES)
    wishes: dict[str, Wishes] = {}

    async def peace(person, unit):
        return wishes.get(person, Wishes(quiet=None))

    feature = pairs.feature(texts, Pairs, UNNAMED, peace, codes=lambda: next(codes))
    dispatch = Dispatch(
        store,
        store.outbox_queue,
        (feature,),
        texts,
        clock,
        zone="UTC",
        language="en",
        country="DE",
        gate=lambda call: NOTHING,
        help_now=lambda call: NOTHING,
        capabilities=CAN,
    )
    return House(store, clock, dispatch, feature, wishes)


@asynccontextmanager
async def open_house(tmp_path, clock: HeldClock) -> AsyncIterator[House]:
    from tests.stores import storage_for_tests

    async with storage_for_tests(tmp_path, clock) as store:
        house = house_over(store, clock)
        yield house
        await house.dispatch.settle()


# Ways of coming together ----------------------------------------------------------------------------------------------


async def look(someone: Someone, label: str = "I want to change something") -> str:
    await someone.type()
    return await someone.tap("Look for somebody here", label)


async def brought_together(house: House, ana: Someone, ben: Someone) -> None:
    """Both look; both are asked."""
    await look(ana)
    await look(ben)
    await house.work_off()
    ana.told()


async def paired(house: House, ana: Someone, ben: Someone) -> None:
    """Both said yes, and have read that it begins."""
    await brought_together(house, ana, ben)
    await ana.tap("Yes")
    await ben.tap("Yes")
    await house.work_off()
    for one in (ana, ben):
        one.told()


async def note(someone: Someone, rating: str = "7", line: str = "It was hard") -> str:
    """Answer the day's questions, as far as the screen before it goes."""
    await someone.type()
    return await someone.tap("Write for today", rating, line)
