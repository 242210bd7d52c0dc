"""Questions in somebody's own words, as a flow's fact has them: each line is one, with how it is asked below it."""

import enum
from collections.abc import Sequence

import msgspec

LOWEST, HIGHEST = 0, 10
LONGEST_ANSWER = 300  # characters of an answer in words


class HowAsked(enum.StrEnum):
    SCALE = "scale"  # a number from 0 to 10
    CHOICE = "choice"  # one of the question's answers
    WORDS = "words"


class Question(msgspec.Struct, frozen=True):
    """`words` and `answers` are single lines. `answers`: of a choice only."""

    words: str
    how: HowAsked = HowAsked.WORDS
    answers: tuple[str, ...] = ()


def as_line(question: Question) -> str:
    return "\n".join((question.words, question.how.value, *question.answers))


def from_line(line: str) -> Question:
    """Return the question of a line; a line that does not say how it is asked is asked in words."""
    words, *more = line.split("\n")
    how = next((one for one in HowAsked if more and one.value == more[0]), HowAsked.WORDS)
    answers = tuple(more[1:]) if how is HowAsked.CHOICE else ()
    return Question(words, how if answers or how is not HowAsked.CHOICE else HowAsked.WORDS, answers)


def as_lines(questions: Sequence[Question]) -> tuple[str, ...]:
    return tuple(as_line(question) for question in questions)
