"""A code is made once, typed once, and tells a guesser nothing."""

import pytest

from bot.core.codes import ALPHABET, SYMBOLS
from bot.core.ids import new_code
from bot.core.replies import To
from handlers.linking.records import Linked
from handlers.linking.rules import may_leave, share_a_platform
from tests.handlers.linking.people import code_of, labels, link, say_yes
from tests.security.inside import text_of
from tests.security.rows import files_with

WRONG = "0000-1111-2222-3333-4444-5555-6666"


@pytest.fixture
def ana(inside):
    return inside.person("ana", "discord")


@pytest.fixture
def phone(inside):
    return inside.person("1001", "telegram")


def test_a_code_has_140_random_bits():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == SYMBOLS and set(code) <= set(ALPHABET) for code in codes)


def test_the_account_that_made_the_code_keeps_and_the_others_may_go():
    keeps, came, also = Linked("a", "discord"), Linked("b", "telegram", joined=True), Linked("c", "web", joined=True)
    assert may_leave([keeps], "discord") == []
    assert may_leave([keeps, came, also], "discord") == [came, also]
    assert may_leave([keeps, came, also], "web") == [also]
    assert may_leave([keeps, came], "elsewhere") == []
    assert share_a_platform([keeps, came], [came])
    assert not share_a_platform([keeps], [came, also])


async def test_link_explains_itself_in_private_and_offers_a_code(ana):
    reply = await ana.command("/link", "room")
    assert reply.to is To.PRIVATE
    assert labels(ana)[0] == "Make a code"
    assert "a reminder can still reach you there" in text_of(reply)


async def test_a_code_is_shown_once_and_never_told_again(inside, ana):
    await code_of(ana)
    assert ana.screen.fleeting
    assert ana.screen.guarded
    assert ana.screen.to is To.PRIVATE


async def test_before_a_code_is_made_the_person_consents(ana):
    await ana.command("/link")
    await ana.tap("Make a code")
    assert "Are you 18 or older" in text_of(ana.screen)


async def test_a_wrong_an_expired_and_a_used_code_have_one_answer(inside, ana, phone):
    other = inside.person("sam", "web")
    await phone.agree("/urge")
    used = await code_of(ana)
    await phone.command(f"/link {used}")
    expired = await code_of(ana)
    inside.clock.move(minutes=10)
    replaced = await code_of(ana)
    await code_of(ana)
    answers = [await who.command(f"/link {typed}") for who in (phone, other) for typed in (WRONG, "x", used, expired, replaced)]
    assert len(set(answers)) == 1
    assert "That code does not work" in text_of(answers[0])


async def test_who_is_not_known_is_not_made_known_by_a_wrong_code(inside, phone):
    await phone.command(f"/link {WRONG}")
    assert await inside.house.store.transact(lambda unit: unit.people.find(phone.account)) is None


async def test_ten_misses_hold_a_guesser_up_and_then_a_right_code_tells_nothing(inside, ana, phone):
    code = await code_of(ana)
    inside.clock.move(minutes=1)
    for _ in range(10):
        assert "does not work" in text_of(await phone.command(f"/link {WRONG}"))
        inside.clock.move(seconds=-4)
    assert "Wait a minute" in text_of(await phone.command(f"/link {code}"))
    inside.clock.move(minutes=1)
    assert "becomes part of the person" in text_of(await phone.command(f"/link {code}"))


async def test_on_the_account_that_made_it_or_on_the_same_platform_a_code_is_kind_and_not_used_up(inside, ana, phone):
    code, neighbour = await code_of(ana), inside.person("ben", "discord")
    assert "your own code" in text_of(await ana.command(f"/link {code}"))
    assert "different platforms" in text_of(await neighbour.command(f"/link {code}"))
    assert "becomes part of the person" in text_of(await phone.command(f"/link {code}"))


async def test_a_code_typed_in_a_room_is_of_no_use_to_who_read_it_there(ana, phone):
    code = await code_of(ana)
    right = await phone.command(f"/link {code}", "room")
    assert right == await phone.command(f"/link {WRONG}", "room")
    assert "belongs in your private chat" in text_of(right)
    assert "does not work" in text_of(await phone.command(f"/link {code}"))


async def test_a_no_changes_nothing_and_the_code_stays_used_up(ana, phone):
    code = await code_of(ana)
    await phone.command(f"/link {code}")
    before = phone.screen
    assert "Nothing was changed" in text_of(await phone.tap("No, leave it"))
    phone.screen = before
    assert "does not work" in await say_yes(phone)
    assert await ana.id() != await phone.id()


async def test_the_yes_of_somebody_else_is_the_same_as_none(inside, ana, phone):
    await phone.command(f"/link {await code_of(ana)}")
    thief = inside.person("thief", "web")
    thief.screen = phone.screen
    assert "does not work" in await say_yes(thief)
    assert await inside.house.store.transact(lambda unit: unit.people.find(thief.account)) is None


async def test_an_ask_ends_after_ten_minutes(inside, ana, phone):
    await phone.command(f"/link {await code_of(ana)}")
    inside.clock.move(minutes=10)
    assert "does not work" in await say_yes(phone)


async def test_a_code_stands_in_no_file_and_no_log(inside, ana, phone, lines):
    code = await code_of(ana)
    forms = (code, code.replace("-", ""))
    assert files_with(inside.folder, *forms) == []
    await phone.command(f"/link {code}")
    await say_yes(phone)
    assert await ana.id() == await phone.id()
    assert files_with(inside.folder, *forms) == []
    assert lines.getvalue().count("command.done") > 3
    assert not any(form.lower() in lines.getvalue().lower() for form in forms)


async def test_a_third_account_may_come_in_and_a_second_on_one_platform_not(inside, ana, phone):
    web, again = inside.person("ana", "web"), inside.person("1002", "telegram")
    await link(ana, phone)
    await link(ana, web)
    assert await ana.id() == await phone.id() == await web.id()
    assert "different platforms" in text_of(await again.command(f"/link {await code_of(web)}"))
