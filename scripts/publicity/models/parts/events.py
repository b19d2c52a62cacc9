"""What events are made of: moments in China's time, where to register, whom to ask."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from publicity.models.fields import Count, LocalText, Model, Text, WebAddress, fault, in_both_languages, to_date
from publicity.models.fields.numbers import Phone
from publicity.models.fields.web import AddressError, read_address

_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2}) ([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}.*\d\s*(Z|UTC|GMT|[+-]\d{1,2}:?(\d{2})?)", re.ASCII | re.IGNORECASE)
_HOURS = re.compile("[:：时点T]")
TO_COME = "待通知"
"""What stands for the address of an online event until it is known."""


@dataclass(frozen=True)
class Moment:
    """A day, or a time of it, in China's time."""

    day: date
    clock: time | None = None

    def __str__(self) -> str:
        """As front matter writes it."""
        return f"{self.day} {self.clock:%H:%M}" if self.clock else str(self.day)

    def is_after(self, other: "Moment") -> bool:
        """Whether it is later; a time and a whole day are compared by their days."""
        if self.day == other.day and self.clock and other.clock:
            return self.clock > other.clock
        return self.day > other.day


def _to_moment(value: object) -> Moment:
    if not isinstance(value, str):
        raise fault("bad-moment", found=value)
    if clock := _CLOCK.fullmatch(value):
        return Moment(to_date(clock[1]), time(int(clock[2]), int(clock[3])))
    if _ZONED.fullmatch(value):
        raise fault("moment-with-zone", found=value)
    if _HOURS.search(value):
        raise fault("bad-moment", found=value)
    return Moment(to_date(value))


def _is_online(value: str) -> str:
    if value == TO_COME:
        return value
    if not value.lower().startswith("https://"):
        raise fault("bad-online", found=value)
    try:
        read_address(value)
    except AddressError as error:
        raise fault(error.code, **error.values) from error
    return value


EventTime = Annotated[
    Moment,
    BeforeValidator(_to_moment),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$"}),
]
"""A day, or a day with hours and minutes: 2026-12-10, 2026-12-10 09:00."""
OnlineAddress = Annotated[
    Text, AfterValidator(_is_online), Field(json_schema_extra={"pattern": f"^(https://|{TO_COME}$)"})
]
Name = Annotated[LocalText, BeforeValidator(in_both_languages, json_schema_input_type=Text | LocalText)]
"""A text in both languages, or one for both."""


class EventContact(Model, title="咨询"):
    """Whom to ask about an event: an office, never a person."""

    name: Name = Field(
        title="科室", description="咨询的单位或者科室，不写个人姓名", examples=["示例区市场监管局反不正当竞争科"]
    )
    phone: Phone = Field(description="电话", examples=['"010-12345678"'])


class Registration(Model, title="报名"):
    """How to register for an event."""

    url: WebAddress | None = Field(None, title="报名网址", description="网上报名的网址")
    phone: Phone | None = Field(
        None, title="报名电话", description="报名电话；网址和电话至少写一项", examples=['"010-12345678"']
    )
    deadline: EventTime | None = Field(
        None,
        title="报名截止",
        description="报名截止的日期，或者日期和时刻，不晚于活动开始",
        examples=["2026-12-01 18:00"],
    )
    places: Count | None = Field(None, title="名额", description="名额，不限的不写", examples=["60"])

    @model_validator(mode="after")
    def _says_where(self) -> "Registration":
        if not (self.url or self.phone):
            raise fault("registration-nowhere", field="url", other="phone")
        return self
