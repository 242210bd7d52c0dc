"""A flow's own picture, from its answers: what `picture:` asks for (`bot/core/flow.py`), as the drawings want it.

Numbers are the person's own figures. Where nothing of the picture was answered there is none. A week is drawn by `handlers/plans`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from babel.dates import format_skeleton

from bot.core.flow import AnyStep, Each, Flow, prefix
from bot.core.flow_lines import lines_in, mapping_of
from bot.core.ports import Entry
from bot.core.replies import Picture
from bot.core.richtext import Block, Bullets, Words, plain
from bot.core.texts import Say, say_p
from handlers.flows.answers import label_key, named, said_of_each, shown_answer
from handlers.flows.lines import FAMILY, line_text
from handlers.flows.wave import History, wave

Answers = Mapping[str, Entry]
NONE = -1.0  # for a number that is missing
MOST_TIMES = 30  # in one trend


def picture_of(say: Say, flow: Flow, answers: Answers, history: History = (), voice: str = "") -> Picture | None:
    """Return the flow's picture, or None when it has none or too little was answered.

    `answers`, `history`: the flow's own names, without what stands before them when another runs it.
    """
    if flow.picture is None:
        return None
    if flow.picture.kind == "wave":
        return wave(say, flow, answers)
    make = _MADE.get(flow.picture.kind)
    steps = {prefix(place) + name: flow.places[place] for place, name in reversed([*named(flow, answers)])}
    return make(_Given(say, flow, answers, history, voice == FAMILY, steps)) if make is not None else None


class _Given(NamedTuple):
    """What a picture is made of. `steps`: the step that asked for an answer, by the answer's name."""

    say: Say
    flow: Flow
    answers: Answers
    history: History
    family: bool
    steps: Mapping[str, AnyStep]

    @property
    def title(self) -> str:
        return self.say.label(f"{self.flow.name}.picture_title")

    def names(self, part: str) -> tuple[str, ...]:
        return self.flow.picture.parts.get(part, ()) if self.flow.picture is not None else ()

    def name(self, part: str) -> str:
        return next(iter(self.names(part)), "")

    def mapping(self, name: str) -> dict[str, str]:
        return mapping_of(self.answers, name)

    def label(self, name: str) -> str:
        """Return what an answer is called, whether it is there or not."""
        step = self.steps.get(name) or _asks(self.flow, name)
        key = label_key(self.say, self.flow, step, name, family=self.family) if step is not None else ""
        return self.say.label(key) if key else ""

    def line(self, mapping: str, line: str) -> str:
        """Return how a line reads that a mapping is about."""
        step = self.steps.get(mapping)
        return line_text(self.say, self.flow, step, line, family=self.family) if step is not None else line

    def said(self, mapping: str, line: str) -> str:
        """Return what a mapping says of a line, or ""."""
        step, said = self.steps.get(mapping), self.mapping(mapping).get(line, "")
        if not said or not isinstance(step, Each):
            return said
        if step.ask == "scale":
            return f"{said}/{step.high}"
        return plain(said_of_each(self.say, self.flow, step, said, family=self.family))

    def options(self, mapping: str) -> tuple[str, ...]:
        step = self.steps.get(mapping)
        return step.options if isinstance(step, Each) and step.ask == "choice" else ()


def _asks(flow: Flow, name: str) -> AnyStep | None:
    return next((step for step in flow.steps.values() if step.save == name), None)


def _table(given: _Given) -> Picture | None:
    boxes = [lines_in(given.answers.get(name)) for name in given.names("boxes")]
    if not any(boxes):
        return None
    marks = [name for name in given.names("marks") if given.mapping(name)]
    points = tuple((float(box), float(n)) for box, lines in enumerate(boxes) for n in range(len(lines)))
    said = [tuple(words for name in marks if (words := given.said(name, line))) for lines in boxes for line in lines]
    counted = next((name for name in marks if len(given.options(name)) == 2), "")
    step = given.steps.get(counted)
    two: tuple[str, ...] = ()
    if isinstance(step, Each):
        two = tuple(plain(said_of_each(given.say, given.flow, step, one, family=given.family)) for one in step.options)
    labels = (*map(given.label, given.names("boxes")), *(line for lines in boxes for line in lines))
    return Picture("table", given.title, points, labels, rows=(two, *said) if marks else ())


def _radar(given: _Given) -> Picture | None:
    name = given.name("of")
    now = given.mapping(name)
    at, before = _last(given, name)
    labels = tuple(given.line(name, line) for line in now)
    points = tuple((_number(value), _number(before.get(line))) for line, value in now.items())
    day = short_day(at, given.say.language) if at is not None else ""
    both = any(last >= 0 for _, last in points)
    twin: tuple[Block, ...] = ()
    if both:
        known = ((label, last) for label, (_, last) in zip(labels, points, strict=True) if last >= 0)
        lines = tuple(given.say("pictures.last_point", name=Words(label), number=int(last)) for label, last in known)
        twin = (say_p(given.say, "pictures.last_twin", day=day), Bullets(lines))
    names = (given.say.label("pictures.now"), day if both else "")
    return Picture("radar", given.title, points, labels, twin, (names,)) if now else None


def _last(given: _Given, name: str) -> tuple[datetime | None, Mapping[str, str]]:
    """Return the last kept mapping of this name, and when it was kept."""
    found = [(at, mapping_of(answers, name)) for at, answers in given.history]
    return next(((at, mapping) for at, mapping in reversed(found) if mapping), (None, {}))


def _number(value: str | int | None) -> float:
    try:
        return NONE if value is None else float(int(value))
    except (ValueError, OverflowError):
        return NONE


def _trend(given: _Given) -> Picture | None:
    """Each of the numbers over all times, the present last; given once only, it is rulers, and the summary says as much.

    Where kept ones have titles, only those about the same stand in one line.
    """
    say, names, about = given.say, given.names("of"), given.flow.beside.title
    now = [_whole(given.answers.get(name)) for name in names]
    same = [(at, kept) for at, kept in given.history if not about or kept.get(about) == given.answers.get(about)]
    times = [(short_day(at, say.language), [_whole(kept.get(name)) for name in names]) for at, kept in same]
    before = [(day, values) for day, values in times if any(value is not None for value in values)]
    shown = [*before[1 - MOST_TIMES :], (say.label("pictures.now"), now)]
    if all(value is None for value in now):
        return None
    left = len(before) + 1 - len(shown)
    labels = [given.label(name) for name in names]
    points = tuple((float(time), _number(values[n])) for n in range(len(names)) for time, (_, values) in enumerate(shown))
    twin, note = list[Block](), tuple[tuple[str, ...], ...]()
    if len(shown) > 1:
        lines = tuple(say("pictures.trend_point", day=day, numbers=_numbers(say, labels, values)) for day, values in shown)
        twin += [say_p(say, "pictures.trend_twin"), Bullets(lines)]
    if left:
        twin.append(say_p(say, "pictures.earlier", count=left))
        note = ((say.label("pictures.earlier", count=left),),)
    return Picture("trend", given.title, points, tuple(day for day, _ in shown), tuple(twin), (tuple(labels), *note))


def _numbers(say: Say, names: Sequence[str], values: Sequence[int | None]) -> str:
    known = ((name, value) for name, value in zip(names, values, strict=True) if value is not None)
    return ", ".join(say.label("pictures.number", name=name, number=value) for name, value in known)


def short_day(at: datetime, language: str) -> str:
    """Return a day like "Nov 24"."""
    return str(format_skeleton("MMMd", at, locale=language.replace("-", "_")))


def _whole(answer: Entry | None) -> int | None:
    return answer if isinstance(answer, int) else None


def _rows(given: _Given) -> Picture | None:
    rows, ordered = list[tuple[str, ...]](), list[tuple[float, float]]()
    for name in given.names("of"):
        step, answer = given.steps.get(name), given.answers.get(name)
        if step is None or answer is None:
            continue
        shown = shown_answer(given.say, given.flow, step, name, answer, family=given.family)
        lines = [plain(shown.inline)] if shown.inline else [plain(line) for line in shown.lines]
        if lines:
            ordered += [(float(len(rows)), 0.0)] if shown.numbered else []
            rows.append((given.label(name), *lines))
    return Picture("rows", given.title, tuple(ordered), rows=tuple(rows)) if rows else None


def _pairs(given: _Given) -> Picture | None:
    left, right = given.name("left"), given.name("right")
    answer = given.answers.get(right)
    if isinstance(answer, dict):
        lines = dict.fromkeys((*lines_in(given.answers.get(left)), *answer))
        rows = tuple((given.line(right, line), given.said(right, line)) for line in lines)
    else:
        rows = (("\n".join(lines_in(given.answers.get(left))), "\n".join(lines_in(answer))),)
    labels = tuple(given.say.label(f"{given.flow.name}.picture_{side}") for side in ("left", "right"))
    return Picture("pairs", given.title, labels=labels, rows=rows) if any(any(row) for row in rows) else None


def _bars(given: _Given) -> Picture | None:
    before, after = given.name("before"), given.name("after")
    first, second = given.mapping(before), given.mapping(after)
    names = ((given.label(before), given.label(after)),)
    if not first and not second:
        point = (_number(_whole(given.answers.get(before))), _number(_whole(given.answers.get(after))))
        return Picture("compare", given.title, (point,), ("",), rows=names) if max(point) >= 0 else None
    lines = dict.fromkeys((*first, *second))
    labels = tuple(given.line(before if line in first else after, line) for line in lines)
    points = tuple((_number(first.get(line)), _number(second.get(line))) for line in lines)
    return Picture("compare", given.title, points, labels, _both(given.say, names[0], labels, first, second, lines), names)


def _both(
    say: Say,
    names: tuple[str, str],
    labels: Sequence[str],
    first: Mapping[str, str],
    second: Mapping[str, str],
    lines: Iterable[str],
) -> tuple[Block, ...]:
    """Return one table of both numbers, a line each."""
    said = tuple(
        say("pictures.bars_point", name=Words(label), before=first.get(line, "–"), after=second.get(line, "–"))
        for label, line in zip(labels, lines, strict=True)
    )
    return say_p(say, "pictures.bars_twin", before=names[0], after=names[1]), Bullets(said)


def _ladder(given: _Given) -> Picture | None:
    of, more = given.name("of"), given.name("more")
    rank, step = given.mapping(of), given.steps.get(of)
    if not rank or not isinstance(step, Each):
        return None
    steps = tuple(reversed(step.options))
    labels = tuple(plain(said_of_each(given.say, given.flow, step, one, family=given.family)) for one in steps)
    lines = [line for line, said in rank.items() if said in steps]
    points = tuple((float(steps.index(rank[line])), float(n)) for n, line in enumerate(lines))
    return Picture(
        "ladder", given.title, points, labels, rows=tuple((given.line(of, line), given.said(more, line)) for line in lines)
    )


def _grid(given: _Given) -> Picture | None:
    """The ways in the order of their last column, the most first, then of their first column, the least first."""
    ways, columns = lines_in(given.answers.get(given.name("of"))), given.names("columns")
    if not ways:
        return None
    dots = {(way, name): _dots(given, name, way) for way in ways for name in columns}
    ordered = sorted(ways, key=lambda way: (-dots[way, columns[-1]][0], dots[way, columns[0]][0]))
    chosen = lines_in(given.answers.get(given.name("chosen")))
    rows = tuple((way, *(given.said(name, way) for name in columns), "yes" if way in chosen else "") for way in ordered)
    labels = (*map(given.label, (given.name("of"), *columns)), given.label(given.name("chosen")))
    return Picture("grid", given.title, tuple(dots[way, name] for way in ordered for name in columns), labels, rows=rows)


def _dots(given: _Given, mapping: str, line: str) -> tuple[float, float]:
    options, said = given.options(mapping), given.mapping(mapping).get(line, "")
    return (options.index(said) + 1.0, float(len(options))) if said in options else (0.0, 0.0)


_MADE: Mapping[str, Callable[[_Given], Picture | None]] = {
    "table": _table,
    "radar": _radar,
    "trend": _trend,
    "rows": _rows,
    "pairs": _pairs,
    "bars": _bars,
    "ladder": _ladder,
    "grid": _grid,
}
