"""Publishing to a folder of this machine, from what is committed to what is served and back."""

import json
import subprocess
from pathlib import Path

import pytest

from publish.conftest import NAME, SITE_URL, Office, assert_whole, tree


@pytest.fixture(scope="module")
def target(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published once, by the program as people start it."""
    folder = tmp_path_factory.mktemp("server") / "symm"
    office.cold.publish(folder)
    return folder


def test_what_is_published_is_what_a_build_makes_and_a_record_of_it(
    office: Office, target: Path, tmp_path: Path
) -> None:
    built = office.cold.run("build", "--out", str(tmp_path / "site"), "--site-url", SITE_URL, "--today", "2026-11-26")
    assert built.returncode == 0, built.stderr
    site = tree(tmp_path / "site")
    published = tree(target)
    assert {path: digest for path, digest in published.items() if path not in (NAME, "release.json")} == {
        path: digest for path, digest in site.items() if path != NAME
    }
    assert_whole(target)
    record = json.loads((target / "release.json").read_bytes())
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=office.root, capture_output=True, text=True, check=True)
    assert (record["commit"], record["day"], record["region"]) == (head.stdout.strip(), "2026-11-26", "mini")
    assert "review-pending" in record["anyway"]


def test_what_a_release_check_refuses_is_not_published(office: Office, tmp_path: Path) -> None:
    said = office.said("publish", str(tmp_path / "x"), "--site-url", SITE_URL, status=1)
    assert "content/mini/policies/plan.md:10" in said
    assert not (tmp_path / "x").exists()


def test_without_an_address_nothing_is_published(office: Office, tmp_path: Path) -> None:
    assert "--site-url" in office.said("publish", str(tmp_path / "x"), "--anyway", status=2)


def test_what_is_not_committed_is_not_published(office: Office, tmp_path: Path) -> None:
    office.policy("secret")
    try:
        said = office.said("publish", str(tmp_path / "x"), "--site-url", SITE_URL, status=2)
        assert "content/mini/policies/secret.md" in said
        office.publish(tmp_path / "x")
        assert not (tmp_path / "x" / "policies" / "secret").exists()
        assert (tmp_path / "x" / "policies" / "plan" / "index.html").exists()
        assert "uncommitted" in json.loads((tmp_path / "x" / "release.json").read_bytes())["anyway"]
    finally:
        office.remove("content/mini/policies/secret.md")


def test_a_dry_run_says_all_and_does_nothing(office: Office, tmp_path: Path) -> None:
    said = office.publish(tmp_path / "x", "--dry-run")
    assert "add     policies/plan/index.html" in said
    assert list(tmp_path.iterdir()) == []


def test_a_withdrawn_page_is_gone_and_comes_back_with_the_release_before(office: Office, target: Path) -> None:
    office.policy("withdrawn")
    office.commit()
    office.publish(target)
    assert (target / "policies/withdrawn/index.html").exists()
    before = tree(target)
    office.remove("content/mini/policies/withdrawn.md")
    office.commit()
    said = office.publish(target)
    assert "remove  policies/withdrawn/index.html" in said
    assert not (target / "policies/withdrawn").exists()
    assert_whole(target)
    listed = office.said("releases", str(target)).splitlines()
    assert [line.split(":")[0] for line in listed] == ["shown", "before"]
    after = tree(target)
    office.said("rollback", str(target))
    assert tree(target) == before
    office.said("rollback", str(target))
    assert tree(target) == after


def test_publishing_the_same_again_changes_nothing(office: Office, target: Path) -> None:
    office.publish(target)
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    assert "nothing differs" in office.publish(target)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == before


def test_files_of_others_are_named_carried_over_and_never_overwritten(office: Office, target: Path) -> None:
    (target / "verify-12345.txt").write_text("x", encoding="utf-8")
    (target / "old" / "deep").mkdir(parents=True)
    (target / "old" / "deep" / "page.html").write_text("y", encoding="utf-8")
    office.policy("another", 8)
    office.commit()
    said = office.publish(target)
    assert "leave   verify-12345.txt" in said
    assert "leave   old/deep/page.html" in said
    assert (target / "verify-12345.txt").read_text(encoding="utf-8") == "x"
    office.said("rollback", str(target))
    assert (target / "old" / "deep" / "page.html").read_text(encoding="utf-8") == "y"
    assert_whole(target, "verify-12345.txt", "old/deep/page.html")
    # One that is in the way is no reason to take it away.
    blocked = target.parent / "blocked"
    blocked.mkdir()
    (blocked / "index.html").write_text("theirs", encoding="utf-8")
    said = office.said("publish", str(blocked), "--site-url", SITE_URL, "--anyway", status=1)
    assert "index.html" in said
    assert tree(blocked).keys() == {"index.html"}


def test_folders_that_hold_the_project_or_its_sources_are_refused(office: Office) -> None:
    for place in ("/", "..", "."):
        said = office.said("publish", place, "--site-url", SITE_URL, "--anyway", status=2)
        assert "holds the project itself, and can be no place for a site" in said
    for place in ("content/mini/site", "docs/assets", "zip:content/mini/site.zip"):
        said = office.said("publish", place, "--site-url", SITE_URL, "--anyway", status=2)
        assert "among sources that no site may stand between" in said


def test_the_release_before_is_for_its_owner_alone(target: Path) -> None:
    assert (target.parent / ".symm-releases").stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o005 for path in target.rglob("*"))


def test_a_kept_release_that_was_changed_is_not_shown_unasked(office: Office, target: Path) -> None:
    office.policy("third", 9)
    office.commit()
    office.publish(target)
    kept = target.parent / ".symm-releases" / "previous" / "index.html"
    kept.write_text("changed", encoding="utf-8")
    assert "index.html" in office.said("rollback", str(target), status=1)
    assert (target / "index.html").read_text(encoding="utf-8") != "changed"
    office.said("rollback", str(target), "--anyway")
    assert (target / "index.html").read_text(encoding="utf-8") == "changed"
    # And the next publication mends it.
    office.publish(target)
    assert_whole(target, "verify-12345.txt", "old/deep/page.html")
