"""What fields are made of: texts, dates, addresses, and what every model has in common."""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from publicity.models.fields.web import AddressError, read_address
from scoring.problems import Keys

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def fault(code: str, **values: object) -> PydanticCustomError:
    """What a validator raises: a code of the catalogue of problems, with its values.

    The field that is wrong is the validated one. The validator of a whole model names it where it is one of the model's own:
    `field="corrected"`. In any validator `other` names another field of the same model.
    """
    return PydanticCustomError(code, code, values)


def each_once(names: Iterable[tuple[Keys, Hashable]], code: str, **values: object) -> None:
    """See that no name stands twice.

    Args:
        names: What must be different, each with its place from the validated value.
        code: What is told of each place whose name stands at an earlier one.
        values: As of `fault`.

    Raises:
        PydanticCustomError: names stand twice; one fault for all of them, which `validate` takes apart.
    """
    seen: set[Hashable] = set()
    again = []
    for keys, name in names:
        if name in seen:
            again.append(keys)
        seen.add(name)
    if again:
        raise fault(code, places=again, **values)


def title_of(field: FieldInfo) -> str:
    """A field's name in Chinese: its title, or where it has none how its description begins."""
    return field.title or re.split("[，；：]", field.description or "")[0]


FIRST_YEAR, LAST_YEAR = 1800, 2999
"""A day outside of these is a slip, and near the calendar's ends no day can be reckoned."""


def to_date(value: object) -> date:
    """Before validation: dates are written 2023-11-09; YAML keeps them as text so that an impossible one is told in our words."""
    if not isinstance(value, str):
        raise fault("bad-date", found=value)
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise fault("bad-date", found=value) from error
    if day.isoformat() != value:  # ISO 8601 has other ways to write a day
        raise fault("bad-date", found=value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise fault("far-date", found=value, first=FIRST_YEAR, last=LAST_YEAR)
    return day


def _is_year(value: int) -> int:
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise fault("far-date", found=value, first=FIRST_YEAR, last=LAST_YEAR)
    return value


def _is_positive(value: int) -> int:
    if value < 1:
        raise fault("below-one", found=value)
    return value


def _is_clock_time(value: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise fault("bad-clock-time", found=value)
    return value


def _is_one_word(value: str) -> str:
    if re.search("[，；、]", value):
        raise fault("several-keywords", found=value)
    return value


def _is_country_code(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise fault("bad-country-code", found=value)
    return value


def _is_alias(value: str) -> str:
    if not re.fullmatch(r"([a-z0-9-]+/)?[a-z0-9]+(-[a-z0-9]+)*", value):
        raise fault("bad-alias", found=value)
    return value


def read_with(read: Callable[[str], object]) -> AfterValidator:
    """Text that a function of `publicity.models.fields.web` can read; what it refuses is said in its words."""

    def check(value: str) -> str:
        try:
            read(value)
        except AddressError as error:
            raise fault(error.code, **error.values) from error
        return value

    return AfterValidator(check)


def _is_number(value: object) -> object:
    """A number. Of `int | float` pydantic would say twice what is wrong."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("number_type", "expected a number")  # a kind that pydantic has not
    if value < 0:
        raise fault("below-zero", found=value)
    return value


def _is_above_value(upper: float, info: ValidationInfo) -> float:
    """The upper end of a range whose lower one is the model's `value`."""
    if (value := info.data.get("value")) is not None and upper <= value:
        raise fault("upper-below", other="value", found=upper, least=value)
    return upper


def _is_seen(value: str) -> str:
    """Marks and selectors alone show nothing; empty texts have a problem of their own."""
    if not any(unicodedata.category(char)[0] in "LNPS" for char in value):
        raise PydanticCustomError("string_too_short", "expected a text that can be seen")
    return value


_MARKS = re.compile(
    r"</?br ?/?>|&(?:nbsp|[ae]msp|ensp|lt|gt|amp|quot|[lr][ds]quo|middot|hellip|mdash|ndash);"
    r"|\*\*(?=[^\s*])[^*]{2,}(?<!\s)\*\*|\[[^\[\]]+\]\([^()]+\)",
    re.IGNORECASE,
)
"""HTML and Markdown, which only bodies are written in."""
_IN_QUOTES = re.compile("“[^“”]{9,}”")
"""Shorter ones may be what somebody calls something."""


def _is_plain(value: str) -> str:
    """Whether a text shows no marks that were meant for a body, or for YAML."""
    if match := _MARKS.search(value):
        raise fault("marks-shown", found=match[0])
    if _IN_QUOTES.fullmatch(value):
        raise fault("quoted-whole", found=value)
    return value


def _is_one_line(value: str) -> str:
    if "\n" in _is_plain(_is_seen(value)):
        raise fault("several-lines", found=" / ".join(value.split("\n")))
    return value


LINE = AfterValidator(_is_one_line)
"""Of a text that can be seen, on one line, as a title or a letter's subject has to be; behind its `StringConstraints`."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_is_seen)]
Summary = Annotated[Text, AfterValidator(_is_plain)]
Keyword = Annotated[Text, AfterValidator(_is_one_word)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), LINE]
EnglishTitle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=240), LINE]
Number = Annotated[int | float, BeforeValidator(_is_number), WithJsonSchema({"type": "number", "minimum": 0})]
UpperNumber = Annotated[Number, AfterValidator(_is_above_value)]
Date = Annotated[date, BeforeValidator(to_date)]
Year = Annotated[int, AfterValidator(_is_year), Field(json_schema_extra={"minimum": FIRST_YEAR, "maximum": LAST_YEAR})]
Count = Annotated[int, AfterValidator(_is_positive), Field(json_schema_extra={"minimum": 1})]
ClockTime = Annotated[Text, AfterValidator(_is_clock_time)]
WebAddress = Annotated[Text, read_with(read_address), Field(json_schema_extra={"pattern": "^https?://"})]
CountryCode = Annotated[Text, AfterValidator(_is_country_code), Field(json_schema_extra={"pattern": "^[A-Z]{2}$"})]
Alias = Annotated[Text, AfterValidator(_is_alias)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
LONGEST_SLUG = 100
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def is_slug(name: str) -> bool:
    """Whether an entry may be named so: its file and its page's folder bear the name, on Windows too, where devices have theirs."""
    return (
        bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name))
        and len(name) <= LONGEST_SLUG
        and not _DEVICES.fullmatch(name)
    )


English = Literal["required", "optional"]
"""Whether a region asks for the English of every text, or shows what is not translated in Chinese."""


class Model(BaseModel):
    """Strict and closed: no silent conversion, no unknown key."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LocalText(Model, title="中英文"):
    """A text in both languages."""

    zh: Text = Field(description="中文")
    en: Text = Field(description="英文")

    @model_validator(mode="before")
    @classmethod
    def _chinese_for_both(cls, value: object, info: ValidationInfo) -> object:
        """Where the region says so, what has no English yet is shown in Chinese."""
        is_optional = (info.context or {}).get("english") == "optional"
        if is_optional and isinstance(value, dict) and "zh" in value and not value.get("en"):
            return {**value, "en": value["zh"]}
        return value

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def in_both_languages(value: object) -> object:
    """Before validation: a name written once is the same in both languages."""
    if isinstance(value, str) and value.strip():
        return {"zh": value, "en": value}
    if not isinstance(value, dict):
        raise fault("name-expected", found=value)
    return value


class SourceNote(Model, title="来源"):
    """Where a text or fact comes from, and when somebody last looked."""

    name: Annotated[LocalText, BeforeValidator(in_both_languages, json_schema_input_type=Text | LocalText)] = Field(
        description="来源名称；英文页面另用名称的，分写 zh、en", examples=["示例区人民政府网站"]
    )
    url: WebAddress | None = Field(None, title="来源网址", description="来源网页的完整地址，精确到具体页面")
    checked: Date = Field(title="核对日期", description="最近一次打开来源核对的日期", examples=["2026-11-22"])
