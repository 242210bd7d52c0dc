"""Proves the content whole: flows can be gone to their ends, outlines keep their check-out, texts are there in every language, fit,
and are worded kindly."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.core.flow import END, Flow
from content.check_flows import flow_problems, targets, wanted_texts
from content.check_meetings import outline_problems
from content.check_texts import language_problems, pattern_problems, wording_problems
from content.flow_reader import Reader
from content.loader import FALLBACK, FLOWS, TEXTS
from content.wording import load_wording
from content.yaml_file import BadContent, Read, read_yaml

FINISH = "finish"  # `end` is a word of Mermaid's own


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
    return [*_check_texts(texts), *_check_flows(texts, flows), *outlines]


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


def _check_flows(texts: Path, folder: Path) -> Iterator[Problem]:
    reader, flows = Reader(folder), dict[str, Flow]()
    for file in sorted(folder.glob("*.yaml")):
        try:
            flows[file.stem] = reader.read(file.stem)
        except BadContent as error:
            yield Problem(error.file, error.line, error.said)
            return
    for name, flow in flows.items():
        read = read_yaml(folder / f"{name}.yaml")
        for path, said in flow_problems(flow):
            yield Problem(read.file, read.line(*path), said)
        for language in sorted(path for path in texts.iterdir() if path.is_dir()):
            file = language / f"{name}.yaml"
            try:
                present = read_yaml(file)
            except BadContent:
                present = Read(file, {}, {})  # said among the texts; here its texts are missing
            for step, key, longest in wanted_texts(flow):
                text = present.values.get(key)
                if text is None:
                    yield Problem(read.file, read.line("steps", step), f"no text {name}.{key} in {language.name}")
                elif longest and len(str(text)) > longest:
                    yield Problem(file, present.line(key), f"{key} is longer than {longest} characters")


def draw(flow: Flow) -> str:
    """Return the flow as Mermaid text, for people to look at."""
    lines = ["flowchart TD", f"  begin((begin)) --> {flow.start}", f"  {FINISH}((end))"]
    for name, step in flow.steps.items():
        lines.append(f'  {name}["{name}: {type(step).__name__.lower()}"]')
        for why, target in targets(step):
            lines.append(f"  {name} -->{f'|{why}|' if why else ''} {FINISH if target == END else target}")
    return "\n".join(lines)
