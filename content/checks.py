"""Proves the content whole: flows can be gone to their ends, outlines keep their check-out, texts are there in every language, fit,
and are worded kindly."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content.check_flows import flows_problems
from content.check_meetings import outline_problems
from content.check_texts import language_problems, pattern_problems, wording_problems
from content.flags_reader import load_flags
from content.loader import FALLBACK, FLOWS, TEXTS
from content.wording import load_wording
from content.yaml_file import BadContent, Read, read_yaml


@dataclass(frozen=True, slots=True)
class Problem:
    file: Path
    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.said}"


def check_content(texts: Path = TEXTS, flows: Path = FLOWS) -> list[Problem]:
    """Return everything that is wrong with the content; nothing when it may be shipped. Outlines stand beside the texts."""
    outlines = (Problem(*said) for said in outline_problems(texts, texts.parent / "meetings"))
    return [
        *_check_texts(texts),
        *_check_flags(texts, texts.parent / "flags"),
        *(Problem(*said) for said in flows_problems(texts, flows)),
        *outlines,
    ]


def _check_texts(folder: Path) -> Iterator[Problem]:
    wording = load_wording()
    languages = {path.name: path for path in sorted(folder.iterdir()) if path.is_dir()}
    for file in sorted({file.name for path in languages.values() for file in path.glob("*.yaml")}):
        reads: dict[str, Read] = {}
        for language, path in languages.items():
            if not (path / file).exists():
                yield Problem(path / file, 1, f"this file is missing in {language}")
                continue
            try:
                reads[language] = read_yaml(path / file)
            except BadContent as error:
                yield Problem(error.file, error.line, error.said)
        for language, read in reads.items():
            for key, said in (
                *pattern_problems(read, language),
                *wording_problems(read, wording.get(language, ())),
                *(language_problems(reads[FALLBACK], read) if FALLBACK in reads and language != FALLBACK else ()),
            ):
                yield Problem(read.file, read.line(key), said)


def _check_flags(texts: Path, folder: Path) -> Iterator[Problem]:
    for language in sorted(path.name for path in texts.iterdir() if path.is_dir()) if folder.exists() else ():
        if not (folder / f"{language}.yaml").exists():
            yield Problem(folder / f"{language}.yaml", 1, f"this file is missing in {language}")
    try:
        load_flags(folder)
    except BadContent as error:
        yield Problem(error.file, error.line, error.said)
