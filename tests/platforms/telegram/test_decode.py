"""Updates to acts."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.core.calls import Account, Kind, Place, Role
from bot.core.replies import Press
from bot.platforms.telegram.decode import Act, Reader
from tests.servers.telegram.spec import bot_api

NOW = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
READER = Reader("open_chair_bot", {"urge": "urge", "meeting_create": "meeting create"})
RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "updates.json").read_text(encoding="utf-8"))


def read(name: str, **changes: Any) -> Act | None:
    update = json.loads(json.dumps(RECORDED[name]))
    inner = update.get("message") or update.get("callback_query")
    if inner is not None:
        inner.update(changes)
    assert bot_api().problems_of("Update", update) == []
    return READER.read(Update.de_json(update, None), NOW)


def typed(text: str, name: str = "private_text", **changes: Any) -> Act:
    act = read(name, text=text, **changes)
    assert act is not None
    return act


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("/urge", "urge", {}),
        ("/URGE@Open_Chair_Bot", "urge", {}),
        ("/meeting create Tuesdays 19:00\nand more", "meeting", {"text": "create Tuesdays 19:00\nand more"}),
        ("/start", "start", {}),
        ("/start hello there", "start", {"text": "hello there"}),
        ("/start urge", "urge", {}),
        ("/start meeting_create", "meeting", {"text": "create"}),
        ("/urge@another_bot", "urge", {}),
    ],
)
def test_commands(text: str, name: str, arguments: dict[str, str]):
    incoming = typed(text).incoming
    assert (incoming.kind, incoming.name, incoming.arguments) == (Kind.COMMAND, name, arguments)


def test_a_start_payload_that_is_a_press_is_that_press():
    incoming = typed("/start flow-next-ab12-3").incoming
    assert (incoming.kind, incoming.press) == (Kind.PRESS, Press("flow", "next", "ab12", "3"))
    assert incoming.message is None


def test_private_words():
    incoming = typed("I feel / think so").incoming
    assert (incoming.kind, incoming.words, incoming.locale, incoming.at) == (Kind.WORDS, "I feel / think so", "de", NOW)
    assert incoming.account == Account("telegram", "5001")
    assert incoming.place == Place("telegram", "5001")
    assert incoming.receipt == "tg:42"


@pytest.mark.parametrize("name", ["private_photo", "private_voice", "private_sticker"])
def test_what_is_no_text_is_words_without_words(name: str):
    act = read(name)
    assert act is not None
    assert (act.incoming.kind, act.incoming.words) == (Kind.WORDS, "")


@pytest.mark.parametrize("name", ["edited", "channel_post", "pinned", "left_member", "my_chat_member", "group_text"])
def test_what_is_nothing_for_us(name: str):
    assert read(name) is None


@pytest.mark.parametrize("text", ["hello", "hello /urge", "/urge@another_bot", "//urge", "/"])
def test_talk_in_a_group_is_nothing_for_us(text: str):
    assert read("group_text", text=text) is None


def test_a_command_in_a_group():
    act = typed("/meetings@open_chair_bot", "group_text")
    assert act.incoming.place == Place("telegram", "-1001", "", "-1001", private=False)
    assert act.incoming.space_name == "Tuesday group"
    assert act.message == 8


def test_a_topic_is_a_thread_and_a_row_of_replies_is_none():
    assert typed("/meetings", "group_text", message_thread_id=77, is_topic_message=True).incoming.place.thread == "77"
    assert typed("/meetings", "group_text", message_thread_id=77).incoming.place.thread == ""


def test_who_speaks_as_the_group_leads_it_and_has_no_private_chat():
    group = RECORDED["group_text"]["message"]["chat"]
    act = typed("/meetings", "group_text", sender_chat=group)
    assert act.anonymous
    assert act.incoming.roles == {Role.FACILITATOR}
    assert act.incoming.account.user == "-1001"


def test_a_channel_that_speaks_in_a_group_is_nobody():
    channel = {"id": -1009, "type": "channel", "title": "News"}
    assert read("group_text", text="/meetings", sender_chat=channel) is None


def test_a_press():
    act = read("press")
    assert act is not None
    assert act.query == "77"
    assert act.incoming.press == Press("flow", "next", "ab12")
    assert act.incoming.message == "5001:9"


@pytest.mark.parametrize("data", ["", "flow", "a:b:c:d:e", "flow:next:ab-12", "FLOW:next", "x" * 65, "flow:next:é"])
def test_data_that_we_did_not_make_is_no_press(data: str):
    act = read("press", data=data)
    assert act is not None
    assert act.incoming.press is None


def test_a_press_on_a_message_too_old_to_be_seen():
    act = read("press_on_old_message")
    assert act is not None
    assert act.incoming.message == "-1001:3"
    assert act.incoming.place.space == "-1001"
