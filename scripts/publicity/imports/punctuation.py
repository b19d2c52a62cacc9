"""Punctuation that looks wrong among Chinese: told in official documents, whose characters are not ours, and mended in other texts."""

import re
from collections.abc import Iterator
from dataclasses import replace

from publicity.imports.blocks import Paragraph, joined
from publicity.imports.remarks import Remark, shortened

_CHINESE = "一-鿿"
_SIGNS = dict(zip(",;:?!", "，；：？！", strict=True))
_HALF = re.compile(rf"(?<=[{_CHINESE}》）”])[,;:?!](?=[{_CHINESE}《（“]|$)")
_BRACKETS = re.compile(rf"\((?=[^()\n]*[{_CHINESE}])[^()\n]*\)")
_TWICE = re.compile("。。|，，|、、|；；|：：|[，、；][。；，、]")
_REACH = 8


def look_at(paragraph: Paragraph, *, mend: bool) -> Iterator[Remark]:
    """What looks wrong in a paragraph; where it has one mend and may be mended, it is."""
    text = "".join(run.text if not _is_fixed(run.marks, run.picture) else " " * len(run.text) for run in paragraph.runs)
    changes = dict(_changes(text))
    mended = "".join(changes.get(at, sign) for at, sign in enumerate(text))
    if mend:
        _change(paragraph, changes)
    for start, end in _places(sorted(changes)):
        code = "import-mended" if mend else "import-looks-wrong"
        values: dict[str, object] = {"found": shortened(text[start:end]), "usual": shortened(mended[start:end])}
        yield Remark(code, values, block=paragraph)
    if text.count('"') % 2 and re.search(f"[{_CHINESE}]", text):
        yield Remark("import-odd-quotes", {"found": _around(text, text.index('"'))}, block=paragraph)
    for match in _TWICE.finditer(text):
        yield Remark("import-twice", {"found": _around(text, match.start())}, block=paragraph)


def _changes(text: str) -> Iterator[tuple[int, str]]:
    """The characters that would stand in the place of others; as many as there were."""
    for match in _HALF.finditer(text):
        yield match.start(), _SIGNS[match[0]]
    for match in _BRACKETS.finditer(text):
        yield match.start(), "（"
        yield match.end() - 1, "）"
    quotes = [match.start() for match in re.finditer('"', text)]
    if quotes and len(quotes) % 2 == 0 and re.search(f"[{_CHINESE}]", text):
        for number, at in enumerate(quotes):
            yield at, "”" if number % 2 else "“"


def _change(paragraph: Paragraph, changes: dict[int, str]) -> None:
    at, runs = 0, []
    for run in paragraph.runs:
        fixed = _is_fixed(run.marks, run.picture)
        text = run.text if fixed else "".join(changes.get(at + i, sign) for i, sign in enumerate(run.text))
        runs.append(replace(run, text=text))
        at += len(run.text)
    paragraph.runs = joined(runs)


def _is_fixed(marks: frozenset[str], picture: str) -> bool:
    return bool(picture) or "code" in marks


def _places(changes: list[int]) -> Iterator[tuple[int, int]]:
    """The changes with what stands around them; those that are near one another together."""
    start = end = -1
    for at in changes:
        if start >= 0 and at - end > _REACH:
            yield max(0, start - _REACH), end + _REACH
            start = -1
        start, end = (at if start < 0 else start), at
    if start >= 0:
        yield max(0, start - _REACH), end + _REACH


def _around(text: str, at: int) -> str:
    return shortened(text[max(0, at - _REACH) : at + _REACH])
