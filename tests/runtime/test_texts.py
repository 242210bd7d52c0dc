"""The runtime's own sentences are shipped, in both languages, and short enough."""

import pytest

from bot.core.errors import BotError
from bot.core.replies import Choice, Field, FieldKind, Form, Press
from bot.core.richtext import plain_block
from bot.runtime.hygiene import TooLong
from bot.runtime.problems import Problems
from bot.runtime.questions import Needed, NoChoice, TooLongHere, screen
from content.loader import load_texts


def every(error: type[BotError]) -> list[type[BotError]]:
    return [error, *(kind for child in error.__subclasses__() for kind in every(child))]


OURS = [kind for kind in every(BotError) if kind.__module__.startswith(("bot.core", "bot.runtime"))]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_error_has_its_sentence_in_every_language(kind, language):
    say = load_texts().of(language)
    assert say.has(kind.text_key)
    if kind.text_key.startswith(("error", "form")):
        assert say.language == language


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("error", [TooLong(length=9, limit=4000), Needed(), TooLongHere(length=3, limit=4000), NoChoice(length=1)])
def test_limits_are_named(language, error):
    text = plain_block(Problems(load_texts()).of(error, language).blocks[0])
    assert ("limit" not in error.detail) or "4,000" in text or "4.000" in text or "4000" in text


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_questions_labels_fit_a_button(language):
    form = Form(
        Press("a", "b"),
        "Form",
        (
            Field("x", "X", required=False),
            Field("y", "Y", FieldKind.CHOICE, value="1", choices=(Choice("1", "One"), Choice("2", "x" * 99))),
        ),
    )
    for index in (0, 1):
        reply = screen(load_texts().of(language), form, index)
        assert all(len(button.label) <= 40 for row in reply.buttons for button in row)
        assert all(button.press is None or button.press.data() for row in reply.buttons for button in row)
