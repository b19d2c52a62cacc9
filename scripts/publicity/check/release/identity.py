"""What a government site must say of itself at its foot, and which of it a region has not given yet."""

from collections.abc import Iterator

from publicity.models import Region
from publicity.problems import Problem
from publicity.read.draft import Draft
from publicity.read.source import KeyPath

ORGANISER = "主办单位"

_REQUIRED = {"domain": "no-domain", "id_code": "no-id-code"}
"""The code of the problem by the key below `site` that has no value."""
_REQUIRED_OF_OUR_FOOTER = {"icp": "no-icp", "police": "no-police", "mark": "no-mark"}


def missing_identity(region: Region) -> Iterator[KeyPath]:
    """The keys of `region.yml` that have no value yet; a host portal's frame brings its own footer."""
    for key in (*_REQUIRED, *({} if region.host else _REQUIRED_OF_OUR_FOOTER)):
        if getattr(region.site, key) is None:
            yield "site", key
    if region.host:
        return
    if ORGANISER not in {body.role.zh for body in region.issuer}:
        yield ("issuer",)
    for index, contact in enumerate(region.contacts):
        if contact.phone is None:
            yield "contacts", index, "phone"


def check_identity(draft: Draft) -> Iterator[Problem]:
    """What the region must still find out before its column is published."""
    region, source = draft.region, draft.content.region_source
    if region is None or source is None:
        return
    if region.site.column_url is None:
        yield source.problem(("site", "column_url"), "column-url-not-given")
    for key in missing_identity(region):
        match key:
            case ("contacts", int(index), _):
                yield source.problem(key, "no-phone", contact=region.contacts[index].name.zh)
            case ("site", str(name)):
                yield source.problem(key, (_REQUIRED | _REQUIRED_OF_OUR_FOOTER)[name])
            case _:
                yield source.problem(key, "no-organiser", role=ORGANISER)
