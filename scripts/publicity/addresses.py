"""Addresses: of pages below the site's root, of the site on its server, and the languages they bear in HTML."""

import posixpath
from functools import cache
from urllib.parse import unquote

from publicity.models import Language
from publicity.models.fields.web import AddressError, read_address, read_column_address
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
    path = unquote(read_address(site_url).path) if site_url else ""
    return path.rstrip("/") + "/"


def check_site_url(site_url: str | None) -> None:
    """See that what a command was given as a site's address is one.

    Raises:
        UsageError: it is no web address.
    """
    if site_url is None:
        return
    try:
        read_column_address(site_url)
    except AddressError as error:
        raise UsageError(error.code, **error.values) from error
