"""SAFETY 5, row 2; Must 24: no path says whether a person is known to the bot; the person asked about cannot be found out."""

import pytest

from bot.core.ids import new_id
from bot.core.replies import Press
from tests.security.between import go
from tests.security.inside import Inside, Somebody, text_of

ASKED = ("ben", "@ben", "7777", "Ben")


async def asked_everything(inside: Inside, ana: Somebody, about: tuple[str, ...]) -> list[str]:
    """Ask by every command, in private and in the room, and by every press, about somebody."""
    answers = []
    for entry in inside.house.dispatch.menu():
        for spot in ("private", "room"):
            for words in about:
                answer = await ana.command(f"/{entry.name} {words}", spot)
                answers.append(text_of(answer))
    for feature, action in inside.house.dispatch._registry._presses:
        if (feature, action) != ("people", "erase"):
            answers += [text_of(await ana.press(Press(feature, action, words.strip("@")))) for words in about]
    return answers


async def test_whoever_asks_hears_the_same_before_and_after_the_other_came(tmp_path, clock):
    """Ana asks about Ben in a house that never met him, and in one where he has done much, at the same moments."""
    from tests.fakes import HeldClock
    from tests.security.inside import opened

    heard = []
    for knows_ben in (False, True):
        held = HeldClock(clock.at)
        async with opened(tmp_path / str(knows_ben), held) as inside:
            ben = inside.person("ben")
            if knows_ben:
                await ben.agree("/urge")
                await ben.tap("7")
                await ben.command("/meetings", "room")
                await ben.command("/report")
                for line, steps in (
                    ("/community pair", ("pairs.look", "pairs.look=p")),
                    ("/community together", ("together.ask_p", "together.agree_p")),
                    ("/community prompts", ("prompts.own", "prompts.own_run")),
                ):
                    await ben.command(line)
                    await go(ben, *steps)
                await ben.command("/language", language="de")
            inside.clock.at = held.at = clock.at.replace(hour=22)
            ana = inside.person("ana")
            heard.append(await asked_everything(inside, ana, ASKED))
    assert heard[0] == heard[1]


async def test_an_id_that_is_somebodys_is_answered_as_one_that_is_nobodys(inside):
    ben, ana = inside.person("ben"), inside.person("ana")
    await ben.agree("/urge")
    await ana.agree("/urge")
    known = await ben.id()
    for feature, action in sorted(inside.house.dispatch._registry._presses):
        if (feature, action) in {("people", "erase"), ("people", "agree"), ("linking", "code")} or action == "start":
            continue
        before = inside.clock.at
        real = await ana.press(Press(feature, action, known))
        inside.clock.at = before
        made_up = await ana.press(Press(feature, action, new_id()))
        assert text_of(real) == text_of(made_up), (feature, action)
        inside.clock.move(seconds=5)  # two acts were told at the same moment: so that it does not become a flood


@pytest.mark.parametrize("platform", ["discord", "telegram", "web"])
async def test_erasing_is_answered_the_same_for_somebody_and_for_nobody(inside, platform):
    known, unknown = inside.person("known", platform), inside.person("unknown", platform)
    await known.agree("/urge")
    at = inside.clock.at
    one = await known.press(Press("people", "erase", "", "yes"))
    inside.clock.at = at
    other = await unknown.press(Press("people", "erase", "", "yes"))
    assert one == other


async def test_the_first_start_and_a_later_one_are_the_same(here):
    """So that looking over a shoulder at /start tells nothing; what is unfinished is not shown either."""
    ana = here.person("Ana")
    await here.command(ana, "/start")
    first = await here.sees(ana, "I am a program")
    buttons = here.buttons(ana)
    await here.command(ana, "/urge")
    await here.press(ana, "Yes, 18 or older. Go on")
    await here.offers(ana, "7")
    await here.press(ana, "7")
    await here.command(ana, "/start")
    await here.until(lambda: here.buttons(ana) == buttons)
    assert await here.sees(ana, "I am a program") == first


async def test_a_page_of_somebody_unknown_is_not_found_and_a_foreign_picture_or_file_neither(tmp_path):
    from tests.evening.world import world

    async with world("web", tmp_path) as here:
        ana, kim = here.person("Ana"), here.person("Kim")
        await here.command(ana, "/language")
        await here.press(ana, "English")
        await here.command(ana, "/export")
        await here.press(ana, "Send the file")
        message = next(one for one in reversed(here.driver.messages(ana)) if "file" in one)
        session = here.driver.session
        for path in ("file", "picture"):
            answers = []
            for ident in (message["file"]["url"].rpartition("/")[2], new_id()):
                async with session.get(f"{path}/{ident}?as={kim.persona.key}") as answer:
                    answers.append((answer.status, await answer.text()))
            assert answers[0] == answers[1]
            assert answers[0][0] == 404
        async with session.get(f"{message['file']['url'].lstrip('/')}?as={ana.persona.key}") as answer:
            assert answer.status == 200
