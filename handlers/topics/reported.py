"""What a report of a topic, or of something in it, is about. Who wrote without a name is known to nobody, so it is about nobody."""

from collections.abc import Callable

from bot.core.ports import Unit
from bot.core.reporting import Reported
from bot.core.texts import Texts
from handlers.topics import views
from handlers.topics.records import TopicStore


class Reporting:
    def __init__(self, texts: Texts, books: Callable[[Unit], TopicStore]) -> None:
        self._texts = texts
        self._books = books

    async def topic(self, topic: str, unit: Unit) -> Reported | None:
        found = await self._books(unit).topic(topic)
        community = await unit.communities.get(found.community) if found else None
        if found is None or community is None:
            return None
        return Reported(community.id, views.title_of(self._texts.of(community.language), found.number, found.body))

    async def post(self, post: str, unit: Unit) -> Reported | None:
        found = await self._books(unit).post(post)
        return None if found is None else await self.topic(found.topic, unit)
