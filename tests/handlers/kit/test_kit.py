"""A kit grows from many tools, stays short, and is there in an urge."""

import pytest

from bot.core.flow import line_mark
from bot.core.ports import FlowDone
from bot.core.replies import Press
from bot.core.richtext import plain_block
from content.loader import load_texts
from handlers.kit import Kit, KitKeeper, rules, views
from handlers.kit.records import LISTS, MOST_LINES
from storage.kit import Kits
from tests.handlers.flows.driving import House, labels, text_of
from tests.stores import storage_for_tests

KIT = Kit(("My children",), ("Sam 555",))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, KIT),
        ({"reasons": ["Sleep"]}, Kit(("My children", "Sleep"), ("Sam 555",))),
        ({"reasons": ["My children"]}, KIT),
        ({"ifthens": ["shop → other side"]}, Kit(("My children",), ("Sam 555",), ifthens=("shop → other side",))),
        ({"reasons": [str(n) for n in range(20)]}, Kit(tuple(str(n) for n in range(10, 20)), ("Sam 555",))),
        ({"reasons": ["", " "], "else": ["x"]}, KIT),
    ],
)
def test_lines_are_added_once_and_ten_stay(answers, expected):
    assert rules.filled(KIT, answers) == expected


def test_a_line_that_is_pinned_again_counts_as_new():
    kit = rules.pinned(Kit(reasons=tuple("abcdefghij")), "reasons", ["a"])
    assert kit.reasons == tuple("bcdefghija")
    assert rules.pinned(kit, "reasons", ["k"]).reasons == tuple("cdefghijak")


def test_there_is_no_other_list_than_the_known_ones():
    assert rules.pinned(KIT, "secrets", ["x"]) == KIT
    assert rules.without(KIT, "secrets", line_mark("x")) == KIT


def test_taking_a_line_out_leaves_the_others():
    kit = Kit(("a", "b"), ("a",))
    assert rules.without(rules.without(kit, "reasons", line_mark("a")), "reasons", line_mark("a")) == Kit(("b",), ("a",))


def test_a_full_kit_fits_into_one_message():
    full = Kit(**{name: tuple(f"{n} {'w' * 198}" for n in range(MOST_LINES)) for name in LISTS})
    say = load_texts().of("de")
    assert sum(len(plain_block(block)) for block in views.look(say, full).blocks) < 1950
    assert len(views.which_line(say, full, "reasons").buttons) <= 5


@pytest.fixture
async def house(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        keeper = KitKeeper(load_texts(), Kits)
        made = House(store, clock, ends={"kit": keeper.ended}, facts=dict(keeper.facts()))
        feature = keeper.feature(made.flows)
        made.features = {**made.features, "kit": feature}
        made.keeper = keeper  # type: ignore[attr-defined]  # of this folder alone
        yield made


async def kit_of(house, person):
    return await house.store.transact(lambda unit: Kits(unit).of(person.person.id))


async def pinned(house, person, into, *lines):
    await house.store.transact(lambda unit: house.keeper.pin(person.person.id, into, lines, unit, house.clock.now()))


async def test_what_was_written_on_a_calm_day_is_one_tap_away_in_an_urge(house):
    ana = await house.person("Ana", modals=False)
    await ana.command("urge")
    await ana.tap("8")
    assert not {"See my reasons", "Call someone"} & set(labels(ana.screen))

    await ana.command("kit")
    await ana.tap("Next")
    for words in ("My children", "To sleep well"):
        await ana.types(words)
    await ana.tap("Done")
    await ana.types("Sam 555 123")
    await ana.tap("Done", "Save")
    assert "3 lines are in your kit" in text_of(ana.screen)

    await house.time_passes(minutes=31)
    await ana.command("urge")
    await ana.tap("8", "See my reasons")
    assert "To sleep well" in text_of(ana.screen)
    assert "Sam 555 123" not in text_of(ana.screen)
    await ana.tap("Back", "Call someone")
    assert "Sam 555 123" in text_of(ana.screen)


async def test_lines_of_other_tools_stand_under_their_headings(house):
    ana = await house.person("Ana")
    await pinned(house, ana, "values", "Honesty")
    await pinned(house, ana, "ifthens", "the shop → the other side")
    shown = text_of(await ana.command("kit"))
    assert shown.index("What matters to me") < shown.index("Honesty") < shown.index("the other side")
    assert "People I can call" not in shown


async def test_a_line_is_taken_out_and_the_rest_stays(house):
    ana = await house.person("Ana")
    await pinned(house, ana, "reasons", "Sleep", "Money")
    await ana.command("kit")
    await ana.tap("Take a line out", "My reasons", "Sleep")
    old = Press("kit", "out", "reasons", line_mark("Sleep"))
    await ana.press(old)
    assert (await kit_of(house, ana)).reasons == ("Money",)
    await ana.tap("Money")
    assert await kit_of(house, ana) == Kit()
    assert text_of(ana.screen) == "Your kit is empty."


async def test_later_one_list_grows_at_a_time(house):
    ana = await house.person("Ana")
    await pinned(house, ana, "reasons", "Sleep")
    await ana.command("kit")
    await ana.tap("Add lines", "If … then …")
    await ana.says("If I pass the shop, then I cross the street")
    await ana.tap("Done", "Save")
    assert await kit_of(house, ana) == Kit(("Sleep",), ifthens=("If I pass the shop, then I cross the street",))


async def test_starting_anew_asks_first(house):
    ana = await house.person("Ana")
    await pinned(house, ana, "reasons", "Sleep")
    await ana.command("kit")
    await ana.tap("Start anew")
    assert (await kit_of(house, ana)).reasons == ("Sleep",)
    await ana.tap("Yes, take all out")
    assert await kit_of(house, ana) == Kit()


async def test_a_made_up_press_changes_nothing(house):
    ana = await house.person("Ana")
    await pinned(house, ana, "reasons", "Sleep")
    for press in (Press("kit", "out", "secrets", "abc123"), Press("kit", "out", "reasons", "zzz"), Press("kit", "list", "x")):
        await ana.press(press)
        assert "Sleep" in text_of(ana.screen)
    assert await kit_of(house, ana) == Kit(("Sleep",))


async def test_a_kit_is_its_owners_alone(house, tmp_path):
    ana, ben = await house.person("Ana"), await house.person("Ben")
    done = FlowDone("kit", "", ana.person.id, "en", house.clock.now(), {"reasons": ["canarywords"]})
    blocks = await house.store.transact(lambda unit: house.keeper.ended(done, unit))
    assert "canarywords" not in "".join(plain_block(block) for block in blocks)
    facts = house.keeper.facts()
    for person, expected in ((ana, ("canarywords",)), (ben, ())):
        assert await house.store.transact(lambda unit, who=person: facts["pinned_reasons"](who.person.id, "", unit)) == expected
    assert all(b"canarywords" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


async def test_several_facts_read_the_row_once_and_what_was_pinned_meanwhile_is_seen(house):
    ana = await house.person("Ana")
    reads = []

    class Counting(Kits):
        async def of(self, person):
            reads.append(person)
            return await super().of(person)

    keeper = KitKeeper(load_texts(), Counting)
    facts = keeper.facts()

    async def work(unit):
        for fact in facts.values():
            assert await fact(ana.person.id, "", unit) == ()
        await keeper.pin(ana.person.id, "reasons", ("Sleep",), unit, house.clock.now())
        return [await facts[name](ana.person.id, "", unit) for name in ("pinned_reasons", "kit_lines", "people_to_call")]

    assert await house.store.transact(work) == [("Sleep",), ("Sleep",), ()]
    assert len(reads) == 1
    assert await house.store.transact(lambda unit: facts["kit"](ana.person.id, "", unit)) == ("Sleep",)


async def test_talking_back_needs_no_typing(house):
    ana = await house.person("Ana")
    await ana.command("urge")
    await ana.tap("8", "Talk back to it", "I deserve it")
    assert "tomorrow morning" in text_of(ana.screen)
    await ana.tap("Next", "Skip")
    assert "How strong is it now" in text_of(ana.screen)
