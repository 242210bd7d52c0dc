"""Files of nothing but lines `key: "text"`, as most texts are: read by one pattern. A YAML reader took a third of a start."""

import re

_CHAR = r"\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"  # YAML's, without line breaks and marks
_PAIR = re.compile(rf'([a-z][a-z0-9_]*): "((?:(?!["\\])[{_CHAR}]|\\["\\n])*)" *')
_COMMENT = re.compile(rf" *(?:#[{_CHAR}]*)?")
_ESCAPE = re.compile(r"\\(.)")
_NO_TEXTS = frozenset({"true", "false"})  # as keys they are refused elsewhere

Flat = tuple[dict[str, str], dict[tuple[str, ...], int]]


def read_flat(text: str) -> Flat | None:
    """Return the texts and each key's line, or None where anything else stands: what that is, a YAML reader says better."""
    values: dict[str, str] = {}
    lines: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        pair = _PAIR.fullmatch(line)
        if pair is None:
            if _COMMENT.fullmatch(line):
                continue
            return None
        key, value = pair.groups()
        if key in values or key in _NO_TEXTS:
            return None
        values[key] = _ESCAPE.sub(_unescaped, value) if "\\" in value else value
        lines[(key,)] = number
    return values, lines


def _unescaped(escape: re.Match[str]) -> str:
    return "\n" if escape[1] == "n" else escape[1]
