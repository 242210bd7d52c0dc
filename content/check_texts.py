"""What can be wrong with a text: as a pattern, against English, in its wording, in its length."""

import re
from collections.abc import Iterator, Sequence

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from content.language import is_static, parse
from content.markup import marked
from content.pattern import BadPattern
from content.wording import Unwanted
from content.yaml_file import Read

LABELS = {  # by the end or the beginning of a key: the narrowest platform's length
    "command_": 100,
    "option_": 100,
}
Found = Iterator[tuple[str, str]]


class _Placeables(Visitor):
    """Collects the variables of a pattern, and anything that is not used here."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.foreign: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  # fluent's own naming
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.foreign.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        self.foreign.add(f"-{node.id.name}")


def variables_of(key: str, pattern: str) -> tuple[set[str], set[str]]:
    """Return a pattern's variables, and its references to other messages (not used here). Raises BadPattern."""
    if is_static(pattern):
        return set(), set()
    found = _Placeables()
    found.visit(parse(key, pattern))
    return found.variables, found.foreign


def pattern_problems(read: Read, language: str) -> Found:
    for key, text in read.values.items():
        if not isinstance(text, str) or not text.strip():
            yield key, f"{key}: a text is wanted (in quotes)"
            continue
        try:
            _, foreign = variables_of(f"{read.file.stem}.{key}", text)
        except BadPattern as error:
            yield key, f"{error} ({language})"
            continue
        if foreign:
            yield key, f"{key}: texts do not refer to other texts ({', '.join(sorted(foreign))})"
        for start, longest in LABELS.items():
            if key.startswith(start) and len(text) > longest:
                yield key, f"{key} is longer than {longest} characters"
        if "**" in marked(text):
            yield key, f"{key}: a ** is not closed"


def language_problems(english: Read, other: Read) -> Found:
    """What another language lacks of English, or has too much."""
    for key in english.values.keys() - other.values.keys():
        yield key, f"{key} is missing"
    for key in other.values.keys() - english.values.keys():
        yield key, f"{key} is not in English"
    for key, text in other.values.items():
        wanted = english.values.get(key)
        if not isinstance(text, str) or not isinstance(wanted, str):
            continue
        try:
            ours, theirs = (variables_of(key, each)[0] for each in (text, wanted))
        except BadPattern:
            continue  # said where the pattern stands
        if ours != theirs:
            yield key, f"{key}: values differ from English: {', '.join(sorted(ours ^ theirs))}"


def wording_problems(read: Read, unwanted: Sequence[Unwanted]) -> Found:
    for key, text in read.values.items():
        if not isinstance(text, str):
            continue
        plain = re.sub(r"\*\*|(?<!\w)_|_(?!\w)", "", text)
        for word in unwanted:
            if word.is_in(plain):
                yield key, f"{key}: not “{word.stem}”, but: {word.instead}"
        if "!" in plain or "¡" in plain:
            yield key, f"{key}: no exclamation marks"
