"""From a finished flow's answers to a check-in. Pure."""

from collections.abc import Mapping

from msgspec.structs import replace

from bot.core.agenda import TOPICS, AgendaItem
from bot.core.flow_lines import mapping_of, questions_in
from bot.core.flow_own import LONGEST_ANSWER
from bot.core.ids import OccurrenceId
from bot.core.meetings import Audience, Occurrence, Series, State
from bot.core.ports import Entry, FlowDone
from bot.core.prompting import asking_of
from bot.core.richtext import clean
from handlers.checkin.records import FAMILY, CheckInBody

STANDARD, QUICK, RELATIVES, OWN = "checkin", "quickcheckin", "familycheckin", "owncheckin"
FLOWS = (STANDARD, QUICK, RELATIVES, OWN)
ALONE = (STANDARD, QUICK, RELATIVES)  # those that need nobody's questions
LOWEST, HIGHEST = 0, 10
REVIEW = "review"  # the step that runs the look back on a plan
LONGEST_WORDS, LONGEST_NAME = 500, 40
TOOLS: Mapping[str, str] = {"urge": "urge", "motivation": "rulers", "thoughts": "abc", "balance": "wheel", "talk": "talk"}
"""By what would help most, the one tool that the short check-in names."""
FOR_ME = ("yes", "some", "none")


def body_of(flow: str, answers: Mapping[str, Entry]) -> CheckInBody:
    """Return what the flow's answers say; whatever is not as it asks counts as left out."""
    kind = "" if flow == STANDARD else flow
    if flow == OWN:
        return CheckInBody(kind=kind, own=own_of(answers))
    rating = rating_of(answers.get("rating"))
    if flow == QUICK:
        return CheckInBody(rating, kind=kind, need=_one_of(answers, "need", (*TOOLS, "nothing")))
    if flow == RELATIVES:
        for_me = _one_of(answers, "own", FOR_ME)
        return CheckInBody(rating, challenge=_words(answers, "hard"), kind=kind, voice=FAMILY, for_me=for_me)
    return CheckInBody(rating, _words(answers, "success"), _words(answers, "challenge"))


def rating_of(answer: Entry | None) -> int | None:
    """Return a whole number from 0 to 10; None for anything else, as when the step was skipped."""
    return answer if isinstance(answer, int) and LOWEST <= answer <= HIGHEST else None


def own_of(answers: Mapping[str, Entry]) -> tuple[tuple[str, str], ...]:
    """Return the community's own questions that were answered, in their order."""
    told = mapping_of(answers, "answers")
    asked = [question.words for question in questions_in(answers, "answers")]
    return tuple((words, clean(told[words]).strip()[:LONGEST_ANSWER]) for words in asked if words in told)


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


def occurrence_of(subject: str) -> OccurrenceId:
    """Return the meeting that a check-in is of; "" for one alone, or one that a prompt asked for."""
    return OccurrenceId("" if subject == FAMILY or asking_of(subject) else subject)


def flow_for(series: Series | None) -> str:
    """Return which check-in a meeting has."""
    return RELATIVES if series is not None and series.options.audience is Audience.FAMILY else STANDARD


def is_open(occurrence: Occurrence) -> bool:
    """Check-ins are taken from the facilitator's start until the room closes."""
    return occurrence.checkin and occurrence.state in (State.OPEN, State.CLOSING)


def _words(answers: Mapping[str, Entry], name: str) -> str:
    answer = answers.get(name)
    return clean(answer).strip()[:LONGEST_WORDS] if isinstance(answer, str) else ""


def _one_of(answers: Mapping[str, Entry], name: str, known: tuple[str, ...]) -> str:
    answer = answers.get(name)
    return answer if isinstance(answer, str) and answer in known else ""
