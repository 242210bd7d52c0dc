"""What a process held that is gone. Who opens an SQLite file is the only one, so leases that are left in it end at once."""

from sqlalchemy import update

from storage.tables.due import due
from storage.tables.outbox import outbox
from storage.transaction import Transaction


async def end_leases(transaction: Transaction) -> None:
    """Free every claimed row. A message stays marked as claimed, so that its next claim knows that it may have been sent."""
    now = transaction.house.clock.now()
    held = (outbox.c.state == "waiting") & (outbox.c.claimed_until > now)
    await transaction.run(update(outbox).where(held).values(claimed_until=now))
    await transaction.run(update(due).where(due.c.claimed_until.is_not(None)).values(claimed_by=None, claimed_until=None))
