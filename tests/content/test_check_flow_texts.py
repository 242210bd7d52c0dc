"""Every text of a flow is there, fits, and is said; and the names that begin flows begin one thing each."""

import pytest

from tests.content.conftest import flow, write

TALK = flow(
    """
        one: {ask: words, lines: 3, chips: [home], next: two}
        two: {each: one, ask: choice, options: [a], next: three}
        three: {each: items, items: [b], ask: words, flags: {demands: one}, next: four}
        four: {ask: fields, fields: {who: 40}, next: five}
        five: {timer: 3, write: ideas, next: six}
        six: {pick: one, end: true}
    """,
    "commands: [act, deed]\nthen: {b: {}}\nfollow: {soon: {minutes: 5, begin: b}}\npicture: {kind: pairs, left: one, right: two}\n",
)


@pytest.mark.parametrize(
    ("key", "longest"),
    [
        ("title", 40), ("command_act", 100), ("names", 0), ("then_b", 40), ("follow_soon", 0), ("follow_soon_go", 40),
        ("picture_title", 0), ("picture_left", 0), ("picture_right", 0), ("one", 0), ("one_label", 45), ("one_home", 20),
        ("two_a", 20), ("three_b", 40), ("three_label", 45), ("four", 0), ("four_who", 45), ("five_over", 0), ("five_over_late", 0),
        ("five_ideas", 45), ("six_label", 45), ("flag_demand", 0), ("flag_cant_stand", 0), ("flag_all_or_nothing", 0),
        ("flag_awful", 0),
    ],
)  # fmt: skip
def test_every_text_is_wanted_in_every_language_and_fits(flow_said, key, longest):
    found = flow_said(TALK, {key: None}, b=OTHER_FLOW)
    assert [one.partition(": ")[2] for one in found] == [f"no text a.{key} in de", f"no text a.{key} in en"]
    if longest:
        found = flow_said(TALK, {key: "x" * (longest + 1)}, b=OTHER_FLOW)
        assert [one.partition(": ")[2] for one in found] == [f"{key} is longer than {longest} characters"] * 2
    assert flow_said(TALK, {} if key == "names" else {key: "x" * (longest or 200)}, b=OTHER_FLOW) == []


OTHER_FLOW = flow("x: {show: text, end: true}", name="b", start="x")


@pytest.mark.parametrize("key", ["summary", "keep", "kept", "flag_none", "five_label"])
def test_some_texts_may_be_there_or_not(flow_said, key):
    assert flow_said(TALK, {key: "x"}, b=OTHER_FLOW) == []


@pytest.mark.parametrize("key", ["old", "one_work", "command_deed", "then_c", "four_label", "two_b", "picture_twin"])
def test_a_text_that_nothing_says_is_a_problem(flow_said, key):
    (found,) = flow_said(TALK, {key: "x"}, b=OTHER_FLOW)
    assert found.endswith(f"{key}: nothing says this text")


def test_relatives_have_words_of_their_own_only_where_the_tool_is_theirs_too(flow_said):
    one = "one: {ask: words, end: true}"
    assert flow_said(flow(one, "family: true\n"), {"one_family": "x", "title_family": "x"}) == []
    (found,) = flow_said(flow(one), {"one_family": "x"})
    assert "only a flow with family: true" in found
    found, _ = flow_said(flow(one, "family: true\n"), {"one_label_family": "x" * 46})
    assert "one_label_family is longer than 45" in found
    (found,) = flow_said(flow(one, "family: true\n"), {"two_family": "x"})
    assert "nothing says this text" in found


def test_an_option_may_be_called_family(flow_said):
    assert flow_said(flow("one: {ask: many, options: [family], end: true}")) == []


def test_a_flow_without_any_texts_is_named_once_a_language(flow_said):
    found = flow_said(flow("one: {ask: words, end: true}"), {"title": None, "one": None, "one_label": None})
    assert found == ["a:1: no texts in de", "a:1: no texts in en"]


# Commands -----------------------------------------------------------------------------------------------------------

SHOW = "one: {show: text, end: true}"


def test_a_command_begins_one_thing(flow_said):
    found, *_ = flow_said(flow(SHOW, "commands: [act]\n"), b=flow(SHOW, "commands: [deed, act]\n", "b"))
    assert found.startswith("b:3:")
    assert "commands: act is a name of a already" in found


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("act", "names are not the flow's commands: act, deed"),
        ("act, deed, Tat", "Tat: 2 to 24 small letters"),
        ("act, deed, two words", "two words: 2 to 24 small letters"),
        ("act, deed, thing", "thing is a name of b already"),
        ("act, deed, thíng", "thíng is a name of b already"),
    ],
)
def test_a_name_in_a_language_is_of_small_letters_and_begins_one_thing(flow_said, names, said):
    found = flow_said(flow(SHOW, "commands: [act, deed]\n"), {"names": names}, b=flow(SHOW, "commands: [thing]\n", "b"))
    assert any(said in one for one in found), found


def test_a_command_of_a_feature_begins_no_flow(flow_said, tmp_path):
    write(tmp_path / "texts" / "en", {"people": 'command_privacy: "What is held"\ncommand_meeting_end: "End it"\n'})
    found = flow_said(flow(SHOW, "commands: [privacy, end]\n"))
    assert "a:3: commands: privacy is a name of /privacy already" in found
    assert not any("/meeting" in one for one in found)
