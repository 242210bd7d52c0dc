"""The menu -> Discord's application commands, registered only when they changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import discord
from discord.http import Route

from bot.core.features import MenuEntry, Option, Where
from bot.platforms.discord.limits import COMMAND_TEXT, COMMANDS, cut

Payload = dict[str, Any]

_COMMAND, _SUBCOMMAND, _TEXT = 1, 1, 3  # types: a slash command; a subcommand and a text among its options
_SERVER, _BOT_CHAT, _OTHER_CHAT = 0, 1, 2  # contexts
_ON_SERVER, _ON_PERSON = 0, 1  # integration types
# Discord's own language tags where they differ from ours. English is the text that everybody else sees.
_LOCALES = {"es": ("es-ES", "es-419"), "pt": ("pt-BR",), "sv": ("sv-SE",), "zh": ("zh-CN",), "nb": ("no",)}
_KNOWN = frozenset(locale.value for locale in discord.Locale)
_COMPARED = (
    "name", "name_localizations", "type", "description", "description_localizations", "options", "contexts", "integration_types",
)  # fmt: skip
_COMPARED_OPTION = ("name", "type", "description", "description_localizations", "required", "choices", "autocomplete", "options")


def payloads(menu: Sequence[MenuEntry]) -> list[Payload]:
    """Return the menu as Discord's bulk registration takes it; `meeting create` is `create` within a group `meeting`.

    Other names of a command are commands of their own, as far as Discord's limit leaves room; in a person's language the command
    has the name of that language. Raises ValueError when a name is twice there, or both a command and a group.
    """
    by_name: dict[str, list[MenuEntry]] = {}
    for entry in menu:
        by_name.setdefault(entry.name.partition(" ")[0], []).append(entry)
    made = [_payload(name, entries) for name, entries in by_name.items()]
    others = [
        {**_payload(alias, [entry]), "name": alias, "name_localizations": {}}
        for entry in menu
        for alias in entry.aliases
        if " " not in entry.name and alias not in by_name
    ]
    return [*made, *others[: max(0, COMMANDS - len(made))]]


def _payload(name: str, entries: Sequence[MenuEntry]) -> Payload:
    within = [entry.name.partition(" ")[2] for entry in entries]
    if within == [""]:
        named, options = _named(name, entries[0].descriptions), _options(entries[0].options)
        called = {locale: called for tag, called in entries[0].names.items() if called != name for locale in _locales(tag)}
        named["name_localizations"] = called
    elif all(within) and len(set(within)) == len(within):
        # Discord wants a group to have a description, and shows it to nobody.
        named = _named(name, {"en": ", ".join(within)})
        options = [
            {"type": _SUBCOMMAND, **_named(word, entry.descriptions), "options": _options(entry.options)}
            for word, entry in zip(within, entries, strict=True)
        ]
    else:
        raise ValueError(f"{name} is more than one command, or both a command and a group")
    return {"type": _COMMAND, **named, "options": options, **_where(entries)}


def _named(name: str, descriptions: Mapping[str, str]) -> Payload:
    english = descriptions.get("en") or next(iter(descriptions.values()), name)
    others = {locale: cut(text, COMMAND_TEXT) for tag, text in descriptions.items() for locale in _locales(tag)}
    return {"name": name, "description": cut(english, COMMAND_TEXT), "description_localizations": others}


def _locales(tag: str) -> Iterable[str]:
    if tag == "en":
        return ()
    return (locale for locale in _LOCALES.get(tag, (tag,)) if locale in _KNOWN)


def _options(options: Iterable[tuple[Option, Mapping[str, str]]]) -> list[Payload]:
    """Required ones first, as Discord wants them."""
    ordered = sorted(options, key=lambda pair: not pair[0].required)
    return [
        {
            "type": _TEXT,
            **_named(option.name, descriptions),
            "required": option.required,
            "choices": [{"name": choice, "value": choice} for choice in option.choices],
            "autocomplete": option.completes and not option.choices,  # Discord does not take both
        }
        for option, descriptions in ordered
    ]


def _where(entries: Sequence[MenuEntry]) -> Payload:
    """A person may install what works in private for themselves; the facilitators' and the rooms' are on servers alone."""
    if all(entry.facilitators or entry.where is Where.ROOM for entry in entries):
        return {"contexts": [_SERVER], "integration_types": [_ON_SERVER]}
    return {"contexts": [_SERVER, _BOT_CHAT, _OTHER_CHAT], "integration_types": [_ON_SERVER, _ON_PERSON]}


async def register(client: discord.Client, wanted: Sequence[Payload]) -> bool:
    """Register the commands if Discord has others; return whether that was so."""
    application = client.application_id
    route = Route("GET", "/applications/{application_id}/commands?with_localizations=true", application_id=application)
    registered: list[Payload] = await client.http.request(route)
    if comparable(registered) == comparable(wanted):
        return False
    assert application is not None
    await client.http.bulk_upsert_global_commands(application, payload=list(wanted))
    return True


def comparable(commands: Iterable[Payload]) -> list[Payload]:
    """Return what we decide of the commands, in one form: absent, null and empty are the same."""
    return sorted((_kept(command, _COMPARED) for command in commands), key=lambda command: str(command["name"]))


def _kept(command: Payload, keys: Sequence[str]) -> Payload:
    kept = {key: command[key] for key in keys if command.get(key)}
    for key in ("contexts", "integration_types"):
        if key in kept:
            kept[key] = sorted(kept[key])
    if "options" in kept:
        kept["options"] = [_kept(option, _COMPARED_OPTION) for option in kept["options"]]
    if "choices" in kept:
        kept["choices"] = [(choice["name"], choice["value"]) for choice in kept["choices"]]
    return kept
