"""Videos: what their shots say and how long they stand, the same bytes each time, and that browsers play them on their pages."""

import datetime
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest
import zxingcpp
from docx import Document
from PIL import Image
from playwright.sync_api import Page, expect

from conftest import ROOT, SITE_URL, Server, Shared, Watch, copy_small_project, run_publicity, serve
from publicity.check import sound_column
from publicity.editions.film import video
from publicity.problems import BuildError
from publicity.project import Project
from publicity.read.attachments.captions import caption_problems
from publicity.read.attachments.movie import read_movie
from publicity.stage.film import LONGEST, SHORTEST, Film, Row, Shot, cues, fitted, parts_of, transcript
from publicity.stage.films import film_of

SMALL = 36
"""Pixels an inch of quick films: 270 by 480."""
FILM = Film(
    slug="issue-1",
    path="newsletter/issue-1/",
    title="资讯第1期：示例",
    name="资讯",
    line="2026年第1期",
    host="示例局",
    day=datetime.date(2026, 1, 2),
    figure=1,
    marks=("样刊",),
    shots=(
        Shot("cover", "一期示例。", "资讯", "示例"),
        Shot("figure", "示范基地：3个。", "本期数字", rows=(Row("示范基地", "3", "个"),)),
        Shot("end", "全文和出处，请看专栏。", title="全文和出处"),
    ),
)


def films() -> Iterator[Film]:
    for region in ("jiangbei", "guanxian"):
        column = sound_column(Project(ROOT), region)
        for collection in ("newsletter", "interpretations"):
            for document in column.content.entries[collection].values():
                if film := film_of(column, document):
                    yield film


FILMS = {film.path: film for film in films()}
every_film = pytest.mark.parametrize("film", FILMS.values(), ids=FILMS)


def made(film: Film, recording: Path | None = None) -> dict[str, bytes]:
    return video.make(film, SITE_URL, recording, lambda _done, _total: None, ppi=SMALL)


@every_film
def test_a_film_is_neither_too_long_nor_hurried_and_its_captions_say_it_all(film: Film) -> None:
    captions = cues(film)
    assert SHORTEST <= captions[-1].end <= LONGEST + 1e-6
    assert "".join(cue.words for cue in captions) == "".join(shot.words for shot in film.shots)
    assert all(cue.start < cue.end and len(cue.words) <= 36 for cue in captions)
    assert sum(len(cue.words) for cue in captions) / captions[-1].end <= 5.2
    assert film.marks  # all are samples, or nobody has approved them yet
    text = "\n".join(transcript(film))
    assert all(line.rstrip("。；") in text for shot in film.shots for line in (*shot.told, shot.words))


@every_film
def test_every_film_can_be_set(film: Film) -> None:
    *pictures, last = video.draw(film, cues(film), SITE_URL, 72)
    assert len(pictures) == len(cues(film)) - 1
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(last)).convert("RGB"))] == [
        f"{SITE_URL}{film.path}"
    ]


def test_a_picture_of_a_policy_keeps_all_its_panels() -> None:
    film = FILMS["interpretations/jbfbf-2023-65-picture/"]
    assert len(film.shots) == 10
    assert [row.value for row in film.shots[1].rows] == ["3", "50", "1", "100", "90"]


def test_what_is_too_long_says_less_and_then_leaves_out_what_counts_least() -> None:
    wordy = Shot("story", "字" * 60, briefer=("字" * 20,))
    assert [len(shot.words) for shot in fitted([wordy] * 6)] == [20] * 2 + [60] * 4
    ranked = [Shot("story", "字" * 50, title=str(rank), rank=rank) for rank in (0, 3, 1, 2, 0, 0, 0)]
    assert [shot.rank for shot in fitted(ranked)] == [0, 1, 0, 0, 0]


def test_captions_break_after_stops() -> None:
    words = "查一查制度里有没有涉密人员管理的规定，入职、在岗、离职三处都写到了没有，写了的再看有没有照着做。"
    assert [*parts_of(words)] == [words[:19], words[19:]]
    assert [*parts_of("字" * 40)] == ["字" * 20] * 2


def test_two_runs_give_the_same_bytes_that_players_can_play() -> None:
    files, again = made(FILM), made(FILM)
    assert files == again
    assert set(files) == {*video.FILES}
    movie = read_movie(io.BytesIO(files["video.mp4"]))
    assert movie
    assert (movie.seconds, movie.pictures, movie.index_first) == (SHORTEST, ("avc1",), True)
    assert caption_problems(files["captions.vtt"].decode(), "captions.vtt", movie.seconds) == []
    assert Image.open(io.BytesIO(files["poster.png"])).size == (270, 480)
    with av.open(io.BytesIO(files["video.mp4"])) as film:
        assert [stream.type for stream in film.streams] == ["video"]
        first, *_, last = (frame.to_image() for frame in film.decode(video=0))
    # Blue, as typst has painted them.
    for picture in (first, last):
        assert all(
            abs(found - meant) < 4 for found, meant in zip(picture.getpixel((10, 470)), (122, 29, 20), strict=True)
        )


def test_a_recording_is_heard_and_sets_the_length(tmp_path: Path) -> None:
    recording = tmp_path / "peiyin.mp3"
    _silence(recording, 24)
    with av.open(io.BytesIO(made(FILM, recording)["video.mp4"])) as film:
        assert [stream.codec_context.name for stream in film.streams] == ["h264", "aac"]
        assert round((film.duration or 0) / 1_000_000) == 24
    _silence(recording, 4)
    with pytest.raises(BuildError) as told:
        made(FILM, recording)
    assert told.value.problem.code == "narration-length"


def _silence(file: Path, seconds: int) -> None:
    with av.open(str(file), "w") as sound:
        stream = sound.add_stream("libmp3lame", rate=44_100, layout="mono")
        frame = av.AudioFrame("s16p", "mono", 44_100 * seconds)
        frame.sample_rate, frame.pts, frame.time_base = 44_100, 0, Fraction(1, 44_100)
        frame.planes[0].update(bytes(frame.planes[0].buffer_size))
        fifo = av.AudioFifo()
        fifo.write(frame)
        for part in fifo.read_many(stream.codec_context.frame_size or 1152):
            sound.mux(stream.encode(part))
        sound.mux(stream.encode())


def test_what_no_font_can_show_is_refused() -> None:
    with pytest.raises(BuildError) as told:
        made(replace(FILM, shots=(replace(FILM.shots[0], title="😀"), *FILM.shots[1:])))
    assert told.value.problem.code == "edition-not-set"


def test_the_storyboard_is_a_table_of_all_shots() -> None:
    table = Document(io.BytesIO(made(FILM)["storyboard.docx"])).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["镜号", "画面", "旁白和字幕", "时长"]
    assert [row.cells[2].text for row in table.rows[1:]] == [shot.words for shot in FILM.shots]


ISSUE = """---
title: 商业秘密保护资讯第1期：示例
published: 2026-01-02
summary: 一期示例。
number: 1
entries: [policies/plan]
video: true
source: {name: 示例, checked: 2026-01-02}
review: {status: pending}
---

编者的话。
"""
PAGE = "newsletter/issue-1/"


@pytest.fixture(scope="module", name="there")
def _there(shared: Shared) -> Iterator[Server]:
    """A small site with an issue that has a video."""
    with serve(shared.folder("video", _built)) as running:
        yield running


def _built(folder: Path) -> Path:
    project = copy_small_project(folder)
    (project / "content/mini/newsletter").mkdir()
    (project / "content/mini/newsletter/issue-1.md").write_text(ISSUE, encoding="utf-8")
    done = run_publicity("build", cwd=project)
    assert done.returncode == 0, done.stderr
    return project / "site"


@pytest.mark.parametrize("language", ["", "en/"])
def test_it_plays_on_the_page_of_its_issue(page: Page, there: Server, language: str) -> None:
    watching = Watch(page, there.url)
    page.goto(f"{there.url}{language}{PAGE}")
    page.wait_for_load_state("networkidle")
    assert not any(url.endswith(".mp4") for url in watching.requests)
    film = page.locator("video[controls][preload=none][poster]")
    assert film.evaluate("film => [film.paused, film.autoplay]") == [True, False]
    expect(page.locator("details.transcript")).to_contain_text("一期示例。")
    film.evaluate(
        "film => { film.textTracks[0].mode = 'showing'; film.muted = true; film.playbackRate = 16; void film.play(); }"
    )
    expect(film).to_have_js_property("ended", True, timeout=20_000)
    assert film.evaluate("film => [film.videoWidth, film.videoHeight, film.textTracks[0].cues[0].text]") == [
        1080,
        1920,
        "一期示例。",
    ]
    page.emulate_media(media="print")
    expect(film).to_be_hidden()
    assert watching.faults == []


def test_it_plays_in_firefox(there: Server, tmp_path: Path) -> None:
    firefox = shutil.which("firefox-esr") or shutil.which("firefox") or os.environ.get("PUBLICITY_FIREFOX")
    if firefox is None:
        pytest.skip("there is no Firefox")
    command = ["node", "tests/editions/firefox_video.mjs", firefox, f"{there.url}{PAGE}"]
    environment = {**os.environ, **_decoder(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"ended": True, "size": [1080, 1920], "cue": "一期示例。"}


def _decoder(folder: Path) -> dict[str, str]:
    """PyAV's decoder under the name that Firefox looks for: on Linux it takes H.264 from the system, and a bare one has none."""
    libraries = Path(av.__file__).parents[1] / "av.libs"
    for library in libraries.glob("libavcodec-*.so.*"):
        (folder / f"libavcodec.so.{library.name.partition('.so.')[2].partition('.')[0]}").symlink_to(library)
    return {"LD_LIBRARY_PATH": f"{folder}:{libraries}"} if libraries.is_dir() else {}
