"""The menu of commands."""

from bot.core.features import MenuEntry, Where
from bot.platforms.telegram.menu import links, listings
from content.loader import load_texts
from tests.platforms.telegram.conftest import MENU, Run
from tests.servers.telegram.driver import TelegramDriver


def test_each_scope_shows_what_can_be_done_there():
    shown = {
        (one.scope.type, one.language): [(c.command, c.description) for c in one.commands] for one in listings(MENU, ("en", "de"))
    }
    assert shown["all_private_chats", ""] == [
        ("urge", "Get through an urge"),
        ("meetings", "Coming meetings"),
        ("privacy", "What is kept"),
    ]
    assert [name for name, _ in shown["all_group_chats", "de"]] == ["urge", "meetings"]
    assert shown["all_chat_administrators", "de"][-1] == ("meeting", "Treffen planen")


def test_links_stand_for_commands():
    assert links(MENU)["meeting_create"] == "meeting create"


async def test_the_menu_is_written_once_and_only_where_it_changed(driver: TelegramDriver, run: Run):
    async with run():
        await driver.command(driver.person("Alice"), "/urge")
    _, *others = load_texts().languages
    listings_there_are = 3 * (1 + len(others))
    assert len(driver.api.of("setMyCommands")) == listings_there_are
    async with run(menu=[*MENU[:-1]]):
        await driver.command(driver.person("Bob"), "/urge")
    again = driver.api.of("setMyCommands")[listings_there_are:]
    assert [(given["scope"]["type"], given.get("language_code", "")) for given in again] == [
        ("all_private_chats", ""),
        *(("all_private_chats", language) for language in others),
    ]


async def test_a_menu_that_cannot_be_written_does_not_keep_the_bot_from_working(driver: TelegramDriver, run: Run):
    driver.api.will_answer("setMyCommands", 500, times=9)
    async with run():
        await driver.command(driver.person("Alice"), "/urge")


def test_at_most_a_hundred_and_a_name_telegram_does_not_take_costs_only_itself():
    names = ["check-in", "Größe", *(f"c{number}" for number in range(150))]
    menu = [MenuEntry(name, {"en": name}, (), Where.ANYWHERE, False) for name in names]
    for listing in listings(menu, ("en",)):
        assert [one.command for one in listing.commands] == ["check_in", *(f"c{number}" for number in range(99))]


def test_a_command_has_its_name_in_the_persons_language_where_telegrams_letters_can_write_it():
    menu = [
        MenuEntry(
            "urge",
            {"en": "An urge", "de": "Ein Drang", "fr": "Une envie"},
            (),
            Where.PRIVATE,
            False,
            {"de": "drang", "fr": "envié"},
        )
    ]
    named = {one.language: [c.command for c in one.commands] for one in listings(menu, ("en", "de", "fr")) if one.commands}
    assert named == {"": ["urge"], "de": ["drang"], "fr": ["urge"]}
