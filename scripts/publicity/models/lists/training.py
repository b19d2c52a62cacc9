"""`training.yml`: what staff are trained with, a quiz and the slides of a lesson."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from publicity.models.fields import LINE, LocalText, Model, Slug, Text, each_once, fault
from publicity.models.parts import Citation, Review
from publicity.models.parts.newsletter import EntryName, up_to


class QuizQuestion(Model, title="测验题"):
    """A question of the quiz: options, the right one, why, and what that rests on."""

    id: Slug = Field(description="编号，用于链接", examples=["no-agreement"])
    question: LocalText = Field(title="题目", description="题目，一两句话", examples=["{zh: ……吗？, en: … ?}"])
    options: list[LocalText] = Field(min_length=2, max_length=4, title="选项", description="两到四个选项")
    right: int = Field(title="正确选项", description="第几个选项正确", examples=["1"])
    answer: LocalText = Field(title="解释", description="为什么，一到三句话")
    entry: EntryName = Field(
        title="依据的文章", description="解释依据本站哪一篇，写作“栏目/文件名”", examples=["questions/no-nda"]
    )
    articles: list[Citation] = Field([], title="依据的条文", description="解释所依据的条文")

    @model_validator(mode="after")
    def _has_a_right_option(self) -> Self:
        if not 1 <= self.right <= len(self.options):
            raise fault("no-right-option", field="right", count=len(self.options))
        return self


class Slide(Model, title="幻灯片"):
    """A slide and what is said to it. Slides are Chinese, as all editions are."""

    title: Annotated[str, up_to(32), LINE] = Field(
        title="标题", description="标题，不超过32个字", examples=["什么是商业秘密"]
    )
    points: list[Annotated[str, up_to(64), LINE]] = Field(
        min_length=1, max_length=6, title="要点", description="一到六个要点，每个不超过64个字"
    )
    notes: Text = Field(title="讲解词", description="讲的人说的话，写在备注里", examples=["先问大家……"])
    entry: EntryName = Field(
        title="依据的文章",
        description="内容出自本站哪一篇，写作“栏目/文件名”；写典型案例的，金额等随该篇",
        examples=["questions/what-is-a-trade-secret"],
    )
    articles: list[Citation] = Field([], title="依据的条文", description="内容所依据的条文，显示在页脚")


class Training(Model, title="培训材料"):
    """`training.yml`: the quiz and the slides that all regions share."""

    review: Review = Field(description="编审情况")
    quiz: list[QuizQuestion] = Field(min_length=1, title="小测验", description="测验题，按顺序")
    slides: list[Slide] = Field(min_length=1, title="课件", description="幻灯片，按顺序；封面自动生成")

    @model_validator(mode="after")
    def _every_id_stands_once(self) -> Self:
        ids = (((number, "id"), question.id) for number, question in enumerate(self.quiz))
        each_once(ids, "duplicate-id", field="quiz")
        return self
