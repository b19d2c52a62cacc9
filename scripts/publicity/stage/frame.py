"""What every page of a language shows, and what the home page adds: names, navigation, phases, targets, people to call."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.check.identity import ICP_REGISTER, police_register
from publicity.dates import format_date, format_number
from publicity.labels import labels
from publicity.models import ENTRY_MODELS, LANGUAGES, Entry, Language, LocalText
from publicity.read.content import Column, Document, page_of, particulars
from publicity.stage.cards import card, date_of, newest_first, source_of

LATEST = 6


def site_data(column: Column) -> dict[Language, dict[str, Any]]:
    """What every page of a language shows: names, navigation, the people to call."""
    return {language: _site(column, language) for language in LANGUAGES}


def home_data(column: Column, language: Language) -> dict[str, Any]:
    """What the home page shows beside that."""
    region = column.region
    entries = sorted(column.content.all_entries(), key=newest_first)
    return plan_data(column, language) | {
        "latest": [card(one, language) for one in _one_of_each(entries)[:LATEST]],
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
        "phases": [_phase(one, column.today, language) for one in region.phases],
        "standard": region.standard,
    }


def column_data(column: Column, language: Language, fill: Callable[[str], str]) -> list[dict[str, Any]]:
    """Every column and page with what it holds, in the order of the navigation; `fill` puts names into the pages' texts."""
    listed = []
    for key in dict.fromkeys([*column.region.navigation, "glossary", "search", "about", "accessibility"]):
        path = _NAVIGATION.get(key, f"{key}.md")
        if key in ENTRY_MODELS:
            about, count = labels(language)["collections"][key]["about"], len(column.content.entries[key])
        else:
            about, count = fill(page_of(column.content.pages[path.removesuffix(".md")], language).summary), 0
        title = labels(language)["navigation"][key]
        listed.append({"title": title, "about": about, "url": url_of(path, language), "count": count})
    return listed


def plan_data(column: Column, language: Language) -> dict[str, Any]:
    """The region's plan and its targets."""
    plan = column.content.entries["policies"].get(column.region.plan or "")
    return {
        "plan": card(plan, language) if plan else None,
        "targets": [_target(one, language) for one in column.region.targets],
    }


def _one_of_each(documents: list[Document]) -> list[Document]:
    """The first of each collection, in order: what is new everywhere, not all that one collection has."""
    first: dict[str, Document] = {}
    for document in documents:
        first.setdefault(particulars(document, Entry).collection, document)
    return list(first.values())


def register_data(column: Column, name: str, language: Language) -> dict[str, Any]:
    """A region's list of stations or units as its page shows it; nothing where the region has none."""
    loaded = column.content.registers.get(name)
    if loaded is None:
        return {"rows": [], "sample": False, "source": None, "register": name}
    register = loaded.meta
    words = labels(language)["register"]["kinds"]
    rows: list[dict[str, Any]] = [
        {
            "name": one.name[language],
            "kind": words[one.kind],
            "address": one.address[language] if one.address else None,
            "phone": one.phone,
            "hours": one.hours[language] if one.hours else None,
        }
        for one in register.stations
    ]
    rows += [{"name": one.name[language], "kind": words[one.kind], "year": one.year} for one in register.units]
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


def share_of(value: float, target: float) -> int:
    """How much of a target is done, in whole percent rounded down: nothing short of it is shown as reached."""
    return int(Decimal(str(value)) * 100 // Decimal(str(target)))


def progress_data(column: Column, language: Language) -> dict[str, Any]:
    """The plan's targets for their own page; those with a published figure also as a chart, the furthest first."""
    data = plan_data(column, language)
    charted = sorted((one for one in data["targets"] if one["share"] is not None), key=lambda one: -one["share"])
    figures = [one for one in data["targets"] if one["value"]]
    return data | {"chart": charted, "figures": len(figures), "reached": sum(one["share"] >= 100 for one in charted)}


def _target(target: Any, language: Language) -> dict[str, Any]:  # noqa: ANN401
    progress = target.progress
    return {
        "name": target.name[language],
        "value": format_number(target.value) if target.value is not None else None,
        "upper": format_number(target.upper) if target.upper is not None else None,
        "unit": target.unit[language] if target.unit else None,
        "comparison": target.comparison,
        "share": share_of(progress.value, target.value) if progress and target.value else None,
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


def _site(column: Column, language: Language) -> dict[str, Any]:
    region = column.region
    words = labels(language)

    def local(text: LocalText) -> str:
        return text[language]

    return {
        "language": HTML_LANGUAGE[language],
        "title": local(region.title),
        "tagline": local(region.tagline),
        "notice": local(region.notice) if region.notice else None,
        "region": local(region.names["full"]),
        "short": local(region.names["short"]),
        "host": {**region.site.model_dump(), "name": local(region.site.name)},
        "issuers": [
            {"role": role, "names": [local(one.name) for one in region.issuer if local(one.role) == role]}
            for role in dict.fromkeys(local(one.role) for one in region.issuer)
        ],
        "contacts": [
            {
                "name": local(one.name),
                "phone": one.phone,
                "note": local(one.note),
                "source": source_of(one.source, language),
            }
            for one in region.contacts
        ],
        "report_email": region.report_email,
        "navigation": [
            {"key": key, "title": words["navigation"][key], "url": url_of(_NAVIGATION.get(key, f"{key}.md"), language)}
            for key in region.navigation
        ],
        "home": url_of("index.md", language),
        "search": url_of("search.md", language),
        "assessment": url_of("assessment.md", language),
        "about": url_of("about.md", language),
        "glossary": url_of("glossary.md", language),
        "accessibility": url_of("accessibility.md", language),
        "sitemap": url_of("sitemap.md", language),
        "registers": {"icp": ICP_REGISTER, "police": police_register(region.site.police or "")},
        "portal": {name: getattr(column.portal, name) for name in ("header", "footer", "version")}
        if column.portal
        else None,
        "built": date_of(column.today, language),
    }


_NAVIGATION = {name: f"{name}/index.md" for name in ENTRY_MODELS}
