"""Slips of typing that Markdown lets pass and readers see: a heading without its space, full-width marks, a space in an address.

Python-Markdown, which renders the bodies, reads some of them otherwise than CommonMark does, and shows others as they were typed.
The line of a problem counts from 1 within the body, and its path is empty.
"""

import re
from collections.abc import Iterator

import pyromark

from publicity.problems import Problem

_WORDS = r"[^\[\]［］\n]+"
_ADDRESS = r"[^\s()（）]*(?:://|\.(?:md|png|jpe?g|webp|svg|gif|pdf|docx|xlsx)(?![a-z]))[^\s()（）]*|#[^\s()（）]+"
_PIECE = r"""(?:[^\s()<>"']|\([^()\s]*\))+"""

_SLIPS = (
    (
        r"^(?:    |\t|> ?|[*+-][ \t]+|[0-9]+\.[ \t]+)*(?P<it>#{1,6}[^\s#].*)$",
        "no-space-after-hash",
    ),
    (
        r"^ {1,3}(?P<it>#{1,6}[ \t].*)$",
        "indented-heading",
    ),
    (
        r"^(?P<it>[^\s#>|*+-].*)\n-{2,} *$",
        "heading-by-dashes",
    ),
    (r"^[ \t>]*(?P<it>#*＃[#＃]*)", "full-width-hash"),
    (
        rf"(?P<it>[\[［](?P<words>{_WORDS})(?:\][ \u3000]*（|\][ \u3000]+\(|］[ \u3000]*[(（]|\]\((?=[^()\n]*）))"
        rf"\s*(?P<address>{_ADDRESS})\s*[)）])",
        "no-link",
    ),
    (
        r"(?P<it>(?:！[ \u3000]?|!(?:[ \u3000]))(?P<rest>\[[^\]\n]*\]\([^()\n]*\.(?:png|jpe?g|webp|svg|gif)\)))",
        "no-image",
    ),
    (rf"\]\([ \t]*(?P<it>{_PIECE}(?:[ \t]+{_PIECE})+)[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')?[ \t]*\)", ""),
)
_PATTERNS = [(re.compile(pattern, re.MULTILINE), code) for pattern, code in _SLIPS]
_ODD = re.compile(r"［|\](?:[ \u3000]|（|\([^()\n]*[ \t）])|！[ \u3000]?\[|![ \u3000]\[")
_FENCE = re.compile(r"`{3,}|~{3,}")


def markdown_slips(text: str) -> Iterator[Problem]:
    """What was surely meant otherwise in a Markdown body."""
    if not _is_suspect(text):
        return
    prose, unclosed = _without_code(text)
    for line, fence in unclosed:
        yield Problem("", line, "unclosed-code", {"fence": fence})
    for pattern, code in _PATTERNS:
        for match in pattern.finditer(prose):
            line = prose.count("\n", 0, match.start("it")) + 1
            named = {name: value for name, value in match.groupdict().items() if name != "it"}
            yield Problem("", line, code, {"found": match["it"], **named}) if code else spaced(match["it"], line)


def _is_suspect(text: str) -> bool:
    """Whether a closer look is needed; most bodies are without fault, and this is a tenth of that look."""
    between = text.split("#")
    if any(text and text[0] not in " \t\n" for text in between[1:]) or any(
        text and text[-1] != "\n" for text in between[:-1]
    ):
        return True
    return any(sign in text for sign in ("```", "~~~", "\n--", "＃")) or bool(_ODD.search(text))


def spaced(address: str, line: int) -> Problem:
    """The problem that an address with a space in it is."""
    if "://" in address:
        return Problem("", line, "space-in-address", {"found": address})
    return Problem("", line, "space-in-file-name", {"found": address, "name": "-".join(address.split())})


def _without_code(text: str) -> tuple[str, list[tuple[int, str]]]:
    """A text with its code left blank, and the fences of code that are never closed, with their lines."""
    raw, unclosed = bytearray(text.encode()), []
    for event, where in pyromark.events_with_range(raw.decode(), options=pyromark.Options.ENABLE_TABLES):
        match event:
            case {"Code": _} | {"Start": {"CodeBlock": _}}:
                start, end = where["start"], where["end"]
                code = raw[start:end].decode()
                if "Start" in event and (fence := _FENCE.match(code)) and not _is_closed(code, fence[0]):
                    unclosed.append((raw.count(b"\n", 0, start) + 1, fence[0]))
                raw[start:end] = re.sub(rb"[^\n]", b" ", bytes(raw[start:end]))
    return raw.decode(), unclosed


def _is_closed(code: str, fence: str) -> bool:
    _, *rest = code.rstrip().split("\n")
    return bool(rest) and bool(re.fullmatch(rf"[\s>]*{re.escape(fence)}{re.escape(fence[0])}*", rest[-1]))
