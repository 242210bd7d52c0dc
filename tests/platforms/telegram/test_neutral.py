"""Members' words stay words, whatever Telegram's servers look for."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.richtext import clean
from bot.platforms.telegram.neutral import WORD_JOINER, neutral
from tests.servers.telegram.texts import with_found

ACTIVE = [
    "http://example.org/x",
    "HTTPS://EXAMPLE.ORG",
    "example.org",
    "see www.example.co.uk/path?x=1#y now",
    "t.me/joinchat",
    "tg://resolve?domain=x",
    "1.2.3.4",
    "@everyone",
    "@alice and @bob_smith",
    "/erase",
    "/urge@open_chair_bot",
    "#relapse",
    "$USD",
    "me@example.org",
    "пример.рф",
    "a.b.c.de",
]


@pytest.mark.parametrize("words", ACTIVE)
def test_nothing_in_it_is_active(words: str):
    assert with_found(words, [])[1] != [], "the server would not have found it anyway"
    assert with_found(neutral(words), [])[1] == []


@pytest.mark.parametrize(
    "words", ["3.5 km", "9/10", "and/or", "Well. Then we go.", "a: b", "5 $", "No #", "Mr. Smith", "…", "19.30", "10:15"]
)
def test_ordinary_words_stay_as_they_are(words: str):
    assert neutral(words) == words or neutral(words) == words + WORD_JOINER


@example("a.b.cc/@x")
@example("http://a.12")
@given(st.text(alphabet=st.sampled_from("abcDE12.:/@#$?-_ \nрф"), max_size=40))
def test_no_mixture_is_active(words: str):
    assert with_found(neutral(clean(words)), [])[1] == []


@given(st.lists(st.text(alphabet=st.sampled_from("abc1.:/@#$ "), max_size=8), max_size=5))
def test_no_row_of_words_is_active(words: list[str]):
    text = ""
    for one in words:
        text += neutral(clean(one), text[-1:])
    assert with_found(text, [])[1] == []


@given(st.text(max_size=200))
def test_only_joiners_are_added(words: str):
    cleaned = clean(words)
    assert neutral(cleaned).replace(WORD_JOINER, "") == cleaned
