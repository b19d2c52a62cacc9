"""Dates and figures as readers of each language write them."""

import datetime
from decimal import Decimal

from publicity.models import Language

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def today() -> datetime.date:
    """The day it is where the command runs."""
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date()


def today_in_china() -> datetime.date:
    """The day it is for those who write and read the columns, wherever they are made."""
    return datetime.datetime.now(tz=datetime.timezone(datetime.timedelta(hours=8))).date()


def is_written_date(text: str) -> bool:
    """Whether a text is a day as front matter writes it, such as 2023-11-09."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def format_date(day: datetime.date, language: Language) -> str:
    """2023年11月9日, or 9 November 2023."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_number(number: int | float) -> str:
    """1,234.5 and never 5e1; both languages write figures alike."""
    return f"{Decimal(str(number)):,f}"


_SCALES: dict[Language, tuple[tuple[str, int], ...]] = {
    "zh": (("亿", 100_000_000), ("万", 10_000)),
    "en": ((" million", 1_000_000),),
}


def format_large(number: int | float, language: Language) -> str:
    """1.59亿, or 159 million; written out where the short form would not be exact in four decimals."""
    for name, size in _SCALES[language]:
        scaled = Decimal(str(number)) / size
        if scaled >= 1 and scaled == round(scaled, 4):
            return f"{scaled.normalize():,f}{name}"
    return format_number(number)
