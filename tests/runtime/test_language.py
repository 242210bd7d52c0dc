"""In which language, zone and country somebody is answered."""

from zoneinfo import ZoneInfo

import pytest

from tests.runtime.fakes import PRIVATE, ROOM_PLACE, command
from tests.runtime.house import speak


class TestLanguage:
    @pytest.mark.parametrize(
        ("own", "locale", "place", "language"),
        [
            ("de", "en-US", PRIVATE, "de"),
            ("", "de-AT", PRIVATE, "de"),
            ("", "de_DE", ROOM_PLACE, "de"),
            ("", "en", ROOM_PLACE, "en"),
            ("", "fi", ROOM_PLACE, "de"),  # the community's
            ("xx", "fi", PRIVATE, "en"),  # the host's
        ],
    )
    async def test_own_then_locale_then_community_then_host(self, house, own, locale, place, language):
        await speak(house, own)
        answer = await house.take(command("count", locale=locale, place=place, at=house.now()))
        assert answer.language == house.feature.calls[-1].language == language

    async def test_the_zone_is_ones_own_then_the_communitys_then_the_hosts(self, house):
        await house.take(command("count", at=house.now()))
        assert house.feature.calls[-1].zone == ZoneInfo("UTC")
        await house.take(command("count", place=ROOM_PLACE, at=house.now()))
        assert house.feature.calls[-1].zone == ZoneInfo("Europe/Berlin")
        await speak(house, "", zone="Asia/Kolkata", country="IN")
        assert house.feature.calls[-1].zone == ZoneInfo("Asia/Kolkata")
        assert house.feature.calls[-1].country == "IN"

    async def test_a_zone_that_is_no_more_is_passed_over(self, house):
        await speak(house, "", zone="Mars/Base")
        assert house.feature.calls[-1].zone == ZoneInfo("UTC")
