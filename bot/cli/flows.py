"""`openchair flows`: the conversations as diagrams, for people to look at."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import WRONG, complain, leave, say

flows = typer.Typer(help="The tools' conversations: see how they go.", no_args_is_help=True)


@flows.callback()
def _group() -> None:
    """Keep `draw` a word of its own, though it is the only one."""


@flows.command()
def draw(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Which flows; without a name, all of them.")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="As plain text for a terminal, in place of Mermaid.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write one file each, and print nothing of them.")] = None,
) -> None:
    """Draw flows as Mermaid (which code hosts and editors show as a picture), or as plain text."""
    from content.draw_flows import mermaid, plain
    from content.flow_reader import Reader
    from content.loader import FLOWS
    from content.yaml_file import BadContent

    known = sorted(file.stem for file in FLOWS.glob("*.yaml"))
    if unknown := [name for name in names or () if name not in known]:
        leave(f"There is no flow {', '.join(unknown)}. There are: {', '.join(known)}")
    reader, drawn = Reader(FLOWS), dict[str, str]()
    for name in names or known:
        try:
            drawn[name] = (plain if text else mermaid)(reader.read(name))
        except BadContent as error:
            complain([error])
            raise typer.Exit(WRONG) from None
    if out is None:
        say("\n\n".join(drawn.values()))
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, diagram in drawn.items():
            (out / f"{name}.{'txt' if text else 'mmd'}").write_text(diagram + "\n", encoding="utf-8")
    except OSError as error:
        leave(f"{out}: {error.strerror}")
    say(f"{out}: {len(drawn)} written")
