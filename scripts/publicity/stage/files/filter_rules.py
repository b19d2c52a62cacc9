"""The stylesheet that narrows an index without script."""

import hashlib
from collections.abc import Iterable


def sheet_of(answers: Iterable[tuple[str, str]], more: str = "") -> tuple[str, str]:
    """The address and the rules, by which an answer chosen hides what does not have it; the address is named by the rules.

    `answers` are facets with their values; `more` are rules besides.
    """
    rules = "".join(
        f'.filters:has([name="{key}"] [value="{value}"]:checked) ~ .results [data-entry]:not([data-facet-{key}~="{value}"])'
        " { display: none; }\n"
        for key, value in sorted(set(answers))
    )
    rules += more
    return f"assets/filters-{hashlib.sha256(rules.encode()).hexdigest()[:16]}.css", rules
