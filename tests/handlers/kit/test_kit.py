"""A kit grows, stays short, and is there in an urge."""

import pytest

from bot.core.ports import FlowDone
from bot.core.richtext import plain_block
from content.loader import load_texts
from handlers.kit import Kit, KitKeeper
from handlers.kit.rules import filled
from storage.kit import Kits
from tests.handlers.flows.driving import House, labels, text_of
from tests.stores import storage_for_tests

KIT = Kit(("My children",), ("Sam 555",))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, KIT),
        ({"reasons": ["Sleep"]}, Kit(("My children", "Sleep"), ("Sam 555",))),
        ({"how": "add", "reasons": ["My children"]}, KIT),
        ({"how": "anew", "people": ["Jo 777"]}, Kit((), ("Jo 777",))),
        ({"reasons": [str(n) for n in range(20)]}, Kit(tuple(str(n) for n in range(10, 20)), ("Sam 555",))),
    ],
)
def test_lines_are_added_once_or_begun_anew_and_ten_stay(answers, expected):
    assert filled(KIT, answers) == expected


@pytest.fixture
async def house(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        keeper = KitKeeper(load_texts(), Kits)
        yield House(store, clock, ends=dict(keeper.feature().flow_ends), facts=dict(keeper.facts()))


async def test_what_was_written_on_a_calm_day_is_one_tap_away_in_an_urge(house):
    ana = await house.person("Ana", modals=False)
    await ana.command("urge")
    await ana.tap("8", "Yes")
    assert not {"See my reasons", "Call someone"} & set(labels(ana.screen))

    await ana.command("kit")
    await ana.tap("Next")
    for words in ("My children", "To sleep well"):
        await ana.types(words)
    await ana.tap("Done")
    await ana.types("Sam 555 123")
    await ana.tap("Done", "Save")
    assert "2 reasons and one person" in text_of(ana.screen)

    await house.time_passes(minutes=31)
    await ana.command("urge")
    await ana.tap("8", "Yes", "See my reasons")
    assert "To sleep well" in text_of(ana.screen)
    await ana.tap("Back", "Call someone")
    assert "Sam 555 123" in text_of(ana.screen)


async def test_a_kit_is_its_owners_alone(house, tmp_path):
    ana, ben = await house.person("Ana"), await house.person("Ben")
    keeper = KitKeeper(load_texts(), Kits)
    done = FlowDone("kit", "", ana.person.id, "en", house.clock.now(), {"reasons": ["canarywords"]})
    blocks = await house.store.transact(lambda unit: keeper.ended(done, unit))
    assert "canarywords" not in "".join(plain_block(block) for block in blocks)
    facts = keeper.facts()
    for person, expected in ((ana, ("canarywords",)), (ben, ())):
        assert await house.store.transact(lambda unit, who=person: facts["pinned_reasons"](who.person.id, "", unit)) == expected
    assert all(b"canarywords" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


async def test_talking_back_needs_no_typing(house):
    ana = await house.person("Ana")
    await ana.command("urge")
    await ana.tap("8", "Yes", "Talk back to it", "I deserve it")
    assert "tomorrow morning" in text_of(ana.screen)
    await ana.tap("Next", "Skip")
    assert "How strong is it now" in text_of(ana.screen)
