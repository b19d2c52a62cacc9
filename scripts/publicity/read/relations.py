"""How entries go together: interpretations and policies, cases and articles of law, texts and those that replaced them, old addresses."""

import posixpath
from dataclasses import dataclass

from publicity.models import ArticleMove, Interpretation, Regulation
from publicity.models.fields.articles import covers
from publicity.read.content import Content, Document


@dataclass(frozen=True)
class Application:
    """A case that applies an article, and the article in the words of its time; `earlier` is the old text that held it."""

    case: Document
    article: str
    earlier: Document | None = None


def current_article(content: Content, regulation: Regulation, article: str) -> tuple[Document, ArticleMove] | None:
    """Where an article of a text that was replaced stands now, as the law of today tells in its `moves`."""
    now = content.entries["regulations"].get(regulation.replaced_by or "")
    if now is None:
        return None
    moves = (move for move in now.meta_as(Regulation).moves if move.old and covers(move.old, article))
    return next(((now, move) for move in moves), None)


def earlier_texts(content: Content, document: Document) -> list[Document]:
    """The old texts that a regulation has replaced."""
    return content.replaced.get(document.slug, [])


def applications_of(content: Content, document: Document) -> dict[str, list[Application]]:
    """The cases that apply a regulation, by the anchor of the article; those decided by an old text under today's number."""
    meta = document.meta_as(Regulation)
    applications: dict[str, list[Application]] = {}
    for case, cited in content.citing.get(document.slug, []):
        if anchor := meta.anchor_of(cited.article):
            applications.setdefault(anchor, []).append(Application(case, cited.article))
    for earlier in earlier_texts(content, document):
        for case, cited in content.citing.get(earlier.slug, []):
            today = current_article(content, earlier.meta_as(Regulation), cited.article)
            if today and (anchor := meta.anchor_of(today[1].new)):
                applications.setdefault(anchor, []).append(Application(case, cited.article, earlier))
    return applications


def interpretations_of(content: Content, policy: Document) -> list[Document]:
    """The interpretations of a policy, oldest first."""
    return content.interpretations.get(policy.slug, [])


def policy_of(content: Content, interpretation: Document) -> Document:
    """The policy that an interpretation explains; `link` has made sure that it exists."""
    return content.entries["policies"][interpretation.meta_as(Interpretation).interprets]


def redirects(content: Content) -> dict[str, Document]:
    """Where each old path, such as `cases/old-name.md`, leads now."""
    return {
        alias_path(document, alias): document for document in content.documents() for alias in document.meta.aliases
    }


def alias_path(document: Document, alias: str) -> str:
    """The path that an alias stands for: one without a folder lies where its document does."""
    return f"{alias}.md" if "/" in alias else posixpath.join(posixpath.dirname(document.path), f"{alias}.md")


SCHEME = "glossary:"
