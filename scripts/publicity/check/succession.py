"""A region that has become part of another: its bodies bear their old names as such."""

from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.draft import Draft
from publicity.read.source import KeyPath


def check_succession(draft: Draft) -> Iterator[Problem]:
    """Names in `region.yml` that speak of the region as if it were still there."""
    region, source = draft.region, draft.content.region_source
    if region is None or source is None or region.succession is None or not region.is_over(draft.content.today):
        return
    short, former = region.names["short"].zh, region.succession.former.zh
    for keys, name in _names(draft):
        if short in name and former not in name and not name.startswith(former.removesuffix(short)):
            values = {"name": name, "former": former, "into": region.succession.into.zh}
            yield source.problem(keys, "name-of-old-region", **values)


def _names(draft: Draft) -> Iterator[tuple[KeyPath, str]]:
    """The Chinese names of the bodies that stand on every page, each with its key."""
    if region := draft.region:
        yield ("site", "name", "zh"), region.site.name.zh
        for index, body in enumerate(region.issuer):
            yield ("issuer", index, "name", "zh"), body.name.zh
        for index, contact in enumerate(region.contacts):
            yield ("contacts", index, "name", "zh"), contact.name.zh
