"""Chinese that stands on an English page says so (WCAG 3.1.2)."""

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

HAN = re.compile(r"[\u3400-\u9fff]")


def _unmarked(node: LexborNode, language: str) -> list[str]:
    """The texts with Chinese below an element which say another language."""
    texts = []
    for child in node.iter(include_text=True):
        if child.is_text_node:
            text = child.text_content or ""
            texts += [text.strip()] if language not in ("zh-CN", "ja") and HAN.search(text) else []
        elif child.tag not in ("script", "style", "svg", "template"):
            texts += _unmarked(child, child.attributes.get("lang") or language)
    return texts


def test_an_english_page_names_who_made_a_law_in_english(site: Path) -> None:
    makers = {}
    for page in sorted((site / "en" / "regulations").glob("*/index.html")):
        for row in LexborHTMLParser(page.read_bytes()).css(".particulars dl > div"):
            label, value = row.css_first("dt"), row.css_first("dd")
            if label and value and label.text(strip=True) == "Made by":
                makers[page.parent.name] = value.text(strip=True)
    assert makers
    assert {name: maker for name, maker in makers.items() if HAN.search(maker)} == {}


def test_chinese_on_english_pages_says_its_language(site: Path) -> None:
    missed = {}
    for page in sorted((site / "en").rglob("*.html")):
        body = LexborHTMLParser(page.read_bytes()).body
        if body and (texts := _unmarked(body, "en")):
            missed[str(page.relative_to(site))] = texts
    assert missed == {}
