"""What can be wrong with the names that begin flows: none belongs to two things, in any of the languages."""

import unicodedata
from collections.abc import Iterator, Mapping

from bot.core.flow import Flow
from content.loader import FALLBACK
from content.yaml_file import Read

SHORTEST, LONGEST = 2, 24
Texts = Mapping[str, Mapping[str, Read]]  # language -> file's stem -> its texts


def command_problems(flows: Mapping[str, Flow], texts: Texts) -> Iterator[tuple[str, str, str]]:
    """Yield (flow, language or "" where the flow's file says it, complaint)."""
    owners = {name: f"/{name}" for name in _features_commands(flows, texts)}
    for flow in flows.values():
        for name in flow.commands:
            if owners.setdefault(folded(name), flow.name) != flow.name:
                yield flow.name, "", f"commands: {name} is a name of {owners[folded(name)]} already"
    for language, files in texts.items():
        for flow in flows.values():
            said = files[flow.name].values.get("names") if flow.name in files else None
            if not isinstance(said, str) or not flow.commands:  # names of a flow without commands are its feature's
                continue
            names = names_in(said)
            if language == FALLBACK and names != flow.commands:
                yield flow.name, language, f"names are not the flow's commands: {', '.join(flow.commands)}"
            for name in names:
                if not SHORTEST <= len(name) <= LONGEST or not name.isalpha() or name != name.lower():
                    yield flow.name, language, f"names: {name}: {SHORTEST} to {LONGEST} small letters"
                if owners.setdefault(folded(name), flow.name) != flow.name:
                    yield flow.name, language, f"names: {name} is a name of {owners[folded(name)]} already"


def names_in(said: str) -> tuple[str, ...]:
    """Return the names of a text `<flow>.names`, the one for menus first."""
    return tuple(name.strip() for name in said.split(","))


def folded(name: str) -> str:
    """Return a name without accents: a person in a hurry types none."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))


def _features_commands(flows: Mapping[str, Flow], texts: Texts) -> Iterator[str]:
    """Yield the commands that are described, and begin no flow."""
    for stem, read in texts.get(FALLBACK, {}).items():
        own = flows[stem].commands if stem in flows else ()
        for key in read.values:
            if key.startswith("command_") and (name := key.removeprefix("command_")) not in own:
                yield folded(name)
