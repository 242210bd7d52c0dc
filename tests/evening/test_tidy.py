"""/tidy: what a person types is deleted from the private chat, if they asked for that, and only then."""

from tests.evening.world import world


async def test_what_is_typed_stays_until_the_person_asks_for_it_to_go(tmp_path):
    async with world("telegram", tmp_path) as here:
        ana, api = here.person("Ana"), here.driver.api
        await here.command(ana, "/kit")
        await here.press(ana, "Yes, 18 or older. Go on")
        await here.say(ana, "something that I type")
        assert api.of("deleteMessage") == []
        await here.command(ana, "/tidy")
        await here.press(ana, "Delete what I type")
        await here.sees(ana, "deleted from this chat as soon as I have it")
        await here.say(ana, "something else that I type")
        await api.until(lambda: len(api.of("deleteMessage")) == 1)
        await here.command(ana, "/tidy")
        await here.press(ana, "Leave it in the chat")
        await here.say(ana, "and a third")
        assert len(api.of("deleteMessage")) == 1
