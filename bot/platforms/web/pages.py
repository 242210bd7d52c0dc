"""The page itself, read once at start: its files, and its words and persons as JSON, one for each language."""

import html
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from bot.core.features import MenuEntry, Where
from bot.core.texts import Say, Texts
from bot.platforms.web.limits import WORDS_LENGTH
from bot.platforms.web.records import Persona

FOLDER = Path(__file__).parent / "page"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)\}\}")
_NAMED = re.compile(rb"""\btext\(\s*["']([a-z_]+)["']""")  # how the page's scripts name a text


class Pages:
    """`links`: further pages under this address, each with the key of its words."""

    def __init__(
        self, texts: Texts, menu: Sequence[MenuEntry], personas: Sequence[Persona], links: Mapping[str, str] | None = None
    ) -> None:
        self.files = {
            path.name: (path.read_bytes(), TYPES[path.suffix]) for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES
        }
        template = (FOLDER / "index.html").read_text("utf-8")
        self._texts = texts
        self.commands = {entry.name for entry in menu}
        self._index = {language: _fill(template, texts.of(language)) for language in texts.languages}
        named = {key.decode() for body, _ in self.files.values() for key in _NAMED.findall(body)}
        self._start = {language: _start(texts.of(language), named, menu, personas, links or {}) for language in texts.languages}

    def language(self, accepted: str) -> str:
        """Return the shipped language that suits an Accept-Language header best."""
        for tag in accepted_tags(accepted):
            found = self._texts.of(tag).language
            if tag.split("-")[0].lower() == found.split("-")[0].lower():
                return found
        return self._texts.languages[0]

    def index(self, language: str) -> str:
        return self._index[language]

    def start(self, language: str) -> bytes:
        return self._start[language]


def accepted_tags(accepted: str) -> list[str]:
    """Return the language tags of an Accept-Language header, the most wanted first; odd parts are left out."""
    weighed: list[tuple[float, str]] = []
    for part in accepted[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", tag) and weight > 0:
            weighed.append((-weight, tag))
    return [tag for _, tag in sorted(weighed, key=lambda pair: pair[0])]


def _fill(template: str, say: Say) -> str:
    def text(found: re.Match[str]) -> str:
        return say.language if found[1] == "language" else html.escape(say.label(f"web.{found[1]}"))

    return _PLACEHOLDER.sub(text, template)


def _start(
    say: Say, named: Collection[str], menu: Sequence[MenuEntry], personas: Sequence[Persona], links: Mapping[str, str]
) -> bytes:
    """Return what the page needs before its first message. `{name}` and the like in texts are filled in by the page."""
    blanks = {blank: f"{{{blank}}}" for blank in ("name", "count", "label", "longest", "size", "time", "title")}
    return msgspec.json.encode(
        {
            "language": say.language,
            "longest": WORDS_LENGTH,
            "texts": {key: say.label(f"web.{key}", **blanks) for key in sorted(named)},
            "personas": [
                {
                    "key": persona.key,
                    "name": persona.name,
                    "part": say.label(f"web.part_{persona.part}"),
                    "facilitator": bool(persona.roles),
                }
                for persona in personas
            ],
            "links": [{"url": url, "label": say.label(key)} for url, key in links.items()],
            "menu": [_entry(entry, say.language) for entry in menu],
        }
    )


def _entry(entry: MenuEntry, language: str) -> dict[str, object]:
    return {
        "name": entry.name,
        "description": _in(entry.descriptions, language),
        "where": entry.where if entry.where is not Where.ANYWHERE else "",
        "facilitators": entry.facilitators,
        "options": [
            {
                "name": option.name,
                "required": option.required,
                "choices": option.choices,
                "completes": option.completes,
                "description": _in(said, language),
            }
            for option, said in entry.options
        ],
    }


def _in(descriptions: Mapping[str, str], language: str) -> str:
    return descriptions.get(language) or next(iter(descriptions.values()), "")
