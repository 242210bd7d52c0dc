"""The page in a real browser, for everybody: names, contrast, sizes, zoom and focus, by rules that are checked themselves."""

import pytest
from playwright.async_api import expect

from tests.platforms.web.browser import NARROW, WIDE, take_pictures, window
from tests.platforms.web.page_rules import CONTRAST, NAMELESS, OVERFLOW, SMALL_TARGETS, TWICE_NAMED
from tests.servers.web.driver import WebDriver

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def fill_the_page(page: WebDriver) -> None:
    """Something of everything that a page can show."""
    ana, ben, kim, rosa = map(page.person, ("Ana", "Ben", "Kim", "Rosa"))
    await page.say(kim, "Good evening", "room")
    await page.command(kim, "/room", "room")
    await page.press(ben, "I am here", "room")
    await page.say(rosa, "<b>Hello</b> \u202efrom\u202c مرحبا @everyone", "room")
    await page.say(ana, "A long week. " * 30 + "w" * 300, "room")
    await page.command(ana, "/start", "room")
    for line in ("/urge", "/picture", "/export", "/links"):
        await page.command(ana, line)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(
    ("size", "zoom", "show"),
    [(WIDE, 1, "ana+kim"), (WIDE, 1, "ana"), (NARROW, 1, "ana"), ((1280, 800), 2, "ana")],
    ids=["side by side", "one, wide", "320 pixels", "zoomed to 200%"],
)
async def test_everything_has_a_name_enough_contrast_and_room(page, browser, colours, size, zoom, show):
    await fill_the_page(page)
    async with window(browser, page.platform.address, show=show, size=size, zoom=zoom, colours=colours) as seen:
        for chat in ("Room", "Private chat"):
            tab = seen.seat("ana").get_by_role("tab", name=chat)
            if await tab.is_visible():
                await tab.click()
            await expect(seen.seat("ana").locator(".message").last).to_be_attached()
            assert await seen.page.evaluate(NAMELESS) == []
            assert await seen.page.evaluate(TWICE_NAMED) == []
            assert await seen.page.evaluate(OVERFLOW) == []
            assert await seen.page.evaluate(SMALL_TARGETS) == []
            assert await seen.page.evaluate(CONTRAST) == []
        assert (seen.errors, seen.strays) == ([], [])


async def test_its_picture_can_be_taken_wide_dark_and_narrow(page, tmp_path):
    await fill_the_page(page)
    taken = await take_pictures(page.platform.address, tmp_path)
    assert [path.name for path in taken] == ["wide.png", "dark.png", "narrow.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in taken)


async def test_focus_is_always_visible(page, browser):
    await fill_the_page(page)
    async with window(browser, page.platform.address, show="ana") as seen:
        for _ in range(30):
            await seen.page.keyboard.press("Tab")
            outlined = "(e => e === document.body || parseFloat(getComputedStyle(e).outlineWidth) >= 2)(document.activeElement)"
            assert await seen.page.evaluate(outlined), await seen.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


async def test_these_checks_find_what_they_are_for(page, browser):
    async with window(browser, page.platform.address, show="ana") as seen:
        await seen.page.evaluate("""() => {
          const add = (name, styles, attributes) => {
            const element = document.querySelector('.seat .panes').appendChild(document.createElement(name));
            for (const [key, value] of Object.entries(styles)) element.style.setProperty(key, value);
            for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
            return element;
          };
          add('p', { color: '#aaa', position: 'fixed', top: '0', left: '0' }, {}).textContent = 'pale';
          add('button', { width: '10px', height: '10px', padding: '0', border: '0' }, { 'aria-describedby': 'nowhere' });
          add('div', { position: 'fixed', left: '0', width: '3000px', height: '3px' }, {});
        }""")
        for rule in (NAMELESS, TWICE_NAMED, OVERFLOW, SMALL_TARGETS, CONTRAST):
            assert len(await seen.page.evaluate(rule)) == 1, rule
