"""Languages: the nearest one, and English for each text that it lacks."""

import pytest

from bot.core.richtext import plain
from content.loader import load_flows, load_texts
from content.yaml_file import BadContent


@pytest.fixture
def texts(tmp_path):
    for tag, body in {
        "en": 'one: "One"\ntwo: "{ $n -> [one] a day *[other] { $n } days }"\n',
        "de": 'one: "Eins"\n',
        "pt-BR": 'one: "Um"\n',
    }.items():
        (tmp_path / tag).mkdir()
        (tmp_path / tag / "count.yaml").write_text(body, encoding="utf-8")
    return load_texts(tmp_path)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"), ("de-AT", "de"), ("DE_at", "de"), ("pt-BR", "pt-BR"), ("pt_br", "pt-BR"), ("pt", "en"), ("", "en"),
        ("xx-YY-zz", "en"), ("-", "en"), ("e" * 1000, "en"),
    ],
)  # fmt: skip
def test_the_nearest_language_is_given(texts, asked, given):
    assert texts.of(asked).language == given


def test_english_stands_first_and_fills_the_gaps(texts):
    assert texts.languages == ("en", "de", "pt-BR")
    assert plain(texts.of("de")("count.two", n=2)) == "2 days"
    assert texts.of("de").label("count.one") == "Eins"
    assert texts.of("de").has("count.two")


def test_a_text_that_no_language_has_is_a_key_error(texts):
    assert not texts.of("de").has("count.three")
    with pytest.raises(KeyError):
        texts.of("de")("count.three")


@pytest.mark.parametrize(("body", "said"), [("one: 1\n", "quote it"), ("One: x\n", "only a-z"), ("a.b: x\n", "only a-z")])
def test_a_text_that_is_none_is_refused_with_its_line(tmp_path, body, said):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.yaml").write_text(body, encoding="utf-8")
    with pytest.raises(BadContent, match=rf"a\.yaml:1: .*{said}"):
        load_texts(tmp_path)


def test_there_is_always_english(tmp_path):
    with pytest.raises(BadContent, match="no folder en"):
        load_texts(tmp_path)


def test_the_shipped_texts_and_flows_are_read_once():
    assert load_texts() is load_texts()
    assert load_flows() is load_flows()
    assert load_texts().languages == ("en", "de", "es", "fr", "pt")
