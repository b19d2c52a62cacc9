"""What an issue of the newsletter says of the entries that it names."""

from dataclasses import replace

import pytest

from conftest import ROOT
from publicity.check import sound_column
from publicity.models import Newsletter
from publicity.models.parts.newsletter import CaseCard, IssueDate, IssueFigure, IssueQuestion
from publicity.project import Project
from publicity.stage.issues import issue_of

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
