"""What the templates of the editions share: the environment, the words, and addresses in full."""

import re
from functools import cache
from urllib.parse import urljoin

import jinja2

from publicity.labels import labels
from publicity.stage.issues import Issue


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("publicity.editions")
    return jinja2.Environment(
        loader=loader,
        autoescape=jinja2.select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def filled(template: str, issue: Issue, base: str | None) -> str:
    """A template with an issue; `full` makes an address of the site whole, or nothing where the site has none."""
    words = labels("zh")["newsletter"]
    return rendered(template, issue=issue, n=words, full=lambda url: full(base, url))


def rendered(template: str, **values: object) -> str:
    """A template with values; HTML without its empty lines."""
    text = _environment().get_template(template).render(**values)
    return re.sub(r"\n\s*\n+", "\n", text) if template.endswith(".html") else text


def full(base: str | None, url: str) -> str:
    """The whole address of a page of the site; nothing where that of the site is not known."""
    return urljoin(base, url) if base else ""
