"""Laws of roles, for whatever people press and a facilitator gives."""

from datetime import UTC, datetime
from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.ids import CommunityId, OccurrenceId, PersonId, RoomId
from handlers.exercises import parts as cast
from handlers.exercises.records import Exercise, Kind, Line, Part, PartBody, Role

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
EXERCISE = Exercise("e", OccurrenceId("o"), CommunityId("c"), RoomId("r"), Kind.REHEARSAL, NOW)
JOINS = st.tuples(st.just("join"), st.integers(0, 5), st.sampled_from([Role.PLAYS, Role.OFFERS, Role.WATCHES]))
GIVES = st.tuples(st.just("give"), st.integers(0, 5), st.just(Role.WATCHES))
ACTS = st.lists(st.one_of(JOINS, GIVES), max_size=40)


def after(acts) -> list[Part]:
    ids = count()
    parts: dict[str, Part] = {}
    for kind, who, role in acts:
        standing = sorted(parts.values(), key=lambda part: part.number)
        if kind == "join":
            part = cast.joined(standing, EXERCISE, PersonId(f"p{who}"), role, NOW, lambda: str(next(ids)))
            parts[part.id] = part
        elif who < len(standing) and standing[who].role is not Role.WATCHES:
            parts |= {part.id: part for part in cast.given(standing, standing[who])}
    return sorted(parts.values(), key=lambda part: part.number)


@given(ACTS)
def test_each_person_has_one_part_and_a_number_of_their_own(acts):
    parts = after(acts)
    assert len({part.person for part in parts}) == len({part.number for part in parts}) == len(parts)


@given(ACTS)
def test_a_role_is_given_to_one_who_asked_for_it_and_to_no_two(acts):
    parts = after(acts)
    for role in (Role.PLAYS, Role.OFFERS):
        assert sum(part.given for part in cast.would(parts, role)) <= 1
        assert (cast.chosen(parts, role) is None) == (not cast.would(parts, role))
    assert not any(part.given for part in cast.would(parts, Role.WATCHES))


@given(ACTS, st.integers(0, 9))
def test_whoever_answers_does_not_make_the_offer_and_a_swap_changes_both(acts, round_):
    parts, now = after(acts), replace(EXERCISE, round=round_)
    answers, offers = cast.answers(parts, now), cast.offers(parts, now)
    later = replace(now, round=round_ + 1)
    assert answers is None or answers != offers
    assert (cast.answers(parts, later), cast.offers(parts, later)) == (offers, answers)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.sampled_from(["", "item"])), max_size=12))
def test_one_person_sees_by_itself_only_what_others_agreed_to_and_the_room_has_not(made):
    lines = [
        Line(f"{number:02}", "e", PersonId(f"p{who}"), 0, "no", NOW, item=item, agreed=agreed)
        for number, (who, agreed, item) in enumerate(made)
    ]
    seen = cast.for_one(lines, PersonId("p0"))
    assert all(line.agreed and not line.item and line.person != "p0" for line in seen)
    assert len(seen) == sum(who != 0 and agreed and not item for who, agreed, item in made)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=12))
def test_what_is_taken_along_is_what_was_last_wanted(wishes):
    body = PartBody()
    for item, wish in wishes:
        body = cast.taken(body, item, wish=wish)
        assert (item in body.chosen) == wish
    assert len(set(body.chosen)) == len(body.chosen)
