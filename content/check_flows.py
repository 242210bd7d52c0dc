"""Proves the flows: each one by itself, all of them together, and with their texts in every language."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.core.flow import Flow
from content.check_commands import Texts, command_problems
from content.check_flow_beside import beside_problems
from content.check_flow_steps import step_problems
from content.check_flow_texts import key_problems, missing_texts, text_problems
from content.check_flow_ways import answered_before, way_problems
from content.flow_answers import answers_of
from content.flow_reader import Reader
from content.loader import FALLBACK
from content.yaml_file import BadContent, Read, read_yaml

Said = tuple[Path, int, str]


def flows_problems(texts: Path, folder: Path) -> Iterator[Said]:
    """Yield file, line and complaint for everything that is wrong with the flows of a folder. What cannot be read is said, too."""
    flows, unreadable = _read(folder)
    yield from unreadable
    said = {
        path.name: {name: _texts(path / f"{name}.yaml") for name in {*flows, *(file.stem for file in path.glob("*.yaml"))}}
        for path in sorted(texts.iterdir())
        if path.is_dir()
    }
    files = {name: read_yaml(folder / f"{name}.yaml") for name in flows}
    for name, flow in flows.items():
        read = files[name]
        for path, complaint in flow_problems(flow, flows):
            yield read.file, read.line(*path), complaint
        yield from _text_problems(flow, read, said)
    for name, language, complaint in command_problems(flows, said):
        where, key = (said[language][name], "names") if language else (files[name], "commands")
        yield where.file, where.line(key), complaint


def flow_problems(flow: Flow, flows: Mapping[str, Flow]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield path and complaint for what is wrong with a flow. `flows`: every flow there is."""
    yield from way_problems(flow)
    if len(flow.marks) != len(flow.places):
        yield ("steps",), "two places have the same mark; rename a step"
    for name, answers in answers_of(flow).items():
        if len({(answer.shape, answer.inner) for answer in answers}) > 1:
            yield ("steps", answers[-1].by), f"{name} is saved as {' and as '.join(answer.shape for answer in answers)}"
    before = answered_before(flow, flows)
    for name, step in flow.steps.items():
        for said in step_problems(flow, step, before[name]):
            yield ("steps", name), f"step {name}: {said}"
    for name, said in key_problems(flow):
        yield ("steps", name), said
    yield from beside_problems(flow, flows)


def _read(folder: Path) -> tuple[dict[str, Flow], list[Said]]:
    reader, flows, wrong = Reader(folder), dict[str, Flow](), dict[Said, None]()
    for file in sorted(folder.glob("*.yaml")):
        try:
            flows[file.stem] = reader.read(file.stem)
        except BadContent as error:
            wrong[(error.file, error.line, error.said)] = None  # once, though several run it
    return flows, list(wrong)


def _text_problems(flow: Flow, read: Read, texts: Texts) -> Iterator[Said]:
    for language, files in texts.items():
        present = files[flow.name]
        if not present.values:
            yield read.file, 1, f"no texts in {language}"
            continue
        for step, key in missing_texts(flow, present):
            yield read.file, read.line("steps", step), f"no text {flow.name}.{key} in {language}"
        for key, complaint in text_problems(flow, present):
            if language == FALLBACK or "longer" in complaint:  # what else is too much in English is too much in all
                yield present.file, present.line(key), complaint


def _texts(file: Path) -> Read:
    try:
        return read_yaml(file)
    except BadContent:
        return Read(file, {}, {})  # said among the texts; here its texts are missing
