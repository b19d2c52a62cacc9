"""Figures as readers of each language write them, and which day it is."""

import datetime
import time
from collections.abc import Iterator

import pytest

from publicity.dates import choose_day, format_date, format_money, is_written_date, today
from publicity.labels import labels
from publicity.problems import UsageError


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (159_000_000, "1.59亿元（159,000,000元）", "CNY 159 million (CNY 159,000,000)"),
        (201_540_000, "2.0154亿元（201,540,000元）", "CNY 201.54 million (CNY 201,540,000)"),
        (202_419_745, "约2.02亿元（202,419,745元）", "about CNY 202.42 million (CNY 202,419,745)"),
        (150_000, "15万元（150,000元）", "CNY 150,000"),
        (9_999.5, "9,999.5元", "CNY 9,999.5"),
        (10_000, "1万元（10,000元）", "CNY 10,000"),
        (10_000.2, "约1万元（10,000.2元）", "CNY 10,000.2"),
    ],
)
def test_a_sum_is_told_alike_everywhere(number: float, zh: str, en: str) -> None:
    for language, whole in (("zh", zh), ("en", en)):
        currency = labels(language)["case"]["currency"]["CNY"]
        assert format_money(number, currency, language, whole=True) == whole
        assert format_money(number, currency, language) == whole.partition("（")[0].partition(" (")[0]


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [("2026-01-09", "2026年1月9日", "9 January 2026"), ("2024-12-31", "2024年12月31日", "31 December 2024")],
)
def test_a_day_is_written_as_readers_of_each_language_do(day: str, zh: str, en: str) -> None:
    written = datetime.date.fromisoformat(day)
    assert (format_date(written, "zh"), format_date(written, "en")) == (zh, en)
    assert is_written_date(day)
    assert not any(map(is_written_date, (day.replace("-", ""), "2026-02-30", zh)))


_MIDNIGHT = 1_795_363_200  # 2026-11-23 00:00 in China


@pytest.fixture(name="zone", params=["UTC", "Asia/Shanghai", "Pacific/Kiritimati", "America/Los_Angeles"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("seconds", "day"), [(-1, "2026-11-22"), (0, "2026-11-23"), (86_399, "2026-11-23")])
def test_the_day_is_that_of_the_epoch_in_china_whatever_the_zone(
    zone: str, seconds: int, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(_MIDNIGHT + seconds))
    assert today().isoformat() == day


def test_the_clock_is_read_in_china_whatever_the_zone(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))]
    days.insert(1, today().isoformat())
    days.append(time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600)))
    assert days == sorted(days)
    assert days[1] in (days[0], days[2])


def test_the_day_that_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(_MIDNIGHT))
    choose_day(datetime.date(2026, 1, 2))
    assert today() == datetime.date(2026, 1, 2)
    choose_day(None)
    assert today() == datetime.date(2026, 11, 23)


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1e9", "9" * 30])
def test_an_epoch_that_is_none_is_told(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError) as refused:
        today()
    assert refused.value.problem.code == "bad-epoch"
