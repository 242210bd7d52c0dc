"""`openchair check`: the configuration and the content, whole and right, before anything starts."""

from collections.abc import Iterator
from typing import Annotated

import typer

from bot.cli.terminal import WRONG, ConfigFile, complain, load_or_leave, say


def check(
    config: ConfigFile = None,
    content: Annotated[bool, typer.Option("--content", help="Only the texts, flows, outlines and help lines.")] = False,
) -> None:
    """Name every wrong key with its line, and every text or flow that is not whole."""
    if not content:
        loaded = load_or_leave(config, WRONG)
        _check_languages(loaded.config.language, loaded.config.home_language)
        if loaded.config.pages.lacks_address:
            complain(["pages.port is set, but pages.address is not: no calendar address can be given out"], "yellow")
        say(f"{loaded.file}: right" if loaded.file.exists() else "no config.yaml: every key has its default")
    if problems := [str(problem) for problem in _content_problems()]:
        complain(problems)
        raise typer.Exit(WRONG)
    say("texts, flows, outlines and help lines: right")


def _content_problems() -> Iterator[object]:
    from msgspec import ValidationError

    from bot.compose.features import outlines
    from content.checks import check_content
    from content.help_lines import load_help_lines
    from content.yaml_file import BadContent

    yield from check_content()
    for load in (outlines, load_help_lines):
        try:
            load()
        except (BadContent, ValidationError) as error:
            yield error


def _check_languages(*wanted: str) -> None:
    from content.loader import load_texts

    texts = load_texts()
    for language in sorted(set(wanted)):
        if texts.of(language).language.partition("-")[0] != language.replace("_", "-").partition("-")[0]:
            complain(
                [f'language "{language}" is not shipped, so English is shown; shipped: {", ".join(texts.languages)}'], "yellow"
            )
