"""Country guides that say they are about the same country."""

from collections.abc import Iterator

from publicity.models import Country
from publicity.problems import Problem
from publicity.read.draft import Draft


def check_countries(draft: Draft) -> Iterator[Problem]:
    """Codes of countries that two guides have."""
    first: dict[str, str] = {}
    for guide in draft.content.entries["countries"].values():
        code = guide.meta_as(Country).code
        other = first.setdefault(code, guide.source.name)
        if other != guide.source.name:
            yield guide.source.problem(("code",), "two-guides", country=code, first=other)
