"""`zip:FILE` as a place: one file to hand over, replaced in one step. It keeps no release before."""

import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path

from publicity.problems import BuildError
from publicity.publish.place import Kept
from publicity.publish.release import RECORD, SIGNATURE, Change, Hashes, Published, Record, is_path
from publicity.read.files.encodings import decoded
from publicity.work.manifest import NAME as MANIFEST
from publicity.work.progress import Progress

_DAY = (1980, 1, 1, 0, 0, 0)
"""The same release makes the same file."""


class ZipPlace:
    """A zip file with the site's root as its own."""

    def __init__(self, file: Path, name: str) -> None:
        self.file = file
        self.name = name

    def look(self, fresh: Path | None = None, *, check: bool = False) -> Published:  # noqa: ARG002 - it sees every byte
        """What it holds, every file hashed."""
        members = self._members()
        hashes = {path: hashlib.sha256(data).hexdigest() for path, data in members.items()}
        return Published(hashes, members.get(MANIFEST), members.get(RECORD), members.get(SIGNATURE))

    def seals(self) -> Published:
        """Its manifest, signature and record alone."""
        return self.look()

    def hashes(self, listed: Collection[str], progress: Progress) -> dict[str, str]:  # noqa: ARG002 - no long work
        """The SHA-256 of every file."""
        return {path: digest or "" for path, digest in self.look().files.items()}

    def put(self, fresh: Path, manifest: Hashes, change: Change, progress: Progress) -> None:  # noqa: ARG002 - no long work
        """Write it anew beside the old one, with what it carries and what others put into it; then replace it."""
        members = self._members()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_name(f".{self.file.name}.part")
        paths = {*manifest, *change.strangers, MANIFEST} | ({SIGNATURE} if (fresh / SIGNATURE).exists() else set())
        try:
            self._write(part, fresh, paths, members)
            part.replace(self.file)
        except OSError as error:  # a full disk, whose error names no file
            part.unlink(missing_ok=True)
            raise OSError(error.errno, error.strerror, str(self.file)) from error

    def _write(self, part: Path, fresh: Path, paths: Collection[str], members: dict[str, bytes]) -> None:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(paths):
                member = zipfile.ZipInfo(path, _DAY)
                member.external_attr = 0o100644 << 16
                member.create_system = 3  # Unix, wherever it is made
                file = fresh / path
                data = file.read_bytes() if file.is_file() else members[path]
                archive.writestr(member, data, zipfile.ZIP_DEFLATED)

    def clear(self, remains: Collection[str]) -> None:
        """Nothing is ever left half sent here."""

    def kept(self) -> list[Kept]:
        """What it holds."""
        published = self.look()
        shown = Kept(is_shown=True, record=Record.from_json(published.record), files=len(published.listed))
        return [shown] if published.manifest else []

    def changed_in_kept(self, progress: Progress) -> list[str]:  # noqa: ARG002 - no long work
        """Never.

        Raises:
            BuildError: always.
        """
        raise BuildError("zip-keeps-none", place=self.name)

    def roll_back(self, progress: Progress) -> None:  # noqa: ARG002 - no long work
        """Never.

        Raises:
            BuildError: always.
        """
        raise BuildError("zip-keeps-none", place=self.name)

    def _members(self) -> dict[str, bytes]:
        """Its files.

        Raises:
            BuildError: it is no zip file, or one that cannot be read: locked by a password, packed in an unknown way, broken;
                or it would unpack files elsewhere, and would still do so with a new site in it.
        """
        if not self.file.exists():
            return {}
        if not self.file.is_file():
            raise BuildError("not-a-zip", file=self.file)
        try:
            with zipfile.ZipFile(self.file) as archive:
                files = [(_name(info), info) for info in archive.infolist()]
                members = {name: archive.read(info) for name, info in files if not name.endswith("/")}
        except zipfile.BadZipFile as error:
            raise BuildError("not-a-zip", file=self.file) from error
        except (RuntimeError, zlib.error, lzma.LZMAError, EOFError, OSError) as error:
            raise BuildError("zip-not-read", file=self.file, why=str(error)) from error
        if outside := [path for path in members if not is_path(path)]:
            raise BuildError("zip-leads-outside", file=self.file, files=tuple(outside[:12]))
        return members


_IS_UTF_8 = 0x800


def _name(info: zipfile.ZipInfo) -> str:
    """A file's name, its parts parted by slashes, as not every packer of Windows does.

    Of one that does not say to be UTF-8 Python takes the bytes for those of DOS; Chinese systems write their own.
    """
    name = info.filename
    if not info.flag_bits & _IS_UTF_8:
        name = decoded(name.encode("cp437"))[0] or name
    return name.replace("\\", "/")
