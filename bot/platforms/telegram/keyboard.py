"""Buttons under a message. In a room, a press that must be answered in private becomes a link that opens the private chat."""

from collections.abc import Iterable, Iterator

from telegram import InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.core.replies import Button, Press, Row, Style, deep_link
from bot.platforms.telegram import limits
from bot.platforms.telegram.split import shortened

_STYLES = {
    Style.MAIN: KeyboardButtonStyle.PRIMARY.value,
    Style.GO: KeyboardButtonStyle.SUCCESS.value,
    Style.STOP: KeyboardButtonStyle.DANGER.value,
}


Key = dict[str, str]
"""A button, as the Bot API's JSON has it."""


def keyboard(rows: Iterable[Row], *, room: bool, username: str) -> InlineKeyboardMarkup | None:
    """Return `keys` as the library takes them. None when nothing can be pressed."""
    kept = keys(rows, room=room, username=username)
    return InlineKeyboardMarkup.de_json({"inline_keyboard": kept}, None) if kept else None


def keys(rows: Iterable[Row], *, room: bool, username: str) -> list[list[Key]]:
    """Return the rows that can be pressed; a row too wide goes on in the next one."""
    made = [row for wide in rows for row in _narrow([_button(one, room, username) for one in wide if _can_be_pressed(one)])]
    kept: list[list[Key]] = []
    left = limits.BUTTONS
    for row in made:
        kept.append(row[:left])
        left -= len(kept[-1])
        if left <= 0:
            break
    return kept


def start_link(username: str, press: Press | None = None, payload: str = "start") -> str:
    """Return the address that opens the private chat with a Start button that carries the press."""
    return f"https://t.me/{username}?start={deep_link(press) if press is not None else payload}"


def _can_be_pressed(button: Button) -> bool:
    return not button.off and bool(button.url or button.press is not None)


def _narrow(row: list[Key]) -> Iterator[list[Key]]:
    for first in range(0, len(row), limits.BUTTONS_A_ROW):
        yield row[first : first + limits.BUTTONS_A_ROW]


def _button(button: Button, room: bool, username: str) -> Key:
    key = {"text": shortened(button.label, limits.LABEL)}
    if button.url:
        key["url"] = button.url
    elif button.press is None:
        raise ValueError("a button with neither press nor url")
    elif room and button.private:
        key["url"] = start_link(username, button.press)
    else:
        key["callback_data"] = button.press.data()
    if (style := _STYLES.get(button.style)) is not None:
        key["style"] = style
    return key
