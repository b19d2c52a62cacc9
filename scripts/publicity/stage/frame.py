"""What every page of a language shows: names, navigation, the people to call."""

import re
from typing import Any

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.labels import labels, navigation_groups
from publicity.models import ENTRY_MODELS, LANGUAGES, Entry, Language, LocalText, Region, plural
from publicity.read.content import Column
from publicity.stage.cards import date_of, source_of


def site_data(column: Column) -> dict[Language, dict[str, Any]]:
    """What every page of a language shows: names, navigation, the people to call."""
    return {language: _site(column, language) for language in LANGUAGES}


def _site(column: Column, language: Language) -> dict[str, Any]:
    region = column.region

    def local(text: LocalText) -> str:
        return text[language]

    return {
        "language": HTML_LANGUAGE[language],
        "title": local(region.title),
        "tagline": local(region.tagline),
        "notice": local(region.notice) if region.notice else None,
        "region": local(region.names["full"]),
        "short": local(region.names["short"]),
        "succession": _succession(column, language),
        "host": {**region.site.model_dump(), "name": local(region.site.name)},
        "issuers": [
            {"role": role, "names": [local(body.name) for body in region.issuer if local(body.role) == role]}
            for role in dict.fromkeys(local(body.role) for body in region.issuer)
        ],
        "contacts": [
            {
                "name": local(contact.name),
                "phone": contact.phone,
                "note": local(contact.note),
                "source": source_of(contact.source, language),
            }
            for contact in region.contacts
        ],
        "mostly_pending": _mostly_pending(column),
        "report_email": region.report_email,
        "navigation": _groups(region, language),
        "home": url_of("index.md", language),
        "search": url_of("search.md", language),
        "assessment": url_of("assessment.md", language),
        "about": url_of("about.md", language),
        "glossary": url_of("glossary.md", language),
        "accessibility": url_of("accessibility.md", language),
        "tasks": url_of("tasks.md", language),
        "sitemap": url_of("sitemap.md", language),
        "registers": {"icp": ICP_REGISTER, "police": police_register(region.site.police or "")},
        "portal": {name: getattr(column.portal, name) for name in ("header", "footer", "version")}
        if column.portal
        else None,
        "updated": date_of(column.updated, language) if column.updated else None,
    }


def _groups(region: Region, language: Language) -> list[dict[str, Any]]:
    """The columns of a region in the groups of the navigation, each group and each column in its order; no group is empty."""
    groups, shown = navigation_groups(), region.navigation
    grouped = [[key for key in shown if key in group["columns"]] for group in groups]
    grouped[-1] += [key for key in shown if not any(key in group["columns"] for group in groups)]
    titles = {key: navigation_title(region, key, language) for key in shown}
    return [
        {
            "title": titles[keys[0]] if len(keys) == 1 else group[language],
            "keys": keys,
            "columns": [
                {"key": key, "title": titles[key], "url": url_of(NAVIGATION.get(key, f"{key}.md"), language)}
                for key in keys
            ],
        }
        for group, keys in zip(groups, grouped, strict=True)
        if keys
    ]


def _mostly_pending(column: Column) -> bool:
    """Whether more entries are not reviewed than are: then the site says so once, and marks those that are."""
    pending = [document.meta_as(Entry).review.status == "pending" for document in column.content.all_entries()]
    return 2 * sum(pending) > len(pending)


def navigation_title(region: Region, key: str, language: Language) -> str:
    """What a column is called in the navigation: contact points and demonstration units by the region's own words."""
    own = {"stations": region.words.station, "units": region.words.unit}.get(key)
    if own:
        return own.zh if language == "zh" else plural(own.en).capitalize()
    return str(labels(language)["navigation"][key])


def _succession(column: Column, language: Language) -> dict[str, Any] | None:
    """That the region is there no more, its source, and what its owner has still to say; nothing while it is there."""
    succession = column.region.succession
    if succession is None or not column.region.is_over(column.today):
        return None
    return {
        "text": succession.text[language],
        "source": source_of(succession.source, language),
        "unknown": [matter[language] for matter in succession.unknown],
    }


NAVIGATION = {name: f"{name}/index.md" for name in ENTRY_MODELS}


ICP_REGISTER = "https://beian.miit.gov.cn/"


def police_register(number: str) -> str:
    """Where the public can look a police record number up."""
    digits = "".join(re.findall(r"[0-9]", number))
    return f"https://beian.mps.gov.cn/#/query/webSearch?code={digits}"
