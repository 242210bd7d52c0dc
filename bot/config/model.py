"""What can be configured. Every key has a default: an empty file is a whole configuration."""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, StringConstraints


class _Part(BaseModel):
    """Frozen; a key that is not ours is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f'"{name}" is no time zone; write one like Europe/Berlin')
    return name


def _shaped(pattern: str, said: str) -> AfterValidator:
    """A text of a certain shape; `said` completes "must be"."""

    def shaped(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"must be {said}")
        return value

    return AfterValidator(shaped)


Zone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, _shaped(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?", 'a language tag like "en" or "pt-BR"')]
Country = Annotated[
    str, StringConstraints(to_upper=True), _shaped(r"[A-Za-z]{2}", 'a country\'s two letters (ISO 3166-1), like "DE"')
]
Address = Annotated[
    str,
    _shaped(r"https?://\S*[^/\s]/*", "an address like https://example.org"),
    AfterValidator(lambda address: address.rstrip("/")),
]
SafeAddress = Annotated[str, _shaped(r"https://\S+", "an address like https://example.org (Telegram calls only https)")]
PublicAddress = Annotated[
    str,
    _shaped(
        r"(https://[^/\s?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?)(/[^\s?#]*)?",
        "an address like https://example.org (http only for localhost)",
    ),
    AfterValidator(lambda address: address.rstrip("/")),
]
Gateway = Annotated[str, _shaped(r"wss?://\S+", "an address that begins with wss:// (or ws://)")]
UrlPath = Annotated[str, _shaped(r"/[\w/-]*", 'a path like "/telegram"')]
DatabaseUrl = Annotated[
    str, _shaped(r"(sqlite|postgresql)(\+\w+)?://\S*", "an address like postgresql+asyncpg://name@host/database")
]
RoleName = Annotated[str, Field(min_length=1, max_length=100, coerce_numbers_to_str=True)]
PortNumber = Annotated[int, Field(ge=0, le=65535)]  # 0: whichever is free
Host = Annotated[str, StringConstraints(min_length=1, max_length=253)]


class CommunityConfig(_Part):
    """What a community starts with; it may change each of them later."""

    zone: Zone = "UTC"
    language: Language | None = None  # else the `language` above
    country: Country = "ZZ"  # ISO 3166-1; decides the help lines. ZZ: any other


class DiscordConfig(_Part):
    token_file: Path | None = None
    token: SecretStr | None = None
    api_base: Address = "https://discord.com/api/v10"
    gateway: Gateway | None = None  # else what the service says
    facilitator_role: RoleName = "Facilitator"


class WebhookConfig(_Part):
    url: SafeAddress | None = None  # as Telegram sees it
    listen: Host = "127.0.0.1"
    port: PortNumber = 8443
    path: UrlPath = "/telegram"
    secret_file: Path | None = None
    secret: SecretStr | None = None


class TelegramConfig(_Part):
    token_file: Path | None = None
    token: SecretStr | None = None
    api_base: Address = "https://api.telegram.org"
    file_base: Address | None = None  # else api_base + /file
    mode: Literal["polling", "webhook"] = "polling"
    webhook: WebhookConfig = WebhookConfig()


class WebConfig(_Part):
    enabled: bool = False
    host: Host = "127.0.0.1"
    port: PortNumber = 8080


class PlatformsConfig(_Part):
    discord: DiscordConfig = DiscordConfig()
    telegram: TelegramConfig = TelegramConfig()
    web: WebConfig = WebConfig()


class StorageConfig(_Part):
    url: DatabaseUrl | None = Field(None, repr=False)  # else SQLite in `data`
    keys_file: Path | None = None  # the persons' wrapped keys, apart from the rows; else keys.db in `data`
    master_key_file: Path = Path("master.key")
    master_key: SecretStr | None = None


class LogConfig(_Part):
    level: Literal["debug", "info", "warning", "error"] = "info"


class MetricsConfig(_Part):
    host: Host = "127.0.0.1"
    port: PortNumber | None = None  # none: off


class PagesConfig(_Part):
    """Calendar feeds and the check of receipts, for people without a chat account. A proxy with a certificate is before them."""

    host: Host = "127.0.0.1"
    port: PortNumber | None = None  # none: off
    address: PublicAddress | None = None  # as people reach them

    @property
    def lacks_address(self) -> bool:
        """They are served, but nobody can be told where."""
        return self.port is not None and self.address is None


class Config(_Part):
    """The whole of it. Paths are absolute after `load_config`, which takes them from the file's own folder."""

    language: Language = "en"
    contact: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""  # how members reach the host
    data: Path = Path("data")
    community: CommunityConfig = CommunityConfig()
    platforms: PlatformsConfig = PlatformsConfig()
    storage: StorageConfig = StorageConfig()
    log: LogConfig = LogConfig()
    metrics: MetricsConfig = MetricsConfig()
    pages: PagesConfig = PagesConfig()

    @property
    def database_url(self) -> str:
        return self.storage.url or f"sqlite+aiosqlite:///{self.data / 'openchair.db'}"

    @property
    def keys_path(self) -> Path:
        return self.storage.keys_file or self.data / "keys.db"

    @property
    def chosen_platforms(self) -> tuple[str, ...]:
        """Those that have what they need to start."""
        discord, telegram, web = self.platforms.discord.token, self.platforms.telegram.token, self.platforms.web.enabled
        return tuple(name for name, has in (("discord", discord), ("telegram", telegram), ("web", web)) if has)

    @property
    def home_language(self) -> str:
        return self.community.language or self.language

    @property
    def home_zone(self) -> ZoneInfo:
        return ZoneInfo(self.community.zone)
