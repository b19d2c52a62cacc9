"""What of an MP4 file decides whether a page can play it: how long it is, how it was encoded, and where its index stands."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

PLAYED = ("avc1", "avc3")
"""H.264 by the names it has in files: what every browser plays, on old computers too."""
_PLACES = (b"\xa9xyz", b"loci", b"location.ISO6709")
"""Under which cameras write down where they were."""
_LONGEST_INDEX = 50_000_000
_MOST_BOXES = 10_000
_TRACKS = {b"trak", b"mdia", b"minf", b"stbl"}

Box = tuple[bytes, int, int]
"""A box by its kind, and where its content begins and ends."""


@dataclass(frozen=True)
class Movie:
    """A film.

    Attributes:
        seconds: How long it is; 0 where the file does not say.
        pictures: How its pictures were encoded, such as `avc1`, a member a track.
        index_first: Whether it can be shown while it is still being fetched.
        names_place: Whether it says where it was shot, as those of phones do.
    """

    seconds: float
    pictures: tuple[str, ...]
    index_first: bool
    names_place: bool


def read_movie(file: BinaryIO) -> Movie | None:
    """What an MP4 file says of itself; None where it has no index or a broken one."""
    kinds: list[bytes] = []
    index = b""
    for kind, start, end in _outermost(file):
        kinds.append(kind)
        if kind == b"moov" and end - start <= _LONGEST_INDEX:
            file.seek(start)
            index = file.read(end - start)
    try:
        boxes = list(_boxes(index, 0, len(index)))
        seconds = next((_seconds(index[start:end]) for kind, start, end in boxes if kind == b"mvhd"), 0.0)
        pictures = [code for kind, start, end in boxes if kind == b"trak" if (code := _pictures(index, start, end))]
    except (struct.error, ZeroDivisionError, IndexError):
        return None
    if not index:
        return None
    first = b"mdat" not in kinds or kinds.index(b"moov") < kinds.index(b"mdat")
    return Movie(seconds, tuple(pictures), first, any(mark in index for mark in _PLACES))


def _outermost(file: BinaryIO) -> Iterator[Box]:
    size = file.seek(0, 2)
    place = 0
    for _ in range(_MOST_BOXES):
        file.seek(place)
        head = file.read(16)
        if len(head) < 8:
            return
        length, kind, long = int.from_bytes(head[:4], "big"), head[4:8], int.from_bytes(head[8:16], "big")
        begins = place + (16 if length == 1 else 8)
        ends = place + long if length == 1 else size if length == 0 else place + length
        if ends < begins or ends > size:
            return
        yield kind, begins, ends
        place = ends


def _boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes of a stretch of the index, one after another."""
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        length, kind = struct.unpack_from(">I4s", data, start)
        if length < 8 or start + length > end:
            return
        yield kind, start + 8, start + length
        start += length


def _seconds(header: bytes) -> float:
    """How long a film is, of its header in one of two forms."""
    scale, length = struct.unpack_from(">IQ", header, 20) if header[0] else struct.unpack_from(">II", header, 12)
    return float(length / scale)


def _pictures(data: bytes, start: int, end: int) -> str:
    """How the pictures of a track were encoded; nothing of other tracks."""
    handler = code = b""
    ahead = [(start, end)]
    while ahead:
        for kind, begins, ends in _boxes(data, *ahead.pop()):
            if kind in _TRACKS:
                ahead.append((begins, ends))
            elif kind == b"hdlr":
                handler = data[begins + 8 : begins + 12]
            elif kind == b"stsd":
                code = data[begins + 12 : begins + 16]
    return code.decode("ascii", "replace") if handler == b"vide" else ""
