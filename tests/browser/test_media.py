"""Attachments, a video with its captions, a recording and a wide picture on a page: on a desktop, on a phone, without script."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from conftest import ROOT, Server, Shared, Watch, copy_small_project, run_publicity, serve
from helpers.axe import AXE, TAGS, violations

FIXTURES = ROOT / "tests" / "fixtures" / "media"
GUIDE = """\
---
title: 观看讲座
published: 2026-11-20
summary: 示例。
audience: enterprise
source: {name: 示例, checked: 2026-11-20}
review: {status: pending}
attachments:
  - {file: form.zip, name: {zh: 报名回执, en: Reply slip}}
  - {file: plan.ofd, name: 版式文件}
video:
  title: {zh: 商业秘密保护讲座, en: Lecture on trade secrets}
  file: lecture.mp4
  poster: poster.jpg
  captions: {zh: lecture.vtt, en: lecture.en.vtt}
  transcript: |
    大家好。

    请看移动的方块。
audio: reading.mp3
---

指引正文。

![会场里的一排座位](wide.jpg)

![会场的平面图](small.png)
"""
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n{}\n\n00:02.000 --> 00:05.000\n{}\n"
PATH = "guides/lecture/"


@pytest.fixture(name="there", scope="module")
def _there(shared: Shared) -> Iterator[Server]:
    """A small site with a guide that has it all, built twice."""
    with serve(shared.folder("media", _built) / "site") as running:
        yield running


def _built(place: Path) -> Path:
    project = copy_small_project(place)
    region = project / "content/mini/region.yml"
    region.write_text(region.read_text(encoding="utf-8").replace("policies,", "policies, guides,"), encoding="utf-8")
    folder = project / "content/mini/guides"
    folder.mkdir()
    for name in ("lecture.mp4", "reading.mp3"):
        shutil.copy(FIXTURES / name, folder)
    shutil.copy(ROOT / "content/jiangbei/events/sample-reply.ofd", folder / "plan.ofd")
    (folder / "form.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    (folder / "lecture.vtt").write_text(CAPTIONS.format("大家好。", "请看方块。"), encoding="utf-8")
    (folder / "lecture.en.vtt").write_text(CAPTIONS.format("Good morning.", "Watch the square."), encoding="utf-8")
    gradient = Image.linear_gradient("L").convert("RGB")
    gradient.resize((2400, 1200)).save(folder / "wide.jpg")
    gradient.resize((320, 180)).save(folder / "poster.jpg")
    gradient.resize((400, 300)).save(folder / "small.png")
    shutil.copy(folder / "small.png", folder / "unused.png")
    (folder / "lecture.md").write_text(GUIDE, encoding="utf-8")
    (folder / "later.md").write_text(
        GUIDE.replace("form.zip", "later.zip").replace("\nreview:", "\nembargo: 2099-01-01\nreview:"), encoding="utf-8"
    )
    shutil.copy(folder / "form.zip", folder / "later.zip")
    for site in ("site", "again"):
        done = run_publicity("build", "--out", str(project / site), cwd=project)
        assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(name="watching")
def _watching(page: Page, there: Server) -> Iterator[Watch]:
    watching = Watch(page, there.url)
    yield watching
    assert watching.faults == []


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_fits_and_axe_finds_nothing(new_context: Any, there: Server, width: int, language: str) -> None:
    page = new_context(bypass_csp=True, viewport={"width": width, "height": 800}).new_page()
    page.goto(there.url + language + PATH)
    page.locator(".transcript summary").click()
    page.evaluate(AXE)
    assert violations(page, {"type": "tag", "values": TAGS}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in (".attachments", "video"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("", ["报名回执（ZIP压缩包，1 KB）", "版式文件（OFD版式文件，1 KB）"]),
        ("en/", ["Reply slip (ZIP archive, 1 KB)", "版式文件 (OFD document, 1 KB)"]),
    ],
)
def test_an_attachment_says_what_it_is_and_comes_down(
    page: Page, there: Server, watching: Watch, language: str, names: list[str]
) -> None:
    page.goto(there.url + language + PATH)
    for name, file in zip(names, ["form.zip", "plan.ofd"], strict=True):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename == file
        assert download.value.url == f"{there.url}guides/{file}"


def test_the_video_plays_when_asked_and_shows_its_captions(page: Page, there: Server, watching: Watch) -> None:
    page.goto(there.url + PATH)
    page.wait_for_load_state("networkidle")
    assert not any(url.endswith((".mp4", ".mp3")) for url in watching.requests)
    video = page.locator("video")
    assert video.evaluate("video => [video.paused, video.autoplay, video.preload, video.controls]") == [
        True,
        False,
        "none",
        True,
    ]
    expect(video.locator("track[default]")).to_have_attribute("srclang", "zh-CN")
    expect(video.locator("track[default]")).to_have_js_property("readyState", 2)
    assert video.evaluate("video => [...video.textTracks[0].cues].map(cue => cue.text)") == ["大家好。", "请看方块。"]
    video.evaluate("video => { video.muted = true; video.playbackRate = 4; void video.play(); }")
    expect(video).to_have_js_property("ended", True, timeout=20_000)
    assert video.evaluate("video => video.duration") == 5


def test_the_english_page_has_english_captions_and_no_recording(page: Page, there: Server, watching: Watch) -> None:
    page.goto(f"{there.url}en/{PATH}")
    expect(page.locator("track[default]")).to_have_attribute("srclang", "en")
    expect(page.get_by_role("heading", name="Lecture on trade secrets")).to_be_visible()
    expect(page.locator(".transcript .prose")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("audio")).to_have_count(0)


def test_without_script_all_is_there(plain_context: BrowserContext, there: Server) -> None:
    page = plain_context.new_page()
    page.goto(there.url + PATH)
    expect(page.locator("video[controls]")).to_be_visible()
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.locator(".attachments li")).to_have_count(2)
    page.locator(".transcript summary").click()
    expect(page.locator(".transcript p")).to_have_text(["大家好。", "请看移动的方块。"])


def test_reading_aloud_plays_the_recording(page: Page, there: Server, watching: Watch) -> None:
    page.goto(there.url + PATH)
    recording = page.locator("audio")
    recording.evaluate("audio => { audio.loop = true; }")  # two seconds might be over before the test looks
    page.locator("[data-reader-open]").first.click()
    expect(recording).to_have_js_property("paused", False)
    expect(page.locator("[data-reader-told]")).to_have_text("正在播放录音。")
    page.locator("[data-reader-rate]").select_option("1.5")
    expect(recording).to_have_js_property("playbackRate", 1.5)
    page.locator("[data-reader-pause]").click()
    expect(recording).to_have_js_property("paused", True)
    expect(page.locator("[data-reader-pause]")).to_have_attribute("aria-pressed", "true")
    recording.evaluate("audio => { audio.loop = false; }")
    page.locator("[data-reader-pause]").click()
    expect(page.locator("[data-reader-told]")).to_have_text("朗读完毕。")
    expect(page.locator("[data-reader-play]")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize(("ratio", "shown"), [(1, "wide.800.jpg"), (2, "wide.jpg")])
def test_a_wide_picture_comes_in_the_width_that_is_needed(
    new_context: Any, there: Server, language: str, ratio: int, shown: str
) -> None:
    page = new_context(viewport={"width": 1280, "height": 800}, device_scale_factor=ratio).new_page()
    watching = Watch(page, there.url)
    page.goto(there.url + language + PATH)
    picture = page.get_by_role("img", name="会场里的一排座位")
    picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    fetched = [url.rpartition("/")[2] for url in watching.requests if "wide." in url]
    assert (fetched, watching.faults) == ([shown], [])
    assert picture.evaluate("image => image.naturalWidth > 0")


MADE = (".html", ".xml", ".docx", ".pdf")
"""What a build makes of entries itself."""


def test_what_is_published(there: Server) -> None:
    guides = there.folder / "guides"
    names = sorted(path.name for path in guides.iterdir() if path.is_file() and path.suffix not in MADE)
    expected = ["form.zip", "lecture.en.vtt", "lecture.mp4", "lecture.vtt", "plan.ofd", "poster.jpg", "reading.mp3"]
    assert names == [*expected, "small.png", "wide.800.jpg", "wide.jpg"]
    sizes = {
        name: Image.open(io.BytesIO((guides / name).read_bytes())).size
        for name in ("wide.jpg", "wide.800.jpg", "small.png")
    }
    assert sizes == {"wide.jpg": (1600, 800), "wide.800.jpg": (800, 400), "small.png": (400, 300)}
    # What front matter names lies once, what texts show lies beside the page of each language.
    english = sorted(path.name for path in (there.folder / "en/guides").iterdir() if path.suffix not in ("", ".xml"))
    assert [name for name in english if name != "index.html"] == ["small.png", "wide.800.jpg", "wide.jpg"]


def test_a_second_build_makes_the_same_bytes(there: Server) -> None:
    again = there.folder.parent / "again"
    files = [path for path in sorted(again.rglob("*")) if path.is_file()]
    assert len(files) > 200
    assert [path for path in files if (there.folder / path.relative_to(again)).read_bytes() != path.read_bytes()] == []


def test_the_search_finds_a_transcript(page: Page, there: Server, watching: Watch) -> None:
    page.goto(f"{there.url}search/?q=移动的方块")
    expect(page.locator("[data-search-results] a").first).to_have_text("观看讲座")


def test_paper_has_the_list_and_the_words(page: Page, there: Server, watching: Watch) -> None:
    page.goto(there.url + PATH)
    page.emulate_media(media="print")
    expect(page.locator(".attachments")).to_be_visible()
    expect(page.locator(".transcript p").first).to_be_visible()
    for part in (".video video", ".recording", ".video-file"):
        expect(page.locator(part)).to_be_hidden()
