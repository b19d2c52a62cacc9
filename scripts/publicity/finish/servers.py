"""Server recipes, where Apache, IIS and hosts of static pages look for them."""

import posixpath

from publicity.addresses import base_path
from publicity.finish.rendered import RenderedSite
from publicity.servers.recipes import recipe

_FILES = {".htaccess": "htaccess", "web.config": "web.config", "_headers": "_headers", "_redirects": "_redirects"}


def write_recipes(site: RenderedSite) -> None:
    """Write the recipes into the site; Apache's error page in English has a file of its own, in the folder it is for."""
    endings = {posixpath.splitext(path)[1] for path in site.paths()} - {""}
    for file, name in _FILES.items():
        (site.folder / file).write_text(recipe(name, site.column, site.url, endings), encoding="utf-8")
    (site.folder / "en" / ".htaccess").write_text(
        f"ErrorDocument 404 {base_path(site.url)}en/404.html\n", encoding="utf-8"
    )
