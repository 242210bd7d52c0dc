"""From a finished flow's answers to a check-in. Pure."""

from collections.abc import Mapping

from msgspec.structs import replace

from bot.core.agenda import TOPICS, AgendaItem
from bot.core.meetings import Occurrence, State
from bot.core.ports import Entry, FlowDone
from bot.core.richtext import clean
from handlers.checkin.records import CheckInBody

LOWEST, HIGHEST = 0, 10
REVIEW = "review"  # the step that runs the look back on a plan
LONGEST_WORDS, LONGEST_NAME = 500, 40
PAST = 4  # how many earlier ratings a person sees


def body_of(answers: Mapping[str, Entry]) -> CheckInBody:
    return CheckInBody(rating_of(answers.get("rating")), _words(answers, "success"), _words(answers, "challenge"))


def rating_of(answer: Entry | None) -> int | None:
    """Return a whole number from 0 to 10; None for anything else, as when the step was skipped."""
    return answer if isinstance(answer, int) and LOWEST <= answer <= HIGHEST else None


def agenda_of(answers: Mapping[str, Entry]) -> AgendaItem:
    """Return the topic asked for. A name is shown only with a topic, and only when the person said so."""
    topic = answers.get("topic")
    if topic not in TOPICS:
        return AgendaItem()
    name = " ".join(_words(answers, "name").split())[:LONGEST_NAME] if answers.get("named") == "with" else ""
    return AgendaItem(str(topic), name)


def review_in(done: FlowDone) -> FlowDone:
    """Return what was said of the last plan meanwhile, as if its own flow had ended."""
    before = f"{REVIEW}."
    said = {name.removeprefix(before): answer for name, answer in done.answers.items() if name.startswith(before)}
    return replace(done, flow="planreview", answers=said)


def is_open(occurrence: Occurrence) -> bool:
    """Check-ins are taken from the facilitator's start until the room closes."""
    return occurrence.checkin and occurrence.state in (State.OPEN, State.CLOSING)


def _words(answers: Mapping[str, Entry], name: str) -> str:
    answer = answers.get(name)
    return clean(answer).strip()[:LONGEST_WORDS] if isinstance(answer, str) else ""
