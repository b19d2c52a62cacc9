"""An issue of the newsletter with all that it refers to filled in: what its page and every edition are made of."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.dates import format_date, format_money
from publicity.labels import labels
from publicity.markup.converter import make_converter
from publicity.models import Case, Entry, Language, Newsletter
from publicity.models.parts.newsletter import COLUMNS, IssueColumn, IssueDate, IssueFigure, IssueQuestion, Item
from publicity.read.content import Column, Document
from publicity.stage.cards import card, name_language

_COLUMN_OF: dict[str, IssueColumn] = {
    "policies": "policy",
    "interpretations": "policy",
    "regulations": "policy",
    "cases": "case",
    "countries": "abroad",
    "alerts": "abroad",
    "guides": "question",
    "questions": "question",
    "templates": "question",
    "events": "event",
    "newsletter": "news",
}
"""Where an entry stands in an issue that does not say so."""
_A_MINUTE = 350
"""Chinese characters that are read in a minute."""


@dataclass(frozen=True)
class Link:
    """A page of the site: its title, its address below the site's root, and the language of the title."""

    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Story:
    """An entry as the issue tells it; what the issue says itself is Chinese, what the entry supplies may be translated."""

    id: str
    headline: str
    headline_language: str
    text: str
    text_language: str
    matters: str | None
    link: Link
    kind: str


@dataclass(frozen=True)
class Section:
    """One of the fixed columns, with its stories."""

    key: IssueColumn
    title: str
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class Figure:
    """A number with what it is, where it is from and when that was checked."""

    value: str
    unit: str
    name: str
    link: Link
    checked: str


@dataclass(frozen=True)
class CaseStory:
    """The case of the issue; sum and court are those of its entry."""

    facts: str
    result: str
    lesson: str
    amount: str | None
    line: tuple[str, ...]
    link: Link


@dataclass(frozen=True)
class Question:
    """A question, its options, which of them is right (from 1), and the answer."""

    question: str
    options: tuple[str, ...]
    right: int | None
    answer: str
    link: Link | None


@dataclass(frozen=True)
class Task:
    """The to-do of the month, with the standard's items that it is tied to: number, text and address."""

    text: str
    until: str | None
    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Day:
    """A day to know."""

    iso: str
    text: str
    what: str
    link: Link | None


@dataclass(frozen=True)
class Issue:
    """An issue, complete: words in one language, addresses below the site's root."""

    slug: str
    path: str
    title: str
    name: str
    theme: str
    number: str
    figure: int
    day: datetime.date
    date: str
    summary: str
    host: str
    contact: str
    column: str
    editorial: tuple[str, ...]
    lead: Story
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    case: CaseStory | None
    questions: tuple[Question, ...]
    todo: Task | None
    days: tuple[Day, ...]
    sources: tuple[tuple[str, str, str], ...]
    earlier: tuple[Link, ...]
    subscribe: str
    is_sample: bool
    pending: tuple[str, ...]
    minutes: int
    home: str

    @property
    def stories(self) -> tuple[Story, ...]:
        """The lead, then those of all columns."""
        return (self.lead, *(story for section in self.sections for story in section.stories))

    @property
    def is_quiz(self) -> bool:
        """Whether its questions have options."""
        return any(question.options for question in self.questions)


def issue_of(column: Column, document: Document, language: Language = "zh") -> Issue:
    """An issue of the newsletter in full; `check` has seen to it that all it names is there."""
    return _Maker(column, document, language).issue()


@lru_cache(maxsize=1000)  # pages of both languages and feeds tell the same
def editorial_of(body: str) -> tuple[str, ...]:
    """The paragraphs of an issue's own text as they are read aloud: items with their signs, rows of tables in one; no headings, no notes."""
    tree = LexborHTMLParser(make_converter().convert(body))
    for node in tree.css("h1, h2, h3, h4, h5, h6, .footnote, .footnote-ref, .headerlink"):
        node.decompose()
    for line_break in tree.css("br"):
        line_break.replace_with(_BREAK)
    for link in tree.css("a[href^=http]"):
        if (address := link.attributes.get("href")) and address != link.text():
            link.insert_after(f"（{address}）")
    return tuple(_paragraphs(tree.body)) if tree.body else ()


_BREAK = "\u2028"
"""Stands for the end of a line; no text has it."""
_BLOCKS = frozenset({"p", "ul", "ol", "table", "blockquote", "div", "section", "details", "pre", "dl"})


def _paragraphs(node: LexborNode, sign: str = "") -> Iterator[str]:
    """The paragraphs of a block; the first begins with a sign."""
    if node.tag == "tr":
        words = "　".join(filter(None, (_in_a_line(cell.text()) for cell in node.iter())))
        inner: Iterable[str] = [words]
    elif node.tag in ("ul", "ol"):
        items = [item for item in node.iter() if item.tag == "li"]
        signs = [f"{number}. " if node.tag == "ol" else "· " for number in range(1, len(items) + 1)]
        inner = (text for item, mark in zip(items, signs, strict=True) for text in _paragraphs(item, mark))
    elif any(child.tag in _BLOCKS | {"thead", "tbody", "tr"} for child in node.iter()):
        inner = (text for child in node.iter(include_text=True) for text in _paragraphs(child))
    else:
        inner = map(_in_a_line, node.text().split(_BREAK))
    for text in filter(None, inner):
        yield f"{sign}{text}"
        sign = ""


def _in_a_line(text: str) -> str:
    """Words in one line; between Chinese ones a line break leaves no space."""
    return re.sub("(?<=[^ -~]) (?=[^ -~])", "", " ".join(text.split()))


def _parted(title: str) -> tuple[str, str]:
    """The name of the newsletter and the theme of an issue, as titles part them: 示例资讯第6期：年底盘点; nothing where they say one alone."""
    parts = re.fullmatch(r"(.*?)(?:第\s*[0-9]+\s*期\s*[：:\s—-]+|[：:]\s*)(.+)", title)
    name, theme = parts.groups() if parts else (title, "") if re.search(r"第[0-9]+期$", title) else ("", title)
    return re.sub(r"第[0-9]+期$", "", name).strip(), theme


@dataclass(frozen=True)
class _Maker:
    column: Column
    document: Document
    language: Language

    @property
    def meta(self) -> Newsletter:
        return self.document.meta_as(Newsletter)

    @property
    def words(self) -> dict[str, Any]:
        return dict(labels(self.language)["newsletter"])

    def entry(self, name: str) -> Document:
        collection, slug = name.split("/")
        return self.column.content.entries[collection][slug]

    def link(self, name: str) -> Link:
        return _link(card(self.entry(name), self.language))

    def issue(self) -> Issue:
        meta, region, words = self.meta, self.column.region, self.words
        shown = card(self.document, self.language)
        said = {item.entry: item for item in meta.items}
        first, *rest = meta.entries
        editorial = editorial_of(self.document.source.body)
        name, theme = _parted(meta.title)
        lead, sections = self.story(first, said.get(first), "lead"), self.sections(rest, said)
        stories = [lead, *(story for section in sections for story in section.stories)]
        texts = [*editorial, *(f"{story.headline}{story.text}{story.matters or ''}" for story in stories)]
        return Issue(
            slug=self.document.slug,
            path=url_of(self.document.path, self.language),
            title=shown["title"],
            name=name if name and self.language == "zh" else words["name"],
            theme=re.sub(r"[（(].{0,4}刊[）)]$", "", theme) or meta.title if self.language == "zh" else shown["title"],
            number=words["masthead"].format(
                year=meta.published.year, number=meta.number, total=meta.total or meta.number
            ),
            figure=meta.number,
            day=meta.published,
            date=format_date(meta.published, self.language),
            summary=shown["summary"],
            host=meta.host or region.issuer[0].name[self.language],
            contact=meta.contact or self.phone(),
            column=region.title[self.language],
            editorial=editorial,
            lead=lead,
            sections=sections,
            figures=tuple(map(self.figure, meta.figures)),
            case=self.case(),
            questions=tuple(map(self.question, meta.questions)),
            todo=self.task(),
            days=tuple(self.day(day) for day in sorted(meta.dates, key=lambda day: day.date)),
            sources=self.sources(),
            earlier=self.earlier(),
            subscribe=meta.subscribe or words["subscribe"],
            is_sample=meta.sample,
            pending=self.pending(),
            minutes=max(1, round(sum(map(len, texts)) / _A_MINUTE)),
            home=url_of("newsletter/index.md", self.language),
        )

    def phone(self) -> str:
        """The first telephone that the region publishes, with whose it is."""
        contact = next((contact for contact in self.column.region.contacts if contact.phone), None)
        if contact is None or not contact.phone:
            return ""
        name = contact.name[self.language]
        return name if contact.phone in name else f"{name} {contact.phone}"

    def story(self, name: str, item: Item | None, identity: str) -> Story:
        shown = card(self.entry(name), self.language)
        headline, text = (item.headline, item.text) if item else (None, None)
        supplied, own = HTML_LANGUAGE[shown["language"]], HTML_LANGUAGE["zh"]
        return Story(
            id=identity,
            headline=headline or shown["title"],
            headline_language=own if headline else supplied,
            text=text or shown["summary"],
            text_language=own if text else supplied,
            matters=item.matters if item else None,
            link=_link(shown),
            kind=shown["collection_name"],
        )

    def sections(self, names: list[str], said: dict[str, Item]) -> tuple[Section, ...]:
        stories: dict[IssueColumn, list[Story]] = {}
        for place, name in enumerate(names, 1):
            item = said.get(name)
            key = (item and item.column) or _COLUMN_OF[name.split("/")[0]]
            stories.setdefault(key, []).append(self.story(name, item, f"story-{place}"))
        return tuple(Section(key, self.words["columns"][key], tuple(stories[key])) for key in COLUMNS if key in stories)

    def figure(self, figure: IssueFigure) -> Figure:
        checked = self.entry(figure.entry).meta_as(Entry).source.checked
        return Figure(
            figure.value, figure.unit or "", figure.name, self.link(figure.entry), format_date(checked, self.language)
        )

    def case(self) -> CaseStory | None:
        if self.meta.case is None:
            return None
        told, case = self.meta.case, self.entry(self.meta.case.entry).meta_as(Case)
        currency = self.words["currencies"].get(case.amount.currency) if case.amount else None
        amount = format_money(case.amount.value, currency, self.language) if case.amount and currency else None
        line = [case.authority[self.language], str(case.year or ""), *case.numbers]
        return CaseStory(told.facts, told.result, told.lesson, amount, tuple(filter(None, line)), self.link(told.entry))

    def question(self, question: IssueQuestion) -> Question:
        link = self.link(question.entry) if question.entry else None
        return Question(question.question, tuple(question.options), question.right, question.answer, link)

    def task(self) -> Task | None:
        todo, loaded = self.meta.todo, self.column.content.standards.get(self.column.region.standard or "")
        if todo is None or loaded is None:
            return None
        page = url_of("assessment.md", self.language)
        items = tuple((name, loaded.standard.item_by_id[name].text, f"{page}#item-{name}") for name in todo.items)
        return Task(todo.text, format_date(todo.until, self.language) if todo.until else None, items)

    def day(self, day: IssueDate) -> Day:
        link = self.link(day.entry) if day.entry else None
        return Day(day.date.isoformat(), format_date(day.date, self.language), day.text, link)

    def sources(self) -> tuple[tuple[str, str, str], ...]:
        """The sources of what is named, once each, with the last day on which they were checked, and their language."""
        days: dict[str, datetime.date] = {}
        for _, name in self.meta.named():
            source = self.entry(name).meta_as(Entry).source
            known = source.name[self.language]
            days[known] = max(days.get(known, source.checked), source.checked)
        return tuple(
            (name, format_date(day, self.language), name_language(name, self.language)) for name, day in days.items()
        )

    def pending(self) -> tuple[str, ...]:
        """The files of the issue and of what it names that nobody has approved yet."""
        named = [self.document, *map(self.entry, dict.fromkeys(name for _, name in self.meta.named()))]
        return tuple(entry.source.name for entry in named if entry.meta_as(Entry).review.status == "pending")

    def earlier(self) -> tuple[Link, ...]:
        """The issues before it, the newest first, five at most."""
        issues = self.column.content.entries["newsletter"].values()
        here = self.meta.total or self.meta.number
        before = [issue for issue in issues if _place(issue) < here]
        return tuple(_link(card(issue, self.language)) for issue in sorted(before, key=_place, reverse=True)[:5])


def _link(shown: dict[str, Any]) -> Link:
    return Link(shown["title"], shown["url"], HTML_LANGUAGE[shown["language"]])


def _place(issue: Document) -> int:
    meta = issue.meta_as(Newsletter)
    return meta.total or meta.number
