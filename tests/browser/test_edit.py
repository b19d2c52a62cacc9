"""The editing page in a browser: from nothing to published, without a command; nobody's words are lost or written over."""

import base64
import contextlib
import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from dulwich.repo import Repo
from PIL import Image
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from browser.test_other_engines import _path_of
from conftest import ROOT, Shared, Watch, run_publicity
from helpers.axe import AXE, OF_COLOURS, violations
from helpers.editing import (
    CHIEF,
    PATIENCE,
    REVIEWER,
    WRITER,
    Editing,
    act,
    field,
    open_editing,
    open_entry,
    take_role,
    until,
    wait_for_check,
)
from helpers.repositories import copy_versioned_project

EVENT = "events/sample-training"
PASTE = """([selector, html, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
LONG_AND_AWAY = """(text) => {
  const body = document.querySelector("[data-body]");
  body.value = text;
  body.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("a.back").click();
}"""
DROP = """([selector, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type: "image/png" }));
  document.querySelector(selector).dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(name="editing", scope="module")
def _editing(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editing]:
    with open_editing(copy_versioned_project(shared, tmp_path_factory.mktemp("editing"))) as editing:
        yield editing


@pytest.fixture(name="desk")
def _desk(new_context: Any, editing: Editing) -> Iterator[Page]:
    """A page of an office PC, watched."""
    page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    watching = Watch(page, editing.url)
    yield page
    assert [fault for fault in watching.faults if "409" not in fault and "422" not in fault] == []


@contextlib.contextmanager
def _asked_to_stay(page: Page) -> Iterator[None]:
    """Stay on a page where the browser asks whether to leave it; it must ask."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with page.expect_event("dialog"):
        page.once("dialog", stay)
        yield
    assert asked == ["beforeunload"]


def _picture(colour: str = "#0b4a9e") -> str:
    data = BytesIO()
    Image.new("RGB", (640, 360), colour).save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


def _word_file(folder: Path) -> Path:
    """An interpretation as a section writes it in Word, with a picture in the text."""
    document = Document()
    document.add_paragraph("商业秘密保护要点解读", style="Title")
    document.add_paragraph("一、三项要点", style="Heading 1")
    document.add_paragraph("　　企业先要知道哪些信息是商业秘密。")
    document.add_picture(BytesIO(base64.b64decode(_picture())))
    document.add_paragraph("　　再看怎样保护。")
    document.save(str(folder / "要点解读.docx"))
    return folder / "要点解读.docx"


def test_a_word_file_comes_to_stand_on_the_site_without_a_command(desk: Page, editing: Editing, tmp_path: Path) -> None:
    desk.goto(editing.url)
    desk.get_by_role("link", name="新写一篇").click()
    field(desk, "kind", "interpretations")
    desk.locator('[data-field="word"]').set_input_files(_word_file(tmp_path))
    field(desk, "slug", "Bad Name")
    desk.locator('[data-action="begin"]').click()
    expect(desk.locator("[data-fault]")).to_contain_text("小写字母")
    desk.locator('[data-field="word"]').set_input_files(_word_file(tmp_path))
    field(desk, "slug", "key-points")
    desk.locator('[data-action="begin"]').click()
    expect(desk.locator("[data-remarks] li").first).to_be_visible(timeout=PATIENCE)
    wait_for_check(desk)
    # What is missing is told beside its field, and in one list.
    field(desk, "title", "")
    beside = desk.locator('[data-problems="title"] [data-problem="missing-field"]')
    expect(beside).to_be_visible(timeout=PATIENCE)
    expect(desk.locator('[data-field="title"]')).to_have_attribute("aria-invalid", "true")
    expect(desk.locator('[data-problems="body"] [data-problem="image-without-text"]')).to_be_visible()
    take_role(desk, WRITER)
    act(desk, "submit", "还有问题没有改好")
    # It is mended; a second picture is dropped into the text, an attachment chosen.
    field(desk, "title", "商业秘密保护要点解读")
    field(desk, "summary", "说明实施意见的要点和企业可以怎样做。")
    field(desk, "interprets", "jbfbf-2023-65")
    desk.locator('[data-field="compiled"]').check()
    field(desk, "source.name.zh", "江北区人民政府网站")
    field(desk, "source.url", "")
    field(desk, "source.checked", "2026-11-20")
    body = desk.locator("[data-body]")
    body.fill(body.input_value().replace("![](", "![保护流程图]("))
    body.press("Control+End")
    desk.evaluate(DROP, ["[data-body]", "要点 示意.png", _picture("#c8102e")])
    expect(body).to_have_value(re.compile(r"!\[要点 示意\]\(key-points[-0-9]*\.png\)"))
    desk.locator("[data-attach-row]").set_input_files(_word_file(tmp_path))
    expect(desk.locator('[data-row] [data-field$=".file"]')).to_have_value("key-points.docx")
    expect(desk.locator('[data-row] [data-field$=".name.zh"]')).to_have_value("要点解读")
    expect(desk.locator("[data-reasons] li")).to_have_count(0, timeout=PATIENCE)
    frame = desk.frame_locator("[data-preview-frame]")
    expect(frame.get_by_role("heading", name="三项要点")).to_be_visible(timeout=PATIENCE)
    expect(frame.get_by_role("img", name="要点 示意")).to_be_visible(timeout=PATIENCE)
    act(desk, "save", "已保存")
    act(desk, "submit", "等待审核")
    take_role(desk, REVIEWER)
    wait_for_check(desk)
    act(desk, "review", "等待审批")
    wait_for_check(desk)
    take_role(desk, WRITER)
    act(desk, "approve", "不能是同一个岗位")
    take_role(desk, CHIEF)
    act(desk, "approve", "已发布")
    # It is one commit on main, in the user's folder, and on the site.
    repo = Repo(str(editing.project))
    commit = repo[repo.head()]
    assert commit.author.decode().startswith("分管领导 <")
    assert commit.message.decode().startswith("发布《商业秘密保护要点解读》\n\n编写：业务科，")
    assert len(repo[commit.parents[0]].parents) == 0
    assert not [ref for ref in repo.refs.allkeys() if b"key-points" in ref]
    checked = run_publicity("check", "jiangbei", "--release", "--format", "json", cwd=editing.project)
    assert not [row for row in json.loads(checked.stdout) if "key-points" in row["path"]]
    built = run_publicity("build", "--no-editions", cwd=editing.project)
    assert built.returncode == 0, built.stderr
    page = (editing.project / "site/interpretations/key-points/index.html").read_text(encoding="utf-8")
    assert "三项要点" in page
    assert "分管领导" in page
    assert "要点解读" in page
    for picture in ("保护流程图", "要点 示意"):
        source = re.search(rf'alt="{picture}"[^>]* src="([^"]+)"|src="([^"]+)"[^>]* alt="{picture}"', page)
        assert source, picture
        assert (editing.project / "site/interpretations/key-points" / (source[1] or source[2])).resolve().is_file()
    assert (editing.project / "site/interpretations/key-points.docx").exists()
    listed = (editing.project / "content/jiangbei/published-urls.txt").read_text(encoding="utf-8")
    assert "/interpretations/key-points/\n" in listed


def test_text_of_word_is_pasted_in_the_form_of_the_pages(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "guides/leak-response")
    body = desk.locator("[data-body]")
    body.fill("")
    html = "<p class=MsoNormal><b>一、自查</b></p><table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    desk.evaluate(PASTE, ["[data-body]", html, "一、自查"])
    expect(body).to_have_value(re.compile(r"一、自查[\s\S]*丙[\s\S]*丁"), timeout=PATIENCE)
    expect(body).to_have_value(re.compile(r"<table|\| ?甲"))
    expect(desk.locator("[data-said]")).to_contain_text("已按网页的格式粘贴")
    body.press("Control+z")
    expect(body).to_have_value("")
    body.fill("第一行\n第二行\n")
    body.press("Control+End")
    desk.evaluate(PASTE, ["[data-body]", '<p>甲</p><p>图<img src="a.png"></p>', "甲"])
    expect(desk.locator("[data-said]")).to_contain_text("第5行：这里有一张图片")
    body.fill("")
    desk.evaluate(PASTE, ["[data-body]", "<span>只是文字</span>", "只是文字"])
    expect(body).to_have_value("")  # the browser's own paste, which a script's event does not do


def test_nothing_of_a_state_secret_is_pasted(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "guides/leak-response")
    body = desk.locator("[data-body]")
    body.fill("")
    desk.evaluate(PASTE, ["[data-body]", "<p>机密★10年</p><p>某项工作</p>", "机密★10年\n某项工作"])
    expect(desk.locator("[data-said]")).to_contain_text("标有密级", timeout=PATIENCE)
    expect(body).to_have_value("")


def test_what_the_program_could_not_take_is_told(new_context: Any, editing: Editing) -> None:
    page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    open_entry(page, editing, "guides/leak-response")
    page.route("**/paste", lambda route: route.fulfill(status=400, body="too large", content_type="text/plain"))
    page.route("**/attach", lambda route: route.abort())
    body = page.locator("[data-body]")
    body.fill("")
    page.evaluate(PASTE, ["[data-body]", "<p>甲</p><p>乙</p>", "甲\n乙"])
    expect(body).to_have_value("甲\n乙")
    expect(page.locator("[data-said]")).to_contain_text("按纯文字粘贴")
    page.evaluate(DROP, ["[data-body]", "tu.png", _picture()])
    expect(page.locator("[data-said]")).to_contain_text("文件没有传给编辑程序")
    page.route("**/keep", lambda route: route.fulfill(status=503, json={"said": "磁盘满了"}))
    body.fill("丙")
    expect(page.locator("[data-said]")).to_have_text("磁盘满了")
    expect(page.locator("[data-status]")).to_contain_text("没有暂存，文字还在本页")
    page.unroute_all()
    body.fill("丁")
    expect(page.locator("[data-status]")).to_contain_text("已暂存", timeout=PATIENCE)


def test_what_is_refused_is_seen_from_everywhere_on_the_page(new_context: Any, editing: Editing) -> None:
    page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    open_entry(page, editing, "guides/evidence")
    page.locator("[data-body]").scroll_into_view_if_needed()
    page.locator("[data-body]").press("Control+End")
    page.keyboard.insert_text("一句。")
    wait_for_check(page)
    act(page, "save", "岗位")
    expect(page.locator("[data-said]")).to_be_in_viewport()
    page.locator("[data-body]").press("Control+End")
    page.keyboard.insert_text("又一句。")
    expect(page.locator("[data-said]")).to_be_hidden()
    wait_for_check(page)
    page.route("**/keep", lambda route: route.fulfill(status=409, json={"said": "别处也有改动"}))
    page.keyboard.insert_text("再一句。")
    expect(page.locator("[data-conflict]")).to_be_in_viewport(timeout=PATIENCE)
    expect(page.locator("[data-said]")).to_be_in_viewport()
    expect(page.locator("[data-status]")).to_contain_text("没有暂存")


def test_a_published_entry_is_taken_down_with_its_reason(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "alerts/vietnam-2026-damages")
    take_role(desk, CHIEF)
    desk.get_by_text("撤下这篇文章").click()
    act(desk, "take-down", "先写明撤下的原因")
    desk.locator("[data-reason]").fill("待核实")
    desk.locator('[data-action="take-down"]').click()
    expect(desk.locator("[data-said]")).to_contain_text("已撤下", timeout=PATIENCE)
    expect(desk.locator('[data-entry="alerts/vietnam-2026-damages"]')).to_have_count(0)
    assert not (editing.project / "content/shared/alerts/vietnam-2026-damages.md").exists()


def test_a_newsletter_issue_is_made_of_entries_by_choosing(desk: Page, editing: Editing) -> None:
    desk.goto(f"{editing.url}new")
    field(desk, "kind", "newsletter")
    field(desk, "title", "商业秘密保护资讯第9期")
    field(desk, "slug", "issue-9")
    desk.locator('[data-action="begin"]').click()
    wait_for_check(desk)
    field(desk, "summary", "本期内容。")
    field(desk, "number", "9")
    field(desk, "source.name.zh", "本专栏")
    field(desk, "source.checked", "2026-11-20")
    for entry in ("policies/jbfbf-2023-65", "guides/leak-response"):
        desk.locator('[data-add-to="entries"]').select_option(entry)
    expect(desk.locator("[data-reasons] li")).to_have_count(0, timeout=PATIENCE)
    take_role(desk, WRITER)
    act(desk, "save", "已保存")
    repo = Repo(str(editing.project))
    head = repo.refs[b"refs/heads/draft/newsletter/issue-9"]
    assert repo[head].message.decode().startswith("新写：《商业秘密保护资讯第9期》")
    desk.goto(editing.url)
    row = desk.locator('[data-entry="newsletter/issue-9"]')
    expect(row.locator("[data-state]")).to_have_text("草稿")


def test_a_known_role_brings_its_english_and_takes_it_along(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "cases/geely-wm-2024")
    chinese, english = desk.locator('[data-role="zh"]'), desk.locator('[data-role="en"]')
    for role, expected in (("本项目编写人员", "the project's makers"), ("另一科室", "")):
        chinese.fill(role)
        chinese.blur()
        expect(english).to_have_value(expected)


def test_where_the_browser_stores_nothing_the_role_is_typed_each_time(desk: Page, editing: Editing) -> None:
    desk.add_init_script(
        """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } })"""
    )
    open_entry(desk, editing, "guides/evidence")
    take_role(desk, WRITER)
    desk.locator("[data-body]").press("Control+End")
    desk.keyboard.insert_text("再写一句。")
    act(desk, "save", "已保存")


def test_a_closed_page_loses_nothing(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "events/sample-training")
    body = desk.locator("[data-body]")
    body.press("Control+End")
    body.type("未保存的一句。")
    desk.goto("about:blank")
    file = editing.project / "build/drafts/events/sample-training/unsaved/content/jiangbei/events/sample-training.md"
    until(lambda: "未保存的一句。" in _text(file))
    desk.goto(editing.entry(EVENT))
    expect(desk.locator("[data-body]")).to_have_value(re.compile("未保存的一句。$"))
    # Of more than a closing page can send the browser asks first; whoever stays has it kept.
    wait_for_check(desk)
    body.press("Control+End")
    with _asked_to_stay(desk):
        desk.evaluate(LONG_AND_AWAY, "长" * 30_000)
    until(lambda: "长" * 30_000 in _text(file))


def _text(file: Path) -> str:
    """A file's text; nothing while another takes its place."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def test_a_save_that_is_refused_loses_nothing(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "cases/vanillin-2021")
    body = desk.locator("[data-body]")
    body.press("Control+End")
    desk.keyboard.insert_text("没有写明岗位的一句。")
    body.press("Control+s")
    expect(desk.locator("[data-said]")).to_contain_text("岗位", timeout=PATIENCE)
    kept = editing.project / "build/drafts/cases/vanillin-2021/unsaved/content/shared/cases/vanillin-2021.md"
    assert "没有写明岗位的一句。" in kept.read_text(encoding="utf-8")


def test_a_page_left_open_goes_on_when_the_program_runs_again(new_context: Any, shared: Shared, tmp_path: Path) -> None:
    project = copy_versioned_project(shared, tmp_path)
    file = project / "build/drafts/events/sample-training/unsaved/content/jiangbei/events/sample-training.md"
    page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    with open_editing(project) as first:
        open_entry(page, first, EVENT)
        port = int(first.url.split(":")[2].partition("/")[0])
    field(page, "title", "程序没有运行时写的标题")
    expect(page.locator("[data-status]")).to_contain_text("中断", timeout=PATIENCE)
    assert (project / "build/drafts/token").stat().st_mode & 0o777 == 0o600
    with contextlib.ExitStack() as stack:
        again: list[Editing] = []

        def runs() -> bool:  # the port of what has just ended may not be free at once
            with contextlib.suppress(AssertionError):
                again.append(stack.enter_context(open_editing(project, port)))
            return bool(again)

        until(runs)
        assert again[0].url == first.url
        wait_for_check(page)
        assert "程序没有运行时写的标题" in file.read_text(encoding="utf-8")


def test_a_day_written_wrongly_stays_and_is_told(desk: Page, editing: Editing) -> None:
    folder = editing.project / "build/drafts/events/wrong-day/unsaved/content/jiangbei/events"
    folder.mkdir(parents=True)
    text = "---\ntitle: 尚未到期的活动\nembargo: 2026年12月31日\npublished_time: 9点30分\n---\n\n正文。\n"
    (folder / "wrong-day.md").write_text(text, encoding="utf-8")
    head = hashlib.sha256(b"\0").hexdigest()[:16]  # typed where nothing was published
    (folder.parents[2] / "head").write_text(head, encoding="utf-8")
    open_entry(desk, editing, "events/wrong-day")
    assert desk.locator('[data-problems="embargo"] li').count() == 1
    field(desk, "title", "改过的标题")
    wait_for_check(desk)
    assert (folder / "wrong-day.md").read_text(encoding="utf-8") == text.replace("尚未到期的活动", "改过的标题")


def test_an_input_method_is_never_disturbed(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "guides/leak-response")
    kept: list[str] = []
    desk.on("request", lambda request: kept.append(request.url) if request.url.endswith("/keep") else None)
    devtools = desk.context.new_cdp_session(desk)
    body = desk.locator("[data-body]")
    body.fill("")
    wait_for_check(desk)
    del kept[:]
    body.focus()
    for so_far in ("z", "zh", "zhong"):
        devtools.send(
            "Input.imeSetComposition", {"text": so_far, "selectionStart": len(so_far), "selectionEnd": len(so_far)}
        )
    # Longer than the pause after which what was typed is checked.
    desk.evaluate("() => new Promise((go) => setTimeout(go, 1500))")
    assert kept == []
    assert body.input_value() == "zhong"
    devtools.send("Input.insertText", {"text": "中"})
    expect(body).to_have_value("中")
    expect(desk.locator("[data-status]")).to_have_text(re.compile("暂存"), timeout=PATIENCE)
    assert kept
    expect(body).to_be_focused()
    body.press_sequentially("文")
    expect(body).to_have_value("中文")


def test_two_editors_are_both_told_and_neither_loses_a_word(
    desk: Page, editing: Editing, context: BrowserContext
) -> None:
    name = "alerts/korea-2027-amendment"
    open_entry(desk, editing, name)
    other = context.new_page()
    open_entry(other, editing, name)
    title = desk.locator('[data-field="title"]').input_value()
    field(desk, "title", f"{title}（甲）")
    expect(desk.locator("[data-status]")).to_have_text(re.compile("暂存"), timeout=PATIENCE)
    field(other, "title", f"{title}（乙）")
    expect(other.locator("[data-conflict]")).to_be_visible(timeout=PATIENCE)
    assert other.locator('[data-field="title"]').input_value() == f"{title}（乙）"
    other.locator('[data-field="title"]').press("End")
    with _asked_to_stay(other):  # what was refused stands on the page alone
        other.locator("a.back").click(no_wait_after=True)
    take_role(other, REVIEWER)
    other.locator('[data-action="keep-ours"]').click()
    expect(other.locator("[data-said]")).to_contain_text("已处理", timeout=PATIENCE)
    expect(other.locator('[data-field="title"]')).to_have_value(f"{title}（乙）")
    # The first is told now, and takes the other's; its own stays among the versions.
    field(desk, "summary", "甲的摘要。")
    expect(desk.locator("[data-conflict]")).to_be_visible(timeout=PATIENCE)
    take_role(desk, WRITER)
    desk.locator('[data-action="take-theirs"]').click()
    expect(desk.locator("[data-said]")).to_contain_text("已处理", timeout=PATIENCE)
    expect(desk.locator('[data-field="title"]')).to_have_value(f"{title}（乙）")
    desk.goto(f"{editing.entry(name)}/versions")
    expect(desk.locator("[data-version]").first).to_be_visible(timeout=PATIENCE)
    desk.get_by_role("link", name="未采用的改动").click()
    expect(desk.locator("[data-compare] del").first).to_be_visible()
    desk.go_back()
    row = desk.locator("[data-version]", has_text="未采用的改动")
    row.locator('[data-action="restore"]').click()
    expect(desk.locator('[data-field="summary"]')).to_have_value("甲的摘要。")


def test_a_change_is_compared_with_what_is_published_word_by_word(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "alerts/arbitration-law-2026")
    summary = desk.locator('[data-field="summary"]')
    summary.press("Control+Home")
    summary.type("新增")
    wait_for_check(desk)
    expect(desk.locator("[data-status]")).to_have_text(re.compile("暂存"), timeout=PATIENCE)
    desk.goto(f"{editing.entry('alerts/arbitration-law-2026')}/compare")
    expect(desk.locator("[data-compare] ins")).to_have_text("新增")
    expect(desk.locator("[data-compare] del")).to_have_count(0)


LOST = """() => {
  const [wanted, pasted] = ["wanted", "pasted"].map((id) => [...document.getElementById(id).querySelectorAll("*")]);
  const differs = (one, other) => [...one.style].filter((name) => getComputedStyle(one)[name] !== getComputedStyle(other)[name]);
  if (wanted.length !== pasted.length) return [wanted.length, pasted.length];
  return wanted.flatMap((one, place) => differs(one, pasted[place]).map((name) => `${one.outerHTML.slice(0, 60)}: ${name}`));
}"""
"""The styles of what was copied that are not as they were where it was pasted; what is inherited need not be repeated there."""


def test_an_issue_is_copied_with_all_its_styles(desk: Page, editing: Editing) -> None:
    """Pasted as WeChat's editor takes it: into a page that allows styles. Each button copies what stands beside it."""
    open_entry(desk, editing, "newsletter/issue-5")
    with desk.context.expect_page() as opened:
        desk.locator("[data-copy-page]").click()
    copying, editor = opened.value, desk.context.new_page()
    source = copying.locator("[data-html]").input_value(timeout=PATIENCE)
    editor.set_content(
        '<title>-</title><div id="wanted"></div><div id="pasted" contenteditable></div><textarea></textarea>'
    )
    editor.evaluate("html => { document.getElementById('wanted').innerHTML = html; }", source)
    for button in copying.locator("[data-copy]").all():
        name = button.get_attribute("data-copy")
        copying.bring_to_front()
        button.click()
        expect(copying.locator("[data-status]")).to_contain_text("已复制")
        place = editor.locator("#pasted" if name == "body" else "textarea")
        editor.bring_to_front()
        place.focus()
        editor.keyboard.press("Control+A")
        editor.keyboard.press("Control+V")
        if name == "body":
            assert editor.evaluate(LOST) == []
            assert editor.locator("#wanted [style]").count() > 50
            assert place.inner_text().split() == editor.locator("#wanted").inner_text().split()
        else:
            assert place.input_value() == copying.locator(f'[data-text="{name}"]').inner_text()
    assert copying.locator(".note").count() == 1  # the site has no address
    saved = {name: copying.request.get(copying.url + f"/{name}") for name in ("cover.png", "nothing.png")}
    assert [(name, answer.status) for name, answer in saved.items()] == [("cover.png", 200), ("nothing.png", 404)]
    with Image.open(BytesIO(saved["cover.png"].body())) as cover:
        assert cover.size == (900, 383)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "",
        "new",
        "entry/interpretations/jbfbf-2023-65-picture",
        "entry/cases/quartz-fibre",
        "entry/newsletter/issue-4/copy",
    ],
)
def test_axe_finds_nothing(new_context: Any, editing: Editing, address: str, scheme: str) -> None:
    page = new_context(
        bypass_csp=True, reduced_motion="reduce", color_scheme=scheme, viewport={"width": 1366, "height": 768}
    ).new_page()
    page.goto(editing.url + address)
    if address.startswith("entry") and not address.endswith("copy"):
        field(page, "title", "")
        expect(page.locator("[data-problem]").first).to_be_visible(timeout=PATIENCE)
        page.evaluate(
            "() => { for (const one of document.querySelectorAll('details')) one.open = true; document.querySelector('iframe').remove(); }"
        )
    page.evaluate(AXE)
    assert violations(page, OF_COLOURS if scheme == "dark" else None) == []


def test_keys_alone_are_enough(desk: Page, editing: Editing) -> None:
    open_entry(desk, editing, "templates/leading-group-document")
    take_role(desk, WRITER)
    body = desk.locator("[data-body]")
    body.focus()
    body.press("Control+Home")
    desk.locator('[data-tools="body"] [data-tool="heading"]').focus()
    desk.keyboard.press("Enter")
    expect(body).to_be_focused()
    expect(body).to_have_value(re.compile("^## "))
    desk.keyboard.press("Control+Z")
    expect(body).not_to_have_value(re.compile("^## "))
    desk.keyboard.insert_text("甲\n\n")
    desk.keyboard.press("Control+S")
    expect(desk.locator("[data-said]")).to_contain_text("已保存", timeout=PATIENCE)


def test_it_works_in_firefox(editing: Editing) -> None:
    firefox = _path_of("firefox-esr", "firefox-esr", "firefox")
    command = ["node", "tests/browser/edit_firefox.mjs", firefox, editing.entry("guides/overseas-disputes")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen == {
        "problem": "missing-field",
        "kept": "已暂存，尚未保存为版本",
        "body": "甲",
        "messages": [],
        "elsewhere": [],
    }
