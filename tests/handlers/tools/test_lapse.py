"""After a lapse: what keeps a body safe comes first, and nothing is counted."""

import pytest

from tests.handlers.flows.driving import labels, text_of


def leads_to_help(screen) -> bool:
    press = screen.buttons[0][0].press
    return press is not None and (press.feature, press.action) == ("safety", "now")


@pytest.mark.parametrize("command", ["lapse", "slip"])
async def test_that_a_body_stands_less_is_said_before_any_question(alice, command):
    screen = await alice.command(command)
    assert "the body stands less" in text_of(screen)
    assert "?" not in text_of(screen)
    assert leads_to_help(screen)
    assert "safe right now" in text_of(await alice.tap("Next"))


async def test_who_is_not_safe_gets_help_first(alice):
    await alice.command("lapse")
    screen = await alice.tap("Next", "No, or not sure")
    assert leads_to_help(screen)
    assert "What is it about?" in text_of(await alice.tap("Next"))


@pytest.mark.parametrize("answer", ["Alcohol, drugs, pills", "Skip"])
async def test_that_a_sudden_stop_can_be_dangerous_is_said_before_a_change_is_planned(alice, answer):
    await alice.command("lapse")
    screen = await alice.tap("Next", "Yes", answer)
    assert "A sudden stop can be dangerous" in text_of(screen)
    assert leads_to_help(screen)


async def test_after_gambling_debts_and_thoughts_of_suicide_are_named_together_without_a_link(alice):
    await alice.command("lapse")
    screen = await alice.tap("Next", "Yes", "Gambling")
    assert "Debts and thoughts of suicide often come together" in text_of(screen)
    assert "http" not in text_of(screen)
    assert all(not button.url for row in screen.buttons for button in row)


async def test_how_much_is_not_asked_and_the_change_goes_to_the_plan(alice):
    await alice.command("lapse")
    said = [text_of(alice.screen), text_of(await alice.tap("Next", "Yes", "Something else"))]
    said.append(text_of(await alice.fills(event="a party", thought="just one", feeling="sad")))
    said.append(text_of(await alice.tap("Done", "Calling someone", "Done")))
    said.append(text_of(await alice.says("leave at ten")))
    assert not any(asked in "\n".join(said) for asked in ("How much did", "How many", "How often"))
    screen = await alice.tap("Skip", "Keep")
    assert {"Put the change in my 7 days", "Look at the thoughts in it"} <= {*labels(screen)}
    assert "leave at ten" in text_of(await alice.tap("Put the change in my 7 days"))
