"""What a government site must say of itself at its foot, and which of it a region has not given yet."""

from collections.abc import Iterator

from publicity.models import Region
from publicity.problems import Problem, raw
from publicity.read.draft import Draft
from publicity.read.source import KeyPath

ORGANISER = "主办单位"

_REQUIRED = {
    "domain": "the page tag SiteDomain has no value; expected the site's domain, such as www.example.gov.cn",
    "id_code": "the 网站标识码 (page tag SiteIDCode) is not given; expected its ten signs",
}
_COLUMN_URL = "the column's own address is not given; expected one such as https://www.example.gov.cn/ztzl/symm/"
_REQUIRED_OF_OUR_FOOTER = {
    "icp": "the ICP备案号 is not given",
    "police": "the 公安机关备案号 is not given",
    "mark": "the 党政机关网站标识 is not given; expected the address that it links to",
}


def missing(region: Region) -> Iterator[KeyPath]:
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
        yield raw(source.name, source.line(("site", "column_url")), _COLUMN_URL)
    messages = _REQUIRED | _REQUIRED_OF_OUR_FOOTER | {"issuer": f"no `{ORGANISER}` among the roles of `issuer`"}
    for key in missing(region):
        name = str(key[-1])
        if name == "phone":
            message = f"no telephone number of {region.contacts[int(key[1])].name.zh}"
        else:
            message = messages[name]
        yield raw(source.name, source.line(key), message)
