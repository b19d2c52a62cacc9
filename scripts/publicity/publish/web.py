"""A site as its server gives it: what `publicity verify URL` looks at. What is not listed cannot be seen there."""

import gzip
import hashlib
import posixpath
import re
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.parse import quote, urlsplit, urlunsplit

from publicity.problems import BuildError, UsageError
from publicity.publish.release import RECORD, SIGNATURE, Hashes, Published, sound_rows
from publicity.work.manifest import NAME as MANIFEST
from publicity.work.progress import Progress

_AT_ONCE = 4
_SECONDS = 30
_BUSY = (408, 425, 429)
_ARMOUR = b"-----BEGIN SSH SIGNATURE-----"
_HIDDEN = frozenset({"web.config", "_headers", "_redirects"})
"""What servers keep to themselves, beside files that begin with a dot."""


def is_address(target: str) -> bool:
    """Whether a TARGET is an address on the web."""
    return re.match(r"https?://", target, re.IGNORECASE) is not None


class WebPlace:
    """A site by its address."""

    def __init__(self, address: str) -> None:
        self.name = address
        self._root = _plain(address).rstrip("/") + "/"
        self.unseen: set[str] = set()

    def seals(self) -> Published:
        """Its manifest, signature and record."""
        manifest, signature = self._get(MANIFEST), self._get(SIGNATURE)
        # Some servers give a page of theirs for what is not there.
        if manifest and not sound_rows(manifest):
            manifest = None
        if signature and not signature.startswith(_ARMOUR):
            signature = None
        return Published({}, manifest, self._get(RECORD), signature)

    def hashes(self, listed: Hashes, progress: Progress) -> dict[str, str]:
        """The SHA-256 of every listed file that the server gives; what servers hide and this one does is noted as unseen."""
        paths, hidden = list(listed), {*_hidden(listed)}
        found = {}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for done, (path, data) in enumerate(zip(paths, pool.map(self._get, paths), strict=True), 1):
                progress.at("progress-verify", done=done, total=len(paths))
                digest = None if data is None else hashlib.sha256(data).hexdigest()
                if digest and (digest == listed[path] or path not in hidden):
                    found[path] = digest
        self.unseen = hidden - found.keys()
        return found

    def _get(self, path: str) -> bytes | None:
        """A file as the server gives it; None where it gives none.

        Raises:
            BuildError: the server cannot be reached, or breaks off.
        """
        request = urllib.request.Request(self._root + quote(path), headers={"Accept-Encoding": "identity"})  # noqa: S310 - http(s), see `is_address`
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                data: bytes = answer.read()
                # Some send it packed all the same, and every browser unpacks it.
                is_packed = answer.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip")
                return gzip.decompress(data) if is_packed else data
        except urllib.error.HTTPError as error:
            if 400 <= error.code < 500 and error.code not in _BUSY:
                return None
            raise BuildError("server-failed", address=request.full_url, why=str(error)) from error
        except (OSError, ValueError, EOFError, zlib.error, HTTPException) as error:
            why = str(getattr(error, "reason", error)) or type(error).__name__
            raise BuildError("server-failed", address=request.full_url, why=why) from error


def _plain(address: str) -> str:
    """An address as it goes over the line, whatever letters it is typed with.

    Raises:
        UsageError: it is none.
    """
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise UsageError("bad-web-address", found=address) from error
    try:
        name = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        name = parts.hostname or ""  # refused when it is asked for
    host = parts.netloc.replace(parts.hostname or "", name) if not parts.netloc.isascii() else parts.netloc
    return urlunsplit((parts.scheme, host, quote(parts.path, safe="/%:@!$&'()*+,;=~"), "", ""))


def _hidden(paths: Iterable[str]) -> Iterable[str]:
    return (path for path in paths if posixpath.basename(path).startswith(".") or path in _HIDDEN)
