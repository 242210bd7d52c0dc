"""Who wants a meeting's time, and for what: in an order that facilitators may change; each one's wish stays their own."""

import pytest

from bot.core.replies import Press, Reply
from storage.agenda import AgendaRows
from storage.privacy import PersonalRows
from storage.unit import concrete
from tests.handlers.agenda.conftest import wants
from tests.handlers.meetings.house import House
from tests.handlers.screens import labels_of, press_of, text_of


async def listed(house: House, value: str = "") -> Reply:
    return await house.press("fay", Press("agenda", "list", (await house.occurrence()).id, value), leads=True)


async def lead(house: House, action: str, value: str = "") -> Reply:
    reply = await house.press("fay", Press("agenda", action, (await house.occurrence()).id, value), leads=True)
    await house.work_off()
    return reply


async def own(house: House, who: str, value: str = "") -> Reply:
    reply = await house.press(who, Press("agenda", "mine", (await house.occurrence()).id, value), private=True)
    await house.work_off()
    return reply


@pytest.fixture
async def three(running: House) -> House:
    """Ann, Bob and Cat want time, in this order."""
    await wants(running, "ann", "Planning")
    await wants(running, "bob", "An urge", "Bobby")
    await wants(running, "cat", "A conflict")
    return running


async def test_the_card_shows_the_next_topic_and_how_many_more(three: House):
    card = text_of(three.card)
    assert "Next on the agenda: Planning" in card
    assert "After that, 2 more topics wait." in card
    assert "Now on the agenda" not in card


async def test_a_facilitator_sees_each_wish_with_the_name_that_was_chosen_or_somebody(three: House):
    assert {"Planning: somebody", "Urges: Bobby", "Conflict: somebody"} <= set(labels_of(await listed(three)))


async def test_items_move_up_and_down(three: House):
    await lead(three, "up", "2")
    await lead(three, "down", "1")
    assert "Next on the agenda: Urges (Bobby)" in text_of(three.card)
    order = [label for label in labels_of(await listed(three)) if ": " in label]
    assert order == ["Urges: Bobby", "Conflict: somebody", "Planning: somebody"]


async def test_whoever_comes_later_stands_at_the_end_of_a_changed_order(running: House):
    await wants(running, "ann", "Planning")
    await wants(running, "bob", "An urge")
    await lead(running, "list")
    await lead(running, "up", "2")
    await wants(running, "cat", "A conflict")
    order = [label.partition(":")[0] for label in labels_of(await listed(running)) if ": " in label]
    assert order == ["Urges", "Planning", "Conflict"]


async def test_what_is_on_now_stands_on_the_card_and_what_was_before_is_done(three: House):
    await listed(three)
    await lead(three, "now", "1")
    assert "Now on the agenda: Planning" in text_of(three.card)
    shown = await lead(three, "now", "2")
    assert "Now on the agenda: Urges (Bobby)" in text_of(three.card)
    assert "Planning: somebody (done)" in text_of(shown)


async def test_done_dropped_and_put_back(three: House):
    await listed(three)
    await lead(three, "done", "1")
    await lead(three, "drop", "2")
    assert "Next on the agenda: Conflict" in text_of(three.card)
    await lead(three, "open", "1")
    assert "Next on the agenda: Planning" in text_of(three.card)
    assert "Bobby" not in text_of(await listed(three))


async def test_a_facilitator_adds_a_topic_on_somebodys_word_without_a_name(running: House):
    offered = await lead(running, "add")
    assert "Urges" in labels_of(offered)
    await lead(running, "add", "urge")
    assert "Next on the agenda: Urges" in text_of(running.card)
    assert "on somebody’s word" in text_of(await listed(running))


async def test_not_more_are_added_than_a_meeting_has_time_for(running: House):
    for _ in range(31):
        running.clock.move(minutes=1)
        reply = await lead(running, "add", "urge")
    assert "The list is full" in text_of(reply)


async def test_two_facilitators_who_press_at_once_do_it_once(three: House):
    await listed(three)
    await lead(three, "done", "1")
    occurrence = (await three.occurrence()).id
    second = await three.press("gil", Press("agenda", "done", occurrence, "1"), leads=True)
    assert "That is so already" in text_of(second)
    await three.work_off()
    assert "Next on the agenda: Urges" in text_of(three.card)


async def test_the_first_cannot_go_up_nor_the_last_down(three: House):
    await listed(three)
    for action, number in (("up", "1"), ("down", "3"), ("up", "77"), ("now", "x")):
        assert "That is so already" in text_of(await lead(three, action, number))
    assert "Next on the agenda: Planning" in text_of(three.card)


@pytest.mark.parametrize("action", ["list", "one", "up", "down", "now", "done", "open", "drop", "add"])
async def test_a_member_sees_and_moves_nothing(three: House, action: str):
    await listed(three)
    before, occurrence = text_of(three.card), (await three.occurrence()).id
    for private in (False, True):
        for value in ("1", "2", "urge"):
            reply = await three.press("ann", Press("agenda", action, occurrence, value), private=private)
            assert "Bobby" not in text_of(reply)
    await three.work_off()
    assert text_of(three.card) == before


async def test_a_forged_evening_is_a_button_that_nobody_made(running: House):
    for subject in ("0" * 32, "x", ""):
        for action in ("list", "mine", "bring"):
            reply = await running.press("ann", Press("agenda", action, subject, "yes"), leads=True)
            assert "I no longer know this button" in text_of(reply)


async def test_a_facilitator_of_elsewhere_is_nobody_here(three: House):
    occurrence = (await three.occurrence()).id
    three.space = "elsewhere"
    reply = await three.press("eve", Press("agenda", "list", occurrence), leads=True)
    assert "I no longer know this button" in text_of(reply)


# One's own wish ----------------------------------------------------------------------------------------------------------


async def test_ones_own_wish_is_shown_to_oneself_alone_and_can_be_changed(three: House):
    shown = await three.press("bob", press_of(three.card, "My topic"), private=True)
    assert "You want time for: Urges. The room sees the topic and the name “Bobby”." in text_of(shown)
    await own(three, "bob", "low_mood")
    assert "Low mood: Bobby" in labels_of(await listed(three))


async def test_a_name_can_be_taken_off(three: House):
    await own(three, "bob", "unnamed")
    assert "Urges: somebody" in labels_of(await listed(three))


async def test_a_wish_can_be_taken_back_and_wished_again(three: House):
    taken = await own(three, "ann", "none")
    assert "Taken back" in text_of(taken)
    assert "Planning" not in text_of(three.card)
    await own(three, "ann", "planning")
    assert "Planning: somebody" in labels_of(await listed(three))


async def test_who_asked_for_nothing_may_ask_by_a_tap(running: House):
    assert "You have not asked for time." in text_of(await own(running, "cat"))
    await own(running, "cat", "conflict")
    assert "Next on the agenda: Conflict" in text_of(running.card)


async def test_a_new_check_in_takes_the_place_of_what_was_said_before(three: House):
    await listed(three)
    await lead(three, "done", "1")
    reply = await three.press("ann", press_of(three.card, "My check-in"), private=True)
    for label in ("Check in once more", "5", "Skip", "Skip", "Motivation", "Without my name", "Save"):
        reply = await three.press("ann", press_of(reply, label), private=True)
    await three.work_off()
    labels = labels_of(await listed(three))
    assert "Motivation: somebody" in labels
    assert "Planning: somebody" not in labels


async def test_nobody_can_wish_where_no_check_in_is_open(house: House):
    await house.plan()
    await house.pass_time(minutes=5)
    await house.consent("ann")
    occurrence = (await house.occurrence()).id
    reply = await house.press("ann", Press("agenda", "mine", occurrence, "urge"), private=True)
    assert "not open just now" in text_of(reply)


async def test_words_that_nobody_offered_are_no_topic(running: House):
    await own(running, "cat", "selling_things")
    assert "agenda" not in text_of(running.card)


async def test_an_erased_persons_wish_leaves_list_and_card(three: House):
    feature = next(one for one in three.features if one.name == "agenda")
    bob = await three.person("bob")

    async def erase(unit) -> None:
        assert feature.leaves is not None
        await feature.leaves(bob, three.clock.now(), unit)
        await PersonalRows(concrete(unit)).erase(bob, three.clock.now())

    await three.store.transact(erase)
    await three.work_off()
    assert "Bobby" not in text_of(await listed(three))
    assert "After that, one more topic waits." in text_of(three.card)


async def test_the_room_reads_no_more_of_a_wish_than_topic_and_chosen_name(three: House):
    occurrence = await three.occurrence()
    tally = await three.store.transact(lambda unit: AgendaRows(unit).tally(occurrence))
    assert tally.following is not None
    assert (tally.done, tally.following.topic, tally.following.name, tally.more) == (3, "planning", "", 2)
