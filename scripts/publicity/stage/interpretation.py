"""Interpretations beyond plain text: the questions of a body (问答), and the panels of a picture (一图读懂)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from publicity.addresses import url_of
from publicity.dates import format_number
from publicity.models import Interpretation, Language, LocalText, Panel, Part, Policy
from publicity.problems import Problem, did_you_mean
from publicity.read.body import ATTRIBUTE_LIST, INLINE, Body, markdown_events, plain_words, tag_of
from publicity.read.content import Content, Document, particulars
from publicity.read.source import Source

_SPACE = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True)
class Question:
    """A heading of the second level and the text below it; the line counts from 1 within the body."""

    line: int
    question: str
    answer: str


def questions_of(body: str) -> list[Question]:
    """The questions of a body with their answers as plain text, one line a block. What stands before the first is no answer."""
    found: list[tuple[int, list[str], list[str]]] = []
    words: list[str] = []  # what comes before the first question belongs to none
    for kind, what, line in markdown_events(body):
        name = tag_of(what) if kind in ("Start", "End") else ""
        if kind == "Start" and name == "Heading" and what["Heading"]["level"] == "H2":
            found.append((line, words := [], []))
        elif kind == "End" and name == "Heading" and found and words is found[-1][1]:
            words = found[-1][2]
        elif kind in ("Text", "Code"):
            words.append(what)
        elif kind == "SoftBreak":
            words.append(" ")
        elif kind in ("HardBreak", "Start", "End") and name not in INLINE:
            words.append("\n")
    return [Question(line, _tidy(question), _tidy(answer)) for line, question, answer in found]


def _tidy(words: list[str]) -> str:
    return _SPACE.sub("\n", ATTRIBUTE_LIST.sub("", "".join(words))).strip()


def check_interpretations(content: Content, bodies: Mapping[str, Body]) -> Iterator[Problem]:
    """What is wrong between interpretations and their policies, and in what goes with their forms; `bodies` by their path."""
    for document in content.entries["interpretations"].values():
        meta = particulars(document, Interpretation)
        if meta.form == "questions":
            yield from _questions(document)
        elif meta.form == "text" and not document.source.body.strip():
            line = document.source.body_line
            yield Problem(document.source.name, line, "no text stands below the front matter; write it")
        policy = content.entries["policies"].get(meta.interprets)
        if policy:  # one that is missing has its own problem
            yield from _panels(document.source, meta, policy, bodies[policy.path].anchors)


def _questions(document: Document) -> Iterator[Problem]:
    """A page of questions must have some, each with its answer, and as many in English."""
    asked = [questions_of(source.body) for source in document.sources]
    for source, found in zip(document.sources, asked, strict=True):
        if not found and (source.body.strip() or source is document.source):
            message = "no question; with `form: questions` each heading `## …` is a question, and the text below it its answer"
            yield Problem(source.name, source.body_line, message)
        for one in found:
            if not one.answer:
                message = f"the question `{one.question}` has no answer; write it below the heading"
                yield Problem(source.name, source.body_line - 1 + one.line, message)
    if len(asked) > 1 and asked[1] and len(asked[0]) != len(asked[1]):
        source = document.sources[1]
        message = f"{len(asked[1])} questions, and {len(asked[0])} in the original; expected as many"
        yield Problem(source.name, source.body_line, message)


def _panels(source: Source, meta: Interpretation, policy: Document, headings: frozenset[str]) -> Iterator[Problem]:
    """A panel leads to where it is drawn from, and a figure's words are those of the document."""
    anchors = headings | particulars(policy, Policy).anchors
    text = ""
    for number, panel in enumerate(meta.diagram):
        if panel.anchor and panel.anchor not in anchors:
            message = f"no anchor `{panel.anchor}` in {policy.path}{did_you_mean(panel.anchor, anchors)}"
            yield source.problem(("diagram", number, "anchor"), message)
        for index, figure in enumerate(panel.figures or []):
            text = text or plain_words(policy.source.body)
            if plain_words(figure.quote) not in text:
                message = f"`{figure.quote}` does not stand in {policy.source.name}; copy the words of the document"
                yield source.problem(("diagram", number, "figures", index, "quote"), message)


def picture_data(meta: Interpretation, policy: Document, language: Language) -> list[dict[str, Any]]:
    """The panels of a picture as the page draws them."""
    return [_panel(panel, policy, language) for panel in meta.diagram]


def _panel(panel: Panel, policy: Document, language: Language) -> dict[str, Any]:
    def said(text: LocalText | None) -> str | None:
        return text[language] if text else None

    largest = max((part.value or 0 for part in panel.parts or []), default=0)
    return {
        "id": f"panel-{panel.id}",
        "kind": panel.kind,
        "title": panel.title[language],
        "text": said(panel.text),
        "place": panel.place[language],
        "url": f"{url_of(policy.path, language)}{'#' if panel.anchor else ''}{panel.anchor or ''}",
        "figures": [
            {
                "value": format_number(one.value),
                "upper": format_number(one.upper) if one.upper is not None else None,
                "unit": said(one.unit),
                "name": one.name[language],
                "quote": one.quote,
            }
            for one in panel.figures or []
        ],
        "steps": [
            {"period": one.period[language], "name": one.name[language], "text": said(one.text)}
            for one in panel.steps or []
        ],
        "parts": [_part(one, largest, language) for one in panel.parts or []],
        "flow": [{"name": one.name[language], "text": said(one.text)} for one in panel.flow or []],
    }


def _part(part: Part, largest: float, language: Language) -> dict[str, Any]:
    return {
        "name": part.name[language],
        "value": format_number(part.value) if part.value is not None else None,
        "share": round(100 * part.value / largest, 1) if part.value is not None and largest else None,
        "unit": part.unit[language] if part.unit else None,
        "text": part.text[language] if part.text else None,
        "items": [item[language] for item in part.items],
    }
