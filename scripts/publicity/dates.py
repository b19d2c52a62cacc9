"""Dates and figures as readers of each language write them."""

import datetime
import os
import re
from decimal import Decimal

from publicity.models import Language
from publicity.problems import UsageError

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


_CHINA = datetime.timezone(datetime.timedelta(hours=8))  # no summer time since 1991
_chosen: list[datetime.date] = []


def choose_day(day: datetime.date | None) -> None:
    """Set the day of this run; None leaves it to SOURCE_DATE_EPOCH, else to the clock."""
    _chosen[:] = [day] if day else []


def today() -> datetime.date:
    """The day of this run, in China: the chosen one, that of SOURCE_DATE_EPOCH (reproducible-builds.org), or that of the clock.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is no number of seconds.
    """
    if _chosen:
        return _chosen[0]
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return clock_day()
    if not re.fullmatch(r"[0-9]{1,11}", epoch):
        raise UsageError("bad-epoch", found=epoch)
    return datetime.datetime.fromtimestamp(int(epoch), tz=_CHINA).date()


def clock_day() -> datetime.date:
    """The day it is in China, whatever day the run is for."""
    return clock_time().date()


def clock_time() -> datetime.datetime:
    """The time it is in China, whatever day the run is for."""
    return datetime.datetime.now(tz=_CHINA)


def now() -> datetime.datetime:
    """The time in China, or that of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"[0-9]{1,11}", epoch):
        return datetime.datetime.fromtimestamp(int(epoch), tz=_CHINA)
    return clock_time()


def seconds_of(day: datetime.date) -> int:
    """The first second of a day in China, counted as computers do: what a file made on that day is dated by."""
    return int(datetime.datetime.combine(day, datetime.time(), _CHINA).timestamp())


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
