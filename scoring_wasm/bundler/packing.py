"""The snapshot packed, for servers that compress nothing, or little: a zip file with it alone, which the page unpacks as deflate.

A server sends `.zip` as it is; whoever looks into files on the way finds what its name says. libdeflate packs tighter than
what servers do on the fly, and gives the same bytes everywhere; zlib differs from system to system.
"""

import hashlib
import io
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import deflate

_TIGHTEST = 12
_MOST_KEPT = 8  # in the cache
_HEADER = 30
"""Bytes of a zip's local header before the member's name."""

PROBE = b"\0asm\1\0\0\0" + b"\0\x84\x10" + b"\x05probe" + bytes(2048 + 4 - 6)
"""A module of nothing but a custom section: how a server sends it tells how it would send the snapshot."""


@dataclass(frozen=True)
class Packed:
    """A zip file, and where in it the deflate stream of its only member lies."""

    archive: bytes
    start: int
    size: int


def pack(name: str, content: bytes, cache: Path) -> Packed:
    """Pack a file under its name; kept in `cache` by its content, since it takes seconds."""
    digest = hashlib.sha256(f"{name} {version('deflate')} {_TIGHTEST} ".encode() + content)
    kept = cache / f"{digest.hexdigest()[:32]}.deflate"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=cache, delete=False) as unfinished:
            unfinished.write(deflate.deflate_compress(content, _TIGHTEST))
        Path(unfinished.name).replace(kept)
        for old in sorted(cache.glob("*.deflate"), key=lambda file: file.stat().st_mtime)[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
    stream = kept.read_bytes()
    return Packed(_archive(name, content, stream), _HEADER + len(name), len(stream))


def _archive(name: str, content: bytes, stream: bytes) -> bytes:
    """A zip file around a stream that is deflate already, which the standard library cannot write by itself."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.create_system = 3
        archive.writestr(entry, stream)  # as if it were stored; then said to be what it is
        for record in archive.filelist:
            record.compress_type = zipfile.ZIP_DEFLATED
            record.CRC, record.file_size = zlib.crc32(content), len(content)
        file.seek(0)
        file.write(entry.FileHeader())
        file.seek(0, io.SEEK_END)
    return file.getvalue()
