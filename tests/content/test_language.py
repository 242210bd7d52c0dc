"""A text with its values becomes rich text; nothing in a value is ever read as markup or as a pattern."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis.strategies import text

from bot.core.richtext import Emphasis, Link, Moment, Phone, Strong, Text, Words, plain
from content.language import Language, fluent_id
from content.pattern import BadPattern

HOSTILE = '**x** _y_ { $z } \ue000\ue001\U000f0000 {"}"} @everyone <b>'


def say(pattern: str, **values):
    return Language("en", {"a.b": pattern}, strict=True).say("a.b", values)


@pytest.mark.parametrize(
    ("pattern", "values", "nodes"),
    [
        ("plain", {}, (Text("plain"),)),
        ("**0** is _none_, a_b stays", {}, (Strong((Text("0"),)), Text(" is "), Emphasis((Text("none"),)), Text(", a_b stays"))),
        ("Hi { $who }.", {"who": Words("A*B")}, (Text("Hi "), Words("A*B"), Text("."))),
        ("**{ $who }**", {"who": Words("x")}, (Strong((Words("x"),)),)),
        ("{ $n -> [one] **One** day *[other] { $n } days } left", {"n": 1}, (Strong((Text("One"),)), Text(" day left"))),
        ("{ $n -> [one] **One** day *[other] { $n } days } left", {"n": 1200}, (Text("1,200 days left"),)),
        ("{ $kind ->\n  [a] A\n *[other] O\n}", {"kind": "a"}, (Text("A"),)),
        ("one\n\n[x] two\n.three\n*four", {}, (Text("one\n\n[x] two\n.three\n*four"),)),
        ("{ $n } one\n[x] two\n.three\n*four", {"n": 1}, (Text("1 one\n[x] two\n.three\n*four"),)),
        ("{ $a ->\n [1] { $b -> [x] in *[y] out }\n *[2] two }!", {"a": 1, "b": "x"}, (Text("in!"),)),
        ('A brace: { "{" }', {}, (Text("A brace: {"),)),
    ],
)
def test_patterns_become_nodes(pattern, values, nodes):
    assert say(pattern, **values) == nodes


def test_every_kind_of_value_comes_back_as_the_node_it_is():
    values = {
        "w": Words("w"),
        "m": Moment(datetime(2026, 1, 1, tzinfo=UTC), "noon"),
        "l": Link("https://example.org", "site"),
        "p": Phone("016"),
    }
    assert [node for node in say("{ $p } { $l } { $m } { $w }", **values) if not isinstance(node, Text)] == list(values.values())[
        ::-1
    ]


def test_plain_strings_are_our_own_text_and_not_markup():
    assert plain(say("a { $x } b", x=HOSTILE)) == 'a **x** _y_ { $z }  {"}"} @everyone <b> b'


@given(text())
def test_no_words_of_a_member_change_what_stands_around_them(words):
    assert say("**a { $x }** b", x=Words(words)) == (Strong((Text("a "), Words(words))), Text(" b"))


@given(text(max_size=300))
def test_no_string_makes_markup(words):
    assert all(isinstance(node, Text) for node in say("a { $x } b", x=words))


def test_a_very_long_string_is_put_in_whole():
    assert plain(say("{ $x }", x="y" * 10_000)) == "y" * 10_000


def test_a_missing_value_stops_tests_and_only_shows_for_people():
    with pytest.raises(BadPattern, match=r"a\.b"):
        say("{ $x } days")
    assert "days" in plain(Language("en", {"a.b": "{ $x } days"}, strict=False).say("a.b", {}))


@pytest.mark.parametrize("pattern", ["{ $x", "a }", "{ }", '{ "a }', "{ $x -> }", "{ $x -> [a] b }"])
def test_a_broken_pattern_is_refused(pattern):
    with pytest.raises(BadPattern):
        say(pattern, x="a")


def test_the_same_numbers_are_formatted_once():
    language = Language("en", {"a.b": "{ $n } of { $of }"}, strict=True)
    assert language.say("a.b", {"n": 1, "of": 2}) is language.say("a.b", {"of": 2, "n": 1})
    assert language.say("a.b", {"n": 1, "of": 2}) != language.say("a.b", {"n": 2, "of": 1})


def test_a_key_has_a_name_in_fluent():
    assert fluent_id("checkin.rating") == "checkin-rating"
