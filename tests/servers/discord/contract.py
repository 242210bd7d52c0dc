"""Discord's own description of its API: what a request may hold, and what an answer must."""

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

DOCUMENT = Path(__file__).parent.parent / "specs" / "discord-openapi.json"
_URI = "urn:discord"


class Contract:
    def __init__(self) -> None:
        self._document: dict[str, Any] = json.loads(DOCUMENT.read_text())
        self._validators: dict[str, Draft202012Validator] = {}
        self._registry: Registry[Any] = Registry().with_resource(_URI, DRAFT202012.create_resource(self._document))

    @cached_property
    def _templates(self) -> list[tuple[re.Pattern[str], str]]:
        """Paths as patterns, those with fewer variables first: `@original` before any message's id."""
        paths = sorted(self._document["paths"], key=lambda path: path.count("{"))
        return [(re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)), path) for path in paths]

    def find(self, method: str, path: str) -> tuple[str, dict[str, str]] | None:
        """Return the path's template and variables, or None for a call that the API does not have."""
        for pattern, template in self._templates:
            found = pattern.fullmatch(path)
            if found and method.lower() in self._document["paths"][template]:
                return template, found.groupdict()
        return None

    def wrong_request(self, method: str, template: str, body: Any) -> str:
        """Return what is wrong with a request's body, or ""."""
        operation = self._document["paths"][template][method.lower()]
        if "requestBody" not in operation:
            return "" if body is None else "a body where none is wanted"
        return self._wrong(f"{_at(template, method)}/requestBody/content/application~1json/schema", body)

    def wrong_answer(self, method: str, template: str, status: int, body: Any) -> str:
        responses = self._document["paths"][template][method.lower()]["responses"]
        if str(status) in responses:
            if "content" not in responses[str(status)]:
                return "" if body is None else "a body where none is told"
            return self._wrong(f"{_at(template, method)}/responses/{status}/content/application~1json/schema", body)
        if status >= 400:
            return self._wrong("#/components/schemas/ErrorResponse", body)
        return f"no answer with status {status} is told"

    def _wrong(self, pointer: str, body: Any) -> str:
        if pointer not in self._validators:
            self._validators[pointer] = Draft202012Validator({"$ref": f"{_URI}{pointer}"}, registry=self._registry)
        error = best_match(self._validators[pointer].iter_errors(body))
        return "" if error is None else f"{error.json_path}: {error.message[:300]}"


def _at(template: str, method: str) -> str:
    return f"#/paths/{template.replace('/', '~1')}/{method.lower()}"
