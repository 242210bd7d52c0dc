"""Writing without a name: seen first, sent by one's own tap, and taken back by nobody but who wrote it, or a facilitator."""

import pytest

from bot.core.calls import Kind
from bot.core.replies import Press
from bot.core.reporting import WHAT
from bot.core.richtext import words_in
from content.loader import load_texts
from handlers import topics
from handlers.topics.records import State
from storage.privacy import PersonalRows
from storage.topics import Topics
from tests.handlers.screens import labels_of, press_of, text_of
from tests.handlers.topics.acting import WORDS, allow_unnamed, ask, open_weekly, rules_of, write


async def test_the_words_are_seen_with_where_they_go_and_nothing_is_sent_before_the_tap(house, topic):
    sent = len(house.sent)
    screen = await ask(house, topic)
    await house.work_off()
    assert WORDS in text_of(screen)
    assert len(house.sent) == sent


async def test_who_did_not_consent_writes_nothing(house, topic):
    answer = await house.press("new", Press("topics", "write", topic.id))
    assert text_of(answer) == "Consent first."


async def test_it_comes_into_the_topic_once_however_often_the_tap_is_told(house, topic):
    screen = await ask(house, topic)
    for receipt in ("same", "same", "other"):
        press = press_of(screen, "Post it")
        answer = await house.act("ana", Kind.PRESS, house.place("ana", private=True), press=press, receipt=receipt)
    await house.work_off()
    assert text_of(answer).startswith("No words of yours wait here.")
    assert len(house.said()) == 1
    (slot,) = [slot for slot in house.where if slot.startswith("topic_post_")]
    assert house.where[slot].startswith("topic:")


@pytest.mark.parametrize(
    "typed",
    ["@everyone <@123> **bold** [x](https://evil.example)", "\u202eabc\u2066", "<:happy:123456> 😀", "a\n\n\n\n\nb", "= 1 + 1"],
)
async def test_what_somebody_wrote_stays_their_own_words_whatever_stands_in_it(house, topic, typed):
    await write(house, topic, words=typed)
    (reply,) = [reply for slot, reply in house.hanging.items() if slot.startswith("topic_post_")]
    (words,) = words_in(reply.blocks)
    assert not set(words) & set("\u202e\u2066")
    assert "\n\n\n" not in words
    assert reply.ping == ""


@pytest.mark.parametrize("typed", ["", "  \n ", "\u200b\u202e", "x" * 1001, "x" * 10_000])
async def test_nothing_and_too_much_is_not_kept(house, topic, typed):
    await ask(house, topic, words=typed)
    assert "No words of yours" in text_of(await house.press("ana", Press("topics", "post", topic.id)))


async def test_one_a_two_minutes_and_three_a_day(house, topic):
    await write(house, topic)
    assert "two minutes" in text_of(await write(house, topic, words="Again."))
    for _ in range(2):
        await house.pass_time(minutes=2)
        await write(house, topic, words="Again.")
    await house.pass_time(hours=2)
    assert "three times" in text_of(await write(house, topic, words="Once more."))
    assert len(house.said()) == 3
    await house.pass_time(days=1)
    assert text_of(await write(house, topic, words="Once more.")).startswith("It goes into")


async def test_who_wrote_takes_it_back_and_the_words_are_gone(house, topic):
    answer = await write(house, topic)
    told = await house.tap("ana", answer, "Take it back")
    await house.work_off()
    assert "taken back" in text_of(told)
    assert house.said() == ["This was taken back by who wrote it."]
    assert await house.posts(topic.id) == []


async def test_nobody_else_takes_it_back_and_what_is_not_theirs_is_as_if_it_were_not_there(house, topic):
    answer = await write(house, topic)
    await house.consent("eve")
    foreign = await house.press("eve", press_of(answer, "Take it back"))
    missing = await house.press("eve", Press("topics", "back", "0" * 32))
    await house.press("fay", press_of(answer, "Take it back"))
    assert text_of(foreign) == text_of(missing)
    assert len(await house.posts(topic.id)) == 1


async def test_what_i_wrote_lists_my_own_by_number_and_keeps_no_answer(house, topic):
    await write(house, topic)
    await write(house, topic, who="ben", words="Mine.")
    screen = await house.press("ana", Press("topics", "mine"))
    assert "number 1" in text_of(screen)
    assert "number 2" not in text_of(screen)
    assert WORDS not in text_of(screen)
    assert screen.fleeting
    await house.tap("ana", screen, "Take 1 back")
    await house.work_off()
    assert "Nothing of yours" in text_of(await house.press("ana", Press("topics", "mine")))


async def test_a_facilitator_takes_away_by_number_and_never_learns_who_wrote(house, topic):
    await write(house, topic)
    listed = await house.lead(await house.topic(), "What is open")
    screen = await house.press("fay", listed.buttons[0][0].press)
    assert labels_of(screen)[:1] == ["Take 1 away"]
    await house.lead(screen, "Take 1 away")
    await house.work_off()
    assert house.said() == ["This was taken away by a facilitator."]


async def test_a_member_takes_nothing_of_others_away(house, topic):
    await write(house, topic)
    (post,) = await house.posts(topic.id)
    await house.consent("eve")
    for private in (True, False):
        await house.press("eve", Press("topics", "away", post.id), private=private)
    assert await house.posts(topic.id) == [post]


async def test_turned_off_nothing_waits_and_the_door_closes(house, topic):
    screen = await ask(house, topic)
    off = await house.lead(await house.topic(), "Writing without a name")
    await house.lead(off, "Turn off")
    answer = await house.tap("ana", screen, "Post it")
    await house.work_off()
    assert "turned off" in text_of(answer)
    assert house.said() == []
    assert house.said("topic_door_") == ["Writing here without a name is turned off."]


async def test_a_closed_topic_takes_nothing_and_what_was_known_of_its_posts_is_forgotten(house, topic):
    await write(house, topic)
    (post,) = await house.posts(topic.id)
    screen = await ask(house, topic, who="ben")
    await house.press("fay", Press("topics", "close", topic.id))
    await house.work_off()
    assert "closed" in text_of(await house.tap("ben", screen, "Post it"))
    assert await house.store.transact(lambda unit: Topics(unit).post(post.id)) is None
    assert house.opened == {}


async def test_a_topic_of_another_community_is_as_if_it_were_closed(house, topic):
    await house.consent("eve")
    answer = await house.press("eve", Press("topics", "write", topic.id), private=False, space="elsewhere")
    assert "This topic is closed" in text_of(answer)


@pytest.mark.parametrize("platform", ["discord"])
async def test_where_the_platforms_rules_do_not_want_it_there_is_no_switch_and_no_door(house):
    panel = await house.topic()
    assert "Writing without a name" not in labels_of(panel)
    assert "the rules of this platform" in text_of(panel)
    topic = await open_weekly(house)
    await house.press("fay", Press("topics", "unnamed", topic.room, "on"))
    await house.consent("ana")
    assert "turned off" in text_of(await house.press("ana", Press("topics", "write", topic.id)))
    assert not (await rules_of(house)).unnamed
    assert house.hanging == {}


async def test_it_is_off_until_a_facilitator_turns_it_on_and_then_open_topics_have_the_door(house):
    topic = await open_weekly(house)
    assert house.hanging == {}
    await house.consent("ana")
    assert "turned off" in text_of(await house.press("ana", Press("topics", "write", topic.id)))
    await allow_unnamed(house)
    (door,) = [reply for slot, reply in house.hanging.items() if slot.startswith("topic_door_")]
    assert labels_of(door) == ["Write here without my name", "Help now"]


async def test_what_could_not_be_posted_is_said_so_where_one_looks(house, topic):
    house.room_is_gone = True
    await write(house, topic)
    assert [post.state for post in await house.posts(topic.id)] == [State.LOST]
    assert "could not be posted" in text_of(await house.press("ana", Press("topics", "mine")))


async def test_who_is_erased_takes_back_all_they_wrote_and_leaves_the_rest(house, topic):
    await write(house, topic)
    await write(house, topic, who="ben", words="Ben's.")
    person = await house.consent("ana")

    async def erase(unit):
        await house.feature.leaves(person, house.clock.now(), unit)
        await PersonalRows(unit).erase(person, house.clock.now())

    await house.store.transact(erase)
    await house.work_off()
    assert house.said() == ["This was taken back by who wrote it.", "2 Somebody wrote:\nBen's."]
    assert [post.number for post in await house.posts(topic.id)] == [2]


async def test_a_report_names_the_topic_and_nobody(house, topic):
    await write(house, topic)
    (post,) = await house.posts(topic.id)
    looks = topics.looks(load_texts(), Topics)
    title = load_texts().of("en").label(f"weekly.title_{topic.number:02}")
    for letter, thing in ((WHAT["topic"], topic.id), (WHAT["post"], post.id)):
        found = await house.store.transact(lambda unit, look=looks[letter], thing=thing: look(thing, unit))
        assert (found.title, found.about, found.community) == (title, frozenset(), topic.community)
        assert await house.store.transact(lambda unit, look=looks[letter]: look("0" * 32, unit)) is None


async def test_nothing_that_is_kept_of_a_person_names_what_they_wrote(house, topic):
    answer, ana = await write(house, topic), await house.consent("ana")
    (post,) = await house.posts(topic.id)
    await house.press("ana", Press("topics", "mine"))
    kept = await house.store.transact(lambda unit: PersonalRows(unit).export(ana))
    assert post.id not in str({kind: rows for kind, rows in kept.items() if kind != "topic_posts"})
    assert WORDS not in str(kept["topic_posts"])
    await house.tap("ana", answer, "Take it back")
    kept = await house.store.transact(lambda unit: PersonalRows(unit).export(ana))
    assert post.id not in str(kept)
