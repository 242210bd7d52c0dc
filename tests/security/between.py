"""The days between meetings in the house without its wires, in any language: whatever comes unasked into a private chat is kept.

Buttons are pressed by what they do, not by their labels.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.core.ids import MessageRef, PersonId
from bot.core.posts import Claimed, Post, ToPerson
from bot.core.replies import Press
from tests.fakes import HeldClock
from tests.security.inside import PLATFORMS, Inside, Somebody, opened, plan, presses_of

TITLE = "Gambling addiction group Ravensburg"
NAME = "Robin"  # on the roster, and in a pair
DAY = timedelta(days=1)


@dataclass
class Between(Inside):
    """`private`: what came unasked, in order. `rooms_gone`: no room can be written to any more."""

    known: dict[PersonId, Somebody] = field(default_factory=dict)
    private: list[Post] = field(default_factory=list)
    rooms_gone: bool = False

    async def meet(self, name: str, language: str, *, facilitator: bool = False) -> Somebody:
        """Somebody who agreed to what is kept, speaks the language and was in the room."""
        who = self.person(name, "web", facilitator=facilitator)
        await who.agree("/urge")
        await who.command("/language", language=language)
        await who.command("/meetings", "room")
        self.known[await who.id()] = who
        return who

    async def sent(self) -> list[Claimed]:
        """What is sent to somebody is their newest screen."""
        now, queue, taken = self.clock.now(), self.house.store.outbox_queue, []
        for platform in PLATFORMS:
            for claimed in await queue.claim("test", platform, now, now + timedelta(minutes=1), 100):
                if claimed.room is not None and self.rooms_gone:
                    await queue.drop(claimed, "room_gone")
                    continue
                await queue.mark_sent(claimed, claimed.edit or MessageRef(f"1:{claimed.id}"), now)
                taken.append(claimed)
                self.replies.append((f"post {claimed.post.key.partition('_')[0]}", claimed.post.reply))
                if isinstance(claimed.post.to, ToPerson):
                    self.private.append(claimed.post)
                    if (who := self.known.get(claimed.post.to.person)) is not None:
                        who.screen = claimed.post.reply
        return taken

    async def until(self, at: datetime) -> None:
        await self.moments(seconds=(at - self.clock.at).total_seconds())


@asynccontextmanager
async def between(folder: Path, clock: HeldClock) -> AsyncIterator[Between]:
    async with opened(folder, clock) as inside:
        yield Between(inside.house, inside.clock, inside.folder)


async def go(who: Somebody, *steps: str, spot: str = "private", nth: int = 0) -> None:
    """Press one button after the other, each named `feature.action` or `feature.action=value`; of several the `nth`."""
    for step in steps:
        wanted, _, value = step.partition("=")
        there = [p for p in presses_of(who.screen) if f"{p.feature}.{p.action}" == wanted and (not value or p.value == value)]
        assert there, f"no {step} among {presses_of(who.screen)}"
        await who.press(there[min(nth, len(there) - 1)], spot)  # type: ignore[arg-type]


async def fill(who: Somebody, spot: str = "private", **values: str) -> None:
    form = who.screen.form
    assert form is not None
    await who.fill(form.press, values, spot)  # type: ignore[arg-type]


async def lived_between(house: Between, language: str, words: str) -> None:
    """Some weeks with everything that writes to people by itself. `words`: whatever is typed."""
    await plan(house.person("lou", "web", facilitator=True), TITLE)  # typed in English
    kim = await house.meet("kim", language, facilitator=True)
    sam = await house.meet("sam", language, facilitator=True)
    ana, ben = await house.meet("ana", language), await house.meet("ben", language)
    first = house.clock.at + timedelta(hours=1)
    for leader in (kim, sam):
        await leader.command("/facilitator roster", "room")
        await go(leader, "roster.join", spot="room")
        await fill(leader, "room", name=NAME)
    await topics_and_prompts(kim, words)
    await evening(house, kim, ana)
    await on_duty(house, kim, sam, words)
    await ask_oneself(ana)
    await reports(house, ana, kim, words)
    begun = await pair(house, ana, ben, words)
    await house.until(first + 7 * DAY - timedelta(hours=23))
    await go(sam, "roster.cannot")
    await house.moments(seconds=5)
    await go(kim, "roster.stand")
    await house.until(begun + 7.5 * DAY)
    for who in (ana, ben):
        await who.command("/community pair")
        await go(who, "pairs.again")
    await ben.command("/community pair")
    await go(ben, "pairs.end")
    house.rooms_gone = True
    await house.until(first + 35 * DAY)


async def topics_and_prompts(kim: Somebody, words: str) -> None:
    await kim.command("/topic", "room")
    await go(kim, "topics.weekly", "topics.weekly", spot="room")
    await kim.command("/topic", "room")
    await go(kim, "topics.own", spot="room")
    await fill(kim, "room", title=words, words=words)
    await go(kim, "topics.open", spot="room")
    await kim.command("/community prompts", "room")
    await go(kim, "prompts.make", "prompts.run", spot="room")


async def evening(house: Between, kim: Somebody, ana: Somebody) -> None:
    """Ana wants time, and it is not reached: she keeps it for the next one."""
    await house.moments(minutes=52)  # the room opens
    card = next(reply for what, reply in reversed(house.replies) if what == "post card")
    join = next(press for press in presses_of(card) if press.action == "join")
    await ana.press(join, "room")
    for line in ("/meeting start", "/meeting checkin"):
        await kim.command(line, "room")
    await house.moments(seconds=5)
    await ana.press(Press("agenda", "mine", join.subject, "conflict"))
    await house.moments(hours=3)
    await house.moments(hours=12)
    await go(ana, "agenda.bring=yes")


async def on_duty(house: Between, kim: Somebody, sam: Somebody, words: str) -> None:
    """Kim takes the next evening, offers it to Sam, who does not want it and then does; and leaves a note."""
    await kim.command("/facilitator roster", "room")
    await go(kim, "roster.hosts", "roster.evening", "roster.take", "roster.note", "roster.form", spot="room")
    await fill(kim, "room", words=words)
    for answer in ("no", "yes"):
        await kim.command("/facilitator roster", "room")
        await go(kim, "roster.hosts", "roster.evening", "roster.swap", spot="room")
        await go(kim, "roster.to", spot="room", nth=1)
        await go(kim, "roster.fair=nothing", spot="room")
        await house.moments(hours=12)
        await go(sam, f"roster.{answer}")
        await house.moments(hours=12)


async def ask_oneself(ana: Somebody) -> None:
    await ana.command("/community prompts")
    await go(ana, "prompts.own", "prompts.own_run")


async def reports(house: Between, ana: Somebody, kim: Somebody, words: str) -> None:
    """One with words that is answered, one that is taken back, one that is never answered."""
    await ana.command("/report")
    await go(ana, "reports.send=unkind", "reports.words")
    await fill(ana, words=words)
    await go(ana, "reports.add")
    await house.moments(hours=12)
    await go(kim, "reports.read", "reports.write")
    await fill(kim, words=words)
    await go(kim, "reports.answer_own")
    await house.moments(hours=12)
    for kind in ("selling", "names"):
        await ana.command("/report")
        await go(ana, f"reports.send={kind}")
        await house.moments(hours=12)
        if kind == "selling":
            await go(ana, "reports.back")


async def pair(house: Between, ana: Somebody, ben: Somebody, words: str) -> datetime:
    """They find each other, and one tells the other of the day. Returns when their week began."""
    for who in (ana, ben):
        await who.command("/community pair")
        await go(who, "pairs.look", "pairs.look=p")
        await house.moments(seconds=5)
    for who in (ana, ben):
        await who.command("/community pair")
        await go(who, "pairs.yes")
    begun = house.clock.at
    await ana.command("/community pair")
    await go(ana, "pairs.name")
    await fill(ana, name=NAME)
    await go(ana, "pairs.write", "pairs.rate=4", "pairs.line=hard", "pairs.words")
    await fill(ana, words=words)
    await go(ana, "pairs.send")
    await house.moments(hours=24)
    shown = next(post.reply for post in reversed(house.private) if any(p.action == "show" for p in presses_of(post.reply)))
    ben.screen = shown
    await go(ben, "pairs.show", "pairs.kind=heard")
    return begun
