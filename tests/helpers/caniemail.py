"""What a mail asks of the programs that show it, held to caniemail's data; the data and their day stand in `fixtures/caniemail.json`."""

import json
import re

from bs4 import BeautifulSoup

from conftest import ROOT

REFUSING: dict[str, list[str]] = json.loads((ROOT / "tests/fixtures/caniemail.json").read_text(encoding="utf-8"))["no"]
"""Each feature that was tested there, with the programs whose latest version does not know it."""
UNTESTED = {"html-a", "html-br", "html-tbody", "html-tr", "html-td", "html-html", "html-head", "html-title", "html-meta", "html-bgcolor", "html-border",
            "html-href", "html-class", "html-charset", "html-name", "html-content", "css-color", "css-font-family", "css-border-width"}  # fmt: skip
"""What the data says nothing of, and every program has had since there is mail in HTML."""
_SAME = {"html-h1": "html-h1-h6", "html-h2": "html-h1-h6", "html-h3": "html-h1-h6", "css-border-bottom": "css-border"}
_SIDES = re.compile(r"(css-(?:margin|padding))-(?:top|right|bottom|left)$")
_PICTURE = re.compile(r"\.(png|jpg|gif|webp|svg|avif)$")


def used(html: str) -> set[str]:
    """The features of a mail, by caniemail's names: elements, attributes, properties, at-rules, pictures."""
    soup = BeautifulSoup(html, "html.parser")
    names = {"html-doctype"} if html.lower().startswith("<!doctype") else set()
    for tag in soup.find_all():
        names |= {f"html-{tag.name}", *(f"html-{name}" for name in tag.attrs if name not in ("style", "src", "alt"))}
        if tag.get("name") == "color-scheme":
            names.add("html-meta-color-scheme")
        names |= _styled(str(tag.get("style", "")))
        if source := str(tag.get("src", "")):
            names.add("image-base64" if source.startswith("data:") else f"image-{_PICTURE.findall(source)[0]}")
    for style in soup.find_all("style"):
        text = style.get_text()
        names |= {f"css-at-{name}" for name in re.findall(r"@(\S+)", text)} - {"css-at-media"}
        names |= {f"css-at-media-{name}" for name in re.findall(r"@media \((\S+?)[:)]", text)}
        names |= _styled(";".join(re.findall(r"\{([^{}]*)\}", text)))
    plain = (_SIDES.sub(r"\1", _SAME.get(name, name)) for name in names if not name.startswith("html-data-"))
    return {name for name in plain if name not in UNTESTED}


def _styled(declarations: str) -> set[str]:
    pairs = [part.partition(":") for part in declarations.split(";") if ":" in part]
    names = {f"css-{name.strip()}" for name, _, _ in pairs}
    for name, _, value in pairs:
        if name.strip() == "display" and value.split()[0] in ("flex", "grid", "none"):
            names.add(f"css-display-{value.split()[0]}")
        names |= {"css-important"} if "!important" in value else set()
        names |= {"css-background-image"} if "url(" in value else set()
    return names
