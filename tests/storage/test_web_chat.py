"""The web page's chat history."""

import pytest
from msgspec.structs import replace

from bot.core.calls import Account
from storage.privacy import PersonalRows
from storage.web_chat import WebChat
from tests.storage.people import meet

ANA = Account("web", "ana")


@pytest.fixture
def chat(store):
    return WebChat(store, "web", "demo")


async def test_the_newest_come_back_oldest_first(chat):
    for n in range(5):
        assert await chat.add("room", None, f"m{n}", b"%d" % n)
    assert await chat.of_chat("room", 3) == [("m2", b"2"), ("m3", b"3"), ("m4", b"4")]
    assert await chat.of_chat("private_ana", 3) == []


async def test_a_message_is_replaced_in_its_place_and_in_its_chat_only(chat):
    await chat.add("room", None, "a", b"1")
    await chat.add("room", None, "b", b"2")
    assert await chat.replace("room", "a", b"new")
    assert not await chat.replace("private_ana", "a", b"other")
    assert await chat.of_chat("room", 9) == [("a", b"new"), ("b", b"2")]


async def test_nothing_is_kept_of_somebody_who_is_not_known_and_no_words_before_consent(store, chat, clock):
    assert not await chat.add("private_ana", ANA, "a", b'{"said": "/start"}')
    assert not await chat.keeps_words(ANA)
    ana = await meet(store, clock, ANA)
    assert not await chat.keeps_words(ANA)
    assert await chat.add("private_ana", ANA, "b", b'{"said": "hello"}')
    await store.transact(lambda unit: unit.people.save(replace(ana, consented_at=clock.now())))
    assert await chat.keeps_words(ANA)
    exported = await store.transact(lambda unit: PersonalRows(unit).export(ana.id))
    assert [row["body"] for row in exported["web_chat"]] == [{"said": "hello"}]
    await store.transact(lambda unit: PersonalRows(unit).erase(ana.id, clock.now()))
    assert await chat.of_chat("private_ana", 9) == []
