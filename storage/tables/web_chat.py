"""The web page's own chat history."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, UniqueConstraint

from storage.tables.base import metadata, moment_column, person_column, sealed_column

web_chat = Table(
    "web_chat",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False),
    Column("chat", String(64), nullable=False, index=True),
    person_column(nullable=True),
    Column("owner", String(32), nullable=False),  # under whose key: the person's, or the community's
    sealed_column("body"),
    moment_column("at", index=True),
    UniqueConstraint("id"),
    info={"kind": "web_chat", "days": 30, "sealed": {"body": bytes}},
)
