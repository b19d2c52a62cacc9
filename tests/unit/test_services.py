"""The list of institutions, alliances and experts, as its page shows it."""

import shutil

import pytest

from conftest import ROOT
from publicity.project import Project
from publicity.read.content import Column
from publicity.read.load import load
from publicity.stage.own.pages import own_page

SERVICES = """
source: {name: 示例局, checked: 2026-01-02}
services:
  - name: {zh: 示例鉴定中心, en: Sample Appraisal Centre}
    kind: institution
    field: {zh: 鉴定, en: Appraisal}
    phone: 010-12345678
  - name: {zh: 示例专家, en: Sample Expert}
    kind: expert
    field: {zh: 化工, en: Chemistry}
    organisation: {zh: 示例大学, en: Sample University}
"""


@pytest.fixture(name="column", scope="module")
def _column(tmp_path_factory: pytest.TempPathFactory) -> Column:
    root = tmp_path_factory.mktemp("services")
    shutil.copytree(ROOT / "tests/fixtures/base/content", root / "content")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "content/mini/services.yml").write_text(SERVICES, encoding="utf-8")
    column = load(Project(root), "mini").column
    assert column
    return column


def test_each_row_says_what_it_is_and_does(column: Column) -> None:
    rows = own_page(column, column.content.pages["services"], "zh")[0]["rows"]
    assert [(row["name"], row["kind"], row["field"], row["organisation"], row["phone"]) for row in rows] == [
        ("示例鉴定中心", "第三方机构", "鉴定", None, "010-12345678"),
        ("示例专家", "专家", "化工", "示例大学", None),
    ]
    assert own_page(column, column.content.pages["services"], "en")[0]["rows"][1]["kind"] == "Expert"


def test_nothing_is_listed_that_is_not_published(column: Column) -> None:
    region = load(Project(ROOT), "jiangbei").column
    assert region
    assert own_page(region, region.content.pages["services"], "zh")[0]["rows"] == []
