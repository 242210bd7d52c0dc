"""Words as a drawing program without a shaping engine has to be given them: Arabic letters joined, and in the order of the page."""

import unicodedata
from collections.abc import Container, Mapping
from functools import lru_cache

FORMS = ("<isolated>", "<final>", "<initial>", "<medial>")
ISOLATED, FINAL, INITIAL, MEDIAL = range(4)
LAM = "\u0644"


@lru_cache(maxsize=1)
def _shapes() -> Mapping[str, Mapping[int, str]]:
    """Return the presentation forms of Arabic letters (and of lam with alef), as Unicode itself decomposes them."""
    shapes: dict[str, dict[int, str]] = {}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEFD)):
        kind, *parts = unicodedata.decomposition(chr(code)).split() or [""]
        if (
            kind in FORMS
            and (letters := "".join(chr(int(part, 16)) for part in parts))
            and (len(letters) == 1 or letters[0] == LAM)
        ):
            shapes.setdefault(letters, {})[FORMS.index(kind)] = chr(code)
    return shapes


def joined(words: str) -> str:
    """Return words with each Arabic letter in the form that its neighbours give it. Marks on letters do not come between them."""
    shapes, out, letters = _shapes(), list[str](), _with_ligatures(words)
    for n, letter in enumerate(letters):
        mine = shapes.get(letter)
        if mine is None:
            out.append(letter)
            continue
        before = _goes_on(_neighbour(letters, n, -1)) and FINAL in mine
        after = INITIAL in mine and FINAL in shapes.get(_neighbour(letters, n, 1), {})
        form = (MEDIAL if after else FINAL) if before else (INITIAL if after else ISOLATED)
        out.append(mine.get(form) or mine.get(ISOLATED) or letter)
    return "".join(out)


def _with_ligatures(words: str) -> list[str]:
    letters, shapes = list[str](), _shapes()
    for char in words:
        if letters and letters[-1] == LAM and LAM + char in shapes:
            letters[-1] = LAM + char
        else:
            letters.append(char)
    return letters


def _neighbour(letters: list[str], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(letters):
        if unicodedata.category(letters[at][0]) != "Mn":
            return letters[at]
        at += step
    return ""


def _goes_on(letter: str) -> bool:
    """Whether a letter joins to the one after it."""
    return INITIAL in _shapes().get(letter, {})


def drawable(words: str, signs: Container[int]) -> str:
    """Return words as they are to be drawn with a font that has these signs; "" when one is lacking, or the script cannot be drawn
    right without a shaping engine."""
    shaped = joined(words)
    if not all(_is_simple(char) and ord(char) in signs for char in shaped):
        return ""
    return shaped


def _is_simple(char: str) -> bool:
    """Marks of other scripts than Latin, Greek, Cyrillic, Hebrew and Arabic need an engine; so do joiners."""
    code = ord(char)
    return char == " " or (char.isprintable() and unicodedata.category(char) != "Cf" and not 0x0700 <= code <= 0x109F)
