"""Reads one SVG from standard input and writes it as PNG. Run as a script, apart from the bot; it knows nothing of it."""

import sys

import resvg_py


def main() -> None:
    svg = sys.stdin.buffer.read().decode()
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[sys.argv[1]],
        font_family="DejaVu Sans",
        sans_serif_family="DejaVu Sans",
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
