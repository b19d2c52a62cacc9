"""`region.yml`: a government's column, its plan and its targets."""

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from publicity.models.entries import ENTRY_MODELS
from publicity.models.fields import (
    Date,
    English,
    LocalText,
    Model,
    Number,
    Slug,
    SourceNote,
    Text,
    UpperNumber,
    WebAddress,
    Year,
    each_once,
    fault,
    read_with,
)
from publicity.models.fields.numbers import Email, Phone
from publicity.models.fields.web import is_public_suffix, read_column_address, read_host


def _matches(pattern: str, code: str) -> AfterValidator:
    """Text of a pattern; other text has the problem `code`."""

    def check(value: str) -> str:
        if not re.search(pattern, value):
            raise fault(code, found=value)
        return value

    return AfterValidator(check)


class SiteIdentity(Model, title="所属网站"):
    """The government site that the column belongs to. What is not known stays null, never invented."""

    name: LocalText = Field(description="网站名称")
    domain: Annotated[Text, read_with(read_host)] | None = Field(None, description="网站域名，如 www.example.gov.cn")
    url: WebAddress | None = Field(None, title="网站首页", description="网站首页的地址")
    column_url: Annotated[Text, read_with(read_column_address)] | None = Field(
        None, title="专栏网址", description="本专栏首页的地址；没有写 --site-url 时用它"
    )
    id_code: Annotated[Text, _matches(r"^[a-z0-9]{10}$", "bad-id-code")] | None = Field(
        None, description="网站标识码，十位小写字母、数字"
    )
    icp: Annotated[Text, _matches(r"^[一-鿿]ICP备[0-9]+号(-[0-9]+)?$", "bad-icp-number")] | None = Field(
        None, description="ICP备案号"
    )
    police: Annotated[Text, _matches(r"^[一-鿿]公网安备 ?[0-9]{14}号$", "bad-police-number")] | None = Field(
        None, title="公安备案号", description="公安机关备案号"
    )
    mark: WebAddress | None = Field(None, title="网站标识", description="党政机关网站标识所链接的网页")
    report_error: WebAddress | None = Field(
        None, title="找错网页", description="“我为政府网站找错”的网页；没有的，用本专栏的找错说明"
    )


class HostPortal(Model, title="所在网站的页眉页脚"):
    """The frame of the portal that the column stands in, as files beside region.yml; it replaces our own footer."""

    header: Text = Field(description="页眉文件", examples=["portal/header.html"])
    footer: Text = Field(description="页脚文件", examples=["portal/footer.html"])
    styles: Text | None = Field(None, description="样式文件", examples=["portal/portal.css"])


class Organisation(Model, title="单位"):
    """An organisation with its part in the column."""

    name: LocalText = Field(description="单位名称")
    role: LocalText = Field(description="职责，如主办单位、承办单位")


class Contact(Model, title="联系渠道"):
    """Whom to call. A number that is not published stays null."""

    name: LocalText = Field(title="渠道名称", description="单位或者渠道名称")
    phone: Phone | None = Field(None, description="电话，只写一个号码；没有公布的写 null", examples=['"12315"'])
    note: LocalText = Field(title="受理事项", description="什么事可以找它")
    source: SourceNote = Field(title="来源", description="号码和职责的来源")


class Succession(Model, title="区划变动"):
    """That the region has become part of another, or was renamed. Nothing is said of who followed its bodies until that is published."""

    day: Date = Field(title="变动日期", description="从哪一天起不再使用原名称")
    into: LocalText = Field(title="现名称", description="并入或者改为哪里")
    former: LocalText = Field(
        title="原称", description="行文中的称呼", examples=["{zh: 原示例区, en: the former Sample District}"]
    )
    text: LocalText = Field(title="说明文字", description="一句话的说明，显示在每页顶部")
    source: SourceNote = Field(title="来源", description="公布变动的文件或者网页")
    unknown: list[LocalText] = Field(
        [], title="待确认事项", description="没有查到公布、须由主办单位确认的事项；确认后改写有关字段，并从这里删去"
    )


class Words(Model, title="用语"):
    """The region's words for what every region has; they stand in the marked places of shared texts."""

    office: Annotated[LocalText, Field(title="主管部门", description="受理咨询和申请的部门，通用文字中写 {office}")] = (
        LocalText(zh="所在地市场监管部门", en="the local market regulation department")
    )
    unit: Annotated[LocalText, Field(title="示范单位", description="本地文件所用的名称，通用文字中写 {unit}")] = (
        LocalText(zh="示范单位", en="demonstration unit")
    )
    base: Annotated[LocalText, Field(title="示范基地", description="本地文件所用的名称，通用文字中写 {base}")] = (
        LocalText(zh="示范基地", en="demonstration base")
    )
    station: Annotated[LocalText, Field(title="联络点", description="本地文件所用的名称，通用文字中写 {station}")] = (
        LocalText(zh="联络点", en="contact point")
    )


def plural(word: str) -> str:
    """The English plural of a region's word; Chinese, which stands where the English was left out, has none."""
    if not word[-1:].isascii():
        return word
    return re.sub(r"(?<=[^aeiou])y$", "ie", word) + "s"


class Phase(Model, title="实施阶段"):
    """A phase of the plan; `end: null` means that it goes on."""

    name: LocalText = Field(description="阶段名称")
    period: LocalText = Field(description="起止时间，照文件写法")
    start: Date = Field(description="开始日期")
    end: Date | None = Field(description="结束日期；持续进行的写 null")
    text: LocalText = Field(title="工作内容", description="本阶段的工作，照文件原文")

    @field_validator("end")
    @classmethod
    def _ends_after_it_has_begun(cls, end: date | None, info: ValidationInfo) -> date | None:
        if end and (start := info.data.get("start")) and end < start:
            raise fault("day-before", found=end, other="start", day=start)
        return end


def _follow_each_other(phases: list[Phase]) -> list[Phase]:
    for before, after in pairwise(phases):
        if before.end is None or after.start <= before.end:
            raise fault("phases-overlap", before=before.name.zh, after=after.name.zh)
    return phases


def _lead_each_somewhere_else(navigation: list[str]) -> list[str]:
    each_once((((number,), name) for number, name in enumerate(navigation)), "duplicate-term")
    return navigation


def _have_ids_of_their_own(targets: "list[Target]") -> "list[Target]":
    each_once((((number, "id"), target.id) for number, target in enumerate(targets)), "duplicate-term")
    return targets


class PublishedFigure(Model, title="已公布的数字"):
    """A published figure of how far a target had come on a day."""

    value: Number = Field(title="进展数字", description="已公布的数字")
    as_of: Date = Field(description="截至日期")
    source: SourceNote = Field(title="来源", description="公布数字的文件或者网页")


class Progress(PublishedFigure, title="进展"):
    """The latest published figure, with those that were published before it."""

    history: list[PublishedFigure] = Field(
        [],
        title="以前的数字",
        description="以前公布的数字，按日期先后，不含最近一次；写了的，目标进展页画出变化",
        examples=["[{value: 10, as_of: 2025-06-30, source: {name: 示例公报, checked: 2026-11-22}}]"],
    )

    @field_validator("history")
    @classmethod
    def _earlier_figures_come_in_order(
        cls, history: list[PublishedFigure], info: ValidationInfo
    ) -> list[PublishedFigure]:
        days = [figure.as_of for figure in history] + [info.data[name] for name in ("as_of",) if name in info.data]
        for before, after in pairwise(days):
            if after <= before:
                raise fault("figures-out-of-order", before=before, after=after, other="as_of")
        return history


class Target(Model, title="目标"):
    """A target of the plan, with the words of the document."""

    id: Slug = Field(description="编号")
    name: LocalText = Field(description="目标名称")
    value: Number | None = Field(description="目标值；定性目标写 null")
    upper: UpperNumber | None = Field(None, title="上限", description="目标为区间时的上限")
    unit: LocalText | None = Field(None, description="单位")
    comparison: Literal["exactly", "at_least", "range", "qualitative"] = Field(
        title="比较方式", description="exactly 等于；at_least 以上；range 区间；qualitative 定性"
    )
    quote: Text = Field(description="文件原文")
    due: Year = Field(description="目标年份", examples=["2026"])
    progress: Progress | None = Field(description="已公布的进展；没有公布的写 null，不作推算")
    source: SourceNote = Field(title="来源", description="目标的来源")

    @model_validator(mode="after")
    def _a_figure_unless_qualitative(self) -> "Target":
        if (self.value is None) != (self.comparison == "qualitative"):
            raise fault("value-or-qualitative", field="value", other="comparison", found=self.comparison)
        if (self.upper is not None) != (self.comparison == "range"):
            raise fault("upper-or-range", field="upper", other="comparison", found=self.comparison)
        return self


if TYPE_CHECKING:
    NavigationKey = str
else:  # type checkers take no list of literals that is made
    NavigationKey = Literal[
        "assessment",
        *ENTRY_MODELS,
        "stations",
        "units",
        "services",
        "progress",
        "tasks",
        "search",
        "glossary",
        "training",
        "about",
        "accessibility",
    ]


def _is_one_site(value: str) -> str:
    if is_public_suffix(read_host(value)):
        raise fault("no-single-site", found=value)
    return value


TrustedSite = Annotated[Text, read_with(read_host), AfterValidator(_is_one_site)]


class Signer(Model, title="签名人"):
    """Who may sign what is published, and how that is told."""

    name: Text = Field(title="签名人名称", description="单位或者岗位的名称，核对时显示")
    public_key: Annotated[Text, _matches(r"^ssh-ed25519 [A-Za-z0-9+/]{68}( .*)?$", "bad-public-key")] = Field(
        title="公钥", description="公钥，即 ssh-keygen -t ed25519 生成的 .pub 文件中的一行；私钥不放在项目里"
    )


class Region(Model, title="地区"):
    """`region.yml`: a government's column."""

    slug: Slug = Field(title="地区代号", description="文件夹名，也是构建时的地区名")
    names: dict[Literal["full", "short"], LocalText] = Field(title="地区名称", description="full 全称；short 简称")
    title: LocalText = Field(description="专栏名称")
    tagline: LocalText = Field(title="专栏简介", description="一句话说明专栏，显示在首页")
    notice: LocalText | None = Field(None, title="页底说明", description="每页底部的说明")
    issuer: list[Organisation] = Field(min_length=1, title="主办单位", description="主办、承办等单位")
    site: SiteIdentity = Field(title="所属网站", description="所属政府网站")
    host: HostPortal | None = Field(None, title="页眉页脚", description="专栏嵌在其他网站中时，该网站的页眉页脚")
    succession: Succession | None = Field(
        None, title="区划变动", description="本地区已并入其他地区或者改名的，写在这里；文件原文照登"
    )
    standard: Text | None = Field(None, title="评估标准", description="自我评估所用标准的编号")
    words: Words = Field(Words(), title="用语", description="本地的用语；不写的用通用的名称")
    plan: Slug | None = Field(None, description="方案，写政策文件的文件名")
    contacts: list[Contact] = Field(min_length=1, title="联系渠道", description="投诉举报与咨询")
    report_email: Email | None = Field(
        None, description="纠错邮箱；网站有纠错页面（site 的 report_error）时用该页面，两者都没有时列出联系单位"
    )
    trusted_sites: list[TrustedSite] = Field(
        [], title="可信网站", description="打开时不提示离开本专栏的网站及其下级，只写域名；政府网站（.gov.cn）不必写"
    )
    signers: list[Signer] = Field(
        [], title="签名人", description="发布时签名的单位或者岗位，核对（verify）时用它们的公钥"
    )
    phases: Annotated[list[Phase], AfterValidator(_follow_each_other)] = Field(
        [], title="实施阶段", description="方案的实施阶段，按先后"
    )
    targets: Annotated[list[Target], AfterValidator(_have_ids_of_their_own)] = Field(
        [], title="目标", description="方案的目标"
    )
    english: English = Field(
        "required", title="英文", description="required 各项都要有英文；optional 英文可以不写，英文页面上以中文代替"
    )
    navigation: Annotated[list[NavigationKey], AfterValidator(_lead_each_somewhere_else)] = Field(
        min_length=1, title="导航栏目", description="导航中的栏目，按顺序"
    )

    def is_over(self, today: date) -> bool:
        """Whether the region bears its name no more on a day."""
        return self.succession is not None and self.succession.day <= today

    def name_on(self, today: date) -> LocalText:
        """What the region is called on a day: by its short name, or as what it was."""
        return self.succession.former if self.succession and self.is_over(today) else self.names["short"]
