"""Values and keys of front matter that have one right writing: days, times, numbers, and marks among the keys of one line."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from publicity.models.fields import FIRST_YEAR, LAST_YEAR
from publicity.models.fields.numbers import narrowed
from publicity.problems import Field, Problem
from publicity.read.slip import Edit

_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))")

_CLOCK = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})|[点时](?:(?P<minutes>\d{1,2})分)?)"
_MOMENT = re.compile(rf"(?P<day>[\d/.-]+(?=[T ])|\d{{4}}年\d{{1,2}}月\d{{1,2}}日)[T ]*{_CLOCK}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


def field_edits(text: str, problems: Iterable[Problem]) -> Iterator[Edit]:
    """The edits for what was told of a file's fields; `text` is all of it."""
    rows = text.split("\n")
    told = list(problems)
    for problem in told:
        row = rows[problem.line - 1] if 0 < problem.line <= len(rows) else ""
        start = sum(len(other) + 1 for other in rows[: problem.line - 1])
        for match, new in _mends(problem, row, rows[max(problem.line - 2, 0)], told):
            yield Edit(start + match.start(), start + match.end(), new)


def _mends(problem: Problem, row: str, above: str, told: list[Problem]) -> Iterator[tuple[re.Match[str], str]]:
    if write := _WRITINGS.get(problem.code):
        found = str(problem.values["found"])
        places = list(re.finditer(rf"(?<![\w.-]){re.escape(found)}(?![\w.-])", row))
        same = sum(_is_same(other, problem) for other in told)
        written = write(found)
        if written and written != found and len(places) == same:
            yield from ((place, _quoted(written, row, place.start())) for place in places)
    elif problem.code in ("number-expected", "whole-number-expected", "text-expected"):
        yield from _in_its_quotes(problem, row)
    elif problem.code == "address-sign":
        start = re.escape(str(problem.values["found"]).removesuffix("…"))
        for place in re.finditer(rf"{start}[^\s\"'<>()（）\[\]{{}}，；]*", row):
            yield place, re.sub("[！-～。]", lambda sign: _plain(sign[0]), place[0])
    elif problem.code == "radical-for-character":
        found = re.escape(str(problem.values["found"]))
        yield from ((place, str(problem.values["meant"])) for place in re.finditer(found, row))
    elif problem.code == "full-width-space-at-start":
        new = "  " if above.startswith(" ") or above.rstrip().endswith(":") else ""
        spaces = re.finditer("(?<![^ ,{])[\u00a0\u3000]+(?=[A-Za-z_])", row)
        yield from ((place, " " if place.start() else new) for place in spaces)
    elif problem.code in ("full-width-colon", "full-width-space-after-colon", "no-space-after-colon"):
        key = re.escape(str(problem.values["key"]))
        yield from (
            (place, ": ") for place in re.finditer(rf"(?<=[{{, ]{key})[ \u00a0\u3000]*[：:][ \u00a0\u3000]*", row)
        )


def _in_its_quotes(problem: Problem, row: str) -> Iterator[tuple[re.Match[str], str]]:
    """A number that stands in quotes or is written otherwise than YAML reads numbers; or one that is meant as text."""
    field, found = problem.values["field"], str(problem.values["found"])
    key = field.key.rpartition(".")[2] if isinstance(field, Field) else ""
    value = unicodedata.normalize("NFKC", found)
    if not _NUMBER.fullmatch(value):
        return
    written = f"'{found}'" if problem.code == "text-expected" else value.replace(",", "")
    for place in re.finditer(
        rf"(?<=(?<!\w){re.escape(key)}: )(?P<quote>[\"']?){re.escape(found)}(?P=quote)(?= *(?:[,}}#]|$))", row
    ):
        yield place, written


def _quoted(written: str, row: str, place: int) -> str:
    """A text that YAML would take for a number, in quotes, where there are none."""
    bare = _NUMBER.fullmatch(written) and row[place - 1 : place] not in ("'", '"')
    return f"'{written}'" if bare else written


def _is_same(one: Problem, other: Problem) -> bool:
    return (one.line, one.code, one.values.get("found")) == (other.line, other.code, other.values.get("found"))


def written_moment(text: str) -> str | None:
    """A moment as it is to be written, likewise: 2026-12-10 9:00, 2026-12-10 09：00, 2026年12月10日9时30分."""
    match = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    day, clock = (written_day(match["day"]), _clock(match)) if match else (None, None)
    return f"{day} {clock}" if day and clock else None


def written_clock(text: str) -> str | None:
    """A time of day as it is to be written, likewise: 9:30, ０９：３０, 9点30分."""
    match = re.fullmatch(_CLOCK, unicodedata.normalize("NFKC", text).strip())
    return _clock(match) if match else None


def _clock(match: re.Match[str]) -> str | None:
    try:
        return f"{datetime.time(int(match['hour']), int(match['minute'] or match['minutes'] or 0)):%H:%M}"
    except ValueError:
        return None


def written_phone(text: str) -> str | None:
    """A telephone number in plain figures, its dashes hyphens and its letters O noughts; `check` tells whether it is one then."""
    if not re.search(r"\d", text):
        return None
    plain = re.sub("[—–―‐−]+", "-", unicodedata.normalize("NFKC", text))
    return re.sub("[Oo〇]", "0", re.sub(r"\s*-\s*", "-", re.sub("分机[:：]?", "转", plain)))


def written_day(text: str) -> str | None:
    """A day as it is to be written, where another writing of it leaves no doubt: 2026/11/18, 2026.11.18, 2026年11月18日."""
    plain = (
        re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("。", ".").replace("—", "-").replace("–", "-")
    )
    match = _DAY.fullmatch(plain)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part and part.isdigit())
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("。", ".")


_WRITINGS: dict[str, Callable[[str], str | None]] = {
    "bad-date": written_day,
    "bad-moment": written_moment,
    "bad-clock-time": written_clock,
    "bad-phone": written_phone,
    "bad-phones": lambda text: "、".join(written_phone(number) or "" for number in re.split("[、，,；;/／]", text)),
    "full-width-figures": narrowed,
    "bad-email": _plain,
    "bad-id-code": lambda text: _plain(text).lower(),
    "bad-icp-number": _plain,
    "bad-police-number": _plain,
    "bad-mail-link": _plain,
    "bad-phone-link": written_phone,
    "bad-host": lambda text: re.sub("^https?://|/$", "", _plain(text).lower()),
}
"""How what was told is to be written; whether that is right, the whole check says."""
