"""Our stylesheets for browsers that do not know all that they use: the same rules in older words.

lightningcss lowers selectors and values to the browsers that `package.json` names. Three things it leaves as they are: logical
properties whose values are variables, `:is()` around selectors of several parts, and `gap` between flexible boxes, for which
there is no other word. They are replaced here first; our sheets do not nest rules, and hold no braces in their texts.
"""

import json
import re
from collections.abc import Iterator
from functools import cache

import lightningcss

from publicity.work.extras import GENERATOR

_RULE = re.compile(r"(?P<selectors>[^{}]+)\{(?P<body>[^{}]*)\}")
"""A rule with declarations; the rules around it, such as `@media`, have other rules in them."""
_LOGICAL = re.compile(
    r"(?<![\w-])(?P<name>(?:scroll-)?(?:margin|padding)|inset|border)-(?P<axis>inline|block): (?P<value>[^;}]+)"
)
_LOGICAL_SIDE = re.compile(r"(?<![\w-])(?P<name>inset|margin|padding|border)-(?P<side>(?:inline|block)-(?:start|end)):")
_SIDES = {"inline": ("left", "right"), "block": ("top", "bottom")}
_SIDE = {"inline-start": "left", "inline-end": "right", "block-start": "top", "block-end": "bottom"}
_PARTS = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
"""The parts of a value between its spaces; brackets stand in each other at most three deep."""
_SELECTOR = re.compile(r"(?:[^,()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
_ANY = re.compile(r":(?:is|where)\((?P<list>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)")
_GAP = re.compile(r"(?<![\w-])(?P<which>row-|column-)?gap: (?P<value>[^;}]+)")
_WITHOUT_GAP = "@supports not (color: revert)"
"""True of a Chromium before 84, where `gap` parts the boxes of a grid only: both came with that version."""


@cache
def browsers() -> tuple[str, ...]:
    """The oldest browsers that pages are readable and usable in, in the words of browserslist."""
    package = GENERATOR / "package.json"
    return tuple(json.loads(package.read_text(encoding="utf-8"))["browserslist"])


@cache
def lowered(sheet: str) -> str:
    """A stylesheet of ours for `browsers`: Chinese and English run from left to right, so that "inline-start" is the left."""
    physical = _RULE.sub(lambda rule: f"{', '.join(_selectors(rule))}{{{_physical(rule['body'])}}}", sheet)
    spaced = _RULE.sub(_Gaps(physical).with_margins, physical)
    text: str = lightningcss.process_stylesheet(spaced, browsers_list=list(browsers()))
    return text


def _physical(body: str) -> str:
    return _LOGICAL_SIDE.sub(
        lambda found: f"{_of_side(found['name'], _SIDE[found['side']])}:", _LOGICAL.sub(_both_sides, body)
    )


def _both_sides(found: re.Match[str]) -> str:
    # A border's parts are its width, style and colour, the same on both sides.
    parts = [found["value"]] if found["name"] == "border" else _PARTS.findall(found["value"])
    sides = _SIDES[found["axis"]]
    return "; ".join(
        f"{_of_side(found['name'], side)}: {part}" for side, part in zip(sides, (parts[0], parts[-1]), strict=True)
    )


def _of_side(name: str, side: str) -> str:
    return side if name == "inset" else f"{name}-{side}"


class _Gaps:
    """Margins instead of gaps, told from what the sheet says elsewhere of the same boxes."""

    def __init__(self, sheet: str) -> None:
        bodies = [(selector, rule["body"]) for rule in _RULE.finditer(sheet) for selector in _selectors(rule)]
        self._grids = {selector for selector, body in bodies if re.search(r"display: (inline-)?grid", body)}
        self._columns = {selector for selector, body in bodies if "flex-direction: column" in body}
        self._wrapped = {selector for selector, body in bodies if "flex-wrap: wrap" in body}

    def with_margins(self, rule: re.Match[str]) -> str:
        """The rule, and behind it those that stand for its gap."""
        margins = [margin for selector in _selectors(rule) for margin in self._margins(selector, rule["body"])]
        return rule[0] + (f"{_WITHOUT_GAP} {{ {' '.join(margins)} }}" if margins else "")

    def _margins(self, selector: str, body: str) -> Iterator[str]:
        if selector in self._grids:
            return
        for found in _GAP.finditer(body):
            parts = _PARTS.findall(found["value"])
            row = parts[0] if found["which"] != "column-" else "0"
            column = parts[-1] if found["which"] != "row-" else "0"
            if selector in self._columns:
                yield f"{selector} > :not(:last-child) {{ margin-bottom: {row} }}"
                continue
            yield f"{selector} > :not(:last-child) {{ margin-right: {column} }}"
            if selector in self._wrapped and row != "0":
                yield f"{selector} > * {{ margin-bottom: {row} }}"


def _selectors(rule: re.Match[str]) -> list[str]:
    """The selectors of a rule, without `:is()` where a list can say the same."""
    return [selector for part in _parts(rule["selectors"]) for selector in _expanded(part)]


def _parts(selectors: str) -> list[str]:
    """Selectors cut at the commas outside brackets."""
    return [part.strip() for part in _SELECTOR.findall(selectors) if part.strip()]


def _expanded(selector: str) -> Iterator[str]:
    found = _ANY.search(selector)
    if not found:
        yield selector
        return
    before, after = selector[: found.start()], selector[found.end() :]
    for part in _parts(found["list"]):
        # Behind another part of the same element, only what is no type of element can be added.
        if before and before[-1] not in " >+~(" and not re.fullmatch(r"[.:\[#][^ ]*", part):
            yield selector
            return
        yield from _expanded(f"{before}{part}{after}")
