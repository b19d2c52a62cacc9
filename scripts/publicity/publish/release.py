"""A release: a built site with `release.json`, a manifest and, where there is a key, its signature."""

import datetime
import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from publicity.problems import BuildError
from publicity.work.manifest import NAME as MANIFEST
from publicity.work.manifest import content_name

RECORD = "release.json"
SIGNATURE = f"{MANIFEST}.sig"
_SEALS = frozenset({MANIFEST, SIGNATURE})
"""What no manifest can list."""
_IMMUTABLE = re.compile(r"^(engine|assets)/(.*[./-])?[0-9a-f]{8,64}[./]")
_NAMED_FOLDER = re.compile(r"((?:engine|assets)/[0-9a-f]{16}/)(.+)")
_NAMED_FILE = re.compile(r"assets/[a-z]+-([0-9a-f]{16})\.css")
_PIECES = re.compile(r"(?:[a-z]+/)*search/index-[0-9a-f]{10}/")
_NO_PATH = re.compile(r"\\|^[A-Za-z]:|\N{REPLACEMENT CHARACTER}")
_ROW = re.compile(r"([0-9a-f]{64})  (.+)")

Hashes = Mapping[str, str]
"""The SHA-256 of files, by their paths below the site's root."""


@dataclass(frozen=True)
class Record:
    """`release.json`: what was published, and when."""

    region: str
    commit: str
    day: str
    """The day that the site was built for."""
    published: str
    site_url: str
    versions: dict[str, str]
    anyway: list[str]
    """Codes of the problems that were overruled."""
    carried: list[str]
    """Files of the release before that pages opened before this one may still ask for."""

    def to_json(self) -> bytes:
        """As it stands in the site."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def from_json(cls, data: bytes | None) -> "Record | None":
        """As `to_json` wrote it; None where there is none, or what stands there is none of ours."""
        try:
            read = json.loads(data or b"")
            record = cls(**{field.name: read[field.name] for field in fields(cls)})
            datetime.date.fromisoformat(record.day)
            datetime.datetime.fromisoformat(record.published)
            texts = [record.region, record.commit, record.site_url]
            for some in (record.versions, record.versions.values(), record.anyway, record.carried):
                texts += some
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None
        lists = (record.anyway, record.carried)
        sound = all(isinstance(text, str) for text in texts) and all(isinstance(some, list) for some in lists)
        return record if sound else None


@dataclass(frozen=True)
class Published:
    """What lies at a place, as far as it tells without being asked for every byte."""

    files: Mapping[str, str | None]
    """Every file, with its SHA-256 where that is known."""
    manifest: bytes | None = None
    record: bytes | None = None
    signature: bytes | None = None
    begun: Hashes | None = None
    """The manifest of a publication that was broken off there."""
    remains: frozenset[str] = frozenset()
    """What killed runs have left of files of ours that had not arrived."""
    folders: frozenset[str] = frozenset()
    """Every folder there, as far as the place tells."""
    noted: Hashes = field(default_factory=dict)
    """What its manifest does not list, but a note beside it did, and what is still as it was then: the manifest may be lost."""

    @property
    def listed(self) -> Hashes:
        """What its manifest lists."""
        return read_manifest(self.manifest) if self.manifest else {}

    @property
    def sound(self) -> Hashes:
        """What the sound lines of its manifest list: a broken one is mended by publishing."""
        return sound_rows(self.manifest or b"")

    def with_noted(self, noted: Hashes, read_back: Callable[[Collection[str]], Hashes]) -> "Published":
        """With what a note lists and the manifest does not; what is not known of its bytes is read back."""
        rows = {path: digest for path, digest in noted.items() if path in self.files and path not in self.sound}
        known = {path: digest for path in rows if (digest := self.files[path]) is not None}
        known |= read_back([path for path in rows if path not in known])
        same = {path: digest for path, digest in rows.items() if known.get(path) == digest}
        return replace(self, files={**self.files, **known}, noted=same)

    @property
    def mended(self) -> bytes | None:
        """The manifest as it was before it was lost or broken, as far as that was noted; None where nothing is to mend."""
        return write_manifest({**self.noted, **self.sound}) if self.noted and not is_whole(self.manifest) else None

    @property
    def ours(self) -> frozenset[str]:
        """What a publication may overwrite or remove."""
        known = {*self.sound, *(self.begun or ())}
        known |= self.noted.keys()
        if known or Record.from_json(self.record):
            known |= {RECORD, *_SEALS}
        return self.remains.union(known)

    @property
    def strangers(self) -> list[str]:
        """What lies there and is not ours."""
        ours = self.ours
        return sorted(path for path in self.files if path not in ours)


@dataclass(frozen=True)
class Change:
    """What a publication does to a place."""

    add: tuple[str, ...]
    change: tuple[str, ...]
    remove: tuple[str, ...]
    strangers: tuple[str, ...]
    """What is left as it is, since it is not ours."""
    remains: frozenset[str] = frozenset()
    """What of that which is removed killed runs have left half sent."""

    @property
    def is_none(self) -> bool:
        """Whether the place shows the release already; when and by whom it was published makes no difference."""
        return not {*self.add, *self.change, *self.remove} - {RECORD, *_SEALS, *self.remains}


def change_of(published: Published, fresh: Hashes) -> Change:
    """What must be done to make a release of what lies there; `fresh` holds its files, those it carries included.

    Raises:
        BuildError: files of others lie where files of the release must go.
    """
    wanted = {**fresh, **dict.fromkeys(_SEALS & published.files.keys(), "")}
    refuse_in_the_way(published, fresh)
    ours = published.ours
    there = {
        path: digest for path, digest in published.files.items() if path in ours or _is_the_same(path, digest, fresh)
    }
    strangers = sorted(published.files.keys() - there.keys())
    return Change(
        add=tuple(sorted(wanted.keys() - there.keys())),
        change=tuple(sorted(path for path in fresh.keys() & there.keys() if there[path] != fresh[path])),
        remove=tuple(sorted(there.keys() - wanted.keys())),
        strangers=tuple(strangers),
        remains=published.remains,
    )


def in_the_way(published: Published, fresh: Hashes) -> list[str]:
    """What is not ours and lies where files of a release must go, or where their folders must be; a folder ends in a slash."""
    wanted = {*fresh, *_SEALS}
    needed = {parent for path in wanted for parent in parents(path)}
    used = {parent for path in published.ours for parent in parents(path)}
    files = [
        path
        for path in published.strangers
        if not _is_the_same(path, published.files[path], fresh)
        and (path in wanted or path in needed or not wanted.isdisjoint(parents(path)))
    ]
    named = {parent for path in files for parent in parents(path)}
    return sorted([*files, *(f"{path}/" for path in (published.folders & wanted) - used - named)])


def refuse_in_the_way(published: Published, fresh: Hashes) -> None:
    """See that files of a release can go where they must.

    Raises:
        BuildError: files of others lie there.
    """
    if blocked := in_the_way(published, fresh):
        raise BuildError("strangers-in-the-way", count=len(blocked), files=tuple(blocked[:12]))


def _is_the_same(path: str, digest: str | None, fresh: Hashes) -> bool:
    """Whether a file that nothing lists is the release's own: of a run that another has overtaken, or of a manifest that is lost."""
    return bool(digest) and fresh.get(path) == digest


def parents(path: str) -> list[str]:
    """The folders that a file lies in, below the site's root."""
    found = []
    while path := posixpath.dirname(path):
        found.append(path)
    return found


def carried_from(published: Published, fresh: Hashes) -> dict[str, str]:
    """The scripts, styles and engine of the release before that are named by their content and unchanged: an open page may still load them."""
    record = Record.from_json(published.record)
    older = frozenset(record.carried if record else ())
    there = {
        path: digest
        for path, digest in published.sound.items()
        if path not in fresh
        and path not in older
        and path in published.files
        and published.files[path] in (digest, None)
    }
    named = named_by_content(there)
    return {path: digest for path, digest in there.items() if path in named}


def named_by_content(hashes: Hashes) -> set[str]:
    """The files whose address is the hash of what lies there: of the file, or of all that lies in its folder."""
    named = {path for path, digest in hashes.items() if (m := _NAMED_FILE.fullmatch(path)) and digest.startswith(m[1])}
    folders: dict[str, list[str]] = {}
    for path in hashes:
        if match := _NAMED_FOLDER.fullmatch(path):
            folders.setdefault(match[1], []).append(match[2])
    for folder, names in folders.items():
        if folder.endswith(f"/{content_name({name: hashes[folder + name] for name in names})}/"):
            named.update(folder + name for name in names)
    return named


def folders_of_pieces(gone: Collection[str], there: Collection[str]) -> list[str]:
    """The folders of a search index, which change their names with every edit, of which all that is there goes; each ends in a slash."""
    leaves = {*gone}
    folders = {match[0] for path in leaves if (match := _PIECES.match(path))}
    stays = {match[0] for path in there if path not in leaves and (match := _PIECES.match(path))}
    return sorted(folders - stays)


def is_immutable(path: str) -> bool:
    """Whether a file bears the hash of its content in its path."""
    return _IMMUTABLE.match(path) is not None


def in_order(paths: Iterable[str]) -> list[list[str]]:
    """Files in the order that a place gets them in, so that no page ever asks for what is not there yet."""
    steps: list[list[str]] = [[], [], [], [], []]
    for path in sorted(paths):
        steps[_step(path)].append(path)
    return [step for step in steps if step]


def _step(path: str) -> int:
    if path in (RECORD, *_SEALS):
        return 4
    if is_immutable(path):
        return 0
    if path.removeprefix("en/").count("/") == 0 or path.endswith(".xml"):
        return 3  # entry points
    return 2 if path.endswith(".html") else 1


def read_manifest(data: bytes) -> dict[str, str]:
    """The lines of a manifest.

    Raises:
        BuildError: it is none.
    """
    rows = _rows(data)
    if None in rows:
        raise BuildError("bad-manifest", file=MANIFEST)
    return dict(filter(None, rows))


def is_whole(data: bytes | None) -> bool:
    """Whether a manifest is there and all its lines are as they should be."""
    return bool(data) and None not in _rows(data or b"")


def sound_rows(data: bytes) -> dict[str, str]:
    """The lines of a manifest that are as they should be."""
    return dict(filter(None, _rows(data)))


def _rows(data: bytes) -> list[tuple[str, str] | None]:
    """Path and hash of each line; None for what is none."""
    rows = [_ROW.fullmatch(row) for row in data.decode("utf-8", errors="replace").splitlines()]
    return [(row[2], row[1]) if row and is_path(row[2]) else None for row in rows]


def is_path(path: str) -> bool:
    """Whether a path stays below the site's root, on any machine."""
    return not path.startswith("/") and ".." not in path.split("/") and not _NO_PATH.search(path)


def write_manifest(hashes: Hashes) -> bytes:
    """A manifest of files, in the form that `sha256sum --check` reads."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items())).encode()


def is_seal(path: str) -> bool:
    """Whether a file is the manifest or its signature."""
    return path in _SEALS


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, however large."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
