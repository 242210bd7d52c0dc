"""What `openchair doctor` examines. Nothing it does leaves a trace: what it writes it takes back."""

import asyncio
import shutil
import sqlite3
import stat
from collections.abc import Sequence
from datetime import UTC, date, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.config import Config, Loaded
from bot.core.clock import Clock, SystemClock
from bot.core.platform import Finding

CLOCK_MAY_BE_OFF = timedelta(seconds=5)
LATELY = "last two days"  # longer is not kept of a message
DISK_WARNS, DISK_NEEDS = 500, 100  # MB free
ANSWERS_WITHIN = 10.0  # seconds


async def examine(loaded: Loaded, clock: Clock | None = None) -> Sequence[Finding]:
    """Return every finding, in the order in which things are needed. Raises nothing."""
    config, now = loaded.config, clock or SystemClock()
    findings = [
        Finding(
            "configuration", True, f"{loaded.file.name}: right" if loaded.file.exists() else "no file: every key has its default"
        ),
        key_file(config),
        disk(config),
        *await database(config, now),
        *help_lines(config, now.now().date()),
        *pages(config),
    ]
    for name, address in asked_for_the_time(config):
        findings.append(await asyncio.to_thread(clock_against, name, address, now))
    return [*findings, *await platforms(config, now)]


def key_file(config: Config) -> Finding:
    if config.storage.master_key is not None:
        return Finding(
            "master key", True, "comes from the environment or a credential; a second copy is kept elsewhere, is it not?"
        )
    path = config.storage.master_key_file
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as error:
        return Finding("master key", False, f"{path}: {error.strerror}", "openchair init makes one; or put yours back")
    if mode & 0o077:
        return Finding("master key", False, f"{path}: others may read it (mode {mode:04o})", f"chmod 600 {path}")
    return Finding("master key", True, f"{path}: readable by its owner alone; a second copy is kept elsewhere, is it not?")


def disk(config: Config) -> Finding:
    folder = next(folder for folder in (config.data, *config.data.parents) if folder.exists())
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < DISK_NEEDS:
        return Finding("disk", False, f"{free} MB free for {config.data}", "make room: under 100 MB nothing can be kept safely")
    return Finding("disk", True, f"{free:,} MB free for {config.data}" + (", which is little" if free < DISK_WARNS else ""))


async def database(config: Config, clock: Clock) -> Sequence[Finding]:
    """Open the database as the bot does, write a row, take it back, and count what could not be delivered."""
    from bot.compose import CannotStart, IsRunning, opened_store
    from bot.core.errors import StorageUnavailable
    from storage.addresses import database_file
    from storage.health import given_up, given_up_in, write_and_undo
    from storage.migrate import revision_state

    where = config.storage.url.partition("://")[0] if config.storage.url else config.data
    try:
        file = database_file(config.database_url)
        if file is not None and not file.exists():
            return [Finding("database", True, f"{where}: none yet; the first start makes it")]
        if (await revision_state(config.database_url)).current is None:
            return [Finding("database", True, f"{where}: empty; the first start fills it")]
        async with opened_store(config, clock, migrate=False) as store:
            await write_and_undo(store)
            lost = await given_up(store, clock.now())
    except IsRunning:
        assert file is not None  # a server may be shared
        held = Finding("database", True, "a running Openchair holds it, so it was not tried")
        return [held, *messages(given_up_in(file, clock.now()))]
    except (CannotStart, StorageUnavailable, sqlite3.Error) as error:
        return [Finding("database", False, f"{where}: {error}", "mend what it says, then run openchair doctor again")]
    state = await revision_state(config.database_url)
    schema = "has the newest schema" if state.is_current else "has an older schema, which the next start brings up to date"
    return [Finding("database", True, f"{where}: opens, {schema}, takes writes"), *messages(lost)]


def messages(lost: Sequence[tuple[str, str, int]]) -> Sequence[Finding]:
    if not lost:
        return [Finding("messages", True, f"none was given up in the {LATELY}")]
    return [_given_up(platform, why, count) for platform, why, count in lost]


def _given_up(platform: str, why: str, count: int) -> Finding:
    """A closed door or a late reminder is life; a refused message or a lost room is the host's to look at."""
    said = f"{platform}: {count} given up in the {LATELY} ({why})"
    match why:
        case "room_gone":
            return Finding("messages", False, said, "a room was deleted or the bot may no longer write there: see its permissions")
        case "refused" | "unreadable" | "unsure":
            return Finding("messages", False, said, "look for post.* lines in the log, and report it if it goes on")
    return Finding("messages", True, said)


def help_lines(config: Config, today: date) -> Sequence[Finding]:
    from bot.config.confirmed import BadConfirmations, read_confirmed
    from bot.core.help_lines import shown
    from content.help_lines import load_help_lines

    lines = load_help_lines()
    age = (today - date.fromisoformat(lines.checked)).days
    mend = f"check the lines of {config.community.country} yourself, and update to a newer Openchair"
    aged = Finding(
        "help lines", age <= int(lines.max_age_days), f"checked {age} days ago", mend if age > int(lines.max_age_days) else ""
    )
    try:
        confirmed = frozenset(read_confirmed(config.data, lines.lines))
    except BadConfirmations as error:
        return [aged, Finding("help lines", False, str(error), "openchair lines confirm CC, after moving the file away")]
    country = config.community.country
    known = [line for line in lines.lines if line.country == country]
    hidden = len(known) - len(shown(lines.lines, country, confirmed))
    if not known:
        return [aged, Finding("help lines", True, f"none are shipped for {country}: members see an international directory")]
    if hidden > 0:
        mend = f"openchair lines list {country}, check each, then: openchair lines confirm {country}"
        return [aged, Finding("help lines", True, f"{country}: {hidden} of {len(known)} are not verified and so not shown", mend)]
    return [aged, Finding("help lines", True, f"{country}: all {len(known)} are shown")]


def pages(config: Config) -> Sequence[Finding]:
    """Whether the pages can be reached is for a reader outside to say: no connection is made but to the platforms."""
    if config.pages.port is None:
        return []
    if config.pages.lacks_address:
        mend = "write pages.address: the https address under which a proxy hands the pages on"
        return [Finding("pages", False, "served, but nobody can be told where: no calendar address is given out", mend)]
    return [Finding("pages", True, f"at {config.pages.host}:{config.pages.port}, for people at {config.pages.address}")]


def asked_for_the_time(config: Config) -> Sequence[tuple[str, str]]:
    """Return the platforms' own addresses: the bot talks to nobody else, not even for the time."""
    named = {"discord": config.platforms.discord.api_base, "telegram": config.platforms.telegram.api_base}
    return [(name, named[name]) for name in config.chosen_platforms if name in named]


def clock_against(name: str, address: str, clock: Clock) -> Finding:
    """Compare the clock with the `Date` of a platform's answer, whatever else the answer is."""
    try:
        with urlopen(Request(address, method="HEAD"), timeout=ANSWERS_WITHIN) as answer:  # noqa: S310  # http(s) by the schema
            told = answer.headers.get("Date", "")
    except HTTPError as error:
        told = error.headers.get("Date", "")
    except (OSError, HTTPException) as error:
        said = f"{name} could not be asked for the time ({type(error).__name__})"
        return Finding("clock", False, said, f"see that this machine reaches {address}")
    try:
        theirs = parsedate_to_datetime(told)
    except ValueError:
        return Finding("clock", True, f"{name} did not tell the time")
    off = abs(clock.now() - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)))
    if off > CLOCK_MAY_BE_OFF:
        said = f"{off.total_seconds():.0f} s away from {name}'s"
        return Finding("clock", False, said, "switch on time synchronisation: sudo timedatectl set-ntp true")
    return Finding("clock", True, f"within {CLOCK_MAY_BE_OFF.seconds} s of {name}'s")


async def platforms(config: Config, clock: Clock) -> Sequence[Finding]:
    """Let each platform that would start look at its token, permissions and addresses."""
    from bot.compose import platforms_alone

    if not config.chosen_platforms:
        mend = "put a bot token into its file (openchair init helps), or try openchair demo"
        return [Finding("platforms", False, "none: no token, and the web page is off", mend)]
    findings: list[Finding] = []
    for platform in platforms_alone(config, clock):
        try:
            async with asyncio.timeout(3 * ANSWERS_WITHIN):
                findings += await platform.check()
        except TimeoutError:
            findings.append(Finding(platform.name, False, "no answer within 30 s", "see that this machine reaches its address"))
    return findings
