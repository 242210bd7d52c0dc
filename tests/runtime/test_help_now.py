"""Help now is answered from memory, whatever else fails."""

import asyncio

import pytest

from tests.runtime.fakes import command, pressed, said
from tests.runtime.house import House, speak


class TestHelp:
    @pytest.mark.parametrize("away", [False, True])
    @pytest.mark.parametrize("ask", ["now", "sos", "NOW", "press"])
    async def test_it_is_answered_with_and_without_a_database(self, house, away, ask):
        house.store.away = away
        at = house.now()
        act = pressed("safety", "now", locale="de", at=at) if ask == "press" else command(ask, locale="de", at=at)
        assert said((await house.take(act)).reply) == "help de US"
        assert not house.store.rows.people
        assert not house.store.rows.receipts

    async def test_it_knows_the_persons_language_and_country(self, house):
        await speak(house, "de", country="AT")
        house.dispatch = house.build()
        assert said((await house.take(command("now", at=house.now()))).reply) == "help de AT"

    async def test_it_remembers_them_when_the_database_is_away(self, house):
        await speak(house, "de", country="AT")
        house.store.away = True
        assert said((await house.take(command("now", at=house.now()))).reply) == "help de AT"

    async def test_it_does_not_wait_for_a_stuck_database(self, store, stepped, monkeypatch):
        monkeypatch.setattr("bot.runtime.helping.PATIENCE", 0.01)
        house = House(store, stepped)
        async with store._lock:
            assert said((await house.take(command("now", at=house.now()))).reply) == "help en US"
        await asyncio.gather(*house.dispatch._helping._looking)

    async def test_broken_texts_fall_back_to_english_and_then_to_one_sentence(self, house):
        house.help_fails = ("de",)
        assert said((await house.take(command("now", locale="de", at=house.now()))).reply) == "help en US"
        house.help_fails = ("de", "en")
        assert said((await house.take(command("now", locale="de", at=house.now()))).reply) == "de:error.unexpected"

    async def test_asking_leaves_no_line_in_the_log(self, house, capsys):
        await house.take(command("now", at=house.now()))
        assert "".join(capsys.readouterr()) == ""
