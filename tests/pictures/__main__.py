"""One page of each kind in every appearance, on one contact sheet: for a reviewer's eyes, not for the tests.

`build/pictures/index.html` shows the sheet, `sheet.png` is the same as one picture; each picture is there in full beside them.
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

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from conftest import run_publicity, serve  # noqa: E402
from helpers.page_kinds import PAGE_KINDS  # noqa: E402

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

SHEET_STYLE = """
body { font: 14px/1.4 sans-serif; margin: 16px; background: #888; color: #fff }
table { border-spacing: 8px } th { text-align: left; vertical-align: top; font-weight: 600 } td { vertical-align: top }
td div { width: 250px; height: 330px; overflow: hidden; background: #fff } img { width: 100%; display: block }
"""


def main() -> int:
    """Build the site, take the pictures, write the sheet."""
    parser = argparse.ArgumentParser(prog="scripts/pictures", description=__doc__)
    parser.add_argument("--kind", default="", help="only pages whose address contains this text")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "pictures")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    site = ROOT / "build" / "pictures-site"
    done = run_publicity("build", "--out", str(site), "--site-url", "https://www.example.gov.cn/")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return done.returncode
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    kinds = [kind for kind in PAGE_KINDS if options.kind in kind]
    with serve(site) as server, sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=os.environ.get("PUBLICITY_CHROMIUM"), args=arguments)
        for appearance in APPEARANCES:
            photograph(browser, server.url, kinds, appearance, out)
        (out / "index.html").write_text(sheet(kinds), encoding="utf-8")
        page = browser.new_page(viewport={"width": 2200, "height": 1000})
        page.goto((out / "index.html").as_uri())
        page.screenshot(path=out / "sheet.png", full_page=True)
        browser.close()
    print(f"{len(kinds)} pages, {len(kinds) * len(APPEARANCES)} pictures: {out / 'index.html'}, {out / 'sheet.png'}")
    return 0


def photograph(browser: Browser, site: str, kinds: list[str], appearance: Appearance, out: Path) -> None:
    """Take each kind of page in one appearance."""
    context = browser.new_context(
        viewport={"width": appearance.width, "height": 900}, color_scheme=appearance.scheme, reduced_motion="reduce"
    )
    if appearance.elder:
        context.add_init_script("localStorage.setItem('trade-secret-column / appearance', '{\"elder\": true}')")
    page = context.new_page()
    page.emulate_media(media=appearance.media)
    for kind in kinds:
        page.goto(site + appearance.language + kind)
        page.wait_for_load_state("networkidle")
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        page.screenshot(
            path=out / file_name(kind, appearance),
            full_page=True,
            clip={"x": 0, "y": 0, "width": appearance.width, "height": height},
        )
    context.close()


def file_name(kind: str, appearance: Appearance) -> str:
    """A picture's name: the page and the appearance."""
    return "-".join(re.findall(r"\w+", f"{kind or 'home'} {appearance.name}")) + ".png"


def sheet(kinds: list[str]) -> str:
    """The contact sheet: a row a page, a column an appearance."""
    heads = "".join(f"<th>{html.escape(appearance.name)}</th>" for appearance in APPEARANCES)
    rows = "".join(
        f"<tr><th>{html.escape(kind or 'home')}</th>"
        + "".join(
            f'<td><div><a href="{file_name(kind, appearance)}"><img src="{file_name(kind, appearance)}" alt=""></a></div></td>'
            for appearance in APPEARANCES
        )
        + "</tr>"
        for kind in kinds
    )
    return f'<!doctype html><meta charset="utf-8"><title>Pictures</title><style>{SHEET_STYLE}</style><table><tr><th></th>{heads}</tr>{rows}</table>'


if __name__ == "__main__":
    sys.exit(main())
