"""The pages that help a person subscribe: whole documents without script or style of their own."""

import html
from collections.abc import Sequence

from bot.core.meetings import Series
from bot.core.richtext import plain
from bot.core.texts import Say


def subscribe(say: Say, base: str, path: str, *, key: str, meetings: Sequence[tuple[Series, str]] = ()) -> bytes:
    """Return the page of one calendar at `<base>/<path>.ics`. `meetings`: each with the path of its own calendar."""
    address = f"{base}/{path}.ics"
    lines = [
        f"<h1>{_said(say, 'calendars.page_title')}</h1>",
        f"<p>{_said(say, key)}</p>",
        f'<p><a class="button" href="{_webcal(address)}">{_said(say, "calendars.page_open")}</a></p>',
        f"<p>{_said(say, 'calendars.page_copy')}</p>",
        f"<p><code>{html.escape(address)}</code></p>",
    ]
    if meetings:
        lines.append(f"<h2>{_said(say, 'calendars.page_single')}</h2>")
        items = (f'<li><a href="{_webcal(f"{base}/{own}.ics")}">{html.escape(one.title)}</a></li>' for one, own in meetings)
        lines.append(f"<ul>\n{chr(10).join(items)}\n</ul>")
    lines.append(f'<p class="soft">{_said(say, "calendars.page_careful")}</p>')
    return _document(say, base, "\n".join(lines))


def _document(say: Say, base: str, inner: str) -> bytes:
    return (
        f'<!doctype html>\n<html lang="{html.escape(say.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_said(say, 'calendars.page_title')}</title>\n"
        f'<link rel="stylesheet" href="{html.escape(base)}/style.css">\n</head>\n<body>\n<main>\n{inner}\n</main>\n'
        "</body>\n</html>\n"
    ).encode()


def _said(say: Say, key: str) -> str:
    return html.escape(plain(say(key)))


def _webcal(address: str) -> str:
    """Return the address under the scheme by which calendar programs subscribe."""
    return html.escape(f"webcal://{address.partition('://')[2]}")
