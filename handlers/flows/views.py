"""Screens of flows: a step, and what stands around flows. At most five rows of buttons, as the narrowest platform has."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.flow import Flow, head, line_mark, mark, owner, prefix
from bot.core.flow_state import Outcome, State, View
from bot.core.help import help_now
from bot.core.ids import FlowId
from bot.core.replies import Button, Reply, Row, Style
from bot.core.richtext import Block, Emphasis, Paragraph, Words
from bot.core.screens import LABEL, in_rows
from bot.core.texts import Say, say_p
from bot.core.when import day_and_time
from handlers.flows.answering import answers, ways
from handlers.flows.answers import listed
from handlers.flows.asked import Flags, flagged, hint, no_flags, paragraphs, question, quoted, so_far
from handlers.flows.buttons import END_MARK, button, line_labels, press, shortened, wide
from handlers.flows.ending import end
from handlers.flows.records import UnderWay
from handlers.flows.summary import last_rating

MOST_LISTED = 4


def slot(flow: str) -> str:
    return f"flow_{flow}"


def step(
    say: Say,
    view: View,
    flow: FlowId,
    state: State,
    modals: bool | None = None,
    *,
    flags: Flags = no_flags,
    page: int = 0,
    above: tuple[Block, ...] = (),
) -> Reply:
    """Return the screen of one step. `modals`: whether the platform shows a form at once, if that is known. `above`: what stands
    before the question."""
    assert view.step is not None
    blocks: list[Block] = [
        *above,
        *quoted(say, view),
        *flagged(say, view, state.answers, flags, prefix(view.at)),
        *question(say, view),
        *so_far(say, view),
        *hint(say, view, modals=modals),
    ]
    if view.problem:
        blocks.append(say_p(say, view.problem, limit=view.limit))
    if view.of > 1 and _is_straight(view, state):
        blocks.append(Paragraph((Emphasis(say("common.step", n=view.n, of=view.of)),)))
    rows = (*answers(say, view, flow, modals, last_rating(state, view), page), *ways(say, view, flow, modals))
    return Reply(tuple(blocks), buttons=rows, slot=slot(flow))


def _is_straight(view: View, state: State) -> bool:
    """Whether "step 3 of 5" says something: not in a flow that another one runs, nor once the way has gone in a circle, nor while
    one answer is given anew."""
    return not head(view.at) and not state.ahead and view.at not in state.past and len(set(state.past)) == len(state.past)


def take_out(say: Say, view: View, flow: FlowId, lines: Sequence[str]) -> Reply:
    """Return the list with a button for each of its lines, which takes it out."""
    here, width = mark(view.at), wide(len(lines), MOST_LISTED)
    labels = line_labels(lines, width)
    made = [Button(label, press(flow, "out", here, line_mark(line))) for line, label in zip(lines, labels, strict=True)]
    rows = (*in_rows(made, width), (button(say, "common.back", flow, "resume", here), help_now(say)))
    listing = listed(tuple((Words(shortened(line, 60)),) for line in lines), numbered=True)
    return Reply((say_p(say, "flow.take_out_which"), *listing), buttons=rows, slot=slot(flow))


def discarded(say: Say, flow_id: FlowId, *, empty: bool) -> Reply:
    return Reply((say_p(say, "flow.closed" if empty else "flow.discarded"),), buttons=((help_now(say),),), slot=slot(flow_id))


def stopped(say: Say, flow_id: FlowId, *, timed: bool) -> Reply:
    """Return what is said after Save and stop. `timed`: a timer was stopped with it."""
    rows = ((button(say, "common.go_on", flow_id, "resume", style=Style.MAIN), help_now(say)),)
    said = (say_p(say, "flow.stopped"), say_p(say, "flow.stopped_timer")) if timed else (say_p(say, "flow.stopped"),)
    return Reply(said, buttons=rows, slot=slot(flow_id))


def ask_discard(say: Say, flow_id: FlowId) -> Reply:
    rows = (
        (button(say, "flow.discard_yes", flow_id, "erase", style=Style.STOP), button(say, "flow.discard_no", flow_id, "resume")),
        (help_now(say),),
    )
    return Reply((say_p(say, "flow.discard_ask"),), buttons=rows, slot=slot(flow_id))


def over(say: Say, flow: Flow, flow_id: FlowId, outcome: Outcome) -> Reply:
    """Return the message at the end of a wait. It may be read on a locked screen: nothing in it says what it is about."""
    inner = owner(flow, outcome.over)
    key = f"{inner.name}.{flow.places[outcome.over].name}_over{'_late' if outcome.late else ''}"
    rows = ((button(say, "common.go_on", flow_id, "resume", style=Style.MAIN), help_now(say)),)
    return Reply((say_p(say, key, minutes=outcome.minutes),), buttons=rows, replace=False, slot=slot(flow_id))


def unfinished(say: Say, flows: Sequence[UnderWay], zone: ZoneInfo) -> Reply:
    """Return the list of what waits, with a button each."""
    if not flows:
        return Reply((say_p(say, "flow.nothing_waits"),), buttons=((help_now(say),),), replace=False)
    return Reply((say_p(say, "flow.choose_unfinished"),), buttons=_waiting(say, flows, zone), replace=False)


def gone(say: Say, flows: Sequence[UnderWay], zone: ZoneInfo) -> Reply:
    """Return what an old button gets, and one that belongs to somebody else: the same."""
    return Reply((say_p(say, "flow.gone"),), buttons=_waiting(say, flows, zone), replace=False)


def _waiting(say: Say, flows: Sequence[UnderWay], zone: ZoneInfo) -> tuple[Row, ...]:
    rows: list[Row] = []
    for flow in flows[:MOST_LISTED]:
        title, at = say.label(f"{flow.state.flow}.title"), _when(flow.at, zone, say)
        label = f"{shortened(title, LABEL - len(at) - len(', '))}, {at}"
        rows.append((Button(label, press(flow.id, "resume")),))
    return (*rows, (help_now(say),))


def _when(at: datetime, zone: ZoneInfo, say: Say) -> str:
    return day_and_time(at, zone, say.language).text


__all__ = [
    "END_MARK", "ask_discard", "discarded", "end", "gone", "over", "paragraphs", "slot", "step", "stopped",
    "take_out", "unfinished",
]  # fmt: skip
