"""Every word and every flow, read once at the start: `load_texts` and `load_flows`."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.core.flow import Flow
from bot.core.richtext import Nodes
from bot.core.texts import Say, Value
from content.flow_reader import Reader
from content.language import Language
from content.yaml_file import BadContent, read_yaml

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
FLOWS = HERE / "flows"
FALLBACK = "en"
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class LoadedSay:
    """One language's texts, each missing one from the fallback."""

    def __init__(self, own: Language, fallback: Language) -> None:
        self._own, self._fallback = own, fallback

    @property
    def language(self) -> str:
        return self._own.tag

    def __call__(self, key: str, /, **values: Value) -> Nodes:
        return self._of(key).say(key, values)

    def label(self, key: str, /, **values: Value) -> str:
        return self._of(key).label(key, values)

    def has(self, key: str, /) -> bool:
        return key in self._own.patterns or key in self._fallback.patterns

    def _of(self, key: str) -> Language:
        return self._own if key in self._own.patterns else self._fallback


class LoadedTexts:
    """All languages shipped."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        fallback = languages[FALLBACK]
        self._says: dict[str, Say] = {tag: LoadedSay(language, fallback) for tag, language in languages.items()}
        self._asked: dict[str, Say] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._says)

    def of(self, language: str) -> Say:
        found = self._says.get(language) or self._asked.get(language)
        if found is None:
            found = self._nearest(language)
            if len(self._asked) < 1000:  # a person's locale is the platform's word; do not keep every made-up one
                self._asked[language] = found
        return found

    def _nearest(self, language: str) -> Say:
        wanted = language.replace("_", "-").lower()
        by_lower = {tag.lower(): say for tag, say in self._says.items()}
        while wanted:
            if wanted in by_lower:
                return by_lower[wanted]
            wanted = wanted.rpartition("-")[0]
        return self._says[FALLBACK]


@lru_cache(maxsize=8)
def load_texts(folder: Path = TEXTS, *, strict: bool = True) -> LoadedTexts:
    """Return the texts of every language folder. Raises BadContent.

    `strict`: a text said without one of its values raises BadPattern, as tests want it; otherwise it is logged and the gap
    shows (a person in need still gets the rest of the screen), as the running bot wants it.
    """
    tags = sorted(path.name for path in folder.iterdir() if path.is_dir() and _LANGUAGE.fullmatch(path.name))
    if FALLBACK not in tags:
        raise BadContent(folder, 1, f"has no folder {FALLBACK}")
    tags.remove(FALLBACK)
    return LoadedTexts({tag: Language(tag, read_patterns(folder / tag), strict=strict) for tag in (FALLBACK, *tags)})


def read_patterns(folder: Path) -> dict[str, str]:
    """Return one language's patterns by key; `checkin.yaml`'s `rating` is `checkin.rating`. Raises BadContent."""
    patterns: dict[str, str] = {}
    for file in sorted(folder.glob("*.yaml")):
        read = read_yaml(file)
        for key, value in read.values.items():
            if not _KEY.fullmatch(key):
                raise BadContent(file, read.line(key), f"key {key}: only a-z, 0-9 and _")
            if not isinstance(value, str):
                raise BadContent(file, read.line(key), f"{key} is not a text (quote it)")
            patterns[f"{file.stem}.{key}"] = value
    return patterns


@lru_cache(maxsize=8)
def load_flows(folder: Path = FLOWS) -> Mapping[str, Flow]:
    """Return every flow by its name. Raises BadContent."""
    reader = Reader(folder)
    return {file.stem: reader.read(file.stem) for file in sorted(folder.glob("*.yaml"))}
