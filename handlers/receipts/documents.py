"""The page that checks a code: a whole document without script or style of its own."""

import html

from bot.core.richtext import plain
from bot.core.texts import Say
from handlers.receipts import views
from handlers.receipts.records import Attended


def form(say: Say, base: str) -> bytes:
    return _document(say, base, f"<p>{_said(say, 'receipts.page_what')}</p>\n{_form(say, base)}")


def result(say: Say, base: str, found: Attended | None) -> bytes:
    if found is None:
        return _document(say, base, f"<p><strong>{_said(say, 'receipts.unknown')}</strong></p>\n{_form(say, base)}")
    told = html.escape(plain(views.when(say, found.present)))
    lines = (
        f"<p><strong>{_said(say, 'receipts.valid')}</strong></p>",
        f"<p>{told}</p>",
        f"<p>{_said(say, 'receipts.valid_means')}</p>",
        f'<p><a href="{html.escape(base)}/verify">{_said(say, "receipts.page_another")}</a></p>',
    )
    return _document(say, base, "\n".join(lines))


def _form(say: Say, base: str) -> str:
    return (
        f'<form method="post" action="{html.escape(base)}/verify">\n<label for="code">{_said(say, "receipts.page_code")}</label>\n'
        '<input id="code" name="code" required maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false">\n'
        f'<button type="submit">{_said(say, "receipts.page_button")}</button>\n</form>'
    )


def _document(say: Say, base: str, inner: str) -> bytes:
    title = _said(say, "receipts.page_title")
    return (
        f'<!doctype html>\n<html lang="{html.escape(say.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        f'<link rel="stylesheet" href="{html.escape(base)}/style.css">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n'
        f"{inner}\n</main>\n</body>\n</html>\n"
    ).encode()


def _said(say: Say, key: str) -> str:
    return html.escape(plain(say(key)))
