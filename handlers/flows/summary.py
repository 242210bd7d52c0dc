"""What a person entered, as they see it at the end."""

from collections.abc import Mapping, Sequence

import msgspec

from bot.core.flow import Flow, Timer, head, owner, prefix
from bot.core.flow_state import State, View
from bot.core.flow_view import answers_on_way
from bot.core.ports import Entry
from bot.core.replies import Picture
from bot.core.richtext import Block, Heading
from bot.core.texts import Say, say_p
from handlers.flows.answers import answers_as_blocks, label_key, saved_names
from handlers.flows.buttons import shortened
from handlers.flows.lines import FAMILY, worded
from handlers.flows.wave import Draws, History, wave


class Summary(msgspec.Struct, frozen=True):
    """`empty`: nothing was entered, and `blocks` say only that. `changes`: there is an answer that can be given anew."""

    blocks: tuple[Block, ...]
    picture: Picture | None = None
    empty: bool = False
    changes: bool = False


def summary(say: Say, flow: Flow, state: State, draws: Draws = wave, history: History = ()) -> Summary:
    """Return the answers of the way that was gone, under a heading, with the flow's picture if it has one.

    `history`: the answers of the same flow that were kept before.
    """
    answers = answers_on_way(flow, state)
    said = answers_as_blocks(say, flow, answers, state.voice)
    picture = picture_of(say, flow, answers, draws, history, state.past, state.voice)
    if not said and picture is None:
        return Summary((say_p(say, "flow.nothing_entered"),), empty=True)
    return Summary((heading(say, flow, state.voice), *said), picture, changes=bool(changeable(say, flow, state)))


def heading(say: Say, flow: Flow, voice: str = "") -> Heading:
    own = f"{flow.name}.summary"
    return Heading(say(worded(say, own, family=voice == FAMILY) if say.has(own) else "flow.summary"))


def picture_of(
    say: Say,
    flow: Flow,
    answers: Mapping[str, Entry],
    draws: Draws = wave,
    history: History = (),
    past: Sequence[str] = (),
    voice: str = "",
) -> Picture | None:
    """Return the picture of the flow itself, else of one that it ran: the last on the way, if the way is known."""
    if flow.picture is not None:
        return draws(say, flow, answers, history, voice)
    for place in reversed(past or tuple(flow.places)):
        inner = owner(flow, place) if place in flow.places else flow
        if inner.picture is not None:
            before = head(place).replace("/", ".")
            own = {name.removeprefix(before): answer for name, answer in answers.items() if name.startswith(before)}
            if own:
                return draws(say, inner, own, (), voice)
    return None


def changeable(say: Say, flow: Flow, state: State) -> list[tuple[str, str]]:
    """Return the places of the way that gave an answer with a name, and these names, in the order of the way."""
    found: dict[str, str] = {}
    for place in state.past:
        step = flow.places.get(place)
        if step is None or place in found or isinstance(step, Timer):
            continue
        inner = owner(flow, place)
        for name in saved_names(step):
            key = label_key(say, inner, step, name, family=state.voice == FAMILY)
            if key and prefix(place) + name in state.answers:
                found.setdefault(place, shortened(say.label(key)))
    return list(found.items())


def last_rating(state: State, view: View) -> int | None:
    """Return the last number given while the view's timer runs; ratings are kept as "<seconds> <number>"."""
    if not isinstance(view.step, Timer) or not view.step.rate:
        return None
    match state.answers.get(prefix(view.at) + view.step.rate):
        case [*_, last]:
            return int(str(last).partition(" ")[2])
    return None
