"""Cases and the articles of law that they apply: where an article stands here, and where it stands in today's law."""

from collections.abc import Iterator
from dataclasses import dataclass

from publicity.articles import article_in, covers
from publicity.content import Content, Document, particulars
from publicity.models import ArticleMove, Case, Citation, Regulation
from publicity.problems import Problem, did_you_mean


@dataclass(frozen=True)
class Application:
    """A case that applies an article, and the article in the words of its time; `earlier` is the old text that held it."""

    case: Document
    article: str
    earlier: Document | None = None


def check_citations(content: Content) -> Iterator[Problem]:
    """Every article that a case is said to apply must be there; a law that is not ours to show is plain text."""
    regulations = content.entries["regulations"]
    for case in content.entries["cases"].values():
        for index, one in enumerate(particulars(case, Case).articles):
            if not isinstance(one, Citation):
                continue
            path, at = f"regulations/{one.regulation}.md", ("articles", index)
            if until := content.embargoed.get(path):
                fault = f"the regulation `{one.regulation}` is under embargo until {until}; give this one the same"
                yield Problem(case.source.name, case.source.line((*at, "regulation")), fault)
            elif one.regulation in regulations:
                held = particulars(regulations[one.regulation], Regulation)
                if held.anchor_of(one.article) is None:
                    known = {name for row in held.articles if (name := article_in(row.article))}
                    hint = did_you_mean(article_in(one.article) or one.article, known)
                    fault = f"`{one.regulation}` has no `{one.article}` among its `articles`{hint}"
                    yield Problem(case.source.name, case.source.line((*at, "article")), fault)
            elif path not in content.broken:
                hint = did_you_mean(one.regulation, regulations)
                fault = f"no regulation `{one.regulation}`{hint or '; a law that the site does not hold is written as plain text'}"
                yield Problem(case.source.name, case.source.line((*at, "regulation")), fault)


def today_of(content: Content, regulation: Regulation, article: str) -> tuple[Document, ArticleMove] | None:
    """Where an article of a text that was replaced stands now, as the law of today tells in its `moves`."""
    now = content.entries["regulations"].get(regulation.replaced_by or "")
    if now is None:
        return None
    moves = (one for one in particulars(now, Regulation).moves if one.old and covers(one.old, article))
    return next(((now, one) for one in moves), None)


def earlier_texts(content: Content, document: Document) -> list[Document]:
    """The old texts that a regulation has replaced."""
    regulations = content.entries["regulations"].values()
    return [one for one in regulations if particulars(one, Regulation).replaced_by == document.slug]


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
