"""The list of words that the bot does not say."""

import re
from dataclasses import dataclass
from pathlib import Path

from content.yaml_file import BadContent, read_yaml

FILE = Path(__file__).parent / "wording.yaml"


@dataclass(frozen=True, slots=True)
class Unwanted:
    """One word: how it is found, where it may stand all the same, and what to say instead."""

    stem: str
    found: re.Pattern[str]
    allowed: tuple[re.Pattern[str], ...]
    instead: str

    def is_in(self, text: str) -> bool:
        for pattern in self.allowed:
            text = pattern.sub(" ", text)
        return self.found.search(text) is not None


def load_wording(file: Path = FILE) -> dict[str, tuple[Unwanted, ...]]:
    """Return the unwanted words by language. Raises BadContent."""
    read = read_yaml(file)
    found: dict[str, tuple[Unwanted, ...]] = {}
    for language, rows in read.values.items():
        made: list[Unwanted] = []
        for row in rows if isinstance(rows, list) else []:
            match row:
                case {"stem": str(stem), "say": str(say), **more} if more.keys() <= {"whole", "except"}:
                    allowed = more.get("except", [])
                    exceptions = [_pattern(str(word), whole=True) for word in allowed] if isinstance(allowed, list) else []
                    made.append(Unwanted(stem, _pattern(stem, whole=more.get("whole") is True), tuple(exceptions), say))
                case _:
                    raise BadContent(file, read.line(language), f"{language}: each row has stem, say, and perhaps whole and except")
        found[language] = tuple(made)
    return found


def _pattern(words: str, *, whole: bool) -> re.Pattern[str]:
    return re.compile(r"\b" + r"\s+".join(re.escape(word) for word in words.split()) + (r"\b" if whole else ""), re.IGNORECASE)
