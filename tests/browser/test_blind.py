"""The assessment without seeing it: what a screen reader names, in order, and what it is told."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from conftest import Server
from helpers.assessment import ENGINE_PATIENCE, open_assessment, wait_for_python

LISTEN = """() => {
  window.heard = [];
  const regions = [...document.querySelectorAll("[role=status]")];
  new MutationObserver((changes) => {
    const touched = new Set(changes.map(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest("[role=status]")));
    for (const region of regions) if (touched.has(region) && region.textContent.trim()) window.heard.push(region.textContent.trim());
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""
FIRST_STOPS = [
    'checkbox "1.1.1 成立商业秘密保护工作领导小组或类似机构。 3分"',
    'button "1.1.1：标为待核实"',
    'button "1.1.1：我们的说明"',
    'button "1.1.1：备注与佐证"',
    'checkbox "1.1.2 商业秘密保护工作领导小组或类似机构组长为单位主要领导。 2分"',
]
BESIDE = "1.1.2 商业秘密保护工作领导小组或类似机构组长为单位主要领导。 2分"


def _heard(page: Page) -> list[str]:
    """What was said since the last time."""
    said: list[str] = page.evaluate("() => window.heard.splice(0)")
    return said


def _focused(page: Page) -> str:
    """Role and name of what has the focus, as the accessibility tree has them."""
    snapshot = page.locator("*:focus").aria_snapshot()
    return found[1] if (found := re.match(r'- (\w+ "[^"]*")', snapshot)) else snapshot


def test_the_journey_is_right_for_the_ear(page: Page, server: Server, watch: object, tmp_path: Path) -> None:
    open_assessment(page, server)
    page.evaluate(LISTEN)

    # Two stops before the items, which a skip link of their own reaches.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert _focused(page) == 'link "跳到评估条目"'
    page.keyboard.press("Enter")
    stops = []
    for _ in FIRST_STOPS:
        page.keyboard.press("Tab")
        stops.append(_focused(page))
    assert stops == FIRST_STOPS
    expect(page.get_by_role("status", name="总分")).to_have_text("0")

    # A tick says the total, then what it lacks; both stand beside the item for whoever comes back.
    page.keyboard.press("Space")
    wait_for_python(page)
    hint = "提示：勾选了组长为单位主要领导，但未勾选已成立领导小组或类似机构。"
    page.wait_for_function("text => document.querySelector('[data-heard-hint]').textContent === text", arg=hint)
    said = _heard(page)
    assert said.index("总分2，满分100") < said.index(hint)
    expect(page.get_by_role("checkbox", name=BESIDE)).to_have_accessible_description(hint)

    # The explanation says whose it is.
    page.get_by_role("button", name="1.1.1：我们的说明").press("Enter")
    assert "不是标准原文" in page.locator("[id='explain-1.1.1']").aria_snapshot()

    # What is cleared at once is told, with the way back.
    page.locator("[data-clear]").press("Enter")
    assert _heard(page)[:2] == ["已清除全部勾选（1项），备注等内容保留；可点“撤销”恢复。", "总分0，满分100"]
    page.locator("[data-undo]").press("Enter")
    assert "已撤销上一步。" in _heard(page)

    # A target out of reach is told at its field, which keeps the focus.
    page.locator("[data-target]").fill("130")
    page.locator("[data-report-make]").press("Enter")
    fault = "目标分应为0至100之间的数，最小单位0.5分。"
    target = page.locator("[data-target]")
    expect(target).to_be_focused()
    expect(target).to_have_attribute("aria-invalid", "true")
    expect(target).to_have_accessible_description(f"可填0至100之间的数，最小单位0.5分。 {fault}")
    assert _heard(page)[-1] == fault

    # That there is a report is said, and the focus goes to its title.
    target.fill("60")
    page.locator("[data-report-make]").press("Enter")
    expect(page.locator("article.report")).to_be_visible(timeout=ENGINE_PATIENCE)
    assert "报告已生成，在本行下方。" in _heard(page)
    assert page.evaluate("document.activeElement.closest('article.report') !== null")
    assert _focused(page).startswith("heading")

    # A file that cannot be used says why in the line that is heard.
    (tmp_path / "bad.json").write_text("{met}", encoding="utf-8")
    page.locator("[data-import-file]").set_input_files(tmp_path / "bad.json")
    expect(page.locator("[data-desk-told]")).to_contain_text("“bad.json”不是从自评页面导出的自评数据文件")
    assert _heard(page)[-1].startswith("“bad.json”不是从自评页面导出的自评数据文件，或已损坏")

    # A question is left with Escape, and the focus is where it was.
    page.locator("[data-draft-save]").click()
    leave = page.locator("[data-leave]")
    leave.press("Enter")
    expect(page.get_by_role("button", name="取消")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".question")).to_have_count(0)
    expect(leave).to_be_focused()


def test_a_failed_engine_says_why_beside_the_total(page: Page, server: Server, watch) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.route("**/engine/worker.js", lambda route: route.fulfill(status=404))
    open_assessment(page, server)
    page.evaluate(LISTEN)
    page.locator("[data-item='1.1.1']").check()
    expect(page.locator("form[data-engine]")).to_have_attribute("data-engine", "failed")
    expect(page.locator("[data-engine-short]")).to_have_text("初算：网络不通")
    expect(page.locator("[data-engine-short]")).to_be_in_viewport()
    assert any("网络不通或文件未能下载" in said for said in _heard(page))
    watch.faults.clear()
