"""Lines for the kit stand alone there: an if has its then."""

import pytest

from content.loader import load_flows, load_texts
from handlers.flows.earlier import lines_to_pin


@pytest.mark.parametrize(
    ("flow", "name", "answer", "expected"),
    [
        (
            "ifthen",
            "thens",
            {"I pass the shop": "I cross the street", "urge": "I call Sam"},
            ["I pass the shop → I cross the street"],
        ),
        ("disarm", "replies", {"I deserve it": "I deserve a good morning"}, ["I deserve it → I deserve a good morning"]),
        ("cba", "matters", ["my children", "sleep"], ["my children", "sleep"]),
        ("cba", "matters", "my children", ["my children"]),
    ],
)
def test_what_is_pinned_can_be_read_by_itself(flow, name, answer, expected):
    lines = lines_to_pin(load_texts().of("en"), load_flows()[flow], name, answer)
    assert list(lines)[: len(expected)] == expected
    assert len(lines) == (len(answer) if not isinstance(answer, str) else 1)


def test_what_was_tapped_reads_as_it_was_shown():
    [line] = lines_to_pin(load_texts().of("en"), load_flows()["ifthen"], "thens", {"urge": "I call Sam"})
    assert line.endswith(" → I call Sam")
