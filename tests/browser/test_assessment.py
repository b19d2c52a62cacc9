"""The self-assessment as a visitor uses it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from conftest import Server, serve
from helpers.assessment import ENGINE_PATIENCE, boxes, open_assessment, scores, tick, wait_for_python

ENGINE = re.compile(r"\.(wasm|zip)$")
LANGUAGES = ["", "en/"]
ALL = {"total": "100", "base": "100", "bonus": "5", "section-1": "15", "section-7": "5"}
NOTHING = {"total": "0", "base": "0", "bonus": "0", "section-1": "0", "section-7": "0"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_scores_by_tally_and_by_python(page: Page, server: Server, watch: object, language: str) -> None:
    open_assessment(page, server, language)
    assert len(boxes(page)) == 39
    assert scores(page, *ALL) == NOTHING

    tick(page, boxes(page))
    assert scores(page, *ALL) == ALL  # by the tally, in the same frame
    wait_for_python(page)
    assert scores(page, *ALL) == ALL

    tick(page, ["4.1.2", "7.1.1", "7.1.2", "7.1.3", "7.1.4"])  # unticks
    expected = {"total": "98.5", "base": "97.5", "bonus": "1", "section-4": "22.5"}
    assert scores(page, *expected) == expected
    wait_for_python(page)
    assert scores(page, *expected) == expected

    page.locator("[data-clear]").click()
    assert scores(page, *ALL) == NOTHING
    wait_for_python(page)
    assert scores(page, *ALL) == NOTHING


def test_a_tick_is_counted_in_the_same_frame(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    shown = page.evaluate("""() => {
      const total = document.querySelector('[data-score="total"]');
      document.querySelector('[data-item="3.2.1"]').click();
      return [total.textContent, total.dataset.scoreBy];
    }""")
    assert shown == ["5", "tally"]


def test_nothing_of_python_is_loaded_before_the_form_is_touched(page: Page, server: Server, watch) -> None:
    open_assessment(page, server)
    page.wait_for_load_state("networkidle")
    heavy = (".wasm", ".zip", "pyodide", "worker")
    assert [url for url in watch.requests if any(word in url for word in heavy)] == []
    assert page.locator("form[data-engine]").get_attribute("data-engine") == "idle"
    page.locator("[data-item='1.1.1']").focus()
    expect(page.locator("form[data-engine]")).to_have_attribute("data-engine", "ready", timeout=ENGINE_PATIENCE)


@pytest.mark.parametrize("type_", ["application/wasm", "text/plain"])
def test_a_damaged_snapshot_is_replaced_by_the_ordinary_start(page: Page, server: Server, watch, type_: str) -> None:
    damaged = next(server.folder.glob("assets/*/site.css")).read_bytes()
    page.route("**/python-snapshot.*", lambda route: route.fulfill(body=damaged, content_type=type_))
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    assert scores(page, "total") == {"total": "3"}
    watch.faults.clear()  # what the browser says of the damaged file


def test_a_missing_worker_is_told(page: Page, server: Server, watch) -> None:
    page.route("**/engine/worker.js", lambda route: route.fulfill(status=404))
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    expect(page.locator("form[data-engine]")).to_have_attribute("data-engine", "failed")
    expect(page.locator("[data-engine-status]")).to_contain_text("网络")
    assert scores(page, "total") == {"total": "3"}
    watch.faults.clear()


def test_a_worker_that_dies_is_noticed_and_replaced(page: Page, server: Server, watch: object) -> None:
    page.clock.install()
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    page.workers[0].evaluate("close()")
    tick(page, ["1.1.2"])
    expect(page.locator('[data-score="total"]')).to_have_attribute("data-score-by", "tally")
    page.clock.fast_forward(9_000)  # longer than an answer is waited for
    expect(page.locator("form[data-engine]")).to_have_attribute("data-engine", "failed")
    page.locator("[data-engine-retry]").click()
    wait_for_python(page)
    assert scores(page, "total") == {"total": "5"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failed_engine_is_told_and_can_be_retried(page: Page, server: Server, watch, language: str) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route(ENGINE, refuse)
    open_assessment(page, server, language)
    tick(page, ["1.1.1"])
    form, status = page.locator("form[data-engine]"), page.locator("[data-engine-status]")
    expect(form).to_have_attribute("data-engine", "failed", timeout=ENGINE_PATIENCE)
    assert scores(page, "total") == {"total": "3"}
    expect(status).to_contain_text({"": "网络", "en/": "network"}[language])
    tick(page, ["1.1.2"])
    assert scores(page, "total") == {"total": "5"}
    watch.faults.clear()  # the browser reports the refused request

    page.unroute(ENGINE, refuse)
    page.locator("[data-engine-retry]").click()
    wait_for_python(page)
    assert scores(page, "total") == {"total": "5"}
    expect(page.locator("[data-engine-retry]")).to_be_hidden()


def test_without_script_the_form_reads_fills_and_says_so(plain_context: BrowserContext, server: Server) -> None:
    page = plain_context.new_page()
    page.goto(server.url + "assessment/")
    assert page.locator("input[data-item]").count() == 39
    assert page.locator("fieldset").count() == 20
    assert page.locator("section.step").count() == 7
    page.locator("[data-item='6.2.1']").check()
    expect(page.locator("[data-item='6.2.1']")).to_be_checked()
    expect(page.locator(".assessment-intro .notice")).to_contain_text("未启用脚本")
    expect(page.locator(".score")).to_be_hidden()
    expect(page.locator(".item-points").first).to_have_text("3分")
    page.locator("[data-unit]").fill("示例公司")
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        expect(page.locator("[data-unit]")).to_be_visible()
        for words in ("自评结果", "满分100分", "单位盖章", "负责人签字", "日期"):
            expect(page.locator(".paper")).to_contain_text(words)
        expect(page.locator(".paper .paper-total")).to_be_visible()


def test_the_two_identical_items_are_told_apart_by_their_group(page: Page, server: Server) -> None:
    open_assessment(page, server)
    names = [
        page.get_by_role("group", name=group).get_by_role("checkbox").count()
        for group in ("未受侵犯或成功维权", "没有侵犯他人商业秘密")
    ]
    assert names == [1, 1]


CUT_WORDS = """titles => titles.flatMap((title) => {
  const range = document.createRange();
  return [...title.textContent.matchAll(/[A-Za-z]+/g)].flatMap(({ 0: word, index }) => {
    range.setStart(title.firstChild, index);
    range.setEnd(title.firstChild, index + word.length);
    return range.getClientRects().length > 1 ? [word] : [];
  });
})"""


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("width", [768, 960, 1024, 1280])
def test_the_wording_has_room_beside_its_tools(page: Page, server: Server, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    open_assessment(page, server, language)
    room = "texts => Math.min(...texts.map((text) => text.clientWidth / parseFloat(getComputedStyle(text).fontSize)))"
    for size in ("standard", "largest"):
        page.evaluate("size => { document.documentElement.dataset.textSize = size; }", size)
        assert page.locator(".item-text").evaluate_all(room) >= 11, size
        heads = page.locator(".section-jump a").evaluate_all(
            "all => all.filter((one) => one.scrollWidth > one.clientWidth)"
        )
        words = page.locator(".jump-title").evaluate_all(CUT_WORDS)
        assert (heads, words) == ([], []), size


def test_by_keyboard(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.item") == "1.1.1":
            break
    page.keyboard.press("Space")
    expect(page.locator("[data-item='1.1.1']")).to_be_checked()
    assert scores(page, "total") == {"total": "3"}


def test_prints_with_its_ticks(page: Page, server: Server) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    page.emulate_media(media="print")
    expect(page.locator("header.site-header")).to_be_hidden()
    expect(page.locator("[data-print]")).to_be_hidden()
    expect(page.locator("[data-score='total']")).to_be_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('[data-item=\"1.1.1\"]'), '::after').content") == '"✓"'
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checklist_shows_coverage_and_never_a_score(page: Page, guanxian: Path, language: str) -> None:
    with serve(guanxian) as server:
        open_assessment(page, server, language)
        assert page.locator("[data-score]").count() == 0
        tick(page, boxes(page)[:3])
        coverage = page.locator("[data-coverage]")
        expect(coverage).to_contain_text({"": "3/12", "en/": "3 of 12"}[language])
        expect(page.locator("form[data-engine]")).to_have_attribute("data-engine", "ready", timeout=ENGINE_PATIENCE)
        page.locator("[data-report-make]").click()
        report = page.locator("article.report")
        expect(report).to_be_visible(timeout=ENGINE_PATIENCE)
        assert "分（满分" not in report.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_official_result_says_so_in_chinese(
    page: Page, server: Server, watch: object, language: str
) -> None:
    open_assessment(page, server, language)
    expect(page.locator(".assessment-intro")).to_contain_text("自评结果，不代表评定结论")
    page.locator("[data-report-make]").click()
    for part in (".report-head", ".report-foot"):
        expect(page.locator(part)).to_contain_text("自评结果，不代表评定结论", timeout=ENGINE_PATIENCE)


def test_in_english_each_section_has_its_standard_in_english(page: Page, server: Server) -> None:
    open_assessment(page, server, "en/")
    expect(page.locator(".criterion .gloss")).to_have_count(7)


@pytest.mark.parametrize("appearance", ["phone", "elder"])
def test_nothing_of_the_form_is_left_out_where_there_is_no_column(
    page: Page, server: Server, watch: object, appearance: str
) -> None:
    if appearance == "phone":
        page.set_viewport_size({"width": 360, "height": 740})
    open_assessment(page, server)
    if appearance == "elder":
        page.evaluate("document.documentElement.dataset.elder = ''")
    tick(page, ["1.1.2"])
    wait_for_python(page)
    for part in (
        "[data-hints]",
        "[data-clear]",
        "[data-print]",
        ".parts",
        ".score-more .disclaimer",
        "[data-engine-status]",
    ):
        expect(page.locator(part)).to_be_visible()
    # The total is in sight from the first item on, and what it does not say stands below the form.
    page.evaluate("document.querySelector('.step').scrollIntoView()")
    assert page.evaluate("document.querySelector('.score').getBoundingClientRect().bottom <= innerHeight + 1")
    assert page.evaluate("""() => document.querySelector('.score-more').getBoundingClientRect().top
      >= document.querySelector('.steps').getBoundingClientRect().bottom""")


def test_items_offer_few_things_at_once_or_say_that_there_is_nothing(page: Page, server: Server) -> None:
    open_assessment(page, server)
    page.locator("[data-row='6.3.1'] [data-more]").click()
    offers = page.locator("[data-offers='6.3.1']")
    expect(offers.locator("> p a")).to_have_count(3)
    between = offers.locator("p a + a").evaluate_all("links => links.map((link) => link.previousSibling.data.trim())")
    assert all("；" in text for text in between), between
    expect(offers.locator("> p a").first).to_have_attribute("href", "../templates/statement-no-infringement/")
    expect(offers.locator("details")).not_to_have_attribute("open", "")
    expect(page.locator("[id='more-7.1.5'] .offers")).to_have_text("本专栏暂无相应资料。")


def test_the_sections_are_listed_with_their_scores(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    links = page.locator(".section-jump a")
    expect(links).to_have_count(7)
    expect(links.first).to_have_text("一、组织机构健全 3/15")


@pytest.mark.parametrize("ticked", [[], ["1.1.1"]])
def test_the_printed_form_has_places_to_sign(page: Page, server: Server, watch: object, ticked: list[str]) -> None:
    open_assessment(page, server)
    tick(page, ticked)
    row = page.locator("[data-row='1.1.1']")
    row.locator("[data-more]").click()
    row.locator("[data-field='note']").fill("文件已印发\n另有会议纪要")
    row.locator("[data-field='owner']").fill("王某")
    page.locator("[data-unit]").fill("示例公司")
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_contain_text("示例公司")
    expect(page.locator(".paper-total")).to_be_visible(visible=not ticked)
    expect(page.locator(".score")).to_be_visible(visible=bool(ticked))
    assert row.locator("[data-said]").inner_text() == "备注：文件已印发\n另有会议纪要；责任人：王某"
    expect(row.locator("[data-field='owner']")).to_be_hidden()
