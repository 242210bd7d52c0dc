"""What stands in a button's value: a page, or a wish with the page it was made on. Anything else is the first page, and no wish."""

from bot.core.calls import Call
from bot.core.screens import number_in
from handlers.exercises import views


def page_of(call: Call) -> int:
    return number_in(call.press.value)


def wish_of(call: Call) -> tuple[bool | None, int]:
    """Return whether something is wanted on or off, and the page; None for neither."""
    wish, _, page = call.press.value.partition("_")
    return {"on": True, "off": False}.get(wish), number_in(page)


def marked_of(call: Call) -> tuple[str, int]:
    """Return the beginning of an id, and the page; "" for what cannot be one."""
    mark, _, page = call.press.value.partition("_")
    return mark if len(mark) == views.MARK else "", number_in(page)
