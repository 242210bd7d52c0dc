"""A message's JSON tree as the plain text that a person reads."""

from typing import Any

Tree = dict[str, Any]


def plain_message(message: Tree) -> str:
    parts = [_block(block) for block in message["blocks"]]
    if picture := message.get("picture"):
        parts += [picture["title"], *(_block(block) for block in picture["twin"])]
    if file := message.get("file"):
        parts.append(file["name"])
    return "\n".join(parts)


def _block(block: Tree) -> str:
    match block["kind"]:
        case "ul":
            return "\n".join(f"• {_inner(item)}" for item in block["items"])
        case "meter":
            return f"{_inner(block['inner'])} {block['bar']}"
        case _:
            return _inner(block["inner"])


def _inner(nodes: list[Tree]) -> str:
    return "".join(_inner(node["inner"]) if "inner" in node else node["text"] for node in nodes)
