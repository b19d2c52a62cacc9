"""Footnotes: each is named in the text and written once, with half-width marks."""

import re
from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.markdown.prose import line_at
from publicity.read.slip import Edit, Slip

_MARK = re.compile(
    r"(?P<begin>^[ \t>]*)?(?<!\\)(?P<open>[\[［【])\^(?P<name>[^\[\]［］【】\s][^\[\]［］【】\n]*)(?P<close>[\]］】])(?P<colon>[:：][ \u00a0\u3000]*)?",
    re.MULTILINE,
)


def footnote_slips(prose: str) -> Iterator[Slip]:
    """Marks that are full-width, notes that are named and not written, written and not named, or written twice."""
    if "^" not in prose:
        return
    named: dict[str, int] = {}
    written: dict[str, int] = {}
    for match in _MARK.finditer(prose):
        name, line = match["name"], line_at(prose, match.start("open"))
        is_note = match["begin"] is not None and match["colon"] is not None
        right = f"[^{name}]: " if is_note else f"[^{name}]"
        found = match.string[match.start("open") : match.end() if is_note else match.end("close")]
        if (match["open"], match["close"]) != ("[", "]") or (is_note and match["colon"].startswith("：")):
            edit = Edit(match.start("open"), match.start("open") + len(found), right)
            values = {"found": found.strip(), "right": right.strip()}
            yield Slip(Problem("", line, "full-width-footnote", values), (edit,))
        if is_note and name in written:
            yield Slip(Problem("", line, "footnote-twice", {"name": name}))
        (written if is_note else named).setdefault(name, line)
    for name, line in named.items():
        if name not in written:
            yield Slip(Problem("", line, "footnote-not-written", {"name": name}))
    for name, line in written.items():
        if name not in named:
            yield Slip(Problem("", line, "footnote-not-named", {"name": name}))
