"""Files that people send with a form."""

import pytest

from bot.core.calls import Kind
from bot.core.replies import FILE, FILE_PROBLEM, LARGEST_FILE, Field, FieldKind, Form, Press, Reply
from tests.platforms.discord.conftest import Running, said

FORM = Form(
    Press("formats", "import"),
    "Your own script",
    (Field("title", "Title"), Field(FILE, "The file", FieldKind.FILE, hint="A text file")),
)


@pytest.fixture
async def ann(bot: Running):
    person = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Kept") if act.kind is Kind.FORM else Reply(form=FORM)
    await bot.driver.command(person, "/urge", "room")
    return person


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"\xef\xbb\xbfWelcome:\r\n  10 min\n", "Welcome:\r\n  10 min\n"),
        ("Schön\n".encode(), "Schön\n"),
        (b"", ""),
        (b"x" * LARGEST_FILE, "x" * LARGEST_FILE),
    ],
)
async def test_the_text_of_a_file_is_the_forms_argument(bot: Running, ann, content: bytes, read: str):
    await bot.driver.upload(ann, "script.yaml", content, {"Title": "Mine"}, "room")
    assert bot.house.taken[-1].arguments == {"title": "Mine", FILE: read}
    assert bot.driver.screen(ann, "room") == ["Kept"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"x" * (LARGEST_FILE + 1), "large"), (b"\x89PNG\xff\xfe", "not_text"), (b"text\0text", "not_text")],
)
async def test_a_file_that_is_no_text_or_too_large_is_told_as_such(bot: Running, ann, content: bytes, problem: str):
    await bot.driver.upload(ann, "picture.png", content, {"Title": "Mine"}, "room")
    assert bot.house.taken[-1].arguments == {"title": "Mine", FILE_PROBLEM: problem}


async def test_without_a_file_the_argument_is_empty(bot: Running, ann):
    await bot.driver.fill(ann, {"Title": "Mine"}, "room")
    assert bot.house.taken[-1].arguments == {"title": "Mine", FILE: ""}


async def test_a_file_that_says_less_than_it_holds_is_not_read_to_its_end(bot: Running, ann):
    bot.server.world.claimed_size = 10
    await bot.driver.upload(ann, "big.txt", b"x" * (3 * LARGEST_FILE), place="room")
    assert bot.house.taken[-1].arguments[FILE_PROBLEM] == "large"


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/latest", "https://cdn.discordapp.com.evil.example/a", "file:///etc/passwd"]
)
async def test_no_other_address_than_discords_is_asked(bot: Running, ann, address: str):
    bot.server.world.claimed_url = address
    await bot.driver.upload(ann, "a.txt", b"text", place="room")
    assert bot.house.taken[-1].arguments[FILE_PROBLEM] == "not_text"
