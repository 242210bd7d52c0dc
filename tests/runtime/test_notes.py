"""What a person is told once stands below the next answer that only they see."""

from dataclasses import replace

from bot.core.replies import To
from bot.core.richtext import Paragraph, Text
from bot.runtime.dispatch import Dispatch
from tests.runtime.fakes import CAN, KeyTexts, command, said
from tests.runtime.house import House, line
from tests.runtime.queues import MemoryOutboxQueue


def with_notes(house: House, notes: list[str]) -> Dispatch:
    async def told(call, unit):
        return (Paragraph((Text(notes.pop()),)),) if notes else ()

    async def aloud(call, unit):
        return line("to all", To.ROOM)

    feature = house.feature.feature()
    loud = replace(feature.commands[1], name="aloud", aliases=(), options=(), run=aloud)
    return Dispatch(
        house.store,
        MemoryOutboxQueue(),
        [replace(feature, commands=(*feature.commands, loud), notes=told)],
        KeyTexts(),
        house.clock,
        zone="UTC",
        language="en",
        country="DE",
        gate=lambda call: line("gate"),
        help_now=lambda call: line("help"),
        capabilities=CAN,
    )


async def answers(dispatch: Dispatch, house: House, *names: str) -> list[str]:
    return [said((await dispatch.take(command(name, at=house.now()))).reply) for name in names]


async def test_a_known_person_is_told_once(house: House):
    dispatch = with_notes(house, ["A reminder could not reach you."])
    first, second, third = await answers(dispatch, house, "count", "count", "count")
    assert first == "counted 1"
    assert second == "counted 2\nA reminder could not reach you."
    assert third == "counted 3"


async def test_never_in_a_room_nor_with_what_needs_nobody(house: House):
    dispatch = with_notes(house, ["A reminder could not reach you."])
    await answers(dispatch, house, "count")
    assert await answers(dispatch, house, "aloud", "free") == ["to all", "free"]
    assert "could not reach" in (await answers(dispatch, house, "count"))[0]
