"""Who reports: two taps, no name, taken back; and whom it reaches."""

import pytest
from msgspec.structs import replace

from bot.core.ids import new_id
from bot.core.replies import Press, To
from tests.handlers.reports.conftest import CONTACT, POST
from tests.handlers.screens import labels_of, press_of, text_of

START = Press("reports", "start", f"p{POST}")


async def test_two_taps_below_a_post_reach_every_facilitator_without_the_name_of_who_told(world):
    for name in ("kim", "lee"):
        await world.facilitator(name)
    ana = await world.member("ana")
    asked = await world.house.press("ana", START)
    assert "without your name" in text_of(asked)
    done = await world.house.press("ana", press_of(asked, "Unkind or threatening words"))
    assert "Sent to the facilitators" in text_of(done)
    await world.house.deliver()
    for name in ("kim", "lee"):
        assert await world.letters_to(name) == ["Something is waiting for you as a facilitator."]
        letter = world.house.of(await world.house.person(name))[-1].post.reply
        read = text_of(await world.house.press(name, press_of(letter, "Read it"), private=True))
        assert "Unkind or threatening words. Where: Evenings alone" in read
        assert "ana" not in read
        assert ana not in read


async def test_what_was_sent_is_told_in_place_of_the_list_it_was_chosen_from(world):
    await world.facilitator("kim")
    await world.member("ana")
    asked = await world.house.press("ana", START)
    done = await world.house.press("ana", press_of(asked, "Something else"))
    assert (done.to, done.replace) == (To.ONLY_YOU, True)
    listed = await world.house.press("ana", press_of(done, "What I reported"))
    assert (listed.to, listed.replace) == (To.ONLY_YOU, True)


async def test_a_letter_says_nothing_on_a_locked_phone(world):
    await world.facilitator("kim")
    await world.member("ana")
    await world.house.press("ana", Press("reports", "send", f"p{POST}", "sexual"))
    await world.house.deliver()
    [letter] = await world.letters_to("kim")
    for word in ("Sexual", "Evenings", "report"):
        assert word not in letter


async def test_who_is_reported_hears_nothing(world):
    await world.facilitator("kim")
    lee = await world.facilitator("lee")
    world.things[POST] = replace(world.things[POST], about=frozenset({lee}))
    await world.member("ana")
    await world.house.press("ana", Press("reports", "send", f"p{POST}", "unkind"))
    await world.house.deliver()
    assert len(await world.letters_to("kim")) == 1
    assert await world.letters_to("lee") == []
    report = world.house.of(await world.house.person("kim"))[-1].post.reply
    refused = await world.house.press("lee", press_of(report, "Read it"), private=True)
    missing = await world.house.press("lee", Press("reports", "read", new_id()), private=True)
    assert text_of(refused) == text_of(missing)


async def test_a_facilitator_who_reports_is_not_written_to_about_it(world):
    await world.facilitator("kim")
    await world.facilitator("lee")
    await world.house.press("kim", Press("reports", "send", f"p{POST}", "selling"))
    await world.house.deliver()
    assert (await world.letters_to("kim"), len(await world.letters_to("lee"))) == ([], 1)


async def test_what_a_facilitator_did_reaches_the_owners_alone(world):
    await world.facilitator("kim")
    await world.facilitator("olu", owner=True)
    await world.member("ana")
    asked = await world.house.press("ana", Press("reports", "send", f"p{POST}", "leading"))
    assert "owners of this community only" in text_of(asked)
    await world.house.press("ana", press_of(asked, "No: send it to the owners"))
    await world.house.deliver()
    assert (await world.letters_to("kim"), len(await world.letters_to("olu"))) == ([], 1)


async def test_what_an_owner_did_is_for_the_host_and_nothing_is_sent(world):
    await world.facilitator("olu", owner=True)
    await world.member("ana")
    asked = await world.house.press("ana", Press("reports", "send", f"p{POST}", "leading"))
    said = await world.house.press("ana", press_of(asked, "Yes, about an owner"))
    await world.house.deliver()
    assert CONTACT in text_of(said)
    assert await world.letters_to("olu") == []


async def test_danger_shows_the_emergency_number_before_anything_is_sent(world):
    await world.facilitator("kim")
    await world.member("ana")
    first = await world.house.press("ana", Press("reports", "send", f"p{POST}", "danger"))
    assert "In danger, call 112" in text_of(first)
    assert await world.house.deliver() == []
    await world.house.press("ana", press_of(first, "Tell them as well"))
    assert len(await world.house.deliver()) == 1


async def test_with_nobody_on_the_list_it_says_so_and_where_else_to_turn(world):
    await world.member("ana")
    said = text_of(await world.house.press("ana", Press("reports", "send", f"p{POST}", "other")))
    assert "I sent nothing" in said
    assert CONTACT in said


async def test_a_second_tap_is_no_second_report(world):
    await world.facilitator("kim")
    await world.member("ana")
    for _ in range(2):
        said = await world.house.press("ana", Press("reports", "send", f"p{POST}", "unkind"))
    assert "You sent this before" in text_of(said)
    assert len(await world.house.deliver()) == 1


async def test_five_a_day_and_more_tomorrow(world, clock):
    await world.facilitator("kim")
    await world.member("ana")
    for kind in ("unkind", "messages", "selling", "names", "tips"):
        await world.house.press("ana", Press("reports", "send", f"p{POST}", kind))
    said = await world.house.press("ana", Press("reports", "send", f"p{POST}", "other"))
    assert "five reports today" in text_of(said)
    clock.move(hours=25)
    again = await world.house.press("ana", Press("reports", "send", f"p{POST}", "other"))
    assert "Sent to the facilitators" in text_of(again)


async def test_words_are_shown_before_they_go_and_then_all_readers_hear_that_there_is_more(world):
    await world.facilitator("kim")
    await world.member("ana")
    sent = await world.house.press("ana", Press("reports", "send", f"p{POST}", "unkind"))
    form = (await world.house.press("ana", press_of(sent, "Add words"), private=True)).form
    shown = await world.house.send_form("ana", form.press, {"words": "@everyone **He** wrote <b>that</b>"}, leads=False)
    assert "exactly this" in text_of(shown)
    assert "@everyone **He** wrote <b>that</b>" in text_of(shown)
    read = await world.house.press("kim", Press("reports", "read", form.press.subject), private=True)
    assert "He" not in text_of(read)
    await world.house.deliver()
    await world.house.press("ana", press_of(shown, "Send it"), private=True)
    await world.house.press("ana", press_of(shown, "Send it"), private=True)
    assert [claimed.post.reply.blocks for claimed in await world.house.deliver()] != []
    assert "There is more" in (await world.letters_to("kim"))[-1]
    read = await world.house.press("kim", Press("reports", "read", form.press.subject), private=True)
    assert "@everyone **He** wrote <b>that</b>" in text_of(read)


@pytest.mark.parametrize("words", ["", "  ", "x" * 501, "x" * 10_000, "\u202e\u200b"])
async def test_words_that_are_none_or_too_many_change_nothing_and_say_what_to_do(world, words):
    await world.facilitator("kim")
    await world.member("ana")
    sent = await world.house.press("ana", Press("reports", "send", f"p{POST}", "unkind"))
    form = (await world.house.press("ana", press_of(sent, "Add words"), private=True)).form
    said = await world.house.send_form("ana", form.press, {"words": words}, leads=False)
    assert "Please" in text_of(said)  # what to do next
    mine = await world.house.press("ana", Press("reports", "shown", form.press.subject), private=True)
    assert "Your words" not in text_of(mine)


async def test_taken_back_it_is_gone_for_every_reader(world):
    await world.facilitator("kim")
    await world.member("ana")
    sent = await world.house.press("ana", Press("reports", "send", f"p{POST}", "unkind"))
    await world.house.deliver()
    back = await world.house.press("ana", press_of(sent, "Take it back"), private=True)
    assert "Nobody can read it any more" in text_of(back)
    await world.house.deliver()
    last = world.house.of(await world.house.person("kim"))[-1]
    assert last.edit is not None
    assert "taken back" in text_of(last.post.reply)
    refused = await world.house.press("kim", Press("reports", "read", press_of(sent, "Take it back").subject), private=True)
    missing = await world.house.press("kim", Press("reports", "read", new_id()), private=True)
    assert text_of(refused) == text_of(missing)


async def test_buttons_that_nobody_made_change_nothing(world, clock):
    await world.facilitator("kim")
    await world.member("ana")
    await world.member("eve")
    sent = await world.house.press("ana", Press("reports", "send", f"p{POST}", "unkind"))
    mine = press_of(sent, "Take it back").subject
    missing = text_of(await world.house.press("eve", Press("reports", "back", new_id()), private=True))
    for action in ("back", "shown", "words", "add", "read", "answer", "settle", "write", "answer_own"):
        said = await world.house.press("eve", Press("reports", action, mine, "look"), private=True)
        assert text_of(said) == missing, action
    for subject in ("", "x", f"z{POST}", f"p{new_id()}", f"c{new_id()}", "p" + "g" * 32):
        for action in ("start", "again", "send"):
            clock.move(seconds=5)
            said = await world.house.press("eve", Press("reports", action, subject, "unkind"))
            assert text_of(said) == missing, (action, subject)
    wrong = await world.house.press("ana", Press("reports", "send", f"p{POST}", "nothing"))
    assert text_of(wrong) == missing
    assert len(await world.house.deliver()) == 1


async def test_report_is_about_the_community_one_is_in_and_asks_where_when_that_is_not_known(world):
    await world.facilitator("kim")
    await world.member("ana")
    asked = await world.house.type("ana", "/report")
    assert "Tell the facilitators" in text_of(asked)
    said = await world.house.press("ana", press_of(asked, "Something else"))
    assert "somewhere in this community" in text_of(said)
    await world.member("zoe")
    stranger = await world.house.type("zoe", "/report", private=True)
    assert "type /report in a room" in text_of(stranger)


async def test_what_one_reported_can_be_looked_at_again(world):
    await world.facilitator("kim")
    await world.member("ana")
    await world.house.press("ana", Press("reports", "send", f"p{POST}", "unkind"))
    asked = await world.house.type("ana", "/report")
    mine = await world.house.press("ana", press_of(asked, "What I reported"), private=True)
    shown = await world.house.press("ana", press_of(mine, "Unkind or threatening words"), private=True)
    assert "within three days" in text_of(shown)
    assert "Take it back" in labels_of(shown)
