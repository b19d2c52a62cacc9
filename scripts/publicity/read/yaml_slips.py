"""What editors who come from Word mistype in YAML, told in their terms and not in those of the parser."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import yaml

_KEY = r"^ *(?:- +)?(?P<key>[A-Za-z_][A-Za-z0-9_]*)"
# In YAML that cannot be read, these are slips wherever they stand.
_SLIPS = [
    (re.compile(pattern), message)
    for pattern, message in (
        (_KEY + " ?：", "the colon after `{key}` is full-width; expected `{key}: `, a half-width colon and a space"),
        (_KEY + ":\u3000", "a full-width space follows `{key}:`; expected an ordinary space"),
        (_KEY + ": *\t", "a tab follows `{key}:`; expected a space"),
        (r"^ *\u3000", "a full-width space begins this line; expected ordinary spaces, or none"),
        (r"^ *\t", "a tab begins this line; expected spaces"),
        (_KEY + r":(?!//)(?=[^\s])", "no space follows `{key}:`; expected `{key}: ` and then its value"),
    )
]
# These are so only on the line that the parser stumbled over.
_STUMBLES = [
    (re.compile(pattern), message)
    for pattern, message in (
        (r"""[:\[{,] *[“”‘’]""", "“ ” are no quotes in YAML; put the text in straight ones, such as '“示例”: 方案'"),
        (r"[{\[].*，", "a comma is full-width between brackets; expected `, `, a half-width comma and a space"),
        (r"""[:\-] +(?P<quote>["'])[^"']*(?P=quote) *[^\s,#}\]]""", "the text goes on after its closing quote; put all of it in quotes, such as '\"示例\"方案'"),
        (_KEY.replace("^ *", "^ +") + r":(?: |$)", "this line begins at another column than its neighbours; lines that belong together are indented alike"),
    )
]  # fmt: skip
_HINTS = (
    ("mapping values are not allowed", "a text that holds `: ` must stand in quotes"),
    ("undefined alias", "a text that begins with `*` must stand in quotes"),
    ("scanning an alias", "a text that begins with `*` must stand in quotes"),
    ("scanning an anchor", "a text that begins with `&` must stand in quotes"),
    ("cannot start any token", "a text that begins with this sign must stand in quotes"),
    ("scanning a block scalar", "a text that begins with `|` or `>` must stand in quotes"),
    ("expected ',' or", "mind the commas and the closing bracket; a text that holds such signs must stand in quotes"),
    ("expected <block end>", "lines that belong together are indented alike"),
    ("expected ':'", "expected `key: value` on every line"),
    ("unknown escape", "write a text that holds `\\` in single quotes"),
    ("unexpected end of stream", "a quote or bracket is not closed"),
)


def explain(text: str, error: yaml.MarkedYAMLError) -> Iterator[tuple[int, str]]:
    """Why YAML cannot be read: each reason with its line, counted from 0."""
    mark = error.problem_mark or error.context_mark
    stumbled = mark.line if mark else 0
    rows = text.split("\n")
    found = list(slips(text))
    yield from found
    if any(line <= stumbled for line, _ in found):
        return
    if (opened := _unclosed_quote(rows, stumbled)) is not None:
        yield opened, "a quote opens here and is not closed on this line; expected the same quote at the text's end"
        return
    row = rows[stumbled] if stumbled < len(rows) else ""
    for pattern, message in _STUMBLES:
        if match := pattern.search(row):
            yield stumbled, message.format(**match.groupdict())
            return
    what = ", ".join(part for part in (error.context, error.problem) if part)
    hint = next((f"; {hint}" for words, hint in _HINTS if words in what), "")
    yield stumbled, f"not valid YAML: {what}{hint}"


def slips(text: str) -> Iterator[tuple[int, str]]:
    """What is mistyped in YAML that cannot be read as it was meant, each with its line, counted from 0."""
    for number, row in enumerate(text.split("\n")):
        for pattern, message in _SLIPS:
            if match := pattern.search(row):
                yield number, message.format(**match.groupdict())
                break


def lost_words(text: str, loader: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - PyYAML has two families
    """Texts that end at a ` #`, which makes the rest a comment; each with its line, counted from 0. The `loader` can read the text."""
    if " #" not in text and "\t#" not in text:
        return
    with suppress(yaml.YAMLError):  # the other family of loaders read it
        for token in yaml.scan(text, Loader=loader):
            if isinstance(token, yaml.ScalarToken) and token.plain and not _PLAIN.fullmatch(token.value):
                rest = text[token.end_mark.index :].partition("\n")[0]
                if re.match(r"[ \t]+#", rest):
                    shown = token.value[-20:]
                    message = f"`{rest.strip()}` after `{shown}` is a comment and will not be shown; put the whole text in quotes, or the comment on a line of its own"
                    yield token.end_mark.line, message


_PLAIN = re.compile(r"-?[0-9.]+|true|false|null|~")


def _unclosed_quote(rows: list[str], stumbled: int) -> int | None:
    """The nearest line up to where the parser stumbled that opens a quote and does not close it."""
    for number in range(min(stumbled, len(rows) - 1), -1, -1):
        for quote in "\"'":
            if rows[number].count(quote) % 2 and re.search(rf"[:\[{{,-] *{quote}", rows[number]):
                return number
    return None
