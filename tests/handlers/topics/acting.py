"""What tests of topics do again and again."""

from bot.core.ports import Unit
from bot.core.replies import Press, Reply
from handlers.topics.records import Rules, Topic
from storage.topics import Topics
from tests.handlers.screens import press_of
from tests.handlers.topics.house import House

WORDS = "It went badly on Friday, and I am still here."


async def open_weekly(house: House) -> Topic:
    """Fay opens the prompt of the week."""
    screen = await house.lead(await house.topic(), "Look at it")
    await house.lead(screen, "Open it")
    await house.work_off()
    (topic,) = await house.topics()
    return topic


async def allow_unnamed(house: House) -> Reply:
    screen = await house.lead(await house.topic(), "Writing without a name")
    screen = await house.lead(screen, "Turn on")
    await house.work_off()
    return screen


async def ask(house: House, topic: Topic, who: str = "ana", words: str = WORDS) -> Reply:
    """Somebody writes, and sees their words before they go."""
    await house.consent(who)
    return await house.fill(who, Press("topics", "written", topic.id), {"words": words})


async def write(house: House, topic: Topic, who: str = "ana", words: str = WORDS) -> Reply:
    """Somebody writes in the topic without their name."""
    answer = await house.press(who, press_of(await ask(house, topic, who, words), "Post it"))
    await house.work_off()
    return answer


async def rules_of(house: House) -> Rules:
    async def work(unit: Unit) -> Rules:
        community = await unit.communities.find_or_make(house.platform, house.space)
        return await Topics(unit).rules(community.id)

    return await house.store.transact(work)
