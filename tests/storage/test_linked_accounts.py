"""Messages to linked accounts, the codes that link them, and an account that becomes somebody new again; on both databases."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.calls import Account
from bot.core.deeds import Standing
from bot.core.ids import MessageRef, new_id
from handlers.linking.records import Ask, Linked
from storage.floor import FloorBook
from storage.linking import Links
from storage.privacy import PersonalRows
from storage.tables.outbox import outbox
from storage.tables.people import tombstones
from storage.web_chat import WebChat
from tests.storage.linked_lives import PHONE, TABLET, a_whole_life, an_evening, counts, export, hold, join
from tests.storage.people import a_room, meet, post, promise, to_person, words_of

MINUTE = timedelta(minutes=1)
WHO_COUNTS_ONCE = {"kits", "presences", "hosts", "standings", "due"}  # joined into one row, and nothing of them is dropped


# Messages ----------------------------------------------------------------------------------------------------------------


async def test_what_waits_for_the_second_goes_to_the_first_there(store, clock, claim, tablet, phone):
    await promise(store, post("k", to_person(phone), "waits", slot=f"list_{phone.id}"))
    await join(store, clock, tablet, phone)
    [claimed] = await claim("telegram")
    assert (claimed.account, claimed.post.to.person, words_of([claimed])) == (PHONE, tablet.id, ["waits"])
    await store.outbox_queue.mark_sent(claimed, MessageRef("1001:5"), clock.now())


async def test_a_message_under_way_while_two_become_one_is_sent_once(store, clock, claim, tablet, phone):
    await promise(store, post("k", to_person(phone), slot=f"list_{phone.id}"))
    [claimed] = await claim("telegram")
    await join(store, clock, tablet, phone)
    await store.outbox_queue.mark_sent(claimed, MessageRef("1001:5"), clock.now())
    clock.move(hours=1)
    assert await claim("telegram") == []
    assert await store.transact(lambda unit: unit.rows(select(outbox.c.id).where(outbox.c.state == "waiting"))) == []


async def test_where_one_door_is_closed_it_comes_through_the_other(store, clock, claim, tablet, phone):
    await join(store, clock, tablet, phone)
    await promise(store, post("k", to_person(tablet), "reminder", slot="s"))
    [claimed] = await claim("web")
    await store.outbox_queue.drop(claimed, "door_closed")
    [turned] = await claim("telegram")
    assert (turned.account, turned.edit, words_of([turned])) == (PHONE, None, ["reminder"])


async def test_a_message_of_one_platform_is_not_edited_on_another(store, clock, claim, tablet, phone):
    await store.outbox_queue.remember("s", tablet.id, None, MessageRef("private_ana:7"), clock.now())
    await join(store, clock, tablet, phone)
    await promise(store, post("k", to_person(tablet), slot="s"))
    [claimed] = await claim("web")
    assert claimed.edit is None


# Codes -------------------------------------------------------------------------------------------------------------------


async def test_a_code_is_one_a_person_and_ends_after_ten_minutes(store, clock, ask, tablet):
    begun = clock.now()
    await ask(Links, lambda book: book.offer(tablet.id, "first", begun))
    await ask(Links, lambda book: book.offer(tablet.id, "second", begun))
    assert await ask(Links, lambda book: book.find("first", begun)) is None
    late = begun + timedelta(minutes=10)
    found = await ask(Links, lambda book: book.find("second", late - timedelta(seconds=1)))
    assert found.person == tablet.id
    assert await ask(Links, lambda book: book.find("second", late)) is None
    await ask(Links, lambda book: book.use_up("second"))
    assert await ask(Links, lambda book: book.find("second", begun)) is None


async def test_an_ask_is_its_persons_own_and_ends(store, clock, ask, tablet, phone):
    now = clock.now()
    made = Ask(new_id(), tablet.id, phone.id, now)
    await ask(Links, lambda book: book.ask(made))
    assert await ask(Links, lambda book: book.asked(made.id, phone.id, now)) == made
    assert await ask(Links, lambda book: book.asked(made.id, tablet.id, now)) is None
    assert await ask(Links, lambda book: book.asked(made.id, phone.id, now + timedelta(minutes=10))) is None
    await ask(Links, lambda book: book.withdraw(phone.id))
    assert await ask(Links, lambda book: book.asked(made.id, phone.id, now)) is None


async def test_erasing_who_made_the_code_erases_what_was_asked_of_it(store, clock, ask, tablet, phone):
    made = Ask(new_id(), tablet.id, phone.id, clock.now())
    await ask(Links, lambda book: book.ask(made))
    await ask(PersonalRows, lambda rows: rows.erase(tablet.id, clock.now()))
    assert await ask(Links, lambda book: book.asked(made.id, phone.id, clock.now())) is None


# Two again ---------------------------------------------------------------------------------------------------------------


async def part(store, clock, person, platform):
    async def work(unit):
        [account] = [one.id for one in await Links(unit).accounts(person.id) if one.platform == platform]
        return await Links(unit).part(person.id, account, clock.now())

    return await store.transact(work)


async def test_the_accounts_are_listed_with_the_one_that_keeps_first(store, clock, ask):
    phone = await meet(store, clock, PHONE)
    clock.move(days=1)
    tablet = await meet(store, clock, TABLET)
    await join(store, clock, tablet, phone)
    listed = await ask(Links, lambda book: book.accounts(tablet.id))
    assert [replace(one, id="") for one in listed] == [Linked("", "web"), Linked("", "telegram", joined=True)]


@pytest.mark.parametrize("leaving", [PHONE, TABLET])
async def test_an_account_that_leaves_is_somebody_new_without_anything_and_all_else_stays(store, clock, leaving):
    keeps = TABLET if leaving is PHONE else PHONE
    one = await a_whole_life(store, clock, keeps, await an_evening(store), "keeps")
    two = await a_whole_life(store, clock, leaving, await an_evening(store), "leaves")
    await join(store, clock, one, two)
    before = await counts(store, one)
    new = replace(two, id=await part(store, clock, one, leaving.platform))
    assert new.id not in (one.id, two.id)
    there = {"standings": 2, "hosts": 2} if leaving is PHONE else {}  # both evenings are in a room of Telegram
    assert {name: rows for name, rows in (await counts(store, new)).items() if rows} == {"people": 1, "accounts": 1, **there}
    after = await counts(store, one)
    gone = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert {"accounts": 1, "links": 1}.items() <= gone.items()
    assert set(gone) <= {"accounts", "links", "web_chat", "standings", "hosts", "substitutes", "roster", "duties"}
    person = await store.transact(lambda unit: unit.people.find(leaving))
    assert (person.id, person.language, person.consented_at) == (new.id, "", None)
    assert (await export(store, new))["accounts"][0]["user"] == leaving.user
    assert "leaves entry" in str(await export(store, one))


async def test_the_pages_own_chat_can_be_read_on(store, clock, tablet, phone):
    chat = WebChat(store, "web", "space")
    assert await chat.add("private_ana", TABLET, "m1", b"words")
    await join(store, clock, phone, tablet)
    assert await chat.replace("private_ana", "m1", b"words edited")
    assert await chat.of_chat("private_ana", 9) == [("m1", b"words edited")]


async def test_the_pages_own_chat_goes_when_the_pages_account_leaves(store, clock, tablet):
    discord = await meet(store, clock, Account("discord", "7"))
    await join(store, clock, discord, tablet)
    chat = WebChat(store, "web", "space")
    assert await chat.add("private_ana", TABLET, new_id(), b"words")
    await part(store, clock, discord, "web")
    assert await chat.of_chat("private_ana", 9) == []


async def test_what_waits_for_an_account_that_leaves_goes_to_the_one_that_stays(store, clock, claim, tablet, phone):
    await promise(store, post("k", to_person(phone), "waits"))
    await join(store, clock, tablet, phone)
    await part(store, clock, tablet, "telegram")
    assert await claim("telegram") == []
    [claimed] = await claim("web")
    assert (claimed.account, words_of([claimed])) == (TABLET, ["waits"])


async def test_a_mute_in_a_room_goes_with_the_account_that_is_there(store, clock, ask, evening, tablet, phone):
    await hold(store, clock, phone, evening, await a_room(store), Standing.MUTED)
    await join(store, clock, tablet, phone)
    new = await part(store, clock, tablet, "telegram")
    [stays] = await ask(FloorBook, lambda book: book.holds(evening))
    assert stays.person == new


async def test_who_is_put_out_is_known_to_be_until_that_ends(store, clock, ask, evening, tablet):
    room = await a_room(store)
    made = await hold(store, clock, tablet, evening, room, Standing.OUT)
    until = clock.now() + MINUTE
    await ask(FloorBook, lambda book: book.keep_hold(replace(made, until=until)))
    assert await ask(Links, lambda book: book.is_kept_out(tablet.id, clock.now()))
    assert not await ask(Links, lambda book: book.is_kept_out(tablet.id, until))


async def test_an_account_of_somebody_else_does_not_leave(store, clock, tablet, phone):
    async def work(unit):
        [account] = await Links(unit).accounts(phone.id)
        await Links(unit).part(tablet.id, account.id, clock.now())

    with pytest.raises(LookupError):
        await store.transact(work)


async def test_erasing_a_person_erases_all_their_accounts(store, clock, ask, tablet, phone):
    await join(store, clock, tablet, phone)
    await ask(PersonalRows, lambda rows: rows.erase(tablet.id, clock.now()))
    for account in (TABLET, PHONE):
        assert await store.transact(lambda unit, account=account: unit.people.find(account)) is None
    marks = await store.transact(lambda unit: unit.rows(select(tombstones)))
    assert len(marks) == 2
