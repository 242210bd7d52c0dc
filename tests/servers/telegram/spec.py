"""The Bot API's own description (tests/servers/specs/telegram-bot-api.json) as a judge of requests and answers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

SPECS = Path(__file__).parents[1] / "specs" / "telegram-bot-api.json"


@dataclass(frozen=True)
class Upload:
    """A file sent as a part of a multipart body."""

    name: str
    content: bytes
    media_type: str


class Spec:
    def __init__(self, description: Mapping[str, Any]) -> None:
        self._methods = description["methods"]
        self._types = description["types"]

    def knows(self, method: str) -> bool:
        return method in self._methods

    def native(self, method: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return parameters with those decoded that came as text of JSON (queries, forms, and "JSON-serialized" fields)."""
        fields = {field["name"]: field["types"] for field in self._methods[method].get("fields", [])}
        return {name: _decoded(value, fields.get(name, ["String"])) for name, value in given.items()}

    def problems_of_request(self, method: str, given: Mapping[str, Any]) -> list[str]:
        return list(self._object(method, self._methods[method].get("fields", []), given))

    def problems_of_answer(self, method: str, result: object) -> list[str]:
        return list(self._value(f"{method}()", self._methods[method]["returns"], result))

    def problems_of(self, type_name: str, value: object) -> list[str]:
        return list(self._value(type_name, [type_name], value))

    def _object(self, where: str, fields: Sequence[Mapping[str, Any]], value: Mapping[str, Any]) -> Iterator[str]:
        known = {field["name"]: field for field in fields}
        yield from (f"{where}.{name}: unknown" for name in value if name not in known)
        yield from (f"{where}.{name}: missing" for name, field in known.items() if field["required"] and name not in value)
        for name, part in value.items():
            if name in known:
                yield from self._value(f"{where}.{name}", known[name]["types"], part)

    def _value(self, where: str, types: Sequence[str], value: object) -> Iterator[str]:
        """Yield nothing when the value is of one of the types; else what the nearest type finds wrong."""
        tries = [list(self._one(where, one, value)) for one in types]
        if all(tries):
            yield from min(tries, key=len)

    def _one(self, where: str, type_name: str, value: object) -> Iterator[str]:
        if type_name.startswith("Array of "):
            if isinstance(value, list):
                for number, part in enumerate(value):
                    yield from self._one(f"{where}[{number}]", type_name.removeprefix("Array of "), part)
            else:
                yield f"{where}: no array"
        elif type_name in _PLAIN:
            if not _PLAIN[type_name](value):
                yield f"{where}: no {type_name}"
        elif "subtypes" in self._types[type_name]:
            yield from self._value(where, self._types[type_name]["subtypes"], value)
        elif isinstance(value, dict):
            yield from self._object(where, self._types[type_name].get("fields", []), value)
        else:
            yield f"{where}: no {type_name}"


_PLAIN = {
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "True": lambda value: value is True,
    "InputFile": lambda value: isinstance(value, Upload),
}


def _decoded(value: Any, types: Sequence[str]) -> Any:
    if not isinstance(value, str) or ("String" in types and not value.lstrip("-").isdigit()):
        return value
    if "String" in types and "Integer" not in types:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


@lru_cache(maxsize=1)
def bot_api() -> Spec:
    return Spec(json.loads(SPECS.read_text(encoding="utf-8")))
