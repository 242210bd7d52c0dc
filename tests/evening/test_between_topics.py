"""Topics between meetings: the prompt of the week, own words, and writing without a name where the platform allows that."""

from datetime import UTC, datetime

import pytest

from tests.evening.between import known, on_the_roster, shown
from tests.evening.evening import Evening, cast_of
from tests.evening.times import RunningClock
from tests.evening.world import PLATFORMS, world

THURSDAY = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)  # in the 49th week of its year
WORDS = "I went for a walk <b>before</b> dinner."


@pytest.fixture(params=PLATFORMS)
async def cast(request, tmp_path):
    async with world(request.param, tmp_path, RunningClock(THURSDAY)) as here:
        yield cast_of(here, "Ana", "Ben")


@pytest.fixture(params=["telegram", "web"])
async def free(request, tmp_path):
    """Where words without a name are allowed by the platform, and turned on by a facilitator; a topic is open."""
    async with world(request.param, tmp_path, RunningClock(THURSDAY)) as here:
        cast = cast_of(here, "Ana", "Ben")
        await cast.command("Kim", "/topic", "room")
        await cast.tap("Kim", "topics.unnamed_button", cast.own)
        await cast.sees("Kim", "Nobody can see who it was, you neither.", cast.own)
        await cast.tap("Kim", "topics.turn_on_button", cast.own)
        await cast.tap("Kim", "common.back", cast.own)
        await open_week(cast)
        yield cast


def of_week(cast):
    return cast.label("weekly.title_49")


def everywhere(cast, name, words=""):
    """What stands in the room or below it."""
    if cast.here.name != "discord":
        return shown(cast, name, words, "room")
    driver = cast.here.driver
    below = [text for thread in driver.threads() for text in driver.server.screen(cast.persons[name], thread.id)]
    return [text for text in [*cast.here.screen(cast.persons[name], "room"), *below] if words in text]


async def open_week(cast):
    await cast.tap("Kim", "topics.week_button", cast.own)
    await cast.sees("Kim", of_week(cast), cast.own)
    await cast.tap("Kim", "topics.open_button", cast.own)
    await cast.sees("Kim", "The topic opens now.", cast.own)


async def write(cast, words=WORDS):
    """Write without one's name, as far as the last look."""
    await cast.tap("Ana", "topics.write_button", "room")
    await cast.fill("Ana", {"words": words}, cast.own)
    await cast.sees("Ana", "Everybody there can read them", cast.own)


async def test_a_facilitator_opens_the_prompt_of_the_week(cast):
    await cast.command("Kim", "/topic", "room")
    await cast.sees("Kim", f"The prompt of this week: {of_week(cast)}", cast.own)
    await open_week(cast)
    await cast.here.until(lambda: bool(everywhere(cast, "Ana", "Reading along is fine, too.")), lambda: everywhere(cast, "Ana"))
    if cast.here.name == "discord":
        assert [thread.name for thread in cast.here.driver.threads()] == [of_week(cast)]


async def test_a_topic_in_own_words_is_looked_at_before_it_opens(cast):
    await cast.command("Kim", "/topic", "room")
    await cast.tap("Kim", "topics.own_button", cast.own)
    await Evening(cast).agree("Kim", cast.own)
    await cast.fill("Kim", {"title": "Sundays", "words": "What do you do on Sundays?"}, cast.own)
    await cast.sees("Kim", "What do you do on Sundays?", cast.own)
    assert not everywhere(cast, "Ana", "What do you do on Sundays?")
    await cast.tap("Kim", "topics.open_button", cast.own)
    await cast.here.until(lambda: bool(everywhere(cast, "Ana", "What do you do on Sundays?")))


async def test_each_week_by_itself_the_prompt_opens_and_the_one_before_closes(cast):
    await cast.command("Kim", "/topic", "room")
    await cast.tap("Kim", "topics.weekly_button", cast.own)
    await cast.tap("Kim", "topics.turn_on_button", cast.own)
    await cast.sees("Kim", "Each week by itself: on", cast.own)
    for week, day in (("50", 8), ("51", 15)):
        title = cast.label(f"weekly.title_{week}")
        await cast.pass_time(to=THURSDAY.replace(day=day))
        if cast.here.name == "discord":
            await cast.here.until(lambda title=title: title in [thread.name for thread in cast.here.driver.threads()])
        else:
            await cast.sees("Ana", title, "room")
    if cast.here.name != "discord":
        await cast.sees("Ana", f"This topic is closed now: {cast.label('weekly.title_50')}", "room")


async def test_a_member_is_told_that_topics_are_opened_by_facilitators(cast):
    await cast.command("Ben", "/topic", "room")
    await cast.sees("Ben", "This is for the facilitators of this community.", cast.own)


async def test_on_discord_nobody_is_offered_to_write_without_a_name(tmp_path):
    async with world("discord", tmp_path, RunningClock(THURSDAY)) as here:
        cast = cast_of(here, "Ana")
        await cast.command("Kim", "/topic", "room")
        await cast.sees("Kim", "Writing without a name is not possible here", cast.own)
        assert cast.label("topics.unnamed_button") not in here.buttons(cast.persons["Kim"], "room")
        await open_week(cast)
        await here.until(lambda: bool(everywhere(cast, "Ana", "Reading along is fine, too.")))
        buttons = [one["label"] for message in here.driver.server.world.messages.values() for one in message.buttons]
        assert cast.label("topics.write_button") not in buttons


async def test_words_without_a_name_are_seen_before_they_go_and_nobody_sees_whose_they_are(free):
    await known(free, "Ana")
    await write(free)
    assert not shown(free, "Ben", "before", "room")
    await free.tap("Ana", "topics.post_button", free.own)
    post = await free.sees("Ben", WORDS, "room")
    assert "Somebody wrote" in post
    assert "Ana" not in post


async def test_words_without_a_name_are_taken_back_by_who_wrote_them(free):
    await known(free, "Ana")
    await write(free)
    await free.tap("Ana", "topics.post_button", free.own)
    await free.sees("Ben", WORDS, "room")
    await free.tap("Ana", "topics.back_button", free.own)
    await free.sees("Ben", "This was taken back by who wrote it.", "room")
    assert not shown(free, "Ben", WORDS, "room")


async def test_words_without_a_name_are_reported_and_taken_away(free):
    await known(free, "Ana", "Ben")
    await on_the_roster(free, "Kim")
    await write(free, "Something unkind")
    await free.tap("Ana", "topics.post_button", free.own)
    await free.sees("Ben", "Something unkind", "room")
    await free.tap("Ben", "common.report", "room")
    await free.tap("Ben", "reports.kind_unkind", free.own)
    await free.here.until(lambda: bool(shown(free, "Ben", "Sent to the facilitators") or shown(free, "Ben", "Sent to", "room")))
    await free.sees("Kim", "Something is waiting for you as a facilitator.")
    await free.tap("Kim", "reports.read_button")
    assert "Ana" not in await free.sees("Kim", "Unkind or threatening words")
    await free.command("Kim", "/topic", "room")
    await free.tap("Kim", "topics.open_topics_button", free.own)
    await free.press("Kim", of_week(free), free.own)
    await free.tap("Kim", "topics.away_button", free.own, number="1")
    await free.sees("Ben", "This was taken away by a facilitator.", "room")
    assert not shown(free, "Ben", "Something unkind", "room")
