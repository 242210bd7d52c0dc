"""The buttons with which a step is answered (at most three rows), and the ways on, back and out below them."""

from collections.abc import Sequence

from bot.core.flow import (
    Choice,
    Date,
    Each,
    Fields,
    Many,
    Order,
    PickLine,
    Scale,
    Show,
    Time,
    Timer,
    Write,
    line_mark,
    mark,
)
from bot.core.flow_lines import pair_mark
from bot.core.flow_state import View
from bot.core.help import help_now
from bot.core.replies import Button, Row, Style, parse_press
from bot.core.screens import in_rows
from bot.core.texts import Say
from handlers.flows.buttons import ANSWER_ROWS, button, chosen, line_labels, press, rows_of, shortened, ticked, wide
from handlers.flows.lines import line_text, option_text, worded
from handlers.flows.moments import DAYS, PAST_DAYS, TIMES

MOST_BRINGS = 2
NO_ANSWER: tuple[object, ...] = (None, "", [], {})


MOST_BUTTONS = 15  # three rows of five


def answers(say: Say, view: View, flow: str, modals: bool | None, rated: int | None, page: int = 0) -> tuple[Row, ...]:
    """Return the rows that answer the step. `page`: of the suggestions, where there are more than have room."""
    here = mark(view.at)
    match view.step:
        case Scale(low=low, high=high):
            return _scale(flow, here, low, high, view.answer)
        case Timer(rate=rate, low=low, high=high, write=write):
            rows = _scale(flow, here, low, high, rated) if rate else ()
            return _with_row(rows, _lines_row(say, view, flow, modals) if write else ())
        case Choice():
            return rows_of([_answer(say, view, flow, value, value, view.answer) for value in view.options])
        case Many():
            on = view.answer if isinstance(view.answer, list) else []
            return rows_of([_tick(_label(say, view, value), flow, here, value, on=value in on) for value in view.options])
        case Write(chips=chips, offer=offer):
            return _write(say, view, flow, modals, page) if chips or offer else _lines_row(say, view, flow, modals)
        case Fields():
            return ((button(say, "common.write", flow, "write", here, style=Style.MAIN),),)
        case Date() | Time():
            return _moments(say, view, flow, modals)
        case PickLine():
            return _pick(say, view, flow, page)
        case Order() if view.pair is not None:
            labels = line_labels([line_text(say, view.flow, view.step, line, family=view.family) for line in view.pair], 1)
            pair = zip("ab", labels, strict=True)
            return tuple((Button(label, press(flow, "answer", here, f"{pair_mark(view.pair)}_{side}")),) for side, label in pair)
        case Each():
            return _each(say, view, flow, modals)
        case Show(press=asked) if asked:
            return ((Button(say.label(_key(say, view, "press")), parse_press(asked), Style.HELP),),)
    return ()


def ways(say: Say, view: View, flow: str, modals: bool | None) -> tuple[Row, ...]:
    """Return the rows that every step has: the way on and back, and the ways out."""
    here, on = mark(view.at), []
    if view.back:
        on.append(button(say, "common.back", flow, "back", here))
    if view.skip and not _has_done(view):  # Done leaves what is there as it is
        on.append(button(say, "common.skip" if view.answer in NO_ANSWER else "flow.leave_as_is", flow, "skip", here))
    match view.step:
        case Show():
            on.append(button(say, "common.next", flow, "go", here, style=Style.MAIN))
        case Many() | Timer():
            on.append(button(say, "common.done", flow, "go", here, style=Style.MAIN))
        case _ if _has_done(view):
            on.append(button(say, "common.done", flow, "go", here, style=Style.MAIN))
    if _is_narrow(view, modals) and _lines(view):
        on.append(button(say, "flow.take_out", flow, "lines", here))
    out: Row = (button(say, "common.save_stop", flow, "stop"), button(say, "common.discard", flow, "discard"))
    if not (isinstance(view.step, Show) and view.step.press and parse_press(view.step.press) == help_now(say).press):
        out = (*out, help_now(say))  # else it is the step's own button
    return (tuple(on), out) if on else (out,)


def _has_done(view: View) -> bool:
    """Whether the step waits for Done, once something is there."""
    match view.step:
        case Write(lines=lines):
            return (bool(lines) or not view.skip) and bool(view.answer)
        case Fields():
            return bool(view.answer)
        case PickLine(most=most):
            return most > 1
    return False


def suggestions(view: View, taken: Sequence[str], texts: dict[str, str]) -> list[str]:
    """Return the suggestions that are not among the lines yet."""
    chips = view.step.chips if isinstance(view.step, Write) else ()
    lines = {line.casefold() for line in taken}
    return [chip for chip in chips if texts[chip].casefold() not in lines]


# Kinds --------------------------------------------------------------------------------------------------------------


def _scale(flow: str, here: str, low: int, high: int, answer: object, before: str = "") -> tuple[Row, ...]:
    numbers = [Button(str(n), press(flow, "answer", here, f"{before}{n}"), chosen(n == answer)) for n in range(low, high + 1)]
    return in_rows(numbers, 4 if len(numbers) in (11, 12) else 5)


def _with_row(rows: tuple[Row, ...], more: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows with another; in the last of them when there is no room below."""
    if len(rows) < ANSWER_ROWS or not more:
        return (*rows, *more)
    return (*rows[:-1], (*rows[-1], *more[0])[:5])


def _write(say: Say, view: View, flow: str, modals: bool | None, page: int) -> tuple[Row, ...]:
    """Return suggestions in the rows that are left by what is written, taken out and brought in."""
    assert isinstance(view.step, Write)
    last = _lines_row(say, view, flow, modals)
    brings = _brings(say, view, flow)
    if len(brings) == 1 and last:
        last, brings = ((*last[0], *brings),), ()
    below = (*((tuple(brings),) if brings else ()), *last)
    texts = {chip: say.label(_key(say, view, chip)) for chip in view.step.chips}
    left = suggestions(view, view.answer if isinstance(view.answer, list) else (), texts)
    offered = [(chip, texts[chip]) for chip in left]
    return (*_paged(say, flow, mark(view.at), offered, ANSWER_ROWS - len(below), modals, page), *below)


def _paged(
    say: Say, flow: str, here: str, chips: Sequence[tuple[str, str]], rows: int, modals: bool | None, page: int
) -> tuple[Row, ...]:
    """Return the suggestions of a page, and More where there are others; the page stays in each button."""
    width = 3 if modals is False else 5
    room = rows * width
    if len(chips) > room:
        room -= 1
    pages = max(1, -(-len(chips) // room))
    page = min(page, pages - 1)
    at = f"{here}{page}" if page else here
    buttons = [Button(shortened(label), press(flow, "chip", at, chip)) for chip, label in chips[page * room : (page + 1) * room]]
    if pages > 1:
        buttons.append(button(say, "flow.more", flow, "more", f"{here}{(page + 1) % pages}"))
    return in_rows(buttons, min(width, max(2, wide(len(buttons), rows))))


def _brings(say: Say, view: View, flow: str) -> tuple[Button, ...]:
    """Return a button for each of the first tools from which answers may be brought in."""
    assert isinstance(view.step, Write)
    made = []
    for offer in view.offers[:MOST_BRINGS]:
        title = f"{offer.partition('.')[0]}.title"
        label = shortened(say.label("flow.bring", tool=say.label(worded(say, title, family=view.family))))
        made.append(Button(label, press(flow, "bring", mark(view.at), str(view.step.offer.index(offer)))))
    return tuple(made)


def _lines_row(say: Say, view: View, flow: str, modals: bool | None) -> tuple[Row, ...]:
    """Return the button that opens the form, where the platform has one, and the one to take a line out."""
    here, made = mark(view.at), list[Button]()
    if modals is not False:
        made.append(button(say, "common.write", flow, "write", here, style=Style.MAIN))
    if _lines(view) and not _is_narrow(view, modals):
        made.append(button(say, "flow.take_out", flow, "lines", here))
    return (tuple(made),) if made else ()


def _is_narrow(view: View, modals: bool | None) -> bool:
    """Whether suggestions need the row: where words are typed into the chat, fewer stand beside each other."""
    return modals is False and isinstance(view.step, Write) and bool(view.step.chips)


def _lines(view: View) -> tuple[str, ...]:
    """Return the lines that can be taken out."""
    if isinstance(view.step, Timer):
        return view.written
    return tuple(view.answer) if isinstance(view.step, Write) and isinstance(view.answer, list) else ()


def _moments(say: Say, view: View, flow: str, modals: bool | None) -> tuple[Row, ...]:
    here = mark(view.at)
    if isinstance(view.step, Time):
        made = [Button(TIMES[value].label(say), press(flow, "answer", here, value)) for value in TIMES]
    else:
        days = PAST_DAYS if isinstance(view.step, Date) and view.step.past else DAYS
        made = [Button(shortened(say.label(f"flow.day_{value}")), press(flow, "answer", here, value)) for value in days]
    if modals is not False:
        other = "flow.another_time" if isinstance(view.step, Time) else "flow.another_day"
        made.append(button(say, other, flow, "write", here))
    return in_rows(made, 4 if isinstance(view.step, Time) else max(2, wide(len(made))))


def _pick(say: Say, view: View, flow: str, page: int) -> tuple[Row, ...]:
    """Return a button for each line; of many lines a page of them, and More."""
    assert isinstance(view.step, PickLine)
    here, pages = mark(view.at), -(-len(view.items) // (MOST_BUTTONS - 1)) if len(view.items) > MOST_BUTTONS else 1
    width = 1 if len(view.items) <= ANSWER_ROWS else max(2, wide(min(len(view.items), MOST_BUTTONS)))
    labels = line_labels([line_text(say, view.flow, view.step, line, family=view.family) for line in view.items], width)
    if view.step.most > 1:
        on = view.answer if isinstance(view.answer, list) else []
        made = [_tick(label, flow, here, line_mark(line), on=line in on) for line, label in zip(view.items, labels, strict=True)]
    else:
        made = [
            Button(label, press(flow, "answer", here, line_mark(line)), chosen(line == view.answer))
            for line, label in zip(view.items, labels, strict=True)
        ]
    if pages > 1:
        room = MOST_BUTTONS - 1
        made = made[page % pages * room : (page % pages + 1) * room]
        made.append(button(say, "flow.more", flow, "more", f"{here}{(page + 1) % pages}"))
    return in_rows(made, width)


def _each(say: Say, view: View, flow: str, modals: bool | None) -> tuple[Row, ...]:
    assert isinstance(view.step, Each)
    here, n = mark(view.at), view.items.index(view.item) if view.item in view.items else 0
    match view.step.ask:
        case "scale":
            given = int(view.answer) if isinstance(view.answer, str) and view.answer.isdecimal() else None
            return _scale(flow, here, view.step.low, view.step.high, given, f"{n}_")
        case "words":
            if modals is False:
                return ()
            return ((button(say, "common.write", flow, "write", f"{here}_{n}", style=Style.MAIN),),)
    return rows_of([_answer(say, view, flow, value, f"{n}_{value}", f"{n}_{view.answer}") for value in view.step.options])


def _answer(say: Say, view: View, flow: str, value: str, sent: str, answer: object) -> Button:
    return Button(_label(say, view, value), press(flow, "answer", mark(view.at), sent), chosen(sent == answer))


def _tick(label: str, flow: str, here: str, value: str, *, on: bool) -> Button:
    return Button(ticked(label, on=on), press(flow, "drop" if on else "pick", here, value), chosen(on))


def _label(say: Say, view: View, value: str) -> str:
    assert view.step is not None
    return shortened(option_text(say, view.flow, view.step, value, family=view.family))


def _key(say: Say, view: View, value: str) -> str:
    assert view.step is not None
    return worded(say, f"{view.flow.name}.{view.step.name}_{value}", family=view.family)
