"""The list of readers: a CSV file outside the project, whose every fault is told by its line."""

import csv
import datetime
import io
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from publicity.models.fields.web import holds_mail_address, is_mail_address
from publicity.problems import ContentError, Problem, UsageError
from publicity.project import Project
from publicity.read.files.encodings import decoded

COLUMNS = ("address", "unit", "kind", "consent", "unsubscribed")
"""What every list has; further columns are kept as they are."""
BOUNCED = "bounced"
"""The day on which mail came back for good: a column that `publicity returns` adds."""
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?")
_MIDNIGHT = re.compile(r" 0?0:00(?::00)?")
"""What office programs add to a day."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""What comes along when an address is copied from a page, and nobody sees."""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Reader:
    """A row of the list, and the line that it begins in."""

    line: int
    address: str
    unit: str
    kind: str
    consent: str
    unsubscribed: str
    bounced: str

    @property
    def key(self) -> str:
        """The address as it is compared: no server tells capital letters apart."""
        return self.address.lower()

    @property
    def domain(self) -> str:
        """The address's domain."""
        return self.key.rpartition("@")[2]

    @property
    def may_get(self) -> bool:
        """Whether this reader has agreed, has not left, and can be reached."""
        return bool(self.consent) and not self.unsubscribed and not self.bounced


@dataclass(frozen=True)
class MailingList:
    """A list without faults."""

    file: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Cells by their place: other columns may share a name, or have none."""
    readers: tuple[Reader, ...]

    @property
    def open_to_others(self) -> bool:
        """Whether other users of this machine can read it; False where the system does not tell."""
        return os.name == "posix" and bool(self.file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))

    def entitled(self) -> tuple[Reader, ...]:
        """Those who may get an issue."""
        return tuple(reader for reader in self.readers if reader.may_get)


def outside(project: Project, file: Path) -> Path:
    """A file that holds addresses, where it may lie.

    Raises:
        UsageError: it lies in the project, from where it would be committed and published.
    """
    if file.resolve().is_relative_to(project.root):
        raise UsageError("list-in-project", file=file)
    return file


def read_list(project: Project, file: Path, today: datetime.date) -> MailingList:
    """Read a list.

    Raises:
        UsageError: there is no such file, or it lies in the project.
        ContentError: with every fault, by its line.
    """
    if not outside(project, file).is_file():
        raise UsageError("no-list", file=file)
    name = file.as_posix()
    data = file.read_bytes()
    text, _ = decoded(data)
    if text is None or data.startswith(_WORKBOOKS):
        raise ContentError([Problem(name, 1, "list-not-text")])
    rows, known = _rows(text, name), (*COLUMNS, BOUNCED)
    first, names = rows[0] if rows else (1, [])
    header = tuple(name.strip().lower() if name.strip().lower() in known else name.strip() for name in names)
    if missing := [column for column in COLUMNS if column not in header]:
        raise ContentError([Problem(name, first, "list-columns", {"missing": ", ".join(missing)})])
    if twice := [column for column in known if header.count(column) > 1]:
        raise ContentError([Problem(name, first, "list-columns-twice", {"columns": ", ".join(twice)})])
    faults: list[Problem] = []
    cells: list[tuple[str, ...]] = []
    readers: list[Reader] = []
    for line, row in rows[1:]:
        if len(row) > len(header):
            faults.append(Problem(name, line, "list-cells", {"count": len(row), "most": len(header)}))
            continue
        cells.append(tuple(row[at].strip() if at < len(row) else "" for at in range(len(header))))
        said = {column: cells[-1][header.index(column)] if column in header else "" for column in known}
        readers.append(Reader(line, **said))
    faults += [fault for reader in readers for fault in _faults(reader, name, today)]
    faults += _duplicates(readers, name)
    if faults:
        raise ContentError(faults)
    return MailingList(file, header, tuple(cells), tuple(readers))


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line it begins in.

    Raises:
        ContentError: it is no CSV.
    """
    text = _UNSEEN.sub("", text)
    rows, line = [], 1
    if text.startswith("sep="):  # by which Excel is told what separates the cells
        line, text = 2, text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    above = line - 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, row))
            line = above + reader.line_num + 1
    except csv.Error as error:
        raise ContentError([Problem(name, line, "list-not-csv", {"said": str(error)})]) from error
    return rows


def _separator(text: str) -> str:
    """What separates the names of the columns: a semicolon or a tab where Windows or the form of the file says so."""
    head = text.lstrip().partition("\n")[0]
    return max(",;\t", key=head.count)


def _faults(reader: Reader, name: str, today: datetime.date) -> Iterator[Problem]:
    foreign = not reader.address.isascii() and not holds_mail_address(reader.address)
    if foreign and re.search("[@＠﹫]", reader.address):
        yield Problem(name, reader.line, "address-not-ascii", {"address": reader.address})
    elif not is_mail_address(reader.address):
        yield Problem(name, reader.line, "not-an-address", {"address": reader.address})
    agreed = _day_in(reader.consent)
    if reader.consent and (agreed is None or agreed > today):
        yield Problem(name, reader.line, "list-consent", {"consent": reader.consent})
    for column, value in (("unsubscribed", reader.unsubscribed), (BOUNCED, reader.bounced)):
        if value and (_day_in(value) is None or not _DAY.fullmatch(_MIDNIGHT.sub("", normalize("NFKC", value)))):
            yield Problem(name, reader.line, "list-day", {"column": column, "found": value})


def _day_in(text: str) -> datetime.date | None:
    """The day that a cell begins with; Excel and WPS write 2026-03-01 as 2026/3/1."""
    day = _DAY.match(normalize("NFKC", text))
    try:
        return datetime.date(*map(int, day.groups())) if day else None
    except ValueError:
        return None


def _duplicates(readers: list[Reader], name: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for reader in readers:
        if reader.address and first.setdefault(reader.key, reader.line) != reader.line:
            values = {"address": reader.address, "first": first[reader.key]}
            yield Problem(name, reader.line, "list-duplicate", values)


def write_list(known: MailingList, marks: dict[str, dict[str, str]], day: datetime.date) -> Path:
    """Write a list anew beside the old one, which stays: `marks` has the cells to set, by the reader's key. Returns the file.

    Only its owner can read it.
    """
    added = {column for cells in marks.values() for column in cells} - set(known.header)
    header = [*known.header, *sorted(added)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row, reader in zip(known.rows, known.readers, strict=True):
        cells = [*row, *[""] * len(added)]
        for column, cell in marks.get(reader.key, {}).items():
            cells[header.index(column)] = cell
        writer.writerow(cells)
    for number in range(1, 1000):
        more = "" if number == 1 else f"-{number}"
        file = known.file.with_name(f"{known.file.stem}-{day.isoformat()}{more}{known.file.suffix}")
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "wb") as out:
            out.write(text.getvalue().encode("utf-8-sig"))  # with its mark, Excel and WPS know that it is UTF-8
        return file
    raise UsageError("not-writable", path=known.file.parent, why="-999")
