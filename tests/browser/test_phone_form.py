"""The assessment on a phone: measures, the ways to fill it in, and that nothing stands over what the keyboard reaches."""

import pytest
import yaml
from playwright.sync_api import Page, expect

from conftest import Server, Shared, serve
from helpers.assessment import ENGINE_PATIENCE, boxes, open_assessment, scores, tick, wait_for_python
from helpers.sample_region import STANDARD, sample_site
from scoring import Standard, parse_answers

PHONE = {"width": 360, "height": 740}
ELDER = "() => { document.documentElement.dataset.elder = ''; }"
LARGEST = "() => { document.documentElement.dataset.textSize = 'largest'; }"
LINES = r"""() => [...document.querySelectorAll(".step:not([hidden]) .item-text > span:first-child")].map((text) => {
  const range = document.createRange();
  range.selectNodeContents(text);
  const lines = new Map();
  const characters = [...text.textContent.trim()];
  characters.forEach((_, at) => {
    range.setStart(text.firstChild, at);
    range.setEnd(text.firstChild, at + 1);
    const line = Math.round(range.getBoundingClientRect().bottom / 8);
    lines.set(line, (lines.get(line) ?? 0) + 1);
  });
  return [...lines.values()].slice(0, -1);
}).flat()"""
COVERED = """() => {
  const stop = document.activeElement;
  if (stop.closest(".score")) return null;
  const { top, bottom, height } = stop.getBoundingClientRect();
  const over = [".score", ".score .told", ".reader"].flatMap((name) => {
    const bar = document.querySelector(name);
    const isFixed = bar && (name.includes("told") ? bar.textContent : getComputedStyle(bar).position === "sticky");
    return isFixed && !bar.contains(stop) ? [bar.getBoundingClientRect()] : [];
  });
  const hidden = Math.max(0, ...over.map((bar) => Math.min(bottom, bar.bottom) - Math.max(top, bar.top)));
  return hidden > 0.2 * Math.min(height, 60) ? `${stop.outerHTML.slice(0, 90)} ${Math.round(hidden)} of ${Math.round(height)}` : null;
}"""


def test_the_first_item_is_in_the_first_screen(page: Page, server: Server) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server)
    first = page.locator("[data-row='1.1.1'] .item-text")
    assert first.evaluate("text => text.getBoundingClientRect().top + scrollY") <= 700
    lines = page.evaluate(LINES)
    assert lines
    # A line may be a character short where punctuation may not begin the next.
    assert min(lines) >= 13
    assert sorted(lines)[len(lines) // 2] >= 14
    page.set_viewport_size({"width": 1280, "height": 800})
    assert first.evaluate("text => text.getBoundingClientRect().bottom + scrollY") <= 800


@pytest.mark.parametrize("modes", [[], [LARGEST], [ELDER], [ELDER, LARGEST]], ids=["plain", "特大", "长者", "长者特大"])
def test_the_total_is_one_line_at_the_foot(page: Page, server: Server, watch: object, modes: list[str]) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server)
    for mode in modes:
        page.evaluate(mode)
    expect(page.locator("[data-undo]")).to_be_hidden()
    tick(page, ["1.1.1", "4.1.2"])
    expect(page.locator("[data-undo]")).to_be_visible()
    bar = page.locator(".score").bounding_box()
    assert bar
    assert bar["height"] <= 72
    for part in ("[data-score='total']", "[data-next]", "[data-undo]"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    page.set_viewport_size({"width": 320, "height": 740})
    wait_for_python(page)
    label = page.locator(".total-label")
    assert label.evaluate("label => label.scrollHeight - label.clientHeight") <= 2
    assert page.locator(".score").evaluate("bar => bar.offsetHeight") <= 72


@pytest.mark.parametrize("elder", [False, True])
def test_nothing_stands_over_what_the_keyboard_reaches(page: Page, server: Server, elder: bool) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server)
    if elder:
        page.evaluate(ELDER)
        page.locator("button[data-way='sheet']").click()
    tick(page, ["1.1.2"])
    page.locator("[data-clear]").click()  # which tells of it over the bar
    page.locator(".skip").first.focus()
    covered = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(60 if elder else 40):
            page.keyboard.press(key)
            if found := page.evaluate(COVERED):
                covered.append(f"{key}: {found}")
    assert covered == []


def test_one_section_at_a_time_and_all_on_one_sheet_are_one_form(page: Page, server: Server, watch: object) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server)
    sections = page.locator(".step")
    expect(sections.locator("visible=true").first).to_contain_text("一、组织机构健全")
    assert sections.evaluate_all("all => all.filter((one) => !one.hidden).length") == 1
    tick(page, ["1.1.1"])
    page.locator("#section-1 [data-turn='1']").click()
    expect(page.locator("#section-2-title")).to_be_focused()
    expect(page.locator("#section-1")).to_be_hidden()
    expect(page.locator(".section-jump [aria-current='step']")).to_have_text("二、人员配备管理 0/10")
    page.reload()  # comes back to where one was
    expect(page.locator("#section-2")).to_be_visible()
    page.locator("[data-next]").click()
    expect(page.locator("[data-item='1.1.2']")).to_be_focused()
    page.locator("button[data-way='sheet']").click()
    assert sections.evaluate_all("all => all.filter((one) => !one.hidden).length") == 7
    assert scores(page, "total") == {"total": "3"}
    page.locator("button[data-way='sections']").click()
    page.goto(server.url + "assessment/#item-4.3.1")  # as the reference texts link to it
    expect(page.locator("[data-item='4.3.1']")).to_be_in_viewport()
    page.emulate_media(media="print")  # on paper the whole standard stands
    assert sections.evaluate_all("all => all.filter((one) => one.checkVisibility()).length") == 7


def test_on_a_desk_the_form_begins_as_one_sheet(page: Page, server: Server) -> None:
    open_assessment(page, server)
    expect(page.locator("button[data-way='sheet']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#section-7")).to_be_visible()


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_first_pass_asks_at_most_ten_and_shows_no_score(
    page: Page, server: Server, watch: object, language: str
) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server, language)
    page.locator("button[data-way='first']").click()
    questions = page.locator("[data-question]")
    assert 1 <= questions.count() <= 10
    for place in questions.all():
        expect(place.locator(".hint")).not_to_be_empty()
    for number, reply in enumerate(("yes", "no", "skip")):
        questions.nth(number).locator(f"input[value='{reply}']").check()
    expect(page.locator("[data-first-told]")).to_contain_text("3")
    expect(page.locator("[data-first-open] a")).to_have_count(1)
    for part in (".score", ".score-more", ".section-jump"):
        assert page.locator(f"{part} >> visible=true").count() == 0
    assert page.locator("[data-score] >> visible=true").count() == 0
    asked = questions.evaluate_all(
        "all => all.map((one) => one.querySelector('legend').innerText.replace(/^[0-9.]+/, ''))"
    )
    assert len(set(asked)) == len(asked)
    ids = questions.evaluate_all("all => all.map((one) => one.dataset.question)")
    for _ in range(2):  # the second time the address is as it was
        page.locator("button[data-way='first']").click()
        page.locator("[data-first-open] a").click()
        expect(page.locator(f"[data-item='{ids[1]}']")).to_be_in_viewport()
        expect(page.locator(f"[data-item='{ids[1]}']")).to_be_focused()
    expect(page.locator(f"[data-item='{ids[0]}']")).to_be_checked()
    expect(page.locator(f"[data-item='{ids[1]}']")).not_to_be_checked()
    expect(page.locator(f"[data-row='{ids[2]}'] [data-flag]")).to_have_attribute("aria-pressed", "true")


def test_replies_are_undone_one_by_one_and_outlast_a_reload(page: Page, server: Server, watch: object) -> None:
    open_assessment(page, server)
    page.locator("button[data-way='first']").click()
    questions, told = page.locator("[data-question]"), page.locator("[data-first-told]")
    for number, reply in enumerate(("yes", "no", "skip")):
        questions.nth(number).locator(f"input[value='{reply}']").check()
    expect(told).to_contain_text("有1项，没有1项，拿不准1项")
    page.reload()
    expect(told).to_contain_text("有1项，没有1项，拿不准1项")
    for number, reply in ((0, "skip"), (1, "yes"), (2, "no"), (0, "yes")):
        questions.nth(number).locator(f"input[value='{reply}']").check()
    for number, said in (
        (0, "有1项，没有1项，拿不准1项"),
        (2, "有1项，没有0项，拿不准2项"),
        (1, "有0项，没有1项，拿不准2项"),
        (0, "有1项，没有1项，拿不准1项"),
    ):
        page.keyboard.press("Control+z")
        expect(told, f"reply {number}").to_contain_text(said)


def test_an_address_cut_in_a_letter_opens_the_form_all_the_same(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url + "assessment/#section-%E4%B")
    expect(page.locator(".score")).to_be_visible()
    tick(page, ["1.1.1"])
    expect(page.locator("[data-score='total']")).to_have_text("3")


@pytest.mark.parametrize("language", ["", "en/"])
def test_nothing_moves_when_a_reply_is_chosen(page: Page, server: Server, language: str) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server, language)
    page.locator("button[data-way='first']").click()
    question = page.locator("[data-question]").first
    places = "rows => rows.map((row) => { const { left, top, width } = row.getBoundingClientRect(); return [left, top + scrollY, width]; })"
    before = question.locator("label").evaluate_all(places)
    for reply in ("yes", "no", "skip"):
        question.locator(f"input[value='{reply}']").check()
        assert question.locator("label").evaluate_all(places) == before, reply


def test_what_can_be_done_with_a_draft_stands_in_one_line(page: Page, server: Server) -> None:
    open_assessment(page, server)
    for name in ("年中复评（市场监管所辅导后）", "二〇二六年第三季度内部审计组复核用草稿", "初评"):
        page.locator("[data-draft-name]").fill(name)
        page.locator("[data-draft-save]").click()
    expect(page.locator("[data-drafts] li span").first).to_contain_text("初评")  # the newest, of this day, too
    tops = "all => all.map((row) => [...row.querySelectorAll('button')].map((one) => one.getBoundingClientRect().top))"
    for width in (320, 360, 414, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        rows = page.locator("[data-drafts] li").evaluate_all(tops)
        assert [len(set(row)) for row in rows] == [1, 1, 1], width


def test_no_name_makes_the_page_wider(page: Page, server: Server, watch: object) -> None:
    """Names of files have no spaces at which a line could end."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    for field in ("[data-unit]", "[data-draft-name]"):
        page.locator(field).fill("Chongqing_Precision_Manufacturing_self_assessment_2026_final_version_2")
    page.locator("[data-draft-save]").click()
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible(timeout=ENGINE_PATIENCE)
    page.locator("[data-compare]").click()
    expect(page.locator(".comparison")).to_be_visible(timeout=ENGINE_PATIENCE)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360


def test_the_name_of_a_document_has_most_room(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    open_assessment(page, server)
    row = page.locator("[data-row='1.1.1']")
    row.locator("[data-more]").click()
    row.locator("[data-evidence-add]").click()
    name, day, holder = row.locator("[data-evidence] input").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().width)"
    )
    assert name > 1.3 * max(day, holder)
    assert min(day, holder) > 110
    assert (
        row.locator("[data-evidence] :is(input, button)").evaluate_all(
            "all => new Set(all.map((one) => Math.round(one.getBoundingClientRect().bottom))).size"
        )
        == 1
    )


def test_the_names_of_fields_stand_in_one_line(page: Page, server: Server) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server)
    row = page.locator("[data-row='1.1.1']")
    row.locator("[data-more]").click()
    row.locator("[data-evidence-add]").click()
    begins = """all => all.map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return Math.round(range.getBoundingClientRect().left);
    })"""
    assert len(set(row.locator(".more :is(legend, label)").evaluate_all(begins))) == 1


def test_a_checklist_is_as_good_and_speaks_of_no_points(page: Page, guanxian) -> None:
    page.set_viewport_size(PHONE)
    with serve(guanxian) as server:
        open_assessment(page, server)
        top = page.locator("[data-row='1.1.1'] .item-text").evaluate("text => text.getBoundingClientRect().top")
        assert top <= 700
        tick(page, boxes(page)[:3])
        expect(page.locator("[data-coverage]")).to_have_text("已满足3/12项")
        expect(page.locator("[data-coverage]")).to_be_in_viewport()
        for way in ("first", "sheet"):
            page.locator(f"button[data-way='{way}']").click()
            for button in page.locator("[data-explain] >> visible=true").all():
                button.click()
            text = page.locator("main").inner_text()
            for word in ("重庆", "江北", "分值", "得分", "总分", "满分", "合格", "评分程序"):
                assert word not in text, word


@pytest.mark.parametrize(("language", "most"), [("", 760), ("en/", 1130)])
def test_older_readers_reach_the_form_soon(page: Page, server: Server, language: str, most: int) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server, language)
    page.evaluate(ELDER)
    assert page.locator("#assessment").evaluate("form => form.getBoundingClientRect().top + scrollY") <= most


def test_the_last_section_ends_with_the_report(page: Page, server: Server) -> None:
    page.set_viewport_size(PHONE)
    open_assessment(page, server)
    tick(page, ["1.1.1"])
    expect(page.locator("[data-turn-report]")).to_be_hidden()
    page.locator(".section-jump a").last.click()
    page.locator("[data-turn-report]").click()
    expect(page.locator("article.report")).to_be_visible()


@pytest.mark.parametrize(("language", "said"), [("", "待主办单位复核"), ("en/", "await review")])
def test_explanations_that_await_review_say_so_once(page: Page, server: Server, language: str, said: str) -> None:
    open_assessment(page, server, language)
    expect(page.locator("#about-form li", has_text=said)).to_have_count(1)


def test_levels_stand_below_each_other_with_whole_buttons(page: Page, shared: Shared) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    with serve(sample_site(shared)) as server:
        open_assessment(page, server)
        levels = page.locator("[data-row='A.1.1'] .levels label")
        boxes_ = [level.bounding_box() for level in levels.all()]
        buttons = [button.bounding_box() for button in levels.locator("input").all()]
    assert len(boxes_) == len(buttons) == 3
    assert len({(box["x"], box["width"]) for box in boxes_ if box}) == 1
    assert {round(button["width"], 1) for button in buttons if button} == {
        round(buttons[0]["height"], 1) if buttons[0] else 0
    }


@pytest.mark.parametrize("old", [False, True])
def test_a_tick_claims_no_more_than_the_least_of_an_item(page: Page, shared: Shared, old: bool) -> None:
    with serve(sample_site(shared)) as server:
        if old:
            page.route("**/form/form.js", lambda route: route.abort())
        open_assessment(page, server)
        for _ in range(2):
            tick(page, ["A.1.1", "B.1.1"])
            assert page.locator("[data-row='A.1.1'] input:checked[data-level]").get_attribute("data-level") == "draft"
            assert scores(page, "total") == {"total": "2.75"}
            page.locator("#item-A\\.1\\.1").uncheck()
            page.locator("#item-B\\.1\\.1").uncheck()
            assert scores(page, "total") == {"total": "0"}
        if not old:  # “none” is an answer, and meets nothing
            page.locator("[data-level='none']").check()
            expect(page.locator("#section-A [data-progress]")).to_have_text("已满足0/5项")
            page.locator("[data-level='draft']").check()
            expect(page.locator("#section-A [data-progress]")).to_have_text("已满足1/5项")


def test_an_old_browser_counts_and_exports_levels_and_counts(page: Page, shared: Shared) -> None:
    page.route("**/form/form.js", lambda route: route.abort())
    with serve(sample_site(shared)) as server:
        open_assessment(page, server)
        page.locator("[data-level='issued']").check()
        count = page.locator("[data-count]")
        for typed, total in (("99", "11.5"), ("0", "4"), ("3.9", "8.5")):
            count.fill(typed)
            count.blur()
            assert scores(page, "total") == {"total": total}
        with page.expect_download() as download:
            page.locator("[data-classic-export]").click()
    standard = Standard.from_data(yaml.safe_load(STANDARD.read_text(encoding="utf-8")))
    answers = parse_answers(download.value.path().read_text(encoding="utf-8"), standard)
    assert (answers.by_item["A.1.1"].level, answers.by_item["B.1.1"].count) == ("issued", 3)


def test_levels_are_read_in_english_too(page: Page, shared: Shared) -> None:
    with serve(sample_site(shared)) as server:
        open_assessment(page, server, "en/")
        expect(page.locator("[data-row='A.1.1'] .levels .gloss")).to_have_text(["Drafted"])


SCROLLS = """() => [...document.querySelectorAll("main .table-scroll")].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 20))"""


@pytest.mark.parametrize(("language", "width"), [("", 360), ("", 700), ("en/", 320), ("en/", 700)])
def test_no_table_of_the_report_goes_on_beside_the_screen(
    page: Page, server: Server, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    open_assessment(page, server, language)
    tick(page, ["3.1.2", "4.1.2"])
    row = page.locator("[data-row='1.1.1']")
    row.locator("[data-more]").click()
    row.locator("[data-evidence-add]").click()
    row.locator("[data-evidence] input").first.fill("文件")
    page.locator("[data-target]").fill("10")
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible()
    for part in ("plan", "advice", "court", "evidence"):
        expect(page.locator(f".report-{part} .table-scroll").first).to_be_visible()
    assert page.evaluate(SCROLLS) == []
    # In a card each cell says what it holds, but for an item's own words.
    labels = page.locator(".report-plan td").evaluate_all("all => all.map((one) => one.dataset.label ?? '')")
    texts = ["", "可得分", "工作量", "责任人", "完成时限"] if not language else ["", "Points", "Effort", "Owner", "Due"]
    assert labels[:5] == texts
    if not language and width == 360:
        heights = page.locator(".report-figures tbody tr").evaluate_all("all => all.map((one) => one.offsetHeight)")
        assert len(set(heights)) == 1, "the name of a section takes two lines"


def test_the_annex_stands_as_cards(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(server.url + "policies/jbfbf-2023-65/")
    assert page.evaluate(SCROLLS) == []
