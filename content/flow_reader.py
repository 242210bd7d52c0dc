"""`content/flows/<name>.yaml` -> Flow. The format is described in `bot/core/flow.py`."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.core.flow import END, AnyStep, Branch, Choice, Flow, Run
from content import flow_beside_reader
from content.flow_beside_reader import read_beside, read_picture
from content.flow_part import NAME, Part
from content.flow_step_reader import read_step
from content.yaml_file import BadContent, Read, read_yaml

_COMMAND = re.compile(r"[a-z]{2,24}")
_FLOW = frozenset({"flow", "commands", "start", "steps", "fresh_after", "picture"}) | flow_beside_reader.KEYS


class Reader:
    """Reads a folder's flows, each one after those that it runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._done: dict[str, Flow] = {}
        self._open: list[str] = []

    def read(self, name: str) -> Flow:
        """Return the flow of a name. Raises BadContent."""
        if name in self._done:
            return self._done[name]
        file = self._folder / f"{name}.yaml"
        if name in self._open:
            raise BadContent(file, 1, f"{name} runs itself")
        self._open.append(name)
        try:
            flow = self._done[name] = self._flow(read_yaml(file))
        finally:
            self._open.pop()
        return flow

    def _flow(self, read: Read) -> Flow:
        part, name = Part(read, (), read.values), read.file.stem
        part.only(_FLOW)
        if part.body.get("flow") != name or not NAME.fullmatch(name):
            raise part.wrong(f"flow: is not {name}, as the file is called", "flow")
        made = self._steps(part)
        start = part.text("start", None)
        for path, target in [(("start",), start), *_targets(made)]:
            if target and target != END and target not in made:
                raise part.wrong(f"there is no step {target}", *path)
        if not start or start == END:
            raise part.wrong("start: which step?", "start")
        inner = [step.flow.version for step in made.values() if isinstance(step, Run)]
        return Flow(
            name=name,
            start=start,
            steps=made,
            version=hashlib.blake2s(json.dumps([read.values, inner], sort_keys=True).encode(), digest_size=4).hexdigest(),
            fresh_after=part.number("fresh_after"),
            picture=read_picture(part.part("picture")) if "picture" in part.body else None,
            commands=part.names("commands", pattern=_COMMAND),
            beside=read_beside(part),
        )

    def _steps(self, part: Part) -> dict[str, AnyStep]:
        steps = part.body.get("steps")
        if not isinstance(steps, dict) or not steps:
            raise part.wrong("no steps", "steps")
        made: dict[str, AnyStep] = {}
        for name, body in steps.items():
            if not isinstance(body, dict) or not NAME.fullmatch(name) or name == END:
                raise part.wrong(f"step {name}: not a name with a kind and more", "steps", name)
            made[name] = read_step(Part(part.read, ("steps", name), body), self.read)
        return made


def _targets(steps: Mapping[str, AnyStep]) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, step in steps.items():
        yield ("steps", name, "next"), step.next
        if isinstance(step, Choice | Branch):
            yield from ((("steps", name, "options", option.value), option.next) for option in step.options)
