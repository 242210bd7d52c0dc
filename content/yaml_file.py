"""Our own YAML files: 1.2, plain scalars, no tags, no aliases, no duplicate keys; every complaint names file and line."""

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from content.flat import read_flat

LARGEST = 1024 * 1024
DEEPEST = 20
Value = str | int | bool | None | list["Value"] | dict[str, "Value"]

_STR, _INT, _BOOL, _NULL, _MAP, _SEQ = (f"tag:yaml.org,2002:{name}" for name in ("str", "int", "bool", "null", "map", "seq"))


class BadContent(Exception):
    """A content file cannot be used. `said` is for the person who mends it."""

    def __init__(self, file: Path, line: int, said: str) -> None:
        super().__init__(f"{file}:{line}: {said}")
        self.file, self.line, self.said = file, line, said


@dataclass(frozen=True, slots=True)
class Read:
    """A file's mapping, and the line of each key by its path (`("steps", "safe")`), counted from 1."""

    file: Path
    values: dict[str, Value]
    lines: dict[tuple[str, ...], int]

    def line(self, *path: str) -> int:
        """Return the line of the nearest key of the path that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(file: Path) -> Read:
    """Return the file's top mapping. Raises BadContent, also for a file that is missing, too large, or no mapping."""
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise BadContent(file, 1, f"larger than {LARGEST} bytes")
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadContent(file, 1, f"cannot be read ({type(error).__name__})") from error
    return read_text(text, file)


def read_text(text: str, file: Path) -> Read:
    """Return a text's top mapping, by the same rules. `file` is what complaints name. Raises BadContent."""
    if (flat := read_flat(text)) is not None:
        return Read(file, dict(flat[0]), flat[1])
    return _read(text, file)


def _read(text: str, file: Path) -> Read:
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise BadContent(file, line, f"not YAML: {error.problem}") from error
    except YAMLError as error:  # a character that no text may hold
        raise BadContent(file, 1, f"not YAML: {str(error).splitlines()[0]}") from error
    except RecursionError:
        raise BadContent(file, 1, "nested too deep") from None
    if node is None:
        return Read(file, {}, {})
    if not isinstance(node, MappingNode):
        raise BadContent(file, 1, "not a list of keys and values")
    lines: dict[tuple[str, ...], int] = {}
    values = _value(file, node, (), lines, set(), 1)
    assert isinstance(values, dict)
    return Read(file, values, lines)


def _value(file: Path, node: Node, path: tuple[str, ...], lines: dict[tuple[str, ...], int], seen: set[int], above: int) -> Value:
    """`above` is the line of the key that the value belongs to: an alias stands elsewhere than what it names."""
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise BadContent(file, above, "aliases (*name) are not used here; quote a text that begins with *")
    seen.add(id(node))
    if len(path) > DEEPEST:
        raise BadContent(file, line, "nested too deep")
    if isinstance(node, MappingNode | SequenceNode) and node.tag not in (_MAP, _SEQ):
        raise BadContent(file, line, "tags (!name) are not used here")
    if isinstance(node, MappingNode):
        return _mapping(file, node, path, lines, seen)
    if isinstance(node, SequenceNode):
        return [_value(file, item, (*path, str(n)), lines, seen, line) for n, item in enumerate(node.value)]
    if not isinstance(node, ScalarNode):
        raise BadContent(file, line, "not a text, list or mapping")
    return _scalar(file, node, line)


def _mapping(file: Path, node: MappingNode, path: tuple[str, ...], lines: dict[tuple[str, ...], int], seen: set[int]) -> Value:
    found: dict[str, Value] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode) or key_node.tag == _BOOL:
            raise BadContent(file, line, "a key is not a text (quote yes, no, true and false)")
        key = str(key_node.value)
        if key in found:
            raise BadContent(file, line, f"key {key} stands twice")
        lines[(*path, key)] = line
        found[key] = _value(file, value_node, (*path, key), lines, seen, line)
    return found


def _scalar(file: Path, node: ScalarNode, line: int) -> Value:
    text = str(node.value)
    match node.tag:
        case tag if tag == _STR:
            return text
        case tag if tag == _INT:
            if not text.removeprefix("-").isdigit() or (len(text) > 1 and text.removeprefix("-").startswith("0")):
                raise BadContent(file, line, f"quote {text}: is it a number or a text?")
            return int(text)
        case tag if tag == _BOOL:
            return text.lower() == "true"
        case tag if tag == _NULL:
            return None
    raise BadContent(file, line, f"quote {text}: only texts, whole numbers, true and false are used here")
