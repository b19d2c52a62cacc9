"""A column of any size for measuring: real entries of this project, multiplied, each with a text newly put together from real paragraphs.

An entry takes its particulars from a real one of its collection, and its text block by block from all of them, so that whatever an
editor may write is there in its usual share. Equal numbers give equal files. Nothing of it is meant to be read or published.
"""

import datetime
import random
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from publicity.read.source import parse_markdown

ROOT = Path(__file__).resolve().parents[2]
FIRST_DAY, DAYS = datetime.date(2016, 1, 4), 3900
LENGTH = {"": 1500, ".en": 4500}  # characters; the English of a Chinese text is about three times as long
SHARES = {  # of a hundred new entries; there are only so many countries
    "policies": 20, "interpretations": 20, "cases": 20, "regulations": 8, "alerts": 10, "newsletter": 8,
    "events": 8, "guides": 4, "templates": 2,
}  # fmt: skip
OWN = ("corrections", "embargo", "annex", "aliases", "history", "updated", "short_title", "sample")  # of one entry only
LINK_INTO_ENTRY = re.compile(r"\]\((?!\.\./|https?:)")
NOT_ALONE = re.compile(r"[<!]|(?!1\.)[0-9]+\.")
"""Pictures, HTML, and what goes on with a list."""
PLACE = re.compile(r"\{[a-z]+\}")
"""What regions fill in shared texts; in texts of their own it may not stand."""
ATTRIBUTES = re.compile(r"[ \t]*\n?\{:[^{}\n]*\}")


@dataclass
class Pattern:
    """A real entry: where it lies below `content/`, and its front matter on both sides."""

    folder: Path
    meta: dict[str, Any]
    translation: dict[str, Any]


def write_corpus(target: Path, entries: int) -> None:
    """Copy the project to `target` and fill its region 江北区, with what it shares, up to a number of entries."""
    shutil.rmtree(target, ignore_errors=True)
    for name in ("content", "docs", "overrides", "scoring_wasm"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "package.json"):
        shutil.copy(ROOT / name, target)
    (target / "node_modules").symlink_to(ROOT / "node_modules")
    patterns, blocks = _read(target / "content")
    there = len(_originals(target / "content"))
    new = [name for name, share in SHARES.items() for _ in range(share)]
    random.Random(0).shuffle(new)  # noqa: S311 - no secret
    counts = dict.fromkeys(SHARES, 0)
    for number in range(entries - there):
        collection = new[number % len(new)]
        counts[collection] += 1
        # An interpretation belongs to the newest policy.
        policy = f"policies-{counts['policies']}" if counts["policies"] else "jbfbf-2023-65"
        own: dict[str, Any] = {"interprets": policy} if collection == "interpretations" else {}
        if collection == "newsletter":  # two issues cannot have one number
            own = dict.fromkeys(("number", "total"), 1000 + counts[collection])
        _write_entry(collection, counts[collection], own, patterns[collection], blocks)


def _originals(content: Path) -> list[Path]:
    """The Chinese sides of the real entries."""
    files = sorted(file for part in ("shared", "jiangbei") for file in (content / part).glob("*/*.md"))
    return [file for file in files if not file.name.endswith(".en.md")]


def _read(content: Path) -> tuple[dict[str, list[Pattern]], dict[str, list[str]]]:
    """The real entries by collection, and their texts in blocks by side."""
    patterns: dict[str, list[Pattern]] = {}
    blocks: dict[str, list[str]] = {side: [] for side in LENGTH}
    names = _names(content / "jiangbei")
    for original in _originals(content):
        sides = {"": original, ".en": original.with_suffix(".en.md")}
        front = {}
        for side, file in sides.items():
            source, _ = parse_markdown(file.read_text(encoding="utf-8"), file.name)
            if source is None:
                raise ValueError(f"{file} cannot be read; `publicity check` says why")
            front[side] = cast(dict[str, Any], source.data)
            texts = re.split(r"\n\s*\n", ATTRIBUTES.sub("", source.body).strip())
            # Shared entries, which other regions show too, may neither link to the region's own nor name it.
            blocks[side] += [
                text
                for text in texts
                if original.is_relative_to(content / "shared") or not any(name in text for name in ("](../", *names))
            ]
        if front[""].get("form", "text") == "text":  # pictures and lists of questions must fit the document's own text
            patterns.setdefault(original.parent.name, []).append(Pattern(original.parent, front[""], front[".en"]))
    return patterns, {
        side: [text for text in found if text and not LINK_INTO_ENTRY.search(text) and not NOT_ALONE.match(text)]
        for side, found in blocks.items()
    }


def _names(region: Path) -> list[str]:
    """What no shared text may say: the names and document numbers of a region."""
    names = yaml.safe_load((region / "region.yml").read_text(encoding="utf-8"))["names"]
    numbers = re.findall(
        r"^document_number: (.+)$",
        "\n".join(file.read_text(encoding="utf-8") for file in region.glob("policies/*.md")),
        re.MULTILINE,
    )
    return [names["full"]["zh"], names["short"]["zh"], names["full"]["en"].partition(",")[0], *numbers]


def _write_entry(
    collection: str, number: int, own: dict[str, Any], patterns: list[Pattern], blocks: dict[str, list[str]]
) -> None:
    dice = random.Random(f"{collection} {number}")  # noqa: S311 - no secret
    pattern = patterns[number % len(patterns)]
    days = number * DAYS // 400 if collection == "newsletter" else dice.randrange(DAYS)  # issues follow each other
    day = (FIRST_DAY + datetime.timedelta(days=days)).isoformat()
    review = {
        step: {**taken, "date": day} if isinstance(taken, dict) else taken
        for step, taken in pattern.meta["review"].items()
    }
    title = f"{pattern.meta['title']}（{number}）"
    own |= {"written": day} if "written" in pattern.meta else {}
    sides = {
        "": {**pattern.meta, **own, "title": title, "published": day, "review": review},
        ".en": {**pattern.translation, "title": f"{pattern.translation['title']} ({number})"},
    }
    for side, meta in sides.items():
        kept = {key: value for key, value in meta.items() if key not in OWN}
        head = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=200)
        text = f"---\n{head}---\n\n{_body(dice, blocks[side], LENGTH[side])}\n"
        text = text if pattern.folder.parent.name == "shared" else PLACE.sub("江北区", text)
        (pattern.folder / f"{collection}-{number}{side}.md").write_text(text, encoding="utf-8")


def _body(dice: random.Random, blocks: list[str], length: int) -> str:
    """Sections of real paragraphs and lists, and a table in one text of four."""
    headings = [block for block in blocks if block.startswith("## ")]
    tables = [block for block in blocks if block.startswith("|")]
    prose = [block for block in blocks if not block.startswith(("#", "|"))]
    found: list[str] = []
    size = 0
    while size < length:
        found += [dice.choice(headings), *dice.choices(prose, k=dice.randint(2, 4))]
        size = sum(map(len, found))
    if tables and dice.random() < 0.25:
        found.append(dice.choice(tables))
    return "\n\n".join(found)
