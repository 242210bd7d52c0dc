"""Buttons and forms as Discord's components. What one means stands in its custom id, so both work after a restart.

oc:<press>[~n]        a button, or a form sent back; `n` tells apart two buttons of one message with the same press
of:<key>[:<press>]    a button that opens a form held in memory; once that is forgotten, the press is acted on instead
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from bot.core.replies import Button, Field, FieldKind, Form, Press, Row, Style
from bot.core.richtext import clean
from bot.platforms.discord import limits

PREFIX, OPENS = "oc:", "of:"
_CARRIES = re.compile(r"(?:oc|of:[0-9a-f]+):(?P<data>[^~]*)(?:~\d+)?")
_HELD = 1000

Component = dict[str, Any]  # JSON

_ROW, _BUTTON, _SELECT, _INPUT, _TEXT, _LABEL, FILE_UPLOAD = 1, 2, 3, 4, 10, 18, 19  # types of components
_ONE_LINE, _LINES = 1, 2  # styles of a text input
_MAIN, _PLAIN, _GO, _STOP, _LINK = 1, 2, 3, 4, 5  # styles of a button
_STYLES = {Style.PLAIN: _PLAIN, Style.MAIN: _MAIN, Style.GO: _GO, Style.STOP: _STOP, Style.HELP: _STOP}


class HeldForms:
    """Forms that wait behind a button, since a modal can only be the first answer to an act. The oldest are forgotten."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, Form] = OrderedDict()

    def hold(self, form: Form, instead: Press | None) -> str:
        """Keep the form and return the custom id of a button that opens it. `instead`: what the button means once forgotten."""
        key = secrets.token_hex(8)
        self._forms[key] = form
        while len(self._forms) > _HELD:
            self._forms.popitem(last=False)
        return f"{OPENS}{key}:{instead.data()}" if instead else f"{OPENS}{key}"

    def find(self, custom_id: str) -> Form | None:
        return self._forms.get(custom_id.removeprefix(OPENS).partition(":")[0])


def press_data(custom_id: str) -> str:
    """Return the press that a custom id carries, not yet checked; "" when it carries none."""
    found = _CARRIES.fullmatch(custom_id)
    return (found["data"] or "") if found else ""


def rows_of(rows: Sequence[Row], opens: tuple[str, str] | None = None) -> list[Component]:
    """Return the buttons, five in a row and at most five rows. `opens`: label and custom id of one more."""
    wanted: list[list[Button | tuple[str, str]]] = [list(row) for row in rows if row]
    if opens:
        wanted.append([opens])
    if len(wanted) > limits.ROWS or any(len(row) > limits.ROW for row in wanted):
        every = [button for row in wanted for button in row][: limits.ROWS * limits.ROW]
        wanted = [every[start : start + limits.ROW] for start in range(0, len(every), limits.ROW)]
    used: set[str] = set()
    return [{"type": _ROW, "components": [_button(button, used) for button in row]} for row in wanted]


def _button(button: Button | tuple[str, str], used: set[str]) -> Component:
    if isinstance(button, tuple):
        label, custom_id = button
        return {"type": _BUTTON, "style": _MAIN, "label": label, "custom_id": custom_id}
    label = _short(button.label, limits.LABEL)
    if button.url:
        return {"type": _BUTTON, "style": _LINK, "label": label, "url": button.url, "disabled": button.off}
    data = button.press.data() if button.press else ""
    custom_id = f"{PREFIX}{data}" if data and data not in used else f"{PREFIX}{data}~{len(used)}"
    used.update((data, custom_id))
    off = button.off or not data
    return {"type": _BUTTON, "style": _STYLES[button.style], "label": label, "custom_id": custom_id, "disabled": off}


def modal(form: Form, intro: str = "") -> Component:
    """Return the form as a modal, with a text above its fields when there is room for one more part."""
    parts: list[Component] = []
    if intro and len(form.fields) < limits.MODAL_PARTS and limits.length(intro) <= limits.MODAL_INTRO:
        parts.append({"type": _TEXT, "content": intro})
    for field in form.fields[: limits.MODAL_PARTS]:
        label: Component = {"type": _LABEL, "label": _short(field.label, limits.MODAL_LABEL), "component": _field(field)}
        if field.hint:
            label["description"] = limits.cut(field.hint, limits.MODAL_HINT)
        parts.append(label)
    return {"title": _short(form.title, limits.MODAL_TITLE), "custom_id": f"{PREFIX}{form.press.data()}", "components": parts}


def _short(text: str, most: int) -> str:
    """Return a label, which may hold a member's words: on one line, no tricks of direction, cut, never empty."""
    if text.isascii() and text.isprintable() and 0 < len(text) <= most and "  " not in text:
        return text.strip() or "…"  # nearly all of them, and the cleaning takes longer than the rest of the button
    return limits.cut(" ".join(clean(text).split()), most) or "…"


def _field(field: Field) -> Component:
    if field.kind is FieldKind.CHOICE:
        options = [
            {
                "label": _short(choice.label, limits.CHOICE),
                "value": choice.value,
                "default": bool(field.value) and choice.value == field.value,
            }
            for choice in field.choices[: limits.CHOICES]
        ]
        least = int(field.required)
        return {"type": _SELECT, "custom_id": field.name, "options": options, "required": field.required, "min_values": least}
    if field.kind is FieldKind.FILE:
        one = {"min_values": int(field.required), "max_values": 1}
        return {"type": FILE_UPLOAD, "custom_id": field.name, "required": field.required, **one}
    longest = min(max(field.longest, 1), limits.MODAL_ANSWER)
    style = _LINES if field.kind is FieldKind.LONG else _ONE_LINE
    made: Component = {"type": _INPUT, "custom_id": field.name, "style": style, "required": field.required, "max_length": longest}
    if field.value:
        made["value"] = field.value[:longest]
    return made


def choices_of(offered: Sequence[tuple[str, str]]) -> list[Component]:
    """Return (value, label) pairs as what Discord offers while a command is typed; one that does not fit is left out."""
    fit = [(value, label) for value, label in offered if value and limits.length(value) <= limits.CHOICE]
    return [{"name": _short(label, limits.CHOICE), "value": value} for value, label in fit[: limits.CHOICES]]
