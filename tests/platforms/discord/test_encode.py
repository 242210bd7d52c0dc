"""Rich text becomes Discord's markdown, and nothing that a member wrote is parsed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.richtext import (
    Block,
    Bullets,
    Emphasis,
    Heading,
    Link,
    Meter,
    Moment,
    Nodes,
    Paragraph,
    Phone,
    Quote,
    Strong,
    Text,
    Words,
    clean,
)
from bot.platforms.discord.encode import escape, split
from bot.platforms.discord.limits import cut, length
from tests.servers.discord import markdown

TRICKS = (
    "@everyone",
    "@here",
    "<@123>",
    "<@!123>",
    "<@&123>",
    "<#123>",
    "</erase:123>",
    "<:smile:123>",
    "<a:wave:123>",
    "<t:0:R>",
    "<id:browse>",
    "**bold**",
    "__under__",
    "*slanted*",
    "_slanted_",
    "~~struck~~",
    "||hidden||",
    "`code`",
    "```\nblock\n```",
    "# Big",
    "-# small",
    "> said",
    ">>> said",
    "- item",
    "* item",
    "+ item",
    "1. item",
    "12) item",
    "[a](https://b.c)",
    "[a](<https://b.c>)",
    "https://b.c",
    "<https://b.c>",
    "steam://run/1",
    "discord.gg/abc",
    "discord.com/invite/abc",
    "<mailto:a@b.c>",
    "<tel:+123>",
    "\\",
    "\\\\*",
    "<b>html</b>",
    "&lt;",
    "\u202eright to left\u202c",
    "שלום",
    "é\u0301\u0301\u0301\u0301\u0301",
    "👩‍👩‍👧",
    "🇩🇪",
    "\u200b",
    "\x00",
    "\ud83d",
    "\n",
    " ",
    "word",
)
tricky_words = st.lists(st.sampled_from(TRICKS) | st.text(max_size=20), max_size=12).map("".join)


def one(*nodes: object) -> str:
    (message,) = split((Paragraph(nodes),))  # type: ignore[arg-type]  # nodes of a table of cases
    return message


@pytest.mark.parametrize("trick", TRICKS)
def test_a_members_trick_stays_text(trick: str):
    message = "".join(split((Paragraph((Words(trick),)),)))
    assert markdown.live(message) == set()


@pytest.mark.parametrize("trick", TRICKS[: TRICKS.index("\\")])
def test_the_tricks_are_tricks(trick: str):
    assert markdown.live(trick) != set()


@given(tricky_words)
def test_no_words_of_a_member_are_parsed_wherever_they_stand(words: str):
    blocks = (Paragraph((Words(words),)), Meter((Words(words),), 1, 2))
    assert markdown.live("\n".join(split(blocks))) == set()
    assert markdown.live("\n".join(split((Quote((Words(words),)),)))) <= {"quote"}
    assert markdown.live("\n".join(split((Bullets(((Words(words),), (Words(words),))),)))) <= {"list"}
    assert markdown.live("\n".join(split((Heading((Words(words),)),)))) <= {"heading"}


@given(tricky_words)
def test_a_members_words_are_shown_as_they_wrote_them(words: str):
    shown = " ".join(markdown.plain(message) for message in split((Paragraph((Words(words),)),)))
    invisible = str.maketrans("", "", "\u2060\u200b")
    assert shown.split() == clean(words).translate(invisible).split()


@given(tricky_words)
def test_our_own_text_is_escaped_alike(text: str):
    assert markdown.live(escape(text.replace("\ue000", ""))) == set()


@given(st.lists(tricky_words | st.text(min_size=1900, max_size=4000), min_size=1, max_size=4), st.integers(200, 2000))
def test_every_message_fits_and_none_is_blank(texts: list[str], limit: int):
    blocks: list[Block] = [Paragraph((Words(text),)) for text in texts]
    blocks += [Quote((Strong((Words(text),)),)) for text in texts]
    for message in split(blocks, limit):
        assert 0 < length(message) <= limit
        assert message.strip()
        assert markdown.live(message) <= {"quote", "strong"}


def test_a_long_word_is_cut_without_losing_a_character_or_an_escape():
    messages = split((Paragraph((Words("*" * 10_000),)),))
    assert all(length(message) <= 2000 for message in messages)
    assert "".join(markdown.plain(message) for message in messages) == "*" * 10_000


def test_emoji_of_several_code_points_are_not_torn():
    family = "👩‍👩‍👧"
    messages = split((Paragraph((Words(family * 800),)),))
    assert len(messages) > 1
    assert all(message.strip().startswith("👩") and message.strip().endswith("👧") for message in messages)


def test_marks_of_ours_that_are_cut_are_closed_and_opened_again():
    first, second = split((Paragraph((Strong((Text("word " * 500),)),)),))
    assert first.startswith("**word")
    assert first.endswith("word**")
    assert second.startswith("**word")


def test_messages_are_cut_between_blocks_where_they_can_be():
    paragraph = Paragraph((Text("word " * 250),))
    assert len(split((paragraph, paragraph, paragraph))) == 3


@pytest.mark.parametrize(
    ("nodes", "written"),
    [
        ((Text("Rate "), Strong((Text("0"),)), Text(" to 10")), "Rate **0** to 10"),
        ((Emphasis((Text("quietly"),)),), "*quietly*"),
        ((Strong((Text("a "), Emphasis((Text("b"),)))),), "**a** ***b***"),
        ((Strong((Text(" spaced "),)),), " **spaced** "),
        ((Strong((Text("a"), Words("*"))),), "**a\\***"),
        ((Moment(datetime(2026, 12, 1, 18, tzinfo=UTC), "Tue, 7 PM"),), "<t:1796148000:f>"),
        ((Moment(datetime(2026, 12, 1, 18, tzinfo=UTC), "7 PM", clock=True),), "<t:1796148000:t>"),
        ((Link("https://example.org/a", "a page"),), "[a page](<https://example.org/a>)"),
        ((Link("javascript:alert(1)", "a page"),), "a page"),
        ((Phone("0800 111 0 111"),), "0800\u00a0111\u00a00\u00a0111"),
        ((Words("שלום"), Text(" wrote")), "\u2068שלום\u2069 wrote"),
        ((Words("שלום"), Text(" "), Phone("988")), "\u2068שלום\u2069 \u2066988\u2069"),
        ((Text("1. not a list"),), "1\\. not a list"),
        ((Text("# not a heading"),), "\\# not a heading"),
        ((Text("well-known (so) #1"),), "well-known (so) #1"),
    ],
)
def test_nodes(nodes: Nodes, written: str):
    assert one(*nodes) == written


def test_blocks():
    blocks: tuple[Block, ...] = (
        Heading((Text("Plan\nfor today"),)),
        Paragraph((Text("First"),)),
        Bullets(((Text("one"),), (Words("two\nlines"),))),
        Quote((Words("said\nso"),)),
        Meter((Text("Here"),), 1, 2),
    )
    (message,) = split(blocks)
    assert message == ("### Plan for today\nFirst\n- one\n- two\n  lines\n\n> said\n> so\n\nHere ▰▰▰▰▰▱▱▱▱▱")


def test_nothing_to_say_is_no_message():
    assert split(()) == split((Paragraph((Words("\u200b"),)),)) == ()


def test_lengths_are_counted_as_discords_apps_do():
    assert length("aé") == 2
    assert length("👍") == 2
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"
