"""一图读懂: a policy as a picture, made from data. A panel shows one thing in one of four ways."""

from pydantic import Field, model_validator

from publicity.models.fields import LocalText, Model, Number, Slug, Text, UpperNumber, fault


class Figure(Model, title="图解：数字"):
    """A number of the document, shown large, with the words that it stands in."""

    value: Number = Field(description="数字，照文件")
    upper: UpperNumber | None = Field(None, title="上限", description="数字为区间时的上限")
    unit: LocalText | None = Field(None, title="单位", description="紧跟数字的单位，照文件写法，如 个、家以上、%")
    name: LocalText = Field(title="说明", description="这个数字说的是什么")
    quote: Text = Field(description="文件原文，须与政策文件的正文一字不差")


class Step(Model, title="图解：步骤"):
    """A phase on a line of time."""

    period: LocalText = Field(description="起止时间，照文件写法")
    name: LocalText = Field(description="步骤名称")
    text: LocalText | None = Field(None, title="工作内容", description="这一步的工作")


class Part(Model, title="图解：分块"):
    """A part of a whole, with what it holds; with values, each part is measured against the largest."""

    name: LocalText = Field(description="分块名称")
    value: Number | None = Field(None, title="数值", description="分值等数字，画成条形；各块都写，或者都不写")
    unit: LocalText | None = Field(None, title="单位", description="数字的单位，如 分")
    text: LocalText | None = Field(None, title="说明", description="一两句话的说明")
    items: list[LocalText] = Field([], title="条目", description="其中的各项，一条一句")

    @model_validator(mode="after")
    def _a_unit_has_its_number(self) -> "Part":
        if self.unit is not None and self.value is None:
            raise fault("unit-alone", field="unit", other="value")
        return self


class Box(Model, title="图解：流程环节"):
    """A box of a process; an arrow leads to the next."""

    name: LocalText = Field(description="环节名称")
    text: LocalText | None = Field(None, title="说明", description="这一环节做什么")


PANEL_KINDS = ("figures", "steps", "parts", "flow")


class Panel(Model, title="图解：版块"):
    """A panel of the picture: a heading, where in the document it is drawn from, and one kind of content."""

    id: Slug = Field(description="编号，用于链接，页面上写作 #panel-编号")
    title: LocalText = Field(description="版块标题")
    text: LocalText | None = Field(None, title="导语", description="标题下的一两句话")
    place: LocalText = Field(title="文件出处", description="依据文件的哪一部分，如 二、工作目标")
    anchor: Text | None = Field(None, title="锚点", description="该部分在政策文件页面上的锚点，如 goals；附件写 annex")
    figures: list[Figure] | None = Field(None, min_length=1, description="大号数字")
    steps: list[Step] | None = Field(None, min_length=1, description="时间轴，按先后")
    parts: list[Part] | None = Field(None, min_length=1, title="分块", description="整体的各块，各带条目")
    flow: list[Box] | None = Field(None, min_length=1, description="流程，用箭头相连，按先后；至少两个环节")

    @property
    def kind(self) -> str:
        """Which of the four it shows."""
        return next(kind for kind in PANEL_KINDS if getattr(self, kind) is not None)

    @model_validator(mode="after")
    def _shows_one_thing(self) -> "Panel":
        written = tuple(kind for kind in PANEL_KINDS if getattr(self, kind) is not None)
        if not written:
            raise fault("empty-panel", kinds=PANEL_KINDS)
        if len(written) > 1:
            raise fault("mixed-panel", found=written, kinds=PANEL_KINDS)
        if self.flow and len(self.flow) == 1:
            raise fault("flow-of-one", field="flow", other="parts")
        if len({part.value is None for part in self.parts or []}) > 1:
            raise fault("values-for-some", field="parts")
        return self
