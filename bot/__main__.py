"""The door of the command line: `openchair ...` or `python -m bot ...`."""

from bot.cli import app


def main() -> None:
    app()


if __name__ == "__main__":
    main()
