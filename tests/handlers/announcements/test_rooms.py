"""Further rooms that hear of a series: of the same community, and by a code of another one."""

import re
from datetime import timedelta

from bot.core.meetings import Series
from bot.core.replies import To
from storage.announcements import Announcements
from tests.handlers.announcements.house import House
from tests.handlers.announcements.settled import ELSEWHERE, START, panel
from tests.handlers.screens import labels_of, press_of, text_of


async def code_for(house: House) -> str:
    shown = await house.press("fay", press_of(await panel(house), "Code"), leads=True)
    found = re.search(r"/meeting announce ([0-9a-f]{32})", text_of(shown))
    assert found is not None
    assert shown.to is To.ONLY_YOU
    return found[1]


async def test_typed_in_another_room_of_the_community_that_room_is_told_as_well(house: House, series: Series):
    shown = await panel(house, room="news")
    assert "Done: it is announced here as well." in text_of(shown)
    assert "1: The space (Discord)" in text_of(shown)
    await house.pass_to(START)
    here, news = await house.room(), await house.room("news")
    assert len(house.heard(here.id)) == len(house.heard(news.id)) == 2


async def test_with_several_meetings_the_facilitator_chooses(house: House, series: Series):
    await house.make(title="Another", day="FR")
    shown = await panel(house, room="news")
    assert "Announce here: Another" in labels_of(shown)
    await house.press("fay", press_of(shown, "Announce here: Another"), leads=True, room="news")
    await house.pass_to(START)
    assert {text.split(":")[1].split(",")[0] for text in house.heard((await house.room("news")).id)} == {" Another"}


async def test_many_meetings_are_paged(house: House, series: Series):
    for n in range(8):
        await house.make(title=f"E{n}", day="FR")
    shown = await panel(house, room="news")
    more = await house.press("fay", press_of(shown, "More"), leads=True, room="news")
    assert len([label for label in labels_of(shown) + labels_of(more) if label.startswith("Announce here")]) == 9


async def test_only_elsewhere(house: House, series: Series):
    await panel(house, room="news")
    await house.press("fay", press_of(await panel(house), "In its own room"), leads=True)
    await house.pass_to(START)
    assert house.heard((await house.room()).id) == []
    assert len(house.heard((await house.room("news")).id)) == 2


async def test_a_code_carries_it_to_another_community_and_platform(house: House, series: Series):
    code = await code_for(house)
    told = await house.type("tom", f"/meeting announce {code}", leads=True, **ELSEWHERE, platform="telegram")
    assert text_of(told) == "Done: it is announced here as well."
    await house.pass_to(START)
    other = await house.room("other", "elsewhere", "telegram")
    assert len(house.heard(other.id)) == 2
    assert "2: " not in text_of(await panel(house))
    assert "1: The elsewhere (Telegram)" in text_of(await panel(house))


async def test_a_code_works_once_and_for_ten_minutes(house: House, series: Series):
    code = await code_for(house)
    await house.type("tom", f"/meeting announce {code}", leads=True, **ELSEWHERE)
    again = await house.type("tim", f"/meeting announce {code}", leads=True, room="third", space="third")
    assert "I do not know this code." in text_of(again)
    late = await code_for(house)
    house.clock.move(minutes=10)
    assert "I do not know this code." in text_of(await house.type("tom", f"/meeting announce {late}", leads=True, **ELSEWHERE))


async def test_who_is_no_facilitator_there_cannot_use_a_code(house: House, series: Series):
    code = await code_for(house)
    assert "for the facilitators" in text_of(await house.type("tom", f"/meeting announce {code}", **ELSEWHERE))
    assert "Done" in text_of(await house.type("tom", f"/meeting announce {code}", leads=True, **ELSEWHERE))


async def test_a_code_does_not_stand_on_disk(house: House, series: Series, tmp_path):
    code = await code_for(house)
    await house.deliver()
    assert all(
        code.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "master" not in path.name
    )


async def test_it_is_removed_from_the_series_side(house: House, series: Series):
    await house.type("tom", f"/meeting announce {await code_for(house)}", leads=True, **ELSEWHERE)
    shown = await house.press("fay", press_of(await panel(house), "Remove room 1"), leads=True)
    assert "Done: it is no longer announced there." in text_of(shown)
    await house.pass_to(START)
    assert house.heard((await house.room("other", "elsewhere")).id) == []


async def test_it_is_removed_from_the_rooms_side(house: House, series: Series):
    await house.type("tom", f"/meeting announce {await code_for(house)}", leads=True, **ELSEWHERE)
    shown = await panel(house, **ELSEWHERE)
    away = press_of(shown, "Not here any more: Open evening")
    assert "for the facilitators" in text_of(await house.press("ann", away, **ELSEWHERE))
    assert "no longer announced" in text_of(await house.press("tom", away, leads=True, **ELSEWHERE))
    await house.pass_to(START)
    assert house.heard((await house.room("other", "elsewhere")).id) == []


async def test_a_cancelled_evening_is_told_in_every_room(house: House, series: Series):
    await panel(house, room="news")
    await house.type("tom", f"/meeting announce {await code_for(house)}", leads=True, **ELSEWHERE)
    await house.pass_to(START - timedelta(hours=2))
    house.sent.clear()
    await house.cancel(series)
    await house.work_off()
    assert len(house.heard()) == 3
    assert all("does not take place" in text for text in house.heard())


async def test_each_rooms_quiet_hours_are_its_own_communitys(house: House, series: Series):
    await house.type("tom", f"/meeting announce {await code_for(house)}", leads=True, **ELSEWHERE)
    elsewhere = await house.community("elsewhere")
    from bot.core.quiet import quiet_from

    await house.store.transact(lambda unit: Announcements(unit).keep_quiet(elsewhere.id, quiet_from("18:00-20:00")))
    await house.press("fay", press_of(await panel(house), "A week"), leads=True)  # plans anew
    await house.pass_to(START)
    assert len(house.heard((await house.room()).id)) == 2
    times = [claimed.post.key.split("_")[1] for claimed in house.news((await house.room("other", "elsewhere")).id)]
    assert times == ["day", "soon"]  # after eight that evening, and just before six
