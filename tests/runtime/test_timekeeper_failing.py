"""A job that fails is done again, and what it left half done is undone."""

from bot.core.errors import StorageUnavailable


class TestFailing:
    async def test_a_failed_job_leaves_nothing_and_comes_again_with_its_own_moment(self, moments):
        due = moments.promise("a", 0)
        moments.fails["a"] = 2
        async with moments.running():
            assert moments.store.rows.words == []
            await moments.ring(1)
            assert moments.came == []
            await moments.ring(4)
            assert [(key, at) for key, at, _ in moments.came] == [("a", due.at)]
        assert not moments.store.rows.due

    async def test_after_five_tries_it_is_given_up_and_counted_and_others_went_on(self, moments, capsys):
        moments.promise("bad", 0, subject="one")
        moments.promise("good", 1, subject="one")
        moments.fails["bad"] = 99
        async with moments.running():
            await moments.ring(3)
            assert moments.keys == ["good"]
            await moments.ring(600)
        assert moments.fails["bad"] == 99 - 5
        assert moments.keeper.given_up == 1
        assert not moments.store.rows.due
        printed = "".join(capsys.readouterr())
        assert "ValueError" in printed
        assert "someone" not in printed

    async def test_an_unknown_kind_is_dropped_with_a_line(self, moments, capsys):
        moments.promise("old", 0, "gone.feature")
        async with moments.running():
            assert not moments.store.rows.due
        assert "unknown" in capsys.readouterr().out

    async def test_a_storage_that_is_away_is_no_failure_of_the_job(self, moments):
        moments.promise("a", 0)
        moments.store.away = True
        async with moments.running():
            await moments.ring(30)
            moments.store.away = False
            await moments.ring(10)
            assert moments.keys == ["a"]
        assert moments.keeper.given_up == 0

    async def test_a_storage_lost_between_claim_and_job_waits_too(self, moments):
        moments.promise("a", 0)
        transact, count = moments.store.transact, 3

        async def lost(work):
            nonlocal count
            count -= 1
            if count >= 0:
                raise StorageUnavailable
            return await transact(work)

        moments.store.transact = lost
        async with moments.running():
            await moments.ring(30)
        assert moments.keys == ["a"]
