"""What the commands say, line by line, in the language of the run."""

from collections.abc import Collection, Iterator

from publicity.labels.sentences import line_of, outcome
from publicity.publish.command import Publication, Verdict, said_day
from publicity.publish.place import Kept
from publicity.publish.release import RECORD, Record, is_seal

_MOST = 40


def plan_lines(publication: Publication, target: str, *, whole: bool) -> Iterator[str]:
    """What a publication would do, before it does it; `whole`: every file, however many."""
    yield from map(line_of, publication.overruled)
    if publication.is_broken_off:
        yield outcome("publish-resumed", target=target)
    change = publication.change
    named = {
        name: [path for path in paths if path != RECORD and not is_seal(path)]
        for name, paths in (("add", change.add), ("change", change.change), ("remove", change.remove))
    }
    for name, paths in named.items():
        if whole or name == "remove" or len(paths) <= _MOST:
            yield from (outcome(f"publish-{name}", path=path) for path in paths)
    yield from (outcome("publish-stranger", path=path) for path in change.strangers)
    if not publication.is_of_signer:
        yield outcome("publish-no-signer")
    if change.is_none and not publication.is_broken_off and not publication.is_shown:
        yield outcome("publish-seals")
    yield outcome("publish-plan", target=target, **{name: len(paths) for name, paths in named.items()})


def done_line(publication: Publication, target: str, *, dry_run: bool) -> str:
    """What has come of it."""
    if publication.is_shown:
        return outcome("publish-nothing", target=target)
    name = "publish-dry" if dry_run else "published-signed" if publication.is_signed else "published-unsigned"
    return outcome(name, target=target, commit=publication.record.commit[:12], day=publication.record.day)


def verdict_lines(verdict: Verdict, target: str) -> Iterator[str]:
    """Every file that is not as it should be; then who published what, and when."""
    for name in ("missing", "changed", "extra", "differing"):
        yield from (outcome(f"verify-{name}", path=path) for path in getattr(verdict, name) or ())
    if verdict.is_web:
        yield outcome("verify-web", count=len(verdict.unseen))
    if verdict.record:
        yield outcome("verify-release", **_said(verdict.record))
    else:
        yield outcome("verify-no-record", file=RECORD)
    yield outcome(f"verify-{verdict.signature}", **({"signer": verdict.signer} if verdict.signer else {}))
    if verdict.differing == ():
        yield outcome("verify-same")
    bad = len({*verdict.missing, *verdict.changed, *verdict.extra, *(verdict.differing or ())})
    yield outcome("verify-bad" if bad else "verify-good", target=target, files=verdict.files, count=bad)


def release_lines(releases: Collection[Kept], target: str) -> Iterator[str]:
    """A line for each release."""
    if not releases:
        yield outcome("release-none", target=target)
    for kept in releases:
        name = "release-shown" if kept.is_shown else "release-before"
        if kept.record:
            yield outcome(name, files=kept.files, **_said(kept.record))
        else:
            yield outcome(f"{name}-unrecorded", files=kept.files)


def rolled_back_line(shown: Kept, target: str) -> str:
    """What is shown again."""
    record = shown.record
    return (
        outcome("rolled-back", target=target, **_said(record))
        if record
        else outcome("rolled-back-unrecorded", target=target)
    )


def _said(record: Record) -> dict[str, str]:
    return {"commit": record.commit[:12], "day": record.day, "published": said_day(record), "region": record.region}
