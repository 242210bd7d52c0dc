"""Video chats that are open in groups. No row says who is in one."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.base import metadata, moment_column

video_chats = Table(
    "video_chats",
    metadata,
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    moment_column("at"),  # when it began
    info={"days": 2},  # one whose end was never heard of
)
