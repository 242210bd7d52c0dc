"""People with accounts on two platforms, and what they do to link them."""

import re

from tests.security.inside import YES, buttons_of, text_of


async def code_of(who):
    """Make a code, and consent to what is kept if that is asked."""
    await who.command("/link")
    await who.tap("Make a code")
    if any(button.label == YES for button in buttons_of(who.screen)):
        await who.tap(YES)
    found = re.search(r"(\w{4}-){6}\w{4}", text_of(who.screen))
    assert found is not None, text_of(who.screen)
    return found[0]


async def say_yes(who):
    await who.tap("Yes, link them")
    if any(button.label == YES for button in buttons_of(who.screen)):
        await who.tap(YES)
    return text_of(who.screen)


async def link(keeper, other):
    """Make the second account a part of who has the first."""
    await other.command(f"/link {await code_of(keeper)}")
    return await say_yes(other)


def labels(who):
    return [button.label for button in buttons_of(who.screen)]
