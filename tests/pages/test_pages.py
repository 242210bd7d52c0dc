"""The server of pages, over real HTTP: guarded headers, budgets and bodies."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.core.features import Feature
from bot.pages import Pages
from bot.pages.language import chosen
from bot.pages.limits import Limits
from content.loader import load_texts
from tests.fakes import HeldClock
from tests.pages.browser import browsing
from tests.pages.desk import NoStore
from tests.waiting import until


def same_page(answers) -> bool:
    return len({(answer.status, answer.body) for answer in answers}) == 1


async def test_every_answer_is_guarded(browser):
    for path in ("desk/here", "desk/kept", "desk/nothing", "desk/broken", "elsewhere", "", "style.css", "robots.txt"):
        headers = (await browser.get(path)).headers
        assert headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in headers
        kept = path in ("desk/kept", "style.css", "robots.txt")
        assert headers["Cache-Control"].startswith("public, max-age=" if kept else "no-store")


async def test_a_page_is_kept_only_as_long_as_it_says_and_its_tag_answers_304(browser):
    first = await browser.get("desk/kept")
    assert (first.headers["Cache-Control"], first.headers["ETag"]) == ("public, max-age=60", '"one"')
    assert first.headers["Content-Disposition"] == 'attachment; filename="a_b.ics"'
    for given in ('"one"', 'W/"one", "two"', "*"):
        same = await browser.get("desk/kept", headers={"If-None-Match": given})
        assert (same.status, same.body) == (304, b"")
    assert (await browser.get("desk/kept", headers={"If-None-Match": '"two"'})).status == 200


async def test_a_feature_cannot_put_a_header_in(browser):
    odd = await browser.get("desk/odd")
    assert odd.headers["Content-Type"] == "application/octet-stream"
    assert "Set-Cookie" not in odd.headers
    assert "ETag" not in odd.headers


async def test_what_is_not_there_is_one_page_whatever_was_asked(browser):
    answers = [await browser.get(path) for path in ("desk/nothing", "desk", "desk/", "elsewhere", "desk/%2e%2e/x", "")]
    assert same_page(answers)
    assert answers[0].status == 404
    assert "nothing" not in answers[0].text.replace("There is nothing at", "")


@pytest.mark.parametrize(("path", "status"), [("broken", 500), ("bad", 400), ("away", 503)])
async def test_what_goes_wrong_is_one_kind_sentence(browser, path, status, capsys):
    answer = await browser.get(f"desk/{path}")
    assert answer.status == status
    assert "secret" not in answer.text + capsys.readouterr().out
    assert answer.text.count("<p>") == 1


async def test_pages_speak_the_readers_language(browser, desk):
    german = await browser.get("desk/nothing", headers={"Accept-Language": "nl, de-AT;q=0.8, en;q=0.2"})
    assert 'lang="de"' in german.text
    await browser.get("desk/here", headers={"Accept-Language": "de"})
    assert desk.asked[-1].language == "de"


@pytest.mark.parametrize("accepted", ["", "xx", "*", "de;q=0", "de;q=x", ";;;,,,", "\xff" * 900, "en;q=0.5,de;q=0.4"])
def test_an_odd_wish_for_a_language_is_english(accepted):
    assert chosen(accepted, ("en", "de")) == "en"


async def test_a_form_that_is_sent_back_is_read(browser, desk):
    answer = await browser.post("desk/here", data={"code": "ä b", "empty": ""})
    assert answer.status == 200
    assert desk.asked[-1].form == {"code": "ä b", "empty": ""}
    await browser.get("desk/here?code=1")
    assert (desk.asked[-1].form, desk.asked[-1].query) == (None, {"code": "1"})


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"json": {"a": 1}}, 400),
        ({"data": b"a=%ff%fe\xff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ({"data": {str(n): "x" for n in range(60)}}, 400),
        ({"data": {"a": "x" * (65 * 1024)}}, 413),
    ],
)
async def test_a_form_that_is_none_or_too_large_is_refused(browser, desk, how, status):
    assert (await browser.post("desk/here", **how)).status == status
    assert desk.asked == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_reach_nothing(browser, desk, method):
    async with browser.session.request(method, f"{browser.base}/desk/here") as answer:
        assert answer.status == 404
    assert desk.asked == []


async def test_the_address_given_out_is_the_configured_one_never_a_callers_own(desk, clock):
    pages = Pages((desk.feature,), NoStore(), load_texts(), clock, address="https://example.org/chair/")
    assert pages._address == "https://example.org/chair"
    async with browsing((desk.feature,), NoStore(), clock) as plain:
        await plain.get("desk/here", headers={"Host": "evil.example/x?<script>"})
    assert desk.asked[-1].base == "http://localhost"


# Budgets --------------------------------------------------------------------------------------------------------------


async def test_a_caller_has_sixty_asks_a_minute(browser, clock):
    answers = [(await browser.get("desk/here")).status for _ in range(62)]
    assert answers == [200] * 60 + [429] * 2
    clock.move(seconds=61)
    assert (await browser.get("desk/here")).status == 200


async def test_after_ten_misses_a_right_guess_tells_nothing_for_a_minute(browser, clock):
    misses = [await browser.get(f"desk/{n}") for n in range(12)]
    assert [answer.status for answer in misses] == [404] * 10 + [429] * 2
    right = await browser.get("desk/here")
    assert same_page([right, misses[-1]])
    assert right.headers["Retry-After"] == "60"
    clock.move(seconds=61)
    assert (await browser.get("desk/here")).status == 200


async def test_callers_behind_a_proxy_are_told_apart_and_nobody_can_make_themselves_many(browser):
    async def miss(told: str):
        return (await browser.get("desk/x", headers={"X-Forwarded-For": told})).status

    assert [await miss(f"9.9.9.{n}, 203.0.113.7") for n in range(11)][-1] == 429  # what the caller wrote in front does not count
    assert await miss("203.0.113.8") == 404
    assert [await miss(f"2001:db8::{n}") for n in range(1, 12)][-1] == 429  # one network of IPv6 is one caller


async def test_a_mark_says_nothing_of_the_address_and_ends_with_the_process(desk, clock):
    marks = set()
    for _ in range(2):
        async with browsing((desk.feature,), NoStore(), clock) as opened:
            await opened.get("desk/here")
            marks.add(desk.asked[-1].who)
    assert len(marks) == 2
    assert all(len(mark) == 16 and "127" not in mark[:3] for mark in marks)


async def test_many_guessers_together_are_said_in_the_log_once(desk, clock, capsys):
    async with browsing((desk.feature,), NoStore(), clock, Limits(alarming=30)) as opened:
        for n in range(40):
            await opened.get("desk/x", headers={"X-Forwarded-For": f"203.0.113.{n}"})
    assert capsys.readouterr().out.count("pages.guessing") == 1


async def test_no_address_is_in_the_log(browser, capsys):
    token = "feed0123456789abcdef" * 2
    await browser.get(f"desk/{token}?key={token}")
    await browser.get(f"{token}/{token}")
    assert token not in capsys.readouterr().out


async def test_when_many_are_being_answered_another_is_told_so(desk, clock):
    async with browsing((desk.feature,), NoStore(), clock, Limits(at_once=2)) as opened:
        waiting = [asyncio.create_task(opened.get("desk/slow")) for _ in range(2)]
        await until(lambda: len(desk.asked) == 2)
        assert (await opened.get("desk/here")).status == 503
        desk.go.set()
        assert [(await answer).status for answer in waiting] == [200, 200]


def test_two_features_cannot_claim_one_page(desk):
    clock = HeldClock(datetime(2026, 12, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="desk"):
        Pages((desk.feature, Feature("other", pages={"desk": desk.serve})), NoStore(), load_texts(), clock)
