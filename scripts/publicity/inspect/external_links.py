"""Links to other sites: the list of them for a link checker, its results read back, and a check of our own on request."""

import csv
import io
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path

from publicity.models.fields.web import AddressError, read_address
from publicity.problems import Problem, UsageError
from publicity.project import Project
from publicity.read.content import Content
from publicity.read.files.encodings import decoded, undecodable
from publicity.read.markdown.body import read_body
from publicity.read.origins import origins
from publicity.read.source import Source
from scoring.csv_cells import neutral, original

TIMEOUT = 15  # seconds, as long as an inspection's own probe waits
_COLUMNS = ("address", "place", "result")
_REFUSALS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
"""Answers that turn a program away, and say nothing about the page."""
_FINE = frozenset(
    {
        *("", "ok", "fine", "works", "yes", "√", "✓", "✔"),
        *("能", "是", "好", "有效", "正常", "可以", "可用", "能打开", "可打开", "可以打开", "打得开"),
        *("能访问", "可访问", "可以访问"),
    }
)
"""What people note of a link that works."""


@dataclass(frozen=True, order=True)
class Outward:
    """A link to another site, and where it is written."""

    address: str
    path: str
    line: int


def outward_links(project: Project, region: str, content: Content) -> list[Outward]:
    """Every address of another site in a region's texts and particulars, in order."""
    return sorted({link for origin in origins(project, region, content) for link in _links(origin.source)})


def _links(source: Source) -> Iterator[Outward]:
    for key, text in source.texts():
        if _is_outward(text):
            yield Outward(text, source.name, source.line(key))
    for link in read_body(source.body).links:
        if _is_outward(link.target):
            yield Outward(link.target, source.name, source.body_line - 1 + link.line)


def _is_outward(text: str) -> bool:
    try:
        read_address(text)
    except AddressError:
        return False
    return True


def write_list(links: Iterable[Outward]) -> str:
    """The list as CSV that a spreadsheet opens; `result` is left for whoever checks them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows((neutral(link.address), neutral(f"{link.path}:{link.line}"), "") for link in links)
    return "\ufeff" + out.getvalue()


def read_results(path: Path) -> dict[str, str]:
    """What a list says is dead, by address: our CSV with `result` filled in, or one dead address a line, a reason after it.

    In the CSV, as a spreadsheet saves it, a result that is empty, a status below 400 or says that the page is there is a link that
    works. An address without a reason has its line for one.

    Raises:
        UsageError: the file cannot be read or a line holds no address.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError("links-unreadable", path=path, why=error.strerror) from error
    text, encoding = decoded(data)
    if text is None:
        raise UsageError.of(undecodable(data, str(path), encoding))
    rows = list(csv.reader(io.StringIO(text)))
    width = len(_COLUMNS)
    if rows and tuple(rows[0][:width]) == _COLUMNS:
        results = {original(row[0]): original(row[2]).strip() for row in rows[1:] if len(row) >= width}
        return {address: result for address, result in results.items() if not _is_fine(result)}
    bad = {}
    for number, row in enumerate(rows, 1):
        address, _, reason = ",".join(row).strip().partition(" ")
        if not address or address.startswith("#"):
            continue
        if not _is_outward(address):
            raise UsageError.of(Problem(str(path), number, "not-outward", {"found": address}))
        bad[address] = reason.strip() or f"{path}:{number}"
    return bad


def _is_fine(result: str) -> bool:
    works = result.isdigit() and HTTPStatus.OK <= int(result) < HTTPStatus.BAD_REQUEST
    return works or result.lower().rstrip("。.") in _FINE


def fetch(addresses: Iterable[str], timeout: float = TIMEOUT) -> dict[str, str]:
    """Ask for every address, eight at a time; returns what is wrong with those that cannot be reached."""
    wanted = sorted(set(addresses))
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda address: _fault(address, timeout), wanted)
        return {address: answer for address, answer in zip(wanted, answers, strict=True) if answer}


def _fault(address: str, timeout: float) -> str | None:
    headers = {"User-Agent": "publicity-inspect", "Accept": "*/*"}
    url = read_address(address).href.partition("#")[0]
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - http and https only
    try:
        with urllib.request.urlopen(request, timeout=timeout):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        return None if error.code in _REFUSALS else f"HTTP {error.code}"
    except (
        OSError,
        ValueError,
        HTTPException,
    ) as error:  # no host, no answer in time, a bad certificate, no address at all
        return str(getattr(error, "reason", error)) or type(error).__name__
