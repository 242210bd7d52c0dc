"""SAFETY 5, row 18; Must 24. Two audiences are two worlds, and communities never meet: no list, count, board, search, feed, export
or figure joins them. (Each by itself is tried beside its feature; here all of them, in one house.)"""

import pytest
from msgspec.structs import replace

from bot.core.meetings import Audience
from handlers.calendars.records import PublicFeed
from storage.calendars import Calendars
from storage.meetings import Meetings
from tests.evening.world import world
from tests.security.evenings import plan as plan_there
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


OURS, THEIRS = "Evening of participants", "Evening of relatives"
TITLES = {Audience.PARTICIPANTS: OURS, Audience.FAMILY: THEIRS}


async def both(inside):
    """A community with a meeting of each audience, which somebody counts on; and both public calendars on."""
    kim = inside.person("kim", facilitator=True)
    await plan(kim, OURS)
    await plan(kim, THEIRS, "tuesday 21:00 90")

    await inside.house.store.transact(lambda unit: publish(unit, "discord", HERE, inside.clock.now()))
    return kim


async def publish(unit, platform: str, space: str, now) -> None:
    """Make one meeting the relatives', and switch the public calendar of each audience on."""
    community = await unit.communities.find_or_make(platform, space)
    for series in await Meetings(unit).of_community(community.id):
        if series.title == THEIRS:
            await Meetings(unit).change_series(replace(series, options=replace(series.options, audience=Audience.FAMILY)))
    for audience in Audience:
        await Calendars(unit).publish(PublicFeed(community.id, audience, token_of(TITLES[audience]), now))


def token_of(title: str) -> str:
    return title.replace(" ", "").lower()


async def told(who, line: str, spot="room", **more) -> str:
    reply = await who.command(line, spot, **more)
    return f"{text_of(reply)} {[button.label for row in reply.buttons for button in row]}"


async def test_no_list_search_or_board_joins_the_audiences(inside):
    kim, ana = await both(inside), inside.person("ana")
    for spot in ("room", "private"):
        assert OURS in await told(ana, "/meetings", spot)
        assert THEIRS not in await told(ana, "/meetings", spot)
        assert OURS not in await told(ana, "/meetings family", spot)
        assert THEIRS in await told(ana, "/meetings family", spot)
    assert THEIRS not in await told(ana, "/meetings evening")  # the word is in both titles
    for line, other in (("/meeting board", THEIRS), ("/meeting board family", OURS)):
        await kim.command(line, "room", board=line.removeprefix("/meeting board").strip())
        boards = [text_of(post.reply) for post in await inside.moments(seconds=2) if post.key.startswith("board")]
        assert boards
        assert not [board for board in boards if other in board], line


async def test_no_feed_joins_them_and_one_of_nobody_is_not_there(tmp_path):
    async with world("web", tmp_path) as here:
        kim = here.person("Kim", facilitator=True)
        for title in (OURS, THEIRS):
            await plan_there(here, kim, title)
        await here.house.store.transact(lambda unit: publish(unit, "web", "demo", here.clock.now()))
        session = here.driver.session
        for own, other in ((OURS, THEIRS), (THEIRS, OURS)):
            async with session.get(f"calendar/c/{token_of(own)}.ics") as answer:
                assert answer.status == 200
                body = await answer.text()
            assert own in body
            async with session.get(f"calendar/c/{token_of(own)}") as answer:
                page = await answer.text()
            for said in (body, page):
                assert other not in said
                for name in ("ATTENDEE", "ORGANIZER", "mailto:", "Kim"):
                    assert name not in said
        answers = set()
        own = token_of(OURS)
        for path in ("c/nobody.ics", "c/.ics", "p/nobody.ics", f"p/{own}.ics", f"c/{own}/none.ics", "members"):
            async with session.get(f"calendar/{path}") as answer:
                answers.add((answer.status, await answer.text()))
        assert len(answers) == 1
        assert {status for status, _ in answers} == {404}


async def test_figures_and_exports_are_of_one_audience(inside):
    kim = await both(inside)
    for line in ("/facilitator figures", "/meeting export"):
        shown = await told(kim, line)
        assert not (OURS in shown and THEIRS in shown), line
    for reply in [reply for _, reply in inside.replies if reply.file is not None]:
        body = reply.file.content.decode(errors="replace")
        assert not (OURS in body and THEIRS in body)


async def test_no_command_and_no_address_lists_people(inside, tmp_path_factory):
    names = {entry.name for entry in inside.house.dispatch.menu()}
    assert not [name for name in names if any(word in name for word in ("who", "search", "find", "members", "people"))]
    async with world("web", tmp_path_factory.mktemp("web")) as here:
        for path in ("feed", "feed.ics", "calendar.ics", "meetings", "members", "people", "api", "page/../config", "calendar"):
            async with here.driver.session.get(path) as answer:
                assert answer.status == 404, path
