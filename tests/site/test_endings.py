"""Ways in which a command may end that no content is to blame for: each in one sentence, with exit status 1 or 2."""

import io
import os
import resource
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from conftest import PUBLICITY, copy_small_project
from helpers.reference_text import reference_text
from publicity import cli
from publicity.project import Project


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> Path:
    """A project with a small column, a reference text and a photograph, in a folder with a Chinese name."""
    project = copy_small_project(tmp_path / "专栏")
    folder = project / "content/shared/templates"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pledge.md").write_text(reference_text("正文与内容，见![示例](photo.jpg)。"), encoding="utf-8")
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (8, 8)).save(folder / "photo.jpg", exif=exif)
    return project


def _run(project: Path, *arguments: str | bytes, most: int | None = None, **variables: str) -> tuple[int, str]:
    """Run a command, whose files may have at most so many bytes; its exit status and what it said."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [str(PUBLICITY), "--language", "en", *arguments],
        cwd=project,
        env={**os.environ, **variables},
        preexec_fn=limit if most else None,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_a_build_in_a_folder_that_the_locale_cannot_say(small: Path) -> None:
    status, said = _run(small, "build", "mini", LC_ALL="C", LANG="C")
    assert (status, said) == (0, "")
    assert (small / "site/templates/pledge.docx").is_file()
    # The same build shows that a photograph is published without its camera's words.
    photo = (small / "site/templates/photo.jpg").read_bytes()
    assert b"Camera" not in photo
    assert Image.open(io.BytesIO(photo)).size == (8, 8)
    assert (small / "site/en/templates/photo.jpg").read_bytes() == photo


def test_a_full_disk(small: Path) -> None:
    status, said = _run(small, "build", "mini", most=20_000)
    assert status in (1, 2)
    assert len(said.splitlines()) == 1
    assert not (small / "site").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "mini", "--out", "/proc/site"],
        ["inspect", "mini", "--out", "/proc/report"],
        ["inspect", "mini", "--list-links", "/dev/full"],
        ["schema", "--out", "/proc/schema"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_a_place_that_cannot_be_written(small: Path, arguments: list[str]) -> None:
    status, said = _run(small, *arguments)
    assert status == 2
    words = "this cannot go on; the system says “" if arguments[0] == "build" else "the system says “"
    assert words in said.splitlines()[-1]
    assert f"{Path(arguments[-1]).parent}/" in said


def test_a_stub_where_nothing_can_be_written(small: Path) -> None:
    (small / "content/mini/policies").rename(small / "content/mini/elsewhere")
    (small / "content/mini/policies").write_text("no folder", encoding="utf-8")
    status, said = _run(small, "new", "policy", "x", "--region", "mini")
    assert status == 2
    assert said.splitlines()[-1].startswith(("content/mini/policies", str(small / "content/mini/policies")))


BAD_NAMES = (
    b"content/mini/policies/\xff.png",
    b"content/mini/policies/\xfe.md",
    b"content/mini/policies/\xff/a.png",
    b"content/mini/\xff",
    b"docs/assets/\xff.svg",
    b"docs/\xff.png",
    b"overrides/\xff.html",
    b"scoring_wasm/standards/\xff.yml",
    "content/mini/policies/a\u202egnp.png".encode(),
    b"content/mini/policies/a\x1b.png",
)


def test_file_names_with_a_broken_byte_or_an_invisible_character(small: Path) -> None:
    for name in BAD_NAMES:
        path = small / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    status, said = _run(small, "check")
    assert status == 1
    shown = [place.replace("\\udc", "\\x").split(":")[0] for place in said.splitlines()[:-1]]
    for name in BAD_NAMES:
        text = os.fsdecode(name)
        assert ascii(text)[1:-1].replace("\\udc", "\\x").replace("\\x1b", "\\u001b") in shown
    for form in ("json", "github", "gitlab"):
        assert _run(small, "check", "--format", form)[0] == 1
    assert _run(small, "check", "mini", LC_ALL="C")[0] == 1
    assert _run(small, "build", "mini")[0] == 1


def test_a_region_whose_folder_has_a_broken_byte(small: Path) -> None:
    (small / "content/mini").rename(small / "content" / os.fsdecode(b"\xff"))
    assert _run(small, "check")[0] == 1
    assert _run(small, "check", os.fsdecode(b"content/\xff"))[0] == 1
    assert _run(small, "build", os.fsdecode(b"\xff"))[0] == 1


def test_a_fault_of_the_program_ends_in_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(Project, "find", fail)
    done = CliRunner().invoke(cli.main, ["--language", "en", "check"])
    assert done.exit_code == 2
    said = done.stderr.strip()
    assert said.startswith("the program failed (RecursionError); ")
    report = Path(said.split("; ")[1].removesuffix(" has the details"))
    assert "too deep" in report.read_text(encoding="utf-8")
    report.unlink()


@pytest.mark.parametrize("today", ["9999-12-31", "0001-01-01"])
def test_a_day_with_which_nothing_can_be_reckoned(today: str) -> None:
    done = CliRunner().invoke(cli.main, ["--language", "en", "inspect", "jiangbei", "--today", today])
    assert (done.exit_code, done.stdout) == (2, "")
    assert today in done.stderr
