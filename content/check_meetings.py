"""What can be wrong with an outline of meetings: its times, its check-out, its texts in every language."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from bot.core.outlines import Outline, outline_from
from content.yaml_file import BadContent, Read, read_yaml

KEPT = 15  # minutes of the check-out, at least
LONGEST_NAME, LONGEST_SCRIPT, LONGEST_SHORT = 40, 1500, 500  # characters: a button; a message with room for a panel; a phone
STYLES = ("brief", "self")
Said = tuple[Path, int, str]


def outline_problems(texts: Path, folder: Path) -> Iterator[Said]:
    """Yield file, line and complaint for everything that is wrong with the outlines of a folder."""
    languages = {path.name: _texts(path / "outlines.yaml") for path in sorted(texts.iterdir()) if path.is_dir()}
    for file in sorted(folder.glob("*.yaml")):
        try:
            read = read_yaml(file)
            outline = outline_from(read.values)
        except BadContent as error:
            yield error.file, error.line, error.said
            continue
        except msgspec.ValidationError as error:
            yield file, 1, str(error)
            continue
        if file.stem != f"outline_{outline.outline}":
            yield file, read.line("outline"), f"an outline {outline.outline} belongs in outline_{outline.outline}.yaml"
        for key, said in (*_time_problems(outline), *_text_problems(outline, languages)):
            yield file, read.line(key), said


def _time_problems(outline: Outline) -> Iterator[tuple[str, str]]:
    if outline.by_length and outline.minutes != int(outline.outline):
        yield "segments", f"its parts take {outline.minutes} minutes, not {outline.outline}"
    closing = [segment for segment in outline.segments if segment.protected]
    if len(closing) != 1 or not outline.segments[-1].protected or len(outline.segments) < 2:
        yield "segments", "the last part, and no other, is protected"
    elif closing[0].minutes < KEPT:
        yield "segments", f"the protected part takes {KEPT} minutes at least"
    if any(segment.minutes < 1 for segment in outline.segments):
        yield "segments", "a part takes one minute at least"
    if any(segment.name or segment.script for segment in outline.segments):
        yield "segments", "names and scripts are texts, so that they can be translated"


def _text_problems(outline: Outline, languages: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for language, texts in languages.items():
        if not (outline.outline.isdigit() or 0 < len(texts.get(f"format_{outline.outline}", "")) <= LONGEST_NAME):
            yield "outline", f"no text format_{outline.outline} in {language}, or longer than {LONGEST_NAME} characters"
        for segment in outline.segments:
            name = texts.get(f"segment_{segment.key}", "")
            if not 0 < len(name) <= LONGEST_NAME:
                yield "segments", f"no text segment_{segment.key} in {language}, or longer than {LONGEST_NAME} characters"
            keys = [key.removeprefix("outlines.") for key in outline.script_keys(segment)]
            script = next((texts[key] for key in keys if key in texts), "")
            if not 0 < len(script) <= LONGEST_SCRIPT:
                yield "segments", f"no text script_{segment.key} in {language}, or longer than {LONGEST_SCRIPT} characters"
            for style in STYLES:
                short = texts.get(f"{style}_{segment.key}", "")
                if not 0 < len(short) <= LONGEST_SHORT:
                    yield "segments", f"no text {style}_{segment.key} in {language}, or longer than {LONGEST_SHORT} characters"


def _texts(file: Path) -> dict[str, str]:
    try:
        read = read_yaml(file)
    except BadContent:
        read = Read(file, {}, {})  # said among the texts; here its texts are missing
    return {key: text for key, text in read.values.items() if isinstance(text, str)}
