"""YAML 1.2 without its traps: `016` and `NO` stay text, and aliases, tags, doubled keys and huge files are refused by line."""

from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

LONGEST = 1024 * 1024  # bytes
DEEPEST = 20

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `line` counts from 1; 0 means the file as a whole, or no file."""

    where: str
    line: int
    key: str
    said: str

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        return ": ".join(part for part in (place, self.key, self.said) if part)


@dataclass
class Document:
    """A file's values, and the line on which each of its keys stands."""

    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(text: bytes, where: str) -> Document:
    """Read a configuration. `where` is the file's name, for the problems; with problems there may be no values."""
    document = Document()
    if len(text) > LONGEST:
        document.problems.append(Problem(where, 0, "", f"is larger than {LONGEST // 1024} KiB"))
        return document
    try:
        decoded = text.decode("utf-8-sig")
        document.problems += _forbidden(decoded, where)
        root = None if document.problems else _yaml().compose(decoded)
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        document.problems.append(Problem(where, line, "", "is not UTF-8 text"))
        return document
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        document.problems.append(Problem(where, mark.line + 1 if mark else 0, "", f"cannot be read as YAML: {error.problem}"))
        return document
    except YAMLError as error:
        document.problems.append(Problem(where, 0, "", f"cannot be read as YAML: {str(error).splitlines()[0]}"))
        return document
    if isinstance(root, MappingNode):
        values = _value(root, (), document, where)
        document.values = values if isinstance(values, dict) else {}
    elif root is not None and not _is_empty(root):
        document.problems.append(Problem(where, root.start_mark.line + 1, "", 'must be keys with values, like "language: en"'))
    return document


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.version = "1.2"
    return yaml


def _forbidden(text: str, where: str) -> list[Problem]:
    """Look at the events alone, before any tree is built: a bomb of aliases or depth is refused at its line."""
    found: list[Problem] = []
    depth = documents = 0
    for event in _yaml().parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            found.append(Problem(where, line, "", "anchors and aliases (& and *) are not used here; write the value out"))
        if isinstance(event, ScalarEvent | CollectionStartEvent) and _tag_of(event):
            found.append(Problem(where, line, "", "tags (!) are not used here"))
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return [*found, Problem(where, line, "", f"is nested more than {DEEPEST} deep")]
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        elif type(event).__name__ == "DocumentStartEvent":
            documents += 1
            if documents > 1:
                return [*found, Problem(where, line, "", "has a second document; keep one")]
    return found


def _tag_of(event: ScalarEvent | CollectionStartEvent) -> str:
    tag = event.tag
    return "" if tag is None else str(tag)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _value(node: Node, at: KeyPath, document: Document, where: str) -> Value:
    if isinstance(node, MappingNode):
        return _mapping(node, at, document, where)
    if isinstance(node, SequenceNode):
        items: list[Value] = []
        for index, item in enumerate(node.value):
            document.lines[(*at, index)] = item.start_mark.line + 1
            items.append(_value(item, (*at, index), document, where))
        return items
    return _scalar(node)


def _mapping(node: MappingNode, at: KeyPath, document: Document, where: str) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        path = (*at, key)
        if not isinstance(key_node, ScalarNode):
            document.problems.append(Problem(where, line, dotted(at), "has a key that is no plain word"))
            continue
        if key in values:
            said = f"stands twice; the first is on line {document.lines[path]}"
            document.problems.append(Problem(where, line, dotted(path), said))
            continue
        document.lines[path] = line
        values[key] = _value(value_node, path, document, where)
    return values


def _scalar(node: Node) -> Value:
    text = str(node.value)
    kind = str(node.tag).rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    try:
        if kind == "int":
            return int(text.replace("_", ""), 0 if text.lstrip("+-")[:2].lower() in ("0x", "0o") else 10)
        if kind == "float":
            return float(text.replace("_", ""))
    except ValueError:
        return text
    return text


def dotted(path: KeyPath) -> str:
    """Return a key as it is written in the handbook: `platforms.telegram.mode`."""
    return ".".join(str(part) for part in path)
