"""A `Page` as a response, and the plain pages of whatever went otherwise."""

import html
import re
from collections.abc import Mapping

from aiohttp import web

from bot.core.pages import Page
from bot.core.richtext import plain
from bot.core.texts import Say

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(; ?charset=[a-z0-9-]+)?")
_ETAG = re.compile(r"[A-Za-z0-9_-]{1,128}")


def response(page: Page, request: web.BaseRequest) -> web.Response:
    """Return the whole response, or 304 for what the caller has already."""
    headers = {**HEADERS, "Cache-Control": f"public, max-age={page.keep}" if page.keep > 0 else "no-store"}
    if page.etag and _ETAG.fullmatch(page.etag):
        headers["ETag"] = f'"{page.etag}"'
        if page.status == 200 and any(tag.value in (page.etag, "*") for tag in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
    headers["Content-Type"] = page.media_type if _TYPE.fullmatch(page.media_type) else "application/octet-stream"
    if page.file_name:
        name = re.sub(r"[^A-Za-z0-9._-]+", "_", page.file_name).strip("._")[:80] or "file"
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return web.Response(body=page.body, status=page.status, headers=headers)


def problem(say: Say, key: str, status: int, base: str, **more: str) -> web.Response:
    """Return a page of one kind sentence. Every address that is not there has the same one."""
    sentence = html.escape(plain(say(key)))
    title = html.escape(say.label("pages.title"))
    body = (
        f'<!doctype html>\n<html lang="{html.escape(say.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f'<link rel="stylesheet" href="{html.escape(base)}/style.css">\n</head>\n<body>\n<main>\n<p>{sentence}</p>\n</main>\n'
        "</body>\n</html>\n"
    )
    headers: Mapping[str, str] = {**HEADERS, "Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8", **more}
    return web.Response(body=body.encode(), status=status, headers=headers)
