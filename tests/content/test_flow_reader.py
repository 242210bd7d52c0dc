"""A flow file is read whole, or refused with the line that is wrong."""

import pytest

from bot.core.flow import (
    END,
    Branch,
    CalendarEntry,
    Choice,
    Date,
    Each,
    Fields,
    Follow,
    Many,
    Only,
    Option,
    Order,
    PickLine,
    Picture,
    Pin,
    Reviews,
    Run,
    Scale,
    Show,
    Time,
    Timer,
    Write,
)
from content.flow_reader import Reader
from content.yaml_file import BadContent

HEAD = "flow: a\nstart: one\nsteps:\n"
ONE = "steps: {one: {show: text, end: true}}\n"


@pytest.fixture
def read(tmp_path):
    def read_text(text: str, **others: str):
        for name, body in {"a": text, **others}.items():
            (tmp_path / f"{name}.yaml").write_text(body, encoding="utf-8")
        return Reader(tmp_path).read("a")

    return read_text


def test_steps_become_records(read):
    flow = read(
        "flow: a\nstart: one\nsteps:\n"
        "  one: {ask: scale, range: [1, 5], save: before, next: two}\n"
        '  two: {ask: choice, options: {"yes": three, "no": end}, hide: {"no": has_no_plan}}\n'
        "  three: {timer: 3, every: 30, prompts: 2, rate: ratings, end: true}\n"
    )
    assert flow.steps["one"] == Scale(name="one", next="two", save="before", low=1, high=5)
    assert flow.steps["two"] == Choice(
        name="two", next="", save="two", options=(Option("yes", "three"), Option("no", END, "has_no_plan"))
    )
    assert flow.steps["three"] == Timer(name="three", next=END, save="three", minutes=3, every=30, prompts=2, rate="ratings")
    assert flow.facts == {"plan"}


@pytest.mark.parametrize(
    ("step", "record"),
    [
        ("{show: text, press: 'safety:now', end: true}", Show(name="one", next=END, press="safety:now")),
        ("{ask: words, longest: 80, end: true}", Write(name="one", next=END, save="one", longest=80)),
        (
            "{ask: words, lines: 5, chips: [family, health], offer: [cba.gives], end: true}",
            Write(name="one", next=END, save="one", lines=5, chips=("family", "health"), offer=("cba.gives",)),
        ),
        (
            "{ask: fields, fields: {who: 80, how: 300}, end: true}",
            Fields(name="one", next=END, fields=(("who", 80), ("how", 300))),
        ),
        ("{ask: many, options: [a, b], least: 1, end: true}", Many(name="one", next=END, save="one", options=("a", "b"), least=1)),
        ("{ask: date, past: true, end: true}", Date(name="one", next=END, save="one", past=True)),
        ("{ask: time, skip: false, end: true}", Time(name="one", next=END, save="one", skip=False)),
        ("{pick: lines, end: true}", PickLine(name="one", next=END, save="one", of=("lines",))),
        (
            "{pick: [a, b], most: 5, least: 1, end: true}",
            PickLine(name="one", next=END, save="one", of=("a", "b"), most=5, least=1),
        ),
        ("{order: lines, save: rank, end: true}", Order(name="one", next=END, save="rank", of=("lines",))),
        (
            "{each: lines, ask: choice, options: [short, long], end: true}",
            Each(name="one", next=END, save="one", of=("lines",), options=("short", "long")),
        ),
        (
            "{each: [a, b], ask: scale, range: [1, 5], only: {rank: high}, end: true}",
            Each(name="one", next=END, save="one", of=("a", "b"), ask="scale", low=1, high=5, only=("rank", "high")),
        ),
        (
            "{each: items, items: [health, work], ask: words, longest: 99, end: true}",
            Each(name="one", next=END, save="one", items=("health", "work"), ask="words", longest=99),
        ),
        (
            "{timer: minutes, write: ideas, lines: 9, longest: 100, end: true}",
            Timer(name="one", next=END, save="one", minutes="minutes", write="ideas", lines=9, longest=100),
        ),
        (
            '{branch: x, test: below_7, options: {"yes": end}, else: one}',
            Branch(name="one", next="one", on="x", test="below_7", options=(Option("yes", END),)),
        ),
        (
            "{ask: scale, echo: [a, inner.b], flags: {pius: a}, end: true}",
            Scale(name="one", next=END, save="one", echo=("a", "inner.b"), flags="pius", flagged="a"),
        ),
    ],
)
def test_every_kind_of_step_has_its_record(read, step, record):
    assert read(f"{HEAD}  one: {step}\n").steps["one"] == record


def test_what_stands_beside_the_steps_becomes_records(read):
    flow = read(
        "flow: a\ncommands: [act, deed]\npoint: family\nstart: one\nfresh_after: 30\nagain: review\ntitle: x\nfamily: true\n"
        "gate: strict\npicture: {kind: table, boxes: [a, b, c, d], marks: e}\n"
        "then: {goal: {aim: different}, plan: {}}\n"
        "follow:\n"
        '  later: {if: {ask: "yes"}, minutes: 25, begin: urgelater}\n'
        "  days: {days: [1, 3, 7], begin: reread}\n"
        "  on: {on: review, at: hour, begin: look}\n"
        'kit: {reasons: {of: matters, if: {pin: "yes"}}}\n'
        "calendar: {of: thing, day: day, time: hour}\n" + ONE
    )
    assert (flow.commands, flow.fresh_after) == (("act", "deed"), 30)
    assert flow.picture == Picture("table", {"boxes": ("a", "b", "c", "d"), "marks": ("e",)})
    beside = flow.beside
    assert (beside.point, beside.stores, beside.again, beside.title, beside.family, beside.gate) == (
        "family", True, "review", "x", True, "strict",
    )  # fmt: skip
    assert beside.then == (("goal", (("aim", "different"),)), ("plan", ()))
    assert beside.follow == (
        Follow("later", "urgelater", Only("ask", "yes"), minutes=25),
        Follow("days", "reread", days=(1, 3, 7)),
        Follow("on", "look", on="review", at="hour"),
    )
    assert beside.kit == (Pin("reasons", "matters", Only("pin", "yes")),)
    assert beside.calendar == CalendarEntry("thing", "day", "hour")


def test_a_flow_with_nothing_beside_its_steps_stores_and_asks_for_nothing_more(read):
    beside = read(HEAD + "  one: {show: text, end: true}\n").beside
    assert (beside.stores, beside.point, beside.again, beside.then, beside.calendar) == (True, "", "", (), None)


def test_points_are_numbers_or_the_family(read):
    assert [read(f"flow: a\nstart: one\npoint: {point}\n{ONE}").beside.point for point in (1, 4, "family")] == ["1", "4", "family"]


def test_a_flow_within_a_flow_has_places_of_its_own_and_changes_the_version(read):
    outer = HEAD + "  one: {run: b, give: {x: y}, end: true}\n"
    inner = "flow: b\nstart: x\nsteps: {x: {ask: scale, end: true}}\n"
    flow = read(outer, b=inner)
    assert list(flow.places) == ["one", "one/x"]
    assert isinstance(flow.steps["one"], Run)
    assert flow.version == read(outer, b=inner).version
    assert flow.version != read(outer, b=inner.replace("ask: scale", "ask: words")).version


def test_what_may_be_done_with_what_was_kept_is_read(read):
    beside = read("flow: a\nstart: one\npassing: true\ncompare: true\nreviews: {of: b, whole: c, done: d, far: e}\n" + ONE).beside
    assert (beside.passing, beside.compare, beside.reviews) == (True, True, Reviews("b", "c", "d", "e"))
    plain = read("flow: a\nstart: one\n" + ONE).beside
    assert (plain.passing, plain.compare, plain.reviews) == (False, False, None)


def test_flows_may_point_to_each_other_in_what_comes_afterwards(read):
    flow = read("flow: a\nstart: one\nthen: {b: {}}\n" + ONE, b="flow: b\nstart: one\nfollow: {x: {days: [1], begin: a}}\n" + ONE)
    assert flow.beside.then == (("b", ()),)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("flow: b\nstart: one\nsteps: {one: {show: text, end: true}}\n", 1, "is not a"),
        ("flow: a\nstart: two\nsteps: {one: {show: text, end: true}}\n", 2, "there is no step two"),
        ("flow: a\nstart: end\nsteps: {one: {show: text, end: true}}\n", 2, "start: which step"),
        ("flow: a\nsteps: {one: {show: text, end: true}}\n", 1, "start: a text is wanted"),
        ("flow: a\nstart: one\n", 1, "no steps"),
        ("flow: a\nstart: one\ncolour: red\nsteps: {one: {show: text, end: true}}\n", 3, "colour is not known"),
        ("flow: a\ncommands: [a, Be]\nstart: one\n" + ONE, 2, "commands"),
        ("flow: a\ncommands: [act, act]\nstart: one\n" + ONE, 2, "stands twice"),
        (HEAD + "  one: {show: text, next: two}\n", 4, "there is no step two"),
        (HEAD + "  one: {show: text}\n", 4, "either next"),
        (HEAD + "  one: {show: text, next: one, end: true}\n", 4, "either next"),
        (HEAD + "  one: {show: text, save: x, end: true}\n", 4, "save is not known"),
        (HEAD + "  one: {ask: riddle, end: true}\n", 4, "no such kind"),
        (HEAD + "  one: {ask: scale, options: [a], end: true}\n", 4, "options is not known"),
        (HEAD + "  one: {ask: scale, range: [0, 100], end: true}\n", 4, "range"),
        (HEAD + "  one: {ask: scale, skip: never, end: true}\n", 4, "skip: true or false"),
        (HEAD + "  one: {ask: choice, options: [Yes], end: true}\n", 4, "option Yes"),
        (HEAD + "  one: {ask: choice, options: [a_very_long_option], end: true}\n", 4, "at most 14"),
        (HEAD + "  one: {ask: choice, options: [a, a], end: true}\n", 4, "stands twice"),
        (HEAD + "  one: {ask: choice, options: {a: two}}\n", 4, "there is no step two"),
        (HEAD + "  one: {ask: choice, options: {a: 3}}\n", 4, "which step"),
        (HEAD + "  one: {ask: choice, options: [a], hide: {b: has_x}, end: true}\n", 4, "hide names"),
        (HEAD + "  one: {ask: choice, options: [a], hide: {a: 3}, end: true}\n", 4, "a text is wanted"),
        (HEAD + "  one: {ask: many, end: true}\n", 4, "no options"),
        (HEAD + "  one: {ask: many, options: {a: one}, end: true}\n", 4, "options: a list"),
        (HEAD + "  one: {ask: words, longest: many, end: true}\n", 4, "a whole number"),
        (HEAD + "  one: {ask: words, lines: 3, chips: [A b], end: true}\n", 4, "chips: a name"),
        (HEAD + "  one: {ask: words, lines: 3, offer: [gives], end: true}\n", 4, "offer: a list of"),
        (HEAD + "  one: {ask: words, lines: 3, offer: gives, end: true}\n", 4, "offer: a list of"),
        (HEAD + "  one: {ask: fields, fields: {}, end: true}\n", 4, "fields: 1 to 5"),
        (HEAD + "  one: {ask: fields, fields: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1}, end: true}\n", 4, "fields: 1 to 5"),
        (HEAD + "  one: {ask: fields, fields: {a: long}, end: true}\n", 4, "a: a whole number"),
        (HEAD + "  one: {ask: fields, fields: [a], end: true}\n", 4, "names with what belongs to them"),
        (HEAD + "  one: {ask: date, past: 3, end: true}\n", 4, "past: true or false"),
        (HEAD + "  one: {ask: time, past: true, end: true}\n", 4, "past is not known"),
        (HEAD + "  one: {pick: 3, end: true}\n", 4, "pick: a name"),
        (HEAD + "  one: {pick: [], end: true}\n", 4, "pick: a name"),
        (HEAD + "  one: {order: [a, a], end: true}\n", 4, "stands twice"),
        (HEAD + "  one: {each: a, end: true}\n", 4, "each: ask"),
        (HEAD + "  one: {each: a, ask: date, end: true}\n", 4, "each: ask"),
        (HEAD + "  one: {each: a, ask: choice, end: true}\n", 4, "no options"),
        (HEAD + "  one: {each: a, ask: words, options: [x], end: true}\n", 4, "options is not known"),
        (HEAD + "  one: {each: a, items: [x], ask: words, end: true}\n", 4, "with items: each: items"),
        (HEAD + "  one: {each: a, ask: words, only: {x: y, z: w}, end: true}\n", 4, "one name and one text"),
        (HEAD + "  one: {timer: 3, lines: 3, end: true}\n", 4, "lines wants write"),
        (HEAD + "  one: {timer: 3, range: [0, 5], end: true}\n", 4, "range wants rate"),
        (HEAD + "  one: {branch: x, options: {a: end}}\n", 4, "else"),
        (HEAD + "  one: {branch: x, options: {a: end}, else: end, next: one}\n", 4, "next is not known"),
        (HEAD + "  one: {branch: x, options: {a: end}, else: end, echo: [a]}\n", 4, "echo is not known"),
        (HEAD + "  one: {show: text, flags: {pius: 3}, end: true}\n", 4, "a text is wanted"),
        (HEAD + "  one: {run: a, end: true}\n", 1, "runs itself"),
        (HEAD + "  one: {run: c, end: true}\n", 1, "cannot be read"),
        (HEAD + "  end: {show: text, end: true}\n", 4, "not a name"),
        (HEAD + "  one: {show: pinned, end: true}\n", 4, "text is the only kind"),
    ],
)
def test_a_wrong_flow_is_refused_with_its_line(read, text, line, said):
    with pytest.raises(BadContent) as refused:
        read(text)
    assert said in refused.value.said
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        ("point: 5", "point: one of 1, 2, 3, 4, family"),
        ("point: true", "point: one of"),
        ("stores: never", "stores: true or false"),
        ("again: often", "again: one of add, review"),
        ("gate: maybe", "gate: one of ask, strict"),
        ("picture: wave", "names with what belongs to them"),
        ("picture: {kind: photo}", "kind is one of wave"),
        ("picture: {kind: wave, before: a}", "wave wants ratings"),
        ("picture: {kind: table, boxes: [a, b, c]}", "table wants boxes (4 names)"),
        ("picture: {kind: trend, of: [a, b, c, d]}", "trend wants of (1 to 3 names)"),
        ("picture: {kind: radar, of: a, more: b}", "more is not known"),
        ("then: [goal]", "names with what belongs to them"),
        ("then: {goal: {aim: 3}}", "aim: a text is wanted"),
        ("follow: {x: {begin: b}}", "one of minutes, days, and on"),
        ("follow: {x: {minutes: 3, days: [1], begin: b}}", "one of minutes, days, and on"),
        ("follow: {x: {minutes: 3, at: '09:00', begin: b}}", "one of minutes, days, and on"),
        ("follow: {x: {minutes: 0, begin: b}}", "when?"),
        ("follow: {x: {minutes: 3}}", "begin: a text is wanted"),
        ("follow: {x: {days: [3, 1], begin: b}}", "days: a list of numbers"),
        ("follow: {x: {days: 3, begin: b}}", "days: a list of numbers"),
        ("follow: {x: {days: [400], begin: b}}", "days: a list of numbers"),
        ("follow: {x: {on: d, at: '9 Uhr', begin: b}}", 'at: a time like "09:00"'),
        ("follow: {x: {minutes: 3, begin: b, if: {c: true}}}", "c: a text is wanted"),
        ("follow: {x: {minutes: 3, begin: b, why: c}}", "why is not known"),
        ("kit: {treasures: {of: a}}", "kit: one of reasons, values"),
        ("kit: {reasons: {if: {a: b}}}", "of: a text is wanted"),
        ("kit: {reasons: {of: a, when: b}}", "when is not known"),
        ("calendar: {of: a}", "day: a text is wanted"),
        ("calendar: {of: a, day: b, hour: c}", "hour is not known"),
        ("fresh_after: soon", "a whole number"),
    ],
)
def test_what_is_wrong_beside_the_steps_is_refused_with_its_line(read, beside, said):
    with pytest.raises(BadContent) as refused:
        read(f"flow: a\nstart: one\n{beside}\n{ONE}")
    assert said in refused.value.said
    assert refused.value.line == 3


def test_a_show_may_save_the_lines_that_it_lists(read):
    flow = read(HEAD + "  one: {show: text, lines: plan, save: mine, next: two}\n  two: {each: mine, ask: scale, end: true}\n")
    assert flow.steps["one"] == Show(name="one", next="two", lines="plan", save="mine")
