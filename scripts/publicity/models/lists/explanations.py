"""What we say of each item of a standard in plain words, in a file beside the standard."""

from typing import Literal

from pydantic import Field, field_validator

from publicity.models.fields import LocalText, Model, Text, fault

MOST_QUESTIONS = 10
"""A first pass is short, or it is none."""


class FirstQuestion(Model, title="初查的一问"):
    """An item that the first pass asks about, and why."""

    item: Text = Field(description="条目编号", examples=["1.1.1"])
    why: LocalText = Field(description="为什么先问这一项")


class Explanations(Model, title="条目说明"):
    """`<standard>.explanations.yml`: ours, not the standard's; nothing in it changes a score."""

    standard: Text = Field(description="标准编号")
    items: dict[Text, LocalText] = Field(title="说明", description="每个条目用平常话怎么说，按条目编号")
    first: list[FirstQuestion] = Field([], title="初查", description="初查的问题，最多十个")
    review: Literal["pending", "done"] = Field(
        "pending", title="编审状态", description="pending 待复核，自评页注明一次；done 已审核并审批"
    )
    source: LocalText | None = Field(None, title="依据", description="选题所参考的资料和日期")

    @field_validator("first")
    @classmethod
    def _few_enough(cls, questions: list[FirstQuestion]) -> list[FirstQuestion]:
        if len(questions) > MOST_QUESTIONS:
            raise fault("many-questions", count=len(questions), most=MOST_QUESTIONS)
        return questions
