"""TARGET of a command line: a folder's path, `zip:FILE`, or a name in the region's publish.yml."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from publicity.models import Region
from publicity.models.publishing import SERVER_ADDRESS, PublishFile, PublishTarget
from publicity.problems import ContentError, UsageError, near
from publicity.project import Project, typed_path
from publicity.publish.archive import ZipPlace
from publicity.publish.folder import FolderPlace
from publicity.publish.place import Place
from publicity.publish.remote import RemotePlace
from publicity.read.load import PUBLISH_FILE
from publicity.read.source import read_yaml
from publicity.read.validate import M, english_of, validate

_ZIP = re.compile(r"zip[:：]\s*(?=\S)", re.IGNORECASE)
"""`zip:`, also as a Chinese keyboard writes its colon."""
_OF_WINDOWS = re.compile(r"[A-Za-z]:|.*\\")
"""A drive, or parts that are parted as there."""


@dataclass(frozen=True)
class Destination:
    """A place, and the address that publish.yml gives it."""

    place: Place
    site_url: str | None = None


def destination(project: Project, region: str, target: str) -> Destination:
    """What a TARGET names.

    Raises:
        UsageError: it is no place for a site, an address, or no name of publish.yml.
        ContentError: publish.yml has problems.
    """
    named = {one.name: one for one in _targets(project, region)}
    if target in named:
        return Destination(_place(project, region, named[target]), named[target].site_url)
    if match := _ZIP.match(target):
        file = target[match.end() :]
        _refuse_address(file)
        return Destination(ZipPlace(_file(project, _path(file).absolute()), target))
    _refuse_address(target)
    path = _path(target)
    separators = {os.sep, os.altsep or os.sep, "/"}
    if not separators & set(target) and not Path(target).exists():
        raise UsageError("no-such-target", target=target, region=region, hint=near(target, named))
    return Destination(FolderPlace(_folder(project, path), target))


def read_region(project: Project, region: str) -> Region:
    """A region's region.yml.

    Raises:
        ContentError: it has problems.
        UsageError: there is no such region.
    """
    if region not in project.regions():
        raise UsageError("no-region", region=region, hint=near(region, project.regions()))
    return _read(project, project.content / region / "region.yml", Region)


def _targets(project: Project, region: str) -> list[PublishTarget]:
    file = project.content / region / PUBLISH_FILE
    return _read(project, file, PublishFile).targets if file.is_file() else []


def _read(project: Project, file: Path, model: type[M]) -> M:
    source, problems = read_yaml(file, project.name(file))
    found, faults = validate(model, source, english_of(source)) if source else (None, [])
    if found is None:
        raise ContentError([*problems, *faults])
    return found


def _place(project: Project, region: str, target: PublishTarget) -> Place:
    if target.folder is not None:
        return FolderPlace(_folder(project, project.root / _path(target.folder)), target.name)
    if target.zip is not None:
        return ZipPlace(_file(project, project.root / _path(target.zip)), target.name)
    return RemotePlace(target, project.build / "publish" / f"{region}-{target.name}.sent")


def _refuse_address(text: str) -> None:
    """See that what should be a path here is no server's address, of which a folder of that name would be made.

    Raises:
        UsageError: it is one.
    """
    if SERVER_ADDRESS.search(text):
        raise UsageError("target-is-address", target=text, file=PUBLISH_FILE)


def _path(text: str) -> Path:
    """A path of this machine.

    Raises:
        UsageError: it is one of Windows, of which another system would make a folder of that name.
    """
    if os.name != "nt" and _OF_WINDOWS.match(text):
        raise UsageError("place-of-windows", place=text)
    return typed_path(text)


def _file(project: Project, file: Path) -> Path:
    """A file that a site may be packed into.

    Raises:
        UsageError: it lies among the project's sources.
    """
    _refuse_sources(project, file.parent.resolve(), file)
    return file


def _folder(project: Project, path: Path) -> Path:
    """A folder that a site may be shown in.

    Raises:
        UsageError: it holds the project, or lies among its sources.
    """
    folder = path.resolve()
    if str(path) in ("", ".") or project.root.is_relative_to(folder):
        raise UsageError("place-holds-project", place=path)
    _refuse_sources(project, folder, path)
    return folder


_SOURCES = ("content", "docs", "overrides", "scripts", "scoring_wasm", "tests", ".git", ".venv", "node_modules")


def _refuse_sources(project: Project, folder: Path, place: Path) -> None:
    """See that what is published stands between no sources.

    Raises:
        UsageError: it would.
    """
    first = next(iter(folder.relative_to(project.root).parts), "") if folder.is_relative_to(project.root) else ""
    if first in _SOURCES:
        raise UsageError("place-among-sources", place=place, folder=first)
