"""SAFETY 5, row 8; Must 22: what a member writes stays text: on the room's card, in the list, in their own check-in."""

import json
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.agenda import AgendaItem, tally_of
from bot.core.calls import Community
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, RoomId
from bot.core.meetings import Occurrence, Series, State
from bot.core.replies import Reply
from bot.core.richtext import Paragraph, Words, clean
from bot.core.schedule import Schedule
from bot.platforms.discord import encode as discord
from bot.platforms.telegram.encode import encode_text, entities
from bot.platforms.web.encode import encode_blocks
from content.loader import load_texts
from handlers.checkin.rules import agenda_of
from handlers.meetings.card import card
from handlers.meetings.records import Outline, Segment
from handlers.meetings.scene import Scene
from handlers.series.reading import LONGEST_TITLE, title_of
from handlers.series.unclear import NoTitle
from tests.security.evenings import check_in, gather, plan
from tests.servers.discord.markdown import live
from tests.servers.telegram.texts import with_found

HOSTILE = [
    "@everyone @here <@123456789012345678> <@&1> <#2>",
    "[free](https://evil.example) https://evil.example/x",
    "tg://user?id=1 t.me/joinchat/x @evil_bot #tag $USD /start",
    "discord.gg/evil <:emoji:123456789012345678> <t:0:R>",
    "<script>alert(1)</script><img src=x onerror=1>",
    "**b** __u__ ~~s~~ ||x|| `c` # h > q - l 1. n",
    "\u202eevil\u2066\u200f\u061c x\u200b\ufeffy\u00ad",
    "Z" + "\u0301\u0302\u0303" * 30 + "algo",
    "a\nb\r\n# heading\n> quote\n\x00\x07\x1b[31m",
    "\ue000\ud800 private".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "مرحبا 123 abc",
    "mail evil@example.com 10.0.0.1 example.com",
]
words = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=60), st.builds(str.__add__, st.sampled_from(HOSTILE), st.text(max_size=20))
)
AT = datetime(2026, 12, 1, 18, tzinfo=UTC)
DIRECTIONS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069")
OURS = {"bold", "italic", "blockquote", "date_time"}


def card_of(title: str, name: str) -> Reply:
    series = Series(
        MeetingId("1" * 32),
        CommunityId("2" * 32),
        RoomId("3" * 32),
        title,
        Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU"),
        timedelta(minutes=90),
    )
    occurrence = Occurrence(OccurrenceId("4" * 32), series.id, AT, AT + timedelta(minutes=90), State.OPEN, 0, AT, True)
    named = agenda_of({"topic": "urge", "named": "with", "name": name})
    outline = Outline("90", (Segment("welcome", 5), Segment("checkin", 80), Segment("closing", 5, True)))
    home = Community(series.community, "discord", "1", "Europe/Berlin", "en", "DE")
    return card(
        load_texts().of("en"), Scene(series, occurrence, outline, home, 2, tally_of(2, named, [named, AgendaItem("conflict")]))
    )


def accepted(title: str) -> str | None:
    try:
        return title_of(title)
    except NoTitle:
        return None


@settings(deadline=None)
@given(words, words)
def test_on_discord_nothing_in_a_card_is_live_but_our_own_marks(title, name):
    plain = accepted(title)
    if plain is None:
        return
    for message in discord.messages(card_of(plain, name)):
        ours = message.replace("### ", "", 1)
        ours = re.sub(r"<t:\d+:[a-zA-Z]>", "", ours)
        ours = re.sub(r"(?m)^- ", "", re.sub(r"\*\*(Welcome|Urges)\*\*", r"\1", ours))
        assert live(ours) == set(), message


@settings(deadline=None)
@given(words)
def test_on_discord_a_members_words_alone_are_never_live(said):
    for message in discord.split((Paragraph((Words(said),)),)):
        assert live(message) == set()


@settings(deadline=None)
@given(words, words)
def test_on_telegram_a_card_has_our_entities_and_its_servers_find_no_other(title, name):
    plain = accepted(title)
    if plain is None:
        return
    for piece in encode_text(card_of(plain, name).blocks, 4096):
        own = [entity.to_dict() for entity in entities(piece)]
        _, found = with_found(piece.text, own)
        assert {entity["type"] for entity in found} <= OURS
        assert not [entity for entity in found if entity.get("url") or entity.get("user")]


@settings(deadline=None)
@given(words)
def test_on_the_page_words_are_a_node_of_text_and_never_of_markup(said):
    (tree,) = encode_blocks((Paragraph((Words(said),)),))
    ((node),) = json.loads(json.dumps(tree))["inner"]
    assert node == {"kind": "words", "text": clean(said)}


@settings(deadline=None)
@given(words)
def test_what_is_kept_has_no_direction_mark_no_control_and_few_marks_a_letter(said):
    kept = clean(said)
    assert unicodedata.is_normalized("NFC", kept) or clean(kept) == kept
    assert not set(kept) & (DIRECTIONS | {"\u2068", "\x00", "\r", "\u200b", "\ufeff"})
    assert not [char for char in kept if unicodedata.category(char) in ("Cc", "Cs", "Co") and char not in "\n\t"]
    run = 0
    for char in kept:
        run = run + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        assert run <= 3


@settings(deadline=None)
@given(words, words)
def test_a_title_and_a_name_are_one_short_line(title, name):
    plain = accepted(title)
    assert plain is None or (len(plain) <= LONGEST_TITLE and "\n" not in plain and plain == plain.strip())
    item = agenda_of({"topic": "urge", "named": "with", "name": name})
    assert len(item.name) <= 40
    assert "\n" not in item.name


# On the wires -------------------------------------------------------------------------------------------------------


async def test_hostile_titles_words_and_names_on_the_wire(here):
    """One is the evening's, on its card with a name; all stand in the list, on its buttons, and in what is said of them."""
    kim, ana = here.person("Kim", facilitator=True), here.person("Ana")
    for title in HOSTILE[:6]:
        await plan(here, kim, title, "tuesday" if title == HOSTILE[0] else "sunday")
        await here.pass_time(minutes=1)
    await gather(here, kim, ana)
    await check_in(here, ana, HOSTILE[1], HOSTILE[2], "An urge", name=HOSTILE[4][:38])
    await here.sees(kim, "Check-ins: 1 of 1", "room")
    await here.command(ana, "/meetings", "room")
    if here.name == "discord":
        on_discord(here)
    elif here.name == "telegram":
        on_telegram(here)
    else:
        for person in (ana, kim):
            assert not [node for frame in here.driver.tab(person).frames for node in nodes_in(frame) if node.get("kind") == "link"]


def on_discord(here) -> None:
    for _, path, body in here.driver.server.rest.calls:
        if isinstance(body, dict) and "content" in (body.get("data") or body):
            said = body.get("data") or body
            assert (said.get("allowed_mentions") or {"parse": []})["parse"] == [], path
            assert not live(said["content"] or "") & {"mention", "emoji", "link", "code", "spoiler", "struck"}


def on_telegram(here) -> None:
    for method in ("sendMessage", "editMessageText"):
        for given_ in here.driver.api.of(method):
            assert given_["link_preview_options"] == {"is_disabled": True}
            assert "parse_mode" not in given_
            assert {entity["type"] for entity in given_.get("entities", [])} <= OURS


def nodes_in(tree: object):
    if isinstance(tree, dict):
        yield tree
        for inner in tree.values():
            yield from nodes_in(inner)
    elif isinstance(tree, list):
        for inner in tree:
            yield from nodes_in(inner)


async def test_the_pages_policy_lets_no_inline_script_run(tmp_path):
    from tests.evening.world import world

    async with world("web", tmp_path) as here, here.driver.session.get("") as answer:
        policy = answer.headers["Content-Security-Policy"]
        body = await answer.text()
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=|javascript:", body)
