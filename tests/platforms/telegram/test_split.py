"""Long texts in parts: nothing lost but white space, nothing too long, every mark on its own characters."""

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.split import Mark, shortened, split, units
from tests.servers.telegram.texts import slice_units
from tests.servers.telegram.texts import units as counted

ALPHABET = st.sampled_from("ab \n\nüß漢🙂👩🏽\u200dé\u0301שלום\ufe0f🇩🇪")
TEXTS = st.text(ALPHABET, max_size=300)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """Marks that lie side by side, as the writer makes them."""
    text = draw(TEXTS)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return text, [Mark("bold" if number % 2 else "text_link", *pair, atomic=not number % 2) for number, pair in enumerate(pairs)]


@given(marked(), st.integers(40, 120))
def test_marks_lie_on_the_same_characters_after_splitting(given_text: tuple[str, list[Mark]], limit: int):
    text, marks = given_text
    pieces = split(text, marks, limit)
    assert all(counted(piece.text) <= limit for piece in pieces)
    assert all(piece.text == piece.text.strip() != "" for piece in pieces)
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())
    for mark in marks:
        covered = "".join(
            slice_units(piece.text, start, length)
            for piece in pieces
            for one, start, length in piece.in_units()
            if (one.kind, one.url, one.at) == (mark.kind, mark.url, mark.at)
        )
        assert "".join(text[mark.start : mark.end].split()) in "".join(covered.split())


@given(TEXTS)
def test_units_are_counted_as_telegram_counts(text: str):
    assert units(text) == counted(text)


@given(TEXTS, st.integers(10, 64))
def test_a_label_is_cut_to_what_fits(text: str, limit: int):
    assert counted(shortened(text, limit)) <= limit


def test_blocks_are_kept_together_where_they_can():
    text = f"{'a' * 60}\n\n{'b' * 60}\nc"
    assert [piece.text for piece in split(text, [], 100)] == ["a" * 60, f"{'b' * 60}\nc"]


def test_words_are_not_parted():
    assert [piece.text for piece in split("one two three", [], 8)] == ["one two", "three"]


def test_a_word_without_end_is_parted_but_not_its_characters():
    family = "👩\u200d👩\u200d👧"
    pieces = split(family * 5, [], 10)
    assert {piece.text for piece in pieces} == {family}


def test_a_link_is_moved_as_a_whole():
    pieces = split("see the page about it", [Mark("text_link", 4, 12, atomic=True)], 10)
    assert [piece.text for piece in pieces][:2] == ["see", "the page"]
    assert [len(piece.marks) for piece in pieces] == [0, 1, 0]
