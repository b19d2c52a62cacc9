"""What typst sets: the PDF, the long picture, the covers. All go through PDF/UA first, which refuses what no font can show."""

import datetime
import io
import json
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

from publicity.dates import seconds_of
from publicity.editions.words import full
from publicity.labels import labels
from publicity.markup.qr import qr_svg
from publicity.problems import BuildError
from publicity.stage.issues import Issue

if TYPE_CHECKING:
    import typst

_TEMPLATES = Path(__file__).parent / "templates"
GROUNDS = ("#0b3d7f", "#7a1d14", "#134d3a", "#4b2a63", "#08336e", "#5a3a0c")
_PPI = 144
_COLOURS = 48


def pdf(issue: Issue, base: str | None) -> dict[str, bytes]:
    """`issue.pdf`: tagged, with bookmarks and page numbers, as PDF/UA-1 and PDF/A-2a."""
    return {"issue.pdf": _pdf("issue", issue, base, standards=["ua-1", "a-2a"])}


def picture(issue: Issue, base: str | None) -> dict[str, bytes]:
    """`picture.png`, 1080 pixels wide; what is too long for one goes on as `picture-2.png`."""
    _pdf("picture", issue, base, standards=["ua-1"])
    pages = _png("picture", issue, base)
    return {f"picture{'' if place == 1 else f'-{place}'}.png": page for place, page in enumerate(pages, 1)}


def covers(issue: Issue, base: str | None) -> dict[str, bytes]:
    """`cover.png`, 900 by 383 pixels, and `cover-square.png`, 500 by 500."""
    _pdf("cover", issue, base, standards=["ua-1"], shape="wide")
    shapes = {"cover.png": "wide", "cover-square.png": "square"}
    return {name: _png("cover", issue, base, shape=shape)[0] for name, shape in shapes.items()}


class _Own(threading.local):
    """Each thread's compiler: one cannot work for two."""

    compiler: "typst.Compiler | None" = None


_own = _Own()


def _compiler() -> "typst.Compiler":
    if _own.compiler:
        return _own.compiler
    import pylopdf_fonts_ko  # of the extra `editions`, as the others
    import pylopdf_fonts_zh_cn
    import typst

    fonts = [str(Path(str(package.__file__)).parent) for package in (pylopdf_fonts_ko, pylopdf_fonts_zh_cn)]
    _own.compiler = typst.Compiler(root=_TEMPLATES, font_paths=fonts, ignore_system_fonts=True)
    return _own.compiler


def set_text(source: str, inputs: dict[str, str], day: datetime.date, name: str) -> bytes:
    """A text in typst's own words as PDF/UA-1 and PDF/A-2a.

    Raises:
        BuildError: a character has no glyph, or the text is at fault.
    """
    import typst

    try:
        made = _compiler().compile(
            input=source.encode(),
            sys_inputs=inputs,
            timestamp=seconds_of(day),
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
        )
    except typst.TypstError as error:
        raise BuildError("edition-not-set", issue=name, said=error.message) from error
    return cast(bytes, made)


def _data(issue: Issue, base: str | None) -> str:
    words = labels("zh")["newsletter"]
    address = full(base, issue.path)
    told: dict[str, Any] = asdict(issue) | {"words": words, "is_quiz": issue.is_quiz, "address": address}
    for one in _linked(told):
        one["address"] = full(base, one["link"]["url"]) if one["link"] else ""
    for figure in told["figures"]:
        figure["source"] = words["source"].format(title=figure["link"]["title"], date=figure["checked"])
    if told["todo"]:
        told["todo"]["items"] = [(name, text, full(base, url)) for name, text, url in told["todo"]["items"]]
        told["todo"]["until"] = told["todo"]["until"] and words["until"].format(date=told["todo"]["until"])
    told["ground"] = GROUNDS[issue.figure % len(GROUNDS)]
    told["qr"] = qr_of(address)
    return json.dumps(told, ensure_ascii=False, default=str)


def _linked(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What of an issue leads to a page of the site: stories, the case, days."""
    yield told["lead"]
    for section in told["sections"]:
        yield from section["stories"]
    if told["case"]:
        yield told["case"]
    yield from told["days"]


def qr_of(address: str) -> str | None:
    """The code of an address as an SVG picture; None where there is no address."""
    return str(qr_svg(address)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if address else None


def compiled(template: str, inputs: dict[str, str], day: datetime.date, name: str, **how: object) -> object:
    """What typst makes of a template.

    Raises:
        BuildError: a character has no glyph, or the template is at fault; `name` says what could not be made.
    """
    import typst

    try:
        return _compiler().compile(
            input=_TEMPLATES / f"{template}.typ", sys_inputs=inputs, timestamp=seconds_of(day), **cast(Any, how)
        )
    except typst.TypstError as error:
        raise BuildError("edition-not-set", issue=name, said=error.message) from error


def _compile(template: str, issue: Issue, base: str | None, shape: str, **how: object) -> object:
    return compiled(template, {"issue": _data(issue, base), "shape": shape}, issue.day, issue.slug, **how)


def _pdf(template: str, issue: Issue, base: str | None, standards: list[str], shape: str = "") -> bytes:
    return cast(bytes, _compile(template, issue, base, shape, format="pdf", pdf_standards=standards))


def _png(template: str, issue: Issue, base: str | None, shape: str = "") -> list[bytes]:
    made = cast(bytes | list[bytes], _compile(template, issue, base, shape, format="png", ppi=_PPI))
    return [in_few_colours(page) for page in (made if isinstance(made, list) else [made])]


def in_few_colours(png: bytes) -> bytes:
    """The picture with a palette: a third of the size. What else would make it smaller takes seconds."""
    with Image.open(io.BytesIO(png)) as image:
        small = image.convert("RGB").quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", compress_level=6)
    return out.getvalue()
