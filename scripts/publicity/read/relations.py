"""Cases and the articles of law that they apply: where an article stands here, and where it stands in today's law."""

from collections.abc import Iterator
from dataclasses import dataclass

from publicity.models import ArticleMove, Case, Citation, Regulation
from publicity.models.articles import article_in, covers
from publicity.problems import Problem, did_you_mean
from publicity.read.content import Content, Document, particulars
from publicity.read.source import KeyPath, Source


@dataclass(frozen=True)
class Application:
    """A case that applies an article, and the article in the words of its time; `earlier` is the old text that held it."""

    case: Document
    article: str
    earlier: Document | None = None


def check_citations(content: Content) -> Iterator[Problem]:
    """What replaced a regulation must be there, and every article that a case is said to apply."""
    for law in content.entries["regulations"].values():
        if now := particulars(law, Regulation).replaced_by:
            yield from _unknown(content, now, law.source, ("replaced_by",))
    for case in content.entries["cases"].values():
        for index, cited in enumerate(particulars(case, Case).articles):
            if isinstance(cited, Citation):
                yield from _unknown(content, cited.regulation, case.source, ("articles", index, "regulation"))
                yield from _not_held(content, cited, case.source, ("articles", index, "article"))


def _unknown(content: Content, slug: str, source: Source, key: KeyPath) -> Iterator[Problem]:
    """A regulation that is not there, or not yet."""
    regulations, path = content.entries["regulations"], f"regulations/{slug}.md"
    if until := content.embargoed.get(path):
        fault = f"the regulation `{slug}` is under embargo until {until}; give this one the same"
        yield Problem(source.name, source.line(key), fault)
    elif slug not in regulations and path not in content.broken:
        yield Problem(source.name, source.line(key), f"no regulation `{slug}`{did_you_mean(slug, regulations)}")


def _not_held(content: Content, cited: Citation, source: Source, key: KeyPath) -> Iterator[Problem]:
    """An article that a regulation's page does not show."""
    document = content.entries["regulations"].get(cited.regulation)
    if document is None or (meta := particulars(document, Regulation)).anchor_of(cited.article):
        return
    known = {name for row in meta.articles if (name := article_in(row.article))}
    hint = did_you_mean(article_in(cited.article) or cited.article, known)
    fault = f"`{cited.regulation}` has no `{cited.article}` among its `articles`{hint}"
    yield Problem(source.name, source.line(key), fault)


def today_of(content: Content, regulation: Regulation, article: str) -> tuple[Document, ArticleMove] | None:
    """Where an article of a text that was replaced stands now, as the law of today tells in its `moves`."""
    now = content.entries["regulations"].get(regulation.replaced_by or "")
    if now is None:
        return None
    moves = (one for one in particulars(now, Regulation).moves if one.old and covers(one.old, article))
    return next(((now, one) for one in moves), None)


def earlier_texts(content: Content, document: Document) -> list[Document]:
    """The old texts that a regulation has replaced."""
    return content.replaced.get(document.slug, [])


def applications_of(content: Content, document: Document) -> dict[str, list[Application]]:
    """The cases that apply a regulation, by the anchor of the article; those decided by an old text under today's number."""
    meta = particulars(document, Regulation)
    found: dict[str, list[Application]] = {}
    for case, cited in content.citing.get(document.slug, []):
        if anchor := meta.anchor_of(cited.article):
            found.setdefault(anchor, []).append(Application(case, cited.article))
    for earlier in earlier_texts(content, document):
        for case, cited in content.citing.get(earlier.slug, []):
            today = today_of(content, particulars(earlier, Regulation), cited.article)
            if today and (anchor := meta.anchor_of(today[1].new)):
                found.setdefault(anchor, []).append(Application(case, cited.article, earlier))
    return found
