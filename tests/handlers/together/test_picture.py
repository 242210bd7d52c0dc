"""The joint picture: of those who agreed, from five up, once, after the week; and nothing of the week that is open."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.meetings import Audience
from bot.core.replies import Press
from bot.core.richtext import plain_block
from handlers.together import rules
from handlers.together.records import Sum
from storage.database import concrete
from storage.privacy import PersonalRows
from storage.tables.checkin import checkins
from tests.handlers.screens import labels_of, text_of
from tests.handlers.together.conftest import zone_of

FAMILY, PARTICIPANTS = Audience.FAMILY, Audience.PARTICIPANTS


def whole(reply):
    """All that is on a screen, the picture's words with it."""
    twin = reply.picture.twin if reply.picture else ()
    return f"{text_of(reply)}\n{chr(10).join(map(plain_block, twin))}".replace("\u2009", " ").replace("\xa0", " ")


async def test_five_who_agreed_make_a_picture_once_the_week_is_closed(house):
    await house.answer_all([0, 5, 5, 8, 10])
    assert (await house.look()).picture is None
    await house.next_week()
    shown = await house.look()
    assert "Nov 30 – Dec 6: 5 to 9 people. The middle answer is in 4 to 6." in whole(shown)
    assert shown.picture is not None
    assert shown.picture.points[-2:] == ((1.0, 1.0), (1.0, 0.0))
    assert labels_of(shown)[-1] == "Help now"


@pytest.mark.parametrize("people", range(5))
async def test_fewer_than_five_are_told_as_nobody_is(house, people):
    await house.consents("ana")
    nothing = await house.look()
    await house.answer_all([3, 4, 9, 1][:people])
    assert await house.look() == nothing
    await house.next_week()
    assert await house.look() == nothing


async def test_a_week_with_too_few_between_others_is_a_gap_and_says_no_more(house):
    await house.answer_all([5] * 6)
    await house.next_week()
    for who in ("p0", "p1", "p2", "p3"):
        await house.answers(who, 9)
    await house.next_week()
    four = await house.look()
    assert "Dec 7 – 13: fewer than 5 answered." in whole(four)
    assert four.picture is not None
    assert four.picture.points[-2:] == ((-1.0, -1.0), (-1.0, -1.0))
    assert four.picture.rows[-1][1] == ""


async def test_nothing_of_the_open_week_is_shown(house):
    await house.answer_all([5] * 5)
    await house.next_week()
    before = await house.look("ana")
    await house.answer_all([9] * 30)
    assert await house.look("ana") == before


async def test_who_did_not_agree_does_not_count(house):
    await house.answer_all([5] * 4)
    await house.consents("ana", "ben")
    await house.answers("ana", 5)
    await house.answers("ben", 5)
    await house.next_week()
    assert [week.sum for week in await house.weeks()] == [None]


async def test_agreeing_needs_the_screen_that_says_what_is_done(house):
    asked = await house.tap("ana", await house.look("ana"), "Let my number count")
    assert "The lowest and the highest numbers are left out." in text_of(asked)
    assert "with fewer than five nothing is told" in text_of(asked)
    gate = await house.tap("ana", asked, "Yes, let it count")
    assert "18 or older" in " ".join(labels_of(gate))
    agreed = await house.tap("ana", gate, "Yes, 18 or older")
    assert "Your number counts from this week on." in text_of(agreed)
    assert "Do not count my number" in labels_of(await house.look("ana"))


async def test_one_person_counts_once_with_their_last_number(house):
    await house.answer_all([8, 8, 8, 8])
    await house.answers("p0", 0)
    await house.next_week()
    assert [week.sum for week in await house.weeks()] == [None]
    await house.answer_all([0, 0, 0, 0, 0])
    house.clock.move(minutes=5)
    await house.answer_all([9, 9, 9, 9, 9])
    await house.next_week()
    assert (await house.weeks())[-1].sum == Sum(0, 2, 2, 2)


async def test_who_withdraws_takes_the_number_of_the_open_week_along(house):
    await house.answer_all([5] * 5)
    stopped = await house.withdraw("p2")
    assert "also not the one of this week" in text_of(stopped)
    await house.next_week()
    assert [week.sum for week in await house.weeks()] == [None]


async def test_in_the_day_after_its_end_a_week_can_still_be_put_right(house):
    await house.answer_all([5] * 5)
    zone = zone_of(await house.community())
    await house.until(rules.ends(rules.monday_of(house.clock.now(), zone), zone) + timedelta(hours=23))
    assert await house.weeks() == []
    await house.withdraw("p4")
    await house.until(house.clock.now() + timedelta(hours=2))
    assert [week.sum for week in await house.weeks()] == [None]


async def test_who_agrees_after_its_end_is_not_counted_in_a_week(house):
    await house.answer_all([5] * 4)
    await house.consents("ana")
    await house.answers("ana", 5)
    zone = zone_of(await house.community())
    await house.until(rules.ends(rules.monday_of(house.clock.now(), zone), zone) + timedelta(hours=1))
    await house.agree("ana")
    await house.until(house.clock.now() + timedelta(days=1))
    assert [week.sum for week in await house.weeks()] == [None]


async def test_what_is_closed_stays_as_it_is_whatever_people_do(house):
    await house.answer_all([1, 5, 5, 5, 9])
    await house.next_week()
    before = await house.look()
    await house.answers("p0", 9)
    await house.withdraw("p1")
    for who in ("p2", "p3"):
        person = await house.person(who)
        await house.store.transact(lambda unit, gone=person: PersonalRows(unit).erase(gone, house.clock.now()))
    await house.store.transact(lambda unit: concrete(unit).run(checkins.delete()))
    assert await house.look() == before


@pytest.mark.parametrize("how", ["erased", "deleted"])
async def test_what_is_gone_before_the_close_does_not_count(house, how):
    await house.answer_all([5] * 5)
    person = await house.person("p3")
    if how == "erased":
        await house.store.transact(lambda unit: PersonalRows(unit).erase(person, house.clock.now()))
    else:
        await house.store.transact(lambda unit: concrete(unit).run(checkins.delete().where(checkins.c.person == person)))
    await house.next_week()
    assert [week.sum for week in await house.weeks()] == [None]


async def test_a_skipped_question_is_no_answer_and_takes_none_back(house):
    await house.answer_all([5] * 5)
    await house.answers("p0", None)
    await house.next_week()
    assert (await house.weeks())[0].sum is not None


@pytest.mark.parametrize("days", [3, 10])
async def test_after_downtime_a_week_is_closed_late_once_with_its_own_answers(house, days):
    await house.answer_all([1] * 5)
    house.clock.at = datetime(2026, 12, 8, tzinfo=UTC) + timedelta(days=days)
    await house.answer_all([9] * 6)  # before the late close, of another week
    await house.work_off()
    first = (await house.weeks())[0]
    assert first.sum == Sum(0, 0, 0, 0)
    await house.next_week()
    weeks = await house.weeks()
    assert weeks[0] == first
    assert weeks[-1].sum == Sum(0, 2, 2, 2)
    assert len({week.monday for week in weeks}) == len(weeks)


async def test_of_a_week_whose_check_ins_are_going_already_no_picture_is_made(house):
    await house.answer_all([1] * 5)
    house.clock.move(days=40)
    await house.work_off()
    assert "Nov 30" not in {f"{week.monday:%b %d}" for week in await house.weeks()}


async def test_two_audiences_never_meet(house):
    await house.answer_all([1] * 5)
    await house.agree(*(f"p{n}" for n in range(5)), audience=FAMILY)
    for n in range(4):
        await house.answers(f"p{n}", 9, FAMILY)
    await house.next_week()
    assert (await house.weeks(PARTICIPANTS))[0].sum == Sum(0, 0, 0, 0)
    assert (await house.weeks(FAMILY))[0].sum is None
    await house.answer_all([9] * 5, FAMILY)
    await house.next_week()
    assert (await house.weeks(PARTICIPANTS))[-1].sum is None
    assert (await house.weeks(FAMILY))[-1].sum == Sum(0, 2, 2, 2)


async def test_agreeing_to_one_picture_is_not_agreeing_to_the_other(house):
    await house.answer_all([5] * 5)
    for n in range(5):
        await house.answers(f"p{n}", 9, FAMILY)
    await house.next_week()
    assert (await house.weeks(FAMILY))[0].sum is None
    await house.withdraw("p0", FAMILY)
    community = await house.community()
    shown = await house.press("p0", Press("together", "of_p", community.id))
    assert "Your number counts in this picture." in text_of(shown)


async def test_strangers_and_forgers_get_the_answer_of_what_is_not_there(house):
    await house.answer_all([5] * 5)
    await house.next_week()
    community = await house.community()
    house.space = "elsewhere"
    missing = await house.press("eve", Press("together", "of_p", "0" * 32))
    for action in ("of", "ask", "agree", "stop", "write", "mine"):
        for code in ("p", "f"):
            answer = await house.press("eve", Press("together", f"{action}_{code}", community.id))
            assert text_of(answer) == text_of(missing) or "18 or older" in " ".join(labels_of(answer))
    house.space = "space"
    for action in ("of", "of_", "of_x", "of_pf", "agree"):
        assert text_of(await house.press("ana", Press("together", action, community.id))) == text_of(missing)


async def test_at_home_it_is_seen_in_private_and_without_a_home_kindly_not(house):
    await house.answer_all([5] * 5)
    await house.next_week()
    assert (await house.look("p0", private=True)).picture is not None
    assert "Send this in a room of your community." in text_of(await house.look("nobody", private=True))


async def test_no_number_of_anybody_stands_anywhere(house):
    """Two weeks that differ in every exact number, and in no range, look the same."""
    await house.answer_all([0, 4, 4, 7, 10])
    await house.next_week()
    one = await house.weeks()
    await house.answer_all([3, 6, 5, 10, 8])
    await house.next_week()
    other = await house.weeks()
    assert one[0].sum == other[1].sum


# A room that is told ----------------------------------------------------------------------------------------------------


async def test_a_room_is_told_once_a_week_when_a_facilitator_wants_that(house):
    await house.answer_all([5] * 5)
    await house.next_week()
    assert house.sent == []
    desk = await house.tap("kim", await house.look("kim", leads=True), "For facilitators", leads=True)
    assert "not told" in text_of(desk)
    on = await house.tap("kim", desk, "Tell this room each week", leads=True)
    assert "is told each week" in text_of(on)
    await house.answer_all([5] * 5)
    await house.next_week()
    assert [text_of(post.reply) for post in house.sent] == ["The picture of last week is there: how it was for people here."]
    assert labels_of(house.sent[0].reply) == ["See it", "Help now"]
    await house.next_week()  # with too few
    assert len(house.sent) == 1
    await house.tap("kim", on, "Do not tell this room", leads=True)
    await house.answer_all([5] * 5)
    await house.next_week()
    assert len(house.sent) == 1


async def test_a_picture_that_is_days_late_is_not_told_of(house):
    await house.answer_all([5] * 5)
    desk = await house.tap("kim", await house.look("kim", leads=True), "For facilitators", leads=True)
    await house.tap("kim", desk, "Tell this room each week", leads=True)
    house.clock.at = datetime(2026, 12, 12, tzinfo=UTC)
    await house.work_off()
    assert (await house.weeks())[0].sum is not None
    assert house.sent == []


async def test_only_facilitators_have_a_room_told(house):
    await house.answer_all([5] * 5)
    shown = await house.look("kim", leads=True)
    desk = await house.tap("kim", shown, "For facilitators", leads=True)
    assert "For facilitators" not in labels_of(await house.look("ana"))
    for label, reply in (("For facilitators", shown), ("Tell this room each week", desk)):
        assert text_of(await house.tap("ana", reply, label)) == "This is for facilitators."
    assert "is told each week" in text_of(await house.tap("kim", desk, "Tell this room each week", private=True))
    await house.look("kim")  # in the room, without the role
    assert text_of(await house.tap("kim", desk, "Tell this room each week", private=True)) == "This is for facilitators."


# Promises ---------------------------------------------------------------------------------------------------------------


async def test_nobody_left_to_count_and_nothing_to_see_ends_the_promise(house):
    await house.agree("ana")
    await house.withdraw("ana")
    await house.next_week()
    assert await house.store.due_queue.next_at() is None


async def test_kinds_and_keys_on_disk_say_nothing_of_families(house):
    await house.agree("ana", audience=FAMILY)
    batch = await house.store.due_queue.claim("test", house.clock.now() + timedelta(days=30), house.clock.now(), 64)
    assert [due.kind for due in batch] == [rules.KIND]
    assert "family" not in f"{batch[0].key} {batch[0].subject}"
