"""Publish, verify, roll back: what the commands do, whatever the place."""

import datetime
import hashlib
import importlib.metadata
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from publicity.check import check
from publicity.dates import now, today
from publicity.models.region import Signer
from publicity.problems import BuildError, ContentError, Problem, UsageError
from publicity.project import Project
from publicity.publish.committed import LOCKS, Tree, build, committed_tree
from publicity.publish.place import Kept, Place
from publicity.publish.places import Destination, destination, read_region
from publicity.publish.release import (
    RECORD,
    SIGNATURE,
    Change,
    Hashes,
    Published,
    Record,
    carried_from,
    change_of,
    digest_of,
    is_seal,
    named_by_content,
    read_manifest,
    write_manifest,
)
from publicity.publish.signing import sign, signer_of, signing_key
from publicity.publish.web import WebPlace, is_address
from publicity.read.load import load, see_region
from publicity.work import extras
from publicity.work.manifest import NAME as MANIFEST
from publicity.work.progress import Progress


@dataclass(frozen=True)
class Wish:
    """What `publicity publish` was asked for."""

    target: str
    region: str
    site_url: str | None = None
    dry_run: bool = False
    anyway: bool = False
    key: Path | None = None
    check: bool = False
    """Whether every file there is read back, and sent anew where it is not as it should be."""


@dataclass(frozen=True)
class Publication:
    """A release on its way to a place, or there."""

    record: Record
    change: Change
    is_signed: bool
    overruled: tuple[Problem, ...]
    is_broken_off: bool
    """Whether a publication before was broken off there, which this one completes."""
    is_shown: bool
    """Whether nothing is left to do: the same files are there, under seals that hold, whenever they came there."""
    is_of_signer: bool = True
    """Whether who signs, where somebody does, is one of the region's signers."""


Tell = Callable[[Publication], None]


def publish(project: Project, wish: Wish, tell: Tell) -> Publication:
    """Build what is committed and show it at a place. What would change is told first.

    Raises:
        ContentError: what `check --release` refuses, where it is not overruled.
        UsageError, BuildError: as `destination`, `committed_tree`, `build` and the place.
    """
    goal = destination(project, wish.region, wish.target)
    key = signing_key(project, wish.key)
    progress = Progress()
    with committed_tree(project, wish.region) as tree:
        see_region(tree.project, wish.region, project)
        site_url = _site_url(tree, wish, goal)
        progress.step("progress-check")
        overruled = _refused(tree, wish)
        progress.step("progress-build")
        day = today().isoformat()
        site = build(tree, wish.region, day, site_url)
        progress.step("progress-look")
        published = goal.place.look(site, check=wish.check)
        overruled += _of_another(published, wish)
        record = Record(
            region=wish.region,
            commit=tree.commit,
            day=day,
            published=now().isoformat(timespec="minutes"),
            site_url=site_url,
            versions=_versions(),
            anyway=sorted({problem.code for problem in overruled}),
            carried=[],
        )
        signers = read_region(tree.project, wish.region).signers
        publication, manifest = _prepared(tree, site, published, record, overruled, key, signers)
        progress.end()
        tell(publication)
        if not wish.dry_run and not publication.is_shown:
            goal.place.put(_fresh(tree), manifest, publication.change, progress)
            progress.end()
        elif not wish.dry_run:
            goal.place.clear(publication.change.remains)
    return publication


def _site_url(tree: Tree, wish: Wish, goal: Destination) -> str:
    """The address that the site will have.

    Raises:
        UsageError: nobody says.
    """
    site_url = wish.site_url or read_region(tree.project, wish.region).site.column_url or goal.site_url
    if not site_url:
        raise UsageError("no-site-address", region=wish.region)
    return site_url


def _refused(tree: Tree, wish: Wish) -> tuple[Problem, ...]:
    """What stands against publishing, and was overruled.

    Raises:
        ContentError: it was not.
        UsageError: something is not committed.
    """
    if tree.uncommitted and not wish.anyway:
        raise UsageError("uncommitted-files", count=len(tree.uncommitted), files=tree.uncommitted[:12])
    uncommitted = [Problem(path, 0, "uncommitted", {}) for path in tree.uncommitted]
    found = check(load(tree.project, wish.region), release=True)
    problems = [problem for problem in found if problem.code != "column-url-not-given"]  # it was said elsewhere
    if problems and not wish.anyway:
        raise ContentError(problems)
    return (*uncommitted, *problems)


def _of_another(published: Published, wish: Wish) -> tuple[Problem, ...]:
    """What stands against showing a region's site where that of another is shown, and was overruled.

    Raises:
        UsageError: it was not.
    """
    there = Record.from_json(published.record)
    if there is None or there.region == wish.region:
        return ()
    error = UsageError("other-region", place=wish.target, found=there.region, region=wish.region)
    if not wish.anyway:
        raise error
    return (error.problem,)


def _versions() -> dict[str, str]:
    packages, editions, video = (extras.GENERATOR / name for name in LOCKS)
    return {
        "publicity": importlib.metadata.version("publicity"),
        "python": platform.python_version(),
        "packages": digest_of(packages) if packages.is_file() else "",
        "editions": digest_of(editions) if editions.is_file() else "",
        "video": digest_of(video) if video.is_file() else "",
    }


def _fresh(tree: Tree) -> Path:
    return tree.project.build / "release"


def _prepared(
    tree: Tree,
    site: Path,
    published: Published,
    record: Record,
    overruled: tuple[Problem, ...],
    key: Path | None,
    signers: list[Signer],
) -> tuple[Publication, dict[str, str]]:
    """Make a release of a built site in a folder of its own; the build's bytes stay as they are."""
    fresh = _fresh(tree)
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(site, fresh)
    manifest = read_manifest((fresh / MANIFEST).read_bytes())
    carried = carried_from(published, manifest)
    record = replace(record, carried=sorted(carried))
    (fresh / RECORD).write_bytes(record.to_json())
    manifest |= {RECORD: digest_of(fresh / RECORD), **carried}
    data = write_manifest(manifest)
    (fresh / MANIFEST).write_bytes(data)
    signature = sign(data, key) if key else None
    if signature:
        (fresh / SIGNATURE).write_bytes(signature)
    change = change_of(published, manifest)
    if not key and SIGNATURE in published.files:
        change = replace(change, remove=(*change.remove, SIGNATURE))
    is_broken_off = published.begun is not None
    is_shown = change.is_none and not is_broken_off and _is_sealed(published, manifest, key, signers)
    is_of_signer = signature is None or signer_of(data, signature, signers) is not None
    return Publication(record, change, key is not None, overruled, is_broken_off, is_shown, is_of_signer), manifest


def _is_sealed(published: Published, manifest: Hashes, key: Path | None, signers: list[Signer]) -> bool:
    """Whether manifest, record and signature there are as `verify` wants them, and the signature is this key's where there is one."""
    if published.manifest is None or published.record is None or Record.from_json(published.record) is None:
        return False
    listed = {**manifest, RECORD: hashlib.sha256(published.record).hexdigest()}
    if published.manifest != write_manifest(listed):
        return False
    if key:
        return published.signature == sign(published.manifest, key)
    return published.signature is None or signer_of(published.manifest, published.signature, signers) is not None


@dataclass(frozen=True)
class Verdict:
    """What `publicity verify` has found."""

    files: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]
    record: Record | None
    signature: str
    """`unsigned`, `false`, or `signed`."""
    signer: str | None = None
    unseen: tuple[str, ...] = ()
    """What a server hides, where only a server was asked."""
    is_web: bool = False
    differing: tuple[str, ...] | None = None
    """Files that are not as the commit makes them; None where that was not asked for."""

    @property
    def is_sound(self) -> bool:
        """Whether what lies there is what was published."""
        bad = (self.missing, self.changed, self.extra, self.differing)
        return not any(bad) and self.signature != "false" and self.record is not None


def verify(project: Project, target: str, region: str | None, rebuild: str | None) -> Verdict:
    """Hold every file that lies at a place, or that a server gives, to the manifest there; and that to a commit.

    Where no region is named, its signers are those of the region whose site it says to be, if the project has that.

    Raises:
        BuildError: there is no manifest, or nothing to compare a commit with.
        UsageError, ContentError: as `destination` and `committed_tree`.
    """
    progress = Progress()
    progress.step("progress-look")
    web = WebPlace(target) if is_address(target) else None
    place: Place | WebPlace = web or destination(project, region or project.default_region(), target).place
    seals = place.seals()
    if seals.manifest is None:
        raise BuildError("no-manifest", place=target, file=MANIFEST)
    listed = seals.listed
    hashes = place.hashes(listed, progress)
    unseen = tuple(sorted(web.unseen)) if web else ()
    record = Record.from_json(seals.record)
    if region is None:
        region = record.region if record and record.region in project.regions() else project.default_region()
    signature, signer = _signature(project, region, seals)
    verdict = Verdict(
        files=len(listed),
        missing=tuple(sorted(path for path in listed if path not in hashes and path not in unseen)),
        changed=tuple(sorted(path for path in listed if path in hashes and hashes[path] != listed[path])),
        extra=tuple(sorted(path for path in hashes if path not in listed and not is_seal(path))),
        record=record,
        signature=signature,
        signer=signer,
        unseen=unseen,
        is_web=web is not None,
    )
    if rebuild is not None:
        verdict = replace(verdict, differing=tuple(_differing(project, record, listed, rebuild, progress)))
    progress.end()
    return verdict


def _signature(project: Project, region: str, seals: Published) -> tuple[str, str | None]:
    if seals.signature is None or seals.manifest is None:
        return "unsigned", None
    signer = signer_of(seals.manifest, seals.signature, read_region(project, region).signers)
    return ("signed", signer.name) if signer else ("false", None)


def _differing(project: Project, record: Record | None, listed: Hashes, commit: str, progress: Progress) -> list[str]:
    """Build a commit for the day and the address of a release; returns the files that are not as the release lists them.

    Raises:
        BuildError: the release does not say for which day it was built.
        UsageError: it is of no region that the commit has.
    """
    if record is None:
        raise BuildError("no-record", file=RECORD)
    carried = named_by_content({path: listed[path] for path in record.carried if path in listed})
    progress.step("progress-build")
    with committed_tree(project, "anew", commit, anew=True) as tree:
        read_region(tree.project, record.region)  # of then, not of now; and no more than a name, whoever wrote it there
        built = read_manifest((build(tree, record.region, record.day, record.site_url) / MANIFEST).read_bytes())
    published = {path: digest for path, digest in listed.items() if path not in {RECORD, *carried}}
    return sorted(path for path in built.keys() | published.keys() if built.get(path) != published.get(path))


def releases(project: Project, target: str, region: str) -> list[Kept]:
    """The releases that a place has, the one it shows first."""
    return destination(project, region, target).place.kept()


def roll_back(project: Project, target: str, region: str, *, anyway: bool) -> Kept:
    """Show the release before at a place; returns the one that is shown then.

    Raises:
        BuildError: there is none, or it is not as its manifest says and that is not overruled.
    """
    place = destination(project, region, target).place
    progress = Progress()
    progress.step("progress-look")
    changed = place.changed_in_kept(progress)
    progress.end()
    if changed and not anyway:
        raise BuildError("kept-changed", place=target, count=len(changed), files=tuple(changed[:12]))
    place.roll_back(progress)
    progress.end()
    return place.kept()[0]


def said_day(record: Record) -> str:
    """When a release was published, as people read it."""
    return datetime.datetime.fromisoformat(record.published).strftime("%Y-%m-%d %H:%M")
