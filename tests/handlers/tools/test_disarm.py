"""The named voice: its lines get answers, which are there when it speaks again."""

from tests.handlers.flows.driving import labels, text_of


async def named(alice):
    await alice.command("voice")
    await alice.says("The old tune")
    await alice.tap("Just one")
    await alice.says("nobody knows")
    await alice.tap("Done")
    await alice.tells("it was never one", "I know")
    await alice.says("I have heard you")
    return await alice.tap("No", "Keep")


async def test_each_line_gets_an_answer(alice):
    await named(alice)
    [entry] = await alice.entries()
    assert entry["replies"] == {"Just one": "it was never one", "nobody knows": "I know"}


async def test_when_it_speaks_again_a_tap_on_the_line_shows_the_answer_and_nothing_is_lost(alice):
    await named(alice)
    before = await alice.entries()
    await alice.command("disarm")
    await alice.tap("Go on with The old tune", "Leave as it is", "It is saying something")
    assert "it was never one" in text_of(await alice.tap("Just one"))
    await alice.tap("Next", "Done", "Leave as it is", "No", "Keep")
    [entry] = await alice.entries()
    assert {name: entry[name] for name in ("name", "lines", "replies", "send")} == {
        name: before[0][name] for name in ("name", "lines", "replies", "send")
    }


async def test_only_a_new_line_is_asked_about(alice):
    await named(alice)
    await alice.command("disarm")
    await alice.tap("Go on with The old tune", "Leave as it is", "Add to it", "One last time", "Done")
    assert "One last time" in text_of(alice.screen)
    assert "it was never one" not in text_of(alice.screen)
    await alice.says("there was one before")
    await alice.tap("Leave as it is", "No", "Keep")
    [entry] = await alice.entries()
    assert entry["replies"] == {
        "Just one": "it was never one", "nobody knows": "I know", "One last time": "there was one before"
    }  # fmt: skip


async def test_without_answers_the_kit_is_not_offered(alice):
    await alice.command("disarm")
    screen = await alice.tap("Skip", "Skip", "Skip")
    assert "Yes, to my kit" not in labels(screen)
