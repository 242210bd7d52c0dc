"""SAFETY 5, row 18; Must 24. The slice has one audience and no feed: what exists is that communities never meet, and that nothing
is served to a reader who did not come in."""

import pytest

from tests.evening.world import world
from tests.security.inside import HERE, THERE, plan, text_of


@pytest.mark.parametrize("platform", ["discord", "telegram"])
async def test_what_one_community_plans_another_never_sees(inside, platform):
    kim = inside.person("kim", platform, facilitator=True, space=HERE)
    lou = inside.person("lou", platform, facilitator=True, space=THERE)
    await plan(kim, "For participants")
    await plan(lou, "For relatives")
    for who, own, other in ((kim, "For participants", "For relatives"), (lou, "For relatives", "For participants")):
        for command in ("/meetings", "/remind", "/meeting cancel"):
            for spot in ("room", "private"):
                await who.command(command, spot)
        said = "\n".join(
            f"{text_of(reply)} {[button.label for row in reply.buttons for button in row]}"
            for what, reply in inside.replies
            if what in ("/meetings", "/remind", "/meeting")
        )
        assert own in said
        mine = "\n".join([text_of(await who.command(command, "room")) for command in ("/meetings", "/remind")])
        assert other not in mine


async def test_head_counts_and_cards_of_two_communities_are_apart(inside):
    kim, lou = inside.person("kim", facilitator=True), inside.person("lou", facilitator=True, space=THERE)
    await plan(kim, "One")
    await plan(lou, "Two")
    posts = await inside.moments(minutes=52)
    cards = {text_of(post.reply).splitlines()[0]: post for post in posts if post.key.startswith("card_")}
    assert set(cards) == {"One", "Two"}
    ana = inside.person("ana")
    await ana.press(cards["One"].reply.buttons[0][0].press, "room")
    counted = {text_of(post.reply).splitlines()[0]: text_of(post.reply) for post in await inside.moments(seconds=1)}
    assert "One person is here" in counted["One"]
    assert "Two" not in counted


async def test_there_is_no_feed_no_list_and_no_search(inside, tmp_path_factory):
    names = {entry.name for entry in inside.house.dispatch.menu()}
    assert not [
        name for name in names if any(word in name for word in ("who", "list", "search", "find", "members", "feed", "calendar"))
    ]
    async with world("web", tmp_path_factory.mktemp("web")) as here:
        for path in ("feed", "feed.ics", "calendar.ics", "meetings", "members", "people", "api", "page/../config"):
            async with here.driver.session.get(path) as answer:
                assert answer.status == 404, path
