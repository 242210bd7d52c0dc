"""The end of a flow: what was entered, in pages where it is long, and what may be done with it. And which answer to change."""

from collections.abc import Sequence

from bot.core.flow import Flow, mark
from bot.core.flow_state import State
from bot.core.help import help_now
from bot.core.ids import FlowId
from bot.core.replies import Button, Reply, Row, Style
from bot.core.richtext import Block, Bullets, Emphasis, Heading, Node, Nodes, Paragraph, Strong, Words, plain, plain_block
from bot.core.screens import page as page_of
from bot.core.texts import Say, say_p
from handlers.flows.asked import paragraphs
from handlers.flows.buttons import END_MARK, button, press
from handlers.flows.lines import worded
from handlers.flows.summary import Summary, changeable

PAGE = 1800  # characters of a page: the narrowest platform's message, with room for its marks
CHANGES = 4  # answers on a page of those that may be changed


def end(say: Say, flow: Flow, flow_id: FlowId, made: Summary, *, counts: bool, page: int = 0, family: bool = False) -> Reply:
    """Return the summary, with what may be done with it. `counts`: an end with nothing entered may be kept too."""
    slot = f"flow_{flow_id}"
    if not flow.beside.stores:
        return Reply(_closing(say, flow, family=family), buttons=(_close(say, flow_id), (help_now(say),)), slot=slot)
    if made.empty and not counts:
        back = button(say, "common.back", flow_id, "back", END_MARK)
        return Reply(made.blocks, buttons=((back, *_close(say, flow_id)), (help_now(say),)), slot=slot)
    pages = in_pages(made.blocks)
    page = min(page, len(pages) - 1)
    own = worded(say, f"{flow.name}.keep", family=family)
    keep = button(say, own if say.has(own) else "common.keep", flow_id, "keep", END_MARK, style=Style.MAIN)
    rows: list[Row] = [(keep, button(say, "common.delete_now", flow_id, "erase"))]
    send = button(say, "common.send_file", flow_id, "file")
    rows.append((button(say, "flow.change", flow_id, "change", END_MARK), send) if made.changes else (send,))
    if turns := _turns(say, flow_id, "page", page, more=page + 1 < len(pages)):
        rows.append(turns)
    rows.append((button(say, "common.back", flow_id, "back", END_MARK), help_now(say)))
    blocks = list(pages[page])
    if len(pages) > 1:
        blocks.append(Paragraph((Emphasis(say("flow.page_of", n=page + 1, of=len(pages))),)))
    return Reply(tuple(blocks), buttons=tuple(rows), picture=made.picture if page == 0 else None, slot=slot)


def _closing(say: Say, flow: Flow, *, family: bool) -> tuple[Block, ...]:
    own = worded(say, f"{flow.name}.kept", family=family)
    return paragraphs(say(own if say.has(own) else "flow.closing"))


def _close(say: Say, flow_id: FlowId) -> Row:
    return (button(say, "common.close", flow_id, "erase", style=Style.MAIN),)


def _turns(say: Say, flow_id: FlowId, action: str, page: int, *, more: bool) -> Row:
    made = []
    if page > 0:
        made.append(Button(say.label("flow.previous"), press(flow_id, action, END_MARK, str(page - 1))))
    if more:
        made.append(Button(say.label("flow.following"), press(flow_id, action, END_MARK, str(page + 1))))
    return tuple(made)


# Pages --------------------------------------------------------------------------------------------------------------


def in_pages(blocks: Sequence[Block], most: int = PAGE) -> tuple[tuple[Block, ...], ...]:
    """Return the blocks in pages of at most `most` characters; a name stays on the page of what it names."""
    made: list[list[Block]] = [[]]
    room = most
    pieces = [piece for block in blocks for piece in _pieces(block, most)]
    for at, block in enumerate(pieces):
        wanted = _size(block)
        if _names(block) and at + 1 < len(pieces):
            wanted += _size(pieces[at + 1])
        if made[-1] and wanted > room and not _only_names(made[-1]):
            made.append([])
            room = most
        made[-1].append(block)
        room -= _size(block)
    return tuple(tuple(page) for page in made)


def _size(block: Block) -> int:
    return len(plain_block(block)) + 2


def _names(block: Block) -> bool:
    """Whether a block is only the name, or the heading, of what follows."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and all(isinstance(node, Strong) for node in block.inner))


def _only_names(page: Sequence[Block]) -> bool:
    return all(_names(block) for block in page)


def _pieces(block: Block, most: int) -> list[Block]:
    """Return a block that is longer than a page in pieces: bullets by their items, words where a word ends."""
    if _size(block) <= most:
        return [block]
    if isinstance(block, Bullets):
        held: list[list[Nodes]] = [[]]
        for item in (piece for whole in block.items for piece in _cut(whole, most // 2)):
            if held[-1] and sum(len(plain(one)) + 3 for one in held[-1]) + len(plain(item)) > most // 2:
                held.append([])
            held[-1].append(item)
        return [Bullets(tuple(items)) for items in held]
    if isinstance(block, Paragraph):
        return [Paragraph(piece) for piece in _cut(block.inner, most // 2)]
    return [block]


def _cut(nodes: Nodes, most: int) -> list[Nodes]:
    made: list[list[Node]] = [[]]
    room = most
    for node in nodes:
        for piece in _split(node, most) if isinstance(node, Words) and len(node.text) > room else [node]:
            length = len(plain((piece,)))
            if made[-1] and length > room:
                made.append([])
                room = most
            made[-1].append(piece)
            room -= length
    return [tuple(piece) for piece in made if piece]


def _split(node: Words, most: int) -> list[Node]:
    """Return a person's words in pieces, where a word ends if there is such a place."""
    made: list[Node] = []
    words = node.text
    while len(words) > most:
        at = max(words.rfind(" ", 0, most), words.rfind("\n", 0, most)) + 1 or most
        made.append(Words(words[:at].rstrip()))
        words = words[at:]
    return [*made, Words(words)]


# Change an answer ---------------------------------------------------------------------------------------------------


def change(say: Say, flow: Flow, flow_id: FlowId, state: State, number: int) -> Reply:
    """Return the answered steps by their names, a button each."""
    some = page_of(changeable(say, flow, state), number, CHANGES)
    rows: list[Row] = [(Button(label, press(flow_id, "edit", mark(place))),) for place, label in some.some]
    turns = _turns(say, flow_id, "change", some.number, more=some.more)
    rows.append((button(say, "common.back", flow_id, "page", END_MARK), *turns, help_now(say)))
    return Reply((say_p(say, "flow.change_which"),), buttons=tuple(rows), slot=f"flow_{flow_id}")
