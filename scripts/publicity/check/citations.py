"""Cases, questions and laws: every article that a case or an answer applies must stand on the page of its law."""

from collections.abc import Iterator
from itertools import chain

from publicity.models import Case, Citation, Question, Regulation
from publicity.models.fields.articles import article_in
from publicity.problems import Problem, near
from publicity.read.content import Content
from publicity.read.draft import Draft
from publicity.read.source import KeyPath, Source


def check_citations(draft: Draft) -> Iterator[Problem]:
    """What replaced a regulation must be there, and every article that a case or an answer is said to apply."""
    content = draft.content
    for law in content.entries["regulations"].values():
        if now := law.meta_as(Regulation).replaced_by:
            yield from _unknown(content, now, law.source, ("replaced_by",))
    cases = ((case, case.meta_as(Case).articles) for case in content.entries["cases"].values())
    questions = ((question, question.meta_as(Question).articles) for question in content.entries["questions"].values())
    for document, articles in chain(cases, questions):
        for index, cited in enumerate(articles):
            if isinstance(cited, Citation):
                yield from unknown_citation(content, cited, document.source, ("articles", index))


def unknown_citation(content: Content, cited: Citation, source: Source, keys: KeyPath) -> Iterator[Problem]:
    """An article, named at a place, of a regulation that is not there, or that the regulation's page does not show."""
    yield from _unknown(content, cited.regulation, source, (*keys, "regulation"))
    yield from _not_held(content, cited, source, (*keys, "article"))


def _unknown(content: Content, slug: str, source: Source, key: KeyPath) -> Iterator[Problem]:
    """A regulation that is not there, or not yet."""
    regulations, path = content.entries["regulations"], f"regulations/{slug}.md"
    if until := content.embargoed.get(path):
        yield source.problem(key, "under-embargo", target=path, until=until)
    elif slug not in regulations and path not in content.broken:
        yield source.problem(key, "unknown-regulation", regulation=slug, hint=near(slug, regulations))


def _not_held(content: Content, cited: Citation, source: Source, key: KeyPath) -> Iterator[Problem]:
    """An article that a regulation's page does not show."""
    document = content.entries["regulations"].get(cited.regulation)
    if document is None or (meta := document.meta_as(Regulation)).anchor_of(cited.article):
        return
    known = {name for row in meta.articles if (name := article_in(row.article))}
    hint = near(article_in(cited.article) or cited.article, known)
    yield source.problem(key, "article-not-shown", regulation=cited.regulation, article=cited.article, hint=hint)
