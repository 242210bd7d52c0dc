"""SAFETY 5, row 18; Must 24. Two audiences are two worlds, and communities never meet: no list, count, board, search, feed, export
or figure joins them. (Each by itself is tried beside its feature; here all of them, in one house.)"""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.core.calls import Place
from bot.core.ids import new_id
from bot.core.meetings import Audience
from bot.core.moments import Due
from bot.core.posts import ToPerson
from handlers.calendars.records import PublicFeed
from handlers.prompts import rules
from handlers.prompts.asking import ASK, key_of
from handlers.prompts.records import Asks, Prompt, State
from handlers.together.records import Line, LineBody, Sum, Week
from handlers.topics.records import Body, Stage, Topic
from storage.calendars import Calendars
from storage.meetings import Meetings
from storage.prompts import Prompts
from storage.together import Together
from storage.topics import Topics
from tests.evening.world import world
from tests.security.between import go
from tests.security.evenings import plan as plan_there
from tests.security.inside import HERE, THERE, buttons_of, plan, text_of


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


# Between meetings ---------------------------------------------------------------------------------------------------------


def seen(who) -> str:
    return f"{text_of(who.screen)} {[button.label for button in buttons_of(who.screen)]}"


async def rooms_of(unit):
    """The community, and its room for each audience; members act in the participants'."""
    community = await unit.communities.find_or_make("discord", HERE)
    ours = Place("discord", f"room{HERE}", space=HERE, private=False)
    theirs = replace(ours, chat="room of relatives")
    return community, {
        Audience.PARTICIPANTS: await unit.rooms.find_or_make(community.id, ours),
        Audience.FAMILY: await unit.rooms.find_or_make(community.id, theirs),
    }


async def test_prompts_of_the_two_are_on_no_list_together_and_their_cards_in_no_room_together(inside):
    kim, ana = await both(inside), inside.person("ana")
    await ana.agree("/urge")
    await ana.command("/meetings", "room")
    now = inside.clock.now()

    async def promise(unit):
        community, rooms = await rooms_of(unit)
        for audience, room in rooms.items():
            sundays, title = rules.usual("Europe/Berlin", now.date()), TITLES[audience]
            prompt = Prompt(new_id(), community.id, room.id, sundays, now, audience, Asks.OWN, new_id(), title, state=State.RUNNING)
            await Prompts(unit).keep(prompt)
            turn = rules.next_of(rules.of_prompt(prompt), now)
            assert turn is not None
            await unit.due.add(Due(key_of(prompt.id), ASK, turn.at, f"{prompt.id}_{rules.named(turn)}"))
        return rooms

    rooms = await inside.house.store.transact(promise)
    listed = await told(kim, "/community prompts")
    assert OURS in listed
    assert THEIRS not in listed
    mine = await told(ana, "/community prompts", "private")
    assert OURS in mine
    assert THEIRS not in mine
    await ana.tap("For family and friends")
    assert OURS not in seen(ana)
    assert THEIRS in seen(ana)
    await kim.command("/community prompts", "room")
    await go(kim, "prompts.make", spot="room")
    await go(kim, "prompts.for", spot="room")
    assert "Family and friends and participants each have rooms of their own" in seen(kim)
    cards = [post for post in await inside.moments(days=6) if post.key.startswith("prompt_card_")]
    assert {(post.to.room, text_of(post.reply).partition(": ")[2].partition(".")[0]) for post in cards} == {
        (rooms[audience].id, title) for audience, title in TITLES.items()
    }


async def test_who_looks_for_a_pair_is_never_asked_about_somebody_of_the_other(inside):
    await both(inside)
    people = {}
    for name, mark in (("ana", "p"), ("rosa", "f"), ("ben", "p"), ("tim", "f")):
        people[name] = who = inside.person(name)
        await who.agree("/urge")
        await who.command("/meetings", "room")
        await who.command("/community pair")
        await go(who, "pairs.look", f"pairs.look={mark}")
        posts = [post for post in await inside.moments(seconds=5) if isinstance(post.to, ToPerson) and "pair" in post.key]
        told_now = {post.to.person for post in posts}
        wanted = {"ben": {"ana"}, "tim": {"rosa"}}.get(name, set())
        assert told_now == {await people[one].id() for one in wanted}


async def test_no_picture_and_no_line_of_what_helped_joins_the_two(inside):
    await both(inside)
    ana = inside.person("ana")
    await ana.agree("/urge")
    await ana.command("/meetings", "room")
    writer, now = await ana.id(), inside.clock.now()
    monday = date(2026, 11, 23)

    async def close(unit):
        community, _ = await rooms_of(unit)
        book = Together(unit)
        for audience, total in ((Audience.PARTICIPANTS, Sum(0, 1, 1, 2)), (Audience.FAMILY, None)):
            await book.close(Week(community.id, audience, monday, total), now)
            line = LineBody(f"Walking, says {audience}", "A name", audience)
            await book.keep_line(Line(new_id(), writer, community.id, monday, now - timedelta(days=5), line, shared=True))

    await inside.house.store.transact(close)
    assert "Walking, says participants" in await told(ana, "/community together")
    assert "Walking, says family" not in seen(ana)
    assert ana.screen.picture is not None
    await ana.tap("Family and friends", spot="room")
    assert "There is no picture yet" in seen(ana)  # nothing of the others fills it up
    assert "Walking" not in seen(ana)
    assert ana.screen.picture is None


async def test_topics_of_two_rooms_are_on_no_list_together(inside):
    kim = await both(inside)

    async def open_both(unit):
        community, rooms = await rooms_of(unit)
        for audience, room in rooms.items():
            body = Body(TITLES[audience], "What is it about?")
            await Topics(unit).keep(Topic(new_id(), community.id, room.id, 0, inside.clock.now(), Stage.CARD, body=body))

    await inside.house.store.transact(open_both)
    await kim.command("/topic", "room")
    assert THEIRS not in seen(kim)
    await go(kim, "topics.listed", spot="room")
    assert OURS in seen(kim)
    assert THEIRS not in seen(kim)


async def test_who_hosts_what_is_two_lists(inside):
    kim = await both(inside)
    await kim.command("/facilitator roster", "room")
    await go(kim, "roster.hosts", spot="room")
    assert OURS in seen(kim)
    assert THEIRS not in seen(kim)
    await go(kim, "roster.hosts=f", spot="room")
    assert OURS not in seen(kim)
    assert THEIRS in seen(kim)
