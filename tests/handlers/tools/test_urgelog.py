"""The urge log: three answers by chips, or the long form; one question later only for who wants it."""

from bot.core.flow import Many
from content.loader import load_flows
from tests.handlers.flows.driving import labels, text_of


async def test_strength_trigger_and_coping_are_enough(alice):
    await alice.command("logurge")
    screen = await alice.tap("7", "Tension", "Done", "Waited", "Done", "That is enough")
    assert "What I did: Waited" in text_of(screen)
    await alice.tap("Keep")
    assert await alice.entries() == [
        {"tool": "urgelog", "before": 7, "triggers": ["tension"], "coping": ["wait"], "more": "enough"}
    ]


def test_it_and_the_urge_itself_keep_the_same_under_the_same_names():
    flows = load_flows()
    urge, log = ({step.save for step in flows[name].steps.values() if step.save} for name in ("urge", "urgelog"))
    assert {"before", "after", "triggers", "coping", "note"} <= urge & log
    chips = [step.options for flow in ("urge", "urgelog") if isinstance(step := flows[flow].steps["triggers"], Many)]
    assert chips[0] == chips[1]


async def test_who_wants_is_asked_once_after_25_minutes_and_the_message_names_nothing(house, alice):
    await alice.command("urgelog")
    await alice.tap("7", "Tension", "Done", "Waited", "Done", "Enough; ask me in 25 minutes", "Keep")
    [post] = await house.time_passes(minutes=26)
    assert "urge" not in text_of(post.reply).lower()
    alice.screen = post.reply
    assert "How strong is it now" in text_of(await alice.tap("Look"))
    assert "Step by step" not in labels(await alice.tap("2"))
    assert await house.time_passes(days=3) == []


async def test_what_was_earlier_is_noted_with_its_time_and_nobody_asks_later(house, alice):
    await alice.command("urgelog")
    await alice.tap("7", "Done", "Done", "Add more", "Earlier today")
    await alice.types("3 pm")
    await alice.tap("5 to 15 minutes")
    await alice.fills(where="at home", who="alone")
    screen = await alice.tap("Done", "Skip", "It passed", "2", "Skip")
    assert "Where: at home" in text_of(screen)
    await alice.tap("Keep")
    [entry] = await alice.entries()
    assert (entry["when"], entry["hour"], entry["after"]) == ("earlier", "15:00", 2)
    assert await house.time_passes(days=1) == []
