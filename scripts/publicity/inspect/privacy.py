"""Personal data in published texts."""

from collections.abc import Iterator

from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection
from publicity.read.personal import personal_numbers


def inspect_privacy(inspection: Inspection) -> Iterator[Finding]:
    """Numbers of persons, and of offices that have not registered them."""
    for number in personal_numbers(inspection.passages, inspection.region, inspection.content):
        yield Finding(number.kind, number.path, number.line, {"number": number.masked})
