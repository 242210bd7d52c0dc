"""What helped this week: a tap or a line."""

from tests.handlers.exercises.evening import FIVE, Evening
from tests.handlers.screens import labels_of, press_of, text_of


async def test_it_begins_at_once_and_offers_things_to_tap(evening: Evening):
    await evening.begin("helped")
    await evening.house.work_off()
    assert "What helped you with an urge" in evening.board
    screen = await evening.tap("ana", "write")
    assert "I went for a walk" in labels_of(screen)
    assert "In my own words" in labels_of(screen)
    assert len(screen.buttons) <= 5


async def test_a_tap_is_on_then_off_and_a_second_tap_of_the_same_changes_nothing(evening: Evening):
    await evening.begin("helped")
    await evening.house.consent("ana")
    walk = press_of(await evening.tap("ana", "write"), "I went for a walk")
    for _ in range(2):
        screen = await evening.house.press("ana", walk)
    assert [line.chip for line in await evening.lines_of("ana")] == ["walk"]
    off = press_of(screen, "✓ I went for a walk")
    for _ in range(2):
        screen = await evening.house.press("ana", off)
    assert await evening.lines_of("ana") == []
    assert "I went for a walk" in labels_of(screen)


async def test_three_taps_and_one_line_of_their_own(evening: Evening):
    await evening.begin("helped")
    await evening.house.consent("ana")
    for chip in ("walk", "busy", "rest"):
        await evening.tap("ana", "chip", chip)
    full = await evening.tap("ana", "chip", "ate")
    assert "Three at most." in text_of(full)
    screen = await evening.write("ana", helped="I fed the birds")
    assert len(await evening.lines_of("ana")) == 4
    assert "In my own words" not in labels_of(screen)
    assert len(screen.buttons) <= 5
    refused = await evening.write("ana", helped="and more")
    assert "more lines than fit" in text_of(refused)


async def test_taps_read_in_the_rooms_language_and_stand_once(evening: Evening):
    await evening.begin("helped")
    for who in FIVE:
        await evening.house.consent(who)
        await evening.tap(who, "chip", "walk")
    await evening.write("ana", helped="I fed the birds")
    await evening.merge()
    assert evening.board.count("I went for a walk") == 1
    assert "I fed the birds" in evening.board
    assert "5 people or more" not in evening.board  # all five wrote it: a mark would name them all


async def test_a_mark_stands_where_five_wrote_it_and_five_did_not(evening: Evening):
    await evening.begin("helped")
    for number in range(11):
        who = f"p{number}"
        await evening.house.consent(who)
        await evening.tap(who, "chip", "walk" if number < 6 else "rest")
    await evening.merge()
    assert "I went for a walk (5 people or more)" in evening.board
    assert "I rested or slept (5 people or more)" in evening.board
