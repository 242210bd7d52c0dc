"""Figures of a community: whole months, people only in bands, two audiences never in one, and only for facilitators."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import MeetingId
from bot.core.meetings import Audience, State
from bot.core.replies import Press
from bot.core.richtext import plain_block
from bot.core.spreadsheet import FORMULA_STARTS
from content.loader import load_texts
from handlers.figures import rules
from handlers.figures.records import Evening
from handlers.figures.table import table
from storage.meetings import Meetings
from tests.handlers.screens import labels_of, press_of, text_of

BERLIN = ZoneInfo("Europe/Berlin")


async def asked(house, who="kim"):
    return await house.type(who, "/figures", leads=who == "kim")


async def test_a_month_says_what_was_held_cancelled_and_without_a_host(house, past):
    for heads in (3, 5, 9, 10, 19, 20, 45):
        await past.had(heads)
    await past.had(6, self_run=True)
    await past.had(0, segment=-1)
    await past.had(0, state=State.CANCELLED, segment=-1)
    await past.had(12, state=State.DEBRIEFED)
    said = text_of(await asked(house))
    assert said.splitlines()[0] == "Figures: November 2026"
    assert "9 meetings were held" in said
    assert "One was cancelled" in said
    assert "2 were without a host; 1 of these went by themselves" in said
    assert "One evening with 0 to 4 people" in said
    assert "3 evenings with 5 to 9 people" in said
    assert "3 evenings with 10 to 19 people" in said
    assert "2 evenings with 20 or more people" in said


async def test_how_many_came_to_one_evening_is_nowhere(house, past):
    await past.had(47)
    shown = await asked(house)
    assert shown.picture is not None
    file = await house.press("kim", press_of(shown, "As a file"), leads=True)
    assert file.file is not None
    everything = (
        text_of(shown) + "".join(map(plain_block, shown.picture.twin)) + str(shown.picture.points) + file.file.content.decode()
    )
    assert "47" not in everything


async def test_the_present_month_is_not_shown(house, past):
    await past.had(9, at=datetime(2026, 12, 1, 1, tzinfo=UTC))
    await past.had(9, at=datetime(2026, 11, 30, 22, 30, tzinfo=UTC))
    await past.had(9, at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))  # in Berlin it is December
    shown = await asked(house)
    assert "One meeting was held" in text_of(shown)
    before = text_of(shown)
    await past.had(9, at=datetime(2026, 12, 1, 2, tzinfo=UTC))
    assert text_of(await asked(house)) == before


async def test_participants_and_families_are_never_in_one_figure(house, past):
    await past.had(9, title="One")
    await past.had(12, title="Two", audience=Audience.FAMILY)
    await past.had(12, title="Two", audience=Audience.FAMILY)
    shown = await asked(house)
    assert "Meetings for participants." in text_of(shown)
    assert "One meeting was held" in text_of(shown)
    family = await house.press("kim", press_of(shown, "Family and friends"), leads=True)
    assert "2 meetings were held" in text_of(family)
    file = await house.press("kim", press_of(family, "As a file"), leads=True)
    assert file.file is not None
    lines = list(csv.reader(io.StringIO(file.file.content.decode("utf-8-sig"))))
    assert lines[6][0:3] == ["2026-11", "All", "2"]


async def test_evenings_of_a_cancelled_series_count_still(house, past):
    evening = await past.had(9)
    await house.store.transact(lambda unit: Meetings(unit).cancel_series(evening.series, house.clock.now()))
    assert "One meeting was held" in text_of(await asked(house))


async def test_one_can_turn_to_earlier_months_and_back(house, past):
    await past.had(9, 10)
    shown = await asked(house)
    assert "No meeting was held" in text_of(shown)
    october = await house.press("kim", press_of(shown, "Back to"), leads=True)
    assert text_of(october).splitlines()[0] == "Figures: October 2026"
    assert "One meeting was held" in text_of(october)
    assert any(label.startswith("On to Nov") for label in labels_of(october))
    first = await house.press("kim", Press("figures", "of", press_of(shown, "Back to").subject, "participants_202606"), leads=True)
    assert not any(label.startswith("Back to") for label in labels_of(first))


async def test_a_series_is_listed_only_with_five_evenings(house, past):
    for _ in range(5):
        await past.had(9, title="Often")
    for _ in range(4):
        await past.had(9, title="Seldom")
    shown = await asked(house)
    listed = await house.press("kim", press_of(shown, "Each meeting"), leads=True)
    assert "Often" in text_of(listed)
    assert "Seldom" not in text_of(listed)
    file = await house.press("kim", press_of(shown, "As a file"), leads=True)
    assert file.file is not None
    assert b"Often" in file.file.content
    assert b"Seldom" not in file.file.content


async def test_no_picture_of_nothing(house):
    shown = await asked(house)
    assert shown.picture is None
    assert "No meeting was held" in text_of(shown)


async def test_the_picture_says_the_same_as_its_twin(house, past):
    for month, heads in ((9, 3), (10, 12), (10, 12), (11, 30)):
        await past.had(heads, month)
    picture = (await asked(house)).picture
    assert picture is not None
    assert len(picture.points) == 24
    assert [value for _, value in picture.points[12:18]] == [0, 0, 0, 0, 2, 0]
    twin = "\n".join(map(plain_block, picture.twin))
    assert "October 2026: 2 with 10 to 19 people" in twin
    assert "August 2026: none held" in twin


@pytest.mark.parametrize("action", ["of", "series", "file"])
async def test_only_facilitators_of_the_community(house, past, action):
    await past.had(9)
    shown = await asked(house)
    subject = press_of(shown, "As a file").subject
    for private in (False, True):
        refused = await house.press("ana", Press("figures", action, subject, "participants"), private=private)
        assert "for facilitators" in text_of(refused)
        assert refused.file is None
    assert "held" not in text_of(await asked(house, "ana"))
    missing = await house.press("kim", Press("figures", action, "0" * 32, "participants"), leads=True)
    house.space = "elsewhere"
    foreign = await house.press("kim2", Press("figures", action, subject, "participants"), leads=True)
    assert text_of(foreign) == text_of(missing)


@pytest.mark.parametrize("value", ["", "all", "family_2026", "family_999999x", "participants_abcdef", "_202610"])
async def test_a_forged_wish_gets_a_kind_answer_and_nothing_else(house, past, value):
    await past.had(9)
    subject = press_of(await asked(house), "As a file").subject
    answer = await house.press("kim", Press("figures", "of", subject, value), leads=True)
    assert "held" not in text_of(answer)


async def test_the_role_gone_the_private_screen_is_too(house, past):
    await past.had(9)
    subject = press_of(await asked(house), "As a file").subject
    press = Press("figures", "of", subject, "participants")
    assert "held" in text_of(await house.press("kim", press, private=True))
    await house.press("kim", press)  # in the room, without the role
    assert "for facilitators" in text_of(await house.press("kim", press, private=True))


# Pure -------------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=30))
def test_no_cell_of_the_file_begins_a_formula(title):
    say = load_texts().of("en")
    content = table(say, {rules.Month(2026, 11): rules.Tally()}, [(title, rules.Tally()), (f"={title}", rules.Tally())])
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert not [one for row in read for one in row if one.startswith(FORMULA_STARTS)]


@given(st.integers(0, 10_000))
def test_every_head_count_has_a_band(heads):
    low, high = rules.BANDS[rules.band_of(heads)]
    assert low <= heads
    assert not high or heads <= high


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_the_months_shown_are_whole_and_follow_each_other(naive):
    now = naive.replace(tzinfo=UTC)
    shown = rules.months(now, BERLIN)
    assert len(shown) == rules.SHOWN
    assert all(one.after == other for one, other in pairwise(shown))
    assert shown[-1].after.starts(BERLIN) <= now < shown[-1].after.after.starts(BERLIN)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60), st.sampled_from([State.CLOSED, State.DEBRIEFED, State.CANCELLED]), st.booleans(), st.booleans()
        )
    )
)
def test_every_evening_is_counted_once(made):
    at = datetime(2026, 11, 3, tzinfo=UTC)
    evenings = [
        Evening(MeetingId("s"), at + timedelta(days=n), state, began, self_run, heads)
        for n, (heads, state, began, self_run) in enumerate(made)
    ]
    tally = rules.tally(evenings)
    assert tally.held + tally.cancelled + tally.not_held == len(evenings)
    assert sum(tally.bands) == tally.held
    assert tally.self_run <= tally.held


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("count", "self_run"), [(0, 0), (1, 0), (1, 1), (4, 2)])
def test_no_host_reads_well_whatever_the_number(language, count, self_run):
    said = load_texts().of(language).label("figures.no_host", count=count, self_run=self_run)
    assert not re.search(r"[{}$]|-> ", said)
