"""A preview while something is wrong: the last good pages answer, what is wrong stands on them, and goes when it is mended."""

import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conftest import Watch, copy_project
from helpers.axe import AXE, violations
from helpers.preview import Preview, free_address, open_preview

POLICY, EVENT = "content/jiangbei/policies/jbfbf-2023-65.md", "content/jiangbei/events/sample-training.md"
POLICY_PAGE, EVENT_PAGE = "policies/jbfbf-2023-65/", "events/sample-training/"
SOURCES = ("content/jiangbei", "overrides")
PANEL = "section.preview-trouble"
PATIENCE = 60_000
# A page that is loaded anew is empty for a moment: no panel on it says nothing yet.
ALL_IS_WELL = "panel => document.readyState === 'complete' && document.querySelector(panel) === null"


@pytest.fixture(name="running", scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with open_preview(copy_project(tmp_path_factory.mktemp("preview")), free_address(), "zh") as preview:
        yield preview


@pytest.fixture(name="preview")
def _preview(running: Preview, page: Page) -> Iterator[Preview]:
    """A running preview in Chinese, whose sources are as they were when a test ends; no page may break the policy."""
    watching = Watch(page, f"http://{running.address}/")
    before = {file: file.read_bytes() for file in sources(running)}
    yield running
    for file in sources(running):
        if file not in before:
            file.unlink()
    for file, content in before.items():
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)
    page.wait_for_function(ALL_IS_WELL, arg=PANEL, timeout=PATIENCE)
    assert watching.faults == []


def sources(preview: Preview) -> list[Path]:
    """What the tests change."""
    files = (file for name in SOURCES for file in (preview.project / name).rglob("*.*") if file.is_file())
    return [preview.project / "mkdocs.yml", *files]


def listen(page: Page, preview: Preview, path: str) -> None:
    """Open a page and wait until it asks for news."""
    with page.expect_request("**/livereload/*/*"):
        page.goto(f"http://{preview.address}/{path}")


def rows(page: Page, start: str) -> list[str]:
    """What the panel lists at once, when it has come and its heading begins with some words."""
    expect(page.locator(f"{PANEL} :is(h1, h2)")).to_contain_text(start, timeout=PATIENCE)
    return page.locator(f"{PANEL} > ul > li").all_inner_texts()


def test_what_is_wrong_comes_first_on_its_own_page_and_goes_when_it_is_mended(page: Page, preview: Preview) -> None:
    listen(page, preview, POLICY_PAGE)
    preview.edit(POLICY, "issuer: ", "isuer: ")
    listed = rows(page, "本页有2处问题")
    assert listed[1] == f"{POLICY}:5: “isuer”不是这里可写的项目；是不是“issuer”？请改正或删去"
    expect(page.locator("h1")).to_contain_text("关于印发江北区加强商业秘密保护工作实施意见的通知")
    expect(page.get_by_role("region").filter(has=page.locator("h2#preview-trouble"))).to_be_visible()
    preview.edit(EVENT, "start: 2026-12-10", "start: 2026-12-32")
    expect(page.locator(f"{PANEL} summary")).to_have_text("另有1处问题", timeout=PATIENCE)
    assert rows(page, "本页有2处问题") == listed
    page.goto(f"http://{preview.address}/en/{EVENT_PAGE}")
    (own,) = rows(page, "本页有1处问题")
    assert own.startswith(f"{EVENT}:6: ")
    listen(page, preview, "about/")
    assert rows(page, "有3处问题，网页仍是修改前的样子") == [own, *listed]
    preview.edit(EVENT, "start: 2026-12-32", "start: 2026-12-10")
    expect(page.locator(f"{PANEL} li")).to_have_count(2, timeout=PATIENCE)
    preview.edit(POLICY, "isuer: ", "issuer: ")


def test_markdown_that_no_page_may_hold_leaves_every_page_as_it_was(page: Page, preview: Preview) -> None:
    page.goto(f"http://{preview.address}/{POLICY_PAGE}")
    before = page.locator("main").inner_text()
    listen(page, preview, POLICY_PAGE)
    preview.edit(POLICY, "请遵照执行。", "请遵照执行。<iframe></iframe>")
    (row,) = rows(page, "本页有1处问题")
    assert row.endswith("正文不能用 HTML 标签“<iframe>”；请改用 Markdown 写法")
    assert page.locator("main").inner_text() == before
    preview.edit(POLICY, "请遵照执行。<iframe></iframe>", "请遵照执行。另见新改的。")
    expect(page.locator("main")).to_contain_text("另见新改的", timeout=PATIENCE)
    preview.edit(POLICY, "另见新改的。", "")


def test_a_file_that_is_deleted(page: Page, preview: Preview) -> None:
    listen(page, preview, EVENT_PAGE)
    file = preview.project / EVENT
    text = file.read_bytes()
    file.unlink()
    missing = "content/jiangbei/events/sample-training.en.md:1: 英文部分没有对应的中文文件"
    expect(page.locator(f"{PANEL} > ul > li").filter(has_text=missing)).to_have_count(1, timeout=PATIENCE)
    expect(page.locator("h1")).to_contain_text("商业秘密保护培训")
    file.write_bytes(text)


def test_a_page_that_is_not_there_yet_tells_what_keeps_it_away(page: Page, preview: Preview) -> None:
    listen(page, preview, "about/")
    file = preview.project / "content/jiangbei/events/new-one.md"
    file.write_text((preview.project / EVENT).read_text(encoding="utf-8").replace("start: ", "begin: "), "utf-8")
    told = page.locator(f"{PANEL} > ul > li").filter(has_text="events/new-one.md:6: “begin”")
    expect(told).to_be_visible(timeout=PATIENCE)
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(f"http://{preview.address}/events/new-one/")
    assert (answered.value.code, "本页有2处问题" in answered.value.read().decode()) == (404, True)


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "words"),
    [
        ("overrides/main.html", "<body ", "{{ page.nothing.there }}<body ", "overrides/main.html:27: ", "网页模板有误"),
        ("overrides/page.html", "{% block content %}", "{% block content", "overrides/page.html:", "网页模板有误"),
        ("content/jiangbei/region.yml", "contacts:", "contats:", "content/jiangbei/region.yml:58: ", "contats"),
        ("mkdocs.yml", "nav: [index.md]", "nav: [index.md, gone.md]", "", "gone.md"),
    ],
    ids=["template fails", "template is none", "region", "warning of MkDocs"],
)
def test_what_concerns_the_whole_site(
    page: Page, preview: Preview, name: str, old: str, new: str, place: str, words: str
) -> None:
    listen(page, preview, "about/")
    preview.edit(name, old, new)
    told = page.locator(f"{PANEL} > ul > li").filter(has_text=words).filter(has_text=place)
    expect(told.first).to_be_visible(timeout=PATIENCE)
    listed = rows(page, "有")
    assert any(row.startswith(place) and words in row for row in listed), listed
    expect(page.locator("h1")).to_be_visible()
    preview.edit(name, new, old)


def test_the_panel_is_for_everyone(page: Page, preview: Preview, plain_context: Any, new_context: Any) -> None:
    listen(page, preview, POLICY_PAGE)
    preview.edit(POLICY, "issuer: ", "isuer: ")
    preview.edit(EVENT, "start: 2026-12-10", "start: 2026-12-32")
    expect(page.locator(f"{PANEL} summary")).to_be_visible(timeout=PATIENCE)
    plain = plain_context.new_page()
    plain.goto(f"http://{preview.address}/{POLICY_PAGE}")
    expect(plain.locator(f"{PANEL} > ul > li")).to_have_count(2)
    looked_at = new_context(bypass_csp=True, reduced_motion="reduce").new_page()
    looked_at.goto(f"http://{preview.address}/{POLICY_PAGE}")
    looked_at.evaluate(AXE)
    looked_at.locator(f"{PANEL} summary").click()
    for width in (1280, 320):
        looked_at.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            looked_at.emulate_media(color_scheme=scheme)
            assert violations(looked_at) == []
        box, header = (looked_at.locator(one).bounding_box() for one in (PANEL, ".site-header"))
        assert box["y"] == 0
        assert box["height"] == pytest.approx(header["y"], abs=1)
        assert looked_at.evaluate("document.documentElement.scrollWidth <= innerWidth")
    looked_at.emulate_media(media="print")
    expect(looked_at.locator(PANEL)).to_be_hidden()
    preview.edit(EVENT, "start: 2026-12-32", "start: 2026-12-10")
    preview.edit(POLICY, "isuer: ", "issuer: ")


def test_it_starts_whatever_is_wrong(page: Page, project: Path, new_context: Callable[..., Any]) -> None:
    address = free_address()
    policy = project / POLICY
    good = policy.read_text(encoding="utf-8")
    bad = good.replace("issuer: ", "isuer: ", 1)
    policy.write_text(bad, encoding="utf-8")
    with open_preview(project, address) as preview:
        watching = Watch(page, f"http://{address}/")
        listen(page, preview, "about/")
        listed = rows(page, "Problems: 2. There are no pages to show yet")
        assert listed[1].startswith(f"{POLICY}:5: the key “isuer” is unknown here; did you mean “issuer”?")
        looked_at = new_context(bypass_csp=True).new_page()
        looked_at.goto(f"http://{address}/{POLICY_PAGE}")
        looked_at.evaluate(AXE)
        assert violations(looked_at) == []
        policy.write_text(good, encoding="utf-8")
        expect(page.locator(".site-header")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(PANEL)).to_have_count(0)
        policy.write_text(bad, encoding="utf-8")
        rows(page, "Problems: 2. The pages are shown as they were")
        watching.faults = [fault for fault in watching.faults if "favicon" not in fault]
        assert watching.faults == []
    with open_preview(project, address) as preview:  # with the pages of the run before
        listen(page, preview, POLICY_PAGE)
        assert rows(page, "Problems of this page: 2") == listed
        expect(page.locator("h1")).to_contain_text("关于印发江北区加强商业秘密保护工作实施意见的通知")
        policy.write_text(good, encoding="utf-8")
        expect(page.locator(PANEL)).to_have_count(0, timeout=PATIENCE)
