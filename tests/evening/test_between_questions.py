"""A community's own questions: made with forms by a facilitator, looked at, asked by a prompt, and answered in private."""

from datetime import UTC, datetime

import pytest

from tests.evening.between import shown
from tests.evening.evening import Evening, cast_of
from tests.evening.times import RunningClock
from tests.evening.world import PLATFORMS, world

THURSDAY = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 12, 6, 17, 0, 1, tzinfo=UTC)  # 18:00 in Berlin
SCALE, CHOICE, WORDS = "How calm was the week, 0 to 10?", "Where did you rest?", "What was good to see?"


@pytest.fixture(params=PLATFORMS)
async def cast(request, tmp_path):
    """Three questions, one of each kind."""
    async with world(request.param, tmp_path, RunningClock(THURSDAY)) as here:
        cast = cast_of(here, "Ana", "Ben")
        await cast.command("Kim", "/facilitator questions", "room")
        await cast.tap("Kim", "ownquestions.new_button", cast.own)
        await cast.fill("Kim", {"title": "Monday questions"}, cast.own)
        await add(cast, "scale", words=SCALE)
        await add(cast, "choice", words=CHOICE, answers="At home\nOutside")
        await add(cast, "words", words=WORDS)
        await cast.sees("Kim", WORDS, cast.own)
        yield cast


async def add(cast, how, **fields):
    await cast.tap("Kim", f"ownquestions.add_{how}", cast.own)
    await cast.fill("Kim", fields, cast.own)
    await cast.sees("Kim", fields["words"], cast.own)


async def test_a_prompt_asks_them_and_they_are_answered_in_private(cast):
    await cast.command("Kim", "/community prompts", "room")
    await cast.tap("Kim", "prompts.make_button", cast.own)
    await cast.tap("Kim", "prompts.what_button", cast.own)
    await cast.press("Kim", "Monday questions", cast.own)
    await cast.sees("Kim", "Asked: Monday questions", cast.own)
    await cast.tap("Kim", "prompts.run_button", cast.own)
    await cast.pass_time(to=SUNDAY)
    await cast.sees("Ana", "A check-in, in private: Monday questions.", "room")
    await cast.tap("Ana", "prompts.open_button", "room")
    await Evening(cast).agree("Ana", cast.own)
    await cast.sees("Ana", SCALE, cast.own)
    await cast.press("Ana", "7", cast.own)
    await cast.sees("Ana", CHOICE, cast.own)
    await cast.press("Ana", "Outside", cast.own)
    await cast.sees("Ana", WORDS, cast.own)
    await Evening(cast).write("Ana", "A heron by the canal", cast.own)
    await cast.sees("Ana", "A heron by the canal", cast.own)
    await cast.tap("Ana", "owncheckin.keep", cast.own)
    await cast.sees("Ana", "Saved. Only you see it.", cast.own)
    for name in ("Ben", "Kim"):
        assert not any("heron" in text for place in ("private", "room") for text in shown(cast, name, place=place))


async def test_a_facilitator_looks_at_them_as_members_see_them(cast):
    await cast.tap("Kim", "ownquestions.preview_button", cast.own)
    await Evening(cast).agree("Kim", cast.own)
    await cast.tap("Kim", "common.next", cast.own)
    await cast.sees("Kim", SCALE, cast.own)
    await cast.press("Kim", "3", cast.own)
    await cast.sees("Kim", "Where did you rest?", cast.own)
    assert not shown(cast, "Ana") + shown(cast, "Ana", place="room")


async def test_a_question_is_changed_moved_and_taken_out(cast):
    await cast.press("Kim", "3", cast.own)
    await cast.tap("Kim", "ownquestions.up_button", cast.own)
    await cast.press("Kim", "1", cast.own)
    await cast.tap("Kim", "ownquestions.out_button", cast.own)
    listed = await cast.sees("Kim", CHOICE, cast.own)
    assert SCALE not in listed
    assert listed.index(WORDS) < listed.index(CHOICE)


async def test_a_member_makes_no_questions(cast):
    await cast.command("Ben", "/facilitator questions", "room")
    await cast.sees("Ben", "This is for the facilitators of this community.", cast.own)
