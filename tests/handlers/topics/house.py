"""A small house with topics: people act, time passes, and what stands in the room and its topics can be read."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.deeds import CloseTopic, OpenTopic
from bot.core.features import Feature
from bot.core.happenings import Happening, What
from bot.core.ids import CommunityId, MessageRef, PersonId
from bot.core.platform import Capabilities
from bot.core.ports import Unit
from bot.core.posts import Claimed
from bot.core.replies import NOTHING, Press, Reply
from bot.core.richtext import Paragraph, Text
from bot.core.staff import Colleague
from bot.runtime.dispatch import Dispatch
from bot.runtime.sending import Drop, before
from bot.runtime.timekeeper import jobs_of
from content.loader import load_texts
from handlers import topics
from handlers.topics.records import Topic, Unnamed
from storage.database import Store
from storage.meetings import Meetings
from storage.topics import Topics
from tests.fakes import HeldClock
from tests.handlers.screens import press_of, text_of
from tests.stores import storage_for_tests

ROLES = frozenset({Role.FACILITATOR})
CAN = {
    "discord": Capabilities(True, True, True, True, 2000, 40, topics=True),
    "telegram": Capabilities(False, False, False, False, 4096, 40, topics=True),
    "web": Capabilities(True, True, True, True, 4096, 40),
}
UNNAMED = frozenset({"telegram", "web"})


class Roster:
    """A `bot.core.staff.Staff` of one: Fay."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def of(self, community: CommunityId) -> list[Colleague]:
        found = await self._unit.people.find(Account("telegram", "fay"))
        return [Colleague(found.id, "Fay")] if found else []

    async def has(self, community: CommunityId, person: PersonId) -> bool:
        return any(one.person == person for one in await self.of(community))


@dataclass
class House:
    """`sent` is every message and deed that left. `hanging` is what stands, by slot; `where` in which topic ("" for the room)."""

    store: Store
    clock: HeldClock
    dispatch: Dispatch
    feature: Feature
    platform: str
    has_topics: bool = True
    room_is_gone: bool = False
    space: str = "space"
    sent: list[Claimed] = field(default_factory=list)
    hanging: dict[str, Reply] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    opened: dict[str, OpenTopic] = field(default_factory=dict)
    letters: list[Reply] = field(default_factory=list)
    acts: int = 0

    # Acts -----------------------------------------------------------------------------------------------------------

    def place(self, who: str, room: str = "room", *, private: bool = False, space: str = "") -> Place:
        return Place(self.platform, who) if private else Place(self.platform, room, space=space or self.space, private=False)

    async def act(self, who: str, kind: Kind, place: Place, *, leads: bool = False, receipt: str = "", **more: object) -> Reply:
        self.acts += 1
        roles = ROLES if leads and not place.private else frozenset()
        account = Account(self.platform, who)
        incoming = Incoming(
            kind,
            receipt or f"r{self.acts}",
            account,
            place,
            self.clock.now(),
            locale="en",
            roles=roles,
            **more,  # type: ignore[arg-type]  # the fields of an act, by name
        )
        answer = await self.dispatch.take(incoming)
        await self.dispatch.sent(answer, None)
        return answer.reply

    async def topic(self, who: str = "fay", *, leads: bool = True, room: str = "room", space: str = "") -> Reply:
        return await self.act(who, Kind.COMMAND, self.place(who, room, space=space), leads=leads, name="topic")

    async def press(self, who: str, press: Press, *, leads: bool = False, private: bool = True, space: str = "") -> Reply:
        return await self.act(who, Kind.PRESS, self.place(who, private=private, space=space), leads=leads, press=press)

    async def tap(self, who: str, screen: Reply, label: str, *, leads: bool = False, private: bool = True) -> Reply:
        return await self.press(who, press_of(screen, label), leads=leads, private=private)

    async def lead(self, screen: Reply, label: str) -> Reply:
        """Fay taps in her private chat, by the grant that her role left."""
        return await self.tap("fay", screen, label)

    async def fill(self, who: str, press: Press, answers: Mapping[str, str]) -> Reply:
        place, name = self.place(who, private=True), f"{press.feature}.{press.action}"
        return await self.act(who, Kind.FORM, place, press=press, name=name, arguments=dict(answers))

    async def consent(self, who: str) -> PersonId:
        async def work(unit: Unit) -> PersonId:
            person = await unit.people.make(Account(self.platform, who), self.clock.now(), None)
            await unit.people.save(replace(person, consented_at=self.clock.now()))
            return person.id

        return await self.store.transact(work)

    async def happens(self, what: What, room: str = "room") -> None:
        self.acts += 1
        await self.dispatch.heard(Happening(what, f"h{self.acts}", self.place("", room), self.clock.now()))

    # What is there --------------------------------------------------------------------------------------------------

    async def topics(self) -> list[Topic]:
        async def work(unit: Unit) -> list[Topic]:
            community = await unit.communities.find_or_make(self.platform, self.space)
            return list(await Topics(unit).of_community(community.id))

        return await self.store.transact(work)

    async def posts(self, topic: str) -> list[Unnamed]:
        return list(await self.store.transact(lambda unit: Topics(unit).posts(topic)))

    def said(self, beginning: str = "topic_post_") -> list[str]:
        return [text_of(reply) for slot, reply in self.hanging.items() if slot.startswith(beginning)]

    # Time -----------------------------------------------------------------------------------------------------------

    async def pass_time(self, **by: float) -> None:
        """Let time pass, each promised moment at its own time, and what is sent be sent."""
        until = self.clock.now() + timedelta(**by)
        while (at := await self._next()) is not None and at <= until:
            self.clock.at = max(self.clock.at, at)
            await self.work_off()
        self.clock.at = until
        await self.work_off()

    async def sleep_through(self, **by: float) -> None:
        """The bot is down while time passes; then it starts."""
        self.clock.at += timedelta(**by)
        await self.work_off()

    async def _next(self) -> datetime | None:
        times = await self.store.due_queue.next_at(), await self.store.outbox_queue.next_at(self.platform)
        return min((at for at in times if at is not None), default=None)

    async def work_off(self) -> None:
        """Do what is due now, then send, until nothing is left."""
        jobs = jobs_of((self.feature,))
        while True:
            batch = await self.store.due_queue.claim("test", self.clock.now(), self.clock.now() + timedelta(minutes=1), 64)
            for due in batch:

                async def work(unit: Unit, due=due) -> None:
                    if await unit.due.take(due):
                        await jobs[due.kind](due, self.clock.now(), unit)

                await self.store.transact(work)
            if not await self.deliver() and not batch:
                return

    async def deliver(self) -> bool:
        queue, now = self.store.outbox_queue, self.clock.now()
        batch = await queue.claim("test", self.platform, now, now + timedelta(minutes=1), 64)
        for claimed in batch:
            decision = before(claimed, now, same_key_once=False)
            no_topic = isinstance(claimed.post.deed, OpenTopic) and not self.has_topics
            if isinstance(decision, Drop) or no_topic or (self.room_is_gone and claimed.room is not None):
                await queue.drop(claimed, decision.why if isinstance(decision, Drop) else "refused")
            else:
                await self._send(claimed, now)
        return bool(batch)

    async def _send(self, claimed: Claimed, now: datetime) -> None:
        post, place = claimed.post, claimed.post.place
        self.sent.append(claimed)
        if isinstance(post.deed, OpenTopic):
            self.opened[place] = post.deed
        elif isinstance(post.deed, CloseTopic):
            self.opened.pop(place, None)
        elif claimed.account is not None:
            self.letters.append(post.reply)
        else:
            self.hanging[place] = post.reply
            if claimed.edit is None:
                self.where[place] = str(claimed.within or "")
        ref = claimed.edit or MessageRef(f"topic:1:{len(self.sent)}" if post.deed else f"m{len(self.sent)}")
        await self.store.outbox_queue.mark_sent(claimed, ref, now)


@asynccontextmanager
async def open_house(tmp_path: Path, clock: HeldClock, platform: str = "telegram") -> AsyncIterator[House]:
    texts = load_texts()
    async with storage_for_tests(tmp_path, clock) as store:
        feature = topics.feature(texts, Topics, Meetings, Roster, unnamed=UNNAMED)
        dispatch = Dispatch(
            store,
            store.outbox_queue,
            (feature,),
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=lambda call: Reply((Paragraph((Text("Consent first."),)),)),
            help_now=lambda call: NOTHING,
            capabilities=CAN,
        )
        house = House(store, clock, dispatch, feature, platform, has_topics=platform != "web")
        await house.consent("fay")
        yield house
        await dispatch.settle()
