"""What is neither entry nor list: the English side of an entry, and the pages of `docs/`."""

from typing import Literal

from pydantic import Field

from publicity.models.fields import Alias, Date, EnglishTitle, Keyword, Model, Text


class TranslationNote(Model, title="译文的性质"):
    """How far a translation can be relied on."""

    status: Literal["unofficial", "official"] = Field(
        default="unofficial", title="译文性质", description="unofficial 非官方译文；official 官方译文"
    )
    note: Text | None = Field(default=None, title="译文说明", description="译文的说明，英文")
    of: Date | None = Field(default=None, title="原文日期", description="译文所据原文的日期，原文发布后有改动的填写")


class Translation(Model, title="英文部分"):
    """The front matter of `<slug>.en.md`: only what differs by language."""

    title: EnglishTitle = Field(description="英文标题", examples=["Notice on …"])
    short_title: Text | None = Field(None, description="英文简称")
    issuer: Text | None = Field(
        None, title="机关英文名", description="发文、解读或制定机关的英文名称；不写的，英文页上用中文名称"
    )
    summary: Text = Field(description="英文摘要", examples=["Two or three plain sentences."])
    published_note: Text | None = Field(None, title="日期说明", description="发布日期的来历，英文")
    keywords: list[Text] = Field([], description="英文关键词")
    articles: dict[Text, Text] = Field(
        {}, title="条文的英文", description="适用条文、依据中只写文字的，每条的英文，键为中文原文"
    )
    translation: TranslationNote = Field(default=TranslationNote(), title="译文性质", description="译文的性质")


class Need(Model, title="办事入口"):
    """What somebody comes for, in that person's words, and the page that answers it."""

    title: Text = Field(description="来访者要办的事，如 我要举报")
    about: Text = Field(title="说明", description="那里有什么，一句话")
    to: str = Field(
        pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$",
        title="去向",
        description="栏目，如 countries；或其中的一篇，如 guides/evidence；本地区没有的不显示",
    )


class Page(Model, title="其他页面"):
    """A page of `docs/` that belongs to no collection."""

    title: Text = Field(description="标题")
    summary: Text = Field(description="摘要")
    template: Literal[
        "home.html",
        "assessment.html",
        "search.html",
        "page.html",
        "404.html",
        "leaving.html",
        "register.html",
        "progress.html",
        "tasks.html",
        "glossary.html",
        "training.html",
        "sitemap.html",
    ] = Field("page.html", description="版式")
    aliases: list[Alias] = Field([], description="曾用网址，转到本页")
    column_type: Text | None = Field(None, title="栏目标签", description="栏目的页面标签，如 办事服务；只写在中文部分")
    keywords: list[Keyword] = Field([], description="关键词")
    needs: list[Need] = Field([], title="办事入口", description="首页的办事入口，按顺序")
    shows: Literal["stations", "units", "services"] | None = Field(
        None, title="名录", description="register.html 显示的名录"
    )

    @property
    def listed(self) -> bool:
        """Whether search and sitemap list the page; error pages and notices are left out."""
        return self.template not in ("404.html", "leaving.html")
