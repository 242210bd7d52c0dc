"""The room: who is held, its door, what is pinned in it."""

from datetime import timedelta

import pytest

from bot.core.calls import Account, Room
from bot.core.deeds import CloseTopic, Deed, Door, NativeEvent, OpenTopic, Stand, Standing
from bot.core.errors import PersonAway, PlatformRefused
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery
from bot.core.replies import NOTHING, Press, To
from bot.platforms.web.records import PLATFORM, ROOM
from tests.platforms.web.house import said
from tests.servers.web.driver import Handle, WebDriver

pytestmark = pytest.mark.asyncio(loop_scope="module")

FREE, MUTED, WAITING, OUT = (Stand(standing) for standing in (Standing.FREE, Standing.MUTED, Standing.WAITING, Standing.OUT))
HERE = Room(RoomId("r" * 32), CommunityId("c" * 32), PLATFORM, ROOM, "")


async def do(page: WebDriver, deed: Deed, about: Handle | None = None, ref: MessageRef | None = None) -> MessageRef:
    account = about.account if about else None
    ref = await page.platform.deliver(Delivery("deed", NOTHING, "en", room=HERE, edit=ref, deed=deed, about=account))
    await page.settle()
    return ref


@pytest.mark.parametrize(("deed", "told"), [(MUTED, "You cannot write"), (WAITING, "You are in the waiting room.")])
async def test_who_is_held_reads_on_and_is_told_why_their_words_stay_here(page, house, deed, told):
    ana, ben = page.person("Ana"), page.person("Ben")
    await do(page, deed, ben)
    assert page.told(ben).startswith(told)
    assert page.told(ana) == ""
    await page.say(ana, "Good evening", "room")
    await page.say(ben, "Hello", "room")
    assert page.everything(ben, "room") == ["Good evening"]
    assert page.problems(ben) == ["You cannot write in the room just now. Your private chat is open as always."]
    await page.command(ben, "/announce", "room")
    await page.say(ben, "a word")
    assert len(house.seen) == 2
    await do(page, FREE, ben)
    await page.say(ben, "Hello", "room")
    assert page.everything(ana, "room")[-1] == "Hello"
    assert page.told(ben) == ""


async def test_who_is_out_sees_nothing_of_the_room_until_they_may_come_back(page, house):
    ana, ben = page.person("Ana"), page.person("Ben")
    await page.say(ana, "Before", "room")
    await page.command(ben, "/start", "room")
    await do(page, OUT, ben)
    await page.say(ana, "Meanwhile", "room")
    await page.command(ben, "/announce", "room")
    assert [text[:5] for text in page.everything(ben, "room")] == ["Hello"]
    assert len(house.seen) == 1
    later = await page.open_tab(ben)
    assert [message["only"] for message in later.shown("room")] == [True]
    await page.press(ben, "safety:now", "room")
    assert "112" in page.screen(ben, "room")[-1]
    await do(page, FREE, ben)
    assert {"Before", "Meanwhile"} < set(page.everything(ben, "room"))


async def test_a_removal_ends_by_itself(page, clock):
    ben = page.person("Ben")
    await do(page, Stand(Standing.OUT, clock.now() + timedelta(minutes=5)), ben)
    clock.move(minutes=5)
    await page.say(ben, "Back", "room")
    assert page.problems(ben) == []


async def test_a_program_that_starts_again_holds_whom_it_held(opened, make_platform):
    first = await opened()
    await do(first, WAITING, first.person("Ben"))
    await do(first, Door(locked=True, calm=True))
    second = await opened()
    assert (
        second.told(second.person("Ben"))
        == "You are in the waiting room. You can read on. The room is locked: nobody new comes in."
    )
    await do(second, FREE, second.person("Ben"))
    await do(second, Door())
    third = await opened()
    assert third.may_write(third.person("Ben"))


async def test_in_a_calm_room_only_facilitators_write(page):
    ana, kim = page.person("Ana"), page.person("Kim")
    await do(page, Door(calm=True))
    await page.say(kim, "A minute of quiet.", "room")
    await page.say(ana, "Oh", "room")
    assert page.everything(ana, "room") == ["A minute of quiet."]
    assert page.told(ana).startswith("The room is calm")
    assert page.told(kim) == ""
    await do(page, Door())
    assert page.may_write(ana)


async def test_the_state_is_told_in_each_persons_language(opened):
    page = await opened(language="de")
    await do(page, Door(locked=True))
    assert page.told(page.person("Ana")).startswith("Der Raum ist geschlossen")


async def test_what_cannot_be_done_here_is_refused(page, clock):
    event = NativeEvent("Tuesday", clock.now(), clock.now() + timedelta(hours=1))
    for deed, about in ((MUTED, page.person("Kim")), (OpenTopic("Group 1"), None), (event, None)):
        with pytest.raises(PlatformRefused):
            await do(page, deed, about)
    with pytest.raises(PersonAway):
        await do(page, MUTED)
    with pytest.raises(PlatformRefused):
        await page.platform.deliver(Delivery("deed", NOTHING, "en", account=Account(PLATFORM, "ana"), deed=MUTED))
    can = page.platform.capabilities
    assert (can.deeds, can.topics, can.events) == (True, False, False)
    assert await do(page, CloseTopic())


async def test_what_is_pinned_is_there_however_much_was_said_since(page):
    ana = page.person("Ana")
    await page.command(ana, "/pin", "room")
    for number in range(70):
        await page.platform.deliver(Delivery(f"news{number}", said(f"News {number}", to=To.ROOM), "en", room=HERE))
    later = await page.open_tab(ana)
    assert [message["pin"] for message in later.shown("room")].count(True) == 1
    assert len(later.shown("room")) == 61


async def test_a_later_edition_may_no_longer_be_pinned(page):
    ana = page.person("Ana")
    ref = await page.platform.deliver(Delivery("one", said("Coming up", to=To.ROOM, pin=True), "en", room=HERE))
    await page.settle()
    assert page.pinned(ana) == ["Coming up"]
    await page.platform.deliver(Delivery("two", said("No more", to=To.ROOM), "en", room=HERE, edit=ref))
    await page.settle()
    assert page.pinned(ana) == []
    later = await page.open_tab(ana)
    assert not any(message["pin"] for message in later.shown("room"))


async def test_what_is_fleeting_is_in_no_history(page):
    ana = page.person("Ana")
    await page.command(ana, "/secret")
    assert page.screen(ana) == ["Shown once."]
    later = await page.open_tab(ana)
    assert not any("Shown once." in str(message) for message in later.shown("private"))


async def test_a_file_goes_in_as_its_text(page, house):
    kim = page.person("Kim")
    await page.command(kim, "/import")
    text = "BEGIN:VCALENDAR\r\n" + "x" * 900_000
    await page.upload(kim, "plan.ics", text.encode(), {"note": "All of them"})
    act = house.seen[-1]
    assert (act.press, act.arguments) == (Press("import", "take"), {"file": text, "note": "All of them"})


async def test_an_act_tells_what_the_person_is_called(page, house):
    await page.command(page.person("Ana"), "/start")
    assert house.seen[-1].shown_name == "Ana"


async def test_values_are_offered_for_an_option(page):
    kim = page.person("Kim")
    offered = await page.autocomplete(kim, "/meeting create", "zone", "europe/b", "room", title="Tuesday")
    assert offered == [("Europe/Berlin", "meeting create, Tuesday")]


async def test_who_cannot_write_is_not_seen_writing_and_who_is_out_sees_nobody_write(page):
    ana, ben, rosa = page.person("Ana"), page.person("Ben"), page.person("Rosa")
    await do(page, MUTED, ben)
    await do(page, OUT, rosa)
    for writer in (ana, ben):
        await page.tab(writer).socket.send_str('{"type": "typing"}')
    await page.settle()
    typing = {
        key: [frame["name"] for frame in page.tab(each).frames if frame["type"] == "typing"]
        for key, each in (("ana", ana), ("ben", ben), ("rosa", rosa))
    }
    assert typing == {"ana": [], "ben": ["Ana"], "rosa": []}
