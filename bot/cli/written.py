"""The files that `openchair init` writes: a commented config.yaml, and a systemd unit. Pure."""

import json
import re
from dataclasses import dataclass

PLATFORMS = ("discord", "telegram", "web")
_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./+-]*")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True)
class Answers:
    """What the host answered. Paths as they are to stand in the file: relative ones are taken from the file's folder."""

    language: str = "en"
    zone: str = "UTC"
    country: str = "ZZ"
    platforms: tuple[str, ...] = ()
    data: str = "data"
    key_file: str = "master.key"
    discord_token_file: str = "secrets/discord.token"  # noqa: S105  # a file's name, no secret
    telegram_token_file: str = "secrets/telegram.token"  # noqa: S105


def scalar(value: str) -> str:
    """Return a text as YAML: plain where that is safe for every reader of YAML, else quoted."""
    return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML else json.dumps(value)


def config_text(answers: Answers) -> str:
    """Return the whole configuration, every key in it: those that were asked for, the rest as comments."""
    has = {name: "" if name in answers.platforms else "# " for name in PLATFORMS}
    return f"""\
# Openchair's configuration. Every key has a default, shown behind "#". `openchair check` names a wrong key with its line.
# Any key can also come from the environment: platforms.web.port is OPENCHAIR_PLATFORMS__WEB__PORT. The environment wins.
# Secrets do not belong in this file. Each has a file of its own (chmod 600), or one of these variables:
#   OPENCHAIR_DISCORD_TOKEN  OPENCHAIR_TELEGRAM_TOKEN  OPENCHAIR_TELEGRAM_WEBHOOK_SECRET  OPENCHAIR_MASTER_KEY
# or a systemd credential of the same name in small letters (openchair_discord_token).

language: {scalar(answers.language)}  # when neither the person nor their platform nor the community says another
# contact: host@example.org  # shown to members for what no facilitator may decide: an address, or a name they know
data: {scalar(answers.data)}  # the folder of the database

# What a community starts with. Facilitators can change it later; it is never guessed from a language or a number.
community:
  zone: {scalar(answers.zone)}  # meetings keep their wall-clock time here across clock changes
  # language: {scalar(answers.language)}
  country: {scalar(answers.country)}  # ISO 3166-1, decides the help lines; ZZ is "any other"

platforms:
  discord:
    {has["discord"]}token_file: {scalar(answers.discord_token_file)}  # the bot's token; without one Discord stays off
    # facilitator_role: Facilitator  # a role's name or id; whoever has it may hold meetings
    # api_base: https://discord.com/api/v10
    # gateway: wss://...  # else what the service says
  telegram:
    {has["telegram"]}token_file: {scalar(answers.telegram_token_file)}  # the bot's token; without one Telegram stays off
    # mode: polling  # or webhook, then with the five keys below
    # webhook:
    #   url: https://...  # how Telegram reaches this machine
    #   listen: 127.0.0.1
    #   port: 8443
    #   path: /telegram
    #   secret_file: secrets/webhook.secret  # 16 to 256 of A-Z a-z 0-9 _ -; without one a new one is made at each start
    # api_base: https://api.telegram.org
    # file_base: https://...  # else api_base with /file
  web:
    enabled: {"true" if "web" in answers.platforms else "false"}  # the chat page with made-up persons: to try the bot
    # host: 127.0.0.1
    # port: 8080

storage:
  # url: postgresql+asyncpg://openchair@localhost/openchair  # else SQLite in the data folder
  # keys_file: data/keys.db  # each person's own key, wrapped; back it up apart from the database
  master_key_file: {scalar(answers.key_file)}  # opens all of it. Keep a second copy elsewhere: without it everything is lost

log:
  level: info  # debug, info, warning, error; never a person's name or words, at any level

# metrics:  # numbers for Prometheus, without content; off unless a port stands here
#   host: 127.0.0.1
#   port: 9464

# pages:  # calendar feeds and the check of receipts, for people without a chat account; off unless a port stands here
#   host: 127.0.0.1  # a proxy with a certificate (Caddy, nginx) stands before it
#   port: 8090
#   address: https://...  # how people reach these pages; without it no calendar address can be given out
"""


def unit_text(*, command: str, config: str, folder: str, data: str, user: str) -> str:
    """Return a systemd unit that runs the bot as `user`, and lets it write nothing but its data."""
    return f"""\
# Made by `openchair init --systemd`. To use it:
#   sudo cp openchair.service /etc/systemd/system/ && sudo systemctl enable --now openchair
[Unit]
Description=Openchair, mutual-help meetings on Discord and Telegram
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
User={user}
WorkingDirectory={_unit_path(folder)}
ExecStart={_quoted(command)} run --config {_quoted(config)}
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=78
TimeoutStopSec=15
# Secrets may also come as credentials (systemd keeps them in memory):
#LoadCredential=openchair_discord_token:/etc/openchair/discord.token
#LoadCredential=openchair_telegram_token:/etc/openchair/telegram.token
#LoadCredential=openchair_master_key:/etc/openchair/master.key.hex
UMask=0077
ReadWritePaths={_quoted(data)}
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
LockPersonality=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
# What members wrote is in memory while it is handled: neither core dumps nor swap may keep it.
LimitCORE=0
MemorySwapMax=0

[Install]
WantedBy=multi-user.target
"""


def _unit_path(path: str) -> str:
    return path.replace("%", "%%")


def _quoted(path: str) -> str:
    """Return a path as one word of a unit: quoted when it needs to be, `%` and `$` doubled."""
    safe = path.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{safe}"' if re.search(r"[^\w/.+%$-]", safe) else safe
