"""What a branch can ask of an answer: pure tests by name, the same in every language."""

import re
from collections.abc import Callable

from bot.core.flow_lines import lines_in
from bot.core.ports import Entry

_LIMIT = re.compile(r"(below|above)_([0-9]{1,3})")


def rule_named(name: str) -> Callable[[Entry | None], bool] | None:
    """Return the test of a name (`answered`, `has_number`, `below_7`, `above_2`), or None when there is none."""
    if name == "answered":
        return lambda answer: bool(lines_in(answer))
    if name == "has_number":
        return lambda answer: any(char.isdecimal() for line in lines_in(answer) for char in line)
    found = _LIMIT.fullmatch(name)
    if found is None:
        return None
    side, limit = found.group(1), int(found.group(2))
    return lambda answer: answer is not None and (amount(answer) < limit if side == "below" else amount(answer) > limit)


def amount(answer: Entry) -> int:
    """Return a number as it is, or how many lines there are."""
    return answer if isinstance(answer, int) else len(lines_in(answer))
