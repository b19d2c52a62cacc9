"""Slips of typing that Markdown lets pass and readers see: a heading without its space, full-width marks, a space in an address.

Python-Markdown, which renders the bodies, reads some of them otherwise than CommonMark does, and shows others as they were typed.
"""

import re
from collections.abc import Iterator

import pyromark

_WORDS = r"[^\[\]［］\n]+"
_ADDRESS = r"[^\s()（）]*(?:://|\.(?:md|png|jpe?g|webp|svg|gif|pdf|docx|xlsx)(?![a-z]))[^\s()（）]*|#[^\s()（）]+"
_PIECE = r"""(?:[^\s()<>"']|\([^()\s]*\))+"""

_SLIPS = (
    (
        r"^(?:    |\t|> ?|[*+-][ \t]+|[0-9]+\.[ \t]+)*(?P<it>#{1,6}[^\s#].*)$",
        "`{it}` becomes a heading; expected a space after the `#`, or `\\#` where no heading is meant",
    ),
    (
        r"^ {1,3}(?P<it>#{1,6}[ \t].*)$",
        "`{it}` stands behind spaces and makes no heading; begin the line with the `#`",
    ),
    (
        r"^(?P<it>[^\s#>|*+-].*)\n-{2,} *$",
        "`{it}` becomes a heading through the dashes right below it; leave a blank line between them",
    ),
    (r"^[ \t>]*(?P<it>#*＃[#＃]*)", "`{it}` is full-width and makes no heading; expected `##` and a space"),
    (
        rf"(?P<it>[\[［](?P<words>{_WORDS})(?:\][ \u3000]*（|\][ \u3000]+\(|］[ \u3000]*[(（]|\]\((?=[^()\n]*）))"
        rf"\s*(?P<address>{_ADDRESS})\s*[)）])",
        "`{it}` makes no link; expected `[{words}]({address})`, its brackets half-width and nothing between them",
    ),
    (
        r"(?P<it>(?:！[ \u3000]?|!(?:[ \u3000]))(?P<rest>\[[^\]\n]*\]\([^()\n]*\.(?:png|jpe?g|webp|svg|gif)\)))",
        "`{it}` shows no image; expected `!{rest}`",
    ),
    (rf"\]\([ \t]*(?P<it>{_PIECE}(?:[ \t]+{_PIECE})+)[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')?[ \t]*\)", None),
)
_PATTERNS = [(re.compile(pattern, re.MULTILINE), message) for pattern, message in _SLIPS]
_ODD = re.compile(r"［|\](?:[ \u3000]|（|\([^()\n]*[ \t）])|！[ \u3000]?\[|![ \u3000]\[")
_FENCE = re.compile(r"`{3,}|~{3,}")


def slips(text: str) -> Iterator[tuple[int, str]]:
    """What was surely meant otherwise in a Markdown body, each with its line counted from 1."""
    if not _is_suspect(text):
        return
    prose, unclosed = _without_code(text)
    for line, fence in unclosed:
        yield line, f"the code that begins here is not closed; expected a line {fence} after it"
    for pattern, message in _PATTERNS:
        for found in pattern.finditer(prose):
            line = prose.count("\n", 0, found.start("it")) + 1
            parts = found.groupdict()
            yield line, message.format(**parts) if message else spaced(parts["it"])


def _is_suspect(text: str) -> bool:
    """Whether a closer look is needed; most bodies are without fault, and this is a tenth of that look."""
    between = text.split("#")
    if any(one and one[0] not in " \t\n" for one in between[1:]) or any(
        one and one[-1] != "\n" for one in between[:-1]
    ):
        return True
    return any(sign in text for sign in ("```", "~~~", "\n--", "＃")) or bool(_ODD.search(text))


def spaced(address: str) -> str:
    """What to do about an address with a space in it."""
    if "://" in address:
        return f"`{address}` holds a space; write `%20` in its place"
    return f"`{address}` holds a space; name the file without, and write that: `{'-'.join(address.split())}`"


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
