"""What pages say of the same thing agrees: the inventory, annexes, what the law lets an employer write."""

import re

import pytest

from conftest import ROOT

SHARED = ROOT / "content" / "shared"
TEXTS = [path for path in sorted(SHARED.rglob("*")) if path.suffix in {".md", ".yml"}]


def _saying(pattern: str) -> list[str]:
    return [str(path.relative_to(SHARED)) for path in TEXTS if re.search(pattern, path.read_text(encoding="utf-8"))]


def test_no_text_puts_the_content_of_secrets_into_the_inventory() -> None:
    assert "不得写入秘密的具体内容" in (SHARED / "templates" / "trade-secret-inventory.md").read_text(encoding="utf-8")
    assert _saying("写具体内容和载体|Name the content and where it is held") == []


@pytest.mark.parametrize("name", ["mutual-nda", "supplier-confidentiality-clauses"])
def test_an_agreement_names_every_annex_by_its_title(name: str) -> None:
    text = (SHARED / "templates" / f"{name}.md").read_text(encoding="utf-8")
    annexes = dict(re.findall(r"^## (附件[一二三四])　([^（\n]+)", text, re.MULTILINE))
    lines = [line for line in text.splitlines() if not line.startswith("## ")]
    assert {annex for line in lines for annex in re.findall("附件[一二三四]", line)} == set(annexes)
    for annex, title in annexes.items():
        assert any(annex in line and title in line for line in lines), annex
