"""Interpretations: questions have answers, and a picture's figures are those of its policy."""

from collections.abc import Iterator

from publicity.models import Interpretation, Policy
from publicity.problems import Problem, near
from publicity.read.content import Document
from publicity.read.draft import Draft
from publicity.read.markdown.body import plain_words
from publicity.read.markdown.questions import questions_of
from publicity.read.source import Source


def check_question_pages(draft: Draft) -> Iterator[Problem]:
    """Pages of questions without questions or answers."""
    for document in draft.content.entries["interpretations"].values():
        if document.meta_as(Interpretation).form == "questions":
            yield from _questions(document)


def check_pictures(draft: Draft) -> Iterator[Problem]:
    """Panels of a picture that do not stand in its policy."""
    content = draft.content
    for document in content.entries["interpretations"].values():
        meta = document.meta_as(Interpretation)
        policy = content.entries["policies"].get(meta.interprets)
        if policy:  # one that is missing has its own problem
            yield from _panels(document.source, meta, policy, draft.bodies[policy.source.body].anchors)


def _questions(document: Document) -> Iterator[Problem]:
    """A page of questions must have some, each with its answer, and as many in English."""
    asked = [questions_of(source.body) for source in document.sources]
    for source, questions in zip(document.sources, asked, strict=True):
        if not questions and (source.body.strip() or source is document.source):
            yield Problem(source.name, source.body_line, "no-questions")
        for question in questions:
            if not question.answer:
                line = source.body_line - 1 + question.line
                yield Problem(source.name, line, "no-answer", {"question": question.question})
    if len(asked) > 1 and asked[1] and len(asked[0]) != len(asked[1]):
        source = document.sources[1]
        values = {"count": len(asked[1]), "original": len(asked[0])}
        yield Problem(source.name, source.body_line, "other-question-count", values)


def _panels(source: Source, meta: Interpretation, policy: Document, headings: frozenset[str]) -> Iterator[Problem]:
    """A panel leads to where it is drawn from, and a figure's words are those of the document."""
    anchors = headings | policy.meta_as(Policy).anchors
    text = ""
    for number, panel in enumerate(meta.diagram):
        if panel.anchor and panel.anchor not in anchors:
            values = {"anchor": panel.anchor, "path": policy.path, "hint": near(panel.anchor, anchors)}
            yield source.problem(("diagram", number, "anchor"), "panel-anchor-nowhere", **values)
        for index, figure in enumerate(panel.figures or []):
            text = text or plain_words(policy.source.body)
            if plain_words(figure.quote) not in text:
                keys = ("diagram", number, "figures", index, "quote")
                yield source.problem(keys, "quote-not-in-policy", quote=figure.quote, file=policy.source.name)
