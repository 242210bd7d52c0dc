"""A flow is proved whole: its ways, what its steps want, what stands beside them, and its texts."""

import pytest

from bot.core.flow import mark
from tests.content.conftest import flow

LIST = "one: {ask: words, lines: 5, next: two}"
RANKED = LIST + "\ntwo: {each: one, ask: choice, options: [low, high], next: three}\n"
DONE = "done: {show: text, end: true}"
OTHER = flow("x: {ask: words, end: true}\ny: {ask: scale, end: true}", name="b", start="x")


def test_a_whole_flow_with_every_kind_of_step_has_nothing_said_of_it(flow_said):
    steps = """
        one: {ask: words, lines: 5, chips: [family, work], offer: [b.x], next: term}
        term: {each: one, ask: choice, options: [short, long], echo: [one], next: weight}
        weight: {each: one, ask: scale, range: [1, 5], only: {term: long}, next: rank}
        rank: {order: one, next: best}
        best: {pick: rank, next: some}
        some: {pick: one, most: 3, least: 1, next: more}
        more: {branch: best, test: answered, options: {"yes": when}, else: done}
        when: {ask: date, next: hour}
        hour: {ask: time, next: who}
        who: {ask: fields, fields: {name: 40, how: 200}, flags: {pius: best}, next: areas}
        areas: {each: items, items: [health, work], ask: scale, next: note}
        note: {timer: 3, write: ideas, lines: 9, next: remind}
        remind: {ask: choice, options: ["yes", "no"], next: inner}
        inner: {run: c, give: {z: best}, take: {gone: w}, next: done}
        done: {show: text, echo: [gone, inner.w, how], end: true}
    """
    beside = (
        "commands: [act]\npoint: 1\nagain: add\ntitle: best\nfamily: true\n"
        "picture: {kind: radar, of: areas}\n"
        "then: {b: {x: best}}\n"
        'follow: {later: {if: {remind: "yes"}, on: when, at: hour, begin: b}}\n'
        'kit: {reasons: {of: some, if: {remind: "yes"}}}\n'
        "calendar: {of: best, day: when, time: hour}\n"
    )
    inner = flow("z: {ask: words, next: w}\nw: {ask: scale, end: true}", name="c", start="z")
    other = flow("x: {ask: words, end: true}", name="b", start="x")
    assert flow_said(flow(steps, beside), b=other, c=inner) == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (f"one: {{show: text, echo: [x], end: true}}\n{DONE}", "step one: nothing is saved as x"),
        ("one: {show: text, echo: [two], next: two}\ntwo: {ask: scale, end: true}", "two is asked only afterwards"),
        ("one: {show: text, flags: {pius: x}, end: true}", "nothing is saved as x"),
        ("one: {ask: words, next: two}\ntwo: {show: text, flags: {magic: one}, end: true}", "there is no table magic"),
        ("one: {ask: scale, next: two}\ntwo: {show: text, flags: {pius: one}, end: true}", "one is not in the person's own words"),
        ("one: {pick: x, end: true}", "nothing is saved as x"),
        ("one: {ask: words, next: two}\ntwo: {pick: one, end: true}", "one is one text, no list"),
        ("one: {ask: scale, next: two}\ntwo: {order: one, end: true}", "one is no list"),
        ("one: {ask: date, next: two}\ntwo: {each: one, ask: words, end: true}", "one is no list"),
        ("one: {ask: words, lines: 31, next: two}\ntwo: {pick: one, end: true}", "up to 31 lines in one; there is room for 30"),
        (
            "one: {ask: words, lines: 16, next: two}\ntwo: {ask: words, lines: 16, next: three}\n"
            "three: {order: [one, two], next: four}\nfour: {pick: three, end: true}",
            "step four: up to 32 lines in three",
        ),
        (
            "one: {ask: many, options: [a, b], next: two}\ntwo: {pick: one, next: three}\n"
            "three: {run: b, give: {x: two}, end: true}",
            "what is tapped here has no texts there",
        ),
        (LIST + "\ntwo: {pick: one, most: 0, end: true}", "most is 1 to 30"),
        (LIST + "\ntwo: {pick: one, most: 2, least: 3, end: true}", "not less than `least`"),
        (LIST + "\ntwo: {each: one, ask: choice, options: [twelve_chars], end: true}", "twelve_chars: at most 11 characters"),
        (LIST + "\ntwo: {each: one, ask: words, longest: 0, end: true}", "longest is 1 to"),
        (LIST + "\ntwo: {each: one, ask: words, only: {rank: high}, end: true}", "nothing is saved as rank"),
        (LIST + "\ntwo: {each: one, ask: words, only: {one: high}, end: true}", "one is not a mapping"),
        (RANKED + "three: {each: one, ask: words, only: {two: medium}, end: true}", "two is never medium"),
        ("one: {ask: words, chips: [a], end: true}", "chips are for lists"),
        (f"one: {{ask: words, lines: 3, chips: [{', '.join(f'c{n}' for n in range(31))}], end: true}}", "at most 30"),
        (f"one: {{ask: many, options: [{', '.join(f'c{n}' for n in range(16))}], end: true}}", "more than 15 options"),
        ("one: {ask: words, lines: 21, end: true}", "lines at most 20"),
        ("one: {ask: fields, fields: {a: 0}, end: true}", "a field's longest is 1 to"),
        ("one: {timer: 3, write: ideas, lines: 0, end: true}", "lines 1 to 20"),
        ("one: {timer: 200, end: true}", "a timer runs 1 to 120 minutes"),
        ('one: {branch: has_x, test: answered, options: {"yes": end}, else: two}\ntwo: {show: text, end: true}', "no test"),
        ('one: {ask: scale, next: two}\ntwo: {branch: one, test: odd, options: {"yes": end}, else: end}', "odd is no test"),
        ("one: {ask: scale, next: two}\ntwo: {branch: one, test: below_7, options: {a: end}, else: end}", "option a: yes or no"),
        ("one: {ask: choice, options: [a], next: two}\ntwo: {branch: one, options: {b: end}, else: end}", "one is never b"),
        ("one: {ask: words, next: two}\ntwo: {branch: one, options: {b: end}, else: end}", "no options to be compared with"),
        ("one: {run: b, give: {x: z}, end: true}", "nothing is saved as z"),
        ("one: {run: b, take: {z: z}, end: true}", "z is not asked by b"),
        ("one: {ask: scale, next: two}\ntwo: {run: b, give: {x: one}, end: true}", "one is not as x of b: a number and a text"),
        ("one: {ask: scale, range: [1, 15], next: two}\ntwo: {run: b, give: {y: one}, end: true}", "it has no 11, 12"),
        ("one: {ask: words, lines: 3, offer: [b.z], end: true}", "offer: no flow saves b.z"),
        ("one: {ask: words, lines: 3, offer: [z.x], end: true}", "offer: no flow saves z.x"),
        ("one: {ask: words, lines: 3, offer: [b.y], end: true}", "offer: b.y has no lines"),
        ("one: {ask: words, next: two}\ntwo: {ask: scale, save: one, end: true}", "one is saved as a text and as a number"),
        ("one: {ask: many, options: [label], end: true}", "one_label is a text of one already"),
        ("title: {ask: scale, end: true}", "title is a text of the flow already"),
    ],
)
def test_a_step_that_wants_what_is_not_there_is_named(flow_said, steps, said):
    other = flow("x: {ask: words, next: y}\ny: {ask: scale, end: true}", name="b", start="x")
    found = flow_said(flow(steps, start=steps.strip().partition(":")[0]), b=other)
    assert any(said in one for one in found), found
    assert all(one.startswith("a:") for one in found)


def test_an_answer_may_be_there_before_it_is_asked_where_it_is_handed_over_or_was_kept(flow_said):
    steps = 'one: {branch: two, test: answered, options: {"yes": end}, else: two}\ntwo: {ask: words, end: true}'
    (found,) = flow_said(flow(steps))
    assert "two is asked only afterwards, and no other flow hands it over" in found
    assert flow_said(flow(steps, "again: add\n")) == []
    assert flow_said(flow(steps), b=flow("x: {ask: words, end: true}", "then: {a: {two: x}}\n", "b", "x")) == []
    runs = flow("x: {ask: words, next: y}\ny: {run: a, give: {two: x}, end: true}", name="b", start="x")
    assert flow_said(flow(steps), b=runs) == []


EVERYTHING = """
    one: {ask: words, lines: 5, next: two}
    two: {each: one, ask: choice, options: [low, high], next: number}
    number: {ask: scale, next: word}
    word: {ask: words, next: pin}
    pin: {ask: choice, options: ["yes", "no"], next: each}
    each: {each: one, ask: scale, next: other}
    other: {each: [two], ask: words, next: day}
    day: {ask: date, next: hour}
    hour: {ask: time, next: lines}
    lines: {ask: words, lines: 3, next: ranks}
    ranks: {each: lines, ask: choice, options: [good, bad], end: true}
"""


@pytest.mark.parametrize(
    "beside",
    [
        "picture: {kind: trend, of: [number]}",
        "picture: {kind: rows, of: [one, two, word]}",
        "picture: {kind: pairs, left: one, right: two}",
        "picture: {kind: pairs, left: word, right: number}",
        "picture: {kind: bars, before: number, after: number}",
        "picture: {kind: bars, before: each, after: each}",
        "picture: {kind: ladder, of: two, more: other}",
        "picture: {kind: grid, of: one, columns: [two, each], chosen: word}",
        "picture: {kind: table, boxes: [one, lines, copy, more], marks: [two, ranks]}",
        "picture: {kind: week, of: [one, word]}",
        "then: {b: {x: word, y: number}}",
        "then: {b: {x: one}}",
        "then: {b: {x: pin}}",
        "follow: {x: {minutes: 25, begin: b}}",
        "kit: {people: {of: one}}",
        "calendar: {of: word, day: day}",
        "passing: true",
        "compare: true",
        "reviews: {of: b, whole: lines, done: one, far: number}",
    ],
)
def test_what_stands_beside_the_steps_may_be_this(flow_said, beside):
    steps = EVERYTHING.replace("[good, bad], end: true}", "[good, bad], next: copy}") + (
        "copy: {ask: words, lines: 3, next: more}\nmore: {ask: words, lines: 3, end: true}"
    )
    other = flow("x: {ask: words, next: y}\ny: {ask: scale, end: true}", name="b", start="x")
    assert flow_said(flow(steps, beside + "\n"), b=other) == []


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        ("picture: {kind: trend, of: [x]}", "picture: nothing is saved as x"),
        ("picture: {kind: trend, of: [word]}", "of: word is not a number"),
        ("picture: {kind: wave, before: number, ratings: one, after: number}", "ratings: one is not a timer's ratings"),
        ("picture: {kind: radar, of: word}", "of: word is not a mapping"),
        ("picture: {kind: radar, of: two}", "two is no mapping to numbers"),
        ("picture: {kind: ladder, of: ranks}", "ranks is no mapping to high, low, medium"),
        ("picture: {kind: ladder, of: two, more: each}", "each is no mapping to words"),
        ("picture: {kind: bars, before: number, after: each}", "before and after differ"),
        ("picture: {kind: pairs, left: lines, right: two}", "two is not about the lines of lines"),
        ("picture: {kind: table, boxes: [one, lines, word, number]}", "boxes: word is not a list"),
        ("picture: {kind: grid, of: one, columns: [word]}", "columns: word is not a mapping"),
        ("title: x", "title: nothing is saved as x"),
        ("gate: ask", "gate: only for point: family"),
        ("point: family\ngate: ask", "there is no flow gate"),
        ("stores: false\nagain: add", "so nothing can come of what is kept"),
        ("then: {c: {}}", "then: there is no flow c"),
        ("then: {b: {z: word}}", "z is not asked by b"),
        ("then: {b: {x: z}}", "nothing is saved as z"),
        ("then: {b: {x: number}}", "number is not as x of b: a number and a text"),
        ("then: {b: {y: one}}", "one is not as y of b: a list and a number"),
        ("follow: {x: {minutes: 3, begin: c}}", "follow: x: there is no flow c"),
        ("follow: {x: {minutes: 3, begin: b, if: {z: a}}}", "nothing is saved as z"),
        ("follow: {x: {minutes: 3, begin: b, if: {pin: maybe}}}", "pin is never maybe"),
        ("follow: {x: {minutes: 3, begin: b, if: {word: a}}}", "word has no options"),
        ("follow: {x: {on: word, begin: b}}", "word is not a date"),
        ("follow: {x: {on: z, begin: b}}", "nothing is saved as z"),
        ("follow: {x: {on: day, at: word, begin: b}}", "word is not a time"),
        ("kit: {reasons: {of: z}}", "kit: nothing is saved as z"),
        ("kit: {reasons: {of: number}}", "kit: number is not a text or a list"),
        ("kit: {reasons: {of: one, if: {pin: maybe}}}", "kit: pin is never maybe"),
        ("stores: false\npassing: true", "nothing can come of what is kept"),
        ("stores: false\ncompare: true", "nothing can come of what is kept"),
        ("reviews: {of: z, whole: lines, done: lines, far: number}", "reviews: there is no flow z"),
        ("reviews: {of: b, whole: z, done: lines, far: number}", "reviews: nothing is saved as z"),
        ("reviews: {of: b, whole: word, done: lines, far: number}", "reviews: word is not a list"),
        ("reviews: {of: b, whole: lines, done: lines, far: word}", "reviews: word is not a number"),
        ("calendar: {of: z, day: day}", "calendar: nothing is saved as z"),
        ("calendar: {of: word, day: word}", "calendar: word is not a date"),
        ("calendar: {of: word, day: day, time: day}", "calendar: day is not a time"),
    ],
)
def test_what_stands_beside_the_steps_and_cannot_be_is_named_with_its_line(flow_said, beside, said):
    other = flow("x: {ask: words, next: y}\ny: {ask: scale, end: true}", name="b", start="x")
    found = flow_said(flow(EVERYTHING, beside + "\n"), b=other)
    assert any(said in one for one in found), found
    assert all(one.startswith(("a:3:", "a:4:")) for one in found)


def test_flows_that_cannot_be_read_are_each_named_once_and_the_others_are_checked(flow_said):
    found = flow_said(flow("one: {show: text, echo: [x], end: true}"), b="flow: c\n", c=flow("one: {run: b, end: true}", name="c"))
    assert found == ["b:1: flow: is not b, as the file is called", "a:4: step one: nothing is saved as x"]


def test_two_places_with_the_same_mark_are_named(flow_said):
    found: dict[str, str] = {}
    one, other = next(
        (found[mark(name)], name) for name in (f"s{n}" for n in range(5000)) if found.setdefault(mark(name), name) != name
    )
    (said,) = flow_said(flow(f"{one}: {{show: text, next: {other}}}\n{other}: {{show: text, end: true}}", start=one))
    assert "two places have the same mark" in said
