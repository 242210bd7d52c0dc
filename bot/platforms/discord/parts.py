"""One reply as the messages that Discord is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.core.replies import Reply, Row
from bot.platforms.discord import controls, encode, limits

_DESCRIPTION = 1024
_NO_PREVIEWS, _EPHEMERAL, _SILENT = 1 << 2, 1 << 6, 1 << 12
_PING_LENGTH = 32  # of a mention of a role, and a new line

Payload = dict[str, Any]  # JSON


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    description: str = ""  # read aloud in place of a picture


@dataclass(frozen=True, slots=True)
class Part:
    """One message. Nobody is mentioned by it but, where `ping` is set, that role."""

    text: str
    rows: tuple[Row, ...] = ()
    opens: tuple[str, str] | None = None
    attachments: tuple[Attachment, ...] = ()
    quiet: bool = False
    ping: str = ""

    def new(self, *, only_you: bool = False) -> Payload:
        """Return it as a new message: no link previews, ever."""
        made: Payload = {
            "content": self.text,
            "flags": _NO_PREVIEWS | (_EPHEMERAL if only_you else 0) | (_SILENT if self.quiet else 0),
            "allowed_mentions": self._mentions(),
        }
        if rows := controls.rows_of(self.rows, self.opens):
            made["components"] = rows
        if self.attachments:
            made["attachments"] = self._attached()
        return made

    def edited(self) -> Payload:
        """Return it as what an earlier message becomes: what that had besides goes."""
        return {
            "content": self.text,
            "allowed_mentions": self._mentions(),
            "components": controls.rows_of(self.rows, self.opens),
            "attachments": self._attached(),
        }

    def _mentions(self) -> Payload:
        return {"parse": [], "roles": [self.ping]} if self.ping else {"parse": []}

    def _attached(self) -> list[Payload]:
        return [
            {"id": number, "filename": one.name} | ({"description": one.description[:_DESCRIPTION]} if one.description else {})
            for number, one in enumerate(self.attachments)
        ]


def form_of(payload: Payload, attachments: Sequence[Attachment]) -> list[dict[str, Any]]:
    """Return a message with files as the fields of a multipart form, as discord.py and aiohttp take them."""
    return [
        {"name": "payload_json", "value": msgspec.json.encode(payload).decode()},
        *(
            {"name": f"files[{number}]", "value": one.content, "filename": one.name, "content_type": "application/octet-stream"}
            for number, one in enumerate(attachments)
        ),
    ]


def parts_of(reply: Reply, picture: bytes | None = None, opens: tuple[str, str] | None = None, ping: str = "") -> tuple[Part, ...]:
    """Return at least one message; buttons and files are on the last. `opens`: a button for the reply's form. `ping`: the id of a
    role that the first one mentions."""
    attachments: list[Attachment] = []
    if reply.picture and picture:
        attachments.append(Attachment("picture.png", picture, reply.picture.title))
    if reply.file:
        attachments.append(Attachment(reply.file.name, reply.file.content))
    texts = encode.messages(reply, limits.MESSAGE - _PING_LENGTH if ping else limits.MESSAGE)
    first, *others = texts or ("" if attachments else encode.NOTHING_SEEN,)
    *before, last = (f"<@&{ping}>\n{first}" if ping else first, *others)
    lead = ping if not before else ""
    return (
        *(Part(text, quiet=reply.quiet, ping="" if number else ping) for number, text in enumerate(before)),
        Part(last, reply.buttons, opens, tuple(attachments), reply.quiet, lead),
    )
