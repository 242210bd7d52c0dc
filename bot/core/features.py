"""A feature: its commands, presses, forms and timed jobs, as one value that compose hands to dispatch and the timekeeper."""

import enum
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from bot.core.calls import Call
from bot.core.happenings import Hears, What
from bot.core.ids import PersonId
from bot.core.moments import Due
from bot.core.pages import Serves
from bot.core.ports import FlowDone, Unit
from bot.core.replies import Choice, Picture, Reply, Row
from bot.core.richtext import Block

Handler = Callable[[Call, Unit], Awaitable[Reply]]
"""Read, decide, write, show. It runs inside one transaction and awaits nothing but the `Unit`: no network, no sleep."""

Job = Callable[[Due, datetime, Unit], Awaitable[None]]
"""Timed work: `due` came at `now` (perhaps late). Same rule: it awaits only the `Unit`, and writes outbox and due rows."""

Completes = Callable[[Call, str, Unit], Awaitable[Sequence[Choice]]]
"""Values to offer for an option, given what was typed of it so far: at most 25, the likeliest first. It only reads."""

Notes = Callable[[Call, Unit], Awaitable[tuple[Block, ...]]]
"""What a person is told once, below the next answer that only they see, whatever they asked: asked in that act's transaction."""

Leaves = Callable[[PersonId, datetime, Unit], Awaitable[None]]
"""What a feature does when a person is about to be erased, in that transaction, while their rows are still there: what it posted
for them is taken back, whoever waits for them is told."""


class Ending(msgspec.Struct, frozen=True):
    """What a feature adds to a flow's last screen. `buttons`: at most three rows; the way to help stands below them."""

    blocks: tuple[Block, ...] = ()
    buttons: tuple[Row, ...] = ()
    picture: Picture | None = None


FlowEnd = Callable[[FlowDone, Unit], Awaitable[tuple[Block, ...] | Ending]]
"""What a feature does with a flow that ended and was kept, in the flow's own transaction; returns blocks for the last screen, or
more than these."""


def ending(made: tuple[Block, ...] | Ending) -> Ending:
    """Return what a flow's end gave, as one kind."""
    return made if isinstance(made, Ending) else Ending(made)


class Needs(enum.IntEnum):
    NOBODY = 0  # answers anyone, stores nothing; `call.person` may be None
    PERSON = 1  # a person row (settings, presence); made on first use, no words in it
    CONSENT = 2  # keeps words or ratings: age and consent are asked first, once


class Where(enum.StrEnum):
    ANYWHERE = "anywhere"
    ROOM = "room"
    PRIVATE = "private"  # asked elsewhere, it is answered only-you or in the private chat


@dataclass(frozen=True, slots=True)
class Option:
    """One argument of a command. Its description is the text `<feature>.option_<command>_<name>`.

    `completes`: values are offered while it is typed, by `Feature.completes["<command> <name>"]`; what arrives may be any text.
    """

    name: str
    required: bool = False
    choices: tuple[str, ...] = ()
    completes: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is one or two words (`meeting create`). Its description: `<feature>.command_<name with _>`, <= 100 characters."""

    name: str
    run: Handler
    needs: Needs = Needs.PERSON
    where: Where = Where.ANYWHERE
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    facilitators: bool = False
    listed: bool = True  # in the platform's menu


@dataclass(frozen=True, slots=True)
class Action:
    """What a press or a form runs."""

    run: Handler
    needs: Needs = Needs.PERSON
    facilitators: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    name: str
    commands: tuple[Command, ...] = ()
    presses: Mapping[str, Action] = field(default_factory=dict)
    forms: Mapping[str, Action] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    flow_ends: Mapping[str, FlowEnd] = field(default_factory=dict)
    completes: Mapping[str, Completes] = field(default_factory=dict)  # by "<command> <option>"
    happenings: Mapping[What, Hears] = field(default_factory=dict)
    pages: Mapping[str, Serves] = field(default_factory=dict)  # by the first part of the path
    notes: Notes | None = None
    leaves: Leaves | None = None
    words: Handler | None = None  # offered what a person typed in private; returns NOTHING when it is not for this feature


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A command as a platform's menu shows it; texts by language tag. `names`: how it is called in a language, where that is not
    `name`. `aliases`: its other names that everybody may type."""

    name: str
    descriptions: Mapping[str, str]
    options: tuple[tuple[Option, Mapping[str, str]], ...]
    where: Where
    facilitators: bool
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
