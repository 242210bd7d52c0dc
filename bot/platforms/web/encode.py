"""A reply as a JSON tree. The page makes elements of it one by one; nothing here or there is ever parsed as HTML.

The picture and the file of a message that nothing keeps travel in its tree, since no address has them.

How a reply is degraded: not at all. A picture that could not be drawn is its words; a form that nobody asked for is left out.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.core.ids import MessageRef
from bot.core.replies import Button, Field, Form
from bot.core.richtext import (
    Block,
    Bullets,
    Emphasis,
    Heading,
    Link,
    Meter,
    Moment,
    Node,
    Nodes,
    Paragraph,
    Phone,
    Quote,
    Strong,
    Text,
    Words,
    bar,
    clean,
)
from bot.platforms.web.chats import is_unkept, make_ref
from bot.platforms.web.records import Kept, pane_of, reader_of

Tree = dict[str, object]
_DIALLED = re.compile(r"\+?[0-9]{2,15}")
_SPACING = re.compile(r"[\s().\-/]")


def encode_message(chat: str, kept: Kept) -> Tree:
    """Return a message as its readers get it. `only`: nobody else in the room sees it; `fleeting`: no history will have it."""
    reply = kept.reply
    ref = make_ref(chat, kept.id)
    tree: Tree = {
        "id": ref,
        "fleeting": is_unkept(ref),
        "pane": pane_of(chat),
        "order": kept.order,
        "edition": kept.edition,
        "at": kept.at.isoformat(),
        "by": kept.by,
        "only": reader_of(chat) is not None and pane_of(chat) == "room",
        "language": kept.language,
        "quiet": reply.quiet,
        "pin": reply.pin,
        "blocks": encode_blocks(reply.blocks),
        "buttons": [[encode_button(button) for button in row] for row in reply.buttons],
    }
    if reply.picture is not None:
        picture: Tree = {"title": reply.picture.title, "twin": encode_blocks(reply.picture.twin)}
        if kept.picture is not None:
            picture |= _body(ref, f"/picture/{kept.id}", kept.picture, "image/png")
        tree["picture"] = picture
    if reply.file is not None:
        file, content = reply.file, reply.file.content
        body = _body(ref, f"/file/{kept.id}", content, file.media_type)
        tree["file"] = {"name": clean(file.name), "bytes": len(content), **body}
    return tree


def _body(ref: MessageRef, url: str, content: bytes, media_type: str) -> Tree:
    """Return where the page finds the bytes of a message: at an address that reads the log, or here."""
    return {"data": b64encode(content).decode(), "type": media_type} if is_unkept(ref) else {"url": url}


def encode_blocks(blocks: Sequence[Block]) -> list[Tree]:
    return [_block(block) for block in blocks]


def encode_button(button: Button) -> Tree:
    tree: Tree = {"label": button.label, "style": button.style, "off": button.off}
    if button.url:
        tree["url"] = button.url if is_web_address(button.url) else ""
    elif button.press is not None:
        tree["data"] = button.press.data()
    return tree


def encode_form(form: Form) -> Tree:
    return {"data": form.press.data(), "title": form.title, "fields": [_field(field) for field in form.fields]}


def is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _field(field: Field) -> Tree:
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "hint": field.hint,
        "value": field.value,
        "required": field.required,
        "longest": field.limit,
        "choices": [{"value": choice.value, "label": choice.label} for choice in field.choices],
    }


def _block(block: Block) -> Tree:
    match block:
        case Paragraph(inner):
            return {"kind": "p", "inner": _nodes(inner)}
        case Heading(inner):
            return {"kind": "h", "inner": _nodes(inner)}
        case Quote(inner):
            return {"kind": "quote", "inner": _nodes(inner)}
        case Bullets(items):
            return {"kind": "ul", "items": [_nodes(item) for item in items]}
        case Meter(label, done, whole):
            held = min(max(done, 0), max(whole, 0))
            return {"kind": "meter", "inner": _nodes(label), "done": held, "whole": max(whole, 1), "bar": bar(done, whole)}


def _nodes(nodes: Nodes) -> list[Tree]:
    return [_node(node) for node in nodes]


def _node(node: Node) -> Tree:
    match node:
        case Text(text):
            return {"kind": "text", "text": text}
        case Strong(inner):
            return {"kind": "strong", "inner": _nodes(inner)}
        case Emphasis(inner):
            return {"kind": "em", "inner": _nodes(inner)}
        case Words(text):
            return {"kind": "words", "text": clean(text)}
        case Moment(at, text):
            return {"kind": "time", "at": at.isoformat(), "text": text}
        case Link(url, label):
            return {"kind": "link", "url": url, "text": label} if is_web_address(url) else {"kind": "text", "text": label}
        case Phone(number):
            dialled = _SPACING.sub("", number)
            url = f"tel:{dialled}" if _DIALLED.fullmatch(dialled) else ""
            return {"kind": "phone", "url": url, "text": number}
