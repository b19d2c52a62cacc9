"""Every task of the plans has a place where it is answered; the pages that answer one lead back to it."""

from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from conftest import ROOT
from publicity.models import Entry, TaskList
from publicity.project import Project
from publicity.read.content import Column
from publicity.read.load import load
from publicity.stage.entry import entry_page
from publicity.stage.own.tasks import stylesheet, tasks_data

PROJECT = Project(ROOT)
ANSWERED_AT = {
    "jiangbei": {
        "1": "templates/survey-questionnaire/",
        "2": "guides/guideline-by-kind/",
        "3": "templates/",
        "4": "guides/how-to-apply/",
        "5": "guides/coordination-and-mediation/",
        "6": "guides/coordination-and-mediation/",
        "7": "guides/coordination-and-mediation/",
        "8": "guides/leak-response/",
        "9": "templates/industry-pact/",
        "10": "questions/cooperation-with-sichuan/",
        "11": "guides/report-and-enforce/",
        "12": "guides/enforcement-workflow/",
        "13": "templates/special-campaign-plan/",
        "14": "cases/",
        "15": "training/",
        "16": "guides/how-to-apply/",
        "17": "guides/report-and-enforce/",
        "18": "guides/liaison-handbook/",
        "19": "services/",
        "20": "services/",
        "21": "services/",
        "22": "alerts/",
        "23": "countries/",
        "24": "questions/what-foreign-partners-can-read/",
        "25": "training/",
        "26": "newsletter/",
        "27": "templates/short-video-scripts/",
    },
    "guanxian": {
        "system": "questions/liaocheng-practice/",
        "bases": "guides/how-to-apply/",
        "services": "stations/",
        "enforcement": "guides/enforcement-workflow/",
        "criminal-link": "guides/coordination-and-mediation/",
        "officers": "training/",
        "think-tank": "services/",
        "equipment": "guides/evidence/",
        "training": "training/",
        "publicity": "templates/short-video-scripts/",
    },
}
"""Where a reader is sent first for each task of a region's plan."""


@pytest.fixture(name="columns", scope="module")
def _columns() -> dict[str, Column]:
    return {region: column for region in ANSWERED_AT if (column := load(PROJECT, region).column)}


def shown(column: Column) -> Iterator[dict[str, object]]:
    for measure in tasks_data(column, "zh")["measures"]:
        yield from measure["tasks"]


@pytest.mark.parametrize("region", ANSWERED_AT)
def test_every_task_has_the_address_where_it_is_answered(columns: dict[str, Column], region: str) -> None:
    assert {task["id"]: task["offers"][0]["url"] for task in shown(columns[region])} == ANSWERED_AT[region]


def test_the_first_region_has_all_its_tasks(columns: dict[str, Column]) -> None:
    assert [task["id"] for task in shown(columns["jiangbei"])] == [str(number) for number in range(1, 28)]


@pytest.mark.parametrize("region", ANSWERED_AT)
def test_what_answers_a_task_leads_back_to_it(columns: dict[str, Column], region: str) -> None:
    column = columns[region]
    entries = {document.path: document for document in column.content.documents() if isinstance(document.meta, Entry)}
    answering = 0
    for task in shown(column):
        for offer in task["offers"]:
            if document := entries.get(f"{offer['url'].rstrip('/')}.md"):
                links = [link["url"] for link in entry_page(column, document, "zh")[0]["tasks"]]
                assert f"tasks/#task-{task['id']}" in links
                answering += 1
    assert answering


@pytest.mark.parametrize("region", ANSWERED_AT)
def test_the_choices_find_the_tasks_that_they_count(columns: dict[str, Column], region: str) -> None:
    column = columns[region]
    tasks = list(shown(column))
    rules = stylesheet(column)[1]
    body, measure = tasks_data(column, "zh")["filters"]
    for answer in body["answers"]:
        assert answer["count"] == sum(answer["value"] in task["bodies"] for task in tasks) > 0
        assert f'[name="body"] [value="{answer["value"]}"]' in rules
    assert sum(answer["count"] for answer in measure["answers"]) == len(tasks)


def test_an_id_stands_once() -> None:
    task = {"id": "1", "name": {"zh": "甲", "en": "A"}, "text": {"zh": "甲", "en": "A"}, "responsible": "甲局"}
    measure = {"id": "one", "title": {"zh": "甲", "en": "A"}, "anchor": "a", "tasks": [task, task]}
    bodies = [{"id": "a", "name": {"zh": "甲局", "en": "A"}}]
    with pytest.raises(ValidationError, match="duplicate-id"):
        TaskList.model_validate({"bodies": bodies, "measures": [measure]})
