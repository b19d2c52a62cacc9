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


def test_a_system_that_punishes_staff_goes_through_the_procedure_of_the_labour_contract_law() -> None:
    for path in sorted((SHARED / "templates").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if "purpose: system" in text and "奖惩制度》处理" in text:
            assert "职工代表大会" in text, path.name


def test_texts_for_employers_ask_nothing_that_labour_law_forbids() -> None:
    rewards = (SHARED / "templates" / "rewards-and-penalties.md").read_text(encoding="utf-8")
    assert "书面警告，调整涉密岗位" not in rewards  # a post is changed by agreement only (Art. 35)
    leaver = (SHARED / "templates" / "leaver-undertaking.md").read_text(encoding="utf-8")
    assert "不要求履行" in leaver  # a non-compete need not begin
    assert "第五十条" in leaver  # the certificate is due whether or not somebody signs
    kinds = (SHARED / "guides" / "guideline-by-kind.md").read_text(encoding="utf-8")
    assert "竞业限制，并按月给付补偿" not in kinds  # pay falls due after leaving (Art. 23)
    assert "全员签保密协议" not in kinds


def test_every_answer_names_the_law_that_it_rests_on() -> None:
    questions = [path for path in sorted((SHARED / "questions").glob("*.md")) if not path.name.endswith(".en.md")]
    silent = {path.stem for path in questions if "\narticles:\n" not in path.read_text(encoding="utf-8")}
    assert silent == {"is-the-assessment-private"}  # which speaks of this column alone
