"""The glossary: its terms, and the links that lead from a text to them."""

import posixpath
import re
from collections.abc import Iterable
from typing import Any

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.models import Alert, Case, Country, Language, Page, Term
from publicity.read.content import Column, Content, Document
from publicity.read.relations import SCHEME
from publicity.stage.cards import source_of

PAGE = "glossary.md"

# What is never touched: code, headings, definitions of links and abbreviations, links and images, HTML, attribute lists.
_APART = r"""
    ^(?P<fence>```|~~~)[\s\S]*?^(?P=fence)
  | ^\#.*$ | ^\[[^\]\n]+\]:.*$ | ^\*\[[^\]\n]+\]:.*$
  | `[^`\n]*`
  | !?\[[^\]\n]*\](?:\((?P<target>[^)\n]*)\)|\[[^\]\n]*\])
  | <[^>\n]+> | \{:?[^}\n]*\}
"""


class Linker:
    """Links terms to their definitions: where an editor wrote `[words](glossary:term)`, and where a term first occurs."""

    def __init__(self, content: Content) -> None:
        self._terms = {term.id: term for term in content.glossary.terms} if content.glossary else {}
        self._words: dict[Language, dict[str, Term]] = {"zh": {}, "en": {}}
        for term in self._terms.values():
            self._words["zh"] |= dict.fromkeys((term.term.zh, *term.also), term)
            self._words["en"] |= {term.term.en.lower(): term, f"{term.term.en.lower()}s": term}
        self._patterns = {language: _pattern(words) for language, words in self._words.items()}
        self._linked: dict[tuple[str, str, bool, str], str] = {}

    def link(self, document: Document, body: str, body_language: str) -> str:
        """A document's body, which is in the language `body_language` (of HTML), with its links to terms."""
        key = (document.path, body_language, _links_terms(document), body)
        if key not in self._linked:
            self._linked[key] = self._link(document, body, body_language)
        return self._linked[key]

    def _link(self, document: Document, body: str, body_language: str) -> str:
        language: Language = "zh" if body_language == HTML_LANGUAGE["zh"] else "en"
        page = posixpath.relpath(PAGE, posixpath.dirname(document.path) or ".")
        everywhere = _links_terms(document)
        linked: set[str] = set()

        def replace(match: re.Match[str]) -> str:
            words, target = match["term"], match["target"]
            if target and target.startswith(SCHEME):
                term = self._terms[target.removeprefix(SCHEME)]
                linked.add(term.id)
                return f"{match[0][: -len(target) - 1]}{_target(page, term, language)})"
            if not words or not everywhere:
                return match[0]
            term = self._words[language][words.lower()]
            if term.id in linked:
                return words
            linked.add(term.id)
            return f"[{words}]({_target(page, term, language)})"

        return self._patterns[language].sub(replace, body) if everywhere or SCHEME in body else body


_made: dict[str, Linker] = {}


def linker_of(content: Content) -> Linker:
    """The linker of a column's glossary; while that stays as it is, a preview uses one, which knows what it has linked."""
    terms = repr(content.glossary.terms) if content.glossary else ""
    if terms not in _made:
        _made.clear()
        _made[terms] = Linker(content)
    return _made[terms]


def _links_terms(document: Document) -> bool:
    """Where terms link by themselves: not in official texts, and not where the law spoken of is another country's."""
    meta = document.meta
    if isinstance(meta, Page | Country | Alert) or meta.is_official:
        return False
    return not (isinstance(meta, Case) and meta.procedure == "foreign")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds words, the longest first, and all that is to be left as it is. What is written in letters stands alone."""
    ordered = sorted(words, key=len, reverse=True)
    alternatives = (
        "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in ordered) or "(?!)"
    )
    first = re.escape("".join(sorted({word[0] for word in ordered})))  # most places in a text fail this quick look
    return re.compile(
        rf"(?=[`~\#\[*!<{{{first}])(?:{_APART} | (?P<term>{alternatives}))", re.MULTILINE | re.VERBOSE | re.IGNORECASE
    )


def _target(page: str, term: Term, language: Language) -> str:
    """The address and, as the link's description, the definition."""
    definition = term.definition[language].replace('"', "'")
    return f'{page}#{term.id} "{definition}"'


def glossary_data(column: Column, language: Language) -> dict[str, Any]:
    """The terms as the glossary's page shows them."""
    if column.content.glossary is None:
        return {"terms": []}
    regulations = column.content.entries["regulations"]
    return {
        "terms": [
            {
                "id": term.id,
                "term": term.term[language],
                "other": term.term["en" if language == "zh" else "zh"],
                "also": term.also if language == "zh" else [],
                "definition": term.definition[language],
                "source": source_of(term.source, language),
                "url": url_of(f"regulations/{term.regulation}.md", language)
                if term.regulation in regulations
                else None,
            }
            for term in column.content.glossary.terms
        ]
    }
