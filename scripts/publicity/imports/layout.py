"""How an entry is laid out: what Word shows by indents, sizes and typed numbers becomes headings, lists and roles of paragraphs.

Only layout is changed here, never a character that can be seen.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TypeGuard

from publicity.imports.blocks import (
    Block,
    Cell,
    Listing,
    Paragraph,
    Quotation,
    Run,
    Table,
    Text,
    joined,
    paragraphs,
    stripped,
)
from publicity.imports.remarks import Remark, listed, shortened
from publicity.read.characters import is_clean

NUMERAL = "[一二三四五六七八九十百〇零]"
_KINDS = (
    re.compile(rf"第{NUMERAL}+[章编]"),
    re.compile(rf"第{NUMERAL}+节"),
    re.compile(rf"{NUMERAL}+、"),
    re.compile(rf"[（(]{NUMERAL}+[）)]"),
)
"""The typed numbers of headings, from the highest level down."""
_NEW_LINE = re.compile(rf"\u3000|{'|'.join(kind.pattern for kind in _KINDS)}|\d+[.．、]")
_LONGEST_HEADING = 40
_LONGEST_STYLED = 80
_LONGEST_BOLD = 30
_FEWEST_BOLD = _FEWEST_CUT = 2
_SHORTEST_CUT = 20
_QUESTION = re.compile(rf"(?:问[:：]|\d{{1,2}}[.．、]|[（(]?{NUMERAL}+[）)、])?[^。]{{2,80}}[？?]")
_ITEM = re.compile(r"(\d{1,2})[.．、]\s*(?=\S)")
TITLE_ENDS = re.compile(
    r"(?:通知|意见|方案|办法|规定|决定|公告|通告|通报|报告|请示|批复|函|纪要|细则|规划|计划|标准|指引|指南|解读|条例|规则|决议|要点"
    r"|措施|制度|问答|答记者问|案例|声明|倡议书|承诺书|协议|合同|清单|预案|简报|回执|报名表|明细表|一览表)(?:[（(][^（）()]*[）)])?$"
)
"""How titles of documents end; one that does not goes on in the next line."""
ANNEX = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]+)?\s*[:：]?")
SMALL_TITLE = 36
"""Half points: titles of official documents are 二号 (44); texts are 三号 (32)."""


def tidy(text: Text, *, official: bool) -> list[Remark]:
    """Take away what only sets a text apart in Word: indents by spaces, empty paragraphs, frames; and characters that nobody sees."""
    remarks = _drop_unseen(text)
    text.blocks = list(_tidied(text.blocks, official=official))
    for note in text.notes.values():
        note[:] = _tidied(note, official=official)
    return remarks


def _drop_unseen(text: Text) -> list[Remark]:
    """Leave out characters that no text may hold."""
    remarks = []
    for paragraph in paragraphs([*text.blocks, *(block for note in text.notes.values() for block in note)]):
        words = "".join(run.text for run in paragraph.runs if run.text != "\n")
        if not is_clean(words.replace("\t", "")):
            gone = sorted({f"U+{ord(sign):04X}" for sign in words if not is_clean(sign)})
            paragraph.runs = [
                replace(run, text="".join(sign for sign in run.text if sign in "\n\t" or is_clean(sign)))
                for run in paragraph.runs
            ]
            paragraph.runs = [run for run in paragraph.runs if run.text or run.note or run.picture]
            remarks.append(Remark("import-unseen", {"characters": tuple(gone)}, block=paragraph))
    return remarks


def _tidied(blocks: Iterable[Block], *, official: bool) -> Iterable[Block]:
    for block in blocks:
        match block:
            case Paragraph():
                for piece in _lines(block):
                    piece.runs = stripped(joined(piece.runs))
                    if piece.runs:
                        yield piece
            case Quotation() if official:
                yield from _tidied(block.blocks, official=official)
            case Quotation():
                block.blocks = list(_tidied(block.blocks, official=official))
                yield block
            case Listing():
                block.items = [
                    item for item in (list(_tidied(item, official=official)) for item in block.items) if item
                ]
                if block.items:
                    yield block
            case Table():
                yield from _tidied_table(block, official=official)
            case _:
                yield block


def _tidied_table(table: Table, *, official: bool) -> Iterable[Block]:
    for row in table.rows:
        for cell in row:
            cell.blocks = list(_tidied(cell.blocks, official=official))
    cells: list[Cell] = [cell for row in table.rows for cell in row]
    if len(cells) == 1:  # a frame around a text
        yield from cells[0].blocks
    elif any(cell.blocks for cell in cells):
        yield table


def _lines(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph as several where its soft returns end paragraphs; where they only break a line, they stay."""
    pieces = paragraph.pieces()
    if len(pieces) == 1:
        return [paragraph]
    lines = [pieces[0]]
    for piece in pieces[1:]:
        before, after = lines[-1].text.rstrip(), piece.text
        apart = paragraph.facts.centred or not before or not after.strip()
        if apart or before.endswith(("。", "；", "：", ":", "？", "！")) or _NEW_LINE.match(after):
            lines.append(piece)
        else:
            lines[-1].runs = [*lines[-1].runs, Run("\n"), *stripped(piece.runs)]
    return lines


def mark_headings(blocks: list[Block]) -> None:
    """Give headings their levels: by their typed numbers, else by their style; below a document's title one deeper. None is skipped."""
    kinds = sorted({kind for block in blocks if (kind := _typed_kind(block)) is not None})
    # A typed heading may have a style, too: then the styles below it are below its level.
    headings = [block for block in blocks if _typed_kind(block) is not None or _is_styled(block)]
    styles = sorted({one.facts.outline for one in headings if isinstance(one, Paragraph) and one.facts.outline})
    before, deeper = 0, 0
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        if block.role == "document-title":
            block.level, before, deeper = 1, 1, 1
            continue
        if block.role:
            continue
        kind = _typed_kind(block)
        if kind is None and not _is_styled(block):
            continue
        place = kinds.index(kind) if kind is not None else block.facts.outline - styles[0]
        before = block.level = min(place + 1 + deeper, before + 1, 5)


def mark_bold_headings(blocks: list[Block]) -> list[Remark]:
    """Make headings of short lines that are bold as a whole, where a text of ours has no other: so people who know no styles write them."""
    if any(isinstance(block, Paragraph) and block.level for block in blocks):
        return []
    bold = [block for block, after in pairwise(blocks) if _is_bold_line(block) and not _is_bold_line(after)]
    if len(bold) < _FEWEST_BOLD:
        return []
    for block in bold:
        block.level = 1
    return [Remark("import-bold-headings", {"count": len(bold), "words": listed(block.text for block in bold)})]


def _is_bold_line(block: Block) -> TypeGuard[Paragraph]:
    return (
        isinstance(block, Paragraph)
        and not block.role
        and len(block.text) <= _LONGEST_BOLD
        and bool(block.text.strip())
        and all("strong" in run.marks or not (run.text.strip() or run.picture) for run in block.runs)
        and not re.search("[。；：，、！;:,!\n]$|[。；]", block.text)
    )


def look_at_lines(blocks: list[Block]) -> Iterator[Remark]:
    """Columns that tabs make, and lines that end in the midst of a sentence, as those copied from a PDF do."""
    texts = [block for block in blocks if isinstance(block, Paragraph)]
    rows = [one for one, after in pairwise(texts) if one.facts.tabs and one.facts.tabs == after.facts.tabs]
    if rows:
        yield Remark("import-tabs", {"words": shortened(rows[0].text)}, block=rows[0])
    cut = [one for one, after in pairwise(blocks) if _is_cut(one, after)]
    if len(cut) >= _FEWEST_CUT and isinstance(cut[0], Paragraph):
        yield Remark("import-cut-lines", {"count": len(cut), "words": cut[0].text[-12:]}, block=cut[0])


def _is_cut(one: Block, after: Block) -> bool:
    if not isinstance(one, Paragraph) or not isinstance(after, Paragraph):
        return False
    special = one.level or one.role or one.facts.centred or after.level or after.role or after.facts.centred
    is_open = len(one.text) >= _SHORTEST_CUT and re.search(r"[\w，、]$", one.text)
    return bool(
        not special and is_open and re.match("[一-鿿，。；、）》”]", after.text) and not _NEW_LINE.match(after.text)
    )


def mark_questions(blocks: list[Block]) -> bool:
    """Make headings of the questions of an interpretation; returns whether it is a page of questions."""
    asked = [block for block in blocks if isinstance(block, Paragraph) and _is_question(block)]
    if len(asked) < 2:
        return False
    others = [block for block in blocks if isinstance(block, Paragraph) and block.level and block not in asked]
    level = 2 if any(block.level == 1 for block in others) else 1
    for block in asked:
        block.level = level
    return level == 1


def make_lists(blocks: list[Block]) -> list[Block]:
    """Paragraphs that count 1. 2. 3. one after another as a list."""
    found: list[Block] = []
    items: list[Paragraph] = []
    for block in [*blocks, Paragraph([])]:
        number = _item_number(block)
        if number and number == len(items) + 1 and isinstance(block, Paragraph):
            items.append(block)
            continue
        found += _list_of(items)
        items = [block] if number == 1 and isinstance(block, Paragraph) else []
        found += [] if items else [block]
    return found[:-1]


def _list_of(items: list[Paragraph]) -> list[Block]:
    if len(items) < 2:
        return list(items)
    for item in items:
        match = _ITEM.match(item.runs[0].text)
        first = item.runs[0]
        item.runs[0] = replace(first, text=first.text[match.end() :] if match else first.text)
        item.runs = joined(item.runs)
    return [Listing([[item] for item in items], ordered=True)]


def _item_number(block: Block) -> int:
    """The number that a paragraph begins with; 0 where it is no item."""
    if not isinstance(block, Paragraph) or block.level or block.role or not block.runs:
        return 0
    match = _ITEM.match(block.runs[0].text)
    return int(match[1]) if match else 0


def _is_question(paragraph: Paragraph) -> bool:
    return not paragraph.role and bool(_QUESTION.fullmatch(paragraph.text)) and "\n" not in paragraph.text


def _typed_kind(block: Block) -> int | None:
    """Which kind of typed number a heading begins with."""
    if not isinstance(block, Paragraph) or block.role:
        return None
    text = block.text
    if len(text) > _LONGEST_HEADING or re.search("[。；\n]|[：:]$", text):
        return None
    return next((at for at, kind in enumerate(_KINDS) if kind.match(text)), None)


def _is_styled(block: Block) -> bool:
    """Whether a paragraph is a heading by its style, and does not only look like one."""
    return (
        isinstance(block, Paragraph)
        and not block.role
        and block.facts.outline > 0
        and len(block.text) <= _LONGEST_STYLED
        and not re.search("。.|\n", block.text)
        and _typed_kind(block) is None
    )
