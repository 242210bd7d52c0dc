"""Buttons and forms as discord.py's items. What a button or a form means stands in its custom id, so both work after a restart.

oc:<press>[~n]        a button, or a form sent back; `n` tells apart two buttons of one message with the same press
of:<key>[:<press>]    a button that opens a form held in memory; once that is forgotten, the press is acted on instead
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, cast

import discord
from discord import ButtonStyle

from bot.core.replies import Button, Field, FieldKind, Form, Press, Row, Style
from bot.core.richtext import clean
from bot.platforms.discord import limits

PREFIX, OPENS = "oc:", "of:"
_OURS = re.compile(r"o[cf]:.*", re.DOTALL)
_CARRIES = re.compile(r"(?:oc|of:[0-9a-f]+):(?P<data>[^~]*)(?:~\d+)?")
_HELD = 1000
TAKEN = "taken"  # marks an interaction that a button has handled

_STYLES = {
    Style.PLAIN: ButtonStyle.secondary,
    Style.MAIN: ButtonStyle.primary,
    Style.GO: ButtonStyle.success,
    Style.STOP: ButtonStyle.danger,
    Style.HELP: ButtonStyle.danger,
}

AnyInteraction = discord.Interaction[Any]


class TakesActs(Protocol):
    """The client, as a button sees it."""

    take_act: Callable[[AnyInteraction], Awaitable[None]]


class PressButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_OURS):
    """A button of ours on a message of any age."""

    @classmethod
    async def from_custom_id(
        cls, interaction: AnyInteraction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> "PressButton":
        interaction.extras[TAKEN] = True
        return cls(cast("discord.ui.Button[Any]", item))

    async def callback(self, interaction: AnyInteraction) -> None:
        await cast(TakesActs, interaction.client).take_act(interaction)


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


def view(rows: Sequence[Row], opens: tuple[str, str] | None = None) -> discord.ui.View | None:
    """Return the buttons, five in a row and at most five rows, or None without any. `opens`: label and custom id of one more.

    The view is already stopped: discord.py then keeps nothing of it in memory, and presses come by the custom id alone.
    """
    wanted: list[list[Button | tuple[str, str]]] = [list(row) for row in rows if row]
    if opens:
        wanted.append([opens])
    if len(wanted) > limits.ROWS or any(len(row) > limits.ROW for row in wanted):
        every = [button for row in wanted for button in row][: limits.ROWS * limits.ROW]
        wanted = [every[start : start + limits.ROW] for start in range(0, len(every), limits.ROW)]
    if not wanted:
        return None
    made = discord.ui.View(timeout=None)
    made.stop()
    used: set[str] = set()
    for number, row in enumerate(wanted):
        for button in row:
            made.add_item(_item(button, number, used))
    return made


def _item(button: Button | tuple[str, str], row: int, used: set[str]) -> discord.ui.Item[Any]:
    if isinstance(button, tuple):
        label, custom_id = button
        return PressButton(discord.ui.Button(label=label, custom_id=custom_id, style=ButtonStyle.primary, row=row))
    label = _short(button.label, limits.LABEL)
    if button.url:
        return discord.ui.Button(label=label, url=button.url, disabled=button.off, row=row)
    data = button.press.data() if button.press else ""
    custom_id = f"{PREFIX}{data}" if data and data not in used else f"{PREFIX}{data}~{len(used)}"
    used.update((data, custom_id))
    off = button.off or not data
    return PressButton(discord.ui.Button(label=label, custom_id=custom_id, style=_STYLES[button.style], disabled=off, row=row))


def modal(form: Form, intro: str = "") -> discord.ui.Modal:
    """Return the form as a modal, with a text above its fields when there is room for one more part."""
    made = discord.ui.Modal(title=_short(form.title, limits.MODAL_TITLE), custom_id=f"{PREFIX}{form.press.data()}", timeout=None)
    made.stop()  # as with a view: it comes back by its custom id
    if intro and len(form.fields) < limits.MODAL_PARTS and limits.length(intro) <= limits.MODAL_INTRO:
        made.add_item(discord.ui.TextDisplay(intro))
    for field in form.fields[: limits.MODAL_PARTS]:
        made.add_item(
            discord.ui.Label(
                text=_short(field.label, limits.MODAL_LABEL),
                description=limits.cut(field.hint, limits.MODAL_HINT) or None,
                component=_field(field),
            )
        )
    return made


def _short(text: str, most: int) -> str:
    """Return a label, which may hold a member's words: on one line, no tricks of direction, cut, never empty."""
    return limits.cut(" ".join(clean(text).split()), most) or "…"


def _field(field: Field) -> discord.ui.Item[Any]:
    if field.kind is FieldKind.CHOICE:
        options = [
            discord.SelectOption(
                label=_short(choice.label, limits.CHOICE),
                value=choice.value,
                default=bool(field.value) and choice.value == field.value,
            )
            for choice in field.choices[: limits.CHOICES]
        ]
        return discord.ui.Select(custom_id=field.name, options=options, required=field.required, min_values=int(field.required))
    longest = min(max(field.longest, 1), limits.MODAL_ANSWER)
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.kind is FieldKind.LONG else discord.TextStyle.short,
        default=field.value[:longest] or None,
        required=field.required,
        max_length=longest,
    )
