"""Blocks to text and entities."""

from datetime import UTC, datetime

from bot.core.richtext import (
    Bullets,
    Emphasis,
    Heading,
    Link,
    Meter,
    Moment,
    Node,
    Paragraph,
    Phone,
    Quote,
    Strong,
    Text,
    Words,
)
from bot.platforms.telegram.encode import encode_text, entities
from tests.servers.telegram.texts import slice_units, with_found

AT = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)


def shown(*nodes: Node) -> list[tuple[str, str]]:
    """Return each entity's type and the text it covers, as an app counts."""
    (piece,) = encode_text([Paragraph(nodes)], 4096)
    return [(one.type, slice_units(piece.text, one.offset, one.length)) for one in entities(piece)]


def test_every_block_reads_as_it_should():
    blocks = (
        Heading((Text("Tuesday"),)),
        Paragraph((Text("Come "), Strong((Text("in"),)), Text("."))),
        Bullets(((Text("one"),), (Text("two"),))),
        Quote((Words("mine"),)),
        Meter((Text("Step"),), 1, 2),
        Paragraph((Text("Call "), Phone("0800 1110111"))),
    )
    (piece,) = encode_text(blocks, 4096)
    assert piece.text == "Tuesday\nCome in.\n\n• one\n• two\n\nmine\n\nStep ▰▰▰▰▰▱▱▱▱▱\n\nCall 0800 1110111"
    assert [(one.type, slice_units(piece.text, one.offset, one.length)) for one in entities(piece)] == [
        ("bold", "Tuesday"),
        ("bold", "in"),
        ("blockquote", "mine"),
    ]


def test_entities_are_counted_in_utf16_units_behind_emoji_and_right_to_left_names():
    assert shown(Text("👩‍👩‍👧 "), Words("מרים"), Text(" 🫶🏽 "), Strong((Text("now 🙂"),)), Text("!")) == [("bold", "now 🙂")]


def test_one_kind_never_lies_within_itself():
    assert shown(Strong((Text("a"), Strong((Text("b"),)), Emphasis((Text("c"), Emphasis((Text("d"),))))))) == [
        ("italic", "cd"),
        ("bold", "abcd"),
    ]


def test_a_moment_is_a_date_for_each_readers_own_zone():
    (piece,) = encode_text(
        [Paragraph((Moment(AT, "Tue, Dec 1, 7:00 PM"), Text(" or "), Moment(AT, "7:00\u202fPM", clock=True)))], 4096
    )
    first, second = entities(piece)
    assert (first.type, first.unix_time, first.date_time_format) == ("date_time", AT, "wdt")
    assert second.date_time_format == "t"
    assert first.to_dict()["unix_time"] == int(AT.timestamp())


def test_a_link_is_ours_alone():
    assert shown(Link("https://example.org/a", "a page")) == [("text_link", "a page")]


def test_nothing_a_member_wrote_is_a_mark():
    assert shown(Words("**bold** _x_ <b>y</b> `z` [a](b)")) == []


def test_a_name_cannot_turn_our_words_around():
    (piece,) = encode_text([Paragraph((Words("\u202eevil שלום"), Text(" is here")))], 4096)
    assert piece.text == "\u2068evil שלום\u2069 is here"


def test_words_beside_each_other_do_not_become_active_together():
    (piece,) = encode_text(
        [Paragraph((Words("t.me/"), Words("joinchat"), Text(" @"), Words("alice"), Text("/"), Words("urge")))], 4096
    )
    assert with_found(piece.text, [])[1] == []


def test_nothing_to_say_is_no_message():
    assert encode_text([], 4096) == []
    assert encode_text([Paragraph((Text(" \n"),))], 4096) == []
