"""What somebody typed behind /meetings, or chose from what was offered: which filter it means. Pure.

Words for filters are content (`directory.said_today: "today, tonight"`); what is left of the line is looked for in titles.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import msgspec
from babel import Locale

from bot.core.meetings import Audience, Series
from bot.core.texts import Say
from bot.core.zones import folded
from handlers.directory.marks import is_marked, series_mark, words_mark
from handlers.directory.records import TODAY, TOMORROW, Filter, Want

LONGEST = 80  # characters that are read of what was typed
_ID = re.compile(r"[0-9a-f]{32}")
_ALIKE = 0.7
_FAMILY = "family"
_SAID = {"today": TODAY, "tomorrow": TOMORROW}


class Asked(msgspec.Struct, frozen=True):
    """`words`: what is looked for in titles, folded."""

    wanted: Filter
    words: str = ""


def asked(typed: str, found: Sequence[Series], languages: Sequence[Say]) -> Filter:
    """Return the filter that the words mean. `found`: the community's series; `languages`: those whose words are understood."""
    if _ID.fullmatch(typed.strip()):
        series = next((series for series in found if series.id == typed.strip()), None)
        return Filter(mark=series_mark(typed.strip()), audience=series.options.audience if series else Audience.PARTICIPANTS)
    heard = heard_in(typed, found, languages)
    if not heard.words:
        return heard.wanted
    titles = [series.title for series in found if series.options.audience is heard.wanted.audience]
    return msgspec.structs.replace(heard.wanted, mark=words_mark(_nearest(heard.words, titles)))


def heard_in(typed: str, found: Sequence[Series], languages: Sequence[Say]) -> Asked:
    """Return the filters that are named in the words, and the words that are left.

    Words that begin a title are not taken apart: "Text and talk" is a meeting before it is a filter.
    """
    line = folded(typed[:LONGEST])
    shown = (series for series in found if series.options.audience is Audience.PARTICIPANTS)
    if " " in line and any(is_marked(series.title, series.id, words_mark(line)) for series in shown):
        return Asked(Filter(), line)
    audience, day, wants = Audience.PARTICIPANTS, "", set[Want]()
    for phrase, meaning in sorted(_vocabulary(languages), key=lambda pair: -len(pair[0])):
        left = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", line)
        if left == line:
            continue
        line = " ".join(left.split())
        if meaning == _FAMILY:
            audience = Audience.FAMILY
        elif isinstance(meaning, Want):
            wants.add(meaning)
        else:
            day = meaning
    return Asked(Filter(audience, frozenset(wants), day), line)


def _vocabulary(languages: Sequence[Say]) -> Iterator[tuple[str, str | Want]]:
    for say in languages:
        for name, day in _SAID.items():
            yield from ((phrase, day) for phrase in phrases(say, name))
        yield from ((phrase, _FAMILY) for phrase in phrases(say, _FAMILY))
        for want in Want:
            yield from ((phrase, want) for phrase in phrases(say, want.value))
        names = Locale.parse(say.language.replace("-", "_")).days["format"]
        for width in ("wide", "abbreviated"):
            for number, name in names[width].items():
                yield folded(name).rstrip("."), str(number)


def phrases(say: Say, name: str) -> Sequence[str]:
    return [folded(phrase) for phrase in say.label(f"directory.said_{name}").split(",") if folded(phrase)]


def _nearest(words: str, titles: Sequence[str]) -> str:
    """Return the words, or the title (or a word of one) that is most like them when no title has them."""
    if any(is_marked(title, "", words_mark(words)) for title in titles):
        return words
    names = {name for title in titles for name in (folded(title), *folded(title).split())}
    return next(iter(get_close_matches(words, sorted(names), n=1, cutoff=_ALIKE)), words)
