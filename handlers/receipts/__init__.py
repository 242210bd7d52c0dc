"""Receipts of presence: /receipt asks for one and a facilitator confirms it, /verify checks its code."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.core.features import Action, Command, Feature, Needs, Option, Where
from bot.core.ids import new_code
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.receipts.checking import PAGE, Checking
from handlers.receipts.commands import ASK, UNANSWERED, ReceiptCommands
from handlers.receipts.confirming import Confirming
from handlers.receipts.desk import Desk
from handlers.receipts.paper import Paper
from handlers.receipts.records import EveningBook, ReceiptBook


def feature(
    texts: Texts,
    meetings: Callable[[Unit], EveningBook],
    books: Callable[[Unit], ReceiptBook],
    base: Callable[[], str],
    now: Callable[[], datetime],
    font: Path,
) -> Feature:
    """`base`: the public address of the pages without a `/` at its end; "" when there are none. `font`: the paper's.

    Facilitators' presses are checked in the handlers, by the grant that their role left that evening.
    """
    desk = Desk(texts, meetings, books)
    own, confirming = ReceiptCommands(desk, base, Paper(font), new_code), Confirming(desk)
    checking = Checking(texts, books, now)
    return Feature(
        name="receipts",
        commands=(
            Command("receipt", own.list, where=Where.PRIVATE, aliases=("nachweis",)),
            Command("verify", checking.verify, Needs.NOBODY, Where.PRIVATE, options=(Option("code"),)),
        ),
        presses={
            "list": Action(own.again),
            "ask": Action(own.ask),
            "send": Action(own.send, Needs.CONSENT),
            "named": Action(own.send_named, Needs.CONSENT),
            "withdraw": Action(own.withdraw),
            "get": Action(own.get),
            "code": Action(own.code),
            "name": Action(own.name, Needs.CONSENT),
            "drop": Action(own.drop),
            "confirm": Action(confirming.confirm),
            "refuse": Action(confirming.refuse),
        },
        forms={"paper": Action(own.paper, Needs.CONSENT)},
        jobs={ASK: confirming.ask, UNANSWERED: confirming.unanswered},
        pages={PAGE: checking.page},
    )
