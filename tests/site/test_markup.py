"""What the W3C's Nu checker finds in the built pages: nothing."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from helpers.page_kinds import ALIKE, ONE_OF_EACH, PAGE_KINDS

JAR = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss2m"]
"""A short run is not worth compiling for."""


def _errors(folder: Path) -> list[str]:
    """What is wrong in all HTML below a folder, in one run of the checker; the test is skipped where there is no Java."""
    java = shutil.which("java")
    if not java:
        pytest.skip(
            "no Java: the markup is not checked (Debian: apt install default-jre-headless, or run ./scripts/test)"
        )
    options = ["--skip-non-html", "--errors-only", "--exit-zero-always", "--format", "json"]
    command = [java, *QUICK, "-jar", str(JAR), *options, str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return [
        f"{each['url'].rpartition(str(folder))[2]}: {each['message']}" for each in json.loads(done.stderr)["messages"]
    ]


def test_every_page_is_valid(site: Path, guanxian: Path, tmp_path: Path) -> None:
    """All pages of one region; of the other, whose texts are mostly the same, those of its own and one of each kind."""
    kinds = {Path(language) / kind / "index.html" for kind in PAGE_KINDS for language in ("", "en")}
    for name, region in (("jiangbei", site), ("guanxian", guanxian)):
        for page in region.rglob("*.html"):
            place = page.relative_to(region)
            if name == "jiangbei" or place in kinds or not (site / place).exists():
                copy = tmp_path / name / place
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(page, copy)
    assert len(list((tmp_path / "guanxian").rglob("*.html"))) > len(PAGE_KINDS)
    assert _errors(tmp_path) == []


@pytest.mark.parametrize("language", ["", "en"])
def test_pages_that_browsers_are_spared_hold_nothing_of_their_own(site: Path, language: str) -> None:
    looked_at = set().union(*(_parts(site / language / kind.partition("?")[0]) for kind in ONE_OF_EACH))
    assert {kind: more for kind in ALIKE if (more := _parts(site / language / kind) - looked_at)} == {}


def _parts(page: Path) -> set[str]:
    """The tags of a page, and its classes."""
    text = (page if page.suffix else page / "index.html").read_text(encoding="utf-8")
    classes = re.findall(r'class="?([^">]*)', text)
    return {*re.findall(r"<[a-z][a-z0-9]*", text), *" ".join(classes).split()}


def test_the_checker_would_find_an_error(tmp_path: Path) -> None:
    wrong = '<!doctype html><html lang="en"><title>A</title><input type="checkbox" autocomplete="off">'
    (tmp_path / "a.html").write_text(wrong, encoding="utf-8")
    assert [error.split(" is only")[0] for error in _errors(tmp_path)] == ["/a.html: Attribute “autocomplete”"]
