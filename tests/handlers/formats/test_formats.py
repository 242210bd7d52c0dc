"""/meeting format, through dispatch and a real file."""

from bot.core.replies import FieldKind, Form, Press, Reply
from storage.tables.formats import own_formats
from tests.handlers.formats.test_reading import GOOD
from tests.handlers.meetings.house import House
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of


async def opened(house: House, name: str = "Meeting of 90"):
    listed = await house.type("fay", "/meeting format", leads=True)
    assert "Evening with a tool" in labels_of(listed)
    return await house.press("fay", press_of(listed, name), leads=True)


async def form_behind(house: House, screen: Reply, label: str) -> Form:
    """Press a facilitator's button that opens a form."""
    asked = await house.press("fay", press_of(screen, label), leads=True)
    assert asked.form is not None
    return asked.form


async def test_a_format_is_shown_with_its_parts_and_lengths(house: House):
    shown = await opened(house)
    assert "Working time, 47 min" in text_of(shown)
    assert "Check-out, 15 min, always kept" in text_of(shown)
    assert "the one that came with the program" in text_of(shown)
    assert "Bring the original back" not in labels_of(shown)


async def test_a_part_is_changed_by_a_form_and_brought_back_with_one_tap(house: House):
    parts = await house.press("fay", press_of(await opened(house), "Read or change"), leads=True)
    part = await house.press("fay", press_of(parts, "Agenda"), leads=True)
    assert "What shall we take first?" in text_of(part)
    form = await form_behind(house, part, "Change")
    values = {field.name: field.value for field in form.fields}
    saved = await house.send_form("fay", form.press, values | {"name": "What we talk about", "minutes": "8"})
    assert "Saved." in text_of(saved)
    assert "What we talk about, 8 min" in text_of(saved)
    listed = await house.type("fay", "/meeting format", leads=True)
    assert "Meeting of 90 minutes (your own)" in labels_of(listed)
    restored = await house.press("fay", press_of(saved, "Bring the original"), leads=True)
    assert "Agenda, 3 min" in text_of(restored)
    assert "(your own)" not in str(labels_of(await house.type("fay", "/meeting format", leads=True)))


async def test_words_that_were_left_alone_stay_translated(house: House):
    parts = await house.press("fay", press_of(await opened(house), "Read or change"), leads=True)
    part = await house.press("fay", press_of(parts, "Working"), leads=True)
    form = await form_behind(house, part, "Change")
    values = {field.name: field.value for field in form.fields}
    await house.send_form("fay", form.press, values | {"minutes": "40"})
    given = await house.press("fay", press_of(await opened(house), "As a file"), leads=True)
    assert given.file is not None
    assert b"minutes: 40" in given.file.content

    async def stored(unit):
        return [row["id"] for row in await unit.rows(own_formats.select())]

    assert len(await house.store.transact(stored)) == 1


async def test_a_wrong_answer_changes_nothing_and_is_asked_again(house: House):
    parts = await house.press("fay", press_of(await opened(house), "Read or change"), leads=True)
    part = await house.press("fay", press_of(parts, "Check-out"), leads=True)
    form = await form_behind(house, part, "Change")
    values = {field.name: field.value for field in form.fields}
    for wrong, sentence in (
        ({"minutes": "ten"}, "Minutes are a whole number"),
        ({"minutes": "14"}, "15 minutes at least"),
        ({"name": "??"}, "A name needs letters"),
    ):
        refused = await house.send_form("fay", form.press, values | wrong)
        assert sentence in text_of(refused)
        assert "Nothing was changed." in text_of(refused)
    assert "the one that came with the program" in text_of(await opened(house))


async def test_a_script_of_ones_own_from_a_file_is_looked_at_before_it_is_used(house: House):
    form = await form_behind(house, await opened(house), "From a file")
    assert [field.kind for field in form.fields] == [FieldKind.FILE]
    preview = await house.send_form("fay", form.press, {"file": GOOD})
    assert "Hello, 10 min" in text_of(preview)
    assert "Hello: Welcome, all." in text_of(preview)
    assert "It is not in force yet." in text_of(preview)
    assert "the one that came with the program" in text_of(await opened(house))
    used = await house.press("fay", press_of(preview, "Use this"), leads=True)
    assert "This is your own version" in text_of(used)
    again = await house.press("fay", press_of(preview, "Use this"), leads=True)
    assert "This is your own version" in text_of(again)


async def test_a_bad_file_is_one_sentence_with_its_line(house: House):
    form = await form_behind(house, await opened(house), "From a file")
    refused = await house.send_form("fay", form.press, {"file": GOOD.replace("minutes: 60", "minutes: many")})
    assert "Line 9, minutes: minutes are a whole number" in text_of(refused)
    refused = await house.send_form("fay", form.press, {"file": "a: [1"})
    assert "cannot be read" in text_of(refused)


async def test_on_telegram_only_the_wrong_answer_is_asked_again(telegram_house: House):
    house = telegram_house
    shown = await opened(house)
    parts = await house.press("fay", press_of(shown, "Read or change"), private=True)
    part = await house.press("fay", press_of(parts, "Agenda"), private=True)
    await house.press("fay", press_of(part, "Change"), private=True)
    for answer in ("What we talk about", "0", "A text."):
        reply = await house.write("fay", answer)
    assert "Minutes are a whole number" in text_of(reply)
    saved = await house.write("fay", "4")
    assert "What we talk about, 4 min" in text_of(saved)


async def test_only_facilitators_may_look_and_change(house: House):
    shown = await opened(house)
    community = press_of(shown, "As a file").subject
    actions = ("list", "show", "parts", "part", "edit", "file", "accept", "get", "restore")
    for press in (Press("formats", action, community, value) for action in actions for value in ("90", "90_0")):
        house.clock.move(minutes=1)  # within the budget of acts a minute
        for private in (False, True):
            refused = await house.press("ann", press, private=private)
            assert "This is for the facilitators" in text_of(refused)
            assert refused.form is None
            assert refused.file is None
    for name in ("save", "read"):
        refused = await house.send_form(
            "ann", Press("formats", name, community, "90_0"), {"minutes": "5", "file": GOOD}, leads=False
        )
        assert "This is for the facilitators" in text_of(refused)
    assert "the one that came with the program" in text_of(await opened(house))


async def test_buttons_for_what_is_not_there_are_answered_alike(house: House):
    community = press_of(await opened(house), "As a file").subject
    for subject, value in ((community, "no_such"), (community, ""), ("0" * 32, "90"), ("", "")):
        house.clock.move(minutes=1)
        for action in ("show", "parts", "file", "get", "restore", "accept"):
            reply = await house.press("fay", Press("formats", action, subject, value), leads=True)
            assert "I no longer know this button." in text_of(reply)
    for value in ("90_99", "90_x", "90", "_1"):
        reply = await house.press("fay", Press("formats", "part", community, value), leads=True)
        assert "I no longer know this button." in text_of(reply)


async def test_every_screen_fits_every_platform(house: House):
    screens = [await house.type("fay", "/meeting format", leads=True), await opened(house, "Evening with a tool")]
    screens.append(await house.press("fay", press_of(screens[1], "Read or change"), leads=True))
    screens.append(await house.press("fay", press_of(screens[2], "Trying it"), leads=True))
    for reply in screens:
        assert len(reply.buttons) <= 5
        for button in buttons_of(reply):
            assert len(button.label) <= 40
            assert button.press is None or len(button.press.data()) <= 64
        assert Press("safety", "now") in [button.press for button in buttons_of(reply)]
    form = await form_behind(house, screens[3], "Change")
    assert all(len(field.label) <= 45 and len(field.hint) <= 100 for field in form.fields)
    assert len(form.title) <= 45


async def test_a_communitys_words_are_not_on_the_disk(house: House, tmp_path):
    form = await form_behind(house, await opened(house), "From a file")
    preview = await house.send_form("fay", form.press, {"file": GOOD.replace("Sit down.", "Canary7391")})
    await house.press("fay", press_of(preview, "Use this"), leads=True)
    for file in (tmp_path / "data").iterdir():
        assert b"Canary7391" not in file.read_bytes()
