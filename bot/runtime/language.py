"""In which language, zone and country an answer is given; and what is remembered of it while the database cannot be asked."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.core.calls import Account, Community, Person
from bot.core.texts import Texts
from bot.core.whose import zone_named

MOST_KEPT = 10_000


def shipped(tag: str, texts: Texts) -> str:
    """Return the shipped language nearest to a tag (`de-AT`, `pt_BR`), or "" when none is."""
    wanted = tag.replace("_", "-").lower()
    by_lower = {language.lower(): language for language in texts.languages}
    while wanted:
        if wanted in by_lower:
            return by_lower[wanted]
        wanted = wanted.rpartition("-")[0]
    return ""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a person is spoken to."""

    language: str
    zone: ZoneInfo
    country: str
    own: bool = False  # the language is the person's own setting


class Settings:
    """Chooses for each act: the person's own, else the platform's locale (language only), else the community's, else the host's.

    The last choice of each account is kept in memory, for error sentences and the help card when the database is away.
    """

    def __init__(self, texts: Texts, *, language: str, zone: str, country: str) -> None:
        self._texts = texts
        self._host = Setting(shipped(language, texts) or texts.languages[0], ZoneInfo(zone), country)
        self._known: OrderedDict[Account, Setting] = OrderedDict()
        self._tags: dict[str, str] = {}

    def choose(self, account: Account, locale: str, person: Person | None, community: Community | None) -> Setting:
        language = self._shipped(person.language) if person else ""
        chosen = Setting(
            language or self._shipped(locale) or (self._shipped(community.language) if community else "") or self._host.language,
            (zone_named(person.zone) if person else None) or (zone_named(community.zone) if community else None) or self._host.zone,
            (person.country if person else "") or (community.country if community else "") or self._host.country,
            own=bool(language),
        )
        self._known[account] = chosen
        self._known.move_to_end(account)
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return chosen

    def remembered(self, account: Account, locale: str) -> Setting:
        """Return the account's last setting, or what the locale and the host say."""
        known = self._known.get(account, self._host)
        return known if known.own else replace(known, language=self._shipped(locale) or known.language)

    def _shipped(self, tag: str) -> str:
        if not tag:
            return ""
        found = self._tags.get(tag)
        if found is None:
            found = shipped(tag, self._texts)
            if len(self._tags) < 1_000:  # locales are the platform's word
                self._tags[tag] = found
        return found
