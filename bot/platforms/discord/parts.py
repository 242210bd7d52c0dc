"""One reply as the messages that Discord is sent."""

import io
from dataclasses import dataclass

import discord

from bot.core.replies import Reply, Row
from bot.platforms.discord import controls, encode

_DESCRIPTION = 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    description: str = ""  # read aloud in place of a picture

    def opened(self) -> discord.File:
        return discord.File(io.BytesIO(self.content), self.name, description=self.description[:_DESCRIPTION] or None)


@dataclass(frozen=True, slots=True)
class Part:
    """One message. Its view and files are made anew for each try: discord.py uses them up."""

    text: str
    rows: tuple[Row, ...] = ()
    opens: tuple[str, str] | None = None
    attachments: tuple[Attachment, ...] = ()
    quiet: bool = False

    def view(self) -> discord.ui.View | None:
        return controls.view(self.rows, self.opens)

    def files(self) -> list[discord.File]:
        return [attachment.opened() for attachment in self.attachments]


def parts_of(reply: Reply, picture: bytes | None = None, opens: tuple[str, str] | None = None) -> tuple[Part, ...]:
    """Return at least one message; buttons and files are on the last. `opens`: a button for the reply's form."""
    attachments: list[Attachment] = []
    if reply.picture and picture:
        attachments.append(Attachment("picture.png", picture, reply.picture.title))
    if reply.file:
        attachments.append(Attachment(reply.file.name, reply.file.content))
    *before, last = encode.messages(reply) or ("" if attachments else encode.NOTHING_SEEN,)
    return (
        *(Part(text, quiet=reply.quiet) for text in before),
        Part(last, reply.buttons, opens, tuple(attachments), reply.quiet),
    )
