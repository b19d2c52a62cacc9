"""Sound files to start from: real ones of the repository, fitted into a small region where they lead to nothing else."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[3]
REGION = "mini"
_BASE = ROOT / "tests/fixtures/base/content"
_PORTAL = ROOT / "tests/fixtures/portal"
_LINK = re.compile(r"\]\((?!https?:|mailto:|tel:)[^)\s]*\)")
_INTERPRETS = re.compile(r"^interprets: .*$", re.MULTILINE)
_ENTRIES = re.compile(r"^entries:.*\n(?:(?: |- ).*\n)*", re.MULTILINE)
_REFERENCES = re.compile(
    r"^(?:supports|annex|replaced_by|articles|items|figures|case|questions|todo|dates|form|diagram|corrections|attachments|video|audio):.*\n(?:(?: |- ).*\n)*",
    re.MULTILINE,
)
_HOST = "host: {header: portal/header.html, footer: portal/footer.html, styles: portal/portal.css}\n"


@dataclass(frozen=True)
class Seed:
    """A file by its path in the project, with those that have to be there beside it."""

    path: str
    data: bytes
    beside: tuple[tuple[str, bytes], ...] = ()


def base() -> dict[str, bytes]:
    """The files that every case has: a region with two entries and one page."""
    files = {f"content/{path.relative_to(_BASE).as_posix()}": path.read_bytes() for path in _BASE.rglob("*.*")}
    files["docs/about.md"] = _LINK.sub("](about.md)", _text("docs/about.md")).encode()
    for path in (ROOT / "overrides").rglob("*.html"):  # whose ids no body may use
        files[path.relative_to(ROOT).as_posix()] = path.read_bytes()
    return files | {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()}


def seeds() -> dict[str, list[Seed]]:
    """Sound files by their kind."""
    frame = {
        f"content/{REGION}/portal/{path.relative_to(_PORTAL).as_posix()}": path.read_bytes()
        for path in sorted(_PORTAL.rglob("*.*"))
    }
    text = (_BASE / REGION / "region.yml").read_text(encoding="utf-8") + _HOST
    text = text.replace("  domain:", "  url: https://www.example.gov.cn/\n  domain:")
    region = {f"content/{REGION}/region.yml": text.encode()}
    return {
        "bodies": _entries(),
        "front matter": _entries(),
        "region.yml": [Seed(path, data, tuple(frame.items())) for path, data in region.items()],
        "lists": _lists(),
        "standards": _standards(),
        "portal": [
            Seed(path, data, (*region.items(), *((other, rest) for other, rest in frame.items() if other != path)))
            for path, data in frame.items()
        ],
        "media": [Seed(f"content/shared/guides/{name}", data) for name, data in _media().items()],
    }


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _entries() -> list[Seed]:
    """All entries but those about a country, with their English sides."""
    found = []
    for path in sorted((ROOT / "content").glob("*/*/*.md")):
        if path.name.endswith(".en.md") or path.parent.name == "alerts":
            continue
        folder = "shared" if path.parent.parent.name == "shared" else REGION
        place = f"content/{folder}/{path.parent.name}/{path.stem}"
        original, english = (_alone(side.read_text(encoding="utf-8")) for side in (path, path.with_suffix(".en.md")))
        found += [Seed(f"{place}.md", original), Seed(f"{place}.en.md", english, ((f"{place}.md", original),))]
    return found


def _alone(text: str) -> bytes:
    """An entry that leads to nothing but what every case has."""
    text = _LINK.sub("](../policies/plan.md)", _REFERENCES.sub("", text))
    text = _ENTRIES.sub("entries: [policies/plan]\n", text)
    return _INTERPRETS.sub("interprets: plan", text).encode()


def _lists() -> list[Seed]:
    registers = [
        Seed(f"content/{REGION}/{name}.yml", _text(f"content/jiangbei/{name}.yml").encode())
        for name in ("stations", "units")
    ]
    return [
        *registers,
        Seed(
            "content/shared/glossary.yml",
            re.sub(r"\n    (?:regulation|guide|article): .*", "", _text("content/shared/glossary.yml")).encode(),
        ),
    ]


def _standards() -> list[Seed]:
    """The standards, and what we say about each, beside it."""
    found = []
    for path in sorted((ROOT / "scoring_wasm/standards").glob("*.guidance.yml")):
        place = f"scoring_wasm/standards/{path.name.removesuffix('.guidance.yml')}"
        standard, guidance = _text(f"{place}.yml").encode(), path.read_bytes()
        found += [
            Seed(f"{place}.yml", standard),
            Seed(f"{place}.guidance.yml", guidance, ((f"{place}.yml", standard),)),
        ]
    return found


def _media() -> dict[str, bytes]:
    """A small file of every kind that is published as it is."""
    files = {
        "mark.svg": (ROOT / "docs/assets/images/mark.svg").read_bytes(),
        "file.pdf": b"%PDF-1.4\n1 0 obj\n<< /Author (x) >>\nendobj\n%%EOF\n",
    }
    for kind in ("png", "jpeg", "gif", "webp"):
        stream = BytesIO()
        Image.new("RGB", (8, 8), "red").save(stream, kind)
        files[f"picture.{kind}"] = stream.getvalue()
    for ending, part in {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/slides.xml"}.items():
        files[f"file.{ending}"] = _zip("[Content_Types].xml", "docProps/core.xml", part)
    films = ROOT / "tests/fixtures/media"
    files |= {"film.mp4": (films / "lecture.mp4").read_bytes(), "sound.mp3": (films / "reading.mp3").read_bytes()}
    return files | {"file.ofd": _zip("OFD.xml"), "file.zip": _zip("a.txt")}


def _zip(*parts: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return stream.getvalue()
