"""One page of each kind, and each state of it, in every appearance, on one contact sheet: for a reviewer's eyes, not for the tests.

`build/pictures/index.html` shows the sheet, `sheet.png` is the same as one picture; each picture is there in full beside them.
A run that was broken off is taken up by the next: what the same site has been photographed for is not photographed again.
Beside a site that was built before, each picture of today's has that one's to its left.
"""

import argparse
import html
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from playwright.sync_api import Error as NotReached  # noqa: E402
from states import ELDER, STATES, State, is_settled  # noqa: E402

from conftest import run_publicity, serve  # noqa: E402
from helpers.assessment import ENGINE_PATIENCE  # noqa: E402

PHONE, DESKTOP, PAPER = 360, 1280, 794  # CSS pixels; A4 is 210 mm wide
TALLEST = 3200  # what is below is cut from a picture


@dataclass(frozen=True)
class Appearance:
    """A way to look at a page."""

    name: str
    width: int = DESKTOP
    language: str = ""
    scheme: Literal["light", "dark"] = "light"
    elder: bool = False
    media: Literal["screen", "print"] = "screen"


APPEARANCES = [
    Appearance("desktop"),
    Appearance("desktop, dark", scheme="dark"),
    Appearance("desktop, English", language="en/"),
    Appearance("phone", PHONE),
    Appearance("phone, English, dark", PHONE, "en/", "dark"),
    Appearance("长者模式", elder=True),
    Appearance("长者模式, phone, dark", PHONE, scheme="dark", elder=True),
    Appearance("print", PAPER, media="print"),
]

BOX = "one => ({ y: one.getBoundingClientRect().top + scrollY, height: one.getBoundingClientRect().height })"
NOW, BEFORE = "", "before "

SHEET_STYLE = """
body { font: 14px/1.4 sans-serif; margin: 16px; background: #888; color: #fff }
table { border-spacing: 8px } th { text-align: left; vertical-align: top; font-weight: 600 } td { vertical-align: top; white-space: nowrap }
td div { display: inline-block; vertical-align: top; width: 270px; height: 380px; overflow: hidden; background: #fff } img { width: 100%; display: block }
div + div { margin-left: 2px }
"""


def main() -> int:
    """Build the site, take the pictures, write the sheet."""
    parser = argparse.ArgumentParser(prog="scripts/pictures", description=__doc__)
    parser.add_argument(
        "--kind", action="append", help="only pages and states whose name contains this text; repeatable"
    )
    parser.add_argument("--appearance", action="append", help="only appearances of these names; repeatable")
    parser.add_argument("--beside", type=Path, help="the folder of a site that was built before, to compare with")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "pictures")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    site = ROOT / "build" / "pictures-site"
    done = run_publicity("build", "--out", str(site), "--site-url", "https://www.example.gov.cn/")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return done.returncode
    start_or_take_up(out, [site, options.beside] if options.beside else [site])
    kinds = options.kind or [""]
    states = [state for state in STATES if any(kind in state.name for kind in kinds)]
    appearances = [one for one in APPEARANCES if one.name in (options.appearance or [one.name])]
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=os.environ.get("PUBLICITY_CHROMIUM"), args=arguments)
        missed = []
        for side, folder in ((BEFORE, options.beside), (NOW, site)):
            if folder:
                with serve(folder.resolve()) as server:
                    for appearance in appearances:
                        missed += photograph(browser, server.url, states, appearance, out, side)
        (out / "index.html").write_text(sheet(states, appearances, out), encoding="utf-8")
        page = browser.new_page(
            viewport={"width": 200 + len(appearances) * (560 if options.beside else 280), "height": 1000}
        )
        page.goto((out / "index.html").as_uri())
        page.screenshot(path=out / "sheet.png", full_page=True, timeout=0)  # hundreds of pictures take their time
        browser.close()
    print(f"{len(list(out.glob('*.png'))) - 1} pictures: {out / 'index.html'}, {out / 'sheet.png'}")
    for one in missed:
        print(f"missed, try again: {one}", file=sys.stderr)
    return 1 if missed else 0


def start_or_take_up(out: Path, sites: list[Path]) -> None:
    """Empty the folder, unless its pictures are of these very sites."""
    made_of = "\n".join((site / "manifest.sha256").read_text(encoding="utf-8") for site in sites)
    note = out / "made-of.txt"
    if not note.exists() or note.read_text(encoding="utf-8") != made_of:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        note.write_text(made_of, encoding="utf-8")


def photograph(
    browser: Browser, site: str, states: list[State], appearance: Appearance, out: Path, side: str
) -> list[str]:
    """Take each state in one appearance; returns those of today's site that could not be brought about, and why."""
    missed = []
    for state in states:
        picture = out / file_name(state, appearance, side)
        if picture.exists():
            continue
        context = browser.new_context(
            viewport={"width": appearance.width, "height": 900}, color_scheme=appearance.scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        page.set_default_timeout(ENGINE_PATIENCE)
        try:
            take(page, site, state, appearance, picture)
        except (NotReached, AssertionError) as error:
            if side == NOW:
                missed.append(f"{picture.name}: {str(error).splitlines()[0]}")
        context.close()
    return missed


def take(page: Page, site: str, state: State, appearance: Appearance, picture: Path) -> None:
    """Bring a page into a state and photograph it; a page that the site lacks, as one of before may, is passed over."""
    found = page.goto(site + appearance.language + state.address)
    if not found or not found.ok:
        return
    is_settled(page)
    if appearance.elder:
        page.keyboard.press(ELDER)
    state.reach(page)
    page.emulate_media(media=appearance.media)
    box = page.locator(state.element).first.evaluate(BOX)
    if box["height"]:  # paper leaves some elements out
        clip = {"x": 0, "y": box["y"], "width": appearance.width, "height": min(TALLEST, box["height"])}
        page.screenshot(path=picture, full_page=True, clip=clip)


def file_name(state: State, appearance: Appearance, side: str) -> str:
    """A picture's name: the state, the appearance, and whether it is of before."""
    return "-".join(re.findall(r"\w+", f"{side}{state.name} {appearance.name}")) + ".png"


def sheet(states: list[State], appearances: list[Appearance], out: Path) -> str:
    """The contact sheet: a row a state, a column an appearance."""
    heads = "".join(f"<th>{html.escape(appearance.name)}</th>" for appearance in appearances)
    rows = "".join(
        f"<tr><th>{html.escape(state.name)}</th>"
        + "".join(f"<td>{_cell(state, appearance, out)}</td>" for appearance in appearances)
        + "</tr>"
        for state in states
    )
    return f'<!doctype html><meta charset="utf-8"><title>Pictures</title><style>{SHEET_STYLE}</style><table><tr><th></th>{heads}</tr>{rows}</table>'


def _cell(state: State, appearance: Appearance, out: Path) -> str:
    names = [file_name(state, appearance, side) for side in (BEFORE, NOW)]
    there = [name for name in names if (out / name).exists()]
    return "".join(f'<div><a href="{name}"><img src="{name}" alt=""></a></div>' for name in there)


if __name__ == "__main__":
    sys.exit(main())
