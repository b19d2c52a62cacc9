"""What a release consists of, without a place."""

import dataclasses
import hashlib
from collections.abc import Collection

import pytest

from publicity.problems import BuildError
from publicity.publish.release import (
    Hashes,
    Published,
    Record,
    carried_from,
    change_of,
    in_order,
    in_the_way,
    named_by_content,
    read_manifest,
    write_manifest,
)

_OLD, _NEW = "0" * 64, "1" * 64
_RECORD = Record("mini", "abc", "2026-11-26", "2026-11-26T10:00+08:00", "https://example.gov.cn/", {}, [], [])
_ENGINE = "engine/a14270cc42/engine.js"


def _published(carried: list[str], **files: str | None) -> Published:
    record = dataclasses.replace(_RECORD, carried=carried)
    return Published(files, write_manifest(dict.fromkeys(files, _OLD)), record.to_json())


def test_scripts_named_by_their_content_stay_for_one_release() -> None:
    listing = f"{_OLD}  js/a.js\n{_OLD}  site.css\n"
    folder = f"assets/{hashlib.sha256(listing.encode()).hexdigest()[:16]}"
    sheet, whole = f"assets/filters-{_OLD[:16]}.css", {f"{folder}/js/a.js", f"{folder}/site.css"}
    files = dict.fromkeys((sheet, *whole, "index.html", "assets/js/plain.js", "search/index-0a1b2c3d4e/0.json"), _OLD)
    assert carried_from(_published([], **files), {"index.html": _NEW}).keys() == {sheet, *whole}
    assert carried_from(_published([*whole], **files), {}).keys() == {sheet}
    assert carried_from(_published([], **files), dict.fromkeys((sheet, *whole), _OLD)) == {}
    changed = {**files, f"{folder}/site.css": _NEW}  # on the server
    assert carried_from(_published([], **changed), {}).keys() == {sheet}


@pytest.mark.parametrize("more", ["assets/{}/evil.html", "engine/{}/evil.html", "assets/evil-{}.css"])
def test_what_its_name_says_is_held_to_its_content(more: str) -> None:
    digest = hashlib.sha256(f"{_OLD}  a.js\n".encode()).hexdigest()[:16]
    assert named_by_content({f"engine/{digest}/a.js": _OLD}) == {f"engine/{digest}/a.js"}
    for name in (digest, "0123456789abcdef"):
        assert named_by_content({f"engine/{digest}/a.js": _OLD, more.format(name): _NEW}).isdisjoint(
            {more.format(name)}
        )


def test_only_what_a_manifest_of_ours_lists_is_touched() -> None:
    published = _published([], **{"index.html": _OLD, "gone.html": _OLD})
    with_strangers = dataclasses.replace(published, files={**published.files, "theirs.txt": None})
    change = change_of(with_strangers, {"index.html": _NEW, "new.html": _NEW})
    assert change.add == ("new.html",)
    assert change.change == ("index.html",)
    assert change.remove == ("gone.html",)
    assert change.strangers == ("theirs.txt",)
    with pytest.raises(BuildError):
        change_of(with_strangers, {"theirs.txt": _NEW})
    with pytest.raises(BuildError):
        change_of(Published({"manifest.sha256": None}), {"index.html": _NEW})


def test_nothing_is_there_before_what_it_needs() -> None:
    paths = ["index.html", "en/index.html", "policies/x/index.html", "assets/js/plain.js", _ENGINE, "feed.xml"]
    assert in_order([*paths, "manifest.sha256", "release.json"]) == [
        [_ENGINE],
        ["assets/js/plain.js"],
        ["policies/x/index.html"],
        ["en/index.html", "feed.xml", "index.html"],
        ["manifest.sha256", "release.json"],
    ]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "broken-\N{REPLACEMENT CHARACTER}.html"])
def test_a_manifest_that_leads_out_of_the_site_or_is_broken_is_none(path: str) -> None:
    with pytest.raises(BuildError):
        read_manifest(f"{_OLD}  {path}\n".encode())


@pytest.mark.parametrize("data", [None, b"", b"[]", b"{}", b"null", b"\xff"])
def test_what_is_no_record_of_ours_is_none(data: bytes | None) -> None:
    assert Record.from_json(data) is None


def test_what_a_note_lists_counts_where_it_is_as_it_was_and_no_manifest_says_otherwise() -> None:
    there = {"same.html": _OLD, "changed.html": _NEW, "unread.html": None, "listed.html": _OLD}
    published = Published(there, write_manifest({"listed.html": _OLD}) + b"broken\n")
    noted = dict.fromkeys([*there, "gone.html"], _OLD)
    asked: list[str] = []

    def read_back(paths: Collection[str]) -> Hashes:
        asked.extend(paths)
        return dict.fromkeys(paths, _OLD)

    seen = published.with_noted(noted, read_back)
    assert asked == ["unread.html"]
    assert seen.noted == {"same.html": _OLD, "unread.html": _OLD}
    assert seen.strangers == ["changed.html"]
    assert seen.mended == write_manifest({"listed.html": _OLD, **seen.noted})
    whole = dataclasses.replace(
        seen, manifest=published.manifest.removesuffix(b"broken\n") if published.manifest else b""
    )
    assert whole.mended is None


@pytest.mark.parametrize("theirs", ["assets", "assets/js", "index.html/note.txt"])
def test_files_of_others_where_folders_and_files_must_be_are_in_the_way(theirs: str) -> None:
    published = Published({theirs: _OLD})
    assert in_the_way(published, {"assets/js/a.js": _NEW, "index.html": _NEW}) == [theirs]
