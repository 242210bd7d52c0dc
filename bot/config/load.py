"""Joins file, environment and secret files, in this order of growing weight, and gathers every problem before anything starts."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.config.keys import decoded_key
from bot.config.model import Config
from bot.config.secrets import Found, with_secrets
from bot.config.sources import PREFIX, Secrets, read_environment, read_secrets, unknown_variables, variable
from bot.config.yaml import Document, KeyPath, Problem, dotted, read_yaml

DEFAULT_FILE = Path("config.yaml")


class ConfigProblems(Exception):  # not for members: the host reads it on the terminal, so it is no BotError
    """The configuration cannot be used. One line a problem, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.where, problem.line)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Loaded:
    config: Config
    warnings: tuple[Problem, ...]
    file: Path


def load_config(file: Path | None = None, *, secrets: bool = True) -> Loaded:
    """Return the whole configuration. Without `file`, config.yaml of the present folder is read if it is there.

    Raises ConfigProblems. Relative paths are taken from the file's folder. `secrets`: whether secret files are opened.
    """
    path = file or DEFAULT_FILE
    if file is None and not path.exists():
        document = Document()
    else:
        try:
            document = read_yaml(path.read_bytes(), str(path))
        except OSError as error:
            raise ConfigProblems([Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]) from error
    if document.problems and not document.values:
        raise ConfigProblems(document.problems)
    environment = read_environment()
    problems = list(document.problems)
    try:
        config = Config.model_validate(_merged(document.values, environment))
    except ValidationError as error:
        problems += [_problem(detail, document, environment, str(path)) for detail in error.errors(include_url=False)]
        raise ConfigProblems(problems) from None
    config = _absolute(config, path.resolve().parent)
    found = Found(config)
    if secrets:
        found = with_secrets(config, environment, read_secrets(), lambda key: (str(path), _line(document, key)))
    problems += found.problems + _contradictions(found.config, document, str(path))
    if problems:
        raise ConfigProblems(problems)
    return Loaded(found.config, (*found.warnings, *_strays()), path)


def _merged(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """Lay one tree over another. An empty key (`discord:` and nothing more) is as if it were not there."""
    result = {key: _merged(value, {}) if isinstance(value, Mapping) else value for key, value in below.items() if value is not None}
    for key, value in above.items():
        beneath = result.get(key)
        result[key] = _merged(beneath, value) if isinstance(beneath, Mapping) and isinstance(value, Mapping) else value
    return result


def _problem(detail: ErrorDetails, document: Document, environment: Mapping[str, object], where: str) -> Problem:
    key = tuple(part for part in detail["loc"])
    if _has(environment, key):
        return Problem("environment", 0, variable(key), _said(detail, key))
    return Problem(where, _line(document, key), dotted(key), _said(detail, key))


def _said(detail: ErrorDetails, key: KeyPath) -> str:
    match detail["type"]:
        case "extra_forbidden":
            near = get_close_matches(str(key[-1]).lower(), _keys_at(key[:-1]), n=1)
            return "unknown key" + (f'; did you mean "{near[0]}"?' if near else f"; known here: {', '.join(_keys_at(key[:-1]))}")
        case "literal_error":
            return f"must be {detail['ctx']['expected']}"
        case "model_type" | "dict_type":
            return "must be keys with values, indented below it"
        case "value_error":
            return detail["msg"].removeprefix("Value error, ")
    return detail["msg"].replace("Input should", "must", 1)


def _keys_at(path: KeyPath) -> list[str]:
    model: type[BaseModel] = Config
    for part in path:
        kind = model.model_fields[str(part)].annotation
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            return []
        model = kind
    return list(model.model_fields)


def _has(tree: Mapping[str, object], key: KeyPath) -> bool:
    here: object = tree
    for part in key:
        if not (isinstance(here, Mapping) and part in here):
            return False
        here = here[part]
    return True


def _line(document: Document, key: KeyPath) -> int:
    """Return the line of a key, or of the nearest one above it that the file has."""
    for length in range(len(key), 0, -1):
        if key[:length] in document.lines:
            return document.lines[key[:length]]
    return 0


def _absolute(config: Config, folder: Path) -> Config:
    """Take every path from the folder of the file, not from where the command was typed."""

    def fixed(part: BaseModel) -> BaseModel:
        changes: dict[str, object] = {}
        for name in type(part).model_fields:
            value = getattr(part, name)
            if isinstance(value, Path):
                changes[name] = (folder / value.expanduser()).resolve()
            elif isinstance(value, BaseModel):
                changes[name] = fixed(value)
        return part.model_copy(update=changes)

    absolute = fixed(config)
    assert isinstance(absolute, Config)
    return absolute


def _contradictions(config: Config, document: Document, where: str) -> list[Problem]:
    """What no single key can know."""
    found: list[Problem] = []
    telegram, storage = config.platforms.telegram, config.storage
    if telegram.mode == "webhook" and telegram.webhook.url is None:
        key: KeyPath = ("platforms", "telegram", "mode")
        found.append(
            Problem(where, _line(document, key), dotted(key), 'is "webhook", but platforms.telegram.webhook.url is missing')
        )
    if storage.master_key is None and storage.master_key_file.is_relative_to(config.data):
        key = ("storage", "master_key_file")
        said = "lies in the data folder: a backup of the data would carry its own key; keep it elsewhere"
        found.append(Problem(where, _line(document, key) or _line(document, ("data",)), dotted(key), said))
    if storage.master_key is not None:
        try:
            decoded_key(storage.master_key.get_secret_value())
        except ValueError as error:
            found.append(Problem("environment or credential", 0, "OPENCHAIR_MASTER_KEY", str(error)))
    secret = telegram.webhook.secret
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()):
        key = ("platforms", "telegram", "webhook", "secret_file")
        found.append(Problem(where, _line(document, key), dotted(key), "must hold 16 to 256 of A-Z, a-z, 0-9, _ and -"))
    return found


def _strays() -> list[Problem]:
    known = [PREFIX + name.upper() for name in (*Config.model_fields, *Secrets.model_fields)]
    strays: list[Problem] = []
    for name in unknown_variables(os.environ):
        near = get_close_matches(name.upper(), known, n=1)
        strays.append(Problem("environment", 0, name, "sets nothing" + (f"; did you mean {near[0]}?" if near else "")))
    return strays
