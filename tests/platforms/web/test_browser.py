"""The page in a real browser: by keyboard, narrow, in the dark, after a lost connection, and private to each person."""

import asyncio

import pytest
from playwright.async_api import expect

from bot.core.deeds import Stand, Standing
from bot.core.replies import File, Picture
from tests.platforms.web.browser import NARROW, window
from tests.platforms.web.house import House, said
from tests.platforms.web.page_rules import CONTRAST, NAMELESS, OVERFLOW, SMALL_TARGETS, TWICE_NAMED
from tests.platforms.web.test_standing import do

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_urge_by_keyboard_alone_and_nothing_leaves_the_origin(page, browser, house):
    async with window(browser, page.platform.address, show="ana", size=(1000, 800)) as seen:
        keyboard = seen.page.keyboard
        await keyboard.press("Tab")
        await expect(seen.page.get_by_role("link", name="Skip to the chats")).to_be_focused()
        await keyboard.press("Enter")
        await keyboard.press("Tab")
        await expect(seen.seat("ana").get_by_role("button", name="Help now", exact=True)).to_be_focused()
        await seen.entry("ana", "private").focus()
        await keyboard.type("/ur")
        option = seen.pane("ana", "private").get_by_role("option")
        await expect(option).to_have_count(1)
        await expect(option).to_have_attribute("aria-selected", "true")
        await keyboard.press("Enter")
        await expect(seen.messages("ana", "private").last).to_contain_text("How strong is it right now?")
        await keyboard.press("Shift+Tab")  # the slash
        for _ in range(4):
            await keyboard.press("Shift+Tab")
        await expect(seen.pane("ana", "private").get_by_role("button", name="9", exact=True)).to_be_focused()
        await keyboard.press("Enter")
        await expect(seen.messages("ana", "private").last).to_contain_text("You wrote 9.")
        await expect(seen.pane("ana", "private").locator(".message").last).to_be_focused()
        await keyboard.press("Tab")
        await expect(seen.pane("ana", "private").get_by_role("button", name="Wait it out")).to_be_focused()
        await expect(seen.page.locator(".announcer")).to_contain_text("You wrote 9.")
        assert (seen.errors, seen.strays) == ([], [])


async def test_one_persons_private_chat_is_not_in_anothers_half_of_the_window(page, browser):
    async with window(browser, page.platform.address, show="ana+ben") as seen:
        await seen.seat("ana").get_by_role("tab", name="Private chat").click()
        await seen.pane("ana", "private").get_by_role("button", name="I have an urge now").click()
        await expect(seen.messages("ana", "private").last).to_contain_text("How strong")
        await seen.entry("ana", "private").fill("my own words")
        await seen.entry("ana", "private").press("Enter")
        await expect(seen.messages("ana", "private").last).to_contain_text("my own words")
        await seen.seat("ana").get_by_role("tab", name="Room").click()
        await seen.entry("ana", "room").fill("for all")
        await seen.entry("ana", "room").press("Enter")
        await expect(seen.messages("ben", "room")).to_have_text("for all")
        for key in ("ben", "kim", "rosa"):
            everything = await seen.seat(key).evaluate("seat => seat.textContent")
            assert "my own words" not in everything
            assert "How strong" not in everything
        assert (seen.errors, seen.strays) == ([], [])


async def test_a_window_of_one_person_never_hears_of_the_others(page, browser):
    await page.command(page.person("Ben"), "/urge")
    async with window(browser, f"{page.platform.address}?as=ana") as seen:
        await expect(seen.page.locator(".seat")).to_have_count(1)
        assert "How strong" not in await seen.page.content()


async def test_help_now_is_always_there_and_answers_in_the_open_half(page, browser):
    async with window(browser, page.platform.address, show="rosa", size=NARROW) as seen:
        await seen.seat("rosa").get_by_role("button", name="Help now").first.click()
        card = seen.pane("rosa", "room").locator(".message").last
        await expect(card).to_contain_text("Only you see this")
        await expect(card.get_by_role("link", name="0800 111 0 111")).to_have_attribute("href", "tel:08001110111")


async def test_the_help_card_stays_when_the_connection_was_gone_for_a_moment(opened, browser):
    first = await opened()
    async with window(browser, first.platform.address, show="ana", size=(500, 800)) as seen:
        await seen.seat("ana").get_by_role("button", name="Help now", exact=True).click()
        await expect(seen.messages("ana", "room").last).to_contain_text("112")
        await first.stop()
        again = await opened(port=first.platform.port)
        await seen.page.evaluate("dispatchEvent(new Event('online'))")
        await again.say(again.person("Ben"), "I am back", "room")
        await expect(seen.messages("ana", "room").last).to_contain_text("I am back")
        await expect(seen.messages("ana", "room").first).to_contain_text("112")


async def test_a_message_longer_than_the_view_is_shown_from_its_beginning(page, browser, house):
    house.extra["long"] = said("Call 112 first.", *(f"Line {number}" for number in range(40)))
    await page.say(page.person("Ben"), "before", "room")
    async with window(browser, page.platform.address, show="ana", size=NARROW) as seen:
        await seen.entry("ana", "room").fill("/long")
        await seen.entry("ana", "room").press("Enter")
        first = seen.messages("ana", "room").get_by_text("Call 112 first.")
        await expect(first).to_be_in_viewport()
        await expect(seen.messages("ana", "room").get_by_text("Line 39")).not_to_be_in_viewport()
        await seen.page.reload()
        await expect(first).to_be_in_viewport()
        await seen.seat("ana").locator(".seat-head .help").click()
        await expect(seen.messages("ana", "room").last.get_by_text("In danger, call")).to_be_in_viewport()


async def test_without_a_connection_help_now_says_what_the_page_knows_and_acts_wait(opened, browser, house):
    first = await opened()
    async with window(browser, first.platform.address, show="ana", size=(500, 800)) as seen:
        await seen.seat("ana").get_by_role("tab", name="Private chat").click()
        await first.stop()
        await seen.entry("ana", "private").fill("kept for later")
        await seen.entry("ana", "private").press("Enter")
        await expect(seen.pane("ana", "private").locator(".unsent")).to_contain_text("kept for later")
        await expect(seen.page.locator(".offline")).to_contain_text("No connection")
        await seen.seat("ana").get_by_role("button", name="Help now").click()
        await expect(seen.seat("ana").get_by_role("alert")).to_contain_text("112")
        again = await opened(port=first.platform.port)  # as after `kill -9`: same log, same address, new cookies
        await seen.page.evaluate("dispatchEvent(new Event('online'))")
        await expect(seen.messages("ana", "private")).to_have_text(["kept for later", "You wrote:kept for later"])
        await expect(seen.page.locator(".offline")).to_be_hidden()
        assert [incoming.words for incoming in house.seen] == ["kept for later"]
        assert again.everything(again.person("Ana")) == ["kept for later", "You wrote:\nkept for later"]


async def test_what_comes_while_one_looks_elsewhere_is_marked_until_seen(page, browser):
    ana = page.person("Ana")
    async with window(browser, page.platform.address, show="ana", size=(500, 800)) as seen:
        tab = seen.seat("ana").get_by_role("tab", name="Private chat")
        await page.command(ana, "/whisper", "room")
        await expect(tab).to_have_text("Private chat 1 new")
        await tab.click()
        await expect(tab).to_have_text("Private chat")
        chip = seen.page.get_by_role("button", name="Ben")
        await page.say(ana, "hello", "room")
        await expect(chip).to_contain_text("1 new")
        await chip.click()
        await expect(chip).not_to_contain_text("new")


async def test_hostile_words_are_words(page, browser):
    hostile = (
        "<img src=x onerror=alert(1)> **b** @everyone [x](javascript:alert(1)) \u202egnp.exe " + "\U0001f642" * 50 + "x" * 9_800
    )
    await page.say(page.person("Ana"), hostile, "room")
    async with window(browser, page.platform.address, show="ben", size=NARROW) as seen:
        body = seen.messages("ben", "room").last
        await expect(body).to_have_text(hostile.replace("\u202e", ""))
        assert await body.locator("img, a, b").count() == 0
        assert await body.locator("bdi").count() == 1
        assert await seen.page.evaluate(OVERFLOW) == []
        assert (seen.errors, seen.strays) == ([], [])


async def test_pictures_have_their_words_and_are_their_persons_own(page, browser):
    ana = page.person("Ana")
    await page.command(ana, "/picture")
    async with window(browser, page.platform.address, show="ana", size=(1000, 800)) as seen:
        image = seen.pane("ana", "private").get_by_role("img", name="Your last days")
        await image.scroll_into_view_if_needed()
        assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 240
        await expect(seen.messages("ana", "private").last).to_contain_text("Tue 5")
        url = await image.get_attribute("src") or ""
        assert (await seen.page.request.get(page.platform.address + url)).status == 200
        assert (await seen.page.request.get(page.platform.address + url.replace("as=ana", "as=ben"))).status == 404


async def test_what_nothing_keeps_is_drawn_and_saved_from_the_message_itself(page, browser, house, tmp_path):
    picture, paper = Picture("trend", "Your last days"), File("receipt.pdf", b"%PDF\x00\xff", "application/pdf")
    house.extra = {
        "picture": said("Here it is", picture=picture, fleeting=True),
        "export": said("Here it is", file=paper, fleeting=True),
    }
    async with window(browser, page.platform.address, show="ana", size=(1000, 800)) as seen:
        pane = seen.pane("ana", "room")
        await seen.entry("ana", "room").fill("/picture")
        await seen.entry("ana", "room").press("Enter")
        drawn = pane.get_by_role("img", name="Your last days")
        await expect(drawn).to_have_attribute("width", "240")
        await seen.entry("ana", "room").fill("/export")
        await seen.entry("ana", "room").press("Enter")
        async with seen.page.expect_download() as download:
            await pane.get_by_role("button", name="Save receipt.pdf").click()
        saved = await download.value
        assert saved.suggested_filename == "receipt.pdf"
        await saved.save_as(tmp_path / "saved.pdf")
        assert (tmp_path / "saved.pdf").read_bytes() == paper.content
        assert (seen.errors, seen.strays) == ([], [])
        await seen.page.reload()
        await expect(pane.get_by_text("Here it is")).to_have_count(0)


async def test_the_page_speaks_the_browsers_language(page, browser, house):
    async with window(browser, page.platform.address, show="kim", language="de-AT") as seen:
        assert await seen.page.evaluate("document.documentElement.lang") == "de"
        await expect(seen.page).to_have_title("Openchair-Demo")
        await expect(seen.seat("kim").get_by_role("button", name="Hilfe jetzt")).to_be_visible()
        await seen.pane("kim", "room").get_by_role("button", name="Befehle").click()
        await seen.pane("kim", "room").get_by_role("option", name="/urge").click()
        await expect(seen.messages("kim", "room")).to_have_count(1)
        assert house.seen[-1].locale == "de-AT"
        await expect(seen.messages("kim", "room")).to_have_attribute("lang", "de")


async def test_two_quick_taps_are_two_acts_in_order_or_one(page, browser, house: House):
    ana = page.person("Ana")
    await page.command(ana, "/count")
    async with window(browser, page.platform.address, show="ana", size=(1000, 800)) as seen:
        house.gate.clear()
        more = seen.pane("ana", "private").get_by_role("button", name="One more")
        await more.evaluate("button => { button.click(); button.click(); }")
        await asyncio.sleep(0.05)
        house.gate.set()
        await expect(seen.messages("ana", "private").last).to_have_text("Count 1")
        await page.settle()
        assert [incoming.press.value for incoming in house.seen if incoming.press] == ["1"]


async def test_what_is_pinned_stands_on_top_and_who_is_held_reads_why(page, browser):
    ana, ben = page.person("Ana"), page.person("Ben")
    async with (
        window(browser, page.platform.address, show="ben", size=(800, 900)) as seen,
        window(browser, page.platform.address, show="ben", size=NARROW) as small,
    ):
        await page.command(ana, "/pin", "room")
        for number in range(30):
            await page.say(ana, f"Talk {number}", "room")
        await do(page, Stand(Standing.WAITING), ben)
        for each in (seen, small):
            pane = each.pane("ben", "room")
            await expect(pane.get_by_text("Pinned: Coming up")).to_be_in_viewport()
            await expect(pane.get_by_role("status")).to_have_text("You are in the waiting room. You can read on.")
            await expect(pane.locator(".scroller .message").last).to_contain_text("Talk 29")
        pinned = seen.pane("ben", "room").get_by_role("list", name="Pinned messages")
        await expect(pinned).to_contain_text("Coming up: Tuesday at 7")
        await expect(small.pane("ben", "room").get_by_role("list", name="Pinned messages")).to_be_hidden()
        await small.pane("ben", "room").get_by_text("Pinned: Coming up").click()
        await expect(small.pane("ben", "room").get_by_role("list", name="Pinned messages")).to_be_visible()
        for each in (seen, small):
            for rule in (NAMELESS, TWICE_NAMED, OVERFLOW, SMALL_TARGETS, CONTRAST):
                assert await each.page.evaluate(rule) == []
        await do(page, Stand(Standing.OUT), ben)
        await expect(seen.pane("ben", "room").locator(".message")).to_have_count(0)
        await expect(seen.pane("ben", "room").locator(".pins")).to_be_hidden()
        await do(page, Stand(Standing.FREE), ben)
        await expect(seen.pane("ben", "room").locator(".scroller .message")).to_have_count(30)
        await expect(pinned).to_contain_text("Coming up: Tuesday at 7")
        assert (seen.errors, seen.strays, small.errors) == ([], [], [])
