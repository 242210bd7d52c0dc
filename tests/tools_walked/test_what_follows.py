"""What comes after a tool: one that goes on with an answer, and the messages that were asked for."""

from datetime import timedelta

import pytest

from bot.core.flow import END, Choice, Follow
from handlers.flows.follow import moments
from tests.evening.world import PLATFORMS
from tests.tools_walked.handed import Handed
from tests.tools_walked.houses import Houses
from tests.tools_walked.screens import FLOWS, Someone
from tests.tools_walked.test_every_tool import OF_FEATURES, own_words
from tests.tools_walked.walking import Walk

THEN = [(name, other) for name, flow in sorted(FLOWS.items()) if flow.commands for other, _ in flow.beside.then]
LATER = [(name, follow.name) for name, flow in sorted(FLOWS.items()) if flow.commands for follow in flow.beside.follow]

LONG_FORM = {("urgelog", "later"): {"more": "longer", "when": "now"}}  # the way on which it is asked for


async def noon(person: Someone) -> None:
    """Wait for noon: what is asked for at the hour of keeping does not come at night."""
    now = person.shared.clock.now()
    at = now.replace(hour=11, minute=0)
    await person.here.pass_time(to=at if at > now else at + timedelta(days=1))


async def kept(person: Someone, tool: str, wanted: dict[str, str]) -> Walk:
    walk = Walk(person, FLOWS[tool], wanted)
    await walk.begin()
    await walk.to_summary()
    await walk.keeps()
    return walk


async def walked_on(walk: Handed) -> None:
    """Go on to the end, and see that it is kept as answered."""
    entries = {entry.id for entry in await walk.person.entries()}
    await walk.to_summary()
    if not walk.flow.beside.stores:
        await walk.tap("common.close")
        return
    await walk.keeps()
    if walk.flow.name in OF_FEATURES:
        held = await walk.person.held()
        assert all(words in held for words in own_words(walk))
        return
    made = [entry for entry in await walk.person.entries() if entry.id not in entries or entry.tool == walk.flow.name]
    assert made[-1].tool == walk.flow.name
    walk.as_told(made[-1].answers)


@pytest.mark.parametrize(("tool", "other"), THEN, ids=[f"{tool}-{other}" for tool, other in THEN])
async def test_another_tool_goes_on_with_what_was_answered(houses: Houses, tool: str, other: str):
    person = await Someone.of(await houses.on(PLATFORMS[THEN.index((tool, other)) % 3]))
    try:
        first = await kept(person, tool, {})
        await person.press(person.say.label(first.key(f"{tool}.then_{other}")))
        walk = Handed(person, FLOWS[other])
        state = await walk.state()
        pairs = next(pairs for name, pairs in FLOWS[tool].beside.then if name == other)
        for theirs, ours in pairs:
            if ours in first.told:
                assert state.answers.get(theirs), f"{ours} did not come over"
        await walked_on(walk)
    finally:
        await person.leave()


@pytest.mark.parametrize(("tool", "name"), LATER, ids=[f"{tool}-{name}" for tool, name in LATER])
async def test_a_message_that_was_asked_for_comes_and_leads_on(houses: Houses, tool: str, name: str):
    shared = await houses.on(PLATFORMS[LATER.index((tool, name)) % 3])
    person = await Someone.of(shared)
    try:
        follow: Follow = next(one for one in FLOWS[tool].beside.follow if one.name == name)
        await noon(person)
        first = await kept(person, tool, {**LONG_FORM.get((tool, name), {}), follow.when.name: follow.when.value})
        (entry,) = await person.entries()
        first.as_told(entry.answers)
        at = moments(follow, entry.answers, entry.at, await person.zone())[0]
        before = len(person.screen())
        await person.here.pass_time(to=at)
        said = person.say.label(first.key(f"{tool}.follow_{name}"))
        await person.sees(said)
        assert sum(said in text for text in person.screen()[before:]) == 1
        await person.press(person.say.label(first.key(f"{tool}.follow_{name}_go")))
        await walked_on(Handed(person, FLOWS[follow.begin]))
    finally:
        await person.leave()


@pytest.mark.parametrize(("tool", "name"), LATER, ids=[f"{tool}-{name}" for tool, name in LATER])
async def test_who_does_not_ask_for_a_message_gets_none(houses: Houses, tool: str, name: str):
    """Only as opted in: with every other answer the same, nothing comes."""
    shared = await houses.on(PLATFORMS[(1 + LATER.index((tool, name))) % 3])
    person = await Someone.of(shared)
    try:
        follow: Follow = next(one for one in FLOWS[tool].beside.follow if one.name == name)
        wanted = {one.when.name: other(tool, one) for one in FLOWS[tool].beside.follow}
        first = await kept(person, tool, wanted)
        before = len(person.screen())
        await person.here.pass_time(days=2 if follow.on or follow.minutes else max(follow.days))
        await person.types("/continue")
        await person.sees(person.say.label("flow.nothing_waits"))
        said = person.say.label(first.key(f"{tool}.follow_{name}"))
        assert not any(said in text for text in person.screen()[before:])
    finally:
        await person.leave()


def other(tool: str, follow: Follow) -> str:
    """Return an option that asks for no message."""
    asked = {one.when.value for one in FLOWS[tool].beside.follow if one.when.name == follow.when.name}
    step = next(one for one in FLOWS[tool].steps.values() if one.save == follow.when.name)
    assert isinstance(step, Choice)
    options = [option.value for option in step.options]
    ends = {option.value for option in step.options if option.next == END}
    return next(option for option in sorted(options, key=lambda option: option not in ends) if option not in asked)
