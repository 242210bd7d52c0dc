"""Who hears of a report, and what may be done with it. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.core.ids import PersonId
from bot.core.reporting import WHAT
from bot.core.staff import Colleague
from handlers.reports.records import A_DAY, MOST_ANSWERS, Kind, Report, State

READY = ("look", "did", "talk", "cannot")  # answers to tap
COMMUNITY = "c"  # the letter of a report that is about no one thing
LETTERS = frozenset({*WHAT.values(), COMMUNITY})


def readers(roster: Sequence[Colleague], kind: Kind, reporter: PersonId, about: Collection[PersonId]) -> list[PersonId]:
    """Return who hears of it: all facilitators of the roster, of what one of them did the owners; never who may be reported, and
    not who reports."""
    may = [one for one in roster if one.person != reporter and one.person not in about]
    if kind is Kind.LEADING:
        may = [one for one in may if one.owner]
    return [one.person for one in may]


def reminded(roster: Sequence[Colleague], holders: Sequence[PersonId]) -> list[PersonId]:
    """Return who is reminded of a report without an answer: of those who have it and still lead, the owners, else all."""
    still = [one for one in roster if one.person in holders]
    return [one.person for one in still if one.owner] or [one.person for one in still]


def same_again(earlier: Sequence[Report], thing: str, kind: Kind) -> Report | None:
    """Return the live report of the same thing and kind: a second tap is no second report."""
    return next((one for one in earlier if one.is_live and one.body.thing == thing and one.body.kind is kind), None)


def too_many(earlier: Sequence[Report], now: datetime) -> bool:
    return sum(one.at > now - timedelta(days=1) for one in earlier) >= A_DAY


def may_answer(report: Report) -> bool:
    return report.state is not State.BACK and len(report.body.answers) < MOST_ANSWERS


def kind_in(value: str) -> Kind | None:
    return next((kind for kind in Kind if kind.value == value), None)


def thing_in(subject: str) -> tuple[str, str] | None:
    """Return the letter and the id of what a button reports; None for anything else."""
    letter, id_ = subject[:1], subject[1:]
    is_id = len(id_) == 32 and all(one in "0123456789abcdef" for one in id_)
    return (letter, id_) if letter in LETTERS and is_id else None
