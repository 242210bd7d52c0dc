"""Who may come in: same host, same origin, and a cookie of this process. Tokens are made here and checked without a list."""

import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web

_HOST = re.compile(r"(?:[A-Za-z0-9.\-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://{host} wss://{host}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Door:
    """`bound`: the address the page listens on. On a loopback one only loopback names are answered (DNS rebinding)."""

    def __init__(self, bound: str) -> None:
        self._bound = bound
        self._secret = secrets.token_bytes(32)

    def knows_host(self, host: str) -> bool:
        """Whether a Host header is well formed and one of ours."""
        if not _HOST.fullmatch(host):
            return False
        name = urlsplit(f"//{host}").hostname or ""
        return not is_loopback(self._bound) or is_loopback(name)

    def new_token(self) -> str:
        value = secrets.token_urlsafe(18)
        return f"{value}.{self._sign(value)}"

    def knows_token(self, token: str) -> bool:
        value, _, signature = token.partition(".")
        return hmac.compare_digest(signature.encode(), self._sign(value).encode())

    def is_ours(self, request: web.BaseRequest) -> bool:
        """Whether the request carries a cookie of this process."""
        return self.knows_token(request.cookies.get(cookie_name(request.host), ""))

    def is_same_origin(self, request: web.BaseRequest) -> bool:
        """Whether a WebSocket is opened by our own page: its Origin is the host it talks to."""
        origin = urlsplit(request.headers.get("Origin", ""))
        return origin.scheme in ("http", "https") and origin.netloc.lower() == request.host.lower()

    def _sign(self, value: str) -> str:
        return hmac.new(self._secret, value.encode(), hashlib.sha256).hexdigest()[:32]


def cookie_name(host: str) -> str:
    """Cookies do not tell ports apart, so the name does: two pages on one machine do not log each other out."""
    return f"openchair_{urlsplit(f'//{host}').port or 0}"


def guarded_headers(host: str) -> Mapping[str, str]:
    return {**HEADERS, "Content-Security-Policy": POLICY.format(host=host)}
