"""`sitemap.xml`, where the site's address is known: every page with its other language."""

from xml.etree import ElementTree as ET

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.finish.rendered import RenderedSite
from publicity.models import LANGUAGES, Entry, Language

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def write_sitemap(site: RenderedSite) -> None:
    """Write the sitemap; without a site's address there is none, since it must hold whole addresses."""
    if not site.url:
        return
    ET.register_namespace("", _SITEMAP)
    ET.register_namespace("xhtml", _XHTML)
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    base = site.url.rstrip("/") + "/"
    documents = {document.path: document for document in site.column.content.documents()}
    for path in sorted(site.column.content.listed_paths()):
        for language in LANGUAGES:
            url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
            ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = base + _inside(path, language)
            meta = documents[path].meta if path in documents else None
            if isinstance(meta, Entry):
                ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = meta.updated.isoformat()
            for other in LANGUAGES:
                address = base + _inside(path, other)
                ET.SubElement(url, f"{{{_XHTML}}}link", rel="alternate", hreflang=HTML_LANGUAGE[other], href=address)
    ET.indent(root)
    ET.ElementTree(root).write(site.folder / "sitemap.xml", encoding="utf-8", xml_declaration=True)


def _inside(path: str, language: Language) -> str:
    """A page's address from the site's; that of the home page says nothing more."""
    return url_of(path, language).removeprefix("./")
