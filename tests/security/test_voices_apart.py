"""SAFETY 5, row 18; Must 24, in the tools: what a relative writes and what a participant writes never meet, not between two persons
and not even in one who is both. Nothing of it is offered, compared, counted, listed or pinned on the other side."""

import pytest

from bot.core.ids import PersonId, new_id
from bot.core.replies import Press
from handlers.flows.records import ToolEntry
from storage.entries import Entries
from tests.security.inside import YES, Inside, Somebody, buttons_of, text_of

OURS, THEIRS = "tulips and lemons", "chestnuts and rain"
ANSWERS = {
    "cba": lambda words: {
        "behaviour": words,
        "gives": [words],
        "costs": [words],
        "gains": [words],
        "misses": [words],
        "matters": words,
    },
    "abc": lambda words: {"event": words, "beliefs": [words], "new": words},
    "solve": lambda words: {"problem": words, "options": [words], "choice": words},
    "accept": lambda words: {"label": words},
}
OWN_WAYS = (
    "/cba",
    "/abc",
    "/solve",
    "/accept",
    "/passions",
    "/dispute",
    "/log",
    "/progress",
    "/kit",
    "/continue",
    "/urge",
    "/values",
    "/goal",
)


async def somebody(inside: Inside, name: str) -> Somebody:
    who = inside.person(name, "telegram")
    await who.command("/kit")
    await who.tap(YES)
    return who


async def keeps(inside: Inside, who: PersonId, words: str, voice: str) -> None:
    async def work(unit):
        for tool, made in ANSWERS.items():
            await Entries(unit).add(ToolEntry(new_id(), who, inside.clock.now(), tool, made(words), voice, "1"))

    await inside.house.store.transact(work)


def said(reply) -> str:
    return "\n".join((text_of(reply), *(button.label for button in buttons_of(reply))))


async def looks_everywhere(inside: Inside, who: Somebody, family: bool) -> str:
    """Open every way in of one side, and each button of bringing in or going on that it shows."""
    seen: list[str] = []
    for command in OWN_WAYS:
        seen.append(said(await who.command(command)))
        presses = [button.press for button in buttons_of(who.screen) if button.press is not None]
        offered = [press for press in presses if press.feature == "flow" and press.action in ("bring", "reopen")]
        seen += [said(await who.press(press)) for press in offered]
    if family:
        seen += [said(await who.press(Press(tool, "family"))) for tool in ANSWERS]
    return "\n".join(seen)


@pytest.mark.parametrize("voice", ["", "family"])
async def test_in_one_person_neither_side_shows_what_the_other_wrote(inside, voice):
    rosa = await somebody(inside, "rosa")
    await keeps(inside, await rosa.id(), THEIRS if voice else OURS, voice)
    own = await looks_everywhere(inside, rosa, family=False)
    relatives = "\n".join([said(await rosa.press(Press(tool, "family"))) for tool in ANSWERS])
    if voice:
        assert THEIRS not in own
        assert THEIRS in relatives  # where it was written, it is there to go on with
    else:
        assert OURS in own
        assert OURS not in relatives


async def test_between_two_persons_nothing_is_ever_shown(inside):
    ana, rosa = await somebody(inside, "ana"), await somebody(inside, "rosa")
    await keeps(inside, await ana.id(), OURS, "")
    await keeps(inside, await rosa.id(), THEIRS, "family")
    assert THEIRS not in await looks_everywhere(inside, ana, family=True)
    assert OURS not in await looks_everywhere(inside, rosa, family=True)


async def test_a_foreign_entry_is_answered_like_a_missing_one_in_every_press(inside):
    ana, rosa = await somebody(inside, "ana"), await somebody(inside, "rosa")
    entry = ToolEntry(new_id(), await ana.id(), inside.clock.now(), "cba", ANSWERS["cba"](OURS), "", "1")
    await inside.house.store.transact(lambda unit: Entries(unit).add(entry))
    for action in (
        *("reopen", "stay", "hand", "followed", "unfollow", "file", "entry", "forget", "forgotten"),
        *("goes", "compare", "line"),
    ):
        value = {"stay": "on", "hand": "passions", "followed": "x", "unfollow": "x"}.get(action, "")
        foreign = said(await rosa.press(Press("flow", action, entry.id, value)))
        missing = said(await rosa.press(Press("flow", action, new_id(), value)))
        assert OURS not in foreign
        assert foreign == missing, action
    assert await inside.house.store.transact(lambda unit: Entries(unit).get(entry.id)) == entry


async def test_everything_of_both_sides_is_the_persons_own_to_take_and_to_delete(inside):
    rosa = await somebody(inside, "rosa")
    await keeps(inside, await rosa.id(), OURS, "")
    await keeps(inside, await rosa.id(), THEIRS, "family")
    held = str(await rosa.export())
    assert OURS in held
    assert THEIRS in held
