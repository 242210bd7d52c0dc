"""SAFETY 5, row 4: somebody who holds the unlocked phone for a moment, or looks at the shared computer afterwards."""

import re

from bot.platforms.web.pages import FOLDER
from tests.evening.world import world
from tests.security.evenings import agree, write
from tests.security.inside import text_of

SECRET = "only mine"


async def begun(here, ana) -> None:
    """An answer of one's own stands on the screen, unfinished."""
    await here.command(ana, "/checkin")
    await agree(here, ana)
    await here.offers(ana, "7")
    await here.press(ana, "7")
    await write(here, ana, SECRET)


async def test_start_shows_the_menu_and_nothing_of_what_was_done(here):
    ana = here.person("Ana")
    await begun(here, ana)
    await here.command(ana, "/start")
    await here.offers(ana, "What can you do?")
    newest = next(text for text in reversed(here.screen(ana)) if "Welcome" in text)
    assert SECRET not in newest
    assert not re.search(r"check-in|7|continue|unfinished", newest.replace("Between meetings", ""), re.IGNORECASE)


async def test_lists_of_what_waits_name_the_tool_and_none_of_its_words(inside):
    ana = inside.person("ana")
    await ana.agree("/checkin")
    await ana.tap("7")
    await ana.write(SECRET)
    await ana.command("/surf")
    shown = await ana.command("/continue")
    assert SECRET not in text_of(shown)
    assert not [button.label for row in shown.buttons for button in row if SECRET in button.label]


async def test_on_telegram_what_is_private_cannot_be_forwarded_or_saved(tmp_path):
    async with world("telegram", tmp_path) as here:
        ana = here.person("Ana")
        await begun(here, ana)
        await here.command(ana, "/export")
        await here.press(ana, "Send the file")
        await here.sees(ana, "Here is everything")
        messages = here.driver.messages(ana)
        assert len(messages) > 3
        assert [one.media for one in messages if not one.protected] == ["document"]  # the file that was asked for


async def test_files_have_names_that_say_nothing(inside):
    ana = inside.person("ana")
    await ana.agree("/checkin")
    await ana.tap("7", "Skip", "Skip")
    await ana.tap("Send me a file", "PDF")
    assert ana.screen.file is not None
    assert ana.screen.file.content.startswith(b"%PDF")
    await ana.command("/continue")
    await ana.tap("Send me a file", "Plain text")
    assert ana.screen.file is not None
    await ana.command("/export")
    exported = await ana.tap("Send the file")
    assert exported.file is not None
    assert (exported.file.name, exported.file.media_type) == ("my-data.zip", "application/zip")
    names = {reply.file.name for _, reply in inside.replies if reply.file is not None}
    assert names == {"notes.pdf", "notes.txt", "my-data.zip"}


async def test_an_export_is_never_given_into_a_room_and_asks_first(here):
    ana, ben = here.person("Ana"), here.person("Ben")
    await here.command(ana, "/language")
    await here.press(ana, "English")
    await here.command(ana, "/export", "room")
    await here.sees(ana, "Anyone who can open this chat")
    await here.press(ana, "Send the file")
    await here.sees(ana, "Here is everything")
    assert not [text for text in here.screen(ben, "room") if "everything" in text or "file" in text]


async def test_the_page_is_kept_by_no_browser_and_no_proxy(tmp_path):
    async with world("web", tmp_path) as here:
        for path in ("", "page.json", "page/chat.js", "page/chat.css", "healthz", "nothing", "file/0", "picture/0"):
            async with here.driver.session.get(f"{path}?as=ana") as answer:
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_page_itself_puts_nothing_by():
    """No storage of the browser holds a word or a name after the page is closed, but which seats stand open."""
    scripts = "\n".join(path.read_text("utf-8") for path in FOLDER.glob("*.js"))
    assert not re.search(r"localStorage|indexedDB|document\.cookie|caches\.|serviceWorker", scripts)
