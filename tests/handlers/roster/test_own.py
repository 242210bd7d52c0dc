"""The note for the next host, the checklist, and words for moments: each for those alone whom it is for."""

from datetime import timedelta

from bot.core.calls import Kind
from bot.core.replies import Press
from storage.privacy import PersonalRows
from storage.roster import Roster
from tests.handlers.screens import labels_of, press_of, text_of

WORDS = "The second part ran long. Bring a timer."
TWO_DAYS = timedelta(days=2)


async def written(house, corner, who, occurrence):
    screen = await house.press(who, Press("roster", "note", occurrence.series), leads=True)
    form = await corner.tap(who, screen, "Write the note")
    press = form.form.press
    return await house.act(who, Kind.FORM, private=True, press=press, name="roster.write", arguments={"words": WORDS})


async def test_a_note_is_read_by_those_on_duty_and_by_nobody_else(house, corner):
    await corner.join("fay", "gil", "sue")
    occurrence = await house.plan(TWO_DAYS)
    assert WORDS in text_of(await written(house, corner, "sue", occurrence))
    await corner.take("fay")
    read = Press("roster", "read", occurrence.series)
    assert WORDS in text_of(await house.press("fay", read, private=True))
    for who, leads in (("gil", True), ("ann", False)):
        assert WORDS not in text_of(await house.press(who, read, leads=leads))
    await house.pass_time(hours=24)
    assert "Read the note" in labels_of((await corner.letters("fay"))[-1])


async def test_a_note_is_gone_when_its_evening_is_closed_and_after_thirty_days(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(timedelta(minutes=30))
    await written(house, corner, "fay", occurrence)
    await house.pass_time(hours=3)

    async def kept(unit):
        return await Roster(unit).note(occurrence.series)

    assert await house.store.transact(kept) is None


async def test_the_writer_takes_it_back_and_nobody_else_can(house, corner):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await written(house, corner, "fay", occurrence)
    for who, stays in (("gil", True), ("fay", False)):
        await house.press(who, Press("roster", "unwrite", occurrence.series), private=True)
        kept = await house.store.transact(lambda unit: Roster(unit).note(occurrence.series))
        assert (kept is not None) is stays


async def test_the_note_form_says_what_is_not_to_be_in_it(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    screen = await house.press("fay", Press("roster", "note", occurrence.series), leads=True)
    (field,) = (await corner.tap("fay", screen, "Write the note")).form.fields
    assert "No names" in field.hint
    assert field.longest == 300


async def test_each_ticks_their_own_list_and_sees_only_that(house, corner):
    await corner.join("fay", "gil")
    listed = await corner.tap("fay", await corner.open("fay"), "My training list")
    ticked = await house.press("fay", next(one.press for row in listed.buttons for one in row), private=True)
    assert text_of(ticked).count("✓") == 1
    other = await corner.tap("gil", await corner.open("gil"), "My training list")
    assert "✓" not in text_of(other)
    fay = await house.person("fay")
    exported = await house.store.transact(lambda unit: PersonalRows(unit).export(fay))
    assert exported["training"][0]["body"] == {"items": [1]}


async def test_words_for_a_moment_are_two_taps_from_the_panel_and_lead_back(house, corner):
    occurrence = await house.plan()
    await house.pass_time(minutes=1)
    await house.type("fay", "/meeting start", leads=True)
    panel = await house.press("fay", Press("meetings", "panel", occurrence.id), leads=True)
    moments = await corner.tap("fay", panel, "What could I say?")
    words = await corner.tap("fay", moments, "Nobody says anything")
    assert "Quiet is fine here" in text_of(words)
    assert "Welcome" in text_of(await corner.tap("fay", words, "Back to the panel"))
    for private in (True, False):
        told = await house.press("ann", press_of(moments, "Nobody says anything"), private=private)
        assert "Quiet is fine" not in text_of(told)


async def test_all_of_it_is_two_taps_from_one_panel(corner):
    shown = await corner.open("fay")
    for label in ("Who hosts what", "Note for the next host", "What could I say?", "My training list", "Join the roster"):
        assert label in labels_of(shown)
