"""What may be asked and confirmed. Pure."""

from datetime import datetime, timedelta

from bot.core.meetings import Occurrence, State
from bot.core.richtext import one_line
from handlers.receipts.records import ASKED_WITHIN, KEPT_DAYS, MOST_TRIES, Ask, Attended, Present, Stand, Visit

LONGEST_SHOWN, LONGEST_NAME = 40, 80
ANSWER_WITHIN = timedelta(hours=23)  # after the close; then an ask that nobody answered is closed


def is_good(attended: Attended | None, now: datetime) -> bool:
    return attended is not None and now < good_until(attended)


def good_until(attended: Attended) -> datetime:
    return attended.at + timedelta(days=KEPT_DAYS)


# Asking -----------------------------------------------------------------------------------------------------------------


def shown_name(typed: str) -> str:
    """Return a name as it is shown to a facilitator, in one line; "" for none."""
    return one_line(typed, LONGEST_SHOWN)


def is_over(occurrence: Occurrence) -> bool:
    return occurrence.state in (State.CLOSED, State.DEBRIEFED)


def was_held(occurrence: Occurrence) -> bool:
    return occurrence.segment >= 0


def ended_at(occurrence: Occurrence) -> datetime:
    """Return when the evening ended: when it was closed, at the latest at its planned end. A receipt never says more."""
    return min(occurrence.since or occurrence.ends_at, occurrence.ends_at)


def may_ask(visit: Visit, now: datetime) -> bool:
    """Whether the person may ask for a receipt of the evening: held, and while it is known who was there."""
    occurrence = visit.occurrence
    if occurrence.is_live:
        return was_held(occurrence)
    closed = occurrence.since or occurrence.ends_at
    return is_over(occurrence) and was_held(occurrence) and now < closed + ASKED_WITHIN and present(visit) is not None


def may_ask_again(ask: Ask | None) -> bool:
    return ask is None or (ask.stand not in (Stand.WAITING, Stand.CONFIRMED) and ask.tries < MOST_TRIES)


def present(visit: Visit) -> Present | None:
    """Return from when until when the person was present; None when that is not a minute."""
    began, ended = max(visit.came_at, visit.occurrence.starts_at), ended_at(visit.occurrence)
    found = Present(began.replace(second=0, microsecond=0), ended.replace(second=0, microsecond=0), visit.zone)
    return found if found.minutes > 0 else None


def asked_at(occurrence: Occurrence, now: datetime) -> datetime:
    """Return when a facilitator is asked: once the evening is over, who leads it is free to look."""
    return now if is_over(occurrence) else max(now, occurrence.ends_at)
