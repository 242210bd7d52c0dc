"""What is not right reaches the facilitators by /report, without the name of who told it, and an answer comes back."""

import pytest

from tests.evening.between import known, on_the_roster, shown
from tests.evening.evening import cast_of
from tests.evening.world import PLATFORMS, world


@pytest.fixture(params=PLATFORMS)
async def cast(request, tmp_path):
    """Kim is on the facilitators' list; Ana has been in the room."""
    async with world(request.param, tmp_path) as here:
        cast = cast_of(here, "Ana", "Ben")
        await on_the_roster(cast, "Kim")
        await known(cast, "Ana")
        yield cast


async def begin(cast):
    await cast.command("Ana", "/report")
    await cast.sees("Ana", "It goes to this community's facilitators, without your name.")


async def test_a_report_from_a_private_chat_is_read_and_answered_without_a_name(cast):
    await begin(cast)
    await cast.tap("Ana", "reports.kind_unkind")
    await cast.sees("Ana", "Sent to the facilitators, without your name.")
    await cast.tap("Ana", "reports.words_button")
    await cast.fill("Ana", {"words": "Somebody shouted at me."})
    await cast.sees("Ana", "The facilitators of this community will read exactly this")
    await cast.tap("Ana", "reports.add_button")
    await cast.sees("Ana", "Your words were added.")
    letter = await cast.sees("Kim", "for you as a facilitator.")
    assert "shouted" not in letter
    await cast.tap("Kim", "reports.read_button")
    read = await cast.sees("Kim", "Somebody shouted at me.")
    assert "Ana" not in read
    await cast.tap("Kim", "reports.ready_look")
    await cast.sees("Ana", "There is an answer for you.")
    await cast.tap("Ana", "reports.show_button")
    await cast.sees("Ana", "Thank you for telling us. We look into it.")


async def test_a_report_is_taken_back_and_nobody_can_read_it_any_more(cast):
    await begin(cast)
    await cast.tap("Ana", "reports.kind_selling")
    await cast.tap("Ana", "reports.take_back_button")
    await cast.sees("Ana", "You took it back.")
    await cast.command("Kim", "/report")
    assert not shown(cast, "Kim", cast.label("reports.kind_selling"))


async def test_where_somebody_is_in_danger_the_number_comes_first(cast):
    await begin(cast)
    await cast.tap("Ana", "reports.kind_danger")
    assert "112" in await cast.sees("Ana", "In danger, call")
    await cast.tap("Ana", "reports.send_anyway_button")
    await cast.sees("Ana", "Sent to the facilitators, without your name.")


async def test_about_a_facilitator_it_reaches_owners_only_and_says_so_where_there_are_none(cast):
    await begin(cast)
    await cast.tap("Ana", "reports.kind_leading")
    await cast.sees("Ana", "goes to the owners of this community only")
    await cast.tap("Ana", "reports.facilitator_button")
    await cast.sees("Ana", "Nobody who may read this is on the facilitators' list here")
    assert not shown(cast, "Kim", "waiting for you")
