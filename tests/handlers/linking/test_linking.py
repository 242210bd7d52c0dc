"""What linked accounts are to the house, and what they are not."""

import pytest

from bot.core.deeds import Standing
from bot.core.ids import new_id
from bot.core.replies import Press
from handlers.floor.records import Hold
from storage.floor import FloorBook
from storage.meetings import Meetings
from storage.presence import PresenceRows
from tests.handlers.linking.people import code_of, labels, link, say_yes
from tests.security.inside import plan, presses_of, text_of


@pytest.fixture
def ana(inside):
    return inside.person("ana", "discord")


@pytest.fixture
def phone(inside):
    return inside.person("1001", "telegram")


async def dents(who, rating):
    """Use a tool to its end, and keep it."""
    await who.agree("/dents")
    await who.tap("For now", rating, "E: escape", "Done", "Next", "5", "Keep")


async def told(inside, who):
    """What is promised to an account in its private chat."""
    return [text_of(claimed.post.reply) for claimed in await inside.sent() if claimed.account == who.account]


async def test_linked_they_are_one_and_both_sides_are_told_once(inside, ana, phone):
    await dents(ana, "7")
    await dents(phone, "3")
    before = await ana.id()
    assert "are one person to me now" in await link(ana, phone)
    assert await told(inside, ana) == [
        "Your account on Telegram is linked to this one now. If that was not you, open your linked accounts and separate it."
    ]
    assert await told(inside, phone) == []
    assert await ana.id() == await phone.id() == before
    assert len((await phone.export())["entries"]) == 2
    await phone.command("/link")
    assert "Discord: what is saved stays with it" in text_of(phone.screen)
    assert "Telegram: this one" in text_of(phone.screen)


async def test_who_has_not_agreed_is_asked_before_the_two_become_one(inside, ana, phone):
    await dents(ana, "7")
    await phone.command(f"/link {await code_of(ana)}")
    await phone.tap("Yes, link them")
    assert "Are you 18 or older" in text_of(phone.screen)
    assert await phone.id() != await ana.id()
    await phone.tap("Yes, 18 or older. Go on")
    assert await phone.id() == await ana.id()


async def test_a_second_yes_shows_what_is_linked(ana, phone):
    await phone.command(f"/link {await code_of(ana)}")
    asked = phone.screen
    await say_yes(phone)
    phone.screen = asked
    assert "These accounts are one person to me" in await say_yes(phone)


async def test_what_was_there_twice_is_said(inside, ana, phone):
    for who in (ana, phone):
        await who.agree("/dents")
        await who.tap("For now", "7")
    assert "One thing was there twice; that of Discord was kept." in await link(ana, phone)


async def test_privacy_and_export_show_what_both_have(ana, phone):
    await dents(phone, "3")
    await link(ana, phone)
    shown = text_of(await ana.command("/privacy"))
    assert "Your account on the chat platform (encrypted): 2" in shown
    assert "Tool entries: 1" in shown
    assert "That an account came in by a code: 1" in shown
    assert {row["user"] for row in (await ana.export())["accounts"]} == {"ana", "1001"}


@pytest.mark.parametrize("who", ["ana", "phone"])
async def test_erasing_erases_all_accounts(inside, ana, phone, who):
    await dents(phone, "3")
    await link(ana, phone)
    await {"ana": ana, "phone": phone}[who].press(Press("people", "erase", "", "yes"))
    for account in (ana.account, phone.account):
        assert await inside.house.store.transact(lambda unit, account=account: unit.people.find(account)) is None
    assert "Nothing is kept about you now" in text_of(await phone.command("/privacy"))


async def test_a_role_on_one_platform_is_none_on_the_other(inside, ana, phone):
    kim = inside.person("kim", "discord", facilitator=True)
    await plan(kim)
    await link(kim, phone)
    refused = await phone.command("/meeting create tuesday 20:00 90 Another", "room")
    assert "facilitator" in text_of(refused).lower()
    assert "Saved" not in text_of(refused)


async def in_the_lobby(inside):
    """Plan an evening on Discord, and return its id once its lobby is open."""
    kim = inside.person("kim", "discord", facilitator=True)
    await plan(kim)
    await inside.moments(minutes=52)
    card = next(reply for what, reply in reversed(inside.replies) if what == "post card")
    return next(press.subject for press in presses_of(card) if press.action == "join")


async def test_who_is_there_with_both_accounts_is_counted_once(inside, ana, phone):
    evening = await in_the_lobby(inside)
    await ana.command("/meetings", "room")
    phone.space = ana.space
    for who in (ana, phone):
        await who.agree("/urge")
    await ana.press(Press("meetings", "join", evening), "room")
    there = await phone.id()
    await inside.house.store.transact(lambda unit: PresenceRows(unit).join(evening, there, inside.clock.now()))
    await link(ana, phone)
    await inside.moments(seconds=5)
    card = next(reply for what, reply in reversed(inside.replies) if what == "post card")
    assert "One person" in text_of(card)


async def test_who_is_put_out_cannot_become_somebody_new(inside, ana, phone):
    evening = await in_the_lobby(inside)
    await link(ana, phone)
    who = await ana.id()

    async def put_out(unit):
        occurrence = await Meetings(unit).occurrence(evening)
        assert occurrence is not None
        series = await Meetings(unit).series(occurrence.series)
        assert series is not None
        hold = Hold(
            new_id(), evening, who, series.community, series.room, Standing.OUT, inside.clock.now(), until=occurrence.ends_at
        )
        await FloorBook(unit).keep_hold(hold)

    await inside.house.store.transact(put_out)
    await phone.command("/link off")
    await phone.tap("Yes, separate it")
    assert "put out of" in text_of(phone.screen)
    assert await phone.id() == who


# Two again ---------------------------------------------------------------------------------------------------------------


async def test_off_asks_first_and_then_the_account_is_somebody_new(inside, ana, phone):
    await dents(phone, "3")
    await link(ana, phone)
    await inside.sent()
    await phone.command("/link off")
    assert "It becomes a new person, with nothing saved" in text_of(phone.screen)
    assert await phone.id() == await ana.id()
    await phone.tap("Yes, separate it")
    assert "Nothing is saved for it" in text_of(phone.screen)
    assert await told(inside, ana) == ["Your account on Telegram stands by itself now. What is saved stays here."]
    assert await phone.id() != await ana.id()
    assert "entries" not in await phone.export()
    assert len((await ana.export())["entries"]) == 1


async def test_the_account_that_keeps_may_send_another_away(inside, ana, phone):
    await link(ana, phone)
    await inside.sent()
    await ana.command("/link")
    await ana.tap("Separate Telegram", "Yes, separate it")
    assert "What is saved stays here" in text_of(ana.screen)
    assert "Nothing is saved for it" in (await told(inside, phone))[0]
    assert "These accounts" not in text_of(await ana.command("/link"))


async def test_the_account_that_keeps_cannot_be_sent_away(inside, ana, phone):
    """Whoever typed somebody else's code could take all that is saved, and leave its owner with nothing."""
    await link(ana, phone)
    await phone.command("/link")
    assert "Separate Discord" not in labels(phone)
    before = await ana.id()
    account = next(row["id"] for row in (await ana.export())["accounts"] if row["user"] == "ana")
    for who in (phone, ana):
        await who.press(Press("linking", "part", account, "yes"))
        assert await ana.id() == await phone.id() == before


async def test_nobody_separates_an_account_of_somebody_else(inside, ana, phone):
    await link(ana, phone)
    account = next(row["id"] for row in (await ana.export())["accounts"] if row["user"] == "1001")
    stranger = inside.person("stranger", "web")
    refused = await stranger.press(Press("linking", "part", account, "yes"))
    assert refused == await stranger.press(Press("linking", "part", "0" * 32, "yes"))
    assert await ana.id() == await phone.id()


async def test_off_without_anything_linked_shows_how_to_link(ana):
    await ana.command("/link off")
    assert "Make a code" in labels(ana)


async def test_linked_again_after_a_separation_it_is_one_again(inside, ana, phone):
    await link(ana, phone)
    await phone.command("/link off")
    await phone.tap("Yes, separate it")
    await link(ana, phone)
    assert await ana.id() == await phone.id()
