"""Check-in prompts of communities, each time they came, and who wants to be asked in private.

What somebody asked for stands in their sealed body: nobody can read who is asked as a relative, or who does not answer.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from handlers.prompts.records import KEPT_DAYS, WishBody
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

prompts = Table(
    "prompts",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("questions", String(32), nullable=False),  # of the community's own; "" for none
    sealed_column("body"),  # under the community: a wish names its prompt, and would tell who is asked as a relative
    Column("zone", String(64), nullable=False),
    Column("first", String(10), nullable=False),
    Column("wall", String(5), nullable=False),
    Column("rule", String(200), nullable=False),
    Column("series", String(32), nullable=False, index=True),  # whose evenings it follows; "" for none
    Column("after", Integer, nullable=False),
    Column("held", String(200), nullable=False),  # days of evenings, "2026-12-01,2026-12-03"
    Column("state", String(8), nullable=False),
    moment_column("paused_until", nullable=True),
    moment_column("at"),
)

prompt_askings = Table(
    "prompt_askings",
    metadata,
    id_column(),
    Column("prompt", String(32), ForeignKey("prompts.id", ondelete="CASCADE"), nullable=False),
    moment_column("at", index=True),
    moment_column("until"),
    Column("standing", String(8), nullable=False),
    Index("ix_prompt_askings_newest", "prompt", "at"),
    info={"days": KEPT_DAYS},
)

prompt_wishes = Table(
    "prompt_wishes",
    metadata,
    id_column(),
    person_column(),
    Column("prompt", String(32), ForeignKey("prompts.id", ondelete="CASCADE"), nullable=True, index=True),
    moment_column("at"),
    sealed_column("body"),
    UniqueConstraint("prompt", "person"),
    info={"kind": "prompt_wishes", "sealed": {"body": WishBody}},
)

prompt_opens = Table(
    "prompt_opens",
    metadata,
    Column("id", String(32), nullable=False, unique=True),
    person_column(primary_key=True),
    Column("wish", String(32), nullable=False),
    Column("asking", String(32), nullable=False, index=True),
    Column("sent", Boolean, nullable=False),
    moment_column("at"),
    info={"kind": "prompt_opens", "days": KEPT_DAYS},
)
