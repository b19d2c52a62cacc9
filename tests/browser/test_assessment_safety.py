"""What a visitor filled in is neither lost nor mixed up: drafts, files, leaving, and what is said where something is wrong."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Server
from helpers.assessment import ENGINE_PATIENCE, open_assessment, scores, tick, wait_for_python
from unit.scoring.scoring_data import standard

STANDARD = standard("chongqing-2023")

NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
  get() { throw new DOMException("denied", "SecurityError"); }
});"""


def _file(answers: dict[str, object], created: str = "2025-06-30") -> str:
    head = {"format": "trade-secret-self-assessment", "version": 1, "created": created}
    return json.dumps({**head, "standard": {"id": STANDARD.id, "sha256": STANDARD.sha256}, "answers": answers})


def test_a_draft_takes_the_place_of_another_only_when_told_to(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.locator("[data-unit]").fill("示例公司")
    tick(page, ["1.1.1"])
    save, rows, question = (
        page.locator("[data-draft-save]"),
        page.locator("[data-drafts] > li"),
        page.locator(".question"),
    )
    save.click()
    save.click()  # it is this very draft
    expect(rows).to_have_count(1)
    page.evaluate("sessionStorage.clear()")  # somebody else comes, in a tab of their own
    page.reload()
    page.locator("[data-unit]").fill("示例公司")
    tick(page, ["3.2.1"])
    save.click()
    expect(question).to_contain_text("同名草稿“示例公司”")
    expect(question.get_by_role("button", name="取消")).to_be_focused()
    page.keyboard.press("Escape")
    expect(save).to_be_focused()
    save.click()
    question.get_by_role("button", name="另存一份").click()
    expect(rows).to_have_count(2)
    expect(page.locator("[data-desk-told]")).to_contain_text("示例公司 2")
    page.get_by_role("button", name="打开草稿“示例公司”").click()
    assert scores(page, "total") == {"total": "3"}
    page.locator("[data-undo]").click()  # back to the other sheet, which is not this draft
    save.click()
    question.get_by_role("button", name="替换原草稿").click()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="打开草稿“示例公司”").click()
    assert scores(page, "total") == {"total": "5"}


def test_after_a_reload_or_an_undo_it_is_still_the_same_draft(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.locator("[data-draft-name]").fill("春季")
    tick(page, ["1.1.1", "1.1.2"])
    save, rows = page.locator("[data-draft-save]"), page.locator("[data-drafts] > li")
    save.click()
    page.locator("[data-undo]").click()
    save.click()
    expect(page.locator(".question")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-told]")).to_contain_text("已恢复")
    tick(page, ["3.2.1"])
    save.click()
    expect(page.locator(".question")).to_have_count(0)
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="打开草稿“春季”").click()
    assert scores(page, "total") == {"total": "8"}


def test_what_another_tab_kept_is_not_replaced_unasked(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.locator("[data-draft-name]").fill("春季")
    tick(page, ["1.1.1"])
    page.locator("[data-draft-save]").click()
    with page.context.new_page() as other:
        open_assessment(other, server)
        other.get_by_role("button", name="打开草稿“春季”").click()
        tick(other, ["3.2.1"])
        other.locator("[data-draft-save]").click()
        expect(other.locator(".question")).to_have_count(0)
    tick(page, ["1.1.2"])
    page.locator("[data-draft-save]").click()
    expect(page.locator(".question")).to_contain_text("在别的标签页保存过")
    page.locator(".question").get_by_role("button", name="另存一份").click()
    expect(page.locator("[data-drafts] > li")).to_have_count(2)
    page.get_by_role("button", name="打开草稿“春季”").click()
    assert scores(page, "total") == {"total": "8"}


def test_one_draft_is_erased_only_after_a_question(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.locator("[data-draft-name]").fill("春季")
    page.locator("[data-draft-save]").click()
    erase = page.get_by_role("button", name="删除草稿“春季”")
    erase.click()
    expect(page.locator("[data-drafts] .question")).to_contain_text("“春季”")
    page.keyboard.press("Escape")
    expect(erase).to_be_focused()
    erase.click()
    page.locator(".question .danger").click()
    expect(page.locator("[data-drafts]")).to_have_text("本机没有保存草稿。")


def test_leaving_asks_where_answers_would_be_lost(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    page.locator("[data-leave]").click()
    expect(page.locator(".question")).to_contain_text("没有保存，也没有导出")
    page.keyboard.press("Escape")
    assert scores(page, "total") == {"total": "3"}
    with page.expect_download():
        page.locator("[data-export]").click()
    page.locator("[data-leave]").click()  # they are in a file now
    expect(page).to_have_url(server.url)


def test_leaving_empties_the_form_where_storage_is_forbidden(page: Page, server: Server) -> None:
    page.add_init_script(NO_STORAGE)
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    page.context.set_offline(True)  # so that the form can be looked at
    page.locator("[data-leave]").click()
    page.locator(".question .danger").click()
    expect(page.locator("[data-desk-told]")).to_contain_text("已清除")
    assert scores(page, "total") == {"total": "0"}


def test_an_older_sheet_opened_again_stands_first_in_a_comparison(
    page: Page, server: Server, watch: object, tmp_path: Path
) -> None:
    older, newer = _file({"1.1.1": {"met": True}}, "2024-06-30"), _file({"3.2.1": {"met": True}})
    (tmp_path / "older.json").write_text(older, encoding="utf-8")
    (tmp_path / "newer.json").write_text(newer, encoding="utf-8")
    open_assessment(page, server)
    page.locator("[data-import-file]").set_input_files(tmp_path / "older.json")
    expect(page.locator("[data-score='total']")).to_have_text("3", timeout=ENGINE_PATIENCE)
    page.locator("[data-compare-file]").set_input_files(tmp_path / "newer.json")
    expect(page.locator(".comparison-sentence")).to_have_text(
        "从“当前填写”（2024-06-30）到“newer”（2025-06-30）：总分多2分，新满足1项，不再满足1项。",
        timeout=ENGINE_PATIENCE,
    )
    # With nothing filled in there is no sheet that lost it all.
    page.locator("[data-undo]").click()
    page.locator("[data-compare-file]").set_input_files(tmp_path / "older.json")
    expect(page.locator(".comparison-sentence")).to_contain_text("从“older”（2024-06-30）到“newer”（2025-06-30）")
    # The day beside a name is that of the answers, which is not always that of the keeping.
    labels = page.locator("[data-compare-with] label")
    expect(labels).to_have_text(["newer（2025-06-30填写）", "older（2024-06-30填写）"])


def test_what_is_put_in_place_of_other_answers_says_how_to_get_them_back(
    page: Page, server: Server, watch: object, tmp_path: Path
) -> None:
    told = page.locator("[data-desk-told]")
    (tmp_path / "file.json").write_text(_file({"1.1.1": {"met": True}}), encoding="utf-8")
    open_assessment(page, server)
    page.locator("[data-import-file]").set_input_files(tmp_path / "file.json")
    expect(told).to_have_text("已导入文件，其中1项有填写内容。", timeout=ENGINE_PATIENCE)
    page.locator("[data-draft-name]").fill("初评")
    page.locator("[data-draft-save]").click()
    tick(page, ["3.2.1"])
    page.locator("[data-drafts] button").first.click()
    expect(told).to_have_text("已打开草稿“初评”。原来填写的内容已被替换，可点“撤销”恢复。")
    page.locator("[data-undo]").click()
    expect(page.locator("[data-score='total']")).to_have_text("8")
    page.locator("[data-import-file]").set_input_files(tmp_path / "file.json")
    expect(told).to_have_text("已导入文件，其中1项有填写内容。原来填写的内容已被替换，可点“撤销”恢复。")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.json", "{}", "“坏.json”不是从自评页面导出的自评数据文件"),
        ("坏.json", "[1", "“坏.json”不是从自评页面导出的自评数据文件"),
        ("坏.json", b"\xb5\xa5\xce\xbb", "“坏.json”不是从自评页面导出的自评数据文件"),
        (
            "等级.json",
            {"1.1.1": {"met": True, "level": "高"}},
            "无法采用，当前填写内容未作任何改动：1.1.1 等级：这一条不分等级",
        ),
        ("数量.json", {"1.1.1": {"met": True, "count": 2}}, "1.1.1 数量：这一条不按数量计分"),
        ("生.json", {"9.9.9": {"met": True}}, "标准中没有“9.9.9”这一条"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(
    page: Page,
    server: Server,
    watch: object,
    tmp_path: Path,
    name: str,
    content: str | bytes | dict[str, object],
    said: str,
) -> None:
    text = _file(content) if isinstance(content, dict) else content
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "好.json").write_text(_file({"1.1.1": {"met": True}}), encoding="utf-8")
    open_assessment(page, server)
    for field, told in (("[data-import-file]", "[data-desk-told]"), ("[data-compare-file]", "[data-compare-told]")):
        files = [tmp_path / "好.json", tmp_path / name] if "compare" in field else [tmp_path / name]
        page.locator(field).set_input_files(files)
        expect(page.locator(told)).to_contain_text(said, timeout=ENGINE_PATIENCE)
        expect(page.locator(told)).to_contain_text(f"“{name[0]}")
        expect(page.locator(told)).not_to_contain_text("删去")


def test_the_reason_stands_apart_from_what_it_is_a_reason_for(page: Page, server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(_file({"9.9.9": {"met": True}}), encoding="utf-8")
    open_assessment(page, server, "en/")
    page.locator("[data-import-file]").set_input_files(tmp_path / "a.json")
    expect(page.locator("[data-desk-told]")).to_contain_text("was changed: the standard", timeout=ENGINE_PATIENCE)


def test_how_far_the_engine_has_come_is_seen_and_not_heard(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.evaluate("""() => {
      window.seen = new Set();
      new MutationObserver(() => {
        const told = document.querySelector("[data-engine-status] + [aria-hidden]");
        if (told.textContent) window.seen.add(told.textContent);
      }).observe(document.querySelector(".late"), { childList: true, subtree: true, characterData: true });
    }""")
    tick(page, ["1.1.1"])
    wait_for_python(page)
    seen = page.evaluate("[...window.seen]")
    assert "已载入0%" in seen
    assert all(text.startswith("已载入") and text.endswith("%") for text in seen)
    expect(page.locator("[data-engine-status] + [aria-hidden]")).to_have_text("")
    expect(page.locator("[data-engine-status]")).not_to_contain_text("%")
