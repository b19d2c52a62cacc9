"""A region that has become part of another: said once at the top, and where the present tense would be false. Tried with a region that is renamed."""

import datetime
import shutil

import pytest

from conftest import ROOT
from publicity.project import Project
from publicity.read.content import Column
from publicity.read.load import load
from publicity.stage.frame import site_data
from publicity.stage.own.pages import own_page

SUCCESSION = """
succession:
  day: 2026-07-01
  into: {zh: 示例市新区, en: New Area}
  former: {zh: 原示例区, en: the former Sample District}
  text: {zh: 示例区已改为示例市新区。, en: Sample District is New Area now.}
  source: {name: {zh: 示例公告, en: A notice}, checked: 2026-07-02}
  unknown:
    - {zh: 示例局由谁承接, en: Who follows the bureau}
"""


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("renamed")
    shutil.copytree(ROOT / "tests/fixtures/base/content", root / "content")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    with (root / "content/mini/region.yml").open("a", encoding="utf-8") as file:
        file.write(SUCCESSION)
    return Project(root)


def column_on(project: Project, day: str, region: str = "mini") -> Column:
    column = load(project, region, datetime.date.fromisoformat(day)).column
    assert column
    return column


def test_before_the_day_the_region_bears_its_name(project: Project) -> None:
    column = column_on(project, "2026-06-30")
    assert site_data(column)["zh"]["succession"] is None
    page = own_page(column, column.content.pages["stations"], "zh")[0]
    assert page["description"].startswith("示例区商业秘密保护")


@pytest.mark.parametrize(
    ("language", "said", "source", "name"),
    [
        ("zh", "示例区已改为示例市新区。", "示例公告", "原示例区商业秘密保护"),
        ("en", "Sample District is New Area now.", "A notice", "contact points in the former Sample District"),
    ],
)
def test_from_that_day_every_page_says_so(project: Project, language: str, said: str, source: str, name: str) -> None:
    column = column_on(project, "2026-07-01")
    shown = site_data(column)[language]["succession"]
    assert (shown["text"], shown["source"]["name"], len(shown["unknown"])) == (said, source, 1)
    assert name in own_page(column, column.content.pages["stations"], language)[0]["description"]


def test_the_first_region_is_called_what_it_was() -> None:
    project = Project(ROOT)
    after, before = (column_on(project, day, "jiangbei") for day in ("2026-01-25", "2026-01-24"))
    for column, name in ((after, "原江北区"), (before, "江北区")):
        page = own_page(column, column.content.pages["tasks"], "zh")[0]
        assert page["description"].startswith(f"{name}商业秘密保护")
    assert site_data(after)["zh"]["succession"]["unknown"]
