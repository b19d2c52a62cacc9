"""`tasks.yml`: what a region's plan promises, task by task, who is responsible, and where the column answers it."""

from collections.abc import Iterator
from itertools import chain
from typing import Self

from pydantic import Field, model_validator

from publicity.models.fields import Date, LocalText, Model, Slug, SourceNote, Text, each_once


class TaskBody(Model, title="责任单位"):
    """A body that the plan makes responsible, as the plan writes it."""

    id: Slug = Field(description="编号，用于筛选", examples=["amr"])
    name: LocalText = Field(
        description="名称，照文件写法", examples=["{zh: 区市场监管局, en: District Administration}"]
    )
    also: list[Text] = Field([], title="其他写法", description="文件中的其他写法")


class TaskProgress(Model, title="已公布的进展"):
    """What has been published of how far a task has come."""

    text: LocalText = Field(description="已公布的情况")
    as_of: Date = Field(description="截至日期")
    source: SourceNote = Field(title="来源", description="公布它的文件或者网页")


class Task(Model, title="任务"):
    """One task, verbatim, with what the column offers for it."""

    id: Slug = Field(description="编号：文件有序号的写序号，没有的自拟", examples=['"1"'])
    name: LocalText = Field(title="简称", description="几个字的简称，由本专栏所拟")
    text: LocalText = Field(description="任务原文，不含序号和责任单位；英文为参考译文")
    responsible: Text = Field(title="责任单位原文", description="文件“（责任单位：……）”中的文字，照抄")
    offers: list[Text] = Field(
        [], title="本专栏提供", description="本专栏中对应的网页，写网址", examples=["[guides/evidence, stations]"]
    )
    progress: list[TaskProgress] = Field([], title="进展", description="已公布的进展，按先后；没有公布的不写")

    @property
    def number(self) -> int | None:
        """Its number in the plan, where the plan numbers its tasks."""
        return int(self.id) if self.id.isdigit() else None


class Measure(Model, title="措施"):
    """A part of the plan, with the tasks under its heading."""

    id: Slug = Field(description="编号，用于筛选")
    title: LocalText = Field(description="文件中的标题，照抄；英文为参考译文")
    anchor: Text = Field(title="位置", description="标题在政策文件网页上的位置", examples=["tasks-rules"])
    tasks: list[Task] = Field(min_length=1, description="任务，按文件顺序")


class TaskList(Model, title="任务分工"):
    """`tasks.yml`: the plan's tasks and who is responsible for them."""

    bodies: list[TaskBody] = Field(min_length=1, title="责任单位", description="文件写到的责任单位")
    measures: list[Measure] = Field(min_length=1, title="措施", description="文件的各部分，按文件顺序")

    @property
    def tasks(self) -> Iterator[Task]:
        """All tasks, in the order of the plan."""
        for measure in self.measures:
            yield from measure.tasks

    @model_validator(mode="after")
    def _every_id_stands_once(self) -> Self:
        bodies = (((number, "id"), body.id) for number, body in enumerate(self.bodies))
        each_once(bodies, "duplicate-id", field="bodies")
        measures = (((number, "id"), (Measure, measure.id)) for number, measure in enumerate(self.measures))
        tasks = (
            ((number, "tasks", inside, "id"), (Task, task.id))
            for number, measure in enumerate(self.measures)
            for inside, task in enumerate(measure.tasks)
        )
        each_once(chain(measures, tasks), "duplicate-id", field="measures")
        return self

    def responsible(self, task: Task) -> tuple[list[TaskBody], str]:
        """The bodies named in a task's words, in the order of the list, and what of the words is left without them."""
        left, found = task.responsible, set()
        names = {name: body.id for body in self.bodies for name in (body.name.zh, *body.also)}
        for name in sorted(names, key=len, reverse=True):
            if name in left:
                left = left.replace(name, "|")
                found.add(names[name])
        return [body for body in self.bodies if body.id in found], left
