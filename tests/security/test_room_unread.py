"""Must 5: no word that is said in a room is read: not asked for, not looked at, not kept."""

import pytest

from bot.core.replies import NOTHING
from tests.evening.world import world
from tests.security.evenings import data_of, quiet
from tests.security.rows import dump, files_with

CANARY = "kanarienvogel"
SAID = f"I want to die, I drank, call me, {CANARY}"
GUILDS, VOICE_STATES = 1 << 0, 1 << 7  # who is in voice is told; what is written anywhere is not


@pytest.mark.parametrize("platform", ["discord", "telegram", "web"])
async def test_words_in_a_room_are_answered_by_nothing_and_change_nothing(inside, platform):
    ana = inside.person("ana", platform)
    await ana.agree("/checkin")
    await ana.tap("7")  # a step waits for words
    before = dump(inside.folder / "data")
    assert await ana.say(SAID, "room") == NOTHING
    assert dump(inside.folder / "data") == before


async def test_discord_is_not_asked_for_messages(tmp_path):
    async with world("discord", tmp_path) as here:
        assert {session.intents for session in here.driver.server.gateway.sessions.values()} == {GUILDS | VOICE_STATES}


async def test_telegram_is_asked_for_no_more_than_acts_and_talk_that_comes_all_the_same_is_nothing(tmp_path):
    """With privacy mode off (a host's mistake, or an administrator's bot) Telegram sends the talk of the group too."""
    async with world("telegram", tmp_path) as here:
        ana = here.person("Ana")
        await here.command(ana, "/start")
        await quiet(here)
        before, calls = dump(data_of(here)), len(here.driver.api.of("sendMessage"))
        here.driver.api.world.me["can_read_all_group_messages"] = True
        here.driver.type(ana, SAID, "room")
        here.driver.type(ana, f"/{CANARY}@another_bot {SAID}", "room")
        await here.command(ana, "/help")
        await quiet(here)
        assert len(here.driver.api.of("sendMessage")) == calls + 1
        assert dump(data_of(here), without=("receipts",)) == {name: rows for name, rows in before.items() if name != "receipts"}
        assert files_with(data_of(here), CANARY) == []


async def test_on_the_page_the_room_is_shown_to_those_in_it_and_never_given_to_the_house(tmp_path, monkeypatch):
    async with world("web", tmp_path) as here:
        ana, ben = here.person("Ana"), here.person("Ben")
        taken: list[object] = []
        real = here.house.dispatch.take

        async def take(incoming):
            taken.append(incoming)
            return await real(incoming)

        monkeypatch.setattr(here.house.dispatch, "take", take)
        await here.driver.say(ana, SAID, "room")
        assert here.driver.everything(ben, "room") == [SAID]
        assert taken == []
        assert files_with(data_of(here), CANARY) == []
