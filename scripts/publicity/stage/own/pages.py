"""The pages of the site's own, from `docs/`: home, plan, registers, assessment; and what stands at old addresses."""

import datetime
import itertools
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.dates import format_date, format_number
from publicity.labels import labels
from publicity.models import ENTRY_MODELS, LANGUAGES, Entry, Event, Language, Need, Page, Target, Translation
from publicity.read.content import Column, Document, page_of
from publicity.stage.base import page_base
from publicity.stage.cards import card, date_of, newest_first, source_of
from publicity.stage.charts.timeline import timeline_of
from publicity.stage.charts.trend import trend_of
from publicity.stage.frame import NAVIGATION, navigation_title
from publicity.stage.glossary import glossary_data
from publicity.stage.index import in_order, listed
from publicity.stage.own.assessment import beside
from publicity.stage.own.tasks import tasks_data
from publicity.stage.own.training import training_data
from publicity.stage.page_tags import site_tags

LATEST = 3
_SENTENCE = re.compile(r"(?:[^。！？.!?]|[.!?](?! [A-Z]|$))*(?:[。！？.!?]+[”’）)]* ?|$)")
_FEW = {"zh": 80, "en": 240}
"""How many characters of a summary a card on the home page tells: some five lines."""


def home_data(column: Column, language: Language) -> dict[str, Any]:
    """What the home page shows beside that."""
    region = column.region
    current = (one for one in column.content.all_entries() if not one.meta_as(Entry).is_over(column.today))
    entries = sorted(current, key=newest_first)
    return plan_data(column, language) | {
        "latest": [_told(column, document, language) for document in _latest_per_collection(entries)[:LATEST]],
        "collections": [
            {
                "title": labels(language)["collections"][name]["title"],
                "about": labels(language)["collections"][name]["about"],
                "url": url_of(f"{name}/index.md", language),
                "count": len(column.content.entries[name]),
            }
            for name in ENTRY_MODELS
            if column.content.entries[name]
        ],
        "today": date_of(column.today, language),
        "timeline": timeline_of(region.phases, column.today),
        "phases": [_phase(phase, column.today, language) for phase in region.phases],
        "standard": region.standard,
        "segments": _segments(column),
    }


def _needs(column: Column, needs: Iterable[Need], language: Language) -> list[dict[str, Any]]:
    """Where the needs lead; those that nothing in this column answers are left out."""
    content, paths = column.content, {}
    for document in content.documents():
        paths[document.path.removesuffix(".md")] = document.path
    paths |= {name: f"{name}/index.md" for name in ENTRY_MODELS if content.entries[name]}
    if not column.region.standard:
        paths.pop("assessment", None)
    return [
        {"title": need.title, "about": need.about, "url": url_of(paths[need.to], language)}
        for need in needs
        if need.to in paths
    ]


def _segments(column: Column) -> list[dict[str, Any]]:
    """The sections of the standard as lengths of one bar, in per cent: by their points, or by their items where there are none."""
    loaded = column.content.standards.get(column.region.standard or "")
    if loaded is None:
        return []
    sections = loaded.standard.sections
    weights = [section.cap or sum(len(group.items) for group in section.groups) for section in sections]
    ends = list(itertools.accumulate(weights, initial=0))
    return [
        {"id": section.id, "x": round(100 * start / ends[-1], 2), "width": round(100 * weight / ends[-1], 2)}
        for section, start, weight in zip(sections, ends, weights, strict=False)
    ]


def column_data(column: Column, language: Language, *, with_entries: bool) -> list[dict[str, Any]]:
    """Every column and page with what it holds, in the order of the navigation; entries as in their indexes."""
    listed = []
    for key in dict.fromkeys([*column.region.navigation, "glossary", "search", "about", "accessibility"]):
        path = NAVIGATION.get(key, f"{key}.md")
        if key in ENTRY_MODELS:
            about, documents = labels(language)["collections"][key]["about"], in_order(column, key)
        else:
            page = page_of(column.content.pages[path.removesuffix(".md")], language)
            about, documents = _summary(column, page, language), []
        title = navigation_title(column.region, key, language)
        listed.append(
            {
                "title": title,
                "about": about,
                "url": url_of(path, language),
                "count": len(documents),
                "entries": [card(document, language) for document in documents] if with_entries else [],
            }
        )
    return listed


def plan_data(column: Column, language: Language) -> dict[str, Any]:
    """The region's plan and its targets."""
    plan = column.content.entries["policies"].get(column.region.plan or "")
    return {
        "plan": card(plan, language) if plan else None,
        "targets": [_target(target, language) for target in column.region.targets],
    }


def _latest_per_collection(documents: list[Document]) -> list[Document]:
    """Of entries, the newest first, each collection's first: what is new everywhere, not all that one collection has.

    An event that is not over stands before all: whoever reads of it too late has missed it.
    """
    first: dict[str, Document] = {}
    for document in documents:
        first.setdefault(document.meta_as(Entry).collection, document)
    return sorted(first.values(), key=lambda document: document.meta_as(Entry).collection != Event.collection)


def _told(column: Column, document: Document, language: Language) -> dict[str, Any]:
    """An entry as a list shows it, with the beginning of its summary: the short answer to a question may be long."""
    shown = listed(column, document, language)
    return shown | {"summary": opening(shown["summary"], _FEW[shown["language"]])}


def opening(text: str, most: int) -> str:
    """The first sentences of a text, as many as `most` characters hold, and one at least."""
    sentences = _SENTENCE.findall(text)
    lengths = itertools.accumulate(map(len, sentences))
    kept = sum(length <= most for length in lengths)
    return "".join(sentences[: max(kept, 1)]).rstrip()


def register_data(column: Column, name: str, language: Language) -> dict[str, Any]:
    """A region's list of stations or units as its page shows it; nothing where the region has none."""
    loaded = column.content.registers.get(name)
    if loaded is None:
        return {"rows": [], "sample": False, "source": None, "register": name}
    register = loaded.meta
    own = column.region.words
    local = {"base": own.base[language], "unit": own.unit[language], "station": own.station[language]}
    words = labels(language)["register"]["kinds"] | {kind: word[:1].upper() + word[1:] for kind, word in local.items()}
    rows: list[dict[str, Any]] = [
        {
            "name": station.name[language],
            "kind": words[station.kind or "station"],
            "address": station.address[language] if station.address else None,
            "phone": station.phone,
            "hours": station.hours[language] if station.hours else None,
        }
        for station in register.stations
    ]
    rows += [{"name": unit.name[language], "kind": words[unit.kind], "year": unit.year} for unit in register.units]
    rows += [
        {
            "name": service.name[language],
            "kind": words[service.kind],
            "field": service.field[language],
            "organisation": service.organisation[language] if service.organisation else None,
            "phone": service.phone,
        }
        for service in register.services
    ]
    source = source_of(register.source, language)
    return {"rows": rows, "sample": register.sample, "source": source, "register": name}


def _phase(phase: Any, today: datetime.date, language: Language) -> dict[str, Any]:  # noqa: ANN401
    state = "now"
    if today < phase.start:
        state = "ahead"
    elif phase.end and today > phase.end:
        state = "done"
    return {
        "name": phase.name[language],
        "period": phase.period[language],
        "text": phase.text[language],
        "state": state,
        "start": phase.start.isoformat(),
        "end": phase.end.isoformat() if phase.end else None,
    }


def _bar(target: Target, value: float) -> dict[str, Any]:
    """How far a figure and its target reach in a bar, in percent: one in percent as it is, others against the larger of the two."""
    aim = target.value or 0
    whole = 100 if target.unit and target.unit.zh == "%" else max(aim, value)
    done, mark = (round(min(float(Decimal(str(part)) * 100 / Decimal(str(whole))), 100), 2) for part in (value, aim))
    return {"done": done, "aim": mark, "share": value / aim, "reached": value >= aim}


def progress_data(column: Column, language: Language) -> dict[str, Any]:
    """The plan's targets for their own page; those with a value also as a chart, the furthest first, without a figure last."""
    data = plan_data(column, language)
    charted = sorted(
        (target for target in data["targets"] if target["bar"]),
        key=lambda row: (not row["progress"], -row["bar"]["share"]),
    )
    return data | {
        "chart": charted,
        "published": sum(bool(target["progress"]) for target in charted),
        "reached": sum(target["bar"]["reached"] for target in charted),
    }


def _target(target: Target, language: Language) -> dict[str, Any]:
    progress = target.progress
    return {
        "name": target.name[language],
        "value": format_number(target.value) if target.value is not None else None,
        "upper": format_number(target.upper) if target.upper is not None else None,
        "unit": target.unit[language] if target.unit else None,
        "comparison": target.comparison,
        "bar": _bar(target, progress.value if progress else 0) if target.value else None,
        "trend": trend_of(target, language),
        "quote": target.quote,
        "due": target.due,
        "progress": {
            "value": format_number(progress.value),
            "as_of": format_date(progress.as_of, language),
            "source": source_of(progress.source, language),
        }
        if progress
        else None,
    }


def own_page(column: Column, document: Document, language: Language) -> tuple[dict[str, Any], str]:
    """A page of `docs/`; where it has no English side, the Chinese one stands in, marked as Chinese."""
    meta: Entry | Page | Translation = document.meta
    body, body_language = document.source.body, "zh"
    if language == "en" and document.translation:
        meta, body, body_language = document.translation.meta, document.translation.source.body, "en"
    if not isinstance(meta, Page):
        raise TypeError(f"{document.path} is not a page")
    staged = page_base(language, document.path, meta.title, _summary(column, meta, language), meta.template)
    if meta.template == "404.html":
        staged |= {"noindex": True, "alternates": {other: url_of("index.md", other) for other in LANGUAGES}}
    staged["body_language"] = HTML_LANGUAGE["en" if body_language == "en" else "zh"]
    if meta.template in _DATA:
        staged |= _DATA[meta.template](column, language)
    if meta.template in ("404.html", "sitemap.html"):
        staged["columns"] = column_data(column, language, with_entries=meta.template == "sitemap.html")
    if meta.needs:
        staged["needs"] = _needs(column, meta.needs, language)
    if meta.shows:
        staged |= register_data(column, meta.shows, language)
    return staged, body


def _summary(column: Column, page: Page, language: Language) -> str:
    """What is said of a page to searches and to who passes it on; without a standard it promises no self-assessment."""
    if column.region.standard is None and page.template == "home.html":
        return column.region.tagline[language]
    if column.region.standard is None and page.template == "assessment.html":
        return str(labels(language)["assessment"]["no_standard"])
    return page.summary


def redirect_page(column: Column, path: str, target: Document, language: Language) -> dict[str, Any]:
    """What stands at an old address. It is no page of its own: its other language is that of the page it leads to."""
    if isinstance(target.meta, Page):
        title = own_page(column, target, language)[0]["title"]
    else:
        title = card(target, language)["title"]
    return page_base(language, path, title, labels(language)["shell"]["moved"], "redirect.html") | {
        "noindex": True,
        "target": url_of(target.path, language),
        "alternates": {other: url_of(target.path, other) for other in LANGUAGES},
        "page_tags": site_tags(column),
    }


def assessment_data(column: Column, language: Language) -> dict[str, Any]:
    """What the assessment shows beside the standard itself."""
    loaded = column.content.standards.get(column.region.standard or "")
    data: dict[str, Any] = {
        "standard": column.region.standard,
        "offers": _offers(column, language),
    }
    return data | beside(loaded, language) if loaded else data


def _offers(column: Column, language: Language) -> dict[str, list[dict[str, Any]]]:
    """What the site offers for each item of the standard: the entries that say they support it."""
    ranked: dict[str, list[tuple[bool, int, dict[str, Any]]]] = {}
    for document in column.content.documents():
        if isinstance(document.meta, Entry):
            shown = card(document, language)
            offer = {key: shown[key] for key in ("title", "url", "language", "collection", "collection_name")}
            for place, item in enumerate(document.meta.supported(column.region.standard)):
                ranked.setdefault(item, []).append((offer["collection"] != "templates", place, offer))
    # What can be filled in at once comes first, and what is for this item before all; the page folds away all but a few.
    return {item: [offer for *_, offer in sorted(offers, key=lambda one: one[:2])] for item, offers in ranked.items()}


_DATA: dict[str, Callable[[Column, Language], dict[str, Any]]] = {
    "home.html": home_data,
    "glossary.html": glossary_data,
    "progress.html": progress_data,
    "assessment.html": assessment_data,
    "tasks.html": tasks_data,
    "training.html": training_data,
}
"""What a page shows beside its text, by its template."""
