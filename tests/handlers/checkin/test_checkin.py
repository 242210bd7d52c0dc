"""The private check-in, in a meeting and alone."""

import pytest

from bot.core.posts import Lane
from bot.core.replies import Press, To
from content.loader import load_flows, load_texts
from storage.checkin import CheckIns
from storage.tables.people import people
from tests.handlers.meetings.house import House
from tests.handlers.screens import labels_of, press_of, text_of


async def open_room(house: House) -> None:
    await house.plan()
    await house.pass_time(minutes=6)
    await house.type("fay", "/meeting start", leads=True)
    await house.deliver()


@pytest.fixture
async def running(house: House) -> House:
    """A meeting with its check-in under way; Ann and Bob are there and have consented."""
    for who in ("ann", "bob"):
        await house.consent(who)
    await open_room(house)
    for who in ("ann", "bob"):
        await house.press(who, press_of(house.card, "I am here"))
    await house.type("fay", "/meeting checkin", leads=True)
    await house.work_off()
    return house


async def test_each_person_present_gets_the_first_question_in_private(running: House):
    for who in ("ann", "bob"):
        (given,) = running.of(await running.person(who))
        assert "How was your week?" in text_of(given.post.reply)
        assert (given.post.lane, given.post.reply.to, given.post.twice) == (Lane.PRIVATE, To.PRIVATE, False)
        assert given.post.too_late_at == (await running.occurrence()).forgotten_at


async def test_starting_it_again_gives_nobody_a_second_one(running: House):
    await running.type("fay", "/meeting checkin", leads=True)
    await running.work_off()
    assert len(running.of(await running.person("ann"))) == 1


async def test_who_comes_later_gets_it_too(running: House):
    await running.consent("cat")
    await running.press("cat", press_of(running.card, "I am here"))
    await running.work_off()
    assert "How was your week?" in running.private_texts(await running.person("cat"))[0]


async def test_who_has_not_consented_is_asked_first_and_then_goes_on(house: House):
    await open_room(house)
    await house.press("cat", press_of(house.card, "I am here"))
    await house.type("fay", "/meeting checkin", leads=True)
    await house.work_off()
    (invitation,) = house.of(await house.person("cat"))
    gate = await house.press("cat", press_of(invitation.post.reply, "Open my check-in"), private=True)
    assert "may I keep what you enter?" in text_of(gate)
    question = await house.press("cat", press_of(gate, "Yes"), private=True)
    assert "How was your week?" in text_of(question)


async def test_the_cards_button_opens_the_same_check_in(running: House):
    opened = await running.press("ann", press_of(running.card, "My check-in"))
    assert "How was your week?" in text_of(opened)
    assert opened.slot == running.of(await running.person("ann"))[0].post.reply.slot


async def test_whoever_opens_it_is_counted_as_there(running: House):
    await running.consent("dan")
    await running.press("dan", press_of(running.card, "My check-in"))
    await running.work_off()
    assert "3 people are here" in text_of(running.card)


async def test_neither_rating_nor_words_reach_the_room(running: House):
    await running.answer_checkin("ann", "2", "called my sister", "a long night", "Low mood", "Without my name", "Save")
    await running.work_off()
    room = " ".join(text_of(claimed.post.reply) for claimed in running.sent if claimed.room is not None)
    assert "Next on the agenda: Low mood" in room
    assert not any(secret in room for secret in ("sister", "night", "2 of 10", "Ann"))


async def test_a_hostile_name_stays_words_on_the_card(running: House):
    await running.answer_checkin("ann", "2", "Skip", "Skip", "Planning", "With a name", "@everyone <b>\u202e", "Save")
    await running.work_off()
    assert "Next on the agenda: Planning (@everyone <b>)" in text_of(running.card)
    assert "Words(text='@everyone <b>')" in str(running.card.blocks)


async def test_the_last_screen_says_exactly_what_the_room_sees(running: House):
    ann = await running.answer_checkin("ann", "2", "Skip", "Skip", "Planning", "With a name", "Ann", "Save")
    assert "The room sees one more check-in, the topic “Planning” and the name “Ann”. Nothing else." in text_of(ann)
    bob = await running.answer_checkin("bob", "Skip", "Skip", "Skip", "No, thank you", "Save")
    assert "The room sees one more check-in. Nothing else." in text_of(bob)


async def test_leaving_everything_out_counts_as_done_and_adds_no_topic(running: House):
    await running.answer_checkin("ann", "Skip", "Skip", "Skip", "No, thank you", "Save")
    await running.work_off()
    assert "Check-ins: 1 of 2" in text_of(running.card)
    assert "agenda" not in text_of(running.card)


async def test_doing_it_again_is_offered_and_replaces_the_first(running: House):
    await running.answer_checkin("ann", "2", "Skip", "Skip", "Planning", "Without my name", "Save")
    reply = await running.press("ann", press_of(running.card, "My check-in"), private=True)
    assert "You have checked in already." in text_of(reply)
    for label in ("Check in once more", "5", "Skip", "Skip", "Motivation", "Without my name", "Save"):
        reply = await running.press("ann", press_of(reply, label), private=True)
    await running.work_off()
    card = text_of(running.card)
    assert "Check-ins: 1 of 2" in card
    assert "Next on the agenda: Motivation" in card
    assert "Planning" not in card


async def test_an_old_button_offers_a_check_in_alone(running: House):
    old = running.card
    await running.pass_time(hours=3)
    reply = await running.press("ann", press_of(old, "My check-in"), private=True)
    assert "This check-in is not open now." in text_of(reply)
    alone = await running.press("ann", press_of(reply, "Check in for myself"), private=True)
    assert "How was your week?" in text_of(alone)


async def test_a_forged_button_is_answered_like_any_unknown_one(running: House):
    for subject in ("0" * 32, "x"):
        reply = await running.press("ann", Press("checkin", "open", subject), private=True)
        assert "I no longer know this button." in text_of(reply)


async def test_alone_there_is_no_agenda_and_four_weeks_ratings_are_shown_back(house: House):
    await house.consent("ann")
    for rating in ("4", "6", "5", "7", "3"):
        reply = await house.type("ann", "/checkin", private=True)
        for label in (rating, "Skip", "Skip"):
            reply = await house.press("ann", press_of(reply, label), private=True)
        assert "Save" in labels_of(reply)
        reply = await house.press("ann", press_of(reply, "Save"), private=True)
        house.clock.move(days=7)
    assert reply.picture is not None
    assert [y for _, y in reply.picture.points] == [6, 5, 7, 3]  # the first is older than the four weeks
    assert "The room" not in text_of(reply)


async def test_another_persons_ratings_are_never_shown(running: House):
    await running.answer_checkin("bob", "9", "Skip", "Skip", "No, thank you", "Save")
    kept = await running.answer_checkin("ann", "2", "Skip", "Skip", "No, thank you", "Save")
    assert "9" not in text_of(kept)
    assert kept.picture is None


async def test_who_checked_in_before_the_hand_out_is_not_asked_again(house: House):
    await house.consent("ann")
    await open_room(house)
    await house.press("ann", press_of(house.card, "I am here"))
    await house.type("fay", "/meeting checkin", leads=True)  # handing out waits; Ann is faster
    occurrence = await house.occurrence()
    reply = await house.press("ann", Press("checkin", "open", occurrence.id), private=True)
    for label in ("5", "Skip", "Skip", "No, thank you", "Save"):
        reply = await house.press("ann", press_of(reply, label), private=True)
    await house.work_off()
    assert house.of(await house.person("ann")) == []


async def test_a_hundred_and_twenty_people_get_one_each(house: House):
    await open_room(house)
    join = press_of(house.card, "I am here")
    for n in range(120):
        await house.press(f"person{n}", join)
    await house.type("fay", "/meeting checkin", leads=True)
    await house.work_off()
    given = [claimed.account for claimed in house.sent if claimed.account is not None]
    assert (len(given), len(set(given))) == (120, 120)


async def test_an_erased_persons_topic_leaves_the_agenda(running: House):
    await running.answer_checkin("ann", "2", "Skip", "Skip", "Planning", "With a name", "Ann", "Save")
    ann, occurrence = await running.person("ann"), await running.occurrence()

    async def erase_and_read(unit):
        await unit.run(people.delete().where(people.c.person == ann))
        return await CheckIns(unit).items(occurrence.id)

    assert await running.store.transact(erase_and_read) == []


def test_the_flow_asks_for_the_agenda_in_a_meeting_only_and_all_its_texts_are_there():
    flow = load_flows()["checkin"]
    assert flow.facts == {"meeting", "plan", "plan_actions"}
    assert load_flows()["familycheckin"].facts == {"meeting"}
    for language in ("en", "de"):
        say = load_texts().of(language)
        for topic in ("urge", "motivation", "conflict", "low_mood", "planning", "other"):
            assert say.has(f"checkin.topic_{topic}")
            assert say.has(f"meetings.topic_{topic}")
