"""Forms, options and files in a real browser."""

import pytest
from playwright.async_api import expect

from tests.platforms.web.browser import NARROW, window
from tests.platforms.web.page_rules import CONTRAST, NAMELESS, OVERFLOW, SMALL_TARGETS, TWICE_NAMED

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_form_keeps_its_words_says_what_is_missing_beside_the_field_and_goes_out_once(page, browser, house):
    async with window(browser, page.platform.address, show="ana", size=NARROW) as seen:
        await seen.seat("ana").get_by_role("tab", name="Private chat").click()
        await seen.entry("ana", "private").fill("/checkin")
        await seen.entry("ana", "private").press("Enter")
        dialog = seen.page.get_by_role("dialog", name="Your week")
        rating = dialog.get_by_role("textbox", name="How was it, 0 to 10")
        await expect(rating).to_be_focused()
        await dialog.get_by_role("textbox", name="One thing").fill("I walked\nby the sea")
        await dialog.get_by_role("button", name="Send").click()
        await expect(rating).to_be_focused()
        await expect(rating).to_have_attribute("aria-invalid", "true")
        await expect(rating).to_have_accessible_description("0 is the worst, 10 the best Please write something here.")
        await rating.fill("7")
        await dialog.get_by_role("radio", name="Yes").check()
        await dialog.get_by_role("button", name="Send").click()
        await expect(dialog).to_be_hidden()
        await expect(seen.messages("ana", "private").last).to_contain_text("by the sea")
        assert house.seen[-1].arguments == {"rating": "7", "words": "I walked\nby the sea", "agenda": "yes"}
        assert (seen.errors, seen.strays) == ([], [])


async def test_a_command_of_the_list_asks_for_what_it_needs(page, browser, house):
    async with window(browser, page.platform.address, show="kim") as seen:
        room = seen.pane("kim", "room")
        await room.get_by_role("button", name="Commands").click()
        await expect(room.get_by_role("listbox", name="Commands").get_by_role("option")).to_have_count(11)
        await room.get_by_role("option", name="/meeting create").click()
        dialog = seen.page.get_by_role("dialog", name="/meeting create")
        await dialog.get_by_role("textbox", name="What it is called").fill("Tuesday evening")
        await dialog.get_by_role("radio", name="tuesday").check()
        await dialog.get_by_role("button", name="Send").click()
        await expect(seen.messages("kim", "room").last).to_contain_text("Made:")
        assert house.seen[-1].arguments == {"title": "Tuesday evening", "weekday": "tuesday"}
        listed = await seen.pane("kim", "private").get_by_role("option").all_text_contents()
        assert not any("/meeting create" in each for each in listed), "a command of the room is not offered in private"


async def test_a_text_file_is_chosen_or_its_text_pasted_and_what_is_no_text_is_said_beside_the_field(page, browser, house):
    async with window(browser, page.platform.address, show="kim", size=NARROW) as seen:
        await seen.seat("kim").get_by_role("tab", name="Private chat").click()
        dialog = seen.page.get_by_role("dialog", name="Bring in a calendar")
        for number, (content, said) in enumerate([(b"\xff\xfe", "as text"), (b"a\0b", "as text"), (b"x" * 1_048_577, "larger")]):
            if not number:
                await seen.entry("kim", "private").fill("/import")
                await seen.entry("kim", "private").press("Enter")
            picker = dialog.get_by_label("Choose a text file")
            await picker.set_input_files({"name": "a.ics", "mimeType": "text/calendar", "buffer": content})
            await expect(dialog.locator(".field").first.locator(".error")).to_contain_text(said)
            await dialog.get_by_role("button", name="Send").click()
            await expect(picker).to_be_focused()
        for rule in (NAMELESS, TWICE_NAMED, OVERFLOW, SMALL_TARGETS, CONTRAST):
            assert await seen.page.evaluate(rule) == []
        text = "\ufeffBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
        await picker.set_input_files({"name": "a.ics", "mimeType": "text/calendar", "buffer": text.encode()})
        await expect(dialog).to_contain_text("Chosen: a.ics")
        await dialog.get_by_role("button", name="Send").click()
        await expect(dialog).to_be_hidden()
        assert house.seen[-1].arguments["file"] == text[1:]
        await seen.entry("kim", "private").fill("/import")
        await seen.entry("kim", "private").press("Enter")
        await dialog.get_by_label("or paste its text here").fill("BEGIN:VCALENDAR")
        await dialog.get_by_role("button", name="Send").click()
        await expect(dialog).to_be_hidden()
        assert house.seen[-1].arguments["file"] == "BEGIN:VCALENDAR"
        assert (seen.errors, seen.strays) == ([], [])


async def test_values_are_offered_while_an_option_is_typed(page, browser):
    async with window(browser, page.platform.address, show="kim") as seen:
        room = seen.pane("kim", "room")
        await room.get_by_role("button", name="Commands").click()
        await room.get_by_role("option", name="/meeting create").click()
        zone = seen.page.get_by_role("combobox", name="Time zone")
        await zone.fill("europe/l")
        await expect(seen.page.locator("datalist option")).to_have_count(1)
        await expect(seen.page.locator("datalist option")).to_have_attribute("value", "Europe/London")
        assert (seen.errors, seen.strays) == ([], [])
