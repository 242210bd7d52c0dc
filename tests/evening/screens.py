"""All that is on persons' screens at one moment, platform by platform, in one shape."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.servers.discord import markdown

_UNSEEN = str.maketrans("", "", "\u2060\u200b\u2068\u2069")
_DISCORD_TIME = re.compile(r"<t:(-?\d+):([ft])>")
_READER = ZoneInfo("Europe/Berlin")
_QUIET = 1 << 12
_LOADING = 1 << 7
_GLANCE = 60


@dataclass(frozen=True)
class Shown:
    """One message, toast or form. `key` stays when it is edited. The app shows a time in ‹ › in each reader's own zone."""

    key: str
    where: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    more: tuple[str, ...] = ()  # fields of a form, pictures, files
    quiet: bool = False


def on_screens(name: str, driver: Any, persons: Sequence[Any]) -> list[Shown]:
    """Return what the persons have before them, the room first, each place oldest first."""
    found = {"discord": _discord, "telegram": _telegram, "web": _web}[name](driver, persons)
    return [replace(shown, text=shown.text.translate(_UNSEEN)) for shown in found]


def _discord(driver: Any, persons: Sequence[Any]) -> Iterator[Shown]:
    world = driver.server.world
    places = {world.room: "the room", **{person.chat: f"{person.name}'s private chat" for person in persons}}
    for channel, place in places.items():
        for message in world.messages.values():
            if message.channel != channel or message.author != world.application or message.flags & _LOADING:
                continue
            where = f"to {message.only_for.name} alone, in {place}" if message.only_for else place
            rows = tuple(tuple(button["label"] for button in row["components"]) for row in message.components)
            files = tuple(f"({file['filename']})" for file in message.attachments)
            text = _DISCORD_TIME.sub(_in_own_zone, markdown.plain(message.content))
            yield Shown(message.id, where, text, rows, files, bool(message.flags & _QUIET))
    for person in persons:
        if person in world.modals:
            modal, act = world.modals[person]
            parts = [part for part in modal["components"] if "component" in part]
            fields = tuple(_modal_field(part) for part in parts)
            intro = "\n".join(part["content"] for part in modal["components"] if "component" not in part)
            yield Shown(
                f"modal {act.id}", f"a form opens for {person.name}", "\n".join(filter(None, (modal["title"], intro))), (), fields
            )


def _in_own_zone(found: re.Match[str]) -> str:
    at = datetime.fromtimestamp(int(found[1]), UTC).astimezone(_READER)
    return f"‹{at:%H:%M}›" if found[2] == "t" else f"‹{at:%Y-%m-%d %H:%M}›"


def _modal_field(part: dict[str, Any]) -> str:
    field, hint = part["component"], part.get("description") or ""
    chosen = [option["label"] for option in field.get("options", ()) if option.get("default")]
    value = field.get("value") or ", ".join(chosen)
    return _field(part["label"], value, hint, [option["label"] for option in field.get("options", ())], field["required"])


def _field(label: str, value: str, hint: str, choices: Sequence[str], required: bool) -> str:
    asked = f"{label}: {value or '…'}"
    parts = (hint, " / ".join(choices), "" if required else "may be empty")
    return asked + "".join(f" ({part})" for part in parts if part)


def _telegram(driver: Any, persons: Sequence[Any]) -> Iterator[Shown]:
    chats = driver.api.world.chats
    for chat, place in ((driver.group, "the room"), *((chats[person.id], f"{person.name}'s private chat") for person in persons)):
        for message in chat.messages:
            if not message.by_bot or message.gone:
                continue
            keyboard = (message.markup or {}).get("inline_keyboard", [])
            rows = tuple(tuple(f"{key['text']} ↗" if "url" in key else key["text"] for key in row) for row in keyboard)
            media = (f"({message.media})",) if message.media else ()
            yield Shown(f"{chat.id}:{message.id}", place, _with_times(message.text, message.entities), rows, media, message.quiet)
    names = {person.id: person.name for person in persons}
    for query in driver.api.world.queries.values():
        for number, answer in enumerate(query.answers):
            if text := answer.get("text"):
                kind = "a window opens" if answer.get("show_alert") else "a toast"
                yield Shown(f"toast {query.id} {number}", f"{kind} for {names.get(query.user, 'somebody')}", text)
            elif answer.get("url"):
                yield Shown(f"toast {query.id} {number}", f"{names.get(query.user, 'somebody')} is taken to the private chat", "")


def _with_times(text: str, entities: Sequence[dict[str, Any]]) -> str:
    wide = text.encode("utf-16-le")
    for entity in sorted((one for one in entities if one["type"] == "date_time"), key=lambda one: -one["offset"]):
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        wide = wide[:start] + "‹".encode("utf-16-le") + wide[start:end] + "›".encode("utf-16-le") + wide[end:]
    return wide.decode("utf-16-le")


def _web(driver: Any, persons: Sequence[Any]) -> Iterator[Shown]:
    seen: set[str] = set()
    for pane in ("room", "private"):
        for person in persons:
            for message in driver.messages(person, pane):
                if message["id"] in seen:
                    continue
                seen.add(message["id"])
                name = person.persona.name
                where = "the room" if pane == "room" else f"{name}'s private chat"
                where = f"to {name} alone, in the room" if message["only"] else where
                rows = tuple(tuple(button["label"] for button in row) for row in message["buttons"])
                files = (f"({message['file']['name']})",) if "file" in message else ()
                blocks = [*message["blocks"]]
                if picture := message.get("picture"):
                    files = (*files, f"({picture['title']})")
                    blocks += picture["twin"]
                yield Shown(message["id"], where, "\n".join(map(_tree, blocks)), rows, files, message["quiet"])
    for person in persons:
        if form := driver.form(person):
            fields = tuple(
                _field(
                    one["label"],
                    next((c["label"] for c in one["choices"] if c["value"] == one["value"]), one["value"]),
                    one["hint"],
                    [c["label"] for c in one["choices"]],
                    one["required"],
                )
                for one in form["form"]["fields"]
            )
            yield Shown(
                f"form {form.get('id', id(form))}", f"a form opens for {person.persona.name}", form["form"]["title"], (), fields
            )
        for number, text in enumerate(driver.problems(person)):
            yield Shown(f"problem {person.persona.key} {number}", f"the page tells {person.persona.name}", text)


def _tree(block: dict[str, Any]) -> str:
    if block["kind"] == "ul":
        return "\n".join(f"• {_nodes(item)}" for item in block["items"])
    return _nodes(block["inner"]) + (f" {block['bar']}" if block["kind"] == "meter" else "")


def _nodes(nodes: list[dict[str, Any]]) -> str:
    return "".join(
        _nodes(node["inner"]) if "inner" in node else f"‹{node['text']}›" if node["kind"] == "time" else node["text"]
        for node in nodes
    )
