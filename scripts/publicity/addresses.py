"""Addresses: of pages below the site's root, of the site on its server, and the languages they bear in HTML."""

import posixpath
import re
from functools import cache
from urllib.parse import urlsplit

from publicity.models import ADDRESS, Language
from publicity.problems import UsageError

HTML_LANGUAGE: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


@cache  # asked for many times for each page
def url_of(path: str, language: Language) -> str:
    """The address of a page below the site's root, such as `en/policies/x/`."""
    folder = posixpath.splitext(path)[0].removesuffix("index").rstrip("/")
    prefix = "" if language == "zh" else f"{language}/"
    return f"{prefix}{folder}/" if folder else (prefix or "./")


def base_path(site_url: str | None) -> str:
    """The path below which the site lies on its server, such as `/ztzl/symm/`; `/` where its address is not known."""
    return urlsplit(site_url or "/").path.rstrip("/") + "/"


def check_site_url(site_url: str | None) -> None:
    """See that what a command was given as a site's address is one.

    Raises:
        UsageError: it is none.
    """
    if site_url is not None and not re.fullmatch(ADDRESS, site_url):
        raise UsageError("bad-site-url", found=site_url)
