"""`openchair init` asks what it needs to know and writes a commented config.yaml and the master key. Every question has a flag."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ask import Asker, known_country, known_language, known_platforms, known_zone
from bot.cli.machine import machine_zone, user_name
from bot.cli.terminal import complain, leave, say
from bot.cli.written import Answers, config_text, unit_text

UNIT = Path("openchair.service")


Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: what no flag says gets its default.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a configuration that is there; never over a key.")]


def init(
    config: Annotated[Path, typer.Option("--config", "-c", help="The file to write.")] = Path("config.yaml"),
    language: Annotated[str | None, typer.Option(help="A language that is shipped, like en or de.")] = None,
    zone: Annotated[str | None, typer.Option(help="A city or a time zone, like Berlin or Europe/Berlin.")] = None,
    country: Annotated[str | None, typer.Option(help="Two letters, like DE; decides the help lines.")] = None,
    platform: Annotated[list[str] | None, typer.Option(help="discord, telegram or web; more than once for several.")] = None,
    discord_token_file: Annotated[Path | None, typer.Option(help="The file with Discord's bot token.")] = None,
    telegram_token_file: Annotated[Path | None, typer.Option(help="The file with Telegram's bot token.")] = None,
    data: Annotated[Path, typer.Option(help="The folder of the database.")] = Path("data"),
    key_file: Annotated[Path, typer.Option(help="The master key, outside the data folder.")] = Path("master.key"),
    systemd: Annotated[bool, typer.Option("--systemd", help=f"Write {UNIT} too.")] = False,
    force: Force = False,
    yes: Yes = False,
) -> None:
    """Ask for language, zone, country, platforms and tokens, and write a commented config.yaml and the master key."""
    folder = config.resolve().parent
    for file in (config, *([folder / UNIT] if systemd else [])):
        if file.exists() and not force:
            leave(f"{file} is there already. To write over it: --force")
    if (folder / key_file).resolve().is_relative_to((folder / data).resolve()):
        leave(f"The key would lie in the data folder {data}, and every backup would carry it along. Choose another --key-file.")

    ask = Asker(asks=sys.stdin.isatty() and not yes)
    speaks = ask.until_known("Language", language, "en", known_language)
    lives = ask.until_known("Your city or time zone", zone, machine_zone("UTC"), lambda typed: known_zone(typed, speaks, ask))
    where = ask.until_known("Country, two letters (for the help lines; ZZ: any other)", country, "ZZ", known_country)
    platforms = _platforms(ask, platform)
    discord = _token_file(ask, "Discord", discord_token_file or Answers.discord_token_file, "discord" in platforms, folder)
    telegram = _token_file(ask, "Telegram", telegram_token_file or Answers.telegram_token_file, "telegram" in platforms, folder)

    answers = Answers(speaks, lives, where, platforms, str(data), str(key_file), str(discord), str(telegram))
    folder.mkdir(parents=True, exist_ok=True)
    config.write_text(config_text(answers), encoding="utf-8")
    say(f"{config}: written")
    _make_key(folder / key_file)
    (folder / data).mkdir(parents=True, exist_ok=True, mode=0o700)
    if systemd:
        _write_unit(config, folder, folder / data)
    say(
        "Next: openchair check, openchair doctor, openchair run"
        if platforms
        else "Next: choose a platform in it, then: openchair run"
    )


def _platforms(ask: Asker, given: Sequence[str] | None) -> tuple[str, ...]:
    typed = " ".join(given) if given is not None else None
    found = ask.until_known("Platforms (discord, telegram, web; several with spaces)", typed, "", known_platforms)
    return tuple(found.split())


def _token_file(ask: Asker, name: str, otherwise: str | Path, wanted: bool, folder: Path) -> str:
    """Return where the token is; the host may paste it now, and it goes into that file alone."""
    if not wanted:
        return str(otherwise)
    file = ask.text(f"File with the {name} token", str(otherwise))
    place = (folder / Path(file).expanduser()).resolve()
    if not place.exists():
        if token := ask.hidden(f"{name} token (not shown; Enter: put it there later)"):
            _write_secret(place, token)
            say(f"{place}: written, readable by you alone")
        else:
            complain([f"{place} is not there yet: put the {name} token into it, and chmod 600 it"], "yellow")
    return file


def _write_secret(place: Path, secret: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(secret + "\n")


def _make_key(place: Path) -> None:
    from storage.keys import make_master_key

    try:
        make_master_key(place.expanduser())
    except FileExistsError:
        say(f"{place}: there already, kept as it is")
        return
    except OSError as error:
        leave(f"{place} cannot be written: {error.strerror}")
    say(f"{place}: made. Keep a second copy in another place: without it everything members wrote is lost")


def _write_unit(config: Path, folder: Path, data: Path) -> None:
    command = Path(sys.prefix) / "bin" / "openchair"
    unit = unit_text(
        command=str(command), config=str(config.resolve()), folder=str(folder), data=str(data.resolve()), user=user_name()
    )
    (folder / UNIT).write_text(unit, encoding="utf-8")
    say(f"{folder / UNIT}: written; its first lines say how to use it")
