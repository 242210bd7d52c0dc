"""How a check-in knows what asked for it: the subject of its flow. A meeting's is the occurrence's id, one alone has none."""

_MARK = "p"


def prompted(asked: str, questions: str = "") -> str:
    """Return the subject of a check-in that a prompt asked for. `asked`: the id of that one asking; `questions`: of a community's
    own questions, where those are asked."""
    return "_".join(part for part in (_MARK, asked, questions) if part)


def asking_of(subject: str) -> str:
    """Return the id of the asking; "" for a subject that is none."""
    return _parts(subject)[0]


def questions_of(subject: str) -> str:
    """Return the id of the community's own questions; "" where others are asked."""
    return _parts(subject)[1]


def _parts(subject: str) -> tuple[str, str]:
    mark, _, rest = subject.partition("_")
    asked, _, questions = rest.partition("_")
    return (asked, questions) if mark == _MARK and asked else ("", "")
