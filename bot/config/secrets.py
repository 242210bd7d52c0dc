"""Where secrets come from: the environment, systemd's credentials, a file of their own, and last (with a warning) the YAML."""

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, SecretStr

from bot.config.model import Config
from bot.config.sources import Secrets
from bot.config.yaml import KeyPath, Problem, dotted

LONGEST = 4096  # bytes
Where = Callable[[KeyPath], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Secret:
    """`part` leads to the section that has `name` and `name`_file; `short` is its short name among `Secrets`."""

    part: tuple[str, ...]
    name: str
    short: str
    reads_file: bool = True  # the master key's file is opened by storage, not here


SECRETS = (
    _Secret(("platforms", "discord"), "token", "discord_token"),
    _Secret(("platforms", "telegram"), "token", "telegram_token"),
    _Secret(("platforms", "telegram", "webhook"), "secret", "telegram_webhook_secret"),
    _Secret(("storage",), "master_key", "master_key", reads_file=False),
)


@dataclass
class Found:
    config: Config
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def with_secrets(config: Config, environment: Mapping[str, object], short: Secrets, where: Where) -> Found:
    """Return the configuration with every secret in its place, and what is to be said about how it got there."""
    found = Found(config)
    for secret in SECRETS:
        key: KeyPath = (*secret.part, secret.name)
        section = _section(config, secret.part)
        value = _text(getattr(short, secret.short))
        given = _text(getattr(section, secret.name))
        if not value and given:
            value = given
            if not _is_set(environment, key):
                found.warnings.append(Problem(*where(key), dotted(key), _advice(secret)))
        file: Path | None = getattr(section, f"{secret.name}_file")
        if secret.reads_file and file is not None and not _text(getattr(short, secret.short)) and not _is_set(environment, key):
            value = _read(file, (*secret.part, f"{secret.name}_file"), where, found) or value
        found.config = _replaced(found.config, key, SecretStr(value) if value else None)
    return found


def _advice(secret: _Secret) -> str:
    path = dotted((*secret.part, f"{secret.name}_file"))
    return (
        "is a secret, and this file is easily copied along; put it into a file that only the bot's user can read, "
        f"and name that file under {path} (or set OPENCHAIR_{secret.short.upper()})"
    )


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value().strip() if secret else ""


def _read(file: Path, key: KeyPath, where: Where, found: Found) -> str:
    try:
        mode = file.stat().st_mode
        with file.open("rb") as opened:
            content = opened.read(LONGEST + 1)
        text = content.decode().strip()
    except UnicodeDecodeError:
        found.problems.append(Problem(*where(key), dotted(key), f"{file} is not text"))
        return ""
    except OSError as error:
        found.problems.append(Problem(*where(key), dotted(key), f"{file} cannot be read: {error.strerror}"))
        return ""
    if not text or len(content) > LONGEST:
        found.problems.append(Problem(*where(key), dotted(key), f"{file} is {'too long for a secret' if text else 'empty'}"))
        return ""
    if stat.S_IMODE(mode) & 0o077:
        found.warnings.append(Problem(*where(key), dotted(key), f"others on this machine may read {file}; chmod 600 mends it"))
    return text


def _section(config: Config, path: tuple[str, ...]) -> BaseModel:
    part: BaseModel = config
    for name in path:
        part = getattr(part, name)
    return part


def _replaced(config: Config, key: KeyPath, value: SecretStr | None) -> Config:
    def fixed(part: BaseModel, rest: KeyPath) -> BaseModel:
        name = str(rest[0])
        return part.model_copy(update={name: value if len(rest) == 1 else fixed(getattr(part, name), rest[1:])})

    replaced = fixed(config, key)
    assert isinstance(replaced, Config)
    return replaced


def _is_set(environment: Mapping[str, object], key: KeyPath) -> bool:
    here: object = environment
    for part in key:
        here = here.get(part) if isinstance(here, Mapping) else None
    return here is not None
