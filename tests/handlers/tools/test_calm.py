"""Breathing, grounding and relaxing: timed prompts on one message, and nothing is kept."""

import pytest

from tests.handlers.flows.driving import labels, text_of


@pytest.mark.parametrize(
    ("taps", "seconds", "ends"),
    [
        (("breathe", "In, hold, out, hold: 4 each", "1 min"), 60, "by itself"),
        (("breathe", "In 4, out 6, no holding", "3 min"), 180, "by itself"),
        (("ground", "Timed, 3 minutes"), 180, "in this place"),
        (("relax", "Muscles, 6 minutes"), 360, "Stretch"),
        (("relax", "A calm place, 5 minutes"), 300, "Stretch"),
    ],
)
async def test_prompts_change_by_themselves_and_nothing_is_kept(house, alice, taps, seconds, ends):
    command, *tapped = taps
    await alice.command(command)
    shown = [text_of(await alice.tap(*tapped))]
    posts = await house.time_passes(seconds=seconds)
    shown.extend(text_of(post.reply) for post in posts)
    assert len(set(shown)) == len(shown)
    assert len(shown) >= 4
    assert ends in shown[-1]
    alice.screen = posts[-1].reply
    assert not {"Keep", "Send me a file"} & {*labels(alice.screen)}
    await alice.tap("Close")
    assert await alice.entries() == []
    assert await house.time_passes(days=1) == []


async def test_done_ends_a_timer_at_once(house, alice):
    await alice.command("breathe")
    screen = await alice.tap("In 4, out 6, no holding", "5 min", "Done")
    assert "by itself" in text_of(screen)
    assert await house.time_passes(minutes=10) == []


async def test_the_senses_can_be_gone_through_at_ones_own_pace(alice):
    await alice.command("ground")
    said = [text_of(await alice.tap("At my own pace"))]
    said.extend([text_of(await alice.tap("Next")) for _ in range(5)])
    assert [line[0] for line in said[:5]] == ["5", "4", "3", "2", "1"]
    assert "in this place" in said[5]
