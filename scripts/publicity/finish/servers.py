"""Server recipes, where Apache, IIS and hosts of static pages look for them."""

from pathlib import Path

from publicity.addresses import base_path
from publicity.prepare import Prepared
from publicity.servers.recipes import recipe

_FILES = {".htaccess": "htaccess", "web.config": "web.config", "_headers": "_headers", "_redirects": "_redirects"}


def write_recipes(prepared: Prepared, site: Path, site_url: str | None) -> None:
    """Write the recipes into the site; Apache's error page in English has a file of its own, in the folder it is for."""
    endings = {path.suffix for path in site.rglob("*.*") if path.is_file()}
    for file, name in _FILES.items():
        (site / file).write_text(recipe(name, prepared.column, site_url, endings), encoding="utf-8")
    (site / "en" / ".htaccess").write_text(f"ErrorDocument 404 {base_path(site_url)}en/404.html\n", encoding="utf-8")
