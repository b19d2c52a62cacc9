"""Write the column as plain Markdown pages, `<lang>/<collection>/<slug>.md`, whose front matter holds all that a template shows.

Nothing here knows MkDocs: any generator that reads Markdown with front matter could take over from this folder.
"""

import datetime
import json
import posixpath
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publicity.assets import stylesheet
from publicity.dates import format_date, format_number
from publicity.link import interpretations_of, policy_of
from publicity.load import Column, Document, particulars
from publicity.models import (
    ENTRY_MODELS,
    LANGUAGES,
    Entry,
    Interpretation,
    Language,
    LocalText,
    Page,
    Policy,
    Translation,
)
from publicity.texts import labels

HTML_LANGUAGE: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
LATEST = 6


def stage(column: Column) -> dict[str, str]:
    """All pages of a column as text, by their path in the staging folder."""
    pages: dict[str, str] = {}
    for language in LANGUAGES:
        for path, meta, body in _pages(column, language):
            pages[f"{language}/{path}"] = _write_page(meta, body)
    return pages


def site_data(column: Column) -> dict[Language, dict[str, Any]]:
    """What every page of a language shows: names, navigation, the people to call."""
    return {language: _site(column, language) for language in LANGUAGES}


def write_staging(folder: Path, pages: dict[str, str], media: dict[str, Path], assets: Path) -> None:
    """Bring the staging folder to hold exactly these files; what has not changed is not touched."""
    pages = pages | {"assets/site.css": stylesheet(assets / "css")}
    wanted = {folder / path for path in pages}
    for path, text in pages.items():
        target = folder / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    copies = {folder / language / path: source for path, source in media.items() for language in LANGUAGES}
    copies |= {
        folder / "assets" / file.relative_to(assets): file
        for file in assets.rglob("*")
        if file.is_file() and file.suffix != ".css"
    }
    for target, source in copies.items():
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    for stale in sorted(folder.rglob("*"), reverse=True):
        if stale.is_file() and stale not in wanted and stale not in copies:
            stale.unlink()
        elif stale.is_dir() and not any(stale.iterdir()):
            stale.rmdir()


def _write_page(meta: dict[str, Any], body: str) -> str:
    # JSON is YAML, and an order of magnitude quicker to write and to read.
    return f"---\n{json.dumps(meta, ensure_ascii=False, indent=0)}\n---\n\n{body.strip()}\n"


def _pages(column: Column, language: Language) -> Iterator[tuple[str, dict[str, Any], str]]:
    for document in column.content.pages.values():
        yield document.path, *_page(column, document, language)
    for collection, entries in column.content.entries.items():
        yield f"{collection}/index.md", _index(column, collection, language), ""
        for document in entries.values():
            yield document.path, *_entry(column, document, language)


def url_of(path: str, language: Language) -> str:
    """The address of a page below the site's root, such as `en/policies/x/`."""
    folder = posixpath.splitext(path)[0].removesuffix("index").rstrip("/")
    prefix = "" if language == "zh" else f"{language}/"
    return f"{prefix}{folder}/" if folder else (prefix or "./")


def _base(language: Language, path: str, title: str, summary: str, template: str) -> dict[str, Any]:
    return {
        "title": title,
        "description": summary,
        "template": template,
        "lang": language,
        "path": path,
        "alternates": {other: url_of(path, other) for other in LANGUAGES},
    }


def _page(column: Column, document: Document, language: Language) -> tuple[dict[str, Any], str]:
    """A page of `docs/`; where it has no English side, the Chinese one stands in, marked as Chinese."""
    meta: Entry | Page | Translation = document.meta
    body, body_language = document.source.body, "zh"
    if language == "en" and document.translation:
        meta, body, body_language = document.translation.meta, document.translation.source.body, "en"
    if not isinstance(meta, Page):
        raise TypeError(f"{document.path} is not a page")
    names = {"title": column.region.title[language], "region": column.region.names["short"][language]}
    staged = _base(language, document.path, _fill(meta.title, names), _fill(meta.summary, names), meta.template)
    if meta.template == "404.html":
        staged["alternates"] = {other: url_of("index.md", other) for other in LANGUAGES}
    staged["body_language"] = HTML_LANGUAGE["en" if body_language == "en" else "zh"]
    if meta.template == "home.html":
        staged |= _home(column, language)
    if meta.template == "assessment.html":
        staged["standard"] = column.region.standard
    return staged, _fill(body, names)


def _fill(text: str, names: dict[str, str]) -> str:
    """Put the region's names into a page's title or summary."""
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text


def _index(column: Column, collection: str, language: Language) -> dict[str, Any]:
    words = labels(language)["collections"][collection]
    entries = sorted(column.content.entries[collection].values(), key=_newest_first)
    return _base(language, f"{collection}/index.md", words["title"], words["about"], "collection.html") | {
        "collection": collection,
        "entries": [_card(one, language) for one in entries],
    }


def _newest_first(document: Document) -> tuple[int, str]:
    return -particulars(document, Entry).published.toordinal(), document.path


def _card(document: Document, language: Language) -> dict[str, Any]:
    """An entry as an index or another entry shows it."""
    meta = particulars(document, Entry)
    translated = document.translation.meta if document.translation else None
    title, summary, spoken = meta.title, meta.summary, "zh"
    if language == "en" and translated and not isinstance(translated, Page):
        title, summary, spoken = translated.title, translated.summary, "en"
    return {
        "title": title,
        "summary": summary,
        "language": spoken,
        "url": url_of(document.path, language),
        "collection": meta.collection,
        "collection_name": labels(language)["collections"][meta.collection]["title"],
        "date": _date(meta.published, language),
        "pending": meta.review.status == "pending",
    }


def _entry(column: Column, document: Document, language: Language) -> tuple[dict[str, Any], str]:
    meta = particulars(document, Entry)
    card = _card(document, language)
    translated = language == "en" and document.translation is not None
    body = document.translation.source.body if translated and document.translation else document.source.body
    words = labels(language)
    staged = _base(language, document.path, card["title"], card["summary"], f"{_TEMPLATES[meta.collection]}.html")
    staged |= {
        "collection": meta.collection,
        "collection_url": url_of(f"{meta.collection}/index.md", language),
        "body_language": HTML_LANGUAGE["en" if translated else "zh"],
        "title_language": HTML_LANGUAGE["zh" if card["language"] == "zh" else "en"],
        "original_title": meta.title,
        "original_url": url_of(document.path, "zh"),
        "translation": document.translation.meta.model_dump(mode="json")["translation"]
        if translated and document.translation
        else None,
        "untranslated": language == "en" and not translated,
        "published": _date(meta.published, language),
        "keywords": meta.keywords,
        "source": _source(meta.source, language),
        "pending": card["pending"],
        "review_note": meta.review.note,
        "corrections": [one.model_dump(mode="json") for one in meta.corrections],
    }
    if isinstance(meta, Policy):
        staged["particulars"] = list(_policy_particulars(meta, document, language))
        staged["annex"] = meta.annex
        staged["related"] = [_card(one, language) for one in interpretations_of(column.content, document)]
        staged["related_title"] = words["policy"]["interpretations"]
    if isinstance(meta, Interpretation):
        policy = policy_of(column.content, document)
        staged["particulars"] = list(_interpretation_particulars(meta, language))
        staged["related"] = [_card(policy, language)]
        staged["related_title"] = words["interpretation"]["policy"]
    return staged, body


_TEMPLATES = {"policies": "policy", "interpretations": "interpretation"}


def _policy_particulars(meta: Policy, document: Document, language: Language) -> Iterator[dict[str, Any]]:
    words = labels(language)["policy"]
    note = meta.published_note
    if language == "en":
        note = getattr(document.translation.meta, "published_note", None) if document.translation else None
    yield {"label": words["document_number"], "value": meta.document_number, "language": "zh-CN"}
    yield {"label": words["issuer"], "value": meta.issuer, "language": "zh-CN"}
    yield {"label": words["written"], "value": format_date(meta.written, language)}
    yield {"label": words["published"], "value": format_date(meta.published, language), "note": note}
    checked = words["checked"].format(date=format_date(meta.validity.checked, language))
    note = f"{meta.validity.note}（{checked}）" if language == "zh" and meta.validity.note else checked
    yield {"label": words["validity"], "value": words["validities"][meta.validity.status], "note": note}


def _interpretation_particulars(meta: Interpretation, language: Language) -> Iterator[dict[str, Any]]:
    words = labels(language)["interpretation"]
    if meta.issuer:
        yield {"label": words["issuer"], "value": meta.issuer, "language": "zh-CN"}
    yield {"label": words["published"], "value": format_date(meta.published, language)}
    yield {"label": words["form"], "value": words["forms"][meta.form]}


def _source(source: Any, language: Language) -> dict[str, Any]:  # noqa: ANN401
    return {"name": source.name, "url": source.url, "checked": format_date(source.checked, language)}


def _date(day: datetime.date, language: Language) -> dict[str, str]:
    return {"iso": day.isoformat(), "text": format_date(day, language)}


def _home(column: Column, language: Language) -> dict[str, Any]:
    region = column.region
    entries = sorted((one for found in column.content.entries.values() for one in found.values()), key=_newest_first)
    plan = column.content.entries["policies"].get(region.plan or "")
    return {
        "latest": [_card(one, language) for one in entries[:LATEST]],
        "collections": [
            {
                "title": labels(language)["collections"][name]["title"],
                "about": labels(language)["collections"][name]["about"],
                "url": url_of(f"{name}/index.md", language),
                "count": len(column.content.entries[name]),
            }
            for name in ENTRY_MODELS
        ],
        "plan": _card(plan, language) if plan else None,
        "today": _date(column.today, language),
        "phases": [_phase(one, column.today, language) for one in region.phases],
        "targets": [_target(one, language) for one in region.targets],
        "standard": region.standard,
    }


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


def _target(target: Any, language: Language) -> dict[str, Any]:  # noqa: ANN401
    progress = target.progress
    return {
        "name": target.name[language],
        "value": format_number(target.value) if target.value is not None else None,
        "unit": target.unit[language] if target.unit else None,
        "comparison": target.comparison,
        "quote": target.quote,
        "due": target.due,
        "progress": {
            "value": format_number(progress.value),
            "as_of": format_date(progress.as_of, language),
            "source": _source(progress.source, language),
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
        "region": local(region.names["full"]),
        "short": local(region.names["short"]),
        "host": {**region.site.model_dump(), "name": local(region.site.name)},
        "issuers": [{"name": local(one.name), "role": local(one.role)} for one in region.issuer],
        "contacts": [
            {
                "name": local(one.name),
                "phone": one.phone,
                "note": local(one.note),
                "source": _source(one.source, language),
            }
            for one in region.contacts
        ],
        "navigation": [
            {"key": key, "title": words["navigation"][key], "url": url_of(_NAVIGATION.get(key, f"{key}.md"), language)}
            for key in region.navigation
        ],
        "home": url_of("index.md", language),
        "search": url_of("search.md", language),
        "assessment": url_of("assessment.md", language),
        "about": url_of("about.md", language),
        "accessibility": url_of("accessibility.md", language),
        "built": _date(column.today, language),
    }


_NAVIGATION = {name: f"{name}/index.md" for name in ENTRY_MODELS}
