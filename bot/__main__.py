"""The door of the command line: `openchair ...` or `python -m bot ...`."""

from bot.runtime.garbage import wait_with_garbage

wait_with_garbage()  # before the imports below, which are most of a start

from bot.cli import app  # noqa: E402


def main() -> None:
    app()


if __name__ == "__main__":
    main()
