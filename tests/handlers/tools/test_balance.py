"""Values, the wheel and new passions hand on what was said, and ask no more than fits."""

from bot.core.flow import Write
from bot.core.richtext import plain_block
from content.loader import load_flows, load_texts
from handlers.flows.pictures import picture_of
from storage.flow_states import FlowStates
from tests.handlers.flows.driving import labels, text_of

VALUES = ["Family", "Friends", "Love", "Health", "Honesty", "Freedom"]


async def test_up_to_five_values_are_ordered_without_being_picked_first(alice):
    await alice.command("values")
    screen = await alice.tap("Family", "Health", "Done")
    assert "If only one of the two" in text_of(screen)
    assert {"Family", "Health"} <= set(labels(screen))


async def test_of_more_five_are_picked(alice):
    await alice.command("values")
    screen = await alice.tap(*VALUES, "Done")
    assert "Which five matter most" in text_of(screen)
    screen = await alice.tap(*VALUES)
    assert sum(label.startswith("✓") for label in labels(screen)) == 5


async def test_help_or_hurt_is_asked_only_after_the_order_and_only_if_wanted(alice):
    await alice.command("values")
    await alice.tap("Family", "Health", "Done", "Health")
    screen = await alice.tap("No, that is enough")
    assert "1. Health" in text_of(screen)
    await alice.tap("No", "Keep")
    assert (await alice.entries())[0]["top"] == ["Health", "Family"]


async def test_values_become_areas_of_the_wheel(alice):
    await alice.command("values")
    await alice.tap("Family", "Health", "Done", "Health", "No, that is enough", "No", "Keep", "How each one is doing: the wheel")
    assert "1. Health\n2. Family" in text_of(alice.screen)


async def test_a_wheel_of_fewer_than_four_areas_is_offered_more_and_goes_without(alice):
    await alice.command("wheel")
    screen = await alice.tap("Health", "Work", "Money", "Done")
    assert "Add areas" in labels(screen)
    assert "Home" in labels(await alice.tap("Add areas"))
    await alice.tap("Home")
    assert "How content are you" in text_of(await alice.tap("Done"))


async def test_benefits_of_what_is_to_be_changed_can_be_found_elsewhere(alice):
    await alice.command("cba")
    await alice.tap("Skip", "Calm", "Company", "Done", "Skip", "Skip", "Skip", "Not now", "Keep", "Other ways to what it gives me")
    assert "1. Calm\n2. Company" in text_of(alice.screen)


async def _planned(alice, *last):
    await alice.command("passions")
    await alice.tap("Skip")
    await alice.types("Fishing")
    await alice.tap("Done", "Skip", "Swimming", "Done", "7", "4", "Fishing", "Swimming", "Done", *last, "Keep")


async def test_what_was_expected_and_what_was_found_stand_side_by_side(house, alice):
    await _planned(alice, "Tomorrow", "Skip", "Yes, ask me")
    posts = await house.time_passes(days=2)
    assert len(posts) == 1
    alice.screen = posts[0].reply
    screen = await alice.tap("Open it")
    assert "1. Fishing\n2. Swimming" in text_of(screen)
    screen = await alice.tap("Done", "Yes")
    assert "how much did you enjoy it" in text_of(screen)  # what was expected is not asked again
    screen = await alice.tap("5", "9", "Skip", "Let it go", "Keep it")
    picture = picture_of(house.texts.of("en"), load_flows()["passionsafter"], (await state_of(house, alice)).answers)
    assert picture is not None
    assert picture.points == ((7.0, 5.0), (4.0, 9.0))
    assert "\n".join(map(plain_block, picture.twin)) == "Expected → Found:\n• Fishing: 7 → 5\n• Swimming: 4 → 9"
    await alice.tap("Keep")
    kept = (await alice.entries())[-1]
    assert (kept["expected"], kept["real"]) == ({"Fishing": "7", "Swimming": "4"}, {"Fishing": "5", "Swimming": "9"})
    assert kept["verdict"] == {"Fishing": "drop", "Swimming": "keep"}


async def state_of(house, person):
    flows = await house.store.transact(lambda unit: FlowStates(unit).of_person(person.person.id))
    return flows[0].state


async def test_what_is_done_again_on_a_day_comes_along_to_the_next_question(house, alice):
    await _planned(alice, "Tomorrow", "Skip", "Yes, ask me")
    (post,) = await house.time_passes(days=2)
    alice.screen = post.reply
    await alice.tap(
        "Open it", "Done", "Yes", "5", "9", "Skip", "Let it go", "Again, on a day", "Tomorrow", "Skip", "Yes, ask me", "Keep"
    )
    (post,) = await house.time_passes(days=2)
    alice.screen = post.reply
    assert "1. Fishing\n2. Swimming" in text_of(await alice.tap("Open it"))


def all_values() -> list[str]:
    step, say = load_flows()["values"].steps["mine"], load_texts().of("en")
    assert isinstance(step, Write)
    return [say.label(f"values.mine_{chip}") for chip in step.chips]


async def test_thirty_values_are_offered_in_pages_and_each_is_there_once(alice):
    chips = all_values()
    await alice.command("values")
    seen = list[str]()
    while not seen or "More suggestions" in labels(alice.screen):
        seen += [label for label in labels(alice.screen) if label in chips]
        if len(seen) >= len(chips):
            break
        await alice.tap("More suggestions")
    assert sorted(seen) == sorted(chips)
    assert len(chips) == 30
    await alice.tap("Meaning", "Community")
    assert "Community" not in labels(alice.screen)
    assert "Meaning" in text_of(alice.screen)


async def test_where_a_row_is_narrow_none_is_lost_between_the_pages(house):
    carol = await house.person("carol", modals=False)
    await carol.command("values")
    seen = set[str]()
    for _ in range(5):
        seen |= {label for label in labels(carol.screen) if label in all_values()}
        await carol.tap("More suggestions")
    assert seen == {*all_values()}


async def test_nobody_is_asked_afterwards_who_does_not_want_it(house, alice):
    await _planned(alice, "Tomorrow", "Skip", "No")
    assert await house.time_passes(days=3) == []


async def test_a_nought_on_a_ruler_has_no_lower(alice):
    await alice.command("rulers")
    await alice.types("Bed at eleven")
    assert "How sure are you" in text_of(await alice.tap("0"))
    assert "not lower" in text_of(await alice.tap("3"))
