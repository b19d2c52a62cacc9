"""A page that was opened before a publication, and stays open after it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Server, serve
from helpers.assessment import open_assessment, scores, tick, wait_for_python


@pytest.fixture(name="copy")
def _copy(site: Path, tmp_path: Path) -> Iterator[Server]:
    """A copy of the site that a test may publish anew."""
    shutil.copytree(site, tmp_path / "site")
    with serve(tmp_path / "site") as running:
        yield running


def publish(site: Path, *, keep: bool) -> None:
    """The next release: another engine and other assets, those of the release before beside them or not."""
    for part in ("engine", "assets"):
        for folder in [folder for folder in (site / part).iterdir() if folder.is_dir()]:
            newer = folder.with_name("0123456789abcdef")
            shutil.copytree(folder, newer)
            for page in site.rglob("*.html"):
                text = page.read_text(encoding="utf-8").replace(f"{part}/{folder.name}/", f"{part}/{newer.name}/")
                page.write_text(text, encoding="utf-8")
            if not keep:
                shutil.rmtree(folder)


def test_it_goes_on_working(page: Page, copy: Server) -> None:
    open_assessment(page, copy)
    publish(copy.folder, keep=True)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    assert scores(page, "total") == {"total": "3"}


@pytest.mark.parametrize(
    ("language", "told", "button"),
    [
        ("", "网站已更新，本页是更新以前打开的。", "重新载入本页"),
        ("en/", "The site has been renewed since this page was opened.", "Reload this page"),
    ],
)
def test_where_its_files_are_gone_it_says_so_and_keeps_the_answers(
    page: Page, copy: Server, language: str, told: str, button: str
) -> None:
    open_assessment(page, copy, language)
    publish(copy.folder, keep=False)
    tick(page, ["1.1.1"])
    expect(page.locator("[data-engine-status]")).to_contain_text(told)
    assert scores(page, "total") == {"total": "3"}
    page.get_by_role("button", name=button).click()
    expect(page.locator("[data-item='1.1.1']")).to_be_checked()
    tick(page, ["1.1.2"])
    wait_for_python(page)
