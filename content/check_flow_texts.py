"""Which texts a flow says, how long they may be, and which nobody says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.core.flags import FLAGS
from bot.core.flow import (
    AnyStep,
    Branch,
    Choice,
    Each,
    Fields,
    Flow,
    Many,
    Run,
    Show,
    Timer,
    Write,
)
from content.check_texts import LABELS
from content.yaml_file import Read

LABEL, FIELD = 40, 45  # characters of a button, of a form's field
DESCRIPTION = LABELS["command_"]  # of a command in a menu
CHIP = 20  # several chips stand in a row
FEW = 3  # so many options of a choice have a row each
TO_RELATIVES = "_family"
OWN: Mapping[str, frozenset[str]] = {  # what a feature says of its own flow
    "checkin": frozenset(
        (
            "command_checkin", "room_sees_count", "room_sees_topic", "room_sees_name", "invitation", "open_button", "not_open",
            "alone_button", "done_already", "anew_button", "weeks_title", "weeks_twin", "weeks_point", "nothing_entered", "kinds",
            "kinds_button", "tool", "tool_urge", "tool_motivation", "tool_thoughts", "tool_balance", "tool_talk",
        )
    ),
    "kit": frozenset(
        (
            "command_kit", "names", "count", "add_button", "out_button", "anew_button", "in_reasons", "in_values", "in_ifthens",
            "in_dents", "in_voice", "in_people", "which_list", "which_line", "anew_ask", "anew_yes", "emptied",
        )
    ),
}  # fmt: skip
Found = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text: its key, the step that says it, how long it may be (0: any length), and whether it may be missing."""

    step: str
    key: str
    longest: int = 0
    optional: bool = False


@lru_cache(maxsize=256)
def wanted_texts(flow: Flow) -> tuple[Wanted, ...]:
    return (*_whole(flow), *(wanted for step in flow.steps.values() for wanted in _of_step(flow, step)))


def missing_texts(flow: Flow, present: Read) -> Iterator[tuple[str, str]]:
    """Yield (step, key) of texts that are not there."""
    yield from ((w.step, w.key) for w in wanted_texts(flow) if not w.optional and w.key not in present.values)


def text_problems(flow: Flow, present: Read) -> Found:
    """What is wrong with the texts that are there, as (key, complaint)."""
    longest = {wanted.key: wanted.longest for wanted in wanted_texts(flow)}
    for key, text in present.values.items():
        plain = key.removesuffix(TO_RELATIVES) if key not in longest else key
        if plain in longest:
            if longest[plain] and len(str(text)) > longest[plain]:
                yield key, f"{key} is longer than {longest[plain]} characters"
            if plain != key and not flow.beside.family:
                yield key, f"{key}: only a flow with family: true has other words for relatives"
        elif key not in OWN.get(flow.name, ()):
            yield key, f"{key}: nothing says this text"


def key_problems(flow: Flow) -> Iterator[tuple[str, str]]:
    """Yield (step, complaint) where two things would be said by the same text."""
    found: dict[str, Wanted] = {}
    for wanted in wanted_texts(flow):
        other = found.setdefault(wanted.key, wanted)
        if other != wanted and not wanted.key.endswith("_now"):
            yield wanted.step, f"{wanted.key} is a text of {other.step or 'the flow'} already; rename a step or an option"


def _whole(flow: Flow) -> Iterator[Wanted]:
    yield Wanted("", "title", LABEL)
    if flow.commands:
        yield Wanted("", f"command_{flow.commands[0]}", DESCRIPTION)
        yield Wanted("", "names")
    yield Wanted("", "summary", optional=True)
    yield Wanted("", "keep", LABEL, optional=True)
    if flow.beside.look:
        yield Wanted("", "look", LABEL)
    yield Wanted("", "kept", optional=True)
    if flow.picture is not None:
        more = {"wave": ("twin", "point"), "pairs": ("left", "right")}.get(flow.picture.kind, ())
        yield from (Wanted("", f"picture_{part}") for part in ("title", *more))
    yield from (Wanted("", f"then_{name}", LABEL) for name, _ in flow.beside.then)
    for follow in flow.beside.follow:
        yield Wanted("", f"follow_{follow.name}")
        yield Wanted("", f"follow_{follow.name}_go", LABEL)
    tables = {step.flags for step in flow.steps.values() if step.flags}
    yield from (Wanted("", f"flag_{name}") for name in dict.fromkeys(n for table in sorted(tables) for n in FLAGS.get(table, ())))
    if tables:
        yield Wanted("", "flag_none", optional=True)


def _of_step(flow: Flow, step: AnyStep) -> Iterator[Wanted]:
    name = step.name
    match step:
        case Branch() | Run():
            return
        case Timer(every=every, prompts=prompts) if every:
            yield from (Wanted(name, f"{name}_{n}") for n in range(1, prompts + 1))
        case _:
            yield Wanted(name, name)
    if not isinstance(step, Show | Fields):
        yield Wanted(name, f"{name}_label", FIELD, optional=isinstance(step, Choice | Timer))
    match step:
        case Choice(options=options):
            yield from (Wanted(name, f"{name}_{option.value}", LABEL if len(options) <= FEW else CHIP) for option in options)
        case Many(options=values) | Write(chips=values):
            yield from (Wanted(name, f"{name}_{value}", CHIP) for value in values)
        case Fields(fields=fields):
            yield from (Wanted(name, f"{name}_{field}", FIELD) for field, _ in fields)
        case Each(options=values, items=items):
            yield from (Wanted(name, f"{name}_{value}", CHIP) for value in values)
            yield from (Wanted(name, f"{name}_{item}", LABEL) for item in items)
        case Show(press=press) if press:
            yield Wanted(name, f"{name}_press", LABEL)
        case Timer(write=write):
            yield from (Wanted(name, f"{name}_{ending}") for ending in ("over", "over_late"))
            if write:
                yield Wanted(name, f"{name}_{write}", FIELD)
    if isinstance(step, Show | Timer) and step.recall:
        for asked in flow.steps.values():
            if isinstance(asked, Choice | Many) and asked.save == step.recall:
                yield from (Wanted(name, f"{asked.name}_{value}_now") for value in _picked(asked))


def _picked(step: Choice | Many) -> Iterator[str]:
    yield from (option if isinstance(option, str) else option.value for option in step.options)
