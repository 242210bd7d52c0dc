"""What a community's own questions may be. Pure. Each thing that is wrong is one kind sentence that says what to do."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.errors import BadInput
from bot.core.flow import line_mark
from bot.core.flow_own import HowAsked, Question
from bot.core.richtext import clean, is_seen, one_line
from handlers.ownquestions.records import MOST_QUESTIONS, MOST_SETS, QuestionSet, SetBody

LONGEST_TITLE, LONGEST_WORDS, LONGEST_ANSWER = 60, 200, 40
FEWEST_ANSWERS, MOST_ANSWERS = 2, 6


class NoWords(BadInput):
    text_key = "ownquestions.bad_words"


class TooManySets(BadInput):
    text_key = "ownquestions.bad_sets"


class TooManyQuestions(BadInput):
    text_key = "ownquestions.bad_many"


class AskedAlready(BadInput):
    """Answers are kept by the question's words: the same ones twice would be one."""

    text_key = "ownquestions.bad_twice"


class BadAnswers(BadInput):
    text_key = "ownquestions.bad_answers"


def title_of(typed: str) -> str:
    return _line(typed, LONGEST_TITLE)


def question_of(how: HowAsked, words: str, answers: str) -> Question:
    """Return the question of a form's answers. Raises NoWords or BadAnswers."""
    if how is not HowAsked.CHOICE:
        return Question(_line(words, LONGEST_WORDS), how)
    lines = [one_line(line) for line in clean(answers).split("\n")]
    found = tuple(line for line in lines if line)
    apart = {line.casefold() for line in found}
    if not FEWEST_ANSWERS <= len(found) <= MOST_ANSWERS or len(apart) < len(found) or not all(_fits(line) for line in found):
        raise BadAnswers(least=FEWEST_ANSWERS, limit=MOST_ANSWERS, longest=LONGEST_ANSWER)
    return Question(_line(words, LONGEST_WORDS), how, found)


def _fits(answer: str) -> bool:
    return len(answer) <= LONGEST_ANSWER and is_seen(answer)


def _line(typed: str, longest: int) -> str:
    line = one_line(typed)
    if not is_seen(line) or len(line) > longest:
        raise NoWords(limit=longest)
    return line


def room_for_one(sets: Sequence[QuestionSet]) -> None:
    """Raises TooManySets when there is none."""
    if len(sets) >= MOST_SETS:
        raise TooManySets(limit=MOST_SETS)


def mark_of(question: Question) -> str:
    """Return what names a question in a button: another facilitator may have moved it meanwhile."""
    return line_mark(question.words)


def place_of(body: SetBody, mark: str) -> int | None:
    """Return where the question of a mark stands; None where it is not there any more."""
    return next((n for n, question in enumerate(body.questions) if mark_of(question) == mark), None)


def added(body: SetBody, question: Question) -> SetBody:
    """Raises TooManyQuestions or AskedAlready."""
    if len(body.questions) >= MOST_QUESTIONS:
        raise TooManyQuestions(limit=MOST_QUESTIONS)
    return _with(body, (*body.questions, question))


def changed(body: SetBody, place: int, question: Question) -> SetBody:
    """Raises AskedAlready."""
    return _with(body, (*body.questions[:place], question, *body.questions[place + 1 :]))


def moved_up(body: SetBody, place: int) -> SetBody:
    if place == 0:
        return body
    questions = list(body.questions)
    questions[place - 1 : place + 1] = questions[place], questions[place - 1]
    return _with(body, questions)


def without(body: SetBody, place: int) -> SetBody:
    return _with(body, (*body.questions[:place], *body.questions[place + 1 :]))


def renamed(body: SetBody, title: str) -> SetBody:
    return replace(body, title=title, version=body.version + 1)


def _with(body: SetBody, questions: Sequence[Question]) -> SetBody:
    if len({question.words.casefold() for question in questions}) < len(questions):
        raise AskedAlready()
    return replace(body, questions=tuple(questions), version=body.version + 1)
