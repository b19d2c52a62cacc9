"""What the assessment's page says beside the standard: its items in plain words, a first pass, and its rules, all from the data."""

from typing import Any

from publicity.labels import labels
from publicity.models import Language
from publicity.read.content import LoadedStandard
from scoring import Standard
from scoring.points import show


def beside(loaded: LoadedStandard, language: Language) -> dict[str, Any]:
    """All that the page says beside the standard, by the name its template has for it."""
    return {
        "explained": explained(loaded, language),
        "first_pass": first_pass(loaded, language),
        "explained_pending": loaded.explanations is not None and loaded.explanations.review == "pending",
        "intro": intro(loaded, language),
        "orders": orders(loaded),
        "rules": rules(loaded.standard, language),
        "cap_cuts": cap_cuts(loaded.standard),
    }


def explained(loaded: LoadedStandard, language: Language) -> dict[str, dict[str, Any]]:
    """For each item what it means, and what usually proves it."""
    meanings = loaded.explanations.items if loaded.explanations else {}
    proofs = (loaded.guidance or {}).get("evidence", {})
    return {
        item: {
            "means": getattr(meanings[item], language) if item in meanings else "",
            "proofs": [proof[language] for proof in proofs.get(item, [])],
        }
        for item in loaded.standard.item_by_id
        if item in meanings or item in proofs
    }


def first_pass(loaded: LoadedStandard, language: Language) -> dict[str, Any]:
    """The few questions that come first, with their reasons, and what we looked at in choosing them."""
    explanations = loaded.explanations
    if explanations is None or not explanations.first:
        return {}
    return {
        "questions": [
            {
                "item": question.item,
                "text": loaded.standard.item_by_id[question.item].text,
                "text_en": loaded.standard.item_by_id[question.item].text_en,
                "group": _group(loaded.standard, question.item, language),
                "points": _worth(loaded.standard, question.item),
                "why": getattr(question.why, language),
            }
            for question in explanations.first
        ],
        "source": getattr(explanations.source, language) if explanations.source else "",
    }


def _group(standard: Standard, item: str, language: Language) -> str:
    """What an item's group is called, where another item has the same words; else ""."""
    asked = standard.item_by_id[item]
    if not any(other.text == asked.text for other in standard.items if other.id != item):
        return ""
    group = next(group for section in standard.sections for group in section.groups if asked in group.items)
    return (group.title_en if language == "en" else "") or group.title or ""


def _worth(standard: Standard, item: str) -> str:
    """The most that an item can earn; "" in a checklist."""
    return show(standard.item_by_id[item].points) if standard.scored else ""


def intro(loaded: LoadedStandard, language: Language) -> list[str]:
    """What the page offers, in sentences: no more than the guidance has data for."""
    words = labels(language)["assessment"]
    guidance = loaded.guidance or {}
    timed = "effort" in guidance
    told = ["start", "offers" if timed else "fewest"]
    if not loaded.standard.scored:
        return [words["checklist"]["intro"][key] for key in told]
    facts = any(not part.get("plannable", True) for part in guidance.get("planning", []))
    if timed or facts:
        told.append("left_out" if timed and facts else "late" if timed else "facts")
    return [words["intro"][key] for key in told]


def orders(loaded: LoadedStandard) -> list[str]:
    """How the plan can be ordered, the first unless asked otherwise: by days and effort only where the guidance estimates it."""
    timed = "effort" in (loaded.guidance or {})
    if loaded.standard.scored:
        return ["calendar", "points", "effort", "owner"] if timed else ["points", "owner"]
    return ["calendar", "effort", "owner"] if timed else ["points", "owner"]


def rules(standard: Standard, language: Language) -> list[str]:
    """How the standard scores, in sentences: only what it says, and what the page does where it is silent."""
    words = labels(language)["assessment"]["rules"]
    if not standard.scored:
        return [words["checklist"]]
    levels = any(item.levels for item in standard.items)
    counted = any(item.each is not None for item in standard.items)
    plain = any(not item.levels and item.each is None for item in standard.items)
    capped = any(section.capped or any(group.capped for group in section.groups) for section in standard.sections)
    applies = {
        "pass_mark": standard.pass_mark is not None,
        "no_pass_mark": standard.pass_mark is None,
        "levels": levels,
        "counted": counted,
        "plain": plain and not (levels or counted),
        "plain_beside": plain and (levels or counted),
        "not_applicable": True,
        "capped": capped,
        "total_cap": cap_cuts(standard),
    }
    values = {"mark": show(standard.pass_mark or 0), "cap": show(standard.total_cap or 0)}
    return [words[key].format(**values) for key, does in applies.items() if does]


def cap_cuts(standard: Standard) -> bool:
    """Whether all that can be earned, bonus and all, is more than the total may be."""
    reach = sum(section.cap or 0 for section in standard.sections)
    return standard.total_cap is not None and reach > standard.total_cap
