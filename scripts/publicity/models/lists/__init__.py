"""Lists in YAML files: contact points, demonstration units, the glossary."""

from collections.abc import Iterator
from itertools import chain
from typing import Literal

from pydantic import Field, field_validator, model_validator

from publicity.models.fields import LocalText, Model, Slug, SourceNote, Text, Year, each_once
from publicity.models.fields.numbers import Phones
from scoring.problems import Keys


class Station(Model, title="联络点、指导站"):
    """A contact point or guidance station."""

    name: LocalText = Field(description="名称")
    kind: Literal["contact", "guidance"] | None = Field(
        None,
        description="类别：contact 联络点；guidance 指导站；本地另有名称的不写，显示 region.yml 中 words 的 station",
    )
    address: LocalText | None = Field(None, description="地址")
    phone: Phones | None = Field(None, description="电话", examples=['"010-12345678"'])
    hours: LocalText | None = Field(None, description="服务时间")


class Unit(Model, title="示范基地、示范单位"):
    """A demonstration base or unit."""

    name: LocalText = Field(description="名称")
    kind: Literal["base", "unit"] = Field(description="类别：base 示范基地；unit 示范单位")
    year: Year = Field(description="认定年份", examples=["2026"])


class Service(Model, title="服务机构、联盟、专家"):
    """A third-party institution, an alliance or an expert that the authority has published."""

    name: LocalText = Field(description="名称；专家写姓名，须经本人同意公开")
    kind: Literal["institution", "alliance", "expert"] = Field(
        description="类别：institution 第三方机构；alliance 联盟、协会；expert 专家"
    )
    field: LocalText = Field(title="服务领域", description="能做什么，如鉴定、取证、调解、培训")
    organisation: LocalText | None = Field(None, title="所在单位", description="专家所在的单位")
    phone: Phones | None = Field(None, description="公开的办公电话", examples=['"010-12345678"'])


class Register(Model, title="名录"):
    """`stations.yml`, `units.yml` and `services.yml`: a list with its source; `sample` says on the page that it is made up."""

    sample: bool = Field(False, title="示例标记", description="示例内容写 true，页面有标记")
    source: SourceNote = Field(title="来源", description="名录的来源")
    stations: list[Station] = Field([], title="联络点", description="联络点、指导站")
    units: list[Unit] = Field([], title="示范单位", description="示范基地、示范单位")
    services: list[Service] = Field([], title="服务机构", description="第三方机构、联盟、专家")

    @field_validator("stations", "units", "services")
    @classmethod
    def _every_row_stands_once(cls, rows: list[Station | Unit | Service]) -> list[Station | Unit | Service]:
        each_once(
            (((number, "name", "zh"), row.model_dump_json()) for number, row in enumerate(rows)), "duplicate-term"
        )
        return rows


class Term(Model, title="名词"):
    """A term of the glossary, defined in our own words."""

    id: Slug = Field(description="编号，用于链接", examples=["confidentiality-measures"])
    term: LocalText = Field(description="名词")
    also: list[Text] = Field([], title="其他写法", description="同一名词的其他中文写法")
    definition: LocalText = Field(title="解释", description="用自己的话写的简短解释")
    source: SourceNote = Field(title="依据", description="依据的条文")
    regulation: Slug | None = Field(None, title="依据法规", description="依据的法规，写它的文件名")


class Glossary(Model, title="名词解释"):
    """`glossary.yml`: terms with their definitions, linked from the texts."""

    terms: list[Term] = Field(description="名词，按页面上的顺序")

    @model_validator(mode="after")
    def _every_id_and_word_stands_once(self) -> "Glossary":
        ids = (((number, "id"), ("id", term.id)) for number, term in enumerate(self.terms))
        words = (
            ((number, *keys), ("word", word.lower()))
            for number, term in enumerate(self.terms)
            for keys, word in _words(term)
        )
        each_once(chain(ids, words), "duplicate-term", field="terms")
        return self


def _words(term: Term) -> Iterator[tuple[Keys, str]]:
    """What a term is called, with the places; what is the same in both languages, or has no English yet, stands once."""
    yield ("term", "zh"), term.term.zh
    if term.term.en != term.term.zh:
        yield ("term", "en"), term.term.en
    for number, word in enumerate(term.also):
        yield ("also", number), word
