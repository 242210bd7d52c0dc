"""Which handler an act means: commands by name and alias, presses and forms by feature and action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from bot.core.calls import Incoming, Kind
from bot.core.errors import BadPress, UnknownCommand
from bot.core.features import Action, Command, Feature, Handler, MenuEntry, Needs, Notes, Where
from bot.core.replies import Press
from bot.core.texts import Say, Texts

HELP = "safety"  # every command and press of this feature is answered from memory
BY_PRESS = "command"  # a press `command:meeting_create` means the command, typed


@dataclass(frozen=True, slots=True)
class Route:
    """A handler, and what it asks for. `name` is one of our own, for the log."""

    name: str
    feature: str
    run: Handler
    needs: Needs
    facilitators: bool
    where: Where = Where.ANYWHERE


Actions = dict[tuple[str, str], Route]
"""Routes by feature and action."""


class Registry:
    """The tables of all features. Raises ValueError where two features claim one name.

    The text `<feature>.names` has the names of its first command in a language; in any language, all of them are understood.
    """

    def __init__(self, features: Sequence[Feature], texts: Texts | None = None) -> None:
        self._commands: dict[str, tuple[Command, Route]] = {}
        self._presses: Actions = {}
        self._forms: Actions = {}
        self.words: list[tuple[str, Handler]] = []
        self.notes: list[Notes] = []
        names: set[str] = set()
        for feature in features:
            if feature.name in names or feature.name == BY_PRESS:
                raise ValueError(f"two features named {feature.name}")
            names.add(feature.name)
            for number, command in enumerate(feature.commands):
                self._add_command(feature.name, command, () if number or texts is None else _names_anywhere(feature.name, texts))
            self._add_actions(self._presses, feature.name, feature.presses.items(), Kind.PRESS)
            self._add_actions(self._forms, feature.name, feature.forms.items(), Kind.FORM)
            if feature.notes is not None:
                self.notes.append(feature.notes)
            if feature.words is not None:
                self.words.append((feature.name, feature.words))

    def _add_command(self, feature: str, command: Command, more: Sequence[str]) -> None:
        route = Route(f"/{command.name}", feature, command.run, command.needs, command.facilitators, command.where)
        for name in dict.fromkeys(folded(name) for name in (command.name, *command.aliases, *more)):
            if folded(name) in self._commands:
                raise ValueError(f"two commands named {name}")
            self._commands[folded(name)] = (command, route)

    def _add_actions(self, table: Actions, feature: str, actions: Iterable[tuple[str, Action]], kind: Kind) -> None:
        for name, action in actions:
            Press(feature, name).data()  # raises ValueError for a name no button can carry
            route = Route(f"{feature}.{name}.{kind}", feature, action.run, action.needs, action.facilitators)
            table[feature, name] = route

    def is_help(self, incoming: Incoming) -> bool:
        """Whether the act asks for help now: a command or a press of the help feature, whatever else is wrong with it."""
        if incoming.kind is Kind.PRESS and incoming.press is not None and incoming.press.feature == HELP:
            return True
        try:
            route, _ = self.find(incoming)
        except (BadPress, UnknownCommand):
            return False
        return route.feature == HELP

    def find(self, incoming: Incoming) -> tuple[Route, Incoming]:
        """Return the handler of a command, press or form, and the act as it reads it. Raises UnknownCommand or BadPress."""
        press = incoming.press
        if incoming.kind is Kind.COMMAND:
            return self._command(incoming)
        if press is None:
            raise BadPress(length=0)
        if incoming.kind is Kind.PRESS and press.feature == BY_PRESS:
            return self._command(msgspec.structs.replace(incoming, kind=Kind.COMMAND, name=press.action))
        found = (self._forms if incoming.kind is Kind.FORM else self._presses).get((press.feature, press.action))
        if found is None:
            raise BadPress(length=len(press.action))
        return found, incoming

    def form_route(self, press: Press) -> Route | None:
        return self._forms.get((press.feature, press.action))

    def _command(self, incoming: Incoming) -> tuple[Route, Incoming]:
        """Find by the longest name: "meeting" with the words "create Tuesday" is "meeting create" with "Tuesday"."""
        name, arguments = folded(incoming.name), incoming.arguments
        first, _, rest = arguments.get("text", "").strip().partition(" ")
        longer = f"{name} {folded(first)}" if first else ""
        if longer in self._commands:
            name, arguments = longer, {**arguments, "text": rest.strip()}
        if name not in self._commands:
            raise UnknownCommand(length=len(name))
        command, route = self._commands[name]
        arguments = with_only_option(command, arguments)
        return route, msgspec.structs.replace(incoming, name=command.name, arguments=arguments)


def folded(name: str) -> str:
    """Return a command's name as it is compared: no slash, no bot's name behind `@`, spaces for `_` and `-`."""
    return " ".join(name[:100].removeprefix("/").partition("@")[0].casefold().replace("_", " ").replace("-", " ").split())


def with_only_option(command: Command, arguments: dict[str, str]) -> dict[str, str]:
    """Return the arguments with typed words also under the command's one option, where it has just one."""
    typed = arguments.get("text", "")
    if not typed or len(command.options) != 1 or command.options[0].name in arguments:
        return arguments
    option = command.options[0]
    exact = next((choice for choice in option.choices if choice.casefold() == typed.casefold()), typed)
    return {**arguments, option.name: exact}


def menu(features: Sequence[Feature], texts: Texts) -> tuple[MenuEntry, ...]:
    """Return the listed commands with their descriptions in every language, as the platforms' menus show them."""
    entries: list[MenuEntry] = []
    for feature in features:
        for number, command in enumerate(feature.commands):
            if not command.listed:
                continue
            name = command.name.replace(" ", "_")
            names = {} if number else {tag: found[0] for tag in texts.languages if (found := names_in(feature.name, texts.of(tag)))}
            options = tuple(
                (option, _by_language(f"{feature.name}.option_{name}_{option.name}", texts)) for option in command.options
            )
            described = _by_language(f"{feature.name}.command_{name}", texts)
            where, facilitators = command.where, command.facilitators
            aliases = command.aliases if names else ()  # of tools; the other features' are there for those who type them
            entries.append(MenuEntry(command.name, described, options, where, facilitators, names, aliases))
    return tuple(entries)


def names_in(feature: str, say: Say) -> tuple[str, ...]:
    """Return the names of a feature's first command in a language, the one that menus show first."""
    key = f"{feature}.names"
    return tuple(name.strip() for name in say.label(key).split(",") if name.strip()) if say.has(key) else ()


def _names_anywhere(feature: str, texts: Texts) -> tuple[str, ...]:
    return tuple(name for tag in texts.languages for name in names_in(feature, texts.of(tag)))


def _by_language(key: str, texts: Texts) -> dict[str, str]:
    return {language: texts.of(language).label(key) for language in texts.languages}
