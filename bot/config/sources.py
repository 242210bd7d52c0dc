"""What the environment and systemd's credentials say; both win over the file."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from bot.config.model import Config
from bot.config.yaml import KeyPath

PREFIX = "OPENCHAIR_"
BETWEEN = "__"
OTHER_USES = frozenset({"OPENCHAIR_CONFIG"})


class Secrets(BaseSettings):
    """Short names: the variable `OPENCHAIR_DISCORD_TOKEN`, or the file `openchair_discord_token` among the credentials."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    discord_token: SecretStr | None = None
    telegram_token: SecretStr | None = None
    telegram_webhook_secret: SecretStr | None = None
    master_key: SecretStr | None = None


class _Environment(BaseSettings, Config):
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter=BETWEEN, env_ignore_empty=True, frozen=True)


def read_environment() -> dict[str, object]:
    """Return the values of `OPENCHAIR_A__B__C`, nested; they are checked together with the file's."""
    return dict(EnvSettingsSource(_Environment)())


def read_secrets() -> Secrets:
    """Return the secrets given by their short names; an empty variable is none."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    return Secrets(_secrets_dir=folder if folder and Path(folder).is_dir() else None)


def variable(path: KeyPath) -> str:
    """Return the variable that sets a key."""
    return PREFIX + BETWEEN.join(str(part) for part in path).upper()


def unknown_variables(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield variables with our prefix that set nothing: most often a slip of the hand."""
    ours = {PREFIX + name.upper() for name in Config.model_fields} | {PREFIX + name.upper() for name in Secrets.model_fields}
    for name in sorted(environment):
        upper = name.upper()
        first = PREFIX + upper.removeprefix(PREFIX).split(BETWEEN)[0]
        if upper.startswith(PREFIX) and upper not in OTHER_USES and first not in ours:
            yield name
