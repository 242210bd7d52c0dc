"""The way to help: one button, the same on every step, reminder and error."""

from bot.core.replies import Button, Press, Row, Style
from bot.core.texts import Say


def help_now(say: Say) -> Button:
    return Button(say.label("common.help_now"), Press("safety", "now"), Style.HELP)


def help_row(say: Say) -> Row:
    return (help_now(say),)
