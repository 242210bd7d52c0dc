"""What every platform must do, over real sockets. A new platform is one more `Stage`."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.calls import Kind, Role, Room
from bot.core.deeds import CloseTopic, Deed, Door, NativeEvent, OpenTopic, Stand, Standing
from bot.core.errors import PlatformRefused
from bot.core.features import MenuEntry, Where
from bot.core.happenings import What
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery, Platform
from bot.core.replies import NOTHING, Field, FieldKind, Form, Press, Reply, To
from bot.core.richtext import Bullets, Heading, Meter, Moment, Paragraph, Phone, Quote, Strong, Text, Words
from bot.platforms.discord.adapter import DiscordPlatform
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.web.adapter import WebPlatform
from bot.platforms.web.records import MemoryChatLog
from content.loader import load_texts
from tests.fakes import HeldClock
from tests.platforms.receiver import Scripted, said
from tests.servers.discord.driver import DiscordDriver
from tests.servers.discord.rooms import ROLES, SEND
from tests.servers.telegram.driver import TelegramDriver
from tests.servers.web.driver import WebDriver
from tests.waiting import until

MENU = tuple(
    MenuEntry(name, {"en": f"The command {name}", "de": f"Der Befehl {name}"}, (), where, False)
    for name, where in (("urge", Where.ANYWHERE), ("meetings", Where.ANYWHERE), ("card", Where.ANYWHERE), ("slow", Where.ANYWHERE))
)
LATER = datetime(2026, 12, 1, 21, 0, tzinfo=UTC)
HOSTILE = [
    "@everyone @here <@1> <#2> <!3>",
    "**bold** _it_ `code` [a](https://evil.example) <b>x</b> <script>alert(1)</script>",
    "\u202eevil\u2066 \u200f‮reversed",
    "https://evil.example tg://resolve?domain=x /urge #tag $AAPL",
    "👩‍👩‍👧 שלום مرحبا",
    "x" * 3000,
]


@dataclass
class Stage:
    """A running adapter with its persons on one side, and a receiver written by the test on the other."""

    name: str
    driver: Any
    platform: Platform
    house: Scripted

    def screen(self, person: Any, place: str = "private") -> list[str]:
        return [re.sub("[\u2060\u200b\u2068\u2069\\\\]", "", text) for text in self.driver.screen(person, place)]

    async def sees(self, person: Any, words: str, place: str = "private") -> None:
        await self.until(lambda: any(words in text for text in self.screen(person, place)))

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(holds)

    def room(self) -> Room:
        """The room as the courier would know it."""
        place = self.driver.room
        return Room(RoomId("r" * 32), CommunityId("c" * 32), self.name, place.chat, place.thread)

    def delivery(self, person: Any, reply: Reply, key: str = "key", edit: MessageRef | None = None) -> Delivery:
        account = person.account if self.name == "web" else self.driver.account(person)
        return Delivery(key, reply, "en", account=account, edit=edit)

    async def do(self, deed: Deed, about: Any = None, ref: MessageRef | None = None, key: str = "deed") -> MessageRef:
        """Do a deed in the room, as the courier would: the slot remembers what the one before returned."""
        account = None if about is None else about.account if self.name == "web" else self.driver.account(about)
        delivery = Delivery(key, NOTHING, "en", room=self.room(), edit=ref, deed=deed, about=account)
        done = await self.platform.deliver(delivery)
        if self.name == "web":
            await self.driver.settle()
        return done

    def may_write(self, person: Any) -> bool:
        if self.name == "discord":
            return bool(self.driver.may(person, self.driver.room.chat, SEND))
        return bool(self.driver.may_write(person))

    def pinned(self, person: Any) -> list[str]:
        """What is pinned in the room, as the person has it."""
        where = {"discord": self.driver.room.chat, "web": person}.get(self.name)
        found: list[str] = self.driver.pinned(*([] if where is None else [where]))
        return found

    def take_all_rights(self) -> None:
        if self.name == "discord":
            self.driver.take_permission(ROLES)
        else:
            self.driver.take_right()


@contextlib.asynccontextmanager
async def staged(name: str) -> AsyncIterator[Stage]:
    clock, house = HeldClock(datetime(2026, 12, 1, 18, 0, tzinfo=UTC)), Scripted()
    shared: dict[str, Any] = {"menu": MENU, "texts": load_texts(), "clock": clock}
    if name == "web":
        web = WebPlatform(port=0, history=MemoryChatLog(), **shared)
        page = WebDriver(web, house)
        await page.start()
        yield Stage(name, page, web, house)
        await page.stop()
        return
    async with {"discord": DiscordDriver, "telegram": TelegramDriver}[name]() as driver:
        make: Callable[..., Platform] = {"discord": DiscordPlatform, "telegram": TelegramPlatform}[name]
        platform = make(driver.token, api_base=driver.api_base, **shared)
        running = asyncio.create_task(platform.run(house))
        await driver.connected()
        yield Stage(name, driver, platform, house)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


@pytest.fixture(params=["discord", "telegram", "web"])
async def stage(request):
    async with staged(request.param) as opened:
        yield opened


async def test_a_command_reaches_the_house_once_with_who_where_and_a_receipt(stage):
    stage.house.on["urge"] = said("Here.")
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/urge")
    (act,) = stage.house.taken
    assert (act.kind, act.name, act.place.private, act.account.platform) == (Kind.COMMAND, "urge", True, stage.name)
    assert act.receipt
    await stage.sees(ana, "Here.")
    await stage.until(lambda: len(stage.house.refs) == 1)


async def test_a_command_in_a_room_names_its_community(stage):
    stage.house.on["meetings"] = said("Here.")
    await stage.driver.command(stage.driver.person("Ana"), "/meetings", "room")
    place = stage.house.taken[0].place
    assert (place.private, bool(place.space), bool(place.chat)) == (False, True, True)


async def test_only_a_facilitator_carries_the_role(stage):
    stage.house.on["card"] = said("For all.", to=To.ROOM)
    for name, is_facilitator in (("Kim", True), ("Ana", False)):
        await stage.driver.command(stage.driver.person(name, facilitator=is_facilitator), "/card", "room")
        assert (Role.FACILITATOR in stage.house.taken[-1].roles) is is_facilitator


async def test_what_only_one_may_see_no_other_sees(stage):
    stage.house.on["meetings"] = said("For you alone.")
    ana, ben = stage.driver.person("Ana"), stage.driver.person("Ben")
    await stage.driver.command(ana, "/meetings", "room")
    await stage.sees(ana, "For you alone.", "private" if stage.name == "telegram" else "room")
    assert not any("For you alone." in text for place in ("room", "private") for text in stage.screen(ben, place))


async def test_what_is_for_the_room_all_see(stage):
    stage.house.on["card"] = said("For all.", to=To.ROOM)
    ana, ben = stage.driver.person("Ana"), stage.driver.person("Ben")
    await stage.driver.command(ana, "/card", "room")
    await stage.sees(ben, "For all.", "room")


async def test_a_press_in_private_changes_the_message_it_was_on(stage):
    stage.house.on["urge"] = said("One", buttons=("Next",))
    stage.house.on["next"] = said("Two")
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/urge")
    await stage.driver.press(ana, "Next")
    await stage.sees(ana, "Two")
    assert "One" not in stage.screen(ana)
    assert stage.house.taken[-1].press == Press("probe", "next")


async def test_an_answer_for_one_leaves_the_rooms_message_as_it_is(stage):
    stage.house.on["card"] = said("The card", to=To.ROOM, buttons=("Join",))
    stage.house.on["join"] = said("You are in.", replace=False)
    ana, ben = stage.driver.person("Ana"), stage.driver.person("Ben")
    await stage.driver.command(ana, "/card", "room")
    await stage.sees(ben, "The card", "room")
    await stage.driver.press(ben, "Join", "room")
    await stage.sees(ben, "You are in.", "room")
    await stage.sees(ana, "The card", "room")
    assert not any("You are in." in text for text in stage.screen(ana, "room"))


async def test_forged_button_data_means_nothing_and_gets_a_kind_answer(stage):
    stage.house.on["urge"] = said("One", buttons=("Next",))
    stage.house.on["press"] = said("I no longer know this button.")
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/urge")
    await stage.driver.press(ana, "x:'; DROP TABLE people")
    assert all(act.press is None for act in stage.house.taken)
    if stage.name == "web":  # the page answers such by itself
        assert "not one this page knows" in stage.driver.problems(ana)[0]
    else:
        await stage.sees(ana, "I no longer know this button.")


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_persons_words_are_shown_as_words(stage, words):
    stage.house.on["urge"] = said("They wrote: ", Words(words))
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/urge")
    await stage.sees(ana, "They wrote:")
    shown = "".join(stage.screen(ana))
    assert not set(shown) & set("\u202e\u2066\u200f")
    if words.startswith("x"):
        assert shown.count("x") >= 3000


async def test_every_kind_of_block_reads_well(stage):
    evening = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
    blocks = (
        Heading((Text("A heading"),)),
        Paragraph((Strong((Text("Strong"),)), Text(" at "), Moment(evening, "Tue, Dec 1, 7:00 PM"))),
        Bullets(((Text("first"),), (Phone("116 123"),))),
        Quote((Text("quoted"),)),
        Meter((Text("6 of 10"),), 6, 10),
    )
    stage.house.on["urge"] = Reply(blocks)
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/urge")
    await stage.sees(ana, "A heading")
    shown = "\n".join(stage.screen(ana))
    assert all(part in shown for part in ("Strong at", "first", "116 123", "quoted", "6 of 10"))
    assert "7:00 PM" in shown or f"<t:{int(evening.timestamp())}" in shown


async def test_an_answer_of_ten_thousand_characters_arrives_whole(stage):
    stage.house.on["urge"] = Reply(tuple(Paragraph((Text(f"{n:04} " + "word " * 15),)) for n in range(125)))
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/urge")
    await stage.sees(ana, "0124")
    shown = "\n".join(stage.screen(ana))
    assert [f"{n:04}" in shown for n in range(125)] == [True] * 125


async def test_two_quick_taps_of_one_person_are_taken_in_their_order_and_nobody_else_waits(stage):
    held, order = asyncio.Event(), []

    async def slow(incoming):
        order.append("slow begins")
        await held.wait()
        order.append("slow ends")
        return said("Slow.")

    def quick(incoming):
        order.append("quick")
        return said("Quick.")

    stage.house.on |= {"slow": slow, "urge": quick}
    ana, ben = stage.driver.person("Ana"), stage.driver.person("Ben")
    acts = [(ana, "/slow"), (ana, "/urge"), (ben, "/urge")]
    tasks = [asyncio.create_task(stage.driver.command(person, text)) for person, text in acts]
    await stage.until(lambda: "quick" in order)
    assert order == ["slow begins", "quick"]
    held.set()
    await asyncio.gather(*tasks)
    assert order == ["slow begins", "quick", "slow ends", "quick"]


async def test_the_courier_can_write_to_a_person_and_change_it_later(stage):
    stage.house.on["urge"] = said("Hello.")
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/urge")
    ref = await stage.platform.deliver(stage.delivery(ana, said("A reminder.")))
    await stage.sees(ana, "A reminder.")
    await stage.platform.deliver(stage.delivery(ana, said("Changed."), "key2", ref))
    await stage.sees(ana, "Changed.")
    assert "A reminder." not in stage.screen(ana)


async def test_the_courier_can_write_to_a_room(stage):
    ana = stage.driver.person("Ana")
    await stage.platform.deliver(Delivery("news", said("News.", to=To.ROOM), "en", room=stage.room()))
    await stage.sees(ana, "News.", "room")


async def test_a_key_that_a_platform_keeps_arrives_once(stage):
    stage.house.on["urge"] = said("Hello.")
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/urge")
    for _ in range(2 if stage.platform.capabilities.same_key_once else 1):
        await stage.platform.deliver(stage.delivery(ana, said("Once.")))
    await stage.sees(ana, "Once.")
    assert stage.screen(ana).count("Once.") == 1


# Deeds -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("standing", [Standing.MUTED, Standing.WAITING, Standing.OUT])
async def test_who_is_held_cannot_write_and_is_as_before_when_freed(stage, standing):
    ana, ben, until = stage.driver.person("Ana"), stage.driver.person("Ben"), LATER
    ref = await stage.do(Stand(standing, until), ben)
    assert (stage.may_write(ana), stage.may_write(ben)) == (True, False)
    ref = await stage.do(Stand(standing, until), ben, ref)
    ref = await stage.do(Stand(Standing.FREE), ben, ref)
    if standing is Standing.OUT and stage.name == "telegram":
        assert await stage.driver.join_group(ben)
    assert stage.may_write(ben)
    await stage.do(Stand(Standing.FREE), ben, ref)


@pytest.mark.parametrize("standing", [Standing.MUTED, Standing.WAITING])
async def test_after_a_kill_somebody_held_is_freed_all_the_same(stage, standing):
    ben = stage.driver.person("Ben")
    await stage.do(Stand(standing), ben)
    ref = await stage.do(Stand(standing), ben)
    await stage.do(Stand(Standing.FREE), ben, ref)
    assert stage.may_write(ben)


async def test_in_a_calm_room_only_facilitators_write_until_it_is_open_again(stage):
    ana = stage.driver.person("Ana")
    ref = await stage.do(Door(calm=True))
    assert not stage.may_write(ana)
    ref = await stage.do(Door(calm=True, locked=True), ref=ref)
    ref = await stage.do(Door(), ref=ref)
    assert stage.may_write(ana)


async def test_a_topic_opens_with_its_first_message_and_the_same_again_is_the_same(stage):
    if stage.name == "telegram":
        stage.driver.group.forum = True
    topic = OpenTopic("Group 1", (Paragraph((Text("Back at eight."),)),))
    if not stage.platform.capabilities.topics:
        with pytest.raises(PlatformRefused):
            await stage.do(topic)
        return
    ref = await stage.do(topic)
    assert await stage.do(topic, ref=ref) == ref
    assert await stage.do(CloseTopic(), ref=ref) == ref
    count = len(stage.driver.threads() if stage.name == "discord" else stage.driver.topics())
    assert count == 1


async def test_what_a_platform_has_not_is_refused(stage):
    event = NativeEvent("Tuesday", LATER, LATER + timedelta(hours=1), where="The room")
    if stage.platform.capabilities.events:
        assert await stage.do(event)
        return
    with pytest.raises(PlatformRefused):
        await stage.do(event)


@pytest.mark.parametrize("stage", ["discord", "telegram"], indirect=True)
async def test_without_the_right_a_deed_is_refused_and_the_room_is_not_lost(stage):
    ben = stage.driver.person("Ben")
    stage.take_all_rights()
    for deed, about in ((Stand(Standing.MUTED), ben), (Door(calm=True), None)):
        with pytest.raises(PlatformRefused):
            await stage.do(deed, about)
    assert stage.may_write(ben)


async def test_a_board_is_pinned_and_its_edits_leave_it_so(stage):
    ana = stage.driver.person("Ana")
    board = Delivery("board", said("Coming up", to=To.ROOM, pin=True), "en", room=stage.room())
    ref = await stage.platform.deliver(board)
    await stage.until(lambda: stage.pinned(ana) == ["Coming up"])
    changed = said("Coming up: two", to=To.ROOM, pin=True)
    await stage.platform.deliver(Delivery("board2", changed, "en", room=stage.room(), edit=ref))
    await stage.until(lambda: stage.pinned(ana) == ["Coming up: two"])


@pytest.mark.parametrize("stage", ["discord", "telegram"], indirect=True)
async def test_the_bot_tells_that_it_was_removed_and_is_back(stage):
    stage.driver.person("Kim", facilitator=True)
    before = len(stage.house.happened)
    await stage.driver.remove_bot()
    await stage.driver.readd_bot()
    await stage.until(lambda: len(stage.house.happened) == before + 2)
    told = stage.house.happened[before:]
    assert [one.what for one in told] == [What.BOT_OUT, What.BOT_IN]
    assert {one.place.space for one in told} == {stage.driver.room.space}
    assert len({one.receipt for one in told}) == 2


async def test_an_act_carries_the_name_that_is_shown(stage):
    stage.house.on["meetings"] = said("Here.")
    ana = stage.driver.person("Ana")
    await stage.driver.command(ana, "/meetings", "room")
    assert stage.house.taken[-1].shown_name == "Ana"


async def test_a_file_arrives_as_its_text(stage):
    kim = stage.driver.person("Kim", facilitator=True)
    form = Form(Press("import", "take"), "Bring in", (Field("file", "Calendar file", FieldKind.FILE),))
    stage.house.on |= {"words": said("Taken."), "take": said("Taken.")}
    stage.house.on["slow"] = Reply(form=form) if stage.platform.capabilities.modals else said("Send it here.")
    await stage.driver.command(kim, "/slow")
    text = "BEGIN:VCALENDAR\r\nSUMMARY:Grüße\r\n"
    await stage.driver.upload(kim, "plan.ics", b"\xef\xbb\xbf" + text.encode())
    assert stage.house.taken[-1].arguments["file"] == text


async def test_every_capability_is_told(stage):
    can = stage.platform.capabilities
    assert can.message_length >= 2000
    assert can.deeds
    assert can.label_length >= 40
