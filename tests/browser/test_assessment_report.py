"""The report's days, its table without an official one, and its layout in large print."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Server, Shared, serve
from helpers.assessment import ENGINE_PATIENCE, boxes, open_assessment, tick, wait_for_python
from helpers.sample_region import sample_site

DAYS = """(part) => [...document.querySelectorAll(`.report-${part} tbody tr:not(.report-month), .report-${part} ol > li`)].map((row) => [
  row.querySelector("th, .report-ids").textContent, row.querySelector(".report-day").textContent.slice(-10)])"""


def _report(page: Page) -> None:
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible(timeout=ENGINE_PATIENCE)


def test_an_item_has_one_day_in_the_whole_report(page: Page, server: Server, watch: object) -> None:
    page.clock.set_fixed_time("2026-11-27T04:00:00Z")
    open_assessment(page, server)
    left = ["4.1.1", "4.1.2", "4.1.3", "6.1.1", "6.1.2", "6.2.1"]
    tick(page, [item for item in boxes(page) if item not in left])
    page.locator("[data-target]").fill("90")
    _report(page)
    advice = page.locator(".report-advice")
    expect(advice).to_contain_text("今年余下的34天内总分最高可到85分，达不到目标90分")
    planned = [["4.1.1", "2026-12-27"], ["4.1.2", "2027-01-06"], ["4.1.3", "2027-01-16"]]
    assert page.evaluate(DAYS, "plan") == page.evaluate(DAYS, "first") == planned
    with page.expect_download() as download:
        page.locator("[data-report-plan]").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [[day for day in row.split(",") if day.startswith("202")] for row in rows[:3]] == [
        [day] for _, day in planned
    ]
    expect(advice).to_contain_text("分头")
    page.clock.set_fixed_time("2026-12-31T04:00:00Z")
    page.locator("[data-target]").fill("95")
    expect(advice).to_contain_text("今年余下的0天")
    expect(advice).not_to_contain_text("分头")


def test_a_target_is_what_its_field_takes_for_a_number(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.locator("[data-target]").fill("1e1")
    _report(page)
    expect(page.locator(".report-advice h3")).to_have_text("达到10分的办法")


def test_what_the_visitor_planned_stands_in_the_plan_though_we_would_not(
    page: Page, server: Server, watch: object
) -> None:
    page.clock.set_fixed_time("2026-11-27T04:00:00Z")
    open_assessment(page, server)
    for item, owner, due in (("6.2.1", "法务部", "2027-06-01"), ("6.3.1", "张三", ""), ("1.1.1", "", "2026-11-28")):
        row = page.locator(f"[data-row='{item}']")
        row.locator("[data-more]").click()
        row.locator("[data-field='owner']").fill(owner)
        row.locator("[data-field='due']").fill(due)
    _report(page)
    plan = page.locator(".report-plan")
    for item, said in (("6.2.1", "法务部 2027-06-01"), ("6.3.1", "张三")):
        cells = plan.locator("tr", has=page.get_by_role("rowheader", name=item, exact=True)).locator("td")
        assert " ".join(cells.nth(number).inner_text() for number in (3, 4)).strip() == said
    expect(plan.locator(".report-month").last).to_have_text("未定日期（1项）")
    expect(page.locator(".report-first")).not_to_contain_text("6.2.1")
    with page.expect_download() as download:
        page.locator("[data-report-plan]").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = {row["条目"]: row for row in csv.DictReader(file)}
    days = {item: (rows[item]["完成时限"], rows[item]["建议完成日期"]) for item in ("6.2.1", "6.3.1", "1.1.1")}
    assert days == {"6.2.1": ("2027-06-01", ""), "6.3.1": ("", ""), "1.1.1": ("2026-11-28", "")}


def test_the_way_that_the_plan_does_not_follow_says_so(page: Page, server: Server, watch: object) -> None:
    page.clock.set_fixed_time("2026-03-02T04:00:00Z")
    open_assessment(page, server)
    page.locator("[data-target]").fill("10")
    _report(page)
    fewest, least = page.locator(".report-advice h4 + p").all_inner_texts()
    assert "以下表日期为准" in fewest
    assert "以下表日期为准" not in least
    planned = dict(page.evaluate(DAYS, "plan"))
    *_, last = page.locator(".report-advice table").all()
    days = last.locator("tbody tr:not(.report-month)").evaluate_all(
        "rows => rows.map((row) => [row.querySelector('th').textContent, row.querySelector('.report-day').textContent.slice(-10)])"
    )
    assert len(days) == 4
    assert {item: planned[item] for item, _ in days} == dict(days)


@pytest.fixture(name="sample", scope="module")
def _sample(shared: Shared) -> Iterator[Server]:
    with serve(sample_site(shared)) as server:
        yield server


def test_where_nobody_has_estimated_the_work_no_day_is_named(page: Page, sample: Server) -> None:
    page.clock.set_fixed_time("2026-12-31T04:00:00Z")
    open_assessment(page, sample)
    tick(page, ["A.1.2"])
    page.locator("[data-target]").fill("11")
    _report(page)
    advice = page.locator(".report-advice")
    expect(advice).to_contain_text("项数最少")
    assert [word for word in ("今年", "天", "工作量最") if word in advice.inner_text()] == []
    expect(page.locator(".report-first")).to_contain_text("A.1.1")
    expect(page.locator(".report-first")).to_contain_text("可增4分")
    expect(page.locator("article.report").locator(".report-day, .report-month")).to_have_count(0)
    expect(page.locator(".report-sections > p")).to_have_text("2个部分中，0个得满分；失分最多的是“分级”，差10分。")
    calendar = page.locator("[data-report-calendar]")
    expect(calendar).to_be_hidden()
    with page.expect_download() as download:
        page.locator("[data-report-plan]").click()
    assert "日期" not in download.value.path().read_text(encoding="utf-8-sig").splitlines()[0]
    row = page.locator("[data-row='B.2.1']")
    row.locator("[data-more]").click()
    for due, shown in (("2026-12-30", False), ("2027-01-31", True)):
        row.locator("[data-field='due']").fill(due)
        _report(page)
        expect(calendar).to_be_visible(visible=shown)
    with page.expect_download() as download:
        calendar.click()
    assert "DTSTART;VALUE=DATE:20270131" in download.value.path().read_text(encoding="utf-8")


def test_what_a_cap_leaves_nothing_of_is_not_begun_with(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    tick(page, [item for item in boxes(page) if item not in ("1.1.2", "7.1.5")])
    _report(page)
    expect(page.locator(".report-plan")).to_contain_text("受上限所限，总分可增0分")
    expect(page.locator(".report-first")).to_contain_text("受上限所限")
    expect(page.locator(".report-sections")).to_contain_text("基本项6个部分中")
    tick(page, ["1.1.2", "6.2.1"])
    row = page.locator("[data-row='6.2.1']")
    row.locator("[data-more]").click()
    row.locator("[data-field='owner']").fill("法务部")
    _report(page)
    expect(page.locator(".report-plan tbody th[scope=row]")).to_have_text("6.2.1")
    expect(page.locator(".report-first")).to_contain_text("没有可以安排的条目")


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_checklist_is_filled_in_under_heads_of_ours(page: Page, guanxian: Path, language: str) -> None:
    with serve(guanxian) as server:
        open_assessment(page, server, language)
        tick(page, ["1.1.1", "4.1.1"])
        row = page.locator("[data-row='1.1.1']")
        row.locator("[data-more]").click()
        row.locator("[data-field='note']").fill("文件已印发\n另有会议纪要")
        _report(page)
        assert "文件已印发\n另有会议纪要" in page.locator(".report-remark").inner_text()
        # The features stand under heads of the same words.
        named = {"": "四、制度建设完善：4.1 ", "en/": "4. Complete rules: 4.1 "}[language]
        expect(page.locator(".report-strengths li").last).to_contain_text(named)
        part = page.locator(".report-filled")
        heads = {"": ["序号", "项目", "内容", "要求"], "en/": ["No.", "Section", "Requirement", "Item"]}[language]
        expect(part.locator("thead th")).to_have_text(heads)
        widths = part.locator("tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].filter((cell) => !cell.textContent.trim()).length)"
        )
        assert set(widths) == {0}
        expect(part.locator("p").first).to_contain_text({"": "不是文件的原表", "en/": "This table is ours"}[language])
        # What the plan has is no standard: no head of the report calls the list one.
        heads = page.locator(".report :is(h3, dt, th, .report-contents)").all_inner_texts()
        assert [head for head in heads if "标准" in head or "standard" in head.lower()] == []
        with page.expect_download() as download:
            page.locator("[data-report-word]").click()
        assert download.value.suggested_filename.startswith({"": "自查对照表-", "en/": "checklist-"}[language])


@pytest.mark.parametrize(("language", "words"), [("", ("目标分", "分值")), ("en/", ("target", "points"))])
def test_the_plan_of_a_checklist_speaks_of_no_points(
    page: Page, guanxian: Path, language: str, words: tuple[str, ...]
) -> None:
    with serve(guanxian) as server:
        open_assessment(page, server, language)
        tick(page, boxes(page)[:1])
        said = set()
        for order in ("calendar", "effort", "owner"):
            page.locator("[data-order]").select_option(order)
            _report(page)
            said.add(page.locator(".report-plan").inner_text())
    assert len(said) == 3
    assert [(word, text) for text in said for word in words if word in text] == []


def test_items_of_the_same_words_are_told_apart_by_their_group(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.locator("[data-draft-name]").fill("空表")
    tick(page, ["1.1.1"])
    wait_for_python(page)
    page.locator("[data-draft-save]").click()
    page.locator("[data-order]").select_option("points")
    _report(page)
    rows = page.locator(".report-plan tbody tr", has_text="企业提供盖章纸质件承诺书或说明。")
    expect(rows.first).to_contain_text("6.2 近两年内商业秘密未受侵犯或成功维权")
    expect(rows.last).to_contain_text("6.3 近两年以来没有侵犯他人商业秘密")
    tick(page, ["6.2.1", "6.3.1"])
    wait_for_python(page)
    page.locator("[data-compare]").click()
    items = page.locator(".comparison li", has_text="企业提供盖章纸质件承诺书或说明。")
    expect(items.first).to_contain_text("近两年内商业秘密未受侵犯或成功维权")
    expect(items.last).to_contain_text("近两年以来没有侵犯他人商业秘密")


@pytest.mark.parametrize(("region", "language"), [("site", ""), ("guanxian", "en/")])
def test_nothing_of_a_report_is_cut_on_phones_and_tablets(
    page: Page, request: pytest.FixtureRequest, region: str, language: str
) -> None:
    with serve(request.getfixturevalue(region)) as server:
        page.set_viewport_size({"width": 320, "height": 740})
        open_assessment(page, server, language)
        tick(page, boxes(page)[::2])
        _report(page)
        cut = {}
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            cut[width] = page.evaluate(
                """() => [document.scrollingElement, ...document.querySelectorAll(".report .table-scroll")]
                  .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.getAttribute("aria-label"))"""
            )
        assert cut == {320: [], 360: [], 768: [], 1280: []}


@pytest.mark.parametrize("widths", [(320, 360), (1280,)])
def test_large_print_has_room(page: Page, server: Server, watch: object, widths: tuple[int, ...]) -> None:
    page.set_viewport_size({"width": widths[0], "height": 740})
    open_assessment(page, server)
    tick(page, ["1.1.1", "3.2.1"])
    wait_for_python(page)
    _report(page)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})
        for size in ("standard", "largest"):
            page.evaluate(
                "size => Object.assign(document.documentElement.dataset, { elder: '', textSize: size })", size
            )
            _assert_room(page, width)


def _assert_room(page: Page, width: int) -> None:
    """The bar of the total, what its label says and the tables of the report fit a page of a width."""
    bar, label = page.locator(".score").bounding_box(), page.locator(".total-label")
    assert bar
    assert bar["height"] <= 72
    assert label.evaluate(
        "label => label.scrollWidth <= label.clientWidth && label.scrollHeight <= label.clientHeight + 2"
    )
    number = page.locator(".score .number").evaluate("number => parseFloat(getComputedStyle(number).fontSize)")
    assert number >= {320: 24, 360: 30, 1280: 44}[width]
    letters = (
        "cells => Math.min(...cells.map((cell) => cell.clientWidth / parseFloat(getComputedStyle(cell).fontSize)))"
    )
    assert page.locator(".report-particulars dd").evaluate_all(letters) >= 6
    scroll = page.locator(".report-figures .table-scroll")
    assert scroll.evaluate("place => place.clientWidth / place.closest('.report-figures').clientWidth") > 0.4
    assert width < 1280 or scroll.evaluate("place => place.scrollWidth <= place.clientWidth + 1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_ways_stand_in_one_line_at_every_width(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 640, "height": 500})
    open_assessment(page, server)
    heights = {}
    for width in (360, 480, 600, 640, 700, 767, 768, 1024):
        page.set_viewport_size({"width": width, "height": 500})
        box = page.locator(".ways").bounding_box()
        assert box
        heights[width] = box["height"]
    assert max(heights.values()) < 50, heights


def test_a_reference_text_is_called_so_once(page: Page, server: Server) -> None:
    open_assessment(page, server)
    lines = page.locator(".explain dd:has(a), .offers p").all_text_contents()
    assert any("（参考文本）" in line for line in lines)
    assert not [line for line in lines if "（参考文本）（参考文本）" in line]
