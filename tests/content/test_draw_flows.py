"""A flow as a diagram: each step and each way is in it, and what stands beside them."""

import pytest

from content.draw_flows import mermaid, plain
from content.flow_reader import Reader
from tests.content.conftest import flow, write

STEPS = """
    one: {ask: words, lines: 3, next: two}
    two: {ask: choice, options: {surf: ride, wait: call, talk: best}, next: sure}
    ride: {run: b, next: call}
    call: {timer: 3, next: each}
    best: {pick: one, next: rank}
    rank: {order: one, next: each}
    each: {each: one, ask: scale, next: areas}
    areas: {each: items, items: [x, y], ask: words, next: sure}
    sure: {branch: one, test: above_2, options: {"yes": two}, else: end}
"""
BESIDE = (
    "commands: [act, deed]\npoint: family\nstores: true\nagain: add\ngate: strict\npicture: {kind: rows, of: [one]}\n"
    "then: {goal: {aim: one}, plan: {}}\n"
    "follow:\n  a: {if: {two: wait}, minutes: 25, begin: later}\n  b: {days: [1, 3], begin: later}\n"
    '  c: {on: d, at: "08:00", begin: b}\n'
)


@pytest.fixture
def drawn(tmp_path):
    write(tmp_path, {"a": flow(STEPS, BESIDE), "b": flow("x: {show: text, end: true}", "stores: false\n", "b", "x")})
    return Reader(tmp_path)


def test_mermaid_has_every_step_and_way_and_what_stands_beside(drawn):
    assert mermaid(drawn.read("a")).splitlines() == [
        "flowchart TD",
        '  begin((begin)) --> gate{"unsafe at home? (strict)"}',
        "  gate -->|no| one",
        '  gate -->|yes, unsure| To_safety(["safety plan"])',
        "  finish((end))",
        '  one["one: write"]',
        "  one --> two",
        '  two["two: choice"]',
        "  two -->|surf| ride",
        "  two -->|wait| call_",
        "  two -->|talk| best",
        "  two -->|skip| sure",
        '  ride[["ride: run b"]]',
        "  ride --> call_",
        '  call_(["call: timer, 3 min"])',
        "  call_ --> each",
        '  best["best: pick one"]',
        "  best --> rank",
        '  rank["rank: order one"]',
        "  rank --> each",
        '  each["each: each of one: scale"]',
        "  each --> areas",
        '  areas["areas: each of 2 items: words"]',
        "  areas --> sure",
        '  sure{"sure: one above 2?"}',
        "  sure -->|yes| two",
        "  sure -->|else| finish",
        '  finish -.->|"then with aim"| To_goal(["goal"])',
        '  finish -.->|"then"| To_plan(["plan"])',
        '  finish -.->|"after 25 minutes, if two is wait"| To_later(["later"])',
        '  finish -.->|"after 1, 3 days"| To_later(["later"])',
        '  finish -.->|"on d at 08:00"| To_b(["b"])',
    ]


def test_plain_text_tells_each_step_once_with_its_ways_below_it(drawn):
    assert plain(drawn.read("a")).splitlines() == [
        "a  (/act, /deed; point family; again: add; picture: rows)",
        "  gate (strict): could this make things unsafe at home?",
        "  one: write",
        "  two: choice",
        "    surf -> ride: run b",
        "      call: timer, 3 min",
        "      each: each of one: scale",
        "      areas: each of 2 items: words",
        "      sure: one above 2?",
        "        yes -> two (above)",
        "        else -> (end)",
        "    wait -> call (above)",
        "    talk -> best: pick one",
        "      rank: order one",
        "      each (above)",
        "    skip -> sure (above)",
        "  afterwards: then with aim -> goal",
        "  afterwards: then -> plan",
        "  afterwards: after 25 minutes, if two is wait -> later",
        "  afterwards: after 1, 3 days -> later",
        "  afterwards: on d at 08:00 -> b",
    ]


def test_a_small_flow_is_a_small_diagram(drawn):
    assert plain(drawn.read("b")) == "b  (keeps nothing)\n  x: show\n  (end)"
    assert "  begin((begin)) --> x" in mermaid(drawn.read("b")).splitlines()
