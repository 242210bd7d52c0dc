"""`openchair run`, with everything written down that it connects to, looks up or starts. Arguments: the list, the configuration.

It is run as a program. The standard loop is used, since uvloop connects where Python's audit does not see it.
"""

import sys

WATCHED = {
    "socket.connect",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.getnameinfo",
    "subprocess.Popen",
    "os.exec",
    "os.posix_spawn",
    "os.system",
}


def main() -> None:
    kept, config = sys.argv[1:]
    sys.modules["uvloop"] = None  # type: ignore[assignment]  # so that importing it fails
    with open(kept, "a", buffering=1) as log:  # before anything else is imported

        def heard(event: str, values: tuple[object, ...]) -> None:
            if event in WATCHED:
                shown = values[1:] if event.startswith("socket.connect") else values[:2]
                log.write(f"{event} {' '.join(map(str, shown))}\n")

        sys.addaudithook(heard)
        from bot.cli import app

        app(["run", "--config", config])


if __name__ == "__main__":
    main()
