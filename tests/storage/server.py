"""A PostgreSQL server of our own for one test run: a cluster in a temporary folder, on a Unix socket, without a port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def programs() -> Path:
    """Return the folder of initdb and pg_ctl. Raises LookupError saying what to install."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].partition(".")[0]))
    if found:
        return found[-1].parent
    if (initdb := shutil.which("initdb")) is not None:
        return Path(initdb).resolve().parent
    raise LookupError("PostgreSQL is not installed: apt-get install postgresql")


def as_server(command: Sequence[str | Path]) -> None:
    """Run a server program; it refuses to be root, so root runs it as `postgres`."""
    before = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*before, *map(str, command)], capture_output=True, text=True, timeout=60, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server and yield the url of its one database."""
    bin_ = programs()
    with tempfile.TemporaryDirectory(prefix="openchair-pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            owner = pwd.getpwnam(USER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        cluster = folder / "cluster"
        as_server([bin_ / "initdb", "-D", cluster, "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"])
        options = (
            f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off -c max_connections=100"
        )
        as_server([bin_ / "pg_ctl", "-D", cluster, "-w", "-l", folder / "log", "-o", options, "start"])
        try:
            yield f"postgresql://{USER}@/postgres?host={folder}"
        finally:
            as_server([bin_ / "pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop"])
