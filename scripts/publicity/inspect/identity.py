"""What a government site must say of itself at its foot."""

from collections.abc import Iterator

from publicity.check.release.identity import missing_identity
from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection

_NAMES = {
    "domain": "网站域名",
    "id_code": "网站标识码",
    "icp": "ICP备案号",
    "police": "公安机关备案号",
    "mark": "党政机关网站标识",
    "issuer": "主办单位",
    "phone": "联系电话",
}


def inspect_identity(inspection: Inspection) -> Iterator[Finding]:
    """Particulars of the site and of its publisher that `region.yml` does not give yet."""
    source = inspection.content.region_source
    for key in missing_identity(inspection.region) if source else ():
        if source:
            yield Finding("missing-identity", source.name, source.line(key), {"name": _NAMES[str(key[-1])]})
