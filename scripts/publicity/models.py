"""What may stand in the content: one typed model a kind of file. An unknown key is an error.

The comments and examples on the fields are the editors' reference; error messages quote the examples.
"""

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _to_date(value: object) -> date:
    """Dates are written 2023-11-09; YAML keeps them as text so that an impossible one is told in our words."""
    if not isinstance(value, str):
        raise ValueError("expected a date such as 2023-11-09")  # noqa: TRY004 - pydantic turns ValueError into a problem
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"`{value}` is no date of the calendar; expected year-month-day such as 2023-11-09") from error


def _is_clock_time(value: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError(f"`{value}` is no time of day; expected hours and minutes such as 09:30")
    return value


def _is_alias(value: str) -> str:
    if not re.fullmatch(r"([a-z0-9-]+/)?[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(f"`{value}` is no old address; expected one such as old-name, or cases/old-name")
    return value


def _is_web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError(f"`{value}` is no web address; expected one that begins with https:// or http://")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Date = Annotated[date, BeforeValidator(_to_date)]
ClockTime = Annotated[Text, AfterValidator(_is_clock_time)]
WebAddress = Annotated[Text, AfterValidator(_is_web_address)]
Alias = Annotated[Text, AfterValidator(_is_alias)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Model(BaseModel):
    """Strict and closed: no silent conversion, no unknown key."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LocalText(Model):
    """A text in both languages."""

    zh: Text
    en: Text

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class SourceNote(Model):
    """Where a text or fact comes from, and when somebody last looked."""

    name: Text = Field(examples=["重庆市江北区人民政府网站"])
    url: WebAddress | None = None
    checked: Date = Field(examples=["2026-11-22"])


class ReviewStep(Model):
    """Who took a step of the review, by role (never by name), and when."""

    role: LocalText = Field(examples=["{zh: 业务科室, en: Responsible section}"])
    date: Date = Field(examples=["2026-11-22"])


class Review(Model):
    """How far an entry has come before publication. A step that is missing is still to be taken; what is pending is marked."""

    status: Literal["pending", "done"]
    drafted: ReviewStep | None = None
    reviewed: ReviewStep | None = None
    approved: ReviewStep | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _done_means_reviewed_and_approved_in_order(self) -> "Review":
        if self.status == "done":
            for step in ("reviewed", "approved"):
                if getattr(self, step) is None:
                    raise ValueError(
                        f"`{step}` is missing; `status: done` expects for instance "
                        f"`{step}: {{role: {{zh: 业务科室, en: Responsible section}}, date: 2026-11-22}}`"
                    )
        taken = [step for step in (self.drafted, self.reviewed, self.approved) if step]
        for before, after in pairwise(taken):
            if after.date < before.date:
                raise ValueError(f"the step of {after.date} comes after that of {before.date}; expected dates in order")
        return self


REVIEW_STEPS = ("drafted", "reviewed", "approved")


class Correction(Model):
    """A slip in the copy we published from, and what stands here instead; shown under the text."""

    kind: Literal["slip", "typography"] = "slip"
    printed: Text
    corrected: Text | None = None
    reason: Text

    @model_validator(mode="after")
    def _a_slip_has_its_correction(self) -> "Correction":
        if self.kind == "slip" and self.corrected is None:
            raise ValueError("`corrected` is missing; expected the text as it now stands in the body")
        return self


class Validity(Model):
    """Whether a document is in force, as far as its source says."""

    status: Literal["in_force", "expired", "repealed", "unstated"]
    note: Text | None = None
    checked: Date = Field(examples=["2026-11-22"])


class Entry(Model):
    """What every entry of a collection has."""

    collection: ClassVar[str]

    title: Text = Field(examples=["关于某某事项的通知"])
    published: Date = Field(examples=["2023-11-13"])
    published_time: ClockTime | None = None  # for the tag PubDate, which else says 00:00
    published_note: Text | None = None
    summary: Text = Field(examples=["两三句话，说清这是什么、对谁有用。"])
    keywords: list[Text] = []
    source: SourceNote = Field(examples=["{name: 来源网站, url: https://www.example.gov.cn/, checked: 2026-11-22}"])
    review: Review = Field(
        examples=["{status: pending, drafted: {role: {zh: 编写人员, en: Editors}, date: 2026-11-22}}"]
    )
    corrections: list[Correction] = []
    aliases: list[Alias] = []  # old addresses that lead here: `old-name` of this collection, or `cases/old-name`
    embargo: Date | None = None  # not published before this day
    expires: Date | None = None  # not fit for release after this day
    sample: bool = False  # made up to show what will stand here; said on the page
    supports: list[Text] = []  # ids of items that the entry helps with, such as "4.3.1"
    supports_standard: Text = "chongqing-2023"  # the standard that these ids belong to

    @property
    def year(self) -> int | None:
        """The year that a reader would look for it under; None where it is not known."""
        return self.published.year

    @property
    def anchors(self) -> frozenset[str]:
        """Anchors that the page's template adds to those of the body's headings."""
        return frozenset({"corrections"}) if self.corrections else frozenset()


class Policy(Entry):
    """An official document, verbatim."""

    collection: ClassVar[str] = "policies"

    short_title: Text | None = None
    document_number: Text = Field(examples=["江北府办发〔2023〕65号"])
    issuer: Text = Field(examples=["重庆市江北区人民政府办公室"])
    written: Date = Field(examples=["2023-11-09"])
    validity: Validity = Field(examples=["{status: in_force, checked: 2026-11-22}"])
    annex: Text | None = None  # the id of a standard, rendered from its data

    @property
    def anchors(self) -> frozenset[str]:
        """As in `Entry`; a policy with an annex has `#annex`."""
        return super().anchors | ({"annex"} if self.annex else set())


class Interpretation(Entry):
    """The issuer's explanation of a policy."""

    collection: ClassVar[str] = "interpretations"

    interprets: Slug = Field(examples=["jbfbf-2023-65"])
    form: Literal["text", "questions", "picture"] = "text"
    issuer: Text | None = None


class Amount(Model):
    """A sum of money as the source states it."""

    value: int | float = Field(examples=["159000000"])
    currency: Literal["CNY", "USD"] = "CNY"
    note: LocalText | None = None


class Case(Entry):
    """A decided case and what it teaches, in our own words."""

    collection: ClassVar[str] = "cases"

    authority: LocalText = Field(examples=["{zh: 最高人民法院, en: Supreme People's Court}"])
    numbers: list[Text] = []  # case numbers, as the court writes them
    decided: Date | None = None
    decided_note: LocalText | None = None  # where only a month or year is known
    decided_year: int | None = None  # the year of that note, for the index
    procedure: Literal["civil", "criminal", "administrative", "foreign"] = Field(examples=["civil"])
    industry: LocalText = Field(examples=["{zh: 化工, en: Chemicals}"])
    amount: Amount | None = None
    multiplier: int | float | None = None  # of punitive damages
    articles: list[Text] = []  # the law applied, with its number at the time
    lessons: list[Literal["people", "measures", "proof", "damages", "chain", "data", "overseas", "criminal"]] = Field(
        min_length=1, examples=["[people]"]
    )
    sources: list[SourceNote] = []  # further ones beside `source`

    @property
    def year(self) -> int | None:
        """As in `Entry`: the year of the decision."""
        return self.decided.year if self.decided else self.decided_year


class ArticleSummary(Model):
    """An article on trade secrets, summarised in our own words."""

    article: Text = Field(examples=["第十条"])
    text: LocalText


class ArticleMove(Model):
    """Where an article of the old text stands now."""

    subject: LocalText
    old: Text | None
    new: Text
    note: LocalText | None = None


class Penalty(Model):
    """A consequence of infringement, for the table of penalties."""

    kind: Literal["administrative", "civil", "criminal"]
    article: Text
    text: LocalText


class Regulation(Entry):
    """A statute, interpretation or rule."""

    collection: ClassVar[str] = "regulations"

    short_title: Text | None = None
    number: Text | None = None
    issuer: Text = Field(examples=["全国人民代表大会常务委员会"])
    level: Literal["law", "interpretation", "administrative", "rule", "policy", "standard"] = Field(examples=["law"])
    issued: Date | None = None
    in_force: Date | None = None
    status: Literal["in_force", "amended", "repealed", "historical"] = Field(examples=["in_force"])
    status_note: LocalText | None = None
    replaced_by: Slug | None = None
    official_url: WebAddress | None = None
    articles: list[ArticleSummary] = []
    moves: list[ArticleMove] = []
    penalties: list[Penalty] = []

    @property
    def year(self) -> int | None:
        """As in `Entry`: the year since which it is in force."""
        return self.in_force.year if self.in_force else None


CountryFact = Literal[
    "statute", "elements", "measures", "civil", "criminal", "limitation", "seizure", "notice", "authority"
]
COUNTRY_FACTS: tuple[CountryFact, ...] = (
    "statute",
    "elements",
    "measures",
    "civil",
    "criminal",
    "limitation",
    "seizure",
    "notice",
    "authority",
)


class Fact(Model):
    """One fact of a country guide. `unchecked` facts are shown as pending."""

    text: LocalText
    status: Literal["checked", "secondary", "derived", "unchecked"]
    source: SourceNote | None = None

    @model_validator(mode="after")
    def _a_checked_fact_has_its_source(self) -> "Fact":
        if self.status != "unchecked" and self.source is None:
            raise ValueError("`source` is missing; expected where the fact was read, and when")
        return self


class Country(Entry):
    """A guide to a country's or region's trade secret law, as facts that can be compared."""

    collection: ClassVar[str] = "countries"

    code: Text = Field(examples=["US"])
    names: LocalText = Field(examples=["{zh: 美国, en: United States}"])
    facts: dict[CountryFact, list[Fact]] = Field(examples=["{}"])
    risks: list[LocalText] = []  # for firms going there


class Template(Entry):
    """A reference text that an enterprise can adapt; also offered as .docx."""

    collection: ClassVar[str] = "templates"

    purpose: Literal["system", "agreement", "form", "plan", "statement"] = Field(examples=["agreement"])


class Guide(Entry):
    """Step by step: what to do, where, with what, by when."""

    collection: ClassVar[str] = "guides"

    audience: Literal["enterprise", "liaison", "authority"] = Field(examples=["enterprise"])


class Alert(Entry):
    """A warning for firms that deal abroad."""

    collection: ClassVar[str] = "alerts"

    country: Text | None = None  # the code of a country guide
    level: Literal["info", "caution", "warning"] = Field(examples=["caution"])
    expires: Date = Field(examples=["2027-11-22"])


class Event(Entry):
    """A training or another occasion."""

    collection: ClassVar[str] = "events"

    start: Date = Field(examples=["2026-12-04"])
    end: Date | None = None
    place: LocalText = Field(examples=["{zh: 线上, en: Online}"])

    @property
    def year(self) -> int | None:
        """As in `Entry`: the year in which it takes place."""
        return self.start.year


class Newsletter(Entry):
    """An issue of the electronic newsletter: its own words, and entries of this site."""

    collection: ClassVar[str] = "newsletter"

    number: int = Field(examples=["1"])
    entries: list[Text] = Field(min_length=1, examples=["[policies/jbfbf-2023-65]"])


class Station(Model):
    """A contact point or guidance station."""

    name: LocalText
    kind: Literal["contact", "guidance"]
    address: LocalText | None = None
    phone: Text | None = None
    hours: LocalText | None = None


class Unit(Model):
    """A demonstration base or unit."""

    name: LocalText
    kind: Literal["base", "unit"]
    year: int


class Register(Model):
    """`stations.yml` and `units.yml`: a list with its source; `sample` says on the page that it is made up."""

    sample: bool = False
    source: SourceNote
    stations: list[Station] = []
    units: list[Unit] = []


class Term(Model):
    """A term of the glossary, defined in our own words."""

    id: Slug = Field(examples=["confidentiality-measures"])
    term: LocalText
    also: list[Text] = []  # other Chinese forms of the same term
    definition: LocalText
    source: SourceNote
    regulation: Slug | None = None  # the regulation it is drawn from


class Glossary(Model):
    """`glossary.yml`: terms with their definitions, linked from the texts."""

    terms: list[Term]

    @model_validator(mode="after")
    def _every_id_and_word_stands_once(self) -> "Glossary":
        ids = [term.id for term in self.terms]
        words = [word.lower() for term in self.terms for word in (term.term.zh, term.term.en, *term.also)]
        for name in (*ids, *words):
            if max(ids.count(name), words.count(name)) > 1:
                raise ValueError(f"`{name}` stands twice; expected each id and each word once")
        return self


class TranslationNote(Model):
    """How far a translation can be relied on."""

    status: Literal["unofficial", "official"] = "unofficial"
    note: Text | None = None
    of: Date | None = None  # the day of the original that was translated, where that has changed since publication


class Translation(Model):
    """The front matter of `<slug>.en.md`: only what differs by language."""

    title: Text = Field(examples=["Notice on …"])
    short_title: Text | None = None
    summary: Text = Field(examples=["Two or three plain sentences."])
    published_note: Text | None = None
    keywords: list[Text] = []
    translation: TranslationNote = TranslationNote()


class Page(Model):
    """A page of `docs/` that belongs to no collection."""

    title: Text
    summary: Text
    template: Literal[
        "home.html",
        "assessment.html",
        "search.html",
        "page.html",
        "404.html",
        "register.html",
        "progress.html",
        "glossary.html",
        "sitemap.html",
    ] = "page.html"
    aliases: list[Alias] = []  # old addresses that lead here
    column_type: Text | None = None  # for the page tags of a column: a word such as 办事服务; the Chinese side says it
    keywords: list[Text] = []
    shows: Literal["stations", "units"] | None = None  # the list that `register.html` shows


def _matches(pattern: str, wanted: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.search(pattern, value):
            raise ValueError(f"`{value}` is not {wanted}")
        return value

    return AfterValidator(check)


class SiteIdentity(Model):
    """The government site that the column belongs to. What is not known stays null, never invented."""

    name: LocalText
    domain: Text | None = None
    url: WebAddress | None = None
    id_code: (
        Annotated[Text, _matches(r"^[a-z0-9]{10}$", "an identification code of ten signs, such as 5101320017")] | None
    ) = None
    icp: Annotated[Text, _matches(r"ICP备[0-9]+号", "an ICP record number, such as 某ICP备12345678号-1")] | None = None
    police: (
        Annotated[
            Text, _matches(r"公网安备 ?[0-9]{14}号", "a police record number, such as 某公网安备 12345678901234号")
        ]
        | None
    ) = None
    mark: WebAddress | None = None  # 党政机关网站标识: the page that it links to
    report_error: WebAddress | None = None  # the site's own 我为政府网站找错; without it, this column's page on errors


class HostPortal(Model):
    """The frame of the portal that the column stands in, as files beside region.yml; it replaces our own footer."""

    header: Text = Field(examples=["portal/header.html"])
    footer: Text = Field(examples=["portal/footer.html"])
    styles: Text | None = Field(default=None, examples=["portal/portal.css"])


class Body(Model):
    """An organisation with its part in the column."""

    name: LocalText
    role: LocalText


class Contact(Model):
    """Whom to call. A number that is not published stays null."""

    name: LocalText
    phone: Text | None = None
    note: LocalText
    source: SourceNote


class Phase(Model):
    """A phase of the plan; `end: null` means that it goes on."""

    name: LocalText
    period: LocalText
    start: Date
    end: Date | None
    text: LocalText


def _follow_each_other(phases: list[Phase]) -> list[Phase]:
    for before, after in pairwise(phases):
        if before.end is None or after.start <= before.end:
            raise ValueError(f"`{after.name.zh}` begins before `{before.name.zh}` has ended")
    return phases


class Progress(Model):
    """A published figure of how far a target has come."""

    value: int | float
    as_of: Date
    source: SourceNote


class Target(Model):
    """A target of the plan, with the words of the document."""

    id: Slug
    name: LocalText
    value: int | float | None
    upper: int | float | None = None  # the other end of a range
    unit: LocalText | None = None
    comparison: Literal["exactly", "at_least", "range", "qualitative"]
    quote: Text
    due: int
    progress: Progress | None
    source: SourceNote

    @model_validator(mode="after")
    def _a_figure_unless_qualitative(self) -> "Target":
        if (self.value is None) != (self.comparison == "qualitative"):
            raise ValueError("`value` must be null where `comparison` is qualitative, and a number elsewhere")
        if (self.upper is not None) != (self.comparison == "range"):
            raise ValueError("`upper` goes with `comparison: range`, and only with it")
        return self


NavigationKey = Literal[
    "assessment",
    "policies",
    "interpretations",
    "regulations",
    "cases",
    "countries",
    "templates",
    "guides",
    "newsletter",
    "alerts",
    "events",
    "stations",
    "units",
    "progress",
    "search",
    "about",
    "accessibility",
]


class Region(Model):
    """`region.yml`: a government's column."""

    slug: Slug
    names: dict[Literal["full", "short"], LocalText]
    title: LocalText
    tagline: LocalText
    notice: LocalText | None = None  # stands at the foot of every page
    issuer: list[Body] = Field(min_length=1)
    site: SiteIdentity
    host: HostPortal | None = None
    standard: Text | None = None
    plan: Slug | None = None
    contacts: list[Contact] = Field(min_length=1)
    phases: Annotated[list[Phase], AfterValidator(_follow_each_other)] = []
    targets: list[Target] = []
    navigation: list[NavigationKey] = Field(min_length=1)


_ENTRIES = (Policy, Interpretation, Regulation, Case, Country, Template, Guide, Newsletter, Alert, Event)
ENTRY_MODELS: dict[str, type[Entry]] = {model.collection: model for model in _ENTRIES}


def example(model: type[BaseModel], path: tuple[Any, ...]) -> str | None:
    """A right value for the field at `path` of `model`, for an error message."""
    if len(path) != 1 or path[0] not in model.model_fields:
        return None
    examples = model.model_fields[path[0]].examples
    return str(examples[0]) if examples else None
