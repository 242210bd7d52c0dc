"""Screens of flows: a step, the end, and what stands around them. At most five rows of buttons, as the narrowest platform has."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.flow import Choice, Flow, Many, Scale, Show, Timer, Write, head, mark, owner, prefix
from bot.core.flow_state import SUMMARY, Outcome, State, View
from bot.core.help import help_now
from bot.core.ids import FlowId
from bot.core.replies import Button, Field, FieldKind, File, Form, Press, Reply, Row, Style, parse_press
from bot.core.richtext import Block, Bullets, Emphasis, Meter, Node, Nodes, Paragraph, Quote, Text, Words, plain_block
from bot.core.texts import Say, say_p
from bot.core.when import day_and_time
from handlers.flows.records import UnderWay
from handlers.flows.summary import Summary, last_rating, length

END_MARK = "end"  # stands for the summary in a button, where a step has its mark
FIELD = "words"
MOST_LISTED = 4
LABEL = 40


def slot(flow: str) -> str:
    return f"flow_{flow}"


def step(say: Say, view: View, flow: FlowId, state: State, modals: bool | None = None) -> Reply:
    """Return the screen of one step. `modals`: whether the platform shows a form at once, if that is known."""
    assert view.step is not None
    blocks = [*_asked(say, view), *_body(say, view, modals)]
    if view.problem:
        blocks.append(say_p(say, view.problem, limit=view.limit))
    if view.of > 1 and _is_straight(view, state):
        blocks.append(Paragraph((Emphasis(say("common.step", n=view.n, of=view.of)),)))
    rows = (*_answers(say, view, flow, modals, last_rating(state, view)), *_ways(say, view, flow))
    return Reply(tuple(blocks), buttons=rows, slot=slot(flow))


def end(say: Say, flow: Flow, flow_id: FlowId, made: Summary, *, counts: bool) -> Reply:
    """Return the summary, with what may be done with it. `counts`: an end with nothing entered may be kept too."""
    if made.empty and not counts:
        close = _button(say, "common.close", flow_id, "erase", style=Style.MAIN)
        rows: tuple[Row, ...] = ((_button(say, "common.back", flow_id, "back", END_MARK), close), (help_now(say),))
        return Reply(made.blocks, buttons=rows, slot=slot(flow_id))
    keep = f"{flow.name}.keep" if say.has(f"{flow.name}.keep") else "common.keep"
    rows = (
        (_button(say, keep, flow_id, "keep", END_MARK, style=Style.MAIN), _button(say, "common.delete_now", flow_id, "erase")),
        (_button(say, "common.back", flow_id, "back", END_MARK), _button(say, "common.send_file", flow_id, "file")),
        (help_now(say),),
    )
    return Reply(made.blocks, buttons=rows, picture=made.picture, slot=slot(flow_id))


def kept(say: Say, flow: Flow, flow_id: FlowId, more: tuple[Block, ...]) -> Reply:
    said = f"{flow.name}.kept" if say.has(f"{flow.name}.kept") else "flow.kept"
    return Reply((*paragraphs(say(said)), *more), buttons=((help_now(say),),), slot=slot(flow_id))


def discarded(say: Say, flow_id: FlowId, *, empty: bool) -> Reply:
    return Reply((say_p(say, "flow.closed" if empty else "flow.discarded"),), buttons=((help_now(say),),), slot=slot(flow_id))


def stopped(say: Say, flow_id: FlowId, *, timed: bool) -> Reply:
    """Return what is said after Save and stop. `timed`: a timer was stopped with it."""
    rows = ((_button(say, "common.go_on", flow_id, "resume", style=Style.MAIN), help_now(say)),)
    said = (say_p(say, "flow.stopped"), say_p(say, "flow.stopped_timer")) if timed else (say_p(say, "flow.stopped"),)
    return Reply(said, buttons=rows, slot=slot(flow_id))


def ask_discard(say: Say, flow_id: FlowId) -> Reply:
    rows = (
        (_button(say, "flow.discard_yes", flow_id, "erase", style=Style.STOP), _button(say, "flow.discard_no", flow_id, "resume")),
        (help_now(say),),
    )
    return Reply((say_p(say, "flow.discard_ask"),), buttons=rows, slot=slot(flow_id))


def over(say: Say, flow: Flow, flow_id: FlowId, outcome: Outcome) -> Reply:
    """Return the message at the end of a wait. It may be read on a locked screen: nothing in it says what it is about."""
    inner = owner(flow, outcome.over)
    key = f"{inner.name}.{flow.places[outcome.over].name}_over{'_late' if outcome.late else ''}"
    rows = ((_button(say, "common.go_on", flow_id, "resume", style=Style.MAIN), help_now(say)),)
    return Reply((say_p(say, key, minutes=outcome.minutes),), buttons=rows, replace=False, slot=slot(flow_id))


def unfinished(say: Say, flows: Sequence[UnderWay], zone: ZoneInfo) -> Reply:
    """Return the list of what waits, with a button each."""
    if not flows:
        return Reply((say_p(say, "flow.nothing_waits"),), buttons=((help_now(say),),), replace=False)
    return Reply((say_p(say, "flow.choose_unfinished"),), buttons=_listed(say, flows, zone), replace=False)


def gone(say: Say, flows: Sequence[UnderWay], zone: ZoneInfo) -> Reply:
    """Return what an old button gets, and one that belongs to somebody else: the same."""
    return Reply((say_p(say, "flow.gone"),), buttons=_listed(say, flows, zone), replace=False)


def as_file(say: Say, made: Summary) -> Reply:
    """Return the summary as a text file. Its name says nothing of what is in it."""
    twin = made.picture.twin if made.picture is not None else ()
    text = "\n\n".join(plain_block(block) for block in (*made.blocks, *twin)) + "\n"
    file = File("notes.txt", text.encode(), "text/plain; charset=utf-8")
    return Reply((say_p(say, "flow.file"),), buttons=((help_now(say),),), file=file, replace=False)


def write_form(say: Say, flow: Flow, flow_id: FlowId, state: State, asked: Write) -> Reply:
    """Return the form with one field; a single text is filled in as it was."""
    key = f"{owner(flow, state.at).name}.{asked.name}"
    label = say.label(f"{key}_label") if say.has(f"{key}_label") else say.label("flow.write_field")
    answer = state.answers.get(prefix(state.at) + asked.save)
    value = answer if isinstance(answer, str) and not asked.lines else ""
    longest = min(asked.longest * max(asked.lines, 1), 4000)
    field = Field(FIELD, label, FieldKind.LONG, say.label("flow.write_hint"), value, longest=longest)
    return Reply(form=Form(Press("flow", "write", flow_id, mark(state.at)), say.label("flow.write_title"), (field,)))


def paragraphs(nodes: Nodes) -> tuple[Paragraph, ...]:
    """Return our own text as paragraphs: a line break in it begins the next one."""
    made: list[list[Node]] = [[]]
    for node in nodes:
        if not isinstance(node, Text):
            made[-1].append(node)
            continue
        first, *rest = re.split("\n+", node.text)
        made[-1].append(Text(first))
        made.extend([Text(piece)] for piece in rest)
    return tuple(Paragraph(tuple(inner)) for inner in made if inner)


# What a step shows --------------------------------------------------------------------------------------------------


def _asked(say: Say, view: View) -> tuple[Paragraph, ...]:
    assert view.step is not None
    key = f"{view.flow.name}.{view.step.name}"
    if isinstance(view.step, Timer) and view.step.every:
        prompt = view.elapsed // view.step.every % view.step.prompts + 1
        return paragraphs(say(f"{key}_{prompt}"))
    return paragraphs(say(key))


def _body(say: Say, view: View, modals: bool | None) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if view.recalled:
        blocks.append(Bullets(tuple(say(f"{view.flow.name}.{asked}_{option}_now") for asked, option in view.recalled)))
    if view.lines:
        blocks.append(Bullets(tuple((Words(line),) for line in view.lines)))
    match view.step, view.answer:
        case Write(), str(words):
            blocks.append(Quote((Words(words),)))
        case Write(), list(lines) if lines:
            blocks.append(Bullets(tuple((Words(line),) for line in lines)))
        case Timer(every=every), _ if every or view.elapsed:
            blocks.append(
                Meter(say("flow.timer", done=length(view.elapsed), whole=length(view.seconds)), view.elapsed, view.seconds)
            )
    if isinstance(view.step, Write) and modals is False:
        blocks.append(say_p(say, "flow.type_more" if _has_lines(view) else "flow.type_here"))
    return tuple(blocks)


def _is_straight(view: View, state: State) -> bool:
    """Whether "step 3 of 5" says something: not in a flow that another one runs, nor once the way has gone in a circle."""
    return not head(view.at) and view.at not in state.past and len(set(state.past)) == len(state.past)


def _has_lines(view: View) -> bool:
    return isinstance(view.step, Write) and bool(view.step.lines) and bool(view.answer)


def _answers(say: Say, view: View, flow: FlowId, modals: bool | None, rated: int | None) -> tuple[Row, ...]:
    """Return the rows with which the step is answered, at most three."""
    here, key = mark(view.at), f"{view.flow.name}.{view.step.name if view.step else ''}"
    match view.step:
        case Scale(low=low, high=high):
            return _scale(flow, here, low, high, view.answer)
        case Timer(low=low, high=high, rate=rate) if rate:
            return _scale(flow, here, low, high, rated)
        case Choice():
            return _rows(
                tuple(
                    Button(say.label(f"{key}_{value}"), _press(flow, "answer", here, value), _chosen(value == view.answer))
                    for value in view.options
                )
            )
        case Many():
            on = view.answer if isinstance(view.answer, list) else []
            return _rows(tuple(_chip(say, f"{key}_{value}", flow, here, value, on=value in on) for value in view.options))
        case Write() if modals is not False:
            return ((_button(say, "common.write", flow, "write", here, style=Style.MAIN),),)
        case Show(press=press) if press:
            return ((Button(say.label(f"{key}_press"), parse_press(press), Style.HELP),),)
    return ()


def _ways(say: Say, view: View, flow: FlowId) -> tuple[Row, ...]:
    """Return the rows that every step has: the way on and back, and the ways out."""
    here, on = mark(view.at), []
    if view.back:
        on.append(_button(say, "common.back", flow, "back", here))
    if view.skip and not _has_lines(view):  # Done leaves lines as they are
        skip = "common.skip" if view.answer is None else "flow.leave_as_is"
        on.append(_button(say, skip, flow, "skip", here))
    match view.step:
        case Show():
            on.append(_button(say, "common.next", flow, "go", here, style=Style.MAIN))
        case Many() | Timer():
            on.append(_button(say, "common.done", flow, "go", here, style=Style.MAIN))
        case Write() if _has_lines(view):
            on.append(_button(say, "common.done", flow, "go", here, style=Style.MAIN))
    out: Row = (_button(say, "common.save_stop", flow, "stop"), _button(say, "common.discard", flow, "discard"))
    if not (isinstance(view.step, Show) and view.step.press and parse_press(view.step.press) == help_now(say).press):
        out = (*out, help_now(say))  # else it is the step's own button
    return (tuple(on), out) if on else (out,)


def _scale(flow: FlowId, here: str, low: int, high: int, answer: object) -> tuple[Row, ...]:
    numbers = tuple(Button(str(n), _press(flow, "answer", here, str(n)), _chosen(n == answer)) for n in range(low, high + 1))
    wide = 4 if len(numbers) in (11, 12) else 5
    return tuple(numbers[i : i + wide] for i in range(0, len(numbers), wide))


def _chip(say: Say, key: str, flow: FlowId, here: str, value: str, *, on: bool) -> Button:
    label = say.label(key)
    return Button(f"✓ {label}" if on else label, _press(flow, "drop" if on else "pick", here, value), _chosen(on))


def _rows(buttons: tuple[Button, ...]) -> tuple[Row, ...]:
    """Return the buttons in at most three rows; long labels have a row of their own while there is room."""
    if len(buttons) <= 3 and any(len(button.label) > 14 for button in buttons):
        return tuple((button,) for button in buttons)
    wide = max(2 if len(buttons) > 3 else 3, -(-len(buttons) // 3))
    return tuple(buttons[i : i + wide] for i in range(0, len(buttons), wide))


def _listed(say: Say, flows: Sequence[UnderWay], zone: ZoneInfo) -> tuple[Row, ...]:
    rows: list[Row] = []
    for flow in flows[:MOST_LISTED]:
        title, at = say.label(f"{flow.state.flow}.title"), _when(flow.at, zone, say)
        room = LABEL - len(at) - len(", ")
        title = title if len(title) <= room else f"{title[: room - 1].rstrip()}…"
        rows.append((Button(f"{title}, {at}", _press(flow.id, "resume")),))
    return (*rows, (help_now(say),))


def _when(at: datetime, zone: ZoneInfo, say: Say) -> str:
    return day_and_time(at, zone, say.language).text


def _chosen(chosen: bool) -> Style:
    return Style.MAIN if chosen else Style.PLAIN


def _button(say: Say, key: str, flow: str, action: str, here: str = SUMMARY, *, style: Style = Style.PLAIN) -> Button:
    return Button(say.label(key), _press(flow, action, here), style)


def _press(flow: str, action: str, here: str = "", value: str = "") -> Press:
    return Press("flow", action, flow, f"{here}_{value}" if value else here)
