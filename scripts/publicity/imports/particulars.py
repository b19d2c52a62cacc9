"""What an official document says of itself: its red head, number, title, whom it is for, who signed it, and when."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from publicity.imports.blocks import Block, Paragraph, Table, paragraphs
from publicity.imports.layout import ANNEX, NUMERAL, SMALL_TITLE, TITLE_ENDS
from publicity.imports.remarks import Remark, shortened
from publicity.problems import UsageError
from publicity.read.secrecy import is_internal, is_secret

_NUMBER = re.compile(r"[一-鿿]{2,20}\s*[〔\[【(（［﹝][12１２]\d{3}[〕\]】)）］﹞]\s*第?\s*\d{1,4}\s*号")
_DAY = re.compile(r"([12１２]\d{3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ZEROS = "〇零○◯0０OＯoｏОоΟο"
"""What people type for the nought of a year, which input methods hide."""
_CHINESE_DAY = re.compile(
    rf"((?:[{_ZEROS}一二三四五六七八九]\s*){{4}})年\s*(十?\s*[一二三四五六七八九十])\s*月\s*([二三]?\s*十?\s*[一二三四五六七八九十])\s*日"
)
_SHORT_DAY = re.compile(r"([12１２]\d{3})\s*([-./．－／])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
_SERIAL = re.compile(r"\d{6}|特急|加急|特提|平急")
_RED_HEAD = re.compile(r"(.{2,60}?)\s*文\s*件")
_UNIT = re.compile(
    r".{2,40}(?:局|府|委|会|室|院|部|厅|处|办|中心|所|署|行|关|社|科|队|分局|公司|集团|大学|学校|协会)(?:[（(](?:盖章|印章|代章|章|代)[）)])?"
)
_PAGE_NUMBER = re.compile(
    r"[-—–－]\s*[0-9０-９]{1,3}\s*[-—–－]|第\s*[0-9０-９]{1,3}\s*页(?:\s*[，,/]?\s*共\s*[0-9０-９]{1,3}\s*页)?"
)
_ASIDE = re.compile(r"[（(][^（）()]{2,60}[）)]")
_MOST_HEAD = 12
_LONGEST_TITLE = 120


@dataclass
class Particulars:
    """What was found; empty where nothing was.

    Attributes:
        taken: The texts of the head, which stand in fields now and no longer in the body.
    """

    title: str = ""
    number: str = ""
    issuer: str = ""
    written: datetime.date | None = None
    taken: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def refuse_classified(blocks: list[Block], beside: Iterable[str], file: str) -> None:
    """See that a document is not marked as a state secret: by a star anywhere, in its text or in what stands `beside` it.

    Without one, the words are a mark only at the head: farther down they may be those of an enterprise's own rules.

    Raises:
        UsageError: it is.
    """
    head = blocks[:_MOST_HEAD]
    for text, bare, named in (
        *((block.text, True, True) for block in head if isinstance(block, Paragraph)),
        *((text, True, True) for text in beside),
        *((line, False, True) for line in _cells(head)),
        *((paragraph.text, False, False) for paragraph in paragraphs(blocks)),
    ):
        if is_secret(text, bare=bare, named=named):
            raise UsageError("import-classified", file=file, mark=" ".join(text.split()))


def internal_marks(blocks: list[Block], beside: Iterable[str]) -> Iterator[Remark]:
    """What says at the head, at the end or beside a text that it is for its house alone."""
    ends = [
        block for block in (*blocks[:_MOST_HEAD], *blocks[_MOST_HEAD:][-_MOST_HEAD:]) if isinstance(block, Paragraph)
    ]
    for text, block in (*((one.text, one) for one in ends), *((text, None) for text in beside)):
        if is_internal(text.strip()) and not TITLE_ENDS.search(text.strip()):
            yield Remark("import-internal", {"words": " ".join(text.split())}, block=block)


def page_numbers(blocks: list[Block]) -> Iterator[Remark]:
    """Numbers of pages that were typed into the text, or stayed in it when it was made from something else."""
    for block in blocks:
        if isinstance(block, Paragraph) and _PAGE_NUMBER.fullmatch(block.text.strip()):
            yield Remark("import-page-number", {"words": block.text.strip()}, block=block)


def _cells(blocks: list[Block]) -> Iterator[str]:
    """The texts in tables, and each row of these as one."""
    for row in (row for block in blocks if isinstance(block, Table) for row in block.rows):
        texts = [paragraph.text for cell in row for paragraph in paragraphs(cell.blocks)]
        yield from (*texts, "".join(texts))


def take_title(blocks: list[Block]) -> tuple[Particulars, list[Block]]:
    """The title that a text begins with, and the blocks without it."""
    found = Particulars()
    return found, _take_title(blocks, found)


def take_particulars(blocks: list[Block]) -> tuple[Particulars, list[Block]]:
    """What a document says of itself, and the blocks without its head. Paragraphs with a role get it."""
    found = Particulars()
    rest = _take_red_head(blocks, found)
    rest = _take_title(rest, found)
    if rest and isinstance(rest[0], Paragraph) and _is_number(rest[0].text.strip("（()）")) and not found.number:
        found.number = _number(rest[0].text.strip("（()）"))
        found.taken.append(rest[0].text)
        rest = rest[1:]
    _mark_addressee(rest)
    _mark_signatures(rest, found)
    _mark_document_titles(rest)
    _remark_end(rest, found)
    return found, rest


def _take_red_head(blocks: list[Block], found: Particulars) -> list[Block]:
    """Take all that stands above and in the line with the number, unless a title stands there."""
    for at, block in enumerate(blocks[:_MOST_HEAD]):
        if _is_head_table(block):
            continue
        if not isinstance(block, Paragraph) or len(block.text) > 80:
            return _take_loose_head(blocks, found)
        match = _NUMBER.match(block.text.strip())
        beyond = block.text.strip()[match.end() :].strip() if match else ""
        if match and (not beyond or beyond.startswith("签发")):
            above = list(paragraphs(blocks[:at]))
            if any(one.facts.is_title or TITLE_ENDS.search(one.text) for one in above):
                return blocks
            found.number = _number(match[0])
            found.issuer = _issuer_of(above)
            found.taken += [one.text for one in (*above, block)]
            if beyond:
                found.remarks.append(Remark("import-head-rest", {"words": beyond}))
            return blocks[at + 1 :]
    return _take_loose_head(blocks, found)


def _take_loose_head(blocks: list[Block], found: Particulars) -> list[Block]:
    """A red head without a number, below the number of the copy and the urgency."""
    while blocks and isinstance(blocks[0], Paragraph) and _SERIAL.fullmatch(blocks[0].text.strip()):
        found.taken.append(blocks[0].text)
        blocks = blocks[1:]
    if blocks and _is_head_table(blocks[0]):
        lines = list(paragraphs(blocks[:1]))
        found.issuer = _issuer_of(lines)
        found.taken += [line.text for line in lines]
        return blocks[1:]
    if blocks and isinstance(blocks[0], Paragraph) and (match := _RED_HEAD.fullmatch(blocks[0].text.strip())):
        found.issuer = _compact(match[1])
        found.taken.append(blocks[0].text)
        return blocks[1:]
    return blocks


def _is_head_table(block: Block) -> bool:
    """Whether a table is a red head, as of several who issue a document: their names, and 文件 beside them."""
    if not isinstance(block, Table):
        return False
    texts = [re.sub(r"\s", "", one.text) for one in paragraphs([block])]
    return any(text.endswith("文件") for text in texts) and all(
        text.endswith("文件") or _UNIT.fullmatch(text) for text in texts
    )


def _issuer_of(head: list[Paragraph]) -> str:
    """Who issues the document, by its red head; of several, as they stand."""
    lines = [one.text.strip() for one in head if not _SERIAL.fullmatch(one.text.strip())]
    names = [re.sub(r"\s*文\s*件$", "", line) for line in lines]
    return "、".join(_compact(name) for name in names if name)


def _take_title(blocks: list[Block], found: Particulars) -> list[Block]:
    count = title_length(blocks)
    if not count:
        return blocks
    lines = [block.text for block in blocks[:count] if isinstance(block, Paragraph)]
    found.title = _compact("".join(lines))
    found.taken += lines
    return blocks[count:]


def title_length(blocks: list[Block]) -> int:
    """How many paragraphs at the beginning make a title; 0 where there is none."""
    if not blocks or not isinstance(blocks[0], Paragraph) or not _can_be_title(blocks[0]):
        return 0
    first, count, text = blocks[0], 1, blocks[0].text
    while count < min(len(blocks), 4) and not TITLE_ENDS.search(text):
        after = blocks[count]
        goes_on = isinstance(after, Paragraph) and _can_be_title(after) and _looks_alike(first, after)
        if not goes_on or not isinstance(after, Paragraph) or len(text + after.text) > _LONGEST_TITLE:
            break
        text += after.text
        count += 1
    return count


def _looks_alike(one: Paragraph, other: Paragraph) -> bool:
    return (
        (one.facts.centred or one.facts.is_title)
        and (other.facts.centred, other.facts.is_title) == (one.facts.centred, one.facts.is_title)
        and (one.facts.size == other.facts.size or not other.facts.size)
    )


def _can_be_title(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return (
        1 < len(text) <= _LONGEST_TITLE
        and paragraph.facts.tabs < 2
        and re.search(r"[^\W\d_]", text) is not None
        and not _PAGE_NUMBER.fullmatch(text)
        and not re.search("[。；：:，？！,;]$", text)
        and "。" not in text
        and not re.match(rf"{NUMERAL}+、|[（(]{NUMERAL}+[）)]|第{NUMERAL}+[章条节]|——", text)
        and not _is_number(text)
        and not any(run.picture for run in paragraph.runs)
    )


def _mark_addressee(blocks: list[Block]) -> None:
    if blocks and isinstance(blocks[0], Paragraph):
        text = blocks[0].text
        if len(text) <= 200 and re.search("[：:]$", text) and "。" not in text and not blocks[0].facts.outline:
            blocks[0].role = "addressee"


def _mark_signatures(blocks: list[Block], found: Particulars) -> None:
    """Who signed, and when: a day alone, and the units above it."""
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not (day := _day_of(block.text)):
            continue
        units: list[Paragraph] = []
        for above in reversed(blocks[max(0, at - 5) : at]):
            if not isinstance(above, Paragraph) or above.role or not _is_unit(above.text):
                break
            units.insert(0, above)
        is_short = _SHORT_DAY.fullmatch(block.text.strip())
        before = "" if is_short else _before_day(block.text)
        if is_short and not units:
            continue
        if before and not _is_unit(before):
            continue
        if not before and not units and at < len(blocks) - 8:
            continue
        for one in (*units, block):
            one.role = "signature"
        if found.written is None:
            found.written = day
            names = [*(one.text for one in units), before]
            found.issuer = found.issuer or "、".join(re.sub(r"[（(].*$", "", _compact(name)) for name in names if name)


def _mark_document_titles(blocks: list[Block]) -> None:
    """The titles of what is issued with a notice, and of its annexes."""
    after = False
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph):
            after, at = False, at + 1
            continue
        text = block.text.strip()
        if after and not block.role and _stands_out(block):
            count = max(title_length(blocks[at:]), 1)
            _join(blocks, at, count)
            after = False
        elif block.role == "signature" or ANNEX.fullmatch(text):
            after = True
        elif not _ASIDE.fullmatch(text):
            after = False
        at += 1


def _stands_out(paragraph: Paragraph) -> bool:
    facts = paragraph.facts
    looks = facts.centred or facts.is_title or facts.size >= SMALL_TITLE or bool(TITLE_ENDS.search(paragraph.text))
    return (
        looks
        and _can_be_title(paragraph)
        and not ANNEX.fullmatch(paragraph.text.strip())
        and not _ASIDE.fullmatch(paragraph.text)
    )


def _join(blocks: list[Block], at: int, count: int) -> None:
    """Make one title of the paragraphs at a place."""
    title = blocks[at]
    for more in blocks[at + 1 : at + count]:
        if isinstance(title, Paragraph) and isinstance(more, Paragraph):
            title.runs = [*title.runs, *more.runs]
    if isinstance(title, Paragraph):
        title.role = "document-title"
    del blocks[at + 1 : at + count]


def _remark_end(blocks: list[Block], found: Particulars) -> None:
    """What stands at the end of a paper and maybe not on a page."""
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        text = block.text.strip()
        if re.match(r"抄送[:：]|抄\s*报[:：]|主\s*送[:：]", text) or re.search(r"日\s*印发$", text):
            found.remarks.append(Remark("import-colophon", {"words": shortened(text)}, block=block))
        elif _ASIDE.fullmatch(text) and "公开" in text:
            found.remarks.append(Remark("import-release-note", {"words": text}, block=block))


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.strip()))


def _is_unit(text: str) -> bool:
    return bool(_UNIT.fullmatch(_compact(text))) and not re.search("[。；：，、:,]", text)


def _before_day(text: str) -> str:
    """What stands in a line before the day that it ends with."""
    days = f"{_DAY.pattern}|{_CHINESE_DAY.pattern}"
    return re.sub(rf"(?:{days})\s*[）)]?$", "", text.strip()).strip("（( \u3000")


def _day_of(text: str) -> datetime.date | None:
    """The day that a line ends with; None where it ends with none, or the calendar has none such."""
    text = text.strip().strip("（()）")
    if len(text) > 60:
        return None
    arabic = re.search(_DAY.pattern + "$", text)
    chinese = None if arabic else re.search(_CHINESE_DAY.pattern + "$", text)
    short = _SHORT_DAY.fullmatch(text)
    try:
        if short:
            return datetime.date(*map(int, short.group(1, 3, 4)))
        if arabic:
            return datetime.date(*map(int, arabic.groups()))
        if chinese:
            first, second, third = (re.sub(r"\s", "", part) for part in chinese.groups())
            year = "".join(str(max("〇一二三四五六七八九".find(sign), 0)) for sign in first)
            return datetime.date(int(year), _small(second), _small(third))
    except ValueError:
        return None
    return None


def _small(text: str) -> int:
    """二十三 as 23."""
    tens, ten, ones = text.partition("十") if "十" in text else ("", "", text)
    digits = "〇一二三四五六七八九"
    return (digits.index(tens) if tens else 1) * 10 * bool(ten) + (digits.index(ones) if ones else 0)


def _number(text: str) -> str:
    """A document's number as fields have it, its figures of half width."""
    return _compact(text).translate(_HALF)


_HALF = {ord(wide): ord(half) for wide, half in zip("０１２３４５６７８９", "0123456789", strict=True)}


def _compact(text: str) -> str:
    """A text without the spaces that set its letters apart; between words of Latin letters they stay."""
    text = " ".join(text.split())
    return re.sub(r"(?<![!-~]) | (?![!-~])", "", text)
