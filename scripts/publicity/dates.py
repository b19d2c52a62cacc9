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


_ABOUT: dict[Language, str] = {"zh": "约", "en": "about "}


def format_money(number: int | float, currency: str, language: Language, *, whole: bool = False) -> str:
    """1.59亿元, or CNY 159 million, where `currency` is `{value}元` or the like; if `whole`, with the full figure behind it.

    What is not even in four decimals is rounded to two, and says so: 约2.02亿元.
    """
    full = currency.format(value=format_number(number))
    for name, size in _SCALES[language]:
        scaled = Decimal(str(number)) / size
        if scaled >= 1:
            even = scaled == round(scaled, 4)
            shown = scaled if even else round(scaled, 2)
            text = ("" if even else _ABOUT[language]) + currency.format(value=f"{shown.normalize():,f}{name}")
            return text if not whole else f"{text}（{full}）" if language == "zh" else f"{text} ({full})"
    return full
