"""The parts that entries are made of: how far a review has come, corrections, articles of law, facts with their sources."""

import re
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Discriminator, Field, Tag, field_validator, model_validator

from publicity.models.fields import Date, LocalText, Model, Number, Slug, SourceNote, Text, fault
from publicity.models.fields.articles import article_in


class ReviewStep(Model, title="编审经办"):
    """Who took a step of the review, by role (never by name), and when."""

    role: LocalText = Field(
        title="岗位", description="经办的岗位或者科室，不写姓名", examples=["{zh: 业务科室, en: Responsible section}"]
    )
    date: Date = Field(description="完成日期", examples=["2026-11-22"])


class Review(Model, title="编审"):
    """How far an entry has come before publication. A step that is missing is still to be taken; what is pending is marked."""

    status: Literal["pending", "done"] = Field(
        title="编审状态", description="pending 待复核，页面有标记；done 已审核并审批"
    )
    drafted: ReviewStep | None = Field(None, description="编写")
    reviewed: ReviewStep | None = Field(None, description="审核；status 为 done 时必填")
    approved: ReviewStep | None = Field(None, description="审批；status 为 done 时必填")
    note: Text | None = Field(None, title="待核实事项", description="还有什么待核实，待复核期间显示在页面上")

    @model_validator(mode="after")
    def _done_means_reviewed_and_approved_in_order(self) -> "Review":
        if self.status == "done":
            for step in ("reviewed", "approved"):
                if getattr(self, step) is None:
                    raise fault("missing-beside", field=step, beside="status: done")
        taken = [step for step in (self.drafted, self.reviewed, self.approved) if step]
        for before, after in pairwise(taken):
            if after.date < before.date:
                raise fault("steps-out-of-order", before=before.date, after=after.date)
        return self


REVIEW_STEPS = ("drafted", "reviewed", "approved")


class Correction(Model, title="勘误"):
    """A slip in the copy we published from, and what stands here instead; shown under the text."""

    kind: Literal["slip", "typography"] = Field(
        "slip", title="类别", description="slip 文字疑误；typography 标点、格式"
    )
    printed: Text = Field(title="底本文字", description="底本原来的文字")
    corrected: Text | None = Field(
        None, title="改后文字", description="本页改成的文字，须与正文一致", examples=["正文中改后的文字"]
    )
    reason: Text = Field(title="依据", description="改动的依据")

    @model_validator(mode="after")
    def _a_slip_has_its_correction(self) -> "Correction":
        if self.kind == "slip" and self.corrected is None:
            raise fault("missing-beside", field="corrected", beside="kind: slip")
        return self


class Change(Model, title="改动"):
    """What was changed on a published page, and when."""

    date: Date = Field(description="改动日期", examples=["2026-12-01"])
    note: Text = Field(title="改动内容", description="改了什么", examples=["更新联系电话。"])


class Validity(Model, title="有效性"):
    """Whether a document is in force, as far as its source says."""

    status: Literal["in_force", "expired", "repealed", "unstated"] = Field(
        title="效力状态", description="in_force 有效；expired 已失效；repealed 已废止；unstated 文件未载明"
    )
    note: Text | None = Field(None, title="效力说明", description="对有效性的说明")
    checked: Date = Field(description="核对日期", examples=["2026-11-22"])


class Amount(Model, title="金额"):
    """A sum of money as the source states it."""

    value: Number = Field(description="数额，单位为元", examples=["159000000"])
    currency: Literal["CNY", "USD"] = Field("CNY", description="币种：CNY 人民币；USD 美元")
    note: LocalText | None = Field(None, title="金额说明", description="数额的性质或者出处，如“罚款”“约数”")


class Citation(Model, title="适用条文"):
    """An article of a law that the site holds."""

    regulation: Slug = Field(description="法律法规，写它的文件名", examples=["anti-unfair-competition-law-2019"])
    article: Text = Field(description="条文序号，照当时的法律", examples=["第九条第一款第三项"])

    @field_validator("article")
    @classmethod
    def _names_an_article(cls, article: str) -> str:
        if article_in(article) is None:
            raise fault("no-article", found=article)
        return article


LawApplied = Annotated[
    Annotated[Citation, Tag("[citation]")] | Annotated[Text, Tag("[text]")],
    Discriminator(lambda value: "[text]" if isinstance(value, str) else "[citation]"),
]


def _is_numbered_in_chinese(article: str) -> str:
    if re.search("第[0-9０-９]+[条款项]", article):
        raise fault("article-in-figures", found=article)
    return article


ArticleNumber = Annotated[Text, AfterValidator(_is_numbered_in_chinese)]
"""Which article, as Chinese laws number them: anchors, order and links are found by it."""


class ArticleSummary(Model, title="条款摘要"):
    """An article on trade secrets, summarised in our own words."""

    article: ArticleNumber = Field(description="条文序号", examples=["第十条"])
    text: LocalText = Field(title="摘要", description="用自己的话归纳的内容")


class ArticleMove(Model, title="新旧条文"):
    """Where an article of the old text stands now."""

    subject: LocalText = Field(title="条文内容", description="条文的内容")
    old: ArticleNumber | None = Field(title="原条文", description="原条文序号；新增的写 null")
    new: ArticleNumber = Field(title="现条文", description="现条文序号")
    unchanged: bool = Field(False, title="实质未变", description="只改了序号、实质内容没有变化的写 true，页面把它收起")
    note: LocalText | None = Field(None, title="变化说明", description="变化的说明")

    @property
    def change(self) -> Literal["added", "changed", "moved"]:
        """What became of the article; `moved` has another number only."""
        if self.old is None:
            return "added"
        return "moved" if self.unchanged else "changed"


class Penalty(Model, title="法律责任"):
    """A consequence of infringement, for the table of penalties."""

    kind: Literal["administrative", "civil", "criminal"] = Field(
        description="责任类别：administrative 行政；civil 民事；criminal 刑事"
    )
    article: ArticleNumber = Field(description="条文序号")
    text: LocalText = Field(description="责任内容")


CountryFact = Literal[
    "statute", "elements", "measures", "civil", "criminal", "limitation", "seizure", "notice", "authority"
]
COUNTRY_FACTS: tuple[CountryFact, ...] = (
    "statute",
    "elements",
    "measures",
    "civil",
    "criminal",
    "limitation",
    "seizure",
    "notice",
    "authority",
)


CountryArea = Literal[
    "europe",
    "west-asia",
    "central-and-south-asia",
    "east-asia",
    "southeast-asia",
    "americas",
    "africa",
    "oceania",
]
CountryLaw = Literal["dedicated", "scattered", "case-law"]
"""How a country has its law of trade secrets: an act named for them, articles of other acts, or the judgments of its courts."""
COUNTRY_AREAS: tuple[CountryArea, ...] = get_args(CountryArea)
COUNTRY_LAWS: tuple[CountryLaw, ...] = get_args(CountryLaw)


class Fact(Model, title="制度要点"):
    """One fact of a country guide. `unchecked` facts are shown as pending."""

    text: LocalText = Field(description="要点，一条一句")
    status: Literal["checked", "secondary", "derived", "unchecked"] = Field(
        title="核对状态",
        description="checked 已核对所列出处；secondary 据二手资料；derived 据已核对资料推定；unchecked 待核实",
    )
    source: SourceNote | None = Field(None, description="来源；status 不是 unchecked 时必填")

    @model_validator(mode="after")
    def _a_checked_fact_has_its_source(self) -> "Fact":
        if self.status != "unchecked" and self.source is None:
            raise fault("missing-beside", field="source", beside=f"status: {self.status}")
        return self
