"""The whole self-assessment: fill in, keep, take away, bring back, compare, report, leave."""

import json
import re
import unicodedata
from pathlib import Path

import docx
import pypdf
import pytest
from playwright.sync_api import Page, Route, expect

from conftest import ROOT, Server
from helpers.assessment import ENGINE_PATIENCE, boxes, open_assessment, scores, tick, wait_for_python
from publicity.read.source import read_yaml
from scoring import Standard, parse_answers
from scoring.answers import LONGEST_NAME, MOST_EVIDENCE
from scoring.strict_json import MOST_BYTES

LANGUAGES = ["", "en/"]


@pytest.fixture(name="standard", scope="module")
def _standard() -> Standard:
    source, _ = read_yaml(ROOT / "scoring_wasm/standards/chongqing-2023.yml", "standard")
    assert source
    return Standard.from_data(source.data)


def _fill_in(page: Page) -> None:
    page.locator("[data-unit]").fill("示例公司")
    tick(page, ["1.1.1", "1.1.2", "5.2.1"])
    row = page.locator("[data-row='1.1.1']")
    row.locator("[data-more]").click()
    row.locator("[data-field='note']").fill("已发文 <script>alert(1)</script>")
    row.locator("[data-evidence-add]").click()
    row.locator("[data-part='name']").fill("成立文件")
    row.locator("[data-part='date']").fill("2026-03-01")
    row.locator("[data-part='holder']").fill("办公室")
    open_item = page.locator("[data-row='4.3.1']")
    open_item.locator("[data-more]").click()
    open_item.locator("[data-field='owner']").fill("王某")
    open_item.locator("[data-field='due']").fill("2026-12-31")
    page.locator("[data-row='7.1.1'] [data-flag]").click()


def _export(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator("[data-export]").click()
    path = folder / "answers.json"
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_journey(page: Page, server: Server, watch, tmp_path: Path, standard: Standard, language: str) -> None:
    open_assessment(page, server, language)
    _fill_in(page)
    wait_for_python(page)
    assert scores(page, "total", "section-1", "section-5") == {"total": "10", "section-1": "5", "section-5": "5"}
    requests = len(watch.requests)

    # What was filled in survives a reload of the tab.
    page.reload()
    expect(page.locator("[data-told]").first).not_to_be_empty()
    assert scores(page, "total") == {"total": "10"}
    expect(page.locator("[data-item='1.1.1']")).to_be_checked()
    expect(page.locator("[data-row='7.1.1'] [data-flag]")).to_have_attribute("aria-pressed", "true")

    # The exported file is what the core accepts, and comes back the same.
    exported = _export(page, tmp_path).read_text(encoding="utf-8")
    answers = parse_answers(exported, standard)
    assert answers.met == {"1.1.1", "1.1.2", "5.2.1"}
    assert answers.by_item["1.1.1"].evidence[0].name == "成立文件"
    assert answers.by_item["4.3.1"].due == "2026-12-31"
    assert answers.by_item["7.1.1"].check
    page.locator("[data-clear]").click()
    assert scores(page, "total") == {"total": "0"}
    page.locator("[data-import-file]").set_input_files(tmp_path / "answers.json")
    expect(page.locator("[data-score='total']")).to_have_text("10", timeout=ENGINE_PATIENCE)
    assert _export(page, tmp_path).read_text(encoding="utf-8") == exported

    # A draft on the device, a change, and both compared.
    page.locator("[data-draft-name]").fill("春季")
    page.locator("[data-draft-save]").click()
    expect(page.locator("[data-drafts] li")).to_have_count(1)
    tick(page, ["1.1.2", "3.2.1"])
    page.locator("[data-compare]").click()
    row = page.locator(".comparison tbody tr").first
    expect(row.locator("td")).to_have_text(["10", "13", "+3"], timeout=ENGINE_PATIENCE)
    expect(page.locator(".comparison")).to_contain_text("3.2.1")

    # Undo takes back one step at a time.
    page.locator("[data-undo]").click()
    assert scores(page, "total") == {"total": "8"}
    page.locator("[data-undo]").click()
    assert scores(page, "total") == {"total": "10"}

    # The report, and what can be taken away.
    page.locator("[data-target]").fill("60")
    page.locator("[data-report-make]").click()
    report = page.locator("article.report")
    expect(report).to_contain_text(
        "自评结果，不代表评定结论" if not language else "A self-assessment", timeout=ENGINE_PATIENCE
    )
    expect(report).to_contain_text("示例公司")
    expect(report).to_contain_text(standard.sha256)
    expect(report).to_contain_text("成立文件")
    expect(report.locator("svg").first).to_be_visible()
    assert report.locator("script").count() == 0
    for button, suffix in (("[data-report-plan]", ".csv"), ("[data-report-calendar]", ".ics")):
        with page.expect_download() as download:
            page.locator(button).click()
        assert download.value.suggested_filename.endswith(suffix)

    # Nothing was requested from the first tick to the report but the site's own files; and leaving leaves nothing.
    sent = [url for url in watch.requests[requests:] if not url.startswith((server.url, "blob:", "data:"))]
    assert sent == []
    page.locator("[data-leave]").click()
    page.locator(".question button.danger").click()  # a draft is kept
    expect(page).to_have_url(server.url + language)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.goto(server.url + language + "assessment/")
    assert scores(page, "total") == {"total": "0"}


def test_the_next_open_item_is_found_by_button(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.1", "1.1.2"])
    page.locator("[data-next]").click()
    expect(page.locator("[data-item='1.2.1']")).to_be_focused()
    page.locator("[data-next]").click()
    expect(page.locator("[data-item='1.2.2']")).to_be_focused()


def test_warnings_are_shown_beside_the_score(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.2"])
    wait_for_python(page)
    expect(page.locator("[data-hints]")).to_contain_text("1.1.2")
    tick(page, ["1.1.1"])
    wait_for_python(page)
    expect(page.locator("[data-hints]")).to_be_hidden()


HOSTILE = {
    "not-json": "not JSON",
    "deep": "[" * 100_000,
    "wrong-types": '{"format": "trade-secret-self-assessment", "version": 1, "standard": 5, "answers": []}',
    "other-format": '{"format": "x", "version": 1, "standard": {"id": "a", "sha256": "b"}, "answers": {}}',
    "nan": '{"format": "trade-secret-self-assessment", "version": NaN}',
    "twice": '{"format": "trade-secret-self-assessment", "format": "trade-secret-self-assessment"}',
    "huge": " " * (MOST_BYTES + 1),
}


def test_hostile_files_are_refused_and_change_nothing(
    page: Page, server: Server, watch: object, tmp_path: Path
) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        page.locator("[data-import-file]").set_input_files(tmp_path / name)
        expect(page.locator("[data-desk-told]"), name).to_contain_text(
            "当前填写内容未作任何改动", timeout=ENGINE_PATIENCE
        )
        assert scores(page, "total") == {"total": "3"}, name


def test_a_file_for_another_version_says_what_is_kept(
    page: Page, server: Server, watch: object, tmp_path: Path
) -> None:
    other = {
        "format": "trade-secret-self-assessment",
        "version": 1,
        "standard": {"id": "chongqing-2023", "sha256": "0" * 64},
        "answers": {"1.1.1": {"met": True}, "9.9.9": {"met": True}},
    }
    (tmp_path / "other.json").write_text(json.dumps(other), encoding="utf-8")
    open_assessment(page, server)
    page.locator("[data-import-file]").set_input_files(tmp_path / "other.json")
    told = page.locator("[data-desk-result]")
    expect(told).to_contain_text("保留1项：1.1.1", timeout=ENGINE_PATIENCE)
    expect(told).to_contain_text("未采用的1项：9.9.9")
    expect(told).to_contain_text("文件中没有列出的38项")
    assert scores(page, "total") == {"total": "0"}
    told.get_by_role("button").first.click()
    assert scores(page, "total") == {"total": "3"}


@pytest.mark.parametrize("storage", ["localStorage", "sessionStorage"])
def test_storage_that_refuses_is_told(page: Page, server: Server, storage: str) -> None:
    page.add_init_script(f"""Object.defineProperty(window, "{storage}", {{
      get() {{ throw new DOMException("denied", "SecurityError"); }}
    }});""")
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    assert scores(page, "total") == {"total": "3"}
    if storage == "localStorage":
        page.locator("[data-draft-save]").click()
        expect(page.locator("[data-desk-told]")).to_contain_text("不允许保存")
    else:
        expect(page.locator("[data-told]").first).to_contain_text("不允许保存")


def test_a_browser_without_modules_counts_and_exports(
    page: Page, server: Server, tmp_path: Path, standard: Standard
) -> None:
    page.route("**/form.js", lambda route: route.abort())
    open_assessment(page, server)
    expect(page.locator("[data-total-label]")).to_contain_text("初算")
    page.locator("[data-unit]").fill("示例公司")
    tick(page, boxes(page))
    assert scores(page, "total", "base", "bonus", "section-4") == {
        "total": "100",
        "base": "100",
        "bonus": "5",
        "section-4": "25",
    }
    tick(page, ["4.1.2", "7.1.1", "7.1.2", "7.1.3", "7.1.4"])
    assert scores(page, "total") == {"total": "98.5"}
    expect(page.locator("[data-classic]")).to_contain_text("页面初算")
    with page.expect_download() as download:
        page.locator("[data-classic-export]").click()
    download.value.save_as(tmp_path / "answers.json")
    answers = parse_answers((tmp_path / "answers.json").read_text(encoding="utf-8"), standard)
    assert len(answers.met) == 34
    assert answers.unit == "示例公司"
    assert answers.created


@pytest.mark.parametrize(
    ("language", "said"),
    [("", ("总分", "各部分得分", "先做这3件")), ("en/", ("Total", "Scorebysection", "Beginwiththese:3"))],
)
def test_the_report_prints(page: Page, server: Server, tmp_path: Path, language: str, said: tuple[str, ...]) -> None:
    page.clock.set_fixed_time("2026-11-27T04:00:00Z")
    open_assessment(page, server, language)
    _fill_in(page)
    tick(page, boxes(page)[3::3])
    page.locator("[data-unit]").fill("示例公司精密机械制造（集团）股份有限公司")
    page.locator("[data-draft-name]").fill("二〇二六年年终自评")
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible(timeout=ENGINE_PATIENCE)
    page.evaluate("window.print = () => undefined")
    page.locator("[data-report-print]").click()
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    # Some of the letters that a PDF gives back are those of the radicals.
    read = [one.extract_text() for one in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    pages = [unicodedata.normalize("NFKC", text).replace(" ", "") for text in read]
    # Page one has all that a manager needs; every page its number and the unit's name.
    for words in said:
        assert words in pages[0]
    assert "\n3." in pages[0]
    for number, text in enumerate(pages, 1):
        assert f"{number}/{len(pages)}" in text
        assert "示例公司" in text
    assert not re.search("两江新区|LiangjiangNewArea", pages[0])  # the column's own notice is none of the unit's
    page.evaluate("document.body.classList.add('printing-report')")
    page.emulate_media(media="print")
    expect(page.locator("form.assessment")).to_be_hidden()
    expect(page.locator("#about-form")).to_be_hidden()
    expect(page.locator("article.report svg").first).to_be_visible()
    # In one line with the words of an item, what it is worth stands apart from them.
    first = page.locator(".report-first-list li").evaluate_all(
        "all => all.map((one) => one.querySelector('.report-first-who').previousSibling.textContent)"
    )
    assert set(first) == {" "}


def test_the_official_table_is_taken_along_as_a_word_file(page: Page, server: Server, watch, tmp_path: Path) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    open_assessment(page, server)
    _fill_in(page)
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible(timeout=ENGINE_PATIENCE)
    assert not any("docx" in url for url in requests), "the library is loaded only when it is asked for"
    with page.expect_download() as download:
        page.locator("[data-report-word]").click()
    assert download.value.suggested_filename.endswith(".docx")
    download.value.save_as(tmp_path / "table.docx")
    file = docx.Document(str(tmp_path / "table.docx"))
    assert len(file.tables[0].rows) == 40
    assert "示例公司" in file.tables[1].rows[0].cells[1].text
    expect(page.locator("[data-report-told]")).to_contain_text("Word文件已生成")


SCROLLING = """(place) => [place, ...place.querySelectorAll(".table-scroll")].filter((one) => one.scrollWidth > one.clientWidth).map(({ className }) => className)"""
BROKEN_DAYS = """(place) => {
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const broken = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const { index, 0: day } of node.data.matchAll(/\\d{4}-\\d{2}-\\d{2}/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + day.length);
      if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(node.data);
    }
  }
  return broken;
}"""


def test_drafts_and_files_are_compared_over_time(page: Page, server: Server, watch: object, tmp_path: Path) -> None:
    standard = {"id": "chongqing-2023", "sha256": ""}
    open_assessment(page, server)
    standard["sha256"] = page.locator("form[data-engine]").get_attribute("data-sha256") or ""
    for day in ("2025-03-01", "2024-03-01"):
        file = json.loads(_answers(standard, "1.1.1")) | {"created": day}
        (tmp_path / day).mkdir()
        (tmp_path / day / "初评.json").write_text(json.dumps(file), encoding="utf-8")
    tick(page, ["1.1.1", "3.2.1"])
    page.locator("[data-draft-name]").fill("初评")
    page.locator("[data-draft-save]").click()
    tick(page, ["4.1.1"])
    files = [tmp_path / day / "初评.json" for day in ("2025-03-01", "2024-03-01")]
    page.locator("[data-compare-file]").set_input_files(files)
    comparison = page.locator(".comparison")
    expect(comparison.locator(".comparison-sentence")).to_contain_text(
        "从“初评”（2024-03-01）到“当前填写”", timeout=ENGINE_PATIENCE
    )
    expect(comparison.locator(".comparison-sentence")).to_contain_text("总分多10分，新满足2项")
    heads = comparison.locator("thead th").all_inner_texts()
    assert [head.split(" ")[:-1] for head in heads[1:-1]] == [
        ["1", "初评"],
        ["2", "初评", "2"],
        ["3", "初评", "3"],
        ["4", "当前填写"],
    ]
    total = comparison.locator("tbody tr").first
    expect(total.locator("td")).to_have_text(["3", "3", "8", "13", "+10"])
    assert total.locator("td").first.evaluate("cell => getComputedStyle(cell).textAlign") == "end"
    assert comparison.locator("svg").count() == 2
    # On a phone the results are named by number above a card for each section, and no day is broken at a hyphen.
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert comparison.evaluate(SCROLLING) == []
        assert [head.is_visible() for head in comparison.locator("thead th").all()] == [False, *[True] * 4, False]
        assert comparison.evaluate(BROKEN_DAYS) == page.locator("[data-compare-with]").evaluate(BROKEN_DAYS) == []
    page.set_viewport_size({"width": 1280, "height": 720})
    page.locator("[data-compare-with] input").first.uncheck()
    page.locator("[data-compare]").click()
    expect(comparison.locator("thead th")).to_have_count(5)
    # It stands below the report, and does not outlive the answers.
    assert (
        page.evaluate(
            "document.querySelector('[data-report-desk]').compareDocumentPosition(document.querySelector('[data-compare-desk]'))"
        )
        == 4
    )
    tick(page, ["1.1.2"])
    expect(comparison).to_have_count(0)


@pytest.mark.parametrize("moment", ["1970-01-01T00:00:00Z", "2999-12-31T23:59:59Z"])
def test_a_wrong_clock_does_no_harm(
    page: Page, server: Server, watch: object, tmp_path: Path, moment: str, standard: Standard
) -> None:
    page.clock.set_fixed_time(moment)
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    assert parse_answers(_export(page, tmp_path).read_text(encoding="utf-8"), standard).met == {"1.1.1"}
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_contain_text(moment[:4], timeout=ENGINE_PATIENCE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_visit_needs_no_network(page: Page, server: Server, language: str) -> None:
    open_assessment(page, server, language)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    expect(page.locator("form[data-engine]")).to_have_attribute("data-offline", "kept", timeout=ENGINE_PATIENCE)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-told]").first).not_to_be_empty()
    tick(page, ["1.1.2"])
    page.locator("[data-item='1.1.2']").focus()
    wait_for_python(page)
    assert scores(page, "total") == {"total": "5"}
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible(timeout=ENGINE_PATIENCE)


def _answers(standard: dict[str, str], *items: str) -> str:
    return json.dumps(
        {
            "format": "trade-secret-self-assessment",
            "version": 1,
            "standard": standard,
            "answers": {item: {"met": True} for item in items},
        }
    )


def test_files_of_another_standard_or_with_strange_items_change_nothing(
    page: Page, server: Server, watch: object, tmp_path: Path, standard: Standard
) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    files = {
        "other.json": _answers({"id": "guanxian-2023-checklist", "sha256": "0" * 64}, "1.1.1"),
        "strange.json": _answers({"id": standard.id, "sha256": standard.sha256}, "1.1.2", "9.9.9"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        page.locator("[data-import-file]").set_input_files(tmp_path / name)
        expect(page.locator("[data-desk-result] .problems"), name).to_be_visible(timeout=ENGINE_PATIENCE)
        assert scores(page, "total") == {"total": "3"}, name
        page.locator("[data-import-file]").set_input_files(tmp_path / name)
    (tmp_path / "latin.json").write_bytes("é".encode("latin-1"))
    page.locator("[data-import-file]").set_input_files(tmp_path / "latin.json")
    expect(page.locator("[data-desk-told]")).to_contain_text("latin.json”不是从自评页面导出的自评数据文件")


@pytest.mark.parametrize("kept", ['{"answers": null}', "[]", '{"answers": {"1.1.1": null}}', "{"])
def test_damaged_storage_is_told_and_the_form_works(page: Page, server: Server, watch: object, kept: str) -> None:
    page.goto(server.url)
    page.evaluate(
        "text => sessionStorage.setItem('trade-secret-column / self-assessment:chongqing-2023:tab', text)", kept
    )
    page.evaluate(
        "file => localStorage.setItem('trade-secret-column / self-assessment:chongqing-2023:draft:x', JSON.stringify({name: 'x', saved: 'y', file}))",
        kept,
    )
    open_assessment(page, server)
    expect(page.locator("[data-told]").first).to_contain_text("已损坏")
    tick(page, ["1.1.1"])
    assert scores(page, "total") == {"total": "3"}
    page.locator("[data-drafts] button").first.click()
    expect(page.locator("[data-desk-told]")).to_contain_text("已损坏")


def test_what_was_kept_for_an_older_standard_is_marked(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url)
    old = _answers({"id": "chongqing-2023", "sha256": "0" * 64}, "1.1.1", "9.9.9")
    page.evaluate(
        "text => sessionStorage.setItem('trade-secret-column / self-assessment:chongqing-2023:tab', text)", old
    )
    open_assessment(page, server)
    expect(page.locator("[data-row='1.1.1'] [data-flag]")).to_have_attribute("aria-pressed", "true")
    tick(page, ["1.1.2"])
    wait_for_python(page)
    assert scores(page, "total") == {"total": "5"}


def test_a_report_does_not_outlive_its_answers(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible(timeout=ENGINE_PATIENCE)
    tick(page, ["1.1.2"])
    expect(page.locator("article.report")).to_have_count(0)
    expect(page.locator("[data-report-print]")).to_be_hidden()
    expect(page.locator("[data-report-told]")).to_contain_text("请重新生成")


def test_unticking_all_keeps_what_was_written(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    _fill_in(page)
    page.locator("[data-clear]").click()
    assert scores(page, "total") == {"total": "0"}
    expect(page.locator("[data-row='4.3.1'] [data-field='owner']")).to_have_value("王某")
    page.locator("[data-undo]").click()
    assert scores(page, "total") == {"total": "10"}
    page.locator("[data-undo]").focus()
    for _ in range(20):
        page.keyboard.press("Enter")
    expect(page.locator("[data-undo]")).to_be_focused()


def test_the_plan_is_ordered_as_asked_and_names_what_the_site_offers(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    _fill_in(page)
    report = page.locator("article.report")
    for order, words in (("points", "按可得分值"), ("effort", "按工作量从小到大"), ("owner", "按责任人排列")):
        page.locator("[data-order]").select_option(order)
        page.locator("[data-report-make]").click()
        expect(report).to_contain_text(words, timeout=ENGINE_PATIENCE)
    assert report.locator("a[href*='templates/leak-emergency-plan']").count() >= 1


def test_a_file_survives_import_and_export_to_the_byte(
    page: Page, server: Server, watch: object, tmp_path: Path, standard: Standard
) -> None:
    """In whatever order it was filled in, on whatever day it comes back; and its name and day with it."""
    page.clock.set_fixed_time("2026-03-01T12:00:00")
    open_assessment(page, server)
    tick(page, ["7.1.1", "1.1.1"])
    _fill_in(page)
    page.locator("[data-draft-name]").fill("春季")
    first = _export(page, tmp_path).read_text(encoding="utf-8")
    assert list(json.loads(first)["answers"]) == list(standard.item_by_id)
    page.clock.set_fixed_time("2026-08-01T12:00:00")
    page.locator("[data-leave]").click()
    expect(page).to_have_url(server.url)
    open_assessment(page, server)
    page.locator("[data-import-file]").set_input_files(tmp_path / "answers.json")
    expect(page.locator("[data-draft-name]")).to_have_value("春季", timeout=ENGINE_PATIENCE)
    assert _export(page, tmp_path).read_text(encoding="utf-8") == first
    tick(page, ["2.1.1"])
    assert json.loads(_export(page, tmp_path).read_text(encoding="utf-8"))["created"] == "2026-08-01"


def test_the_page_makes_nothing_that_the_core_refuses(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    row = page.locator("[data-row='1.1.1']")
    row.locator("[data-more]").click()
    row.locator("[data-evidence-add]").evaluate("button => { for (let i = 0; i < 60; i += 1) button.click(); }")
    expect(row.locator("[data-evidence] li")).to_have_count(MOST_EVIDENCE)
    expect(row.locator("[data-evidence-full]")).to_contain_text(str(MOST_EVIDENCE))
    expect(row.locator("[data-evidence-add]")).to_have_attribute("aria-disabled", "true")
    row.locator("[data-evidence-remove]").first.click()
    expect(row.locator("[data-evidence-full]")).to_have_text("")
    days = page.locator("input[type=date]")
    assert {days.nth(index).get_attribute("max") for index in range(days.count())} == {"9999-12-31"}
    for field in ("[data-unit]", "[data-draft-name]"):
        expect(page.locator(field)).to_have_attribute("maxlength", str(LONGEST_NAME))
    expect(page.locator("[data-desk]")).to_have_attribute("data-most-bytes", str(MOST_BYTES))


def test_a_browser_that_lacks_what_the_page_needs_loses_nothing(page: Page, server: Server, tmp_path: Path) -> None:
    page.add_init_script("delete window.structuredClone")
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    page.reload()
    expect(page.locator("[data-told]").first).not_to_be_empty()
    assert scores(page, "total") == {"total": "3"}


def test_what_was_ticked_before_the_script_came_is_scored_by_python(page: Page, server: Server) -> None:
    held: list[Route] = []
    page.route("**/form/form.js*", lambda route: held.append(route))
    with page.expect_request("**/form/form.js*"):
        page.goto(f"{server.url}assessment/", wait_until="commit")
    page.locator("[data-item='1.1.1']").check()
    expect(page.locator("form[data-mounted]")).to_have_count(0)
    held[0].continue_()
    wait_for_python(page)
    assert scores(page, "total") == {"total": "3"}


def test_where_the_form_cannot_start_the_simple_script_takes_over(page: Page, server: Server) -> None:
    page.add_init_script("delete Element.prototype.append")  # as before Chromium 54
    open_assessment(page, server)
    assert page.locator("form[data-mounted]").count() == 0
    expect(page.locator("[data-classic]")).to_be_visible()
    expect(page.locator("[data-desk]")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "faults"),
    [
        (
            "",
            [
                "version：这里写的是“1”；应为0至1000000的整数，不加引号",
                "1.2.1 佐证材料 1 日期：“x”不是日期；应为日历上有的日期，写作“年-月-日”，如 2026-06-30",
                "1.2.1 完成时限：“2026-02-30”不是日期；应为日历上有的日期，写作“年-月-日”，如 2026-06-30",
            ],
        ),
        (
            "en/",
            [
                "version: found “1”; expected a whole number from 0 to 1000000, without quotes",
                "1.2.1 Evidence 1 Date: “x” is no date; expected a day of the calendar such as 2026-06-30",
                "1.2.1 Due: “2026-02-30” is no date; expected a day of the calendar such as 2026-06-30",
            ],
        ),
    ],
)
def test_faults_are_told_in_the_words_of_the_form(
    page: Page, server: Server, watch: object, tmp_path: Path, language: str, faults: list[str]
) -> None:
    open_assessment(page, server, language)
    file = json.loads(_export(page, tmp_path).read_text(encoding="utf-8"))
    file["answers"]["1.2.1"] = {"met": True, "due": "2026-02-30", "evidence": [{"date": "x"}]}
    file["version"] = "1"
    (tmp_path / "bad.json").write_text(json.dumps(file), encoding="utf-8")
    for field, desk in (("[data-import-file]", "desk"), ("[data-compare-file]", "compare")):
        page.locator(field).set_input_files(tmp_path / "bad.json")
        expect(page.locator(f"[data-{desk}-result] li")).to_have_text(faults, timeout=ENGINE_PATIENCE)


def test_a_comparison_names_both_sides_and_what_changed(
    page: Page, server: Server, watch: object, tmp_path: Path
) -> None:
    old = json.loads(_answers({"id": "chongqing-2023", "sha256": "0" * 64}, "1.1.1", "9.9.9")) | {
        "created": "2025-05-01"
    }
    (tmp_path / "去年.json").write_text(json.dumps(old), encoding="utf-8")
    open_assessment(page, server)
    tick(page, ["1.1.1", "3.2.1"])
    row = page.locator("[data-row='4.3.1']")
    row.locator("[data-more]").click()
    row.locator("[data-field='note']").fill("新的备注")
    page.locator("[data-draft-name]").fill("今年")
    page.locator("[data-compare-file]").set_input_files(tmp_path / "去年.json")
    result = page.locator("[data-compare-result]")
    expect(result).to_contain_text("标准的另一版本", timeout=ENGINE_PATIENCE)
    expect(result).to_contain_text("未采用的条目：9.9.9")
    heads = result.locator("thead th")
    expect(heads.nth(1)).to_contain_text("去年 2025-05-01")
    expect(heads.nth(2)).to_contain_text("当前填写")
    expect(result.locator(".comparison h4")).to_have_text(["新满足1项", "备注、佐证等登记内容有变1项"])
    expect(result.locator(".comparison-sentence")).to_have_text(
        re.compile(r"从“去年”（2025-05-01）到“当前填写”（\d{4}-\d\d-\d\d）：总分多5分，新满足1项。")
    )
    expect(result.locator(".comparison li").first).to_contain_text("公司经费")
    expect(result.locator(".comparison li").last).to_contain_text("4.3.1")


def test_drafts_are_erased_only_after_a_question(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.locator("[data-draft-save]").click()
    for button in ("[data-drafts-erase]", "[data-leave]"):
        page.locator(button).click()
        expect(page.locator(".question")).to_contain_text("1份草稿")
        page.locator(".question button").last.click()
        expect(page.locator(button)).to_be_focused()
        expect(page.locator("[data-drafts] button")).to_have_count(2)
    page.locator("[data-drafts-erase]").click()
    page.locator(".question button.danger").click()
    expect(page.locator("[data-drafts] button")).to_have_count(0)


def test_drafts_of_another_tab_appear(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    other = page.context.new_page()
    open_assessment(other, server)
    other.locator("[data-draft-name]").fill("另一页")
    other.locator("[data-draft-save]").click()
    expect(page.locator("[data-drafts]")).to_contain_text("另一页")


def test_leaving_without_a_network_stays_and_says_so(page: Page, server: Server) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    page.context.set_offline(True)
    page.locator("[data-leave]").click()
    page.locator(".question .danger").click()  # it is kept nowhere
    expect(page.locator("[data-desk-told]")).to_contain_text("已清除")
    assert scores(page, "total") == {"total": "0"}
    expect(page.locator("[data-undo]")).to_have_attribute(
        "aria-disabled", "true"
    )  # what was cleared does not come back
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_report_keeps_step_with_its_controls(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    _fill_in(page)
    page.locator("[data-draft-name]").fill("春季")
    page.locator("[data-report-make]").click()
    report = page.locator("article.report")
    expect(report).to_contain_text("按建议的完成日期", timeout=ENGINE_PATIENCE)
    expect(report.locator(".report-head")).to_contain_text("春季")
    page.locator("[data-order]").select_option("owner")
    expect(report).to_contain_text("按责任人排列")
    page.locator("[data-target]").fill("60")  # at once, without leaving the field
    expect(report).to_contain_text("达到60分的办法")
    page.locator("[data-target]").fill("101")
    page.locator("[data-report-make]").click()
    expect(page.locator("[data-report-told]")).to_have_text("目标分应为0至100之间的数，最小单位0.5分。")


def test_each_print_button_prints_its_own_part(page: Page, server: Server, watch: object) -> None:
    page.add_init_script("window.print = () => undefined")
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    page.locator("[data-report-make]").click()
    report, form = page.locator("article.report"), page.locator("form.assessment")
    expect(report).to_be_visible(timeout=ENGINE_PATIENCE)
    for button, shown, hidden in (("[data-print]", form, report), ("[data-report-print]", report, form)):
        page.locator(button).click()
        page.emulate_media(media="print")
        expect(shown).to_be_visible()
        expect(hidden).to_be_hidden()
        page.emulate_media(media="screen")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect(report).to_be_visible()
        assert page.evaluate("document.adoptedStyleSheets.length") == 0  # the report's margins are on no other paper


NOTE_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((one) => one.value)))
    .observe({ type: "layout-shift", buffered: true });
"""
SHIFTED = "window.shifts.reduce((sum, one) => sum + one, 0)"
"""How much has moved, as browsers count it, since the page began or the list was emptied."""


@pytest.mark.parametrize("width", [1440, 360])
def test_nothing_moves_when_the_engine_arrives(page: Page, server: Server, watch: object, width: int) -> None:
    page.add_init_script(NOTE_SHIFTS)
    page.set_viewport_size({"width": width, "height": 800})
    open_assessment(page, server)
    tick(page, ["1.1.2"])  # by script, so that no shift is excused as the visitor's own doing
    page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.shifts = []))))"
    )
    wait_for_python(page)
    expect(page.locator("[data-hints] li")).to_have_count(1)
    assert page.evaluate(SHIFTED) < 0.001


def test_the_form_stays_in_its_place_while_its_scripts_come(page: Page, server: Server) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    slow = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 80_000}
    devtools.send("Network.emulateNetworkConditions", slow)
    page.add_init_script(NOTE_SHIFTS)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{server.url}assessment/")
    expect(page.locator(".score")).to_be_visible(timeout=ENGINE_PATIENCE)
    expect(page.locator("[data-page-tools]")).to_be_visible()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(SHIFTED) < 0.05
