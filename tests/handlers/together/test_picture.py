"""The joint picture: of those who agreed, from five up, once, after the week; and nothing of the week that is open."""

from tests.handlers.screens import labels_of, text_of


async def test_five_who_agreed_make_a_picture_once_the_week_is_closed(house):
    await house.answer_all([0, 5, 5, 8, 10])
    before = await house.look()
    assert before.picture is None
    await house.next_week()
    shown = await house.look()
    assert shown.picture is not None
    assert "Nov 30 – Dec 6: 5 to 9 people. The middle answer is in 4 to 6, and so are most." in twin_of(shown)
    assert labels_of(shown)[-1] == "Help now"


def twin_of(reply):
    from bot.core.richtext import plain_block

    return "\n".join(plain_block(block) for block in reply.picture.twin).replace("\u2009", " ").replace("\xa0", " ")
