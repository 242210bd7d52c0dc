"""Laws of merging and voting, for whatever people write, take back, hide and choose."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.few import FIVE
from bot.core.ids import CommunityId, OccurrenceId, PersonId, RoomId
from handlers.exercises import rules
from handlers.exercises.records import LONGEST_LINE, Exercise, Item, Kind, Line, Vote

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
EXERCISE = Exercise("e", OccurrenceId("o"), CommunityId("c"), RoomId("r"), Kind.BOARD, NOW)
WORDS = st.sampled_from(["sleep", "Sleep.", "money", "calm", "friends", "?", "??", "mornings"])
PEOPLE = st.integers(0, 8)
WRITES = st.tuples(st.just("write"), PEOPLE, st.integers(0, 3), WORDS)
TAKES = st.tuples(st.just("take"), PEOPLE, st.integers(0, 3), WORDS)
HIDES = st.tuples(st.just("hide"), st.integers(0, 30), st.just(0), st.just(""))
MERGES = st.tuples(st.just("merge"), st.just(0), st.just(0), st.just(""))
ACTS = st.lists(st.one_of(WRITES, WRITES, WRITES, TAKES, HIDES, MERGES), max_size=60)


@dataclass
class Group:
    lines: dict[str, Line] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=count)

    def id(self) -> str:
        return f"{hash((next(self.ids), 'drawn')) & (1 << 64) - 1:016x}"

    def act(self, kind: str, who: int, box: int, words: str) -> list[Line]:
        """Do it; return the lines that a merge brought in."""
        match kind:
            case "write":
                line = Line(self.id(), "e", PersonId(f"p{who}"), box, words, NOW)
                self.lines[line.id] = line
            case "take":
                found = [one for one in self.lines.values() if (one.person, one.box) == (f"p{who}", box)]
                for line in found[:1]:
                    del self.lines[line.id]
            case "hide":
                for item in list(self.items.values())[who : who + 1]:
                    self.items[item.id] = replace(item, hidden=not item.hidden)
            case "merge":
                lines, items = rules.merged(EXERCISE, list(self.lines.values()), list(self.items.values()), self.id)
                self.items |= {item.id: item for item in items}
                self.lines |= {line.id: line for line in lines}
                return lines
        return []

    @property
    def shown(self) -> list[rules.Shown]:
        return rules.shown(self.lines.values(), sorted(self.items.values(), key=lambda item: item.number))


@given(ACTS)
def test_whatever_comes_into_the_room_at_once_is_of_five_people_or_more(acts):
    group = Group()
    for act in acts:
        before = {line.id for line in group.lines.values() if line.item}
        brought = group.act(*act)
        new = {line.id for line in group.lines.values() if line.item} - before
        assert new == {line.id for line in brought}
        assert not brought or len({line.person for line in brought}) >= FIVE


@given(ACTS)
def test_the_room_grows_by_nothing_but_a_merge_or_showing_again(acts):
    group = Group()
    for act in acts:
        before = {item.id for item in group.shown}
        group.act(*act)
        if act[0] in ("write", "take"):
            assert {item.id for item in group.shown} <= before


@given(ACTS)
def test_each_number_is_one_items_for_good_and_lines_that_read_alike_are_one_item(acts):
    group = Group()
    named: dict[int, str] = {}
    for act in acts:
        group.act(*act)
        for item in group.items.values():
            assert named.setdefault(item.number, item.id) == item.id
    read = [(item.box, rules.alike(item.words)) for item in group.shown]
    assert len(read) == len(set(read))


@given(ACTS)
def test_nothing_hidden_taken_back_or_not_merged_is_shown(acts):
    group = Group()
    for act in acts:
        group.act(*act)
    merged = {(line.box, line.words) for line in group.lines.values() if line.item}
    for item in group.shown:
        assert (item.box, item.words) in merged
        assert not group.items[item.id].hidden


@given(ACTS)
def test_new_items_stand_in_the_order_of_ids_drawn_at_the_merge(acts):
    group = Group()
    for act in acts:
        known = set(group.items)
        group.act(*act)
        new = sorted((item for item in group.items.values() if item.id not in known), key=lambda item: item.number)
        assert [item.id for item in new] == sorted(item.id for item in new)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_mark_is_never_of_fewer_than_five_nor_leaves_fewer_than_five(wrote, others):
    told = rules.told(wrote, wrote + others)
    assert told % 5 == 0
    assert told <= wrote
    assert not told or (told >= FIVE and others >= FIVE)


VOTES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 7)), max_size=40, unique=True)


def items_of(count_: int) -> list[Item]:
    return [Item(f"i{number}", "e", number) for number in range(count_)]


@given(VOTES, st.integers(0, 6))
def test_sums_are_shown_from_five_voters_and_of_one_or_two_nothing(votes, count_):
    items = items_of(count_)
    cast = [Vote(PersonId(f"p{who}"), f"i{item}") for who, item in votes]
    voters = {vote.person for vote in cast if vote.item in {item.id for item in items}}
    result = rules.counted(items, cast)
    sums = [item.votes for item in result if item.votes is not None]
    places = [item.place for item in result if item.place is not None]
    assert bool(sums) == (len(voters) >= FIVE)
    assert bool(places) == (rules.FEWEST_VOTERS <= len(voters) < FIVE)
    assert all(1 <= place <= rules.FIRST for place in places)
    if sums:
        assert sum(sums) == sum(vote.item in {item.id for item in items} for vote in cast)


@given(st.lists(st.integers(0, 9), max_size=30), st.sets(st.integers(0, 9)))
def test_nobody_has_more_than_three_votes_on_what_can_be_chosen(wishes, gone):
    given_: list[str] = []
    items = items_of(10)
    for wish in wishes:
        if rules.may_vote(given_, items, f"i{wish}"):
            given_.append(f"i{wish}")
    assert len(given_) == len(set(given_)) <= rules.VOTES
    left = [item for item in items if item.number not in gone]
    for item in left:
        if rules.may_vote(given_, left, item.id):
            given_.append(item.id)
    assert sum(vote in {item.id for item in left} for vote in given_) <= rules.VOTES


@given(st.text(max_size=400))
def test_lines_are_short_plain_and_each_once(typed):
    try:
        lines = rules.lines_from(typed)
    except rules.LineTooLong:
        return
    assert len(lines) == len(set(lines))
    for line in lines:
        assert 0 < len(line) <= LONGEST_LINE
        assert line == " ".join(line.split())
        assert not set(line) & set("\u202e\u2066\u2067\n\r\t\x00")


@given(st.lists(st.lists(st.integers(1, 300), max_size=30), min_size=1, max_size=4), st.integers(0, 2000))
def test_what_fits_one_message_fits_and_no_box_pushes_out_another(lengths, budget):
    taken = rules.fitting(lengths, budget)
    assert sum(sum(of_box[:n]) for of_box, n in zip(lengths, taken, strict=True)) <= budget
    alike_lengths = [[40] * len(of_box) for of_box in lengths]
    fair = rules.fitting(alike_lengths, budget)
    short = [n for n, of_box in zip(fair, alike_lengths, strict=True) if n < len(of_box)]
    assert not short or max(fair) - min(short) <= 1
