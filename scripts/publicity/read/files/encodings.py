"""How the bytes of a text file are read: UTF-8, and what Chinese systems write in its place, which is told."""

import re

from publicity.problems import Problem

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def decoded(data: bytes) -> tuple[str | None, str]:
    """A file's text, and its encoding where that is another than UTF-8; no text where it is none that is known."""
    if (text := _text(data, "utf-8-sig")) is not None:
        return text, ""
    if data.startswith(_UTF_16):
        return _text(data, "utf-16"), "UTF-16"
    text = _text(data, "gb18030")
    return (text, "GBK") if text and _CHINESE.search(text) and not _is_damaged(data) else (None, "")


def undecodable(data: bytes, name: str, encoding: str) -> Problem:
    """The problem that a file is which is no UTF-8."""
    place, byte = 0, data[:1]
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place, byte = error.start, error.object[error.start : error.start + 1]
    line = data.count(b"\n", 0, place) + 1
    if encoding:
        called = "Unicode" if encoding == "UTF-16" else "ANSI"
        return Problem(name, line, "other-encoding", {"encoding": encoding, "called": called})
    return Problem(name, line, "bad-byte", {"byte": f"0x{byte.hex()}"})


def with_plain_ends(text: str) -> str:
    """A text, its line ends made alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_damaged(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few: nearly any of them are characters in GBK, too."""
    text = data.decode("utf-8", errors="replace")
    return len(_CHINESE.findall(text)) > text.count("\ufffd")
