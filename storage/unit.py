"""One transaction with its repositories: what a handler is given."""

from functools import cached_property

from bot.core import ports
from storage.communities import Communities, Rooms
from storage.due import DueBook
from storage.outbox import Outbox
from storage.people import People
from storage.receipts import Forms, Receipts
from storage.transaction import Transaction


class Unit(Transaction):
    """A `bot.core.ports.Unit`."""

    @cached_property
    def due(self) -> DueBook:
        return DueBook(self)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self)

    @cached_property
    def people(self) -> People:
        return People(self)

    @cached_property
    def communities(self) -> Communities:
        return Communities(self)

    @cached_property
    def rooms(self) -> Rooms:
        return Rooms(self)

    @cached_property
    def forms(self) -> Forms:
        return Forms(self)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self)


def concrete(unit: ports.Unit) -> Unit:
    """Return the unit as storage made it, for a repository's queries."""
    if not isinstance(unit, Unit):
        raise TypeError("this unit was not made by storage")
    return unit
