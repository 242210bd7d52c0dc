"""The days between meetings on a platform, over the wire, in steps. Whatever can be typed is made by a `word`."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.evening.between import known
from tests.evening.cast import Cast
from tests.evening.evening import Evening
from tests.evening.times import RunningClock
from tests.evening.world import World
from tests.security.evenings import quiet

THURSDAY = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 12, 6, 17, 0, 1, tzinfo=UTC)  # 18:00 in Berlin: the usual time of a check-in
CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4})+\b")
Word = Callable[[str], str]


def clock() -> RunningClock:
    return RunningClock(THURSDAY)


def cast_named(here: World, word: Word) -> Cast:
    """Kim leads, Ana and Ben come, Cleo looks on; to their platform they are called by words."""
    called = (lambda name: name) if here.name == "web" else (lambda name: f"{word('name')}{name}")
    persons: dict[str, Any] = {name: here.person(called(name)) for name in ("Ana", "Ben", "Cleo")}
    return Cast(here, {"Kim": here.person(called("Kim"), facilitator=True), **persons})


async def all_of_it(cast: Cast, word: Word) -> None:
    """Everything, from Thursday to Sunday evening."""
    await known(cast, "Ana", "Ben")
    await corner(cast, word)
    await breath(cast)
    await question(cast, word)
    await asked_in_the_room(cast, "Kim", own=True)
    await breath(cast)
    await line(cast, word)
    await topic(cast, word)
    await breath(cast)
    await written_unnamed(cast, word)
    await reported(cast, word)
    await breath(cast)
    await paired(cast)
    await noted(cast, word)
    await cast.pass_time(to=SUNDAY)
    await answered(cast, word)


async def breath(cast: Cast) -> None:
    """Nobody is over their budget of acts."""
    await cast.pass_time(minutes=2)


async def settled(here: World) -> None:
    """Whatever was done has come to whoever would see it."""
    await quiet(here)
    await here.pass_time(seconds=5)
    await quiet(here)


async def corner(cast: Cast, word: Word) -> None:
    """Kim comes onto the roster, plans a meeting, and leaves a note for whoever hosts it next."""
    own = cast.own
    await cast.command("Kim", "/facilitator roster", "room")
    await cast.tap("Kim", "roster.join_button", own)
    await Evening(cast).agree("Kim", own)
    await cast.fill("Kim", {"name": word("roster")}, own)
    await cast.sees("Kim", "You are on the roster now.", own)
    await Evening(cast).plan(word("title"))
    await cast.sees("Kim", "Saved", own)
    await cast.command("Kim", "/facilitator roster", "room")
    await cast.tap("Kim", "roster.hosts_button", own)
    await cast.press_like("Kim", "Dec 8,", own)
    await cast.tap("Kim", "roster.take_button", own)
    await cast.tap("Kim", "roster.note_button", own)
    await cast.tap("Kim", "roster.note_write_button", own)
    await cast.fill("Kim", {"words": word("handover")}, own)
    await cast.sees("Kim", "Saved. Whoever leads", own)


async def question(cast: Cast, word: Word) -> None:
    """Questions of the community's own: answers to tap, and words."""
    await cast.command("Kim", "/facilitator questions", "room")
    await cast.tap("Kim", "ownquestions.new_button", cast.own)
    await cast.fill("Kim", {"title": word("set")}, cast.own)
    for how, fields in (
        ("choice", {"words": word("choice"), "answers": f"{word('answer')}\n{word('answer')}"}),
        ("words", {"words": word("question")}),
    ):
        await cast.tap("Kim", f"ownquestions.add_{how}", cast.own)
        await cast.fill("Kim", fields, cast.own)
        await cast.sees("Kim", fields["words"], cast.own)


async def asked_in_the_room(cast: Cast, leader: str, *, own: bool = False) -> None:
    """A check-in each Sunday; with `own` the community's own questions."""
    await cast.command(leader, "/community prompts", "room")
    await cast.tap(leader, "prompts.make_button", cast.own)
    if own:
        await cast.tap(leader, "prompts.what_button", cast.own)
        standard = f"✓ {cast.label('prompts.asks_standard')}"
        await cast.here.offers(cast.persons[leader], standard, cast.own)
        shipped = {standard, cast.label("prompts.asks_short")}
        there = cast.here.buttons(cast.persons[leader], cast.own)
        await cast.press(leader, next(label for label in there if label not in shipped), cast.own)
    await cast.tap(leader, "prompts.run_button", cast.own)
    await cast.sees(leader, "It is running.", cast.own)


async def answered(cast: Cast, word: Word) -> None:
    """Ana answers the community's own questions from the card in the room."""
    await cast.tap("Ana", "prompts.open_button", "room")
    await cast.here.until(lambda: cast.label("common.skip") in cast.here.buttons(cast.persons["Ana"], cast.own))
    await cast.press("Ana", cast.here.buttons(cast.persons["Ana"], cast.own)[0], cast.own)
    said = word("own_answer")
    await Evening(cast).write("Ana", said, cast.own)
    await cast.sees("Ana", said, cast.own)
    await cast.tap("Ana", "owncheckin.keep", cast.own)
    await cast.sees("Ana", "Saved. Only you see it.", cast.own)


async def line(cast: Cast, word: Word) -> None:
    said = word("line")
    await cast.command("Ana", "/community together", "room")
    await cast.tap("Ana", "together.write_button", cast.own)
    await cast.fill("Ana", {"line": said, "name": word("line_name")}, cast.own)
    await cast.sees("Ana", said, cast.own)
    await cast.tap("Ana", "together.share_button", cast.own)
    await cast.sees("Ana", "Shared. It is shown once this week is over", cast.own)


async def topic(cast: Cast, word: Word) -> None:
    """Kim opens a topic in her own words; where the platform allows it, one may write there without a name."""
    if cast.here.name != "discord":
        await cast.command("Kim", "/topic", "room")
        await cast.tap("Kim", "topics.unnamed_button", cast.own)
        await cast.tap("Kim", "topics.turn_on_button", cast.own)
    title, words = word("topic_title"), word("topic")
    await cast.command("Kim", "/topic", "room")
    await cast.tap("Kim", "topics.own_button", cast.own)
    await cast.fill("Kim", {"title": title, "words": words}, cast.own)
    await cast.sees("Kim", words, cast.own)
    await cast.tap("Kim", "topics.open_button", cast.own)
    await cast.sees("Kim", "The topic opens now.", cast.own)


async def written_unnamed(cast: Cast, word: Word) -> None:
    if cast.here.name == "discord":
        return
    words = word("unnamed")
    await cast.tap("Ana", "topics.write_button", "room")
    await cast.fill("Ana", {"words": words}, cast.own)
    await cast.sees("Ana", words, cast.own)
    await cast.tap("Ana", "topics.post_button", cast.own)
    await cast.sees("Cleo", words, "room")


async def reported(cast: Cast, word: Word) -> None:
    words, answer = word("report"), word("report_answer")
    await cast.command("Ana", "/report")
    await cast.tap("Ana", "reports.kind_unkind")
    await cast.tap("Ana", "reports.words_button")
    await cast.fill("Ana", {"words": words})
    await cast.tap("Ana", "reports.add_button")
    await cast.sees("Ana", "Your words were added.")
    await cast.tap("Kim", "reports.read_button")
    await cast.sees("Kim", words)
    await cast.tap("Kim", "reports.own_answer_button")
    await cast.fill("Kim", {"words": answer})
    await cast.sees("Kim", answer)
    await cast.tap("Kim", "reports.send_answer_button")
    await cast.tap("Ana", "reports.show_button")
    await cast.sees("Ana", answer)


async def paired(cast: Cast) -> None:
    """By a code, which Ana hands to Ben."""
    await cast.command("Ana", "/community pair")
    await cast.tap("Ana", "pairs.code_button")
    await cast.tap("Ana", "pairs.as_participants_button")
    code = CODE.search(await cast.sees("Ana", "Your code:"))
    assert code is not None
    await cast.command("Ben", f"/community pair {code[0]}")
    await cast.tap("Ben", "pairs.yes_participants_button")
    await cast.sees("Ana", "Somebody entered your code.")
    await cast.tap("Ana", "pairs.yes_button")
    for name in ("Ana", "Ben"):
        await cast.sees(name, "Your week has begun.")


async def noted(cast: Cast, word: Word) -> None:
    """A note of the day; a line and a name of one's own, where they may pass."""
    words = word("note") if cast.here.name != "discord" else ""
    if words:
        await cast.command("Ana", "/community pair")
        await cast.tap("Ana", "pairs.name_button")
        await cast.fill("Ana", {"name": word("pair_name")})
    await cast.tap("Ana", "pairs.write_button")
    await cast.press("Ana", "4")
    await cast.tap("Ana", "pairs.line_hard")
    await cast.sees("Ana", "It goes to the person you pair with.")
    if words:
        await cast.tap("Ana", "pairs.words_button")
        await cast.fill("Ana", {"words": words})
        await cast.sees("Ana", words)
    await cast.tap("Ana", "pairs.send_button")
    await cast.tap("Ben", "pairs.show_button")
    await cast.sees("Ben", words or "The day: 4 of 10")
    await cast.tap("Ben", "pairs.kind_heard")
    await cast.sees("Ana", "A few words came for you.")
