"""JSON as strangers send it: its size, depth, keys and numbers are checked before anything uses it."""

import json
import re

from scoring.fields import SURROGATE
from scoring.problems import AnswersError, Problems

# A whole form with a note and evidence for each item stays well under this.
MOST_BYTES = 1_000_000
_MOST_DEPTH = 12
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def loads(text: str, most_bytes: int = MOST_BYTES) -> object:
    """Parse JSON.

    Raises:
        AnswersError: If the text is too big, too deep or no JSON, repeats a key or holds NaN or Infinity.
    """
    problems = Problems()
    # A byte order mark is what Windows programs put before UTF-8.
    text = text.removeprefix("\ufeff")
    # Never more characters than bytes, so the first test spares encoding what is far too big.
    if len(text) > most_bytes or len(text.encode(errors="surrogatepass")) > most_bytes:
        problems.add((), "too-big", most=most_bytes)
    elif _depth(text) > _MOST_DEPTH:
        problems.add((), "too-deep", most=_MOST_DEPTH)
    problems.check(AnswersError)

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key, value in pairs:
            if SURROGATE.search(key):
                problems.add((), "broken-character")
            if key in mapping:
                problems.add((), "duplicate-member", key=key)
            mapping[key] = value
        return mapping

    def not_finite(name: str) -> None:
        problems.add((), "not-finite", found=name)

    data: object = None
    try:
        data = json.loads(text, object_pairs_hook=members, parse_constant=not_finite)
    except json.JSONDecodeError as error:
        problems.add((), "not-json", line=error.lineno, column=error.colno)
    except ValueError:
        # The only other ValueError of the parser: Python refuses to read a number of thousands of digits.
        problems.add((), "big-number")
    problems.check(AnswersError)
    return data


def parsed(exported: object) -> object:
    """An exported file as data, given as its text or already parsed.

    Raises:
        AnswersError: As `loads` does.
    """
    return loads(exported) if isinstance(exported, str) else exported


def _depth(text: str) -> int:
    """How deeply brackets nest outside strings, without recursion; exact up to the JSON's first fault."""
    depth = deepest = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        sign = match[0]
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest
