"""What a reader does with any page: enlarge it, have it read aloud, share, print and leave it; and the mode for older readers."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from conftest import SITE_URL, Server, serve

POLICY = "policies/jbfbf-2023-65/"
COUNTRY = "countries/korea/"

REFUSED_STORAGE = """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError"); } })"""

# Speaks like a browser, but only when told: `spoken` holds what was said, `finish()` ends the sentence that is being read.
VOICES = """
class Utterance extends EventTarget {
  constructor(text) { super(); this.text = text; }
}
const synthesis = Object.assign(new EventTarget(), {
  spoken: [], voices: [], cancels: 0, current: undefined,
  getVoices() { return this.voices; },
  speak(one) { this.current = one; this.spoken.push({ text: one.text, voice: one.voice?.name, rate: one.rate }); },
  cancel() { this.cancels += 1; const one = this.current; this.current = undefined; one?.onerror?.({ error: "canceled" }); },
  finish() { const one = this.current; this.current = undefined; one.onend(); },
  load(voices) { this.voices = voices; this.dispatchEvent(new Event("voiceschanged")); },
});
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
window.SpeechSynthesisUtterance = Utterance;
window.load = (...names) => synthesis.load(names.map(name => own[name]));
const own = {
  chinese: { name: "own", lang: "zh-CN", localService: true },
  english: { name: "English", lang: "en-US", localService: true },
  remote: { name: "of a server", lang: "zh-CN", localService: false },
};
"""


@pytest.fixture(name="there", scope="module")
def _there(addressed: Path) -> Iterator[Server]:
    """The site that knows its address."""
    with serve(addressed) as running:
        yield running


def _with_voices(page: Page, *names: str) -> None:
    page.add_init_script(f"{VOICES}; load(...{list(names)});")


def _spoken(page: Page) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = page.evaluate("speechSynthesis.spoken")
    return said


def _marked(page: Page) -> str:
    text: str = page.evaluate("[...(CSS.highlights.get('reading') ?? [])].map(range => range.toString()).join()")
    return text.strip()


def _size(page: Page) -> float:
    size: float = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)")
    return size


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_qr_code_leads_to_the_page(page: Page, there: Server, media: str) -> None:
    page.emulate_media(media=media)
    page.goto(there.url + POLICY)
    if media == "screen":
        page.locator(".qr summary").click()
    picture = Image.open(io.BytesIO(page.locator(".qr figure").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [SITE_URL + POLICY]


def test_the_text_grows_and_stays_so(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url + COUNTRY)
    before = _size(page)
    page.get_by_role("button", name="特大").click()
    assert _size(page) == pytest.approx(1.4 * before)
    page.goto(server.url + POLICY)
    expect(page.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="中", exact=True).click()
    page.goto(server.url + COUNTRY)
    assert _size(page) == before


def test_choices_work_where_storage_is_refused(page: Page, server: Server, watch: object) -> None:
    page.add_init_script(REFUSED_STORAGE)
    page.goto(server.url + COUNTRY)
    before = _size(page)
    page.get_by_role("button", name="大", exact=True).click()
    assert _size(page) > before
    page.get_by_role("button", name="长者模式").click()
    expect(page.get_by_role("button", name="退出长者模式")).to_be_visible()


def test_printing_is_one_button(page: Page, server: Server) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(server.url + COUNTRY)
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed")


def test_the_address_is_copied(page: Page, context: BrowserContext, there: Server) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(there.url + POLICY + "#goals")
    page.get_by_role("button", name="复制网址").click()
    expect(page.locator("[data-copy-told]")).to_have_text("已复制。")
    assert page.evaluate("navigator.clipboard.readText()") == SITE_URL + POLICY


def test_an_address_that_cannot_be_copied_is_selected(page: Page, server: Server) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(server.url + POLICY + "#goals")
    page.get_by_role("button", name="复制网址").click()
    expect(page.locator("[data-copy-told]")).to_contain_text("未能复制")
    assert page.evaluate("getSelection().toString()") == server.url + POLICY


def test_a_report_names_the_page(page: Page, plain_context: BrowserContext, there: Server) -> None:
    """The build writes a letter where it knows the address; the script writes the same, and needs none from the build."""
    letters = []
    for reader in (page, plain_context.new_page()):
        reader.goto(there.url + POLICY)
        letters.append(parse_qs(urlsplit(reader.locator(".report-error a").get_attribute("href") or "").query))
    assert letters[0] == letters[1]
    assert f"地址：{SITE_URL}{POLICY}\r\n" in letters[0]["body"][0]


def test_the_page_is_read_sentence_by_sentence(page: Page, server: Server, watch: object) -> None:
    page.add_init_script(VOICES)
    page.goto(server.url + COUNTRY)
    page.get_by_role("button", name="朗读", exact=True).click()
    expect(page.locator("[data-reader-told]")).to_contain_text("正在查找")
    page.evaluate("load('remote', 'english', 'chinese')")  # voices come late
    page.wait_for_function("speechSynthesis.spoken.length")
    # The source is named in Korean, but marked as Chinese: it is read as it is marked.
    assert {utterance["voice"] for utterance in _spoken(page)} == {"own"}
    before = page.locator("main").inner_text()
    title = page.locator("h1").inner_text()
    while _spoken(page)[-1]["text"] != title:
        page.evaluate("speechSynthesis.finish()")
    assert _marked(page) == title
    page.evaluate("speechSynthesis.finish()")
    assert _marked(page) == _spoken(page)[-1]["text"] != title
    assert page.locator("main").inner_text() == before


def _start_reading(page: Page, server: Server) -> None:
    _with_voices(page, "chinese")
    page.goto(server.url + COUNTRY)
    page.get_by_role("button", name="朗读", exact=True).click()
    page.wait_for_function("speechSynthesis.spoken.length")


def test_reading_pauses_goes_on_and_stops(page: Page, server: Server) -> None:
    _start_reading(page, server)
    page.evaluate("speechSynthesis.finish()")
    pause = page.get_by_role("button", name="暂停")
    pause.press("Enter")
    expect(pause).to_have_attribute("aria-pressed", "true")
    second = _spoken(page)[-1]["text"]
    assert page.evaluate("speechSynthesis.current") is None
    assert _marked(page) == second
    pause.press("Enter")
    page.wait_for_function("speechSynthesis.spoken.length === 3")
    assert _spoken(page)[-1]["text"] == second
    page.get_by_label("语速").select_option("1.5")
    page.wait_for_function("speechSynthesis.spoken.length === 4")
    assert (_spoken(page)[-1]["text"], _spoken(page)[-1]["rate"]) == (second, 1.5)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="朗读本页")).to_have_attribute("aria-pressed", "false")
    assert (_marked(page), page.evaluate("speechSynthesis.current")) == ("", None)
    expect(page.get_by_role("button", name="停止")).to_be_hidden()


def test_reading_stops_when_the_page_is_left(page: Page, server: Server) -> None:
    _start_reading(page, server)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("speechSynthesis.current") is None


@pytest.mark.parametrize(("voices", "language", "sentence"), [
    ([], "", "没有可用的中文语音"),
    (["remote"], "", "没有可用的中文语音"),
    (["chinese"], "en/", "no English voice"),
])  # fmt: skip
def test_without_a_voice_it_says_so(
    page: Page, server: Server, voices: list[str], language: str, sentence: str
) -> None:
    _with_voices(page, *voices)
    page.goto(server.url + language + COUNTRY)
    page.locator("[data-reader-open]").click()
    expect(page.locator("[data-reader-told]")).to_contain_text(sentence)
    expect(page.locator("[data-reader-play]")).to_have_attribute("aria-pressed", "false")
    assert _spoken(page) == []


def test_each_language_is_read_by_its_own_voice_or_left_out(page: Page, server: Server) -> None:
    _with_voices(page, "english")
    page.goto(server.url + "en/" + POLICY)
    page.locator("[data-reader-open]").click()
    expect(page.locator("[data-reader-told]")).to_contain_text("without a voice was skipped")
    page.evaluate("load('english', 'chinese')")
    page.locator("[data-reader-stop]").click()
    page.locator("[data-reader-play]").click()
    for _ in range(8):
        page.evaluate("speechSynthesis.finish()")
    said = {(utterance["voice"], utterance["text"]) for utterance in _spoken(page)}
    assert ("own", "江北府办发〔2023〕65号") in said
    assert ("English", "Document number") in said


def test_the_mode_for_older_readers(page: Page, server: Server, watch: Any) -> None:
    page.goto(server.url + POLICY)
    before = _size(page)
    page.keyboard.press("Alt+Shift+E")
    expect(page.get_by_role("button", name="退出长者模式")).to_be_visible()
    expect(page.get_by_role("button", name="朗读本页")).to_be_in_viewport()
    assert _size(page) >= 1.4 * before
    assert page.evaluate(
        """[...document.querySelectorAll("main :is(p, li, dd, dt, td)")].filter(one => one.checkVisibility()).every(one => {
             const style = getComputedStyle(one);
             return parseFloat(style.lineHeight) >= 1.5 * parseFloat(style.fontSize);
           })"""
    )
    page.locator(".elder-nav").get_by_role("link", name="办事指引").hover()
    pointers = [request for request in watch.requests if "/images/pointer" in request]
    assert len(pointers) == 2  # one large pointer for the page, one for what can be pressed
    page.goto(server.url + "assessment/")
    expect(page.locator("html")).to_have_attribute("data-elder", "")
    box = page.locator("[data-item='1.1.1']")
    box.check()
    expect(page.locator("[data-score=total]")).to_be_in_viewport()
    expect(page.locator("[data-score=total]")).to_have_text("3")
    page.get_by_role("button", name="退出长者模式").click()
    expect(page.locator(".site-nav")).to_be_visible()
    expect(page.locator(".elder-nav")).to_be_hidden()


def test_the_mode_stands_before_the_page_is_drawn(page: Page, server: Server) -> None:
    page.add_init_script(
        """localStorage.setItem("trade-secret-column / appearance", '{"elder": true}');
           new MutationObserver((_, observer) => {
             if (document.body) {
               window.early = document.documentElement.hasAttribute("data-elder");
               observer.disconnect();
             }
           }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto(server.url)
    assert page.evaluate("window.early") is True


def test_leaving_asks_first(page: Page, server: Server) -> None:
    page.goto(server.url + COUNTRY)
    link = page.locator("main a[data-outward]").first
    address = link.get_attribute("data-outward")
    assert address
    link.press("Enter")
    dialog = page.get_by_role("dialog", name="您即将离开本专栏")
    assert unquote(address) != address
    expect(dialog).to_contain_text(unquote(address))
    expect(dialog.get_by_role("link", name="继续前往")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    page.route(address, lambda route: route.fulfill(body="elsewhere"))
    dialog.get_by_role("link", name="继续前往").click()
    expect(page).to_have_url(address)


def test_leaving_asks_first_without_script(plain_context: BrowserContext, server: Server) -> None:
    page = plain_context.new_page()
    page.goto(server.url + COUNTRY)
    link = page.locator("main a[data-outward]").first
    address = link.get_attribute("data-outward")
    assert address
    link.click()
    rows = page.locator(".leaving li:visible")
    expect(rows).to_have_count(1)
    page.route(address, lambda route: route.fulfill(body="elsewhere"))
    rows.get_by_role("link", name=unquote(address)).click()
    expect(page).to_have_url(address)


def test_without_script_nothing_is_headed_that_is_not_there(plain_context: BrowserContext, server: Server) -> None:
    page = plain_context.new_page()
    page.goto(server.url)
    expect(page.locator(".share")).to_be_hidden()
    expect(page.locator(".report-error")).to_be_visible()


def test_government_sites_open_at_once(page: Page, server: Server) -> None:
    page.route("http://www.cqjb.gov.cn/**", lambda route: route.fulfill(body="government"))
    page.goto(server.url + POLICY)
    page.locator(".particulars a.outward").click()
    expect(page.get_by_text("government")).to_be_visible()


@pytest.mark.parametrize("elder", [False, True])
def test_paper_has_the_text_and_its_address_alone(page: Page, there: Server, elder: bool) -> None:
    page.goto(there.url + "cases/carbomer-2020/")
    if elder:
        page.keyboard.press("Alt+Shift+E")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "selectors => selectors.filter(one => [...document.querySelectorAll(one)].some(node => node.checkVisibility()))",
        ["header", "nav", "footer", "button", "textarea", ".reader", ".page-tools", ".report-error", "h1", ".qr svg"],
    )
    assert shown == ["h1", ".qr svg"]
    assert SITE_URL + "cases/carbomer-2020/" in page.locator(".print-only").inner_text()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "14.6667px"  # 11 pt
    spelled = page.locator("main a.outward").evaluate_all(
        "all => all.map(one => [getComputedStyle(one, '::after').content, one.dataset.outward ?? one.href])"
    )
    assert spelled
    assert all(f"（{address}）" in content.replace('" "', "").replace('"', "") for content, address in spelled)
