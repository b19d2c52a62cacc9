"""The newsletter's public editions are published with their issue, and held to manifest and commit like all else."""

from pathlib import Path

from publish.conftest import Office, assert_whole, manifest

ISSUE = """---
title: 示例资讯第1期
number: 1
entries: [policies/plan-2026]
published: 2026-01-02
summary: 一期示例。
source: {name: 示例, checked: 2026-01-02}
review: {status: pending}
---
"""


def test_public_editions_are_published_and_verified(office: Office, tmp_path: Path) -> None:
    office.policy("plan-2026")
    office.write("content/mini/newsletter/issue-1.md", ISSUE)
    commit, target = office.commit(), tmp_path / "symm"
    office = office.cold
    office.publish(target)
    assert_whole(target)
    names = {path.removeprefix("newsletter/issue-1/") for path in manifest(target) if "newsletter/issue-1/" in path}
    public = {"cover.png", "issue.epub", "issue.pdf", "picture.png"}
    assert {name for name in names if not name.endswith(".html")} == public
    assert [*(office.root / "build/editions-kept").iterdir()]  # where the next publication finds them
    office.said("verify", str(target), "--rebuild", commit)
    (target / "newsletter/issue-1/issue.pdf").write_bytes(b"%PDF-")
    (target / "newsletter/issue-1/picture.png").unlink()
    said = office.said("verify", str(target), status=1)
    assert all(f"newsletter/issue-1/{name}" in said for name in ("issue.pdf", "picture.png"))
    assert "issue.epub" not in said
