"""Our way of writing a Fluent pattern in YAML, made into Fluent's own: branches may stand on one line, and a line may begin with
any character (`{ $n -> [one] a day *[other] { $n } days }`)."""

import re

_BRANCH = re.compile(r"\*?\[\s*[A-Za-z0-9][\w.-]*\s*\]")
_INDENT = "\n    "


class BadPattern(ValueError):
    """A text is no Fluent pattern, or was said without one of its values."""


def fluent_source(name: str, pattern: str) -> str:
    """Return the pattern as a Fluent message of this name. Raises BadPattern when its braces do not match."""
    made: list[str] = []
    frames: list[str] = []  # what is open: "code" (after a brace), "branches" (after its arrow)
    rest = pattern.strip()
    at, line_begins = 0, False
    while at < len(rest):
        char, inside = rest[at], frames[-1] if frames else "text"
        branch = _BRANCH.match(rest, at) if inside == "branches" else None
        if branch:
            made.append(_INDENT + branch.group())
            at, line_begins = branch.end(), False
            continue
        if char == "\n":
            made.append("\n" if rest[at + 1 : at + 2] == "\n" else _INDENT)
            at, line_begins = at + 1, True
            continue
        if line_begins and char == " ":
            at += 1
            continue
        if line_begins and inside != "code" and char in "[*.":
            made.append('{ "" }')
        line_begins = False
        if inside == "code" and char == '"':
            end = rest.find('"', at + 1) + 1
            if not end:
                raise BadPattern("a quotation mark is not closed")
            made.append(rest[at:end])
            at = end
            continue
        if char == "{":
            frames.append("code")
        elif char == "}":
            if not frames:
                raise BadPattern("a brace closes what was not opened")
            made.append("\n    " if frames.pop() == "branches" else "")
        elif inside == "code" and rest.startswith("->", at):
            frames[-1] = "branches"
            made.append("->")
            at += 2
            continue
        made.append(char)
        at += 1
    if frames:
        raise BadPattern("a brace is not closed")
    return f"{name} = {''.join(made)}\n"
