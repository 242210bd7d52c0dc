"""The kinds of check-ins: the short one, a relative's, and those that a prompt asked for."""

import pytest

from bot.core.ids import PersonId
from bot.core.meetings import Audience
from bot.core.ports import Entry
from bot.core.prompting import prompted
from bot.core.replies import Press
from content.loader import load_flows
from handlers import checkin
from handlers.checkin.records import CheckInBody
from handlers.checkin.rules import TOOLS, body_of, occurrence_of
from storage.agenda import AgendaRows
from storage.checkin import CheckIns
from tests.handlers.meetings.house import House
from tests.handlers.ownquestions.conftest import AskingHouse, asking_house
from tests.handlers.screens import labels_of, press_of, text_of


@pytest.fixture
async def asking(tmp_path, clock):
    async with asking_house(tmp_path, clock) as opened:
        await opened.consent("ann")
        yield opened


async def taps(house, who, reply, *labels):
    for label in labels:
        reply = await house.press(who, press_of(reply, label), private=True)
    return reply


async def test_from_checkin_alone_one_small_button_leads_to_the_other_kinds(house: House):
    await house.consent("ann")
    reply = await house.type("ann", "/checkin", private=True)
    reply = await taps(house, "ann", reply, "5", "Skip", "Skip", "Save", "Other check-ins")
    assert {"Check-in", "Short check-in", "Check-in for relatives"} <= {*labels_of(reply)}
    assert "Did you do" in text_of(await taps(house, "ann", reply, "Check-in for relatives", "5"))


async def test_a_forged_kind_shows_which_there_are(house: House):
    await house.consent("ann")
    for forged in ("owncheckin", "gate", "x", ""):
        reply = await house.press("ann", Press("checkin", "begin", forged), private=True)
        assert "Which check-in would you like to do?" in text_of(reply)


@pytest.mark.parametrize("need", ["An urge", "Motivation", "My thoughts", "Balance in my life", "A hard talk"])
async def test_the_short_one_is_two_taps_and_names_one_tool(asking: AskingHouse, need):
    reply = await asking.begin("ann", "quickcheckin", "")
    reply = await taps(asking, "ann", reply, "6", need)
    assert "Saved. Only you see it." in text_of(reply)
    opened = [button.press for row in reply.buttons for button in row if button.press is not None]
    assert sum(press.action == "start" for press in opened) == 1
    [body] = await asking.bodies()
    assert (body.rating, body.kind, body.voice) == (6, "quickcheckin", "")
    assert body.need in TOOLS


async def test_nothing_now_names_no_tool_and_nothing_said_keeps_nothing(asking: AskingHouse):
    reply = await taps(asking, "ann", await asking.begin("ann", "quickcheckin", ""), "6", "Nothing now")
    assert labels_of(reply) == ["Other check-ins", "Help now"]
    reply = await taps(asking, "ann", await asking.begin("ann", "quickcheckin", ""), "Skip", "Skip")
    assert "You entered nothing this time." in text_of(reply)
    assert [body.rating for body in await asking.bodies()] == [6]


def test_each_tool_that_is_named_is_there_to_be_begun():
    flows = load_flows()
    assert all(flows[tool].commands for tool in TOOLS.values())


# A prompt's --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flow", ["checkin", "quickcheckin", "familycheckin"])
async def test_one_that_a_prompt_asked_for_is_answered_and_of_no_meeting(asking: AskingHouse, flow):
    reply = await asking.begin("ann", flow, prompted("a1"))
    for _ in range(5):
        if not any(label in labels_of(reply) for label in ("Skip", "Save")):
            break
        reply = await taps(
            asking, "ann", reply, "5" if "5" in labels_of(reply) else "Save" if "Save" in labels_of(reply) else "Skip"
        )
    assert "followed" in text_of(reply)
    assert "The room" not in text_of(reply)
    assert [done.flow for done in asking.answered or ()] == [flow]
    assert [body.rating for body in await asking.bodies()] == [5]


async def test_one_that_nobody_asked_for_answers_no_prompt(asking: AskingHouse):
    await taps(asking, "ann", await asking.begin("ann", "quickcheckin", ""), "6", "Nothing now")
    assert asking.answered == []


def test_only_a_meetings_id_is_a_meeting():
    assert [occurrence_of(subject) for subject in ("", "family", prompted("a1"), prompted("a1", "b" * 32))] == [""] * 4
    assert occurrence_of("e" * 32) == "e" * 32


async def test_in_a_meeting_a_prompts_check_in_is_no_fact(asking: AskingHouse):
    async def ask(unit):
        return [
            await checkin.in_a_meeting(PersonId("p" * 32), subject, unit) for subject in (prompted("a1"), "family", "", "e" * 32)
        ]

    assert await asking.store.transact(ask) == [(), (), (), ("e" * 32,)]


# Relatives' --------------------------------------------------------------------------------------------------------------


async def family_evening(house: House) -> None:
    await house.plan(audience=Audience.FAMILY)
    await house.pass_time(minutes=6)
    await house.type("fay", "/meeting start", leads=True)
    await house.deliver()
    await house.press("ann", press_of(house.card, "I am here"))
    await house.type("fay", "/meeting checkin", leads=True)
    await house.work_off()


async def test_a_meeting_for_family_hands_out_the_relatives_one(house: House):
    await house.consent("ann")
    await family_evening(house)
    assert "How was your own week?" in house.private_texts(await house.person("ann"))[0]
    assert "How was your own week?" in text_of(await house.press("ann", press_of(house.card, "My check-in"), private=True))


async def test_their_topic_reaches_the_room_and_nothing_else(house: House):
    await house.consent("ann")
    await family_evening(house)
    last = await house.answer_checkin("ann", "2", "A little", "my brothers night", "Low mood", "Without my name", "Save")
    assert "the topic “Low mood”. Nothing else." in text_of(last)
    await house.work_off()
    occurrence = await house.occurrence()
    tally = await house.store.transact(lambda unit: AgendaRows(unit).tally(occurrence))
    assert tally.done == 1
    room = " ".join(text_of(claimed.post.reply) for claimed in house.sent if claimed.room is not None)
    assert "brother" not in room


async def test_in_one_person_too_both_voices_stay_apart(asking: AskingHouse):
    for flow, numbers in (("familycheckin", "23"), ("checkin", "78")):
        for number in numbers:
            reply = await taps(asking, "ann", await asking.begin("ann", flow, ""), number, "Skip", "Skip", "Save")
            asking.clock.move(days=1)
            assert reply.picture is None or {y for _, y in reply.picture.points} == {float(n) for n in numbers}
        assert reply.picture is not None
    ann, since = await asking.person("ann"), asking.clock.now().replace(year=2000)
    assert [r.rating for r in await asking.store.transact(lambda unit: CheckIns(unit).rated(ann, "family", since))] == [2, 3]


def test_what_is_not_as_asked_counts_as_left_out():
    forged: dict[str, Entry] = {"rating": 11, "own": "always", "hard": 7, "need": "urge"}
    assert body_of("familycheckin", forged) == CheckInBody(kind="familycheckin", voice="family")
    assert body_of("quickcheckin", {"rating": "5", "need": "cake"}) == CheckInBody(kind="quickcheckin")
    assert body_of("owncheckin", {"answers": {"made up": "x"}}).is_empty
