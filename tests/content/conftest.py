"""Content as it is written: a folder of texts and flows, and what is said of it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from content.check_flow_texts import wanted_texts
from content.check_flows import flows_problems
from content.flow_reader import Reader

Said = Callable[..., list[str]]


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, body in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")


def as_texts(texts: Mapping[str, str]) -> str:
    return "".join(f'{key}: "{text}"\n' for key, text in texts.items())


def flow(steps: str, beside: str = "", name: str = "a", start: str = "one") -> str:
    """Return a flow's file. Each line of `steps` is one step; the first is `start`."""
    return f"flow: {name}\nstart: {start}\n{beside}steps:\n" + "".join(f"  {line.strip()}\n" for line in steps.strip().splitlines())


@pytest.fixture
def flow_said(tmp_path: Path) -> Said:
    """Returns what is said of flows `a` and others. All their texts are there; `texts` changes some of `a` (None: gone)."""

    def check(a: str, texts: Mapping[str, str | None] | None = None, **others: str) -> list[str]:
        flows = tmp_path / "flows"
        write(flows, {"a": a, **others})
        for name in ("a", *others):
            made: dict[str, str] = {}
            try:
                made = {w.key: w.key[:10] for w in wanted_texts(Reader(flows).read(name)) if not w.optional}
                made |= {"names": ", ".join(Reader(flows).read(name).commands)} if "names" in made else {}
            except Exception:  # what cannot be read has no texts; that is said by the check
                pass
            if name == "a":
                made = {key: text for key, text in {**made, **(texts or {})}.items() if text is not None}
            for language in ("en", "de"):
                write(tmp_path / "texts" / language, {name: as_texts(made)})
        return [f"{file.stem}:{line}: {said}" for file, line, said in flows_problems(tmp_path / "texts", flows)]

    return check
