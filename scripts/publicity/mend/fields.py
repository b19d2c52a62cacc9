"""Values and keys of front matter that have one right writing: days, and marks among the keys of one line."""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator

from publicity.models.fields import FIRST_YEAR, LAST_YEAR
from publicity.problems import Problem
from publicity.read.slip import Edit

_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))")

_MOMENT = re.compile(
    r"(?P<day>[\d/.-]+(?=[T ])|\d{4}年\d{1,2}月\d{1,2}日)[T ]*(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})|[点时](?:(?P<minutes>\d{1,2})分)?)"
)


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
    if problem.code in ("bad-date", "bad-moment"):
        found = str(problem.values["found"])
        places = list(re.finditer(rf"(?<![\w.-]){re.escape(found)}(?![\w.-])", row))
        same = sum(_is_same(other, problem) for other in told)
        written = written_day(found) if problem.code == "bad-date" else written_moment(found)
        if written and len(places) == same:
            yield from ((place, written) for place in places)
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


def _is_same(one: Problem, other: Problem) -> bool:
    return (one.line, one.code, one.values.get("found")) == (other.line, other.code, other.values.get("found"))


def written_moment(text: str) -> str | None:
    """A moment as it is to be written, likewise: 2026-12-10 9:00, 2026-12-10 09：00, 2026年12月10日9时30分."""
    match = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    day = written_day(match["day"]) if match else None
    if match is None or day is None:
        return None
    try:
        clock = datetime.time(int(match["hour"]), int(match["minute"] or match["minutes"] or 0))
    except ValueError:
        return None
    return f"{day} {clock:%H:%M}"


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
