"""What goes wrong on purpose: answers that are not the method's own, and answers that are held back."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass
class Fault:
    """`status` 0 hangs up without an answer. `after_effect`: the method does its work first. `skip` calls go well before it."""

    method: str
    status: int
    body: Mapping[str, Any] | bytes | None = None
    retry_after: int | None = None
    times: int = 1
    skip: int = 0
    after_effect: bool = False
    html: bool = False
    chat: int | None = None

    def answer(self, request: web.Request) -> web.Response:
        if not self.status:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        if self.html:
            return web.Response(status=self.status, body=HTML, content_type="text/html")
        if isinstance(self.body, bytes):
            return web.Response(status=self.status, body=self.body, content_type="application/json")
        body = self.body or {"ok": False, "error_code": self.status, "description": f"Fault {self.status}"}
        if self.retry_after is not None:
            said = {"description": f"Too Many Requests: retry after {self.retry_after}"}
            body = {**body, **said, "parameters": {"retry_after": self.retry_after}}
        return web.Response(status=self.status, body=json.dumps(body), content_type="application/json")


@dataclass
class Gate:
    """Holds back calls of a method (to one chat, if given) until it is opened. `waiting` is how many stand before it."""

    method: str
    chat: int | None = None
    waiting: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    def open(self) -> None:
        self.opened.set()


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._gates: list[Gate] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def take(self, method: str, chat: object) -> Fault | None:
        """Return the fault for this call, using it up."""
        for fault in self._faults:
            if fault.method == method and fault.times > 0 and fault.chat in (None, chat):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    def hold(self, gate: Gate) -> Gate:
        self._gates.append(gate)
        return gate

    def gate(self, method: str, chat: object) -> Gate | None:
        """Return the closed gate before this call."""
        return next(
            (one for one in self._gates if one.method == method and one.chat in (None, chat) and not one.opened.is_set()), None
        )

    def open_all(self) -> None:
        for gate in self._gates:
            gate.open()
