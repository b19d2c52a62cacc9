"""What an issue of the newsletter says of the entries that it names."""

from dataclasses import replace

import pytest

from conftest import ROOT
from publicity.check import sound_column
from publicity.models import Newsletter
from publicity.models.parts.newsletter import CaseCard, IssueDate, IssueFigure, IssueQuestion
from publicity.project import Project
from publicity.stage.issues import _parted, editorial_of, issue_of

POLICY, CASE = "policies/gzbf-2023-22", "cases/vanillin-2021"


@pytest.mark.parametrize(
    "part",
    [
        {"entries": [POLICY, CASE]},
        {"figures": [IssueFigure(value="1", name="个", entry=CASE, quote="1")]},
        {"case": CaseCard(entry=CASE, facts="甲", result="乙", lesson="丙")},
        {"questions": [IssueQuestion(question="问", answer="答", entry=CASE)]},
        {"dates": [IssueDate(date="2026-12-01", text="施行", entry=CASE)]},
    ],
    ids=lambda part: next(iter(part)),
)
def test_all_that_an_issue_names_is_a_source_and_may_lack_approval(part: dict) -> None:
    column = sound_column(Project(ROOT), "guanxian")
    document = column.content.entries["newsletter"]["issue-1"]
    bare = {"entries": [POLICY], "items": [], "figures": [], "case": None, "questions": [], "dates": []}
    issue = issue_of(column, replace(document, meta=document.meta_as(Newsletter).model_copy(update=bare | part)))
    case = column.content.entries["cases"]["vanillin-2021"]
    assert case.source.name in issue.pending
    assert [name for name, _, _ in issue.sources][1:] == [case.meta.source.name["zh"]]


def test_an_issues_own_text_is_told_in_words_whatever_it_is_made_of() -> None:
    body = """## 编者的话

保护 Trade Secret 的 NDA，
用 a_b 与 2*3[^1]。

> 引文，<sup>上</sup><s>删</s>。

1. 甲
    - 子
2. 乙

| 项 | 数 |
| --- | --- |
| **丙** | 1 |

地址<br>
电话，见[总局](https://www.samr.gov.cn/)、[本站](../cases/a.md)和<https://www.court.gov.cn/>。

[^1]: 注。
"""
    assert editorial_of(body) == (
        "保护 Trade Secret 的 NDA，用 a_b 与 2*3。", "引文，上删。", "1. 甲", "· 子", "2. 乙", "项　数", "丙　1",
        "地址", "电话，见总局（https://www.samr.gov.cn/）、本站和https://www.court.gov.cn/。",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name", "theme"),
    [
        ("示例资讯第6期：年底盘点（样刊）", "示例资讯", "年底盘点（样刊）"),
        ("示例资讯第6期: 年底盘点", "示例资讯", "年底盘点"),
        ("示例资讯第6期　年底盘点", "示例资讯", "年底盘点"),
        ("示例资讯：年底盘点", "示例资讯", "年底盘点"),
        ("示例资讯第6期", "示例资讯", ""),
        ("第6期：年底盘点", "", "年底盘点"),
        ("商业秘密与第三方特刊", "", "商业秘密与第三方特刊"),
    ],
)
def test_a_title_tells_the_newsletter_from_the_theme(title: str, name: str, theme: str) -> None:
    assert _parted(title) == (name, theme)
