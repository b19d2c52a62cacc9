"""A Word file made plain before pandoc reads it: what pandoc would drop or guess at stands as ordinary paragraphs.

Changes are accepted, hidden text is left out, text boxes follow the paragraph that they hang on, and the numbers that Word counts are
characters. Each paragraph begins with a mark by which its block is known again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from publicity.imports.blocks import Facts
from publicity.imports.ooxml.left_out import DROPPED, ends_deleted, is_left_out
from publicity.imports.ooxml.numbering import Numbers
from publicity.imports.ooxml.styles import Styles
from publicity.imports.ooxml.symbols import BLANK, is_underlined, shown_box, shown_symbol, shown_words
from publicity.imports.ooxml.tables import square_tables
from publicity.imports.ooxml.xml import W, below, child, is_on, name, parents, value, words
from publicity.imports.remarks import Remark, listed, shortened

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around the number of a paragraph; no text has these, for they are no characters."""

_ACCEPTED = (W + "ins", W + "moveTo")
_OLD = ("pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange",
        "numberingChange", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
        "moveToRangeEnd", "commentRangeStart", "commentRangeEnd")  # fmt: skip
_WRAPPERS = ("w:customXml", "w:smartTag", "w:fldSimple", "w:dir", "w:bdo")
"""What only says something of the words in it; pandoc drops them with these."""
_LAYOUT = ("pStyle", "ind", "jc", "pBdr", "framePr", "outlineLvl", "rPr", "numPr")


_UNITS = frozenset("编章节条")
_TEXT = frozenset(W + tag for tag in ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "ptab"))


@dataclass
class Flattened:
    """The text of a Word file, made plain in place.

    Attributes:
        facts: What is known of the paragraphs that bear a mark, by their numbers.
        remarks: What was met on the way.
        has_bullets: Whether the numbering is still needed.
    """

    facts: dict[int, Facts]
    remarks: list[Remark]
    has_bullets: bool = False


def flatten(document: ET.Element, styles: Styles, numbers: Numbers, comments: dict[str, str]) -> Flattened:
    """Make a text plain, in place. `comments` are those of the file by their ids."""
    flat = Flattened({}, [])
    for alternative in list(below(document, "mc:AlternateContent")):
        _choose(alternative)
    _unwrap(document, "mc:AlternateContent")
    _accept(document, styles, flat)
    _drop_hidden(document, styles, flat)
    _remove(document, {W + "customXmlPr", W + "smartTagPr"})
    _unwrap(document, *_WRAPPERS)
    square_tables(document)
    _drop_contents_list(document, styles, flat)
    _replace_formulas(document, flat)
    _replace_symbols(document, flat)
    _split_runs(document)
    _open_boxes(document, flat)
    _note_objects(document, flat)
    boxed = {p for box in below(document, "w:_box") for p in box.iter(W + "p")}
    _unwrap(document, "w:_box")
    _number(document, _Marker(styles, numbers, comments, boxed, flat))
    return flat


def plain_note(part: ET.Element, styles: Styles) -> None:
    """The same for the notes of a file, which bear no marks."""
    flat = Flattened({}, [])
    for alternative in list(below(part, "mc:AlternateContent")):
        _choose(alternative)
    _unwrap(part, "mc:AlternateContent")
    _accept(part, styles, flat)
    _drop_hidden(part, styles, flat)
    _unwrap(part, *_WRAPPERS)
    _replace_symbols(part, flat)
    _split_runs(part)


def chosen(alternative: ET.Element) -> ET.Element | None:
    """Of what stands in two forms for new and old programs, the new one."""
    found = alternative.find(name("mc:Choice"))
    return found if found is not None else alternative.find(name("mc:Fallback"))


def _choose(alternative: ET.Element) -> None:
    one = chosen(alternative)
    alternative[:] = list(one) if one is not None else []


def _unwrap(root: ET.Element, *tags: str) -> int:
    """Put what stands in some elements in their place; returns how many there were."""
    names, count = {name(tag) for tag in tags}, 0
    for parent in list(root.iter()):
        while any(part.tag in names for part in parent):
            count += sum(part.tag in names for part in parent)
            parent[:] = [one for part in parent for one in (part if part.tag in names else [part])]
    return count


def _remove(root: ET.Element, names: set[str]) -> list[ET.Element]:
    """Take some elements out; returns them."""
    found = []
    for parent in list(root.iter()):
        gone = [part for part in parent if part.tag in names]
        if gone:
            found += gone
            parent[:] = [part for part in parent if part.tag not in names]
    return found


def _accept(root: ET.Element, styles: Styles, flat: Flattened) -> None:
    """Accept all changes."""
    for paragraph in [one for one in root.iter(W + "p") if ends_deleted(one) and is_left_out(one, styles)]:
        _unwrap(paragraph, "w:del", "w:moveFrom")
        paragraph.tag = W + "del"
    for row in [row for row in root.iter(W + "tr") if child(row, "w:trPr", "w:del") is not None]:
        row.tag = W + "del"
    _join_where_the_end_is_deleted(root)
    properties = {W + "rPr", W + "trPr", W + "numPr"}
    for parent in list(root.iter()):
        if parent.tag in properties:  # of the mark that ends a paragraph, or of a row
            parent[:] = [part for part in parent if part.tag not in (*_ACCEPTED, *DROPPED)]
    gone = [part for part in _remove(root, set(DROPPED)) if part.tag]
    come = sum(1 for part in root.iter() if part.tag in _ACCEPTED)
    _unwrap(root, "w:ins", "w:moveTo")
    _remove(root, {W + tag for tag in _OLD})
    if gone or come:
        lost = listed("".join(t.text or "" for t in part.iter() if t.tag in (W + "delText", W + "t")) for part in gone)
        flat.remarks.append(Remark("import-changes", {"added": come, "removed": len(gone), "words": lost or ("—",)}))


def _join_where_the_end_is_deleted(root: ET.Element) -> None:
    for parent in list(root.iter()):
        before: ET.Element | None = None
        for part in list(parent):
            if part.tag != W + "p":
                before = None
            elif before is None:
                before = part if ends_deleted(part) else None
            else:
                before.extend(one for one in part if one.tag != W + "pPr")
                parent.remove(part)
                before = before if ends_deleted(part) else None


def _drop_hidden(root: ET.Element, styles: Styles, flat: Flattened) -> None:
    holders = {run: paragraph for paragraph in root.iter(W + "p") for run in paragraph.iter(W + "r")}
    gone = [paragraph for paragraph in root.iter(W + "p") if is_left_out(paragraph, styles)]
    hidden = [run for run, paragraph in holders.items() if styles.is_hidden(child(run, "w:rPr"), paragraph)]
    for part in (*gone, *hidden):
        part.tag = W + "_hidden"
    _remove(root, {W + "_hidden"})
    # What a cell holds that is merged into the one above it, Word does not show either.
    hidden += [cell for cell in root.iter(W + "tc") if is_merged_away(cell)]
    texts = ["".join(part.text or "" for part in run.iter(W + "t")) for run in hidden]
    if found := listed(texts):
        flat.remarks.append(Remark("import-hidden", {"words": found}))


def is_merged_away(cell: ET.Element) -> bool:
    """Whether a cell is the lower part of one that begins above it."""
    merge = child(cell, "w:tcPr", "w:vMerge")
    return merge is not None and value(merge) in ("", "continue")


def _drop_contents_list(root: ET.Element, styles: Styles, flat: Flattened) -> None:
    """Leave out a table of contents: pages make their own."""
    lists = [one for one in below(root, "w:sdt") if is_contents_list(one)]
    for one in lists:
        one.tag = W + "_contents"
    lines = [one for one in root.iter(W + "p") if styles.is_contents_line(one)]
    for one in lines:
        one.tag = W + "_contents"
    if _remove(root, {W + "_contents"}):
        flat.remarks.append(Remark("import-contents-list"))


def is_contents_list(block: ET.Element) -> bool:
    """Whether a content control holds a table of contents."""
    gallery = child(block, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return value(gallery).lower() in ("table of contents", "目录")


def _replace_formulas(root: ET.Element, flat: Flattened) -> None:
    """Formulas as the characters that they are made of, for pages show none."""
    found = []
    for formula in list(below(root, "m:oMath")):
        text = "".join(part.text or "" for part in formula.iter(name("m:t")))
        found.append(text)
        formula.clear()
        formula.tag = W + "r"
        ET.SubElement(formula, W + "t").text = text
    _unwrap(root, "m:oMathPara")
    if found:
        flat.remarks.append(Remark("import-formulas", {"count": len(found), "words": listed(found) or ("—",)}))


def _replace_symbols(root: ET.Element, flat: Flattened) -> None:
    unknown = 0
    _show_marks(root)
    for run in root.iter(W + "r"):
        for part in run.findall(W + "t"):
            text = shown_words(run, part.text or "")
            unknown += text.count("〓") - (part.text or "").count("〓")
            if text != part.text:
                part.text = text
                _remove(run, {W + "rFonts"})
    for symbol in root.iter(W + "sym"):
        text = shown_symbol(value(symbol, "w:font"), value(symbol, "w:char"))
        unknown += text == "〓"
        symbol.clear()
        symbol.tag = W + "t"
        symbol.text = text
    if unknown:
        flat.remarks.append(Remark("import-symbols", {"count": unknown}))


def _show_marks(root: ET.Element) -> None:
    """Boxes to tick and lines to write on as characters; lines below and through words of the one kind that pandoc knows."""
    for parent in list(root.iter()):
        if any(part.tag == W + "r" and _boxes(part) for part in parent):
            parent[:] = [one for part in parent for one in (*_boxes(part), part)]
    for properties in root.iter(W + "rPr"):
        for line in properties.findall(W + "dstrike"):
            line.tag = W + "strike"  # pandoc knows no other
        for line in properties.findall(W + "u"):
            line.set(W + "val", "single" if is_on(line) else "none")
    for run in root.iter(W + "r"):
        for tab in run.findall(W + "tab") if is_underlined(run) else ():
            tab.tag, tab.text = W + "t", BLANK


def _boxes(run: ET.Element) -> list[ET.Element]:
    """Runs with the boxes to tick that begin as fields in a run."""
    found = []
    for text in filter(None, map(shown_box, run.findall(W + "fldChar"))):
        found.append(ET.Element(W + "r"))
        ET.SubElement(found[-1], W + "t").text = text
    return found


def _split_runs(root: ET.Element) -> None:
    """Give each thing that is no text a run of its own: where a run holds a picture or a note, pandoc reads nothing else of it."""
    for parent in list(root.iter()):
        if any(run.tag == W + "r" and _is_mixed(run) for run in parent):
            parent[:] = [piece for part in parent for piece in (_pieces(part) if part.tag == W + "r" else [part])]


def _is_mixed(run: ET.Element) -> bool:
    parts = [part for part in run if part.tag != W + "rPr"]
    return len(parts) > 1 and any(part.tag not in _TEXT for part in parts)


def _pieces(run: ET.Element) -> list[ET.Element]:
    properties, pieces = child(run, "w:rPr"), []
    for part in run:
        if part.tag != W + "rPr":
            piece = ET.Element(W + "r")
            piece.extend([properties, part] if properties is not None else [part])
            pieces.append(piece)
    return pieces


def _open_boxes(root: ET.Element, flat: Flattened) -> None:
    """Put what stands in text boxes behind the paragraphs that these hang on."""
    above, behind = parents(root), dict[ET.Element, list[ET.Element]]()
    boxes = list(below(root, "w:txbxContent"))
    for box in boxes:
        holder = above[box]
        while holder.tag != W + "p" and holder in above:
            holder = above[holder]
        behind.setdefault(holder, []).append(box)
        box.tag = W + "_box"
    _remove(root, {W + "_box"})
    for place in {above[holder] for holder in behind if holder in above}:
        place[:] = [one for part in place for one in (part, *behind.get(part, ()))]
    if count := sum(1 for box in boxes if words(box)):
        flat.remarks.append(Remark("import-boxes", {"count": count}))


def _note_objects(root: ET.Element, flat: Flattened) -> None:
    for code, tags in (
        ("import-objects", ("w:object",)),
        ("import-charts", ("c:chart", "dgm:relIds")),
        ("import-other-files", ("w:altChunk", "w:subDoc")),
        ("import-readings", ("w:ruby",)),
    ):
        if count := sum(1 for _ in below(root, *tags)):
            flat.remarks.append(Remark(code, {"count": count}))
    for ruby in list(below(root, "w:ruby")):
        base = ruby.find(W + "rubyBase")
        ruby[:] = list(base) if base is not None else []
    above = parents(root)
    for ruby in list(below(root, "w:ruby")):  # its runs stand inside a run
        run = above[ruby]
        at = list(above[run]).index(run)
        above[run][at : at + 1] = list(ruby)


@dataclass
class _Marker:
    styles: Styles
    numbers: Numbers
    comments: dict[str, str]
    boxed: set[ET.Element]
    flat: Flattened


def _number(document: ET.Element, marker: _Marker) -> None:
    """Mark the paragraphs, with the numbers that Word shows before them, and take from them what pandoc would guess from."""
    in_tables = {p for table in document.iter(W + "tbl") for p in table.iter(W + "p")}
    for number, paragraph in enumerate(list(document.iter(W + "p")), 1):
        counted = marker.numbers.of(paragraph)
        facts = _facts(paragraph, number, counted or "", marker)
        is_bullet = counted == "" and not facts.outline
        marker.flat.has_bullets |= is_bullet
        for reference in list(paragraph.iter(W + "commentReference")):
            said = shortened(marker.comments.get(value(reference, "w:id"), ""))
            marker.flat.remarks.append(Remark("import-comment", {"words": said}, paragraph=number))
        _remove(paragraph, {W + "commentReference"})
        place = marker.numbers.place(paragraph)
        _strip(paragraph)
        if is_bullet:
            _list_in(paragraph, *place)
        if paragraph in in_tables:
            _insert(paragraph, facts.counted)
        else:
            marker.flat.facts[number] = facts
            _insert(paragraph, f"{OPEN}{number}{CLOSE}{facts.counted}")


def _facts(paragraph: ET.Element, number: int, counted: str, marker: _Marker) -> Facts:
    return Facts(
        number=number,
        centred=marker.styles.is_centred(paragraph),
        size=marker.styles.size(paragraph),
        outline=marker.styles.outline(paragraph),
        is_title=marker.styles.is_title(paragraph),
        boxed=paragraph in marker.boxed,
        tabs=_tabs(paragraph),
        counted=f"{counted}{_space_behind(counted, paragraph)}",
    )


def _space_behind(counted: str, paragraph: ET.Element) -> str:
    """What stands between a number and its words, where Word sets a tab: after 第一条 official texts have a wide space."""
    if counted[-1:] in _UNITS and not "".join(part.text or "" for part in below(paragraph, "w:t"))[:1].isspace():
        return "\u3000"
    return " " if counted[-1:].isascii() and counted[-1:].isalnum() else ""


def _tabs(paragraph: ET.Element) -> int:
    """How many tabs stand between its words."""
    shown = "".join("\t" if part.tag == W + "tab" else part.text or "" for part in below(paragraph, "w:t", "w:tab"))
    return shown.strip().count("\t")


def _strip(paragraph: ET.Element) -> None:
    properties = child(paragraph, "w:pPr")
    if properties is not None:
        names = {W + tag for tag in _LAYOUT}
        properties[:] = [part for part in properties if part.tag not in names]


def _list_in(paragraph: ET.Element, number: str, level: int) -> None:
    """Put a paragraph into a list by itself, whose style said so."""
    properties = child(paragraph, "w:pPr")
    if properties is None:
        properties = ET.Element(W + "pPr")
        paragraph.insert(0, properties)
    numbers = ET.SubElement(properties, W + "numPr")
    ET.SubElement(numbers, W + "ilvl", {W + "val": str(level)})
    ET.SubElement(numbers, W + "numId", {W + "val": number})


def _insert(paragraph: ET.Element, text: str) -> None:
    """Put characters before all others of a paragraph."""
    if not text:
        return
    run = ET.Element(W + "r")
    part = ET.SubElement(run, W + "t")
    part.text = text
    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    at = 1 if len(paragraph) and paragraph[0].tag == W + "pPr" else 0
    paragraph.insert(at, run)


def comment_texts(part: ET.Element | None) -> dict[str, str]:
    """The comments of a file by their ids."""
    return {value(one, "w:id"): words(one) for one in (part.iter(W + "comment") if part is not None else ())}


def note_texts(part: ET.Element | None, tag: str) -> Iterator[tuple[str, ET.Element]]:
    """The footnotes or endnotes of a file by their ids, without those that are only lines."""
    for one in part.iter(W + tag) if part is not None else ():
        if value(one, "w:type") in ("", "normal"):
            yield value(one, "w:id"), one
