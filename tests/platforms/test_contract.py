"""What every platform must do, over real sockets. A new platform is one more `Stage`."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.core.calls import Kind, Role
from bot.core.platform import Delivery
from bot.core.replies import Field, FieldKind, Form, Press, Reply, To
from bot.core.richtext import Bullets, Heading, Meter, Moment, Paragraph, Phone, Quote, Strong, Text, Words
from tests.platforms.receiver import said

HOSTILE = [
    "@everyone @here <@1> <#2> <!3>",
    "**bold** _it_ `code` [a](https://evil.example) <b>x</b> <script>alert(1)</script>",
    "\u202eevil\u2066 \u200f‮reversed",
    "https://evil.example tg://resolve?domain=x /urge #tag $AAPL",
    "👩‍👩‍👧 שלום مرحبا",
    "x" * 3000,
]


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
