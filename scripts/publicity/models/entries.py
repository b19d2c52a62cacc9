"""The entries: one model a collection."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from publicity.models.fields import (
    LINE,
    Alias,
    ClockTime,
    Count,
    CountryCode,
    Date,
    Keyword,
    LocalText,
    Model,
    Number,
    Slug,
    SourceNote,
    Summary,
    Text,
    Title,
    WebAddress,
    Year,
    each_once,
    fault,
)
from publicity.models.fields.articles import anchor_of, covers
from publicity.models.fields.numbers import NumberText
from publicity.models.parts import (
    Amount,
    ArticleMove,
    ArticleSummary,
    Change,
    Correction,
    CountryArea,
    CountryFact,
    CountryLaw,
    Fact,
    LawApplied,
    Penalty,
    Review,
    Validity,
)
from publicity.models.parts.attachments import Attachment, FileName, Narration, Video, VideoOrOurs
from publicity.models.parts.diagram import Panel
from publicity.models.parts.events import EventContact, EventTime, Moment, Name, OnlineAddress, Registration
from publicity.models.parts.newsletter import (
    LONGEST_DIGEST,
    LONGEST_TITLE,
    CaseCard,
    IssueDate,
    IssueFigure,
    IssueQuestion,
    Item,
    Todo,
    up_to,
)
from scoring.problems import Keys


class Entry(Model, title="各栏目共有的字段"):
    """What every entry of a collection has."""

    collection: ClassVar[str]
    shared: ClassVar[bool] = False  # whether it is written for all regions, in content/shared
    needs_text: ClassVar[bool] = True  # whether it is nothing without a body; the front matter of others says enough

    @classmethod
    def kind_name(cls) -> str:
        """The kind in the singular, `case`, as `publicity new`, schemas and templates name it."""
        return cls.__name__.lower()

    title: Title = Field(description="标题", examples=["关于某某事项的通知"])
    published: Date = Field(description="发布日期", examples=["2023-11-13"])
    published_time: ClockTime | None = Field(None, description="发布时间，如 09:30，用于页面标签；不写的按 00:00")
    published_note: Text | None = Field(None, title="日期说明", description="发布日期的来历，原文没有载明时填写")
    summary: Summary = Field(
        description="摘要，显示在列表、搜索结果和订阅中", examples=["两三句话，说清这是什么、对谁有用。"]
    )
    keywords: list[Keyword] = Field([], description="关键词")
    source: SourceNote = Field(
        description="主要来源", examples=["{name: 来源网站, url: https://www.example.gov.cn/, checked: 2026-11-22}"]
    )
    review: Review = Field(
        title="编审",
        description="编写、审核、审批到了哪一步",
        examples=["{status: pending, drafted: {role: {zh: 编写人员, en: Editors}, date: 2026-11-22}}"],
    )
    corrections: list[Correction] = Field([], description="勘误，逐条列在正文之后")
    aliases: list[Alias] = Field([], description="曾用网址，转到本页：本栏目的旧文件名，或者“栏目/旧文件名”")
    embargo: Date | None = Field(None, title="解禁日期", description="这一天之前不发布")
    expires: Date | None = Field(None, title="失效日期", description="这一天之后不宜再发布")
    sample: bool = Field(False, title="示例标记", description="示例内容写 true，页面有标记")
    supports: dict[Text, list[Text]] = Field(
        {},
        title="对应条目",
        description="对应的创建标准条目，写在标准的编号下，最对口的写在前面",
        examples=['{city-2023: ["4.3.1"]}'],
    )
    history: list[Change] = Field(
        [], title="改动记录", description="发布之后的改动，按先后；列在正文之后，订阅和网站地图随之更新"
    )

    attachments: list[Attachment] = Field(
        [],
        title="附件",
        description="附在正文之后供下载的文件：pdf、ofd、doc、docx、wps、xls、xlsx、et、ppt、pptx、dps、zip、mp3、mp4",
        examples=["[{file: huizhi.docx, name: {zh: 报名回执, en: Reply slip}}]"],
    )
    video: VideoOrOurs | None = Field(
        None,
        title="视频",
        description="显示在正文之前的视频，须有封面图片、字幕和文字稿；电子刊和一图读懂写 true 的，由内容生成",
        examples=[
            "{title: 专题讲座, file: jiangzuo.mp4, poster: jiangzuo.jpg, captions: jiangzuo.vtt, transcript: 文字稿。}"
        ],
    )
    audio: FileName | None = Field(
        None, title="朗读录音", description="正文录音的文件名，MP3 格式，点“朗读”时播放", examples=["langdu.mp3"]
    )

    @field_validator("history")
    @classmethod
    def _changes_follow_publication(cls, history: list[Change], info: ValidationInfo) -> list[Change]:
        if "published" not in info.data:  # it has a problem of its own
            return history
        days = [info.data["published"], *(change.date for change in history)]
        for before, after in pairwise(days):
            if after < before:
                raise fault("history-out-of-order", before=before, after=after, other="published")
        return history

    @field_validator("expires")
    @classmethod
    def _expires_after_publication(cls, expires: date | None, info: ValidationInfo) -> date | None:
        for name in ("published", "embargo"):
            day = info.data.get(name)
            if expires and day and expires < day:
                raise fault("day-before", found=expires, other=name, day=day)
        return expires

    @property
    def has_panels(self) -> bool:
        """Whether a video can be made of it."""
        return False

    @property
    def own_video(self) -> Video | None:
        """The video that lies beside it."""
        return self.video if isinstance(self.video, Video) else None

    @model_validator(mode="after")
    def _a_video_is_made_of_panels(self) -> Self:
        if self.video is True and not self.has_panels:
            raise fault("no-panels-for-video", field="video")
        return self

    @property
    def updated(self) -> date:
        """The day of the last change, or of publication where nothing has changed since."""
        return self.history[-1].date if self.history else self.published

    def supported(self, standard: str | None) -> list[str]:
        """The items of a standard that it helps with; none where there is no standard."""
        return self.supports.get(standard, []) if standard else []

    def is_over(self, today: date) -> bool:
        """Whether it is of the past on a day, and no list need begin with it any more."""
        return bool(self.expires and self.expires < today)

    @property
    def is_official(self) -> bool:
        """Whether it is an official document: printed as it is, and never corrected."""
        return False

    @property
    def year(self) -> int | None:
        """The year that a reader would look for it under; None where it is not known."""
        return self.published.year

    @property
    def anchors(self) -> frozenset[str]:
        """Anchors that the page's template adds to those of the body's headings."""
        return frozenset(name for name in ("corrections", "history") if getattr(self, name))


class Policy(Entry, title="政策文件"):
    """An official document, verbatim."""

    collection: ClassVar[str] = "policies"

    short_title: Text | None = Field(None, description="简称")
    document_number: NumberText = Field(description="发文字号", examples=["示例〔2026〕1号"])
    issuer: Text = Field(description="发文机关", examples=["示例区人民政府办公室"])
    written: Date = Field(description="成文日期", examples=["2023-11-09"])
    validity: Validity = Field(description="有效性", examples=["{status: in_force, checked: 2026-11-22}"])
    annex: Text | None = Field(None, title="附件标准", description="作为附件显示的标准的编号")

    @model_validator(mode="after")
    def _is_written_before_it_is_published(self) -> Self:
        if self.published < self.written:
            raise fault("day-before", field="published", other="written", found=self.published, day=self.written)
        return self

    @property
    def own_number(self) -> str | None:
        """The number where it tells this document from others. A document without one says 无 or the like there."""
        return self.document_number if re.search(r"\d", self.document_number) else None

    @property
    def is_official(self) -> bool:
        """As in `Entry`: always."""
        return True

    @property
    def anchors(self) -> frozenset[str]:
        """As in `Entry`; a policy with an annex has `#annex`."""
        return super().anchors | ({"annex"} if self.annex else set())


class Interpretation(Entry, title="政策解读"):
    """An explanation of a policy: its issuer's own, or one that this column has compiled from the document."""

    collection: ClassVar[str] = "interpretations"
    needs_text: ClassVar[bool] = False  # a picture does not; `check_texts` looks at its form

    interprets: Slug = Field(title="所解读文件", description="解读的政策文件，写它的文件名", examples=["plan-2026"])
    form: Literal["text", "questions", "picture"] = Field(
        "text",
        title="形式",
        description="text 文字解读；questions 问答，正文每个二级标题（##）是一个问题，其下是回答；picture 一图读懂，图写在 diagram 中",
    )
    compiled: bool = Field(
        False, title="编制标记", description="本专栏根据文件编制、不是发文机关发布的，写 true，页面有标记"
    )
    issuer: Text | None = Field(None, description="解读机关；本专栏编制的不写")
    diagram: list[Panel] = Field(
        [],
        validate_default=True,
        title="图解",
        description="一图读懂的各个版块，按先后；form 为 picture 时必填，每个版块写 figures、steps、parts、flow 之一",
        examples=[
            "[{id: goals, title: {zh: 工作目标, en: Targets}, place: {zh: 二、工作目标, en: Part II}, "
            "figures: [{value: 3, unit: {zh: 个, en: bases}, name: {zh: 示范基地, en: Demonstration bases}, quote: 创建示范基地3个}]}]"
        ],
    )

    narration: Narration = None

    @property
    def has_panels(self) -> bool:
        """Pictures have."""
        return bool(self.diagram)

    @field_validator("issuer")
    @classmethod
    def _compiled_has_no_issuer(cls, issuer: str | None, info: ValidationInfo) -> str | None:
        if issuer and info.data.get("compiled"):
            raise fault("compiled-and-issued", other="compiled")
        return issuer

    @field_validator("diagram")
    @classmethod
    def _a_picture_has_its_diagram(cls, diagram: list[Panel], info: ValidationInfo) -> list[Panel]:
        form = info.data.get("form")
        if form == "picture" and not diagram:
            raise fault("picture-without-panels", other="form")
        if form in ("text", "questions") and diagram:
            raise fault("panels-without-picture", other="form", form=form)
        each_once((((number, "id"), panel.id) for number, panel in enumerate(diagram)), "duplicate-id")
        return diagram

    @property
    def is_official(self) -> bool:
        """As in `Entry`: unless this column has compiled it."""
        return not self.compiled

    @property
    def anchors(self) -> frozenset[str]:
        """As in `Entry`; the panels of a picture have theirs."""
        return super().anchors | {f"panel-{panel.id}" for panel in self.diagram}


class Regulation(Entry, title="法律法规"):
    """A statute, interpretation or rule."""

    collection: ClassVar[str] = "regulations"
    shared: ClassVar[bool] = True
    needs_text: ClassVar[bool] = False

    short_title: Text | None = Field(None, description="简称")
    number: NumberText | None = Field(None, description="文号")
    issuer: Text = Field(description="制定机关", examples=["示例机关"])
    level: Literal["law", "interpretation", "administrative", "rule", "policy", "standard"] = Field(
        description="类别：law 法律；interpretation 司法解释；administrative 行政法规；rule 部门规章；policy 政策文件；standard 地方标准",
        examples=["law"],
    )
    issued: Date | None = Field(None, description="公布日期")
    in_force: Date | None = Field(None, description="施行日期")
    status: Literal["in_force", "amended", "repealed", "historical", "unverified"] = Field(
        description="效力状态：in_force 现行有效；amended 已被修订；repealed 已废止；historical 历史文本；unverified 效力待核实",
        examples=["in_force"],
    )
    status_note: LocalText | None = Field(None, title="效力说明", description="效力状态的说明")
    replaced_by: Slug | None = Field(None, description="现行规定，写它的文件名")
    official_url: WebAddress | None = Field(None, title="官方网址", description="官方文本的网址")
    articles: list[ArticleSummary] = Field([], title="条款摘要", description="涉及商业秘密的条款摘要")
    moves: list[ArticleMove] = Field([], description="新旧条文对照")
    penalties: list[Penalty] = Field([], description="法律责任一览")

    @property
    def year(self) -> int | None:
        """As in `Entry`: the year since which it is in force."""
        return self.in_force.year if self.in_force else None

    @property
    def article_ids(self) -> list[str]:
        """The anchor of each of `articles`: that of the first which it names, or nothing where that is taken."""
        anchors: list[str] = []
        for row in self.articles:
            name = anchor_of(row.article) or ""
            anchors.append("" if name in anchors else name)
        return anchors

    def anchor_of(self, article: str) -> str | None:
        """The anchor of the summary that covers an article, where there is one."""
        rows = zip(self.articles, self.article_ids, strict=True)
        return next((anchor for row, anchor in rows if anchor and covers(row.article, article)), None)

    @property
    def anchors(self) -> frozenset[str]:
        """As in `Entry`, and each article's own."""
        return super().anchors | {anchor for anchor in self.article_ids if anchor}


class Case(Entry, title="典型案例"):
    """A decided case and what it teaches, in our own words."""

    collection: ClassVar[str] = "cases"
    shared: ClassVar[bool] = True

    authority: LocalText = Field(
        title="办理机关", description="裁判或者办理机关", examples=["{zh: 示例法院, en: Sample Court}"]
    )
    numbers: list[NumberText] = Field([], description="案号，照文书写法")
    decided: Date | None = Field(None, description="作出日期")
    decided_note: LocalText | None = Field(None, title="作出日期说明", description="只知道年、月时的说明")
    decided_year: Year | None = Field(
        None, title="作出年份", description="只知道年、月时的年份，供筛选用", examples=["2023"]
    )
    procedure: Literal["civil", "criminal", "administrative", "foreign"] = Field(
        description="类别：civil 民事；criminal 刑事；administrative 行政；foreign 境外", examples=["civil"]
    )
    industry: LocalText = Field(description="行业", examples=["{zh: 示例行业, en: Sample industry}"])
    amount: Amount | None = Field(None, title="金额", description="判赔、罚款等金额")
    multiplier: Number | None = Field(None, title="赔偿倍数", description="惩罚性赔偿的倍数", examples=["3"])
    articles: list[LawApplied] = Field(
        [],
        title="适用条文",
        description="适用的条文；本站没有收录的法律（如境外法律）只写文字",
        examples=["[{regulation: anti-unfair-competition-law-2019, article: 第九条第一款第三项}]"],
    )
    lessons: list[Literal["people", "measures", "proof", "damages", "chain", "data", "overseas", "criminal"]] = Field(
        min_length=1,
        description="启示：people 人员流动；measures 保密措施；proof 举证；damages 赔偿；chain 全链条共同侵权；data 数据；"
        "overseas 涉外；criminal 刑民衔接",
        examples=["[people]"],
    )
    sources: list[SourceNote] = Field([], title="其他来源", description="主要来源之外的其他来源")

    @property
    def year(self) -> int | None:
        """As in `Entry`: the year of the decision."""
        return self.decided.year if self.decided else self.decided_year


class Country(Entry, title="国别（地区）指南"):
    """A guide to a country's or region's trade secret law, as facts that can be compared."""

    collection: ClassVar[str] = "countries"
    shared: ClassVar[bool] = True
    needs_text: ClassVar[bool] = False

    code: CountryCode = Field(title="国家代码", description="国家（地区）代码，两个大写字母", examples=["XX"])
    names: LocalText = Field(description="名称", examples=["{zh: 示例国, en: Sample country}"])
    area: CountryArea | None = Field(
        None,
        title="所在地区",
        description="在地图上归入的地区：europe 欧洲；west-asia 西亚；central-and-south-asia 中亚和南亚；east-asia 东亚；"
        "southeast-asia 东南亚；americas 美洲；africa 非洲；oceania 大洋洲",
    )
    law: CountryLaw | None = Field(
        None,
        title="立法方式",
        description="照“法律依据”归类：dedicated 有名称写明商业秘密的专门规定；scattered 写在其他规定中；case-law 没有成文法，适用判例",
    )
    facts: dict[CountryFact, list[Fact]] = Field(
        description="制度要点：statute 法律依据；elements 构成要件；measures 合理保密措施；civil 民事救济；criminal 刑事责任；"
        "limitation 诉讼时效；seizure 单方扣押与搜查；notice 举报保护与告知义务；authority 主管机关",
        examples=["{}"],
    )
    risks: list[LocalText] = Field([], title="风险提示", description="对前往该国（地区）的企业的风险提示")


class Template(Entry, title="参考文本"):
    """A reference text that an enterprise can adapt; also offered as .docx."""

    collection: ClassVar[str] = "templates"
    shared: ClassVar[bool] = True

    purpose: Literal["system", "agreement", "form", "plan", "statement"] = Field(
        description="用途：system 制度；agreement 协议与条款；form 表单与台账；plan 计划与预案；statement 承诺书",
        examples=["agreement"],
    )


class Guide(Entry, title="办事指引"):
    """Step by step: what to do, where, with what, by when."""

    collection: ClassVar[str] = "guides"
    shared: ClassVar[bool] = True

    audience: Literal["enterprise", "liaison", "authority"] = Field(
        description="适用对象：enterprise 企业；liaison 联络员；authority 执法机关", examples=["enterprise"]
    )


class Question(Entry, title="问答"):
    """A question as people ask it: a short answer, the law it stands on, what to do next."""

    collection: ClassVar[str] = "questions"
    shared: ClassVar[bool] = True
    needs_text: ClassVar[bool] = False

    title: Title = Field(description="问题，照群众的问法写", examples=["没签保密协议，还受保护吗？"])
    summary: Summary = Field(
        title="简短回答",
        description="简短回答，两三句话先说结论；显示在问题之下、列表、搜索结果和订阅中",
        examples=["有可能。先说结论，再说条件。"],
    )
    variants: list[Text] = Field(
        [],
        title="其他问法",
        description="同一个问题的其他问法，供搜索用，前八个也列在页面上；英文的问法写在英文部分的 keywords 中",
        examples=["[没签协议怎么办, 口头说过算不算]"],
    )
    topic: Literal[
        "basics", "scope", "measures", "people", "response", "accused", "report", "court", "criminal", "abroad",
        "standard", "data",
    ] = Field(
        description="主题：basics 是什么；scope 算不算；measures 怎么保密；people 员工与竞业；response 被侵权；accused 被指侵权；"
        "report 举报投诉；court 诉讼与赔偿；criminal 刑事；abroad 涉外；standard 示范与自评；data 数据、软件与AI",
        examples=["scope"],
    )  # fmt: skip
    askers: list[Literal["employee", "owner", "personnel", "research", "foreign", "authority", "lawyer"]] = Field(
        min_length=1,
        title="提问人",
        description="谁会问：employee 员工；owner 企业负责人；personnel 人事；research 研发、高校；foreign 外资企业；"
        "authority 机关；lawyer 法务、律师",
        examples=["[owner]"],
    )
    articles: list[LawApplied] = Field(
        [],
        title="依据",
        description="回答所依据的条文；本站没有收录的法律或者条文只写文字",
        examples=["[{regulation: anti-unfair-competition-law-2025, article: 第十条}]"],
    )
    steps: list[LocalText] = Field(
        [],
        title="下一步",
        description="问的人接着做什么，按先后",
        examples=["[{zh: 先做什么。, en: What to do first.}]"],
    )
    entries: list[Text] = Field(
        [],
        title="所属文章",
        description="回答属于哪些文章，每行“栏目/文件名”；那些文章的页面上列出这个问题",
        examples=["[guides/evidence]"],
    )


class Newsletter(Entry, title="电子刊"):
    """An issue of the electronic newsletter: its own words, and entries of this site. Lengths are those of WeChat."""

    collection: ClassVar[str] = "newsletter"
    needs_text: ClassVar[bool] = False

    title: Annotated[str, up_to(LONGEST_TITLE), LINE] = Field(
        description="标题，不超过32个字", examples=["商业秘密保护资讯第1期：制度与标准"]
    )
    summary: Annotated[str, up_to(LONGEST_DIGEST), LINE] = Field(
        description="摘要，不超过120个字，显示在列表、搜索结果、订阅和公众号中",
        examples=["两三句话，说清这一期讲什么、对谁有用。"],
    )
    number: Count = Field(description="期号", examples=["1"])
    total: Count | None = Field(None, title="总期号", description="总第几期；与期号相同的不写", examples=["1"])
    entries: list[Text] = Field(
        min_length=1, description="本期目录，每行“栏目/文件名”；第一篇是头条", examples=["[policies/plan-2026]"]
    )
    items: list[Item] = Field([], title="条目", description="对目录中的文章另说几句；没有说的，用文章的标题和摘要")
    host: Text | None = Field(None, title="主办单位", description="不写的用地区的第一个单位")
    contact: Text | None = Field(
        None, title="联系方式", description="编辑部的联系方式，写岗位和办公电话；不写的用地区公布的电话"
    )
    figures: list[IssueFigure] = Field(
        [],
        max_length=4,
        title="本期数字",
        description="一到四个数字，出自本站的文章",
        examples=["[{value: '50', name: 示范单位, entry: policies/plan-2026, quote: 示范单位50家以上}]"],
    )
    case: CaseCard | None = Field(None, title="案例卡片", description="案情、结果、教训各一句")
    questions: list[IssueQuestion] = Field(
        [], max_length=3, title="问答", description="至多三个问题，一问一答，或者有选项的小测验"
    )
    todo: Todo | None = Field(None, title="本月待办", description="本月可以做的一件事，对应标准的条目")
    dates: list[IssueDate] = Field([], title="日程", description="生效、截止和活动的日子")
    subscribe: Text | None = Field(None, title="订阅办法", description="怎样订阅、退订；不写的请读者与主办单位联系")
    narration: Narration = None

    @field_validator("total")
    @classmethod
    def _counts_all_issues(cls, total: int | None, info: ValidationInfo) -> int | None:
        if total is not None and total < (number := info.data.get("number", 0)):
            raise fault("total-below-number", found=total, other="number", number=number)
        return total

    @field_validator("questions", "dates")
    @classmethod
    def _says_nothing_twice(cls, rows: list[IssueQuestion | IssueDate]) -> list[IssueQuestion | IssueDate]:
        for place, row in enumerate(rows):
            if row in rows[:place]:
                raise fault("duplicate-term", found=row.question if isinstance(row, IssueQuestion) else row.text)
        return rows

    @property
    def has_panels(self) -> bool:
        """All issues have."""
        return True

    def named(self) -> Iterator[tuple[Keys, str]]:
        """Every entry that it names, with the way to it; what an item names stands among `entries`, too."""
        for index, name in enumerate(self.entries):
            yield ("entries", index), name
        for index, figure in enumerate(self.figures):
            yield ("figures", index, "entry"), figure.entry
        if self.case:
            yield ("case", "entry"), self.case.entry
        for field in ("questions", "dates"):
            for index, part in enumerate(getattr(self, field)):
                if part.entry:
                    yield (field, index, "entry"), part.entry


class Alert(Entry, title="风险提示"):
    """A warning for firms that deal abroad."""

    collection: ClassVar[str] = "alerts"
    shared: ClassVar[bool] = True

    country: CountryCode | None = Field(None, title="国家代码", description="国别（地区）指南的代码")
    level: Literal["info", "caution", "warning"] = Field(
        description="级别：info 提示；caution 注意；warning 警示", examples=["caution"]
    )
    expires: Date = Field(description="有效期至", examples=["2027-11-22"])


class Event(Entry, title="培训活动"):
    """A training or another occasion, in China's time."""

    collection: ClassVar[str] = "events"
    needs_text: ClassVar[bool] = False

    start: EventTime = Field(
        title="开始", description="开始的日期，或者日期和时刻（北京时间）", examples=["2026-12-04 09:00"]
    )
    end: EventTime | None = Field(
        None,
        title="结束",
        description="结束的日期或者时刻；全天的活动只有一天的不写",
        examples=["2026-12-04 11:30"],
    )
    place: Name | None = Field(
        None, description="地点，写场所名称；没有写 online 的必填", examples=["{zh: 示例地点, en: Sample place}"]
    )
    address: Name | None = Field(
        None, title="地址", description="地点的详细地址", examples=["{zh: 示例路1号, en: 1 Sample Road}"]
    )
    online: OnlineAddress | None = Field(
        None,
        title="线上地址",
        description="线上参加的网址（https）；还没有的写“待通知”；没有写 place 的必填",
        examples=["待通知"],
    )
    registration: Registration | None = Field(
        None,
        description="报名办法，不须报名的不写",
        examples=["{url: https://www.example.gov.cn/baoming, deadline: 2026-12-01 18:00, places: 60}"],
    )
    contact: EventContact | None = Field(
        None, description="咨询电话", examples=['{name: 示例局示例科, phone: "010-12345678"}']
    )
    organiser: Name | None = Field(None, description="主办单位", examples=["示例区市场监督管理局"])
    co_organisers: list[Name] = Field([], description="协办单位", examples=["[示例区知识产权协会]"])
    replay: WebAddress | None = Field(
        None,
        title="回放",
        description="活动回放的网址；回放视频放在本站的写 video",
        examples=["https://www.example.gov.cn/huifang"],
    )

    @field_validator("end")
    @classmethod
    def _ends_after_it_has_begun(cls, end: Moment | None, info: ValidationInfo) -> Moment | None:
        start = info.data.get("start")
        if end and start:
            if (end.clock is None) != (start.clock is None):
                raise fault("time-for-one", found=str(end), other="start", start=str(start))
            if start.is_after(end):
                raise fault("day-before", found=str(end), other="start", day=str(start))
            if end.clock and end == start:
                raise fault("ends-at-start", found=str(end), other="start")
        return end

    @field_validator("address")
    @classmethod
    def _an_address_is_that_of_a_place(cls, address: LocalText | None, info: ValidationInfo) -> LocalText | None:
        if address and "place" in info.data and not info.data["place"]:
            raise fault("address-without-place", other="place")
        return address

    @field_validator("registration")
    @classmethod
    def _registers_before_it_begins(
        cls, registration: Registration | None, info: ValidationInfo
    ) -> Registration | None:
        start, deadline = info.data.get("start"), registration.deadline if registration else None
        if start and deadline and deadline.is_after(start):
            raise fault("deadline-after-start", field="deadline", found=str(deadline), start=str(start))
        return registration

    @model_validator(mode="after")
    def _is_somewhere(self) -> "Event":
        if not (self.place or self.online):
            raise fault("event-nowhere", field="online", other="place")
        return self

    def is_over(self, today: date) -> bool:
        """As in `Entry`: once its last day has passed."""
        return self.last_day < today or super().is_over(today)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return (self.end or self.start).day

    @property
    def year(self) -> int | None:
        """As in `Entry`: the year in which it takes place."""
        return self.start.day.year


ENTRY_MODELS: dict[str, type[Entry]] = {model.collection: model for model in Entry.__subclasses__()}
"""The models by their collections, in the order in which they stand above: so a site lists its collections."""
