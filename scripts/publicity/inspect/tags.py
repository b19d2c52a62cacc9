"""The page tags (网页标签) of government sites, on the built pages: three for the site, four for a column, three for an article."""

import re
from collections import defaultdict
from collections.abc import Iterator

from publicity.addresses import url_of
from publicity.inspect.built_site import BuiltPage
from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection
from publicity.models import ENTRY_MODELS, LANGUAGES, Entry

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource")

_PUB_DATE = re.compile(r"\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d")
_ID_CODE = re.compile(r"[0-9a-z]{10}", re.IGNORECASE)


def inspect_tags(inspection: Inspection) -> Iterator[Finding]:
    """Tags that are missing or empty, each once with the pages that lack it, and dates in another form."""
    if inspection.site is None:
        return
    entries = {
        f"{url_of(document.path, language)}index.html": meta
        for document, meta in inspection.entries
        for language in LANGUAGES
    }
    columns = {f"{url_of(f'{name}/index.md', language)}index.html" for name in ENTRY_MODELS for language in LANGUAGES}
    # What the region does not know is a finding of `inspect_identity`.
    known = {"SiteDomain": inspection.region.site.domain, "SiteIDCode": inspection.region.site.id_code}
    unknown = [tag for tag, value in known.items() if value is None]
    missing: dict[str, list[str]] = defaultdict(list)
    for page in inspection.site.pages.values():
        if not page.is_content:
            continue
        required: tuple[str, ...] = SITE
        if page.name in columns or page.name in entries or any(name.lower() in page.tags for name in COLUMN):
            required += COLUMN
        if page.name in entries:
            required += ARTICLE
            yield from _pub_date(inspection, page, entries[page.name])
        for tag in required:
            if not page.tags.get(tag.lower()) and tag not in unknown:
                missing[tag].append(page.name)
    for tag, pages in missing.items():
        yield Finding("missing-tag", f"{inspection.site.name}/{pages[0]}", 1, {"tag": tag, "number": len(pages)})
    code = next((page.tags.get("siteidcode") for page in inspection.site.pages.values() if page.is_content), None)
    if code and not _ID_CODE.fullmatch(code):
        name = next(name for name, page in inspection.site.pages.items() if page.tags.get("siteidcode") == code)
        yield Finding("wrong-tag", f"{inspection.site.name}/{name}", 1, {"tag": "SiteIDCode", "value": code})


def _pub_date(inspection: Inspection, page: BuiltPage, meta: Entry) -> Iterator[Finding]:
    """PubDate is written to the minute on a 24-hour clock, and is the day that readers see."""
    value = page.tags.get("pubdate")
    if value and not (_PUB_DATE.fullmatch(value) and value.startswith(meta.published.isoformat())):
        name = inspection.site.name if inspection.site else ""
        yield Finding("wrong-tag", f"{name}/{page.name}", 1, {"tag": "PubDate", "value": value})
