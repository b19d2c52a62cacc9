"""The parts of an issue of the newsletter: what it says of its entries, its figures, its case, questions, to-do and days."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from publicity.models.fields import LINE, Date, Model, Text, fault

LONGEST_TITLE = 32
"""Letters that WeChat takes as a title; longer ones are refused there."""
LONGEST_DIGEST = 120
"""Letters that WeChat takes as a digest."""
EntryName = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$")]

IssueColumn = Literal["news", "policy", "case", "abroad", "question", "event"]
COLUMNS: tuple[IssueColumn, ...] = ("news", "policy", "case", "abroad", "question", "event")


def up_to(length: int) -> StringConstraints:
    """Of a text of at most so many characters."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=length)


class Item(Model, title="电子刊条目"):
    """What an issue says of one of its entries; the entry supplies what is not said."""

    entry: EntryName = Field(
        title="文章", description="本期目录 entries 中的一篇，写作“栏目/文件名”", examples=["policies/plan-2026"]
    )
    column: IssueColumn | None = Field(
        None,
        title="版块",
        description="news 要闻；policy 政策；case 案例；abroad 域外；question 问答；event 活动；不写的随文章所在的栏目",
    )
    headline: Annotated[str, up_to(LONGEST_TITLE), LINE] | None = Field(
        None, title="小标题", description="不超过32个字；不写的用文章标题"
    )
    text: Annotated[str, up_to(160), LINE] | None = Field(
        None, title="两三句话", description="不超过160个字；不写的用文章摘要"
    )
    matters: Annotated[str, up_to(80), LINE] | None = Field(
        None, title="与你有关", description="一句话说清读者要做什么，不超过80个字"
    )


class IssueFigure(Model, title="本期数字"):
    """A number of the issue, shown large. Its source and day are those of the entry that it is taken from."""

    value: Annotated[str, up_to(8), LINE] = Field(description="数字，照文章的写法，如 6.4、50", examples=['"50"'])
    unit: Annotated[str, up_to(6), LINE] | None = Field(
        None, title="单位", description="紧跟数字的单位，如 亿元、家以上、%"
    )
    name: Annotated[str, up_to(32), LINE] = Field(
        title="说明", description="这个数字说的是什么，不超过32个字", examples=["要创建的示范单位"]
    )
    entry: EntryName = Field(
        title="文章", description="数字出自本站哪一篇，写作“栏目/文件名”", examples=["policies/plan-2026"]
    )
    quote: Text = Field(
        title="原文",
        description="含这个数字的原文，须与该篇的标题、摘要或者正文一字不差",
        examples=["示范单位50家以上"],
    )

    @model_validator(mode="after")
    def _the_quote_has_the_number(self) -> "IssueFigure":
        if self.value not in self.quote:
            raise fault("figure-not-in-quote", field="quote", value=self.value)
        return self


class CaseCard(Model, title="案例卡片"):
    """A case told in three lines; court, sum and multiplier are those of the entry."""

    entry: EntryName = Field(title="案例", description="写作“cases/文件名”", examples=["cases/example"])
    facts: Annotated[str, up_to(120), LINE] = Field(
        title="案情", description="不超过120个字", examples=["员工离职后……"]
    )
    result: Annotated[str, up_to(80), LINE] = Field(title="结果", description="不超过80个字", examples=["法院判决……"])
    lesson: Annotated[str, up_to(80), LINE] = Field(title="教训", description="不超过80个字", examples=["离职时……"])


class IssueQuestion(Model, title="电子刊问答"):
    """A question with its answer; with options it is one of a quiz."""

    question: Annotated[str, up_to(80), LINE] = Field(title="问题", description="不超过80个字", examples=["……吗？"])
    options: list[Annotated[str, up_to(40), LINE]] = Field(
        [], max_length=4, title="选项", description="小测验的两到四个选项，每个不超过40个字；一问一答的不写"
    )
    right: int | None = Field(None, title="正确选项", description="第几个选项正确；有选项时必填", examples=["1"])
    answer: Annotated[str, up_to(160), LINE] = Field(
        title="回答", description="回答或者理由，不超过160个字", examples=["应当……"]
    )
    entry: EntryName | None = Field(None, title="依据", description="回答依据本站哪一篇，写作“栏目/文件名”")

    @model_validator(mode="after")
    def _options_have_a_right_one(self) -> "IssueQuestion":
        if len(self.options) == 1:
            raise fault("one-option", field="options", found=self.options[0])
        if self.options and not 1 <= (self.right or 0) <= len(self.options):
            raise fault("no-right-option", field="right", count=len(self.options))
        if self.right is not None and not self.options:
            raise fault("right-without-options", field="right", other="options")
        return self


class Todo(Model, title="本月待办"):
    """What an enterprise can do this month, tied to items of the region's standard."""

    text: Annotated[str, up_to(120), LINE] = Field(
        title="做什么", description="不超过120个字", examples=["对照标准检查……"]
    )
    items: list[Text] = Field(
        min_length=1, title="标准条目", description="对应本地区标准的哪几条，写编号", examples=['["4.3.1"]']
    )
    until: Date | None = Field(None, title="完成日期", description="建议在哪一天之前做完")


class IssueDate(Model, title="日程"):
    """A day that readers should know: what takes effect, what ends, what takes place."""

    date: Date = Field(description="日期", examples=["2026-12-10"])
    text: Annotated[str, up_to(60), LINE] = Field(title="事项", description="不超过60个字", examples=["……施行"])
    entry: EntryName | None = Field(None, title="文章", description="本站哪一篇讲到，写作“栏目/文件名”")
