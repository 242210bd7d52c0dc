"""`content/flows/<name>.yaml` -> Flow. The format is described in `bot/core/flow.py`."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.core.flow import (
    END,
    AnyStep,
    Branch,
    Choice,
    Flow,
    Many,
    Option,
    Picture,
    Run,
    Scale,
    Show,
    Timer,
    Write,
)
from content.yaml_file import BadContent, Read, Value, read_yaml

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OPTION = re.compile(r"[a-z0-9][a-z0-9_]{0,13}")
_COMMAND = re.compile(r"[a-z]{2,24}")
_COMMON = frozenset({"next", "end", "save", "skip"})
_ALLOWED: Mapping[str, frozenset[str]] = {
    "show": frozenset({"show", "press", "lines", "recall"}),
    "scale": frozenset({"ask", "range"}),
    "choice": frozenset({"ask", "options", "hide"}),
    "many": frozenset({"ask", "options", "least"}),
    "words": frozenset({"ask", "longest", "lines"}),
    "timer": frozenset({"timer", "every", "prompts", "rate", "range", "recall"}),
    "branch": frozenset({"branch", "options", "else"}),
    "run": frozenset({"run", "give", "take"}),
}
_FLOW = frozenset({"flow", "commands", "start", "steps", "fresh_after", "picture"})
Raw = Mapping[str, Value]


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
        flow = self._done[name] = self._flow(read_yaml(file))
        self._open.pop()
        return flow

    def _flow(self, read: Read) -> Flow:
        raw = read.values
        _refuse_unknown(read, (), raw, _FLOW)
        name, steps = read.file.stem, raw.get("steps")
        if raw.get("flow") != name or not _NAME.fullmatch(name):
            raise BadContent(read.file, read.line("flow"), f"flow: is not {name}, as the file is called")
        if not isinstance(steps, dict) or not steps:
            raise BadContent(read.file, read.line("steps"), "no steps")
        made = {step: self._step(read, step, body) for step, body in steps.items()}
        start = _text(read, ("start",), raw.get("start"))
        for path, target in [(("start",), start), *_targets(made)]:
            if target and target != END and target not in made:
                raise BadContent(read.file, read.line(*path), f"there is no step {target}")
        inner = [step.flow.version for step in made.values() if isinstance(step, Run)]
        version = hashlib.blake2s(json.dumps([raw, inner], sort_keys=True).encode(), digest_size=4).hexdigest()
        fresh_after = _number(read, ("fresh_after",), raw.get("fresh_after", 0))
        return Flow(name, start, made, version, fresh_after, _picture(read, raw), _commands(read, raw))

    def _step(self, read: Read, name: str, body: Value) -> AnyStep:
        path = ("steps", name)
        if not isinstance(body, dict) or not _NAME.fullmatch(name) or name == END:
            raise BadContent(read.file, read.line(*path), f"step {name}: not a name with a kind and more")
        kind = next((key for key in ("show", "timer", "branch", "run") if key in body), str(body.get("ask")))
        if kind not in _ALLOWED:
            raise BadContent(read.file, read.line(*path), f"step {name}: no such kind: {kind}")
        _refuse_unknown(read, path, body, _ALLOWED[kind] | _COMMON)
        body = {"save": "" if kind in ("show", "branch", "run") else name, **body}
        follows = _next(read, path, body, free=kind in ("choice", "branch"))
        save = _text(read, (*path, "save"), body["save"])
        skip = body.get("skip", True) is True
        low, high = _range(read, path, body.get("range"))

        def text(key: str) -> str:
            return _text(read, (*path, key), body.get(key, ""))

        def number(key: str, default: int = 0) -> int:
            return _number(read, (*path, key), body.get(key, default))

        match kind:
            case "show":
                if body["show"] != "text":
                    raise BadContent(read.file, read.line(*path, "show"), "show: text is the only kind; its words are in the texts")
                return Show(name, follows, save, skip, text("press"), text("lines"), text("recall"))
            case "scale":
                return Scale(name, follows, save, skip, low, high)
            case "choice":
                hide = body.get("hide", {})
                rules = {key: str(rule) for key, rule in hide.items()} if isinstance(hide, dict) else {}
                return Choice(name, follows, save, skip, _options(read, (*path, "options"), body.get("options"), follows, rules))
            case "many":
                options = _options(read, (*path, "options"), body.get("options"), follows, {})
                return Many(name, follows, save, skip, tuple(option.value for option in options), number("least"))
            case "words":
                return Write(name, follows, save, skip, number("longest", 500), number("lines"))
            case "timer":
                minutes = body["timer"]
                return Timer(
                    name, follows, save, skip, minutes if isinstance(minutes, int) else text("timer"),
                    number("every"), number("prompts"), text("rate"), low, high, text("recall"),
                )  # fmt: skip
            case "branch":
                options = _options(read, (*path, "options"), body.get("options"), follows, {})
                return Branch(name, _target(read, (*path, "else"), body.get("else")), save, skip, text("branch"), options)
        give, take = _pairs(read, (*path, "give"), body.get("give")), _pairs(read, (*path, "take"), body.get("take"))
        return Run(name, follows, save, skip, flow=self.read(text("run")), give=give, take=take)


def _targets(steps: Mapping[str, AnyStep]) -> list[tuple[tuple[str, ...], str]]:
    found: list[tuple[tuple[str, ...], str]] = [(("steps", name, "next"), step.next) for name, step in steps.items()]
    for name, step in steps.items():
        if isinstance(step, Choice | Branch):
            found.extend((("steps", name, "options", option.value), option.next) for option in step.options)
    return found


def _next(read: Read, path: tuple[str, ...], body: Raw, *, free: bool) -> str:
    if body.get("end") is True and "next" not in body:
        return END
    if "next" in body and "end" not in body:
        return _target(read, (*path, "next"), body["next"])
    if free and "end" not in body:
        return ""
    raise BadContent(read.file, read.line(*path), f"step {path[-1]}: either next: <step> or end: true")


def _target(read: Read, path: tuple[str, ...], value: Value) -> str:
    target = _text(read, path, value)
    if not target:
        raise BadContent(read.file, read.line(*path), f"{path[-1]}: which step?")
    return target


def _options(read: Read, path: tuple[str, ...], raw: Value, follows: str, hide: Mapping[str, str]) -> tuple[Option, ...]:
    pairs: Sequence[tuple[Value, Value]] = list(raw.items()) if isinstance(raw, dict) else [(v, follows) for v in _list(raw)]
    if not pairs or not hide.keys() <= {str(value) for value, _ in pairs}:
        raise BadContent(read.file, read.line(*path), "no options, or hide names one that is not there")
    made: list[Option] = []
    for value, target in pairs:
        if not _OPTION.fullmatch(str(value)) or isinstance(value, bool):
            raise BadContent(read.file, read.line(*path), f"option {value}: a-z, 0-9 and _, at most 14; quote yes and no")
        made.append(Option(str(value), _target(read, (*path, str(value)), target), hide.get(str(value), "")))
    return tuple(made)


def _list(raw: Value) -> list[Value]:
    return raw if isinstance(raw, list) else []


def _range(read: Read, path: tuple[str, ...], raw: Value) -> tuple[int, int]:
    if raw is None:
        return (0, 10)
    match raw:
        case [int(low), int(high)] if 0 <= low < high <= low + 14:
            return (low, high)
    raise BadContent(read.file, read.line(*path, "range"), "range: [lowest, highest], at most 15 numbers, from 0 up")


def _pairs(read: Read, path: tuple[str, ...], raw: Value) -> tuple[tuple[str, str], ...]:
    if raw is None:
        return ()
    if not isinstance(raw, dict):
        raise BadContent(read.file, read.line(*path), f"{path[-1]}: pairs of names")
    return tuple((key, _text(read, (*path, key), value)) for key, value in raw.items())


def _commands(read: Read, raw: Raw) -> tuple[str, ...]:
    """Return the flow's commands, the present name first."""
    names = raw.get("commands", [])
    if not isinstance(names, list) or not all(isinstance(name, str) and _COMMAND.fullmatch(name) for name in names):
        raise BadContent(read.file, read.line("commands"), "commands: a list of names of a-z, at most 24 letters each")
    return tuple(str(name) for name in names)


def _picture(read: Read, raw: Raw) -> Picture | None:
    match raw.get("picture"):
        case None:
            return None
        case {"kind": str(kind), "before": str(before), "ratings": str(ratings), "after": str(after), **more} if not more:
            return Picture(kind, before, ratings, after)
    raise BadContent(read.file, read.line("picture"), "picture: kind, before, ratings, after")


def _text(read: Read, path: tuple[str, ...], value: Value) -> str:
    if isinstance(value, str):
        return value
    raise BadContent(read.file, read.line(*path), f"{path[-1]}: a text is wanted")


def _number(read: Read, path: tuple[str, ...], value: Value) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise BadContent(read.file, read.line(*path), f"{path[-1]}: a whole number is wanted")


def _refuse_unknown(read: Read, path: tuple[str, ...], raw: Raw, known: frozenset[str]) -> None:
    for key in raw:
        if key not in known:
            raise BadContent(read.file, read.line(*path, key), f"{key} is not known here (known: {', '.join(sorted(known))})")
