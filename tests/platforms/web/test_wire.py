"""The page's protocol over real sockets: who sees what, and what happens once."""

import asyncio
import json

import pytest

from bot.core.calls import Kind
from bot.platforms.web.limits import Limits
from tests.platforms.web.house import CHECKIN, counter, said

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_answer_in_private_is_seen_by_its_person_alone(page):
    ana, ben, kim = page.person("Ana"), page.person("Ben"), page.person("Kim")
    await page.command(ana, "/urge")
    assert page.screen(ana) == ["An urge\nHow strong is it right now? Only you see this."]
    assert page.everything(ana)[0] == "/urge"
    for other in (ben, kim):
        assert page.everything(other) == page.everything(other, "room") == []
        assert all(frame["type"] in ("hello", "state", "history") for frame in page.tab(other).frames)


async def test_only_you_in_the_room_is_shown_there_at_its_place_and_to_nobody_else(page, opened):
    ana, ben = page.person("Ana"), page.person("Ben")
    await page.say(ben, "Good evening", "room")
    await page.command(ana, "/start", "room")
    await page.say(ben, "How are you", "room")
    begin = "Hello. I am a program, and nobody is watching this chat.\nType / to see what I can do."
    assert page.everything(ana, "room") == ["Good evening", begin, "How are you"]
    assert [message["only"] for message in page.tab(ana).shown("room")] == [False, True, False]
    assert page.everything(ben, "room") == ["Good evening", "How are you"]
    assert page.everything(ana) == []
    again = await opened()
    assert again.everything(again.person("Ana"), "room") == ["Good evening", begin, "How are you"]
    assert again.everything(again.person("Ben"), "room") == ["Good evening", "How are you"]


async def test_an_answer_to_the_room_is_seen_by_all_and_one_to_the_private_chat_there(page):
    kim, ana = page.person("Kim"), page.person("Ana")
    await page.command(kim, "/announce", "room")
    await page.command(kim, "/whisper", "room")
    assert page.screen(ana, "room") == page.screen(kim, "room") == ["The meeting begins soon."]
    assert page.screen(kim) == ["I wrote to you in private."]
    assert page.screen(ana) == []


async def test_a_private_chat_is_of_the_one_community_too(page, house):
    await page.command(page.person("Ana"), "/start")
    assert (house.seen[0].place.space, house.seen[0].place.private) == ("demo", True)


async def test_talk_in_the_room_reaches_persons_and_never_the_house(page, house):
    ana, ben = page.person("Ana"), page.person("Ben")
    await page.say(ana, "I had a good week", "room")
    assert page.everything(ben, "room") == ["I had a good week"]
    assert page.tab(ben).shown("room")[0]["by"] == "ana"
    assert house.seen == []


async def test_words_in_private_reach_the_house_with_their_place_and_language(opened, house):
    page = await opened(language="de-AT,de;q=0.9,en;q=0.5")
    ana = page.person("Ana")
    await page.say(ana, "I walked")
    (incoming,) = house.seen
    assert (incoming.kind, incoming.words, incoming.locale) == (Kind.WORDS, "I walked", "de-AT")
    assert incoming.place.private
    assert incoming.account == ana.account
    assert page.tab(ana).shown("private")[-1]["language"] == "de"


async def test_a_press_edits_its_message_in_place(page, house):
    ana = page.person("Ana")
    await page.command(ana, "/count")
    (ref,) = {message["id"] for message in page.messages(ana)}
    await page.press(ana, "One more")
    await page.press(ana, "One more")
    assert page.screen(ana) == ["Count 2"]
    assert [message["id"] for message in page.messages(ana)] == [ref]
    assert [sent for _, sent in house.sent_to] == [ref] * 3
    assert [incoming.message for incoming in house.seen] == [None, ref, ref]


async def test_the_room_card_is_one_message_for_all(page):
    kim, ana, ben = page.person("Kim"), page.person("Ana"), page.person("Ben")
    await page.command(kim, "/room", "room")
    await page.press(ana, "I am here", "room")
    await page.press(ben, "I am here", "room")
    assert len(page.screen(kim, "room")) == 1
    assert "2 of 8 are here" in page.screen(kim, "room")[0]


async def test_two_tabs_of_one_person_show_the_same(page):
    ana = page.person("Ana")
    second = await page.open_tab(ana)
    await page.command(ana, "/count")
    await page.act(ana, {"type": "press", "pane": "private", "data": "count:to::1", "message": page.messages(ana)[0]["id"]}, tab=1)
    assert page.messages(ana) == [message for message in second.shown("private") if not message["by"]]
    assert page.screen(ana) == ["Count 1"]


async def test_a_form_opens_at_once_for_the_tab_that_asked_and_comes_back_whole(page, house):
    ana = page.person("Ana")
    second = await page.open_tab(ana)
    await page.command(ana, "/checkin")
    assert page.form(ana)["form"]["title"] == CHECKIN.title
    assert second.form is None
    await page.fill(ana, {"rating": "7", "words": "line one\nline two", "agenda": "no"})
    incoming = house.seen[-1]
    assert (incoming.kind, incoming.name, incoming.press) == (Kind.FORM, "checkin.save", CHECKIN.press)
    assert incoming.arguments == {"rating": "7", "words": "line one\nline two", "agenda": "no"}


async def test_a_command_of_two_words_is_known_by_the_menu_and_takes_options(page, house):
    kim = page.person("Kim")
    await page.command(kim, "/Meeting  create", "room", title="Tuesday", weekday="monday")
    await page.command(kim, "/language de", "room")
    made, language = house.seen
    assert (made.name, made.arguments) == ("meeting create", {"title": "Tuesday", "weekday": "monday"})
    assert (language.name, language.arguments) == ("language", {"text": "de"})
    assert made.place == page.room
    assert (made.roles, made.space_name) == (kim.persona.roles, "Demo community")


# Once ---------------------------------------------------------------------------------------------------------------


async def test_an_act_sent_again_changes_nothing_twice(page, house):
    ana = page.person("Ana")
    frame = {"type": "command", "pane": "private", "line": "/count"}
    act = await page.act(ana, frame)
    await page.press(ana, "One more")
    await page.act(ana, frame, act_id=act)  # its acknowledgement had been lost
    assert [incoming.receipt for incoming in house.seen].count(f"web:ana:{act}") == 2
    assert page.everything(ana) == ["/count", "Count 1"]


async def test_an_old_press_sent_again_does_not_undo_a_newer_one(page, house):
    ana = page.person("Ana")
    await page.command(ana, "/count")
    act = await page.press(ana, "One more")
    ref = page.messages(ana)[0]["id"]
    await page.press(ana, "One more")
    assert page.screen(ana) == ["Count 2"]
    await page.act(ana, {"type": "press", "pane": "private", "data": "count:to::1", "message": ref}, act_id=act)
    assert page.screen(ana) == ["Count 2"]


async def test_talk_sent_again_is_there_once(page):
    ana = page.person("Ana")
    frame = {"type": "words", "pane": "room", "text": "Hello"}
    act = await page.act(ana, frame)
    await page.act(ana, frame, act_id=act)
    assert page.everything(page.person("Ben"), "room") == ["Hello"]


async def test_the_same_act_id_of_two_persons_is_two_acts(page, house):
    frame = {"type": "command", "pane": "private", "line": "/start"}
    for name in ("Ana", "Ben"):
        await page.act(page.person(name), frame, act_id="0123456789abcdef")
    assert len({incoming.receipt for incoming in house.seen}) == 2
    assert len(page.screen(page.person("Ben"))) == 1


async def test_a_new_process_has_the_history_and_knows_what_was_done(page, opened, house):
    ana = page.person("Ana")
    await page.command(ana, "/count")
    act = await page.press(ana, "One more")
    ref = page.messages(ana)[0]["id"]
    await page.say(page.person("Ben"), "Hello", "room")

    new = await opened()
    assert new.everything(ana) == ["/count", "Count 1"]
    assert new.everything(ana, "room") == ["Hello"]
    await new.press(ana, "One more")
    await new.act(ana, {"type": "press", "pane": "private", "data": "count:to::1", "message": ref}, act_id=act)
    assert new.everything(ana) == ["/count", "Count 2"]
    await new.say(ana, "later", "room")
    assert new.everything(ana, "room") == ["Hello", "later"]


# Order --------------------------------------------------------------------------------------------------------------


async def test_acts_of_one_person_wait_for_each_other_and_those_of_others_do_not(page, house):
    ana, ben = page.person("Ana"), page.person("Ben")
    house.gate.clear()
    for act in ("aaaaaaaa1111", "aaaaaaaa2222"):
        await page.tab(ana).socket.send_str(json.dumps({"type": "command", "pane": "private", "line": "/start", "id": act}))
    await page.tab(ben).socket.send_str(json.dumps({"type": "command", "pane": "private", "line": "/start", "id": "bbbbbbbb3333"}))
    await page.until(lambda: len(page.everything(ben)) == 1)
    await page.settle()
    assert sorted(house.order) == ["begin 1111", "begin 3333"]
    house.gate.set()
    await page.until(lambda: "aaaaaaaa2222" in page.tab(ana).acknowledged)
    assert house.order.index("end 1111") < house.order.index("begin 2222")


async def test_help_does_not_wait_behind_an_act_that_hangs(page, house):
    ana = page.person("Ana")
    house.gate.clear()
    await page.tab(ana).socket.send_str(json.dumps({"type": "command", "pane": "private", "line": "/start", "id": "aaaaaaaa1111"}))
    await page.press(ana, "safety:now")
    assert "112" in page.screen(ana)[-1]
    house.gate.set()


async def test_asking_for_help_leaves_no_trace_in_the_log(page, history):
    ana = page.person("Ana")
    await page.command(ana, "/start")
    kept = [await history.of_chat(chat, 100) for chat in ("private_ana", "only_ana", "room")]
    await page.command(ana, "/now")
    await page.press(ana, "Overdose")
    await page.press(ana, "safety:now", "room")
    assert page.screen(ana)[-1] == "About: overdose"
    assert "112" in page.screen(ana, "room")[-1]
    assert [await history.of_chat(chat, 100) for chat in ("private_ana", "only_ana", "room")] == kept


async def test_an_answer_under_way_is_finished_when_the_process_ends(page, house, history):
    ana = page.person("Ana")
    house.gate.clear()
    await page.tab(ana).socket.send_str(json.dumps({"type": "command", "pane": "private", "line": "/start", "id": "aaaaaaaa1111"}))
    await page.until(lambda: len(page.everything(ana)) == 1)
    stopping = asyncio.create_task(page.stop())
    await asyncio.sleep(0.05)
    house.gate.set()
    await stopping
    assert len(await history.of_chat("private_ana", 10)) == 2
    assert len(house.sent_to) == 1


# The log ------------------------------------------------------------------------------------------------------------


async def test_what_was_erased_elsewhere_leaves_the_screen(page, house, history):
    ana = page.person("Ana")
    await page.command(ana, "/start")
    assert len(page.everything(ana)) == 2
    take = house.take

    async def erase(incoming):
        answer = await take(incoming)
        history.forget("private_ana")
        return answer

    house.take = erase
    house.extra["erase"] = said("All of it is deleted.")
    await page.command(ana, "/erase")
    assert page.everything(ana) == ["All of it is deleted."]


async def test_history_comes_in_parts_and_the_room_merges_in_order(opened):
    page = await opened(limits=Limits(history=4))
    ana = page.person("Ana")
    for number in range(6):
        await page.say(ana, f"talk {number}", "room")
        await page.command(ana, "/start", "room")
    new = await opened(limits=Limits(history=4))
    shown = new.tab(ana).shown("room")
    assert [message["only"] for message in shown] == [False, True, False, True]
    assert next(frame for frame in new.tab(ana).frames if frame["type"] == "history")["more"]
    await new.tab(ana).socket.send_str(json.dumps({"type": "history", "pane": "room", "before": shown[0]["order"]}))
    await new.until(lambda: len(new.tab(ana).shown("room")) == 8)
    assert new.everything(ana, "room")[::2] == ["talk 2", "talk 3", "talk 4", "talk 5"]


async def test_hostile_words_arrive_as_words(page):
    ana, ben = page.person("Ana"), page.person("Ben")
    hostile = (
        "@everyone <script>alert(1)</script> **b** \u202eevil\u202c [x](tg://user?id=1) \U0001f9d1\u200d\U0001f33e " + "x" * 9_900
    )
    await page.say(ana, hostile, "room")
    (message,) = page.tab(ben).shown("room")
    (node,) = message["blocks"][0]["inner"]
    assert node == {"kind": "words", "text": hostile.replace("\u202e", "").replace("\u202c", "")}


@pytest.mark.parametrize("reply", [said(), counter(1)], ids=["nothing", "a slot"])
async def test_the_house_is_told_what_became_of_its_answer(page, house, reply):
    ana = page.person("Ana")
    house.extra["x"] = reply
    await page.command(ana, "/x")
    ((_, ref),) = house.sent_to
    assert (ref is None) == (reply.blocks == ())


async def test_persons_see_who_is_writing_in_the_room(page):
    ana, ben = page.person("Ana"), page.person("Ben")
    await page.tab(ana).socket.send_str(json.dumps({"type": "typing"}))
    await page.until(lambda: {"type": "typing", "name": "Ana"} in page.tab(ben).frames)
    assert all(frame["type"] != "typing" for frame in page.tab(ana).frames)
