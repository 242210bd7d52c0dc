"""The forms of flows: one with a step's words, or with its several fields. What is there already is filled in."""

from collections.abc import Mapping

from bot.core.flow import Date, Each, Fields, Time, Timer, Write, mark
from bot.core.flow_state import Filled, Input, Resume, Typed, View
from bot.core.replies import Field, FieldKind, Form, Reply
from bot.core.richtext import one_line
from bot.core.texts import Say
from handlers.flows.asked import field_key
from handlers.flows.buttons import press, shortened
from handlers.flows.lines import line_text, worded

FIELD = "words"
LABEL = 45  # characters of a field's label
LONG = 100  # characters from which a field has several lines
MOST = 4000  # characters of one field


def form(say: Say, view: View, flow: str) -> Reply | None:
    """Return the form of a step, or None for one that has none."""
    here = mark(view.at)
    match view.step:
        case Write(longest=longest, lines=lines):
            value = view.answer if isinstance(view.answer, str) and not lines else ""
            fields: tuple[Field, ...] = (_words(say, _label(say, view), value, longest * max(lines, 1)),)
        case Timer(write=write, longest=longest, lines=lines) if write:
            fields = (_words(say, _label(say, view), "", longest * lines),)
        case Each(ask="words", longest=longest) if view.item in view.items:
            here = f"{here}_{view.items.index(view.item)}"
            label = one_line(line_text(say, view.flow, view.step, view.item, family=view.family))
            fields = (_words(say, label, view.answer if isinstance(view.answer, str) else "", longest),)
        case Fields(fields=asked):
            filled = view.answer if isinstance(view.answer, dict) else {}
            keys = {name: field_key(say, view.flow, view.step, name, family=view.family) for name, _ in asked}
            fields = tuple(_field(say.label(keys[name]), name, filled.get(name, ""), longest) for name, longest in asked)
        case Date():
            fields = (Field(FIELD, say.label("flow.date_field"), hint=say.label("flow.date_hint"), longest=60),)
        case Time():
            fields = (Field(FIELD, say.label("flow.time_field"), hint=say.label("flow.time_hint"), longest=60),)
        case _:
            return None
    title = "flow.when_title" if isinstance(view.step, Date | Time) else "flow.write_title"
    return Reply(form=Form(press(flow, "write", here), say.label(title), fields))


def sent(view: View, here: str, arguments: Mapping[str, str]) -> Input:
    """Return what a form's answers do at the present step. `here`: what its press said behind the place."""
    if isinstance(view.step, Fields):
        return Filled(view.at, {name: arguments.get(name, "") for name, _ in view.step.fields})
    if isinstance(view.step, Each) and here != str(view.items.index(view.item) if view.item in view.items else ""):
        return Resume()  # it was opened for another line
    return Typed(arguments.get(FIELD, ""))


def _words(say: Say, label: str, value: str, longest: int) -> Field:
    return Field(FIELD, shortened(label, LABEL), FieldKind.LONG, say.label("flow.write_hint"), value, longest=min(longest, MOST))


def _field(label: str, name: str, value: str, longest: int) -> Field:
    kind = FieldKind.LONG if longest > LONG else FieldKind.SHORT
    return Field(name, shortened(label, LABEL), kind, value=value, required=False, longest=min(longest, MOST))


def _label(say: Say, view: View) -> str:
    """Return the answer's name; of lines written meanwhile their own, where there is one."""
    assert view.step is not None
    key = f"{view.flow.name}.{view.step.name}"
    own = [f"{key}_{view.step.write}"] if isinstance(view.step, Timer) else []
    found = next((name for name in (*own, f"{key}_label") if say.has(name)), "flow.write_field")
    return say.label(worded(say, found, family=view.family))
