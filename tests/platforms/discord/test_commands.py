"""The menu as Discord's commands."""

from typing import Any

import pytest

from bot.core.features import MenuEntry, Option, Where
from bot.platforms.discord.commands import comparable, payloads
from tests.platforms.discord.conftest import MENU


def entry(name: str, where: Where = Where.ANYWHERE, *, facilitators: bool = False, **texts: str) -> MenuEntry:
    return MenuEntry(name, texts or {"en": name}, (), where, facilitators)


def by_name(menu: Any) -> dict[str, Any]:
    return {payload["name"]: payload for payload in payloads(menu)}


def test_two_words_are_a_group_and_its_command():
    meeting = by_name(MENU)["meeting"]
    assert [(option["type"], option["name"]) for option in meeting["options"]] == [(1, "create"), (1, "end")]
    assert meeting["description"] == "create, end"


def test_required_options_come_first_with_their_choices():
    create = by_name(MENU)["meeting"]["options"][0]
    wanted = [("format", True), ("zone", False), ("title", False)]
    assert [(option["name"], option["required"]) for option in create["options"]] == wanted
    assert create["options"][0]["choices"] == [{"name": "60", "value": "60"}, {"name": "90", "value": "90"}]


def test_descriptions_are_english_with_the_other_languages_by_discords_tags():
    menu = [entry("urge", en="Urge", de="Drang", es="Ganas", pt="Vontade", tlh="unknown to Discord")]
    payload = by_name(menu)["urge"]
    assert payload["description"] == "Urge"
    assert payload["description_localizations"] == {"de": "Drang", "es-ES": "Ganas", "es-419": "Ganas", "pt-BR": "Vontade"}


def test_what_works_in_private_can_be_installed_by_a_person_and_the_rest_only_on_a_server():
    menu = [entry("urge", Where.PRIVATE), entry("card", Where.ROOM), entry("host", facilitators=True)]
    assert {name: (payload["contexts"], payload["integration_types"]) for name, payload in by_name(menu).items()} == {
        "urge": ([0, 1, 2], [0, 1]),
        "card": ([0], [0]),
        "host": ([0], [0]),
    }


@pytest.mark.parametrize("names", [("meeting", "meeting create"), ("meeting create", "meeting"), ("urge", "urge"), ("a b", "a b")])
def test_names_that_clash_are_refused(names: tuple[str, str]):
    with pytest.raises(ValueError, match=r"more than one command"):
        payloads([entry(name) for name in names])


def test_what_discord_adds_or_leaves_out_is_no_difference():
    wanted = payloads([entry("urge"), MenuEntry("rate", {"en": "Rate"}, ((Option("n"), {"en": "n"}),), Where.ANYWHERE, False)])
    registered = [
        {**{key: value for key, value in payload.items() if value}, "id": "1", "version": "2", "nsfw": False}
        for payload in reversed(wanted)
    ]
    assert comparable(registered) == comparable(wanted)


@pytest.mark.parametrize("changed", [{"description": "Other"}, {"contexts": [0]}, {"description_localizations": {"de": "Anders"}}])
def test_what_we_decide_is_a_difference(changed: dict[str, Any]):
    wanted = payloads([entry("urge")])
    assert comparable([{**wanted[0], **changed}]) != comparable(wanted)


def test_a_command_has_its_name_in_each_language_and_its_other_names_are_commands_too():
    one = MenuEntry("dents", {"en": "Five ways"}, (), Where.PRIVATE, False, {"en": "dents", "es": "cinco"}, ("deads", "delay"))
    made = {payload["name"]: payload for payload in payloads([one, entry("delay")])}
    assert list(made) == ["dents", "delay", "deads"]
    assert made["dents"]["name_localizations"] == {"es-ES": "cinco", "es-419": "cinco"}
    assert (made["deads"]["description"], made["deads"]["name_localizations"]) == ("Five ways", {})


def test_other_names_take_no_more_than_the_room_that_is_left():
    many = [MenuEntry(f"tool{n}", {"en": "A tool"}, (), Where.PRIVATE, False, {}, (f"older{n}", f"plain{n}")) for n in range(40)]
    assert len(payloads(many)) == 100
