"""What stands on a screen: a reply's words, and its buttons by their labels."""

from bot.core.replies import Button, Press, Reply
from bot.core.richtext import plain_block


def text_of(reply: Reply) -> str:
    """The words of a reply, with plain spaces."""
    return "\n".join(plain_block(block) for block in reply.blocks).replace("\u202f", " ").replace("\xa0", " ")


def buttons_of(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def labels_of(reply: Reply) -> list[str]:
    return [button.label for button in buttons_of(reply)]


def press_of(reply: Reply, label: str, *, last: bool = False) -> Press:
    """The meaning of the first button, or the last, whose label begins so, with or without the mark that it is chosen."""
    wanted = label.replace("\u202f", " ")
    found = [button.press for button in buttons_of(reply) if _plain(button.label).removeprefix("✓ ").startswith(wanted)]
    found = found or [button.press for button in buttons_of(reply) if _plain(button.label).startswith(wanted)]
    assert found, (label, labels_of(reply))
    press = found[-1 if last else 0]
    assert press is not None
    return press


def _plain(label: str) -> str:
    return label.replace("\u202f", " ")
