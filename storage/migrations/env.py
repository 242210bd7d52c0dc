"""Alembic's entry: runs revisions on the connection that `storage.migrate` opened."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateTableOp, DropTableOp, MigrationScript
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from storage.tables import metadata
from storage.tables.base import UtcMoment


def render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # Any: as Alembic hands it over
    """A revision names no type of ours, so that it stays true when the code changes."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcMoment) else False


def leave_out_info(_context: MigrationContext, _revision: object, scripts: list[MigrationScript]) -> None:
    """What a table declares for privacy is the code's, and no literal."""
    for script in scripts:
        for made in script.upgrade_ops.ops if script.upgrade_ops else ():
            if isinstance(made, CreateTableOp):
                made.info = {}
        for dropped in script.downgrade_ops.ops if script.downgrade_ops else ():
            if isinstance(dropped, DropTableOp):
                dropped.table_kw.pop("info", None)
                dropped.info = None


connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('openchair migrations'))"))
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=render,
    process_revision_directives=leave_out_info,
    render_as_batch=True,  # SQLite alters a table by making it anew
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
