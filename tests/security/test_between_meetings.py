"""SAFETY 5, rows 2, 10, 19 and Must 14 for the days between meetings: nobody is found in a post, a prompt or a pair, and who
erased themselves is in nothing that still stands."""

from sqlalchemy import select

from bot.core.replies import Press
from storage.tables.topics import topic_posts
from storage.unit import concrete
from tests.handlers.screens import labels_of, text_of
from tests.handlers.topics.acting import WORDS, allow_unnamed, open_weekly, write
from tests.handlers.topics.house import open_house
from tests.security.rows import dump, files_with


async def test_no_row_of_a_post_without_a_name_names_its_author_and_erasing_takes_it_back(tmp_path, clock):
    async with open_house(tmp_path, clock) as house:
        await allow_unnamed(house)
        topic = await open_weekly(house)
        await write(house, topic)
        ana, ben = await house.consent("ana"), await house.consent("ben")
        (row,) = await house.store.transact(lambda unit: concrete(unit).rows(select(topic_posts)))
        assert "person" not in row
        for who in (ana, ben):
            assert who not in str(dict(row))
        assert files_with(tmp_path / "data", WORDS) == []

        leaves = house.feature.leaves
        assert leaves is not None

        async def erase(unit):
            await leaves(ana, house.clock.now(), unit)

        await house.store.transact(erase)
        await house.work_off()
        assert dump(tmp_path / "data")["topic_posts"] == []
        assert house.said() == ["This was taken back by who wrote it."]


async def test_no_facilitator_can_ask_who_wrote_a_post(tmp_path, clock):
    """All of a facilitator's presses on a post and its topic show no difference between its author and anybody else."""
    async with open_house(tmp_path, clock) as house:
        await allow_unnamed(house)
        topic = await open_weekly(house)
        await write(house, topic)
        (post,) = await house.posts(topic.id)
        person = await house.consent("ana")
        for action in ("topic", "listed", "mine", "back", "write"):
            for subject in (post.id, topic.id, person, topic.room):
                reply = await house.press("fay", Press("topics", action, subject))
                shown = f"{text_of(reply)} {labels_of(reply)}"
                assert person not in shown
                assert "ana" not in shown.lower().split()
        assert await house.posts(topic.id) == [post]


async def test_after_a_topic_closed_no_words_without_a_name_are_shown_and_no_post_is_known(tmp_path, clock):
    async with open_house(tmp_path, clock) as house:
        await allow_unnamed(house)
        topic = await open_weekly(house)
        await write(house, topic)
        await house.pass_time(days=31)
        assert not [text for text in house.said("") if WORDS in text]
        assert dump(tmp_path / "data")["topic_posts"] == []
