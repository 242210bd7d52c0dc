"""A format as a file: read by the strict rules, refused with its line, written so that it reads back the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.outlines import Outline, Segment
from content.loader import load_texts
from handlers.formats import reading, rules, views
from tests.handlers.meetings.house import OUTLINES, read_format

GOOD = """\
format: "90"
parts:
  - name: Hello
    minutes: 10
    script: |
      Welcome, all.
      Sit down.
  - key: working
    minutes: 60
  - key: closing
    minutes: 20
    kept: true
"""


def words_of(outline: Outline, language: str = "en") -> reading.Shipped:
    say = load_texts().of(language)
    return lambda segment: views.shipped_words(say, outline, segment)


def read(text: str, name: str = "90") -> Outline:
    return reading.from_file(read_format, text, OUTLINES[name], words_of(OUTLINES[name]))


def test_a_file_becomes_a_format_under_the_shipped_ones_name():
    assert read(GOOD) == Outline(
        "90",
        (
            Segment("own_1", 10, name="Hello", script="Welcome, all.\nSit down."),
            Segment("working", 60),
            Segment("closing", 20, protected=True),
        ),
    )


@pytest.mark.parametrize(
    ("change", "error", "line", "key"),
    [
        (("format:", "formats:"), rules.UnknownKey, 1, "formats"),
        (("    minutes: 10", "    minutes: ten"), rules.BadMinutes, 4, "minutes"),
        (("    minutes: 10", "    minutes: 0"), rules.BadMinutes, 4, "minutes"),
        (("    minutes: 10", "    minutes: true"), rules.BadMinutes, 4, "minutes"),
        (("    minutes: 60", "    minute: 60"), rules.UnknownKey, 9, "minute"),
        (("name: Hello", 'name: "!!"'), rules.BadName, 3, "name"),
        (("name: Hello", f"name: {'a' * 41}"), rules.BadName, 3, "name"),
        (("name: Hello", "name: [a]"), rules.BadName, 3, "name"),
        (("Sit down.", "x" * 1501), rules.BadScript, 5, "script"),
        (("key: working", "key: Working!"), rules.UnknownKey, 8, "key"),
        (("key: working", "key: unheard_of"), rules.BadName, 8, "name"),
        (("kept: true", "kept: yes please"), rules.UnknownKey, 12, "kept"),
        (("parts:", "parts: 3\nmore:"), rules.UnknownKey, 3, "more"),
        (("name: Hello", "name: &a Hello"), None, 0, ""),
        (("name: Hello", "name: !!python/object:os.system Hello"), rules.Unreadable, 3, ""),
        (("key: working", "key: working\n    key: working"), rules.Unreadable, 9, ""),
        (("  - key: working", "  - *a"), rules.Unreadable, 8, ""),
        (("parts:", "parts: {"), rules.Unreadable, 0, ""),
    ],
)
def test_what_cannot_be_used_is_refused_by_line_and_key(change, error, line, key):
    text = GOOD.replace(*change)
    assert text != GOOD
    if error is None:
        read(text)
        return
    with pytest.raises(error) as refused:
        read(text)
    assert line in (0, refused.value.line)
    assert refused.value.key == key
    for language in ("en", "de"):
        said = load_texts().of(language).label(refused.value.text_key, **refused.value.detail)
        assert not line or str(line) in said


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", rules.NoParts),
        ("parts: []", rules.NoParts),
        ("- a\n- b", rules.Unreadable),
        ("parts:" + " [" * 60 + "]" * 60, rules.Unreadable),
        ("x" * 70_000, rules.TooLarge),
        (GOOD.replace("kept: true", "kept: false"), rules.BadCheckOut),
        (GOOD.replace("minutes: 20", "minutes: 14"), rules.BadCheckOut),
        (GOOD.replace("minutes: 10", "minutes: 10\n    kept: true"), rules.BadCheckOut),
        (GOOD + "  - key: hat\n    minutes: 2\n", rules.BadCheckOut),
        (GOOD.replace("minutes: 60", "minutes: 240"), rules.BadLength),
        ("\x00", rules.Unreadable),
    ],
)
def test_a_file_that_is_no_format_is_refused(text, error):
    with pytest.raises(error):
        read(text)


@pytest.mark.parametrize("name", sorted(OUTLINES))
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_shipped_format_given_out_and_sent_back_is_still_the_shipped_one(name, language):
    outline, words = OUTLINES[name], words_of(OUTLINES[name], language)
    text = reading.to_file(outline, words, ("Comment: with a colon",))
    assert reading.from_file(read_format, text, outline, words) == outline


names = st.text(st.characters(codec="utf-8"), max_size=40)
scripts = st.text(st.characters(codec="utf-8"), max_size=300) | st.sampled_from(
    ["a: b\n# c\n- d", "  two", "one\n\n\nfour", "tab\there", "'\"\\", "%TAG", "---", "...", "{a: [", "end \nline", "\u2028x"]
)


@settings(deadline=None)
@given(names, scripts)
def test_whatever_words_a_format_has_its_file_reads_back_the_same(name, script):
    words = words_of(OUTLINES["90"])
    try:
        part = reading.own_words(Segment("own_1", 30), name, script, words)
    except rules.BadFormat:
        return
    outline = Outline("90", (part, Segment("closing", 15, protected=True)))
    assert reading.from_file(read_format, reading.to_file(outline, words, ()), OUTLINES["90"], words) == outline
