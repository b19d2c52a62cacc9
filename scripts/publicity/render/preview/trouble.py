"""What is wrong, on the pages of a preview: a panel above each, or a page of its own where there are none yet."""

from collections.abc import Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import jinja2

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.data_files import data_text
from publicity.labels.sentences import chosen_language, line_of, outcome
from publicity.models import Language
from publicity.problems import MOST_LISTED, Problem

STYLES = "/livereload/trouble.css"
"""Where a preview serves the panel's styles; no site has them."""


def panel(problems: Sequence[Problem], address: str) -> str:
    """The panel on top of the page at an address such as `/en/policies/x/`: the problems of its own sources come first."""
    own = [problem for problem in problems if _normal(address) in _addresses(problem.path)]
    title = outcome("page-problems", count=len(own)) if own else outcome("preview-problems", count=len(problems))
    first = own or problems[:MOST_LISTED]
    return _filled(title, first, [problem for problem in problems if problem not in first], alone=False)


def whole_page(problems: Sequence[Problem]) -> str:
    """What stands for every page where none has been made yet: all that is wrong."""
    return _filled(outcome("preview-without-pages", count=len(problems)), problems, (), alone=True)


def styles() -> bytes:
    """The panel's stylesheet."""
    return data_text("publicity.render.preview", "trouble.css").encode()


def _filled(title: str, first: Sequence[Problem], others: Sequence[Problem], *, alone: bool) -> str:
    values: dict[str, Any] = {
        "language": HTML_LANGUAGE[chosen_language()],
        "title": title,
        "first": [line_of(problem) for problem in first],
        "others": [line_of(problem) for problem in others],
        "more": outcome("more-problems", count=len(others)),
        "styles": STYLES,
        "alone": alone,
    }
    return _template().render(values)


@cache
def _template() -> jinja2.Template:
    text = data_text("publicity.render.preview", "trouble.html")
    options: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined}
    return jinja2.Environment(autoescape=True, **options).from_string(text)


def _normal(address: str) -> str:
    return address.removesuffix("index.html").rstrip("/") + "/"


def _addresses(source: str) -> set[str]:
    """The addresses of the pages that a source makes, as its name tells: there may be none of it in the last good site."""
    match PurePosixPath(source).parts:
        case ("docs", name) | ("content", _, name):  # a page, or a list that is one: glossary.yml
            page = name
        case ("content", _, collection, name):
            page = f"{collection}/{name}"
        case ("scoring_wasm", "standards", _):
            page = "assessment.md"
        case _:
            return set()
    languages: tuple[Language, ...] = ("en",) if page.endswith(".en.md") else ("zh", "en")
    return {"/" + url_of(page.partition(".")[0] + ".md", language).removeprefix("./") for language in languages}
