"""The styles of a host portal, held to the portal's own frame: every selector is put below `.portal`, every class and id renamed."""

from collections.abc import Callable
from itertools import takewhile
from typing import Any, Protocol

import tinycss2
from tinycss2 import ast

FRAME = "portal"
"""The class of the element around the portal's HTML, and the prefix of its classes and ids."""

_ROOTS = ("html", "body", "root")
_WITH_RULES = ("media", "supports", "layer", "container")
"""At-rules around rules. What else is for a whole page (`@property`, `@scope`, `@counter-style`, …) has no place."""
_POSITIONS = {"static", "relative", "absolute", "inherit", "initial", "unset", "revert", "revert-layer"}
"""Positions that stay where they are put; a variable might say another."""
_IMAGES = {"image-set", "-webkit-image-set", "image", "cross-fade", "-webkit-cross-fade"}
"""Functions that take an address as plain text."""
_RULE_CODES = {"import": "css-import", "keyframes": "css-keyframes", "page": "css-page"}
"""The code of the problem for an at-rule of which more is to be said than that it has no place."""


class ProblemTaker(Protocol):
    """Takes a problem: its line, its code, and what fills its words."""

    def __call__(self, line: int, code: str, /, **values: object) -> None:
        """Note it."""


def namespaced(css: str, place: Callable[[str, int], str], report: ProblemTaker) -> str:
    """The styles as they may stand beside the column's own.

    `place` gets each address named in a `url()` with its line and returns what to write for it; what is wrong goes to `report`.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "\n".join(_Namespace(place, report).rules(rules))


class _Namespace:
    def __init__(self, place: Callable[[str, int], str], report: ProblemTaker) -> None:
        self._place = place
        self._report = report

    def rules(self, rules: list[Any]) -> list[str]:
        return [text for rule in rules if (text := self._rule(rule))]

    def _rule(self, rule: Any) -> str:  # noqa: ANN401 - tinycss2 has no types
        if isinstance(rule, ast.QualifiedRule):
            content = self._declarations(rule.content)
            return f"{self._selectors(rule.prelude)} {{{content}}}"
        if isinstance(rule, ast.AtRule):
            return self._at_rule(rule)
        self._report(rule.source_line, "css-invalid", why=getattr(rule, "message", rule.type))
        return ""

    def _at_rule(self, rule: ast.AtRule) -> str:
        name = rule.lower_at_keyword
        if name == "charset":
            return ""  # the site is UTF-8 throughout
        prelude = tinycss2.serialize(rule.prelude)
        if name == "font-face" and rule.content is not None:
            return f"@font-face {{{self._font(rule)}}}"
        if name in _WITH_RULES and rule.content is not None:
            inside = self.rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            return f"@{name}{prelude}{{\n" + "\n".join(inside) + "\n}"
        self._report(rule.source_line, _RULE_CODES.get(name, "css-at-rule"), name=name)
        return ""

    def _selectors(self, prelude: list[Any]) -> str:
        """Each selector of a list, below the frame."""
        selectors: list[list[Any]] = [[]]
        for part in prelude:
            if part == ",":
                selectors.append([])
            else:
                selectors[-1].append(part)
        return ", ".join(map(self._selector, selectors))

    def _selector(self, tokens: list[Any]) -> str:
        """A selector below the frame; what it says of the whole page, it now says of the frame."""
        pairs = zip([None, *tokens], tokens, strict=False)
        roots = [
            i
            for i, (before, token) in enumerate(pairs)
            if token.type == "ident" and before != "." and token.lower_value in _ROOTS
        ]
        inside = tokens[roots[-1] + 1 :] if roots else tokens
        self._stays_inside(inside, of_root=bool(roots))
        text = tinycss2.serialize(_renamed(inside))
        return f".{FRAME}{text.rstrip()}" if roots else f".{FRAME} {text.strip()}"

    def _stays_inside(self, tokens: list[Any], *, of_root: bool) -> None:
        """See that what follows the frame in a selector is in it: no sibling of the frame, and nothing that depends on one."""
        compound = list(takewhile(lambda token: not _is_combinator(token), tokens)) if of_root else []
        for token in compound:
            if token.type == "function" and token.lower_name == "has":
                self._report(token.source_line, "css-page-has")
        rest = [token for token in tokens[len(compound) :] if token.type not in ("whitespace", "comment")]
        if rest and rest[0] in ("~", "+"):
            self._report(rest[0].source_line, "css-sibling", sign=rest[0].value)

    def _font(self, rule: ast.AtRule) -> str:
        """A font of the portal, whose name cannot be one of the column's."""
        for declaration in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if isinstance(declaration, ast.Declaration) and declaration.lower_name == "font-family":
                name = tinycss2.serialize(declaration.value).strip(" \"'")
                if not name.startswith(f"{FRAME}-"):
                    self._report(declaration.source_line, "css-font-name", found=name, name=f"{FRAME}-{name}")
        return self._content(rule.content)

    def _declarations(self, tokens: list[Any]) -> str:
        """The declarations of a rule."""
        for declaration in tinycss2.parse_blocks_contents(tokens, skip_comments=True, skip_whitespace=True):
            if isinstance(declaration, ast.Declaration) and declaration.lower_name == "position":
                value = tinycss2.serialize(declaration.value).strip().lower()
                if value not in _POSITIONS:
                    self._report(declaration.source_line, "css-position", found=value)
        return self._content(tokens)

    def _content(self, tokens: list[Any], *, names_images: bool = False) -> str:
        """Declarations, or a part of them, with their addresses put in place."""
        for index, token in enumerate(tokens):
            if token.type == "{} block":
                self._report(token.source_line, "css-nested-rule")
            elif token.type == "url" or (names_images and token.type == "string"):
                tokens[index] = self._url(token, token.value)
            elif token.type == "function" and token.lower_name in ("url", "src"):
                named = next((argument.value for argument in token.arguments if argument.type == "string"), "")
                tokens[index] = self._url(token, named)
            elif token.type == "function":
                if names_images and token.lower_name == "var":
                    self._report(token.source_line, "css-image-variable")
                self._content(token.arguments, names_images=token.lower_name in _IMAGES)
            elif token.type in ("() block", "[] block"):
                self._content(token.content)
            elif token.type == "error":
                self._report(token.source_line, "css-invalid", why=token.message)
        return str(tinycss2.serialize(tokens)).strip()

    def _url(self, token: Any, address: str) -> ast.URLToken:  # noqa: ANN401
        placed = self._place(address, token.source_line)
        return ast.URLToken(token.source_line, token.source_column, placed, f'url("{placed}")')


def _is_combinator(token: Any) -> bool:  # noqa: ANN401
    return token.type == "whitespace" or token in (">", "~", "+")


def _renamed(tokens: list[Any]) -> list[Any]:
    """Selector tokens with the frame's prefix on classes and ids, inside `:not()` and its like too."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if (token.type == "ident" and before == ".") or token.type == "hash":
            token.value = f"{FRAME}-{token.value}"
        elif token.type == "function":
            _renamed(token.arguments)
    return tokens
