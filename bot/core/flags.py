"""Gentle flags: what a sentence holds, or lacks, by tables of phrases. Nothing is corrected; the person decides what to do."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.core.richtext import clean

FLAGS: Mapping[str, tuple[str, ...]] = {
    "pius": ("you_statement", "always_never", "long", "no_i", "no_feeling"),
    "demands": ("demand", "cant_stand", "all_or_nothing", "awful"),
}
"""The flags of each table, in the order in which they are said."""

Finds = Callable[[str, str, str], tuple[str, ...]]
"""(table, language, words) -> the flags found; a language without a table has none."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Of one table in one language. `found`: a flag when one of its phrases is there; `wanted`: when none is; `longest`: when there
    are more words."""

    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)


def find_flags(table: str, rules: Rules, words: str) -> tuple[str, ...]:
    """Return the flags of a sentence, in their order. An empty sentence has none."""
    text = " ".join(clean(words).replace("’", "'").casefold().split())
    if not text:
        return ()
    said = {flag for flag, phrases in rules.found.items() if _any(phrases, text)}
    said |= {flag for flag, phrases in rules.wanted.items() if not _any(phrases, text)}
    said |= {flag for flag, most in rules.longest.items() if len(text.split()) > most}
    return tuple(flag for flag in FLAGS.get(table, ()) if flag in said)


def _any(phrases: tuple[str, ...], text: str) -> bool:
    return any(_pattern(phrase).search(text) for phrase in phrases)


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Return a pattern for whole words; `enjoy*` is a beginning of one."""
    words = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in phrase.casefold().split()]
    return re.compile(r"(?<!\w)" + r"\s".join(words) + r"(?!\w)")
