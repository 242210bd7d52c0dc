"""The pure parts: frames to acts, replies to trees, tags to languages, names to hosts."""

import contextlib
import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calls import Account, Incoming, Kind, Place
from bot.core.errors import BadInput
from bot.core.replies import Button, Field, FieldKind, Form, Press, Reply, Style, To
from bot.core.richtext import Bullets, Emphasis, Heading, Link, Meter, Moment, Paragraph, Phone, Quote, Strong, Text, Words
from bot.platforms.web.acts import chat_for
from bot.platforms.web.decode import decode_frame, is_help, own_message, split_line
from bot.platforms.web.door import Door, is_loopback
from bot.platforms.web.encode import encode_blocks, encode_button, encode_form
from bot.platforms.web.pages import Pages, accepted_tags
from bot.platforms.web.records import DEMO, Kept, Pane, chats_of, place_of, reader_of
from content.loader import load_texts
from tests.platforms.web.house import MENU
from tests.servers.web.tree import plain_message

ANA, BEN = DEMO[0], DEMO[1]
AT = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "name", "text"),
    [
        ("/urge", "urge", ""),
        ("/Urge 7", "urge", "7"),
        ("  /meeting  create\nTuesday evening", "meeting create", "Tuesday evening"),
        ("/meeting other", "meeting", "other"),
        ("/", "", ""),
        ("/" + "x" * 200, "x" * 64, ""),
        ("urge", "urge", ""),
    ],
)
def test_a_typed_line_is_the_longest_command_of_the_menu_and_the_words_after_it(line, name, text):
    assert split_line(line, {"urge", "meeting create"}) == (name, text)


def test_help_is_known_by_its_button_or_command_and_by_nothing_else():
    def frame(kind: str, **fields: str):
        return decode_frame(json.dumps({"type": kind, "id": "0" * 8, "pane": "room", **fields}))

    assert is_help(frame("press", data="safety:now"))
    assert is_help(frame("press", data="safety:card::overdose"))
    assert is_help(frame("command", line=" /NOW "))
    assert not is_help(frame("command", line="/nowhere"))
    assert not is_help(frame("press", data="safetynet:now"))
    assert not is_help(frame("words", text="/now"))


@given(st.text(max_size=300))
def test_whatever_arrives_is_a_frame_or_bad_input(text):
    with contextlib.suppress(BadInput):
        decode_frame(text)


@given(st.text(max_size=60))
def test_no_reference_reaches_anothers_chat(ref):
    found = own_message(ref, ANA)
    assert found is None or found.split("/")[0] in ("room", "only_ana", "private_ana")


def test_a_person_reads_the_room_and_three_chats_in_all():
    assert (chats_of(ANA, Pane.ROOM), chats_of(ANA, Pane.PRIVATE)) == (("room", "only_ana"), ("private_ana",))
    assert [reader_of(chat) for chat in ("room", "only_ana", "private_ana")] == [None, "ana", "ana"]


@pytest.mark.parametrize(
    ("to", "pane", "chat"),
    [
        (To.ONLY_YOU, Pane.ROOM, "only_ana"),
        (To.ROOM, Pane.ROOM, "room"),
        (To.PRIVATE, Pane.ROOM, "private_ana"),
        (To.ONLY_YOU, Pane.PRIVATE, "private_ana"),
        (To.ROOM, Pane.PRIVATE, "private_ana"),
    ],
)
def test_an_answer_belongs_where_it_was_asked_for(to, pane, chat):
    assert chat_for(to, Incoming(Kind.COMMAND, "r", ANA.account, place_of(ANA, pane), AT), ANA) == chat


def test_places_are_what_the_house_expects():
    assert place_of(BEN, Pane.PRIVATE) == Place("web", "private_ben", space="demo", private=True)
    assert place_of(BEN, Pane.ROOM) == Place("web", "room", space="demo", private=False)
    assert BEN.account == Account("web", "ben")


def test_every_kind_of_text_becomes_its_tree_and_reads_as_plain_text():
    blocks = (
        Heading((Text("A"), Strong((Text("b"), Emphasis((Words("c"),)))))),
        Paragraph((Moment(AT, "Tue, 7 PM"), Link("https://example.org/?q=1", "site"), Phone("116 123"))),
        Bullets(((Text("one"),), (Words("two"),))),
        Quote((Words("quoted"),)),
        Meter((Text("3 of 5"),), 3, 5),
    )
    trees = encode_blocks(blocks)
    assert trees[1]["inner"] == [
        {"kind": "time", "at": "2026-12-01T18:00:00+00:00", "text": "Tue, 7 PM"},
        {"kind": "link", "url": "https://example.org/?q=1", "text": "site"},
        {"kind": "phone", "url": "tel:116123", "text": "116 123"},
    ]
    assert trees[4] == {"kind": "meter", "inner": [{"kind": "text", "text": "3 of 5"}], "done": 3, "whole": 5, "bar": "▰▰▰▰▰▰▱▱▱▱"}
    assert plain_message({"blocks": trees}) == "Abc\nTue, 7 PMsite116 123\n• one\n• two\nquoted\n3 of 5 ▰▰▰▰▰▰▱▱▱▱"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil", "/ws", "tg://user", "http://", "https://["]
)
def test_what_is_no_web_address_is_no_link(url):
    (paragraph,) = encode_blocks((Paragraph((Link(url, "label"),)),))
    assert paragraph["inner"] == [{"kind": "text", "text": "label"}]
    assert encode_button(Button("label", url=url))["url"] == ""


@pytest.mark.parametrize(
    ("number", "url"),
    [
        ("0800 111 0 111", "tel:08001110111"),
        ("+49 (0) 30-1", "tel:+490301"),
        ("1-800-GAMBLER", ""),
        ("116123;ext=1", ""),
        ("*#06#", ""),
    ],
)
def test_a_number_is_dialled_as_written_or_not_at_all(number, url):
    (paragraph,) = encode_blocks((Paragraph((Phone(number),)),))
    assert paragraph["inner"] == [{"kind": "phone", "url": url, "text": number}]


@given(st.text(max_size=200))
def test_a_persons_words_are_one_node_of_words_without_marks_of_direction(words):
    ((node,),) = (tree["inner"] for tree in json.loads(json.dumps(encode_blocks((Paragraph((Words(words),)),)))))
    assert node["kind"] == "words"
    assert not set(node["text"]) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\r\x00")


def test_buttons_and_forms_say_what_the_page_needs():
    assert encode_button(Button("Go", Press("a", "b", "c"), Style.GO, off=True)) == {
        "label": "Go",
        "style": "go",
        "off": True,
        "data": "a:b:c",
    }
    form = Form(Press("a", "b"), "Title", (Field("x", "Label", FieldKind.LONG, "Hint", "value", False, 50),))
    assert encode_form(form) == {
        "data": "a:b",
        "title": "Title",
        "fields": [
            {
                "name": "x",
                "label": "Label",
                "kind": "long",
                "hint": "Hint",
                "value": "value",
                "required": False,
                "longest": 50,
                "choices": [],
            }
        ],
    }


def test_a_kept_message_comes_back_from_its_payload_as_it_was():
    kept = Kept("1", 2, AT, Reply(blocks=(Paragraph((Words("w"), Moment(AT, "t"))),)), ("k",), picture=b"\x89PNG")
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Kept) == kept


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("fr,de;q=0.2", "fr"),
        ("pt-BR", "pt"),
        ("nl,de;q=0.2", "de"),
        ("", "en"),
        ("*", "en"),
        ("en;q=0.1,de;q=0.9", "de"),
        ("xx;q=;,§", "en"),
    ],
)
def test_the_page_is_in_the_browsers_first_language_that_there_is(header, language):
    assert Pages(load_texts(), MENU, DEMO).language(header) == language


@given(st.text(max_size=100))
def test_any_header_gives_clean_tags(header):
    assert all(tag.replace("-", "").isalnum() and tag.isascii() for tag in accepted_tags(header))


@pytest.mark.parametrize(
    ("bound", "host", "known"),
    [
        ("127.0.0.1", "127.0.0.1:8080", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "[::1]:8080", True),
        ("127.0.0.1", "openchair.example", False),
        ("0.0.0.0", "openchair.example:8080", True),
        ("0.0.0.0", "x'; script-src *", False),
        ("0.0.0.0", "", False),
    ],
)
def test_hosts_are_known_by_name_and_form(bound, host, known):
    assert Door(bound).knows_host(host) is known


def test_tokens_are_known_by_their_own_process_alone():
    token = Door("::1").new_token()
    assert not Door("::1").knows_token(token)
    door = Door("::1")
    assert door.knows_token(door.new_token())
    for forged in ("", ".", "x.y", door.new_token()[:-1], "\u00e9.\u00e9"):
        assert not door.knows_token(forged)
    assert is_loopback("[::1]")
    assert not is_loopback("example.org")
