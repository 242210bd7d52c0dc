"""Discord's markdown as a reader sees it, and what in it would be live. Enough of it to hold the bot to its word."""

import re

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_HIDDEN = "\ue000"  # an escaped character's place while marks are looked for; our server lets no private-use character in
_LIVE = {
    "mention": r"@everyone|@here|<@[!&]?\d+>|<#\d+>|</[^>]+:\d+>|<id:\w+>",
    "emoji": r"<a?:\w+:\d+>",
    "time": r"<t:-?\d+(?::[a-zA-Z])?>",
    "link": r"(?:https?|steam|discord)://\S|discord(?:\.gg|app\.com/invite|\.com/invite)/\w|\[[^\]]*\]\([^)]*\)|<(?:mailto|tel|sms):",
    "strong": r"\*\*[^*]+\*\*|__[^_]+__",
    "emphasis": r"(?<!\*)\*(?!\*)\S[^*]*\*|(?<![\w_])_\S[^_]*_(?![\w_])",
    "code": r"`[^`]+`",
    "struck": r"~~[^~]+~~",
    "spoiler": r"\|\|[^|]+\|\|",
    "heading": r"(?m)^\s*#{1,3} ",
    "small": r"(?m)^\s*-# ",
    "quote": r"(?m)^\s*>(?:>>)? ",
    "list": r"(?m)^\s*(?:[-*+] |\d+[.)] )",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _LIVE.items()}
_ISOLATES = str.maketrans("", "", "\u2066\u2068\u2069\u200b\u2060")


def live(content: str) -> set[str]:
    """Return the kinds of marks that Discord would act on in the content."""
    shown = _ESCAPED.sub(_HIDDEN, content)
    return {name for name, pattern in _PATTERNS.items() if pattern.search(shown)}


def plain(content: str) -> str:
    """Return the content as it reads on the screen: our marks gone, escaped characters themselves."""
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[1])
        return _HIDDEN

    text = _ESCAPED.sub(hide, content)
    text = re.sub(r"\[([^\]]*)\]\(<?[^)>]*>?\)", r"\1", text)
    text = re.sub(r"(?m)^(### |> )", "", text)
    text = re.sub(r"(?m)^- ", "• ", text)
    text = text.replace("**", "").replace("*", "")
    back = iter(kept)
    text = re.sub(_HIDDEN, lambda _: next(back), text)
    return text.translate(_ISOLATES).replace("\u00a0", " ")
