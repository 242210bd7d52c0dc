"""From an act to its answer."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calls import Account, Place
from bot.core.lanes import Lanes
from bot.core.replies import NOTHING, Press, To
from tests.runtime.fakes import (
    ALICE,
    BOB,
    FACILITATOR,
    ROOM_PLACE,
    KeyTexts,
    SteppedClock,
    command,
    filled,
    labels,
    pressed,
    said,
    typed,
)
from tests.runtime.house import House, speak
from tests.runtime.memory import MemoryStore


async def test_a_redelivered_act_answers_the_same_and_changes_nothing(house):
    first = await house.take(command("count", receipt="7", at=house.now()))
    again = await house.take(command("count", receipt="7", at=house.now()))
    assert (first.again, again.again) == (False, True)
    assert again.reply == first.reply
    assert house.store.rows.words == ["counted"]


async def test_a_redelivered_act_answers_the_same_after_a_restart(house):
    first = await house.take(command("count", receipt="7", at=house.now()))
    house.dispatch = house.build()
    assert (await house.take(command("count", receipt="7", at=house.now()))).reply == first.reply
    assert house.store.rows.words == ["counted"]


async def test_another_persons_act_with_the_same_receipt_is_another_act(house):
    await house.take(command("count", receipt="7", at=house.now()))
    other = await house.take(command("count", receipt="7", account=BOB, at=house.now()))
    assert not other.again
    assert house.store.rows.words == ["counted", "counted"]


async def test_two_quick_taps_are_done_one_after_the_other(house):
    lanes = Lanes()
    taps = [pressed("test", "count", at=house.now(), receipt=str(n)) for n in range(5)]
    answers = await asyncio.gather(*(lanes.run(ALICE, partial(house.take, tap)) for tap in taps))
    assert [said(answer.reply) for answer in answers] == [f"counted {n}" for n in range(1, 6)]


async def test_a_command_for_nobody_makes_no_person_and_writes_nothing(house):
    answer = await house.take(command("free", at=house.now()))
    assert said(answer.reply) == "free"
    rows = house.store.rows
    assert not rows.people
    assert not rows.receipts


async def test_a_person_is_made_on_first_use_at_home_where_they_came_from(house):
    await house.take(command("count", place=ROOM_PLACE, at=house.now()))
    [person] = house.store.rows.people.values()
    assert person.home == "community space"


async def test_a_person_met_in_private_finds_their_home_in_the_first_room(house):
    await house.take(command("count", at=house.now()))
    await house.take(command("count", place=ROOM_PLACE, at=house.now()))
    await house.take(command("count", place=msgspec.structs.replace(ROOM_PLACE, space="other"), at=house.now()))
    [person] = house.store.rows.people.values()
    assert person.home == "community space"


class TestConsent:
    @pytest.mark.parametrize("act", ["command", "press"])
    async def test_the_gate_stands_before_the_first_word_and_makes_nobody(self, house, act):
        at = house.now()
        answer = await house.take(command("keep", at=at) if act == "command" else pressed("test", "begin", at=at))
        assert said(answer.reply) == "gate en"
        assert not house.store.rows.words
        assert not house.store.rows.people

    async def test_who_agreed_passes(self, house):
        await agree(house)
        assert said((await house.take(command("keep", at=house.now()))).reply) == "counted 2"

    async def test_the_gate_stands_before_a_form_whose_answers_are_kept(self, house):
        await house.take(command("count", at=house.now()))
        assert said((await house.take(command("diary", at=house.now()))).reply) == "gate en"
        assert not house.store.rows.forms

    async def test_a_call_can_be_run_again_in_the_same_transaction(self, house):
        await agree(house)
        call = house.feature.calls[-1]
        person = next(iter(house.store.rows.people.values()))
        call = msgspec.structs.replace(call, person=person, incoming=command("keep", at=house.now()))
        reply = await house.store.transact(lambda unit: house.dispatch.rerun(call, unit))
        assert said(reply) == "counted 2"


async def agree(house: House) -> None:
    await house.take(command("count", at=house.now()))
    rows = house.store.rows
    for key, person in rows.people.items():
        rows.people[key] = msgspec.structs.replace(person, consented_at=house.now())


class TestNames:
    @pytest.mark.parametrize("name", ["count", "COUNT", "/count", "count@OpenchairBot", "c", "zähle", " count "])
    async def test_a_command_is_known_by_its_name_and_aliases(self, house, name):
        assert said((await house.take(command(name, at=house.now()))).reply) == "counted 1"

    @pytest.mark.parametrize(("name", "text"), [("meeting", "create Tuesday at 7"), ("meeting_create", "Tuesday at 7")])
    async def test_two_words_are_found_before_one_and_the_rest_stays(self, house, name, text):
        await house.take(command(name, text=text, place=ROOM_PLACE, roles=FACILITATOR, at=house.now()))
        assert house.feature.calls[-1].incoming.name == "meeting create"
        assert house.feature.calls[-1].arguments["text"] == "Tuesday at 7"

    async def test_one_word_with_other_text_stays_one(self, house):
        await house.take(command("meeting", text="tomorrow", at=house.now()))
        assert house.feature.calls[-1].incoming.name == "meeting"

    async def test_typed_words_fill_a_commands_one_option(self, house):
        await house.take(command("count", text="cats", at=house.now()))
        assert house.feature.calls[-1].arguments == {"text": "cats", "what": "Cats"}

    async def test_a_button_can_mean_a_command(self, house):
        answer = await house.take(pressed("command", "count", at=house.now()))
        assert said(answer.reply) == "counted 1"

    @pytest.mark.parametrize("name", ["nothing", "", "x" * 5000, "meeting create create", "\u202ecount"[:1]])
    async def test_an_unknown_command_gets_a_kind_sentence_and_help(self, house, name):
        answer = await house.take(command(name, at=house.now()))
        assert said(answer.reply).startswith("en:error.unknown_command")
        assert labels(answer.reply) == ["en:common.help_now"]


class TestRights:
    async def test_a_facilitators_command_is_refused_to_others(self, house):
        answer = await house.take(command("meeting create", place=ROOM_PLACE, at=house.now()))
        assert said(answer.reply).startswith("de:error.not_allowed")
        assert not house.feature.calls

    async def test_a_room_command_is_not_run_in_private(self, house):
        answer = await house.take(command("room only", at=house.now()))
        assert said(answer.reply).startswith("en:error.wrong_place")

    async def test_a_private_command_asked_in_a_room_is_answered_to_one(self, house):
        answer = await house.take(command("secret", place=ROOM_PLACE, at=house.now()))
        assert answer.reply.to is To.ONLY_YOU

    @pytest.mark.parametrize("forged", [Press("test", "nothing"), Press("nobody", "count"), Press("test", "meeting"), None])
    async def test_a_forged_press_gets_a_kind_sentence_and_changes_nothing(self, house, forged):
        press = msgspec.structs.replace(pressed("test", "count", at=house.now()), press=forged)
        answer = await house.take(press)
        assert said(answer.reply).startswith("en:error.bad_press")
        assert not house.store.rows.people

    async def test_a_press_is_no_form(self, house):
        answer = await house.take(filled(Press("test", "count"), {}, at=house.now()))
        assert said(answer.reply).startswith("en:error.bad_press")


class TestErrors:
    async def test_ours_become_words_with_their_numbers_and_nothing_is_kept(self, house):
        answer = await house.take(command("refused", at=house.now()))
        assert said(answer.reply) == "en:test.refusal limit=7"
        assert not house.store.rows.words
        assert not house.store.rows.people

    async def test_an_unforeseen_one_is_answered_and_named_by_type_and_place_only(self, house, capsys):
        answer = await house.take(command("broken", at=house.now()))
        assert said(answer.reply) == "en:error.unexpected"
        assert labels(answer.reply) == ["en:common.help_now"]
        assert not house.store.rows.words
        printed = "".join(capsys.readouterr())
        assert "ValueError" in printed
        assert "house.py" in printed
        assert "secret" not in printed

    async def test_a_text_that_is_missing_still_answers(self, store, stepped):
        house = House(store, stepped, KeyTexts(missing=["test.refusal"]))
        assert said((await house.take(command("refused", at=house.now()))).reply).startswith("en:error.unexpected")

    async def test_the_bot_goes_on_after_the_storage_comes_back(self, house):
        house.store.away = True
        assert said((await house.take(command("count", at=house.now()))).reply) == "en:error.storage"
        house.store.away = False
        assert said((await house.take(command("count", at=house.now()))).reply) == "counted 1"

    async def test_the_storage_sentence_is_in_the_persons_language(self, house):
        await speak(house, "de")
        house.store.away = True
        assert said((await house.take(command("count", at=house.now()))).reply) == "de:error.storage"


class TestWords:
    async def test_features_are_offered_what_was_typed(self, house):
        await house.take(command("count", at=house.now()))
        assert said((await house.take(typed("diary today", at=house.now()))).reply) == "heard 2"

    async def test_what_nobody_waits_for_is_answered_and_not_kept(self, house):
        answer = await house.take(typed("hello", at=house.now()))
        assert said(answer.reply) == "en:error.words_unexpected"
        assert labels(answer.reply) == ["en:common.help_now"]
        assert not house.store.rows.people

    async def test_in_a_room_nothing_is_read(self, house):
        await house.take(command("count", at=house.now()))
        assert (await house.take(typed("diary today", place=ROOM_PLACE, at=house.now()))).reply == NOTHING
        assert house.store.rows.words == ["counted"]

    @pytest.mark.parametrize("length", [4001, 10_000, 1_000_000])
    async def test_too_many_characters_get_a_kind_sentence_and_change_nothing(self, house, length):
        await house.take(command("count", at=house.now()))
        for act in (
            typed("diary " + "ä" * length, at=house.now()),
            command("count", text="x" * length, at=house.now()),
            filled(Press("test", "meeting"), {"title": "x" * length}, at=house.now()),
        ):
            assert said((await house.take(act)).reply) == f"en:error.too_long length={_length(act)} limit=4000"
        assert house.store.rows.words == ["counted"]

    async def test_control_and_direction_characters_are_gone_before_a_feature_reads(self, house):
        await house.take(command("count", at=house.now()))
        await house.take(typed("diary \u202egood\x00\u200b day\r\n", at=house.now()))
        assert house.feature.calls[-1].incoming.words == "diary good day\n"
        await house.take(filled(Press("test", "meeting"), {"title": "a\x1bb", "Bad-Name": "x"}, at=house.now()))
        assert house.feature.calls[-1].arguments == {"title": "ab"}


def _length(act) -> int:
    return max(len(text) for text in (act.words, *act.arguments.values()))


@given(st.text(max_size=200), st.text(max_size=50), st.text(max_size=20))
async def test_whatever_is_sent_is_answered(words, name, locale):
    house = House(MemoryStore(), SteppedClock(datetime(2026, 12, 1, tzinfo=UTC)))
    for act in (
        typed(words, locale=locale, at=house.now()),
        command(name, text=words, locale=locale, at=house.now()),
        filled(Press("test", "meeting"), {"title": words}, locale=locale, at=house.now()),
    ):
        answer = await house.take(act)
        assert answer.reply.blocks
        assert "unexpected" not in said(answer.reply).replace("words_unexpected", "")


async def test_a_large_file_is_made_again_instead_of_kept(house):
    await house.take(command("big", receipt="7", at=house.now()))
    assert not house.store.rows.receipts
    answer = await house.take(command("big", receipt="7", at=house.now()))
    assert answer.reply.file is not None


async def test_an_old_act_is_done_at_the_present_time(house):
    long_ago = house.now() - timedelta(hours=5)
    await house.take(command("count", at=long_ago))
    call = house.feature.calls[-1]
    assert (call.at, call.incoming.at) == (house.now(), long_ago)


def test_the_menu_lists_what_is_listed_in_every_language(house):
    entries = {entry.name: entry for entry in house.dispatch.menu()}
    assert "secret" not in entries
    assert entries["meeting create"].facilitators
    assert entries["meeting create"].descriptions == {
        "en": "en:test.command_meeting_create",
        "de": "de:test.command_meeting_create",
    }
    [(option, described)] = entries["count"].options
    assert (option.name, described["de"]) == ("what", "de:test.option_count_what")


def test_two_features_cannot_share_a_name(house):
    house.safety = house.feature.feature()
    with pytest.raises(ValueError, match="two features named test"):
        house.build()


async def test_discord_shows_a_form_at_once(house):
    account = Account("discord", "1")
    place = Place("discord", "1")
    answer = await house.take(command("fill", account=account, place=place, at=house.now()))
    assert answer.reply.form is not None
    assert not house.store.rows.forms
