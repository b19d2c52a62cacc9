"""An error page for each language: `404.html` and `en/404.html`.

A server shows them at any depth, where relative links would break, so theirs are made absolute from the site's base path.
Where that is not known, the root of the server is taken: below a portal the page then comes without its styles, and its links
lead to the portal; so its pictures say themselves how large they are.
"""

import re
import shutil
from urllib.parse import urljoin

from publicity.addresses import base_path
from publicity.finish.rendered import RenderedSite

_LINK = re.compile(r'(\s(?:href|src|action)=")([^"#:][^":]*)(")')


def place_error_pages(site: RenderedSite) -> None:
    """Move each language's `404/index.html` to where servers look for it."""
    base = base_path(site.url)
    for language in site.prepared.languages:
        folder = site.folder if language == "zh" else site.folder / language
        page = folder / "404" / "index.html"
        here = base + page.parent.relative_to(site.folder).as_posix() + "/"
        (folder / "404.html").write_text(_absolute(_sized(page.read_text(encoding="utf-8")), here), encoding="utf-8")
        shutil.rmtree(page.parent)


def _sized(html: str) -> str:
    """Icons that have a size without any style too."""
    return html.replace("<svg ", '<svg width="24" height="24" ')


def _absolute(html: str, here: str) -> str:
    return _LINK.sub(lambda match: match[1] + urljoin(here, match[2]) + match[3], html)
