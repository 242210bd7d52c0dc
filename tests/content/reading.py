"""How easy a text is to read: Flesch's index in the form that was fitted to each language; syllables by Pyphen's dictionaries.

100 is very easy, 0 very hard. About 70 is read with ease at twelve or thirteen years in each of these scales.
Sources: Flesch 1948 (English); Amstad 1978 (German); Fernández Huerta 1959 (Spanish); Kandel and Moles 1958 (French);
Martins and others 1996, ICMC-USP (Portuguese).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import pyphen

_SENTENCE = re.compile(r"[.?:;]+(?=\s|$)|\n{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
Formula = Callable[[float, float], float]
"""(words a sentence, syllables a word) -> the index."""

FORMULAS: Mapping[str, Formula] = {
    "en": lambda words, syllables: 206.835 - 1.015 * words - 84.6 * syllables,
    "de": lambda words, syllables: 180 - words - 58.5 * syllables,
    "es": lambda words, syllables: 206.84 - 1.02 * words - 60 * syllables,
    "fr": lambda words, syllables: 207 - 1.015 * words - 73.6 * syllables,
    "pt": lambda words, syllables: 248.835 - 1.015 * words - 84.6 * syllables,
}
_VOWELS = re.compile(r"[aeiouyäöüáàâãéèêëíìîïóòôõúùûœæ]+", re.IGNORECASE)


def ease(texts: Iterable[str], language: str) -> float:
    """Return the index of the texts together."""
    sentences = [found for text in texts for part in _SENTENCE.split(text) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 100.0
    return FORMULAS[language](len(words) / len(sentences), sum(syllables(word, language) for word in words) / len(words))


@lru_cache(maxsize=50_000)
def syllables(word: str, language: str) -> int:
    """Return about how many syllables a word has: where it may be parted, or its groups of vowels, whichever are more."""
    return max(1, len(_dictionary(language).positions(word)) + 1, len(_VOWELS.findall(word)) - _silent(word, language))


def _silent(word: str, language: str) -> int:
    """An e that is written and not said, at the end of English and French words."""
    ends = ("e", "es", "ed") if language == "en" else ("e", "es", "ent") if language == "fr" else ()
    return 1 if word.casefold().endswith(ends) and len(word) > 3 else 0


@lru_cache(maxsize=8)
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang={"en": "en_US", "de": "de_DE", "es": "es", "fr": "fr", "pt": "pt_BR"}[language], left=1, right=1)
