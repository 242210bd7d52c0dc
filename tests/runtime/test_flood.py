"""Somebody who sends too much is told once, and holds nobody else up."""

from bot.core.replies import NOTHING
from tests.runtime.fakes import BOB, command, said


class TestFlood:
    async def test_twenty_a_minute_then_one_sentence_then_silence(self, house):
        answers = [await house.take(command("free", at=house.now())) for _ in range(30)]
        assert [said(answer.reply) for answer in answers[:20]] == ["free"] * 20
        assert said(answers[20].reply) == "en:error.too_fast"
        assert all(answer.reply == NOTHING for answer in answers[21:])

    async def test_it_fills_no_log(self, house, capsys):
        for _ in range(500):
            await house.take(command("free", at=house.now()))
        assert capsys.readouterr().out.count("\n") == 21

    async def test_others_are_not_held_up_and_it_passes(self, house):
        for _ in range(30):
            await house.take(command("free", at=house.now()))
        assert said((await house.take(command("free", account=BOB, at=house.now()))).reply) == "free"
        await house.clock.go(3)
        assert said((await house.take(command("free", at=house.now()))).reply) == "free"

    async def test_help_is_answered_in_the_middle_of_it(self, house):
        for _ in range(30):
            await house.take(command("free", at=house.now()))
        assert said((await house.take(command("now", at=house.now()))).reply) == "help en US"
