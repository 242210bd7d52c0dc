"""What a test has told the server to do wrong."""

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fault:
    """The next `times` calls that match are answered so. `status` None: the connection is cut without an answer.

    `after_effect`: the call is done first, and only its answer is lost.
    """

    method: str
    path: str  # a regular expression, anywhere in the path
    status: int | None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after_effect: bool = False
    pass_first: int = 0  # so many calls that match go well before


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        for fault in self._faults:
            if fault.times > 0 and fault.method == method and re.search(fault.path, path):
                if fault.pass_first > 0:
                    fault.pass_first -= 1
                    continue
                fault.times -= 1
                return fault
        return None


def body_of(fault: Fault) -> tuple[str, str, dict[str, str]]:
    """Return the fault's body, its content type and headers as Discord (or its edge) sends them."""
    import json

    if isinstance(fault.body, str):
        return fault.body, "text/html", fault.headers
    body = fault.body if fault.body is not None else {"message": f"{fault.status}", "code": 0}
    headers = {"Via": "1.1 google", **fault.headers} if fault.status == 429 else fault.headers
    return json.dumps(body), "application/json", headers
