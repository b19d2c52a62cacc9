"""Marks inside lines that show as they were typed: full-width brackets, spaces in emphasis, a heading without its space."""

import re
from collections.abc import Callable, Iterable, Iterator

from publicity.problems import Problem
from publicity.read.files.media import MEDIA, is_image
from publicity.read.markdown.prose import Code, line_at
from publicity.read.slip import Edit, Slip

_Match = re.Match[str]
# A pattern that begins with a sign is found sooner than one that begins with what may not stand before it.

_KINDS = "|".join(sorted(kind.removeprefix(".") for kind in MEDIA))
_PICTURES = tuple(kind for kind in MEDIA if is_image(f"x{kind}"))
_ADDRESS = rf"[^\s()（）【】]{{0,300}}?(?:://|\.(?:md|{_KINDS})(?![A-Za-z0-9]))[^\s()（）【】]{{0,300}}|#[^\s()（）【】]{{1,300}}"
_PIECE = r"""(?:[^\s()<>"']|\([^()\s]*\))+"""
_LINK = re.compile(
    r"(?P<bang>[!！][ \u00a0\u3000]?)?(?P<open>[\[［【])(?P<words>[^\[\]［］【】\n]{0,300})(?P<close>[\]］】])"
    rf"(?P<gap>[ \u00a0\u3000]*)(?P<left>[(（【])[ \u00a0\u3000]*(?P<address>{_ADDRESS})[ \u00a0\u3000]*(?P<right>[)）】])"
)
_HASH = re.compile(r"^(?:    |\t|> ?|[*+-][ \t]+|[0-9]+\.[ \t]+)*(?P<it>(?P<hashes>#{1,6})(?=[^\s#]).*)$", re.MULTILINE)
_INDENTED = re.compile(r"^(?P<spaces> {1,3})(?P<it>#{1,6}[ \t].*)$", re.MULTILINE)
_DASHES = re.compile(r"^(?P<it>[^\s#>|*+-].*)\n-{2,} *$", re.MULTILINE)
_WIDE_HASH = re.compile(r"^[ \t>]*(?P<it>#*＃[#＃]*)(?P<gap>[ \u00a0\u3000]*)", re.MULTILINE)
_SPACED = re.compile(rf"\]\([ \t]*(?P<it>{_PIECE}(?:[ \t]+{_PIECE})+)[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')?[ \t]*\)")
_STARS = re.compile(r"\*\*(?<![\\*]\*\*)(?!\*)")
# Stars that are meant to be seen - of a product, of names and numbers that are masked - and that Markdown takes for emphasis.
_LOST_STARS = re.compile(
    r"(?<![\\*])(?:(?<=\d)(?P<product>\*+)(?=\d)[^*|\n]{0,80}(?<=\d)(?P=product)(?=\d)"
    r"|(?<=[\u4e00-\u9fff])(?P<mask>\*{1,2})(?=[、，,；;。）])[^*|\n]{1,20}(?<=[\u4e00-\u9fff])(?P=mask)(?!\*)"
    r"|(?<=[\u4e00-\u9fff])\*[\u4e00-\u9fff]{1,2}[、，,；;和与及][\u4e00-\u9fff]{1,2}\*(?!\*)"
    r"|(?<=[\u4e00-\u9fff])\*(?=[\u4e00-\u9fff])[^*|\n]{0,80}[，。；、！？][^*|\n]{0,80}(?<=[\u4e00-\u9fff])\*(?=[\u4e00-\u9fff]))"
)
_OPEN_STARS = re.compile(r"(?:    |\t|> ?|[*+-][ \t]+|[0-9]+\.[ \t]+)*(?P<it>\*\*(?!\*)\S.*)")
_NO_HEADING = re.compile(r"^(?:> ?)*(?P<it>#{2,6})[ \t\u3000\u00a0]*$", re.MULTILINE)
_WIDE_STARS = re.compile(r"＊＊(?P<words>[^＊\s](?:[^＊\n]*[^＊\s])?)＊＊")
# Two underscores may be a blank to fill in, such as __年__月; four characters of text between them are none.
_UNDERSCORES = re.compile(r"^[^_\n]*(?<!\w)(?P<it>__(?P<words>[\u4e00-\u9fff]{4,})__)(?=\w)[^_\n]*$", re.MULTILINE)
_WAVES = re.compile(r"(?<![~～])(?P<it>([~～])\2(?![\s~～])[^~～\n]*[^\s~～]\2\2)(?![~～])")
_BACKSLASH = re.compile(r"(?<![\\:：])(?P<it>(?:\\\\)*\\)[ \t]*\n(?=[ \t>]*\S)")
_UNCLOSED = re.compile(
    r"""\[(?<![\\!]\[)(?P<words>[^\[\]\n]{1,300})\]\(<?(?P<address>(?:https?://|\.\.?/)[^\s()（）<>\]】，。；]{1,300})>?(?![^\n()（）]*[)）])(?!\s*["'])(?=[\s\]】，。；]|$)""",
    re.MULTILINE,
)
_BARE = re.compile(
    r"\[(?<![\\!]\[)(?![0-9]+\])(?P<words>[^\[\]\n]{1,300})\](?P<address>https?://[^\s()（）<>\[\]【】，。；、！？“”]{1,300})"
)
_TASK = re.compile(r"^[ \t>]*(?:[*+-]|[0-9]+\.)[ \t]+(?P<it>\[[ xX]?\])[ \t]+\S", re.MULTILINE)
_HIGHLIGHT = re.compile(r"(?<![=A-Za-z0-9])(?P<it>==(?=[^\s=])[^=\n]{0,200}[^\s=]==)(?![=A-Za-z0-9])")
_RAISED = re.compile(r"(?<=[A-Za-z)）])(?P<it>(?P<sign>[~^])(?P<words>[0-9]{0,3}[+-]?|n)(?<![~^])(?P=sign))(?![~^])")
_FORMULA = re.compile(
    r"(?P<it>\$\$[^$]{1,300}\$\$|(?<![\\$A-Za-z0-9])\$(?=[^\s$])[^$\n]{0,200}[\\^_{][^$\n]{0,200}\$(?!\d))"
)
_BLOCK = re.compile(r"^(?P<it>:{3,}[ \t]*[\w{][^\n]*)$", re.MULTILINE)
_CONTENTS = re.compile(r"^(?P<it>\[toc\])[ \t]*$", re.MULTILINE | re.IGNORECASE)
_EMPTY_BOX = re.compile(r"^(?P<it>(?:!!!|\?\?\?\+?)[ \t]*\w[^\n]*)\n+(?=\S| {1,3}\S|\Z)", re.MULTILINE)
_PARTED_TABLE = re.compile(
    r"^(?P<it> {0,3}\|[^\n]{0,5000}\|)[ \t]*\n(?:[ \t]*\n)+(?P<dashes> {0,3}\|[ \t:|-]*-[ \t:|-]*\|)[ \t]*$",
    re.MULTILINE,
)
_PARTED_ROWS = re.compile(
    r"^(?P<above> {0,3}\|[^\n]{0,5000}\|)[ \t]*\n(?P<gap>(?:[ \t]*\n)+)(?= {0,3}\|)(?P<it> {0,3}\|[^\n]{0,5000}\|)[ \t]*$(?!\n {0,3}\|[ \t:|-]*-[ \t:|-]*\|[ \t]*$)(?P<more>\n {0,3}\|)?",
    re.MULTILINE,
)
_TABLE_DASHES = re.compile(r"^ {0,3}\|[ \t:|-]*-[ \t:|-]*\|[ \t]*$", re.MULTILINE)
_TABS = re.compile(r"^(?P<it>[^\s|][^\t\n|]{0,200}\t[^\n|]{0,500})\n[^\s|][^\t\n|]{0,200}\t[^\n|]*\S", re.MULTILINE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HOLDS = re.compile(r"[ \t>]|(?:[*+-]|[0-9]+\.|\[\^.*\]:|!!!|\?\?\?)")
_TEXT = re.compile(r"[ \t]*[\u3000\u4e00-\u9fff“《（【].*")


def spaced(address: str, line: int) -> Problem:
    """The problem that an address with a space in it is."""
    if "://" in address:
        return Problem("", line, "space-in-address", {"found": address})
    return Problem("", line, "space-in-file-name", {"found": address, "name": "-".join(address.split())})


def parted_rows(prose: str) -> set[int]:
    """The lines that an empty line parts from the tables they belong to: dashes below a head, and rows."""
    if "|\n" not in prose:
        return set()
    dashes = {line_at(prose, match.start("dashes")) for match in _PARTED_TABLE.finditer(prose)}
    return dashes | {line_at(prose, match.start("it")) for match in _PARTED_ROWS.finditer(prose) if _ends_table(match)}


def _ends_table(match: _Match) -> bool:
    """Whether the row above is one of a table, and not its head."""
    end = match.end("above")
    block = match.string[max(match.string.rfind("\n\n", max(end - _FARTHEST, 0), end), end - _FARTHEST, 0) : end]
    return bool(_TABLE_DASHES.search(block)) and not _TABLE_DASHES.search(match["it"])


_FARTHEST = 20_000
"""Characters above a row in which the dashes of its table are looked for."""


def mark_slips(prose: str) -> Iterator[Slip]:
    """What of a body's marks is mistyped; the body's code is left blank."""
    for signs, pattern, slip in _SLIPS:
        if any(sign in prose for sign in signs):
            for match in pattern.finditer(prose):
                yield from slip(match)
    if "**" in prose:
        yield from _spaces_in_emphasis(prose)
        yield from _open_stars(prose)


def indented_texts(text: str, codes: Iterable[Code]) -> Iterator[Slip]:
    """Chinese paragraphs that four spaces at their beginnings make code of."""
    for code in codes:
        if not code.is_block or code.unclosed or text[code.start] in "`~":
            continue
        begin = text.rfind("\n", 0, code.start) + 1
        rows = text[begin : code.end].rstrip("\n").split("\n")
        is_text = all(_TEXT.fullmatch(row) for row in rows if row.strip()) and re.search("[，。；：]", "".join(rows))
        if is_text and not _HOLDS.match(text[:begin].rstrip().rpartition("\n")[2]):
            edits, place = [], begin
            for row in rows:
                edits.append(Edit(place, place + len(row) - len(row.lstrip(" \t")), ""))
                place += len(row) + 1
            found = rows[0].strip()[:_SHOWN]
            yield Slip(Problem("", line_at(text, begin), "indented-text", {"found": found}), tuple(edits))


_SHOWN = 20


def _line(match: _Match, group: str | int = "it") -> int:
    return line_at(match.string, match.start(group))


def _slip(match: _Match, code: str, *edits: Edit, **values: object) -> Slip:
    return Slip(Problem("", _line(match), code, {"found": match["it"], **values}), edits)


def _link(match: _Match) -> Iterator[Slip]:
    words, address = match["words"], match["address"]
    shown = bool(match["bang"]) and address.lower().endswith(_PICTURES)
    if match["bang"] in ("！", "! ", "！ ", "！\u3000", "!\u3000", "！\u00a0", "!\u00a0") and not shown:
        start = match.start("open")  # the mark ends a sentence
    else:
        start = match.start("bang") if match["bang"] else match.start("open")
    found = match.string[start : match.end()]
    brackets = (match["open"], match["close"], match["gap"], match["left"], match["right"])
    if brackets == ("[", "]", "", "(", ")") and (not shown or match["bang"] == "!"):
        return
    line = line_at(match.string, start)
    edit = Edit(start, match.end(), f"{'!' * shown}[{words}]({address})")
    if shown:
        yield Slip(Problem("", line, "no-image", {"found": found, "rest": f"[{words}]({address})"}), (edit,))
    elif words.strip():
        yield Slip(Problem("", line, "no-link", {"found": found, "words": words, "address": address}), (edit,))


def _hash(match: _Match) -> Iterator[Slip]:
    yield _slip(match, "no-space-after-hash", Edit(match.end("hashes"), match.end("hashes"), " "))


def _indented(match: _Match) -> Iterator[Slip]:
    yield _slip(match, "indented-heading", Edit(match.start("spaces"), match.end("spaces"), ""))


def _dashes(match: _Match) -> Iterator[Slip]:
    yield _slip(match, "heading-by-dashes")


def _wide_hash(match: _Match) -> Iterator[Slip]:
    marks = "#" * len(match["it"])
    yield _slip(match, "full-width-hash", Edit(match.start("it"), match.end("gap"), f"{marks} "))


def _spaced(match: _Match) -> Iterator[Slip]:
    yield Slip(spaced(match["it"], _line(match)))


def _wide_stars(match: _Match) -> Iterator[Slip]:
    edit = Edit(match.start(), match.end(), f"**{match['words']}**")
    yield Slip(Problem("", _line(match, 0), "full-width-stars", {"found": match[0], "words": match["words"]}), (edit,))


def _lost_stars(match: _Match) -> Iterator[Slip]:
    start = match.start()
    while start > match.start() - _WORD and match.string[start - 1 : start].isalnum():
        start -= 1
    edits = [Edit(match.start() + at, match.start() + at, "\\") for at, sign in enumerate(match[0]) if sign == "*"]
    right = match.string[start : match.start()] + match[0].replace("*", "\\*")
    values = {"found": match.string[start : match.end()], "right": right}
    yield Slip(Problem("", line_at(match.string, match.start()), "stars-vanish", values), tuple(edits))


_WORD = 6
"""Characters that are shown before a star."""


def _no_heading(match: _Match) -> Iterator[Slip]:
    yield _slip(match, "heading-without-words")


def _underscores(match: _Match) -> Iterator[Slip]:
    edit = Edit(match.start("it"), match.end("it"), f"**{match['words']}**")
    yield _slip(match, "underscores-shown", edit, words=match["words"])


def _waves(match: _Match) -> Iterator[Slip]:
    yield _slip(match, "no-strikethrough")


def _backslash(match: _Match) -> Iterator[Slip]:
    edit = Edit(match.end("it") - 1, match.end() - 1, "  ")
    yield Slip(Problem("", _line(match), "backslash-at-end"), (edit,))


def _unclosed(match: _Match) -> Iterator[Slip]:
    values = {"found": match[0], "words": match["words"], "address": match["address"]}
    yield Slip(Problem("", line_at(match.string, match.start()), "no-link", values))


def _bare(match: _Match) -> Iterator[Slip]:
    values = {"found": match[0], "words": match["words"], "address": match["address"]}
    edit = Edit(match.start(), match.end(), f"[{match['words']}]({match['address']})")
    yield Slip(Problem("", line_at(match.string, match.start()), "no-link", values), (edit,))


def _raised(match: _Match) -> Iterator[Slip]:
    tag = "sub" if match["sign"] == "~" else "sup"
    right = f"<{tag}>{match['words']}</{tag}>"
    yield _slip(match, "no-small-letters", right=right)


def _shown_as_typed(code: str) -> Callable[[_Match], Iterator[Slip]]:
    def slip(match: _Match) -> Iterator[Slip]:
        found = " ".join(match["it"].split())
        yield Slip(
            Problem("", _line(match), code, {"found": found if len(found) <= _LONGEST else found[:_LONGEST] + "…"})
        )

    return slip


_LONGEST = 40


def _parted_table(match: _Match) -> Iterator[Slip]:
    edit = Edit(match.end("it"), match.start("dashes"), "\n")
    yield Slip(Problem("", _line(match), "table-parted", {"found": match["it"].strip()[:_LONGEST]}), (edit,))


def _parted_rows(match: _Match) -> Iterator[Slip]:
    if _ends_table(match):
        # Several rows may be meant for a table of their own, whose dashes are missing.
        edits = () if match["more"] else (Edit(match.start("gap"), match.end("gap"), ""),)
        yield Slip(Problem("", _line(match), "rows-parted", {"found": match["it"].strip()[:_LONGEST]}), edits)


_SLIPS: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[_Match], Iterator[Slip]]], ...] = (
    (("#",), _HASH, _hash),
    ((" #",), _INDENTED, _indented),
    (("\n--",), _DASHES, _dashes),
    (("＃",), _WIDE_HASH, _wide_hash),
    (("］", "】", "）", "] ", "！", "!", "]\u3000", "]\u00a0"), _LINK, _link),
    (("](",), _SPACED, _spaced),
    (("＊＊",), _WIDE_STARS, _wide_stars),
    (("*",), _LOST_STARS, _lost_stars),
    (("##",), _NO_HEADING, _no_heading),
    (("__",), _UNDERSCORES, _underscores),
    (("~~", "～～"), _WAVES, _waves),
    (("\\\n", "\\ ", "\\\t"), _BACKSLASH, _backslash),
    (("](",), _UNCLOSED, _unclosed),
    (("]http",), _BARE, _bare),
    (("- [", "* [", "+ [", ". ["), _TASK, _shown_as_typed("no-task-list")),
    (("==",), _HIGHLIGHT, _shown_as_typed("no-highlight")),
    (("~", "^"), _RAISED, _raised),
    (("$",), _FORMULA, _shown_as_typed("no-formula")),
    ((":::",), _BLOCK, _shown_as_typed("no-such-block")),
    (("[TOC]", "[toc]", "[Toc]"), _CONTENTS, _shown_as_typed("contents-by-themselves")),
    (("!!!", "???"), _EMPTY_BOX, _shown_as_typed("box-without-text")),
    (("|\n",), _PARTED_TABLE, _parted_table),
    (("|\n",), _PARTED_ROWS, _parted_rows),
    (("\t",), _TABS, _shown_as_typed("columns-by-tabs")),
)
"""Signs without which a slip cannot be there, how it looks, and what is said of it."""


def _spaces_in_emphasis(prose: str) -> Iterator[Slip]:
    """Stars that show because a space stands inside of them."""
    place = 0
    for number, row in enumerate(prose.split("\n"), 1):
        stars = list(_STARS.finditer(row)) if "**" in row else []
        for left, right in zip(stars[::2], stars[1::2], strict=False) if len(stars) % 2 == 0 else ():
            inner = row[left.end() : right.start()]
            words = inner.strip()
            if words != inner and _CHINESE.search(words):
                yield _emphasis(row, number, place, (left.start(), right.end()), inner)
        place += len(row) + 1


def _open_stars(prose: str) -> Iterator[Slip]:
    """Stars at the beginning of a paragraph that nothing in it closes; elsewhere they may mask a name, and show."""
    number = 1
    for block in re.split(r"(\n[ \t]*(?=\n))", prose):
        rows = block.split("\n")
        stars = [len(_STARS.findall(row)) for row in rows]
        left = sum(stars)
        for at, row in enumerate(rows):
            is_last, left = left == 1, left - stars[at]
            if is_last and (match := _OPEN_STARS.match(row)):
                found = match["it"] if len(match["it"]) <= _SHOWN else match["it"][:_SHOWN] + "…"
                yield Slip(Problem("", number + at, "stars-unclosed", {"found": found}))
        number += block.count("\n")


def _emphasis(row: str, number: int, place: int, where: tuple[int, int], inner: str) -> Slip:
    """A space that parts words which are not Chinese goes outside; any other goes."""
    words = inner.strip()
    before, after = row[: where[0]], row[where[1] :]
    left = " " if inner[0].isspace() and before[-1:].isascii() and before[-1:].isalnum() else ""
    right = " " if inner[-1].isspace() and after[:1].isascii() and after[:1].isalnum() else ""
    values = {"found": f"**{inner}**", "words": words}
    edit = Edit(place + where[0], place + where[1], f"{left}**{words}**{right}")
    return Slip(Problem("", number, "space-in-emphasis", values), (edit,))
