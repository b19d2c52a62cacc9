"""References in front matter: the policies, standards, items, entries, countries and regulations that are named must be there."""

from collections.abc import Iterator

from publicity.models import Alert, Country, Entry, Interpretation, Policy
from publicity.problems import Among, Problem, near
from publicity.read.content import Content
from publicity.read.draft import Draft
from publicity.read.source import KeyPath, Source
from scoring import Standard


def check_region(draft: Draft) -> Iterator[Problem]:
    """The plan and the standard that `region.yml` names."""
    content = draft.content
    # Read from the source and not from the model, which is missing where region.yml has other faults.
    source = content.region_source
    named = source.data if source and isinstance(source.data, dict) else {}
    plan, standard = named.get("plan"), named.get("standard")
    if source and isinstance(plan, str) and f"policies/{plan}.md" not in content.embargoed:
        yield from _unknown_policy(content, plan, source, ("plan",))
    if source and isinstance(standard, str):
        yield from _unknown_standard(content, standard, source, ("standard",))


def check_interpreted_policies(draft: Draft) -> Iterator[Problem]:
    """The policy that an interpretation explains."""
    content = draft.content
    for document in content.entries["interpretations"].values():
        slug = document.meta_as(Interpretation).interprets
        path = f"policies/{slug}.md"
        if until := content.embargoed.get(path):
            yield document.source.problem(("interprets",), "under-embargo", target=path, until=until)
        else:
            yield from _unknown_policy(content, slug, document.source, ("interprets",))


def check_annexes(draft: Draft) -> Iterator[Problem]:
    """The standard that a policy shows as its annex."""
    for document in draft.content.entries["policies"].values():
        annex = document.meta_as(Policy).annex
        if annex:
            yield from _unknown_standard(draft.content, annex, document.source, ("annex",))


def check_supports(draft: Draft) -> Iterator[Problem]:
    """The items of a standard that an entry says it helps with."""
    content = draft.content
    for document in content.all_entries():
        for name, items in document.meta_as(Entry).supports.items():
            yield from _unknown_standard(content, name, document.source, ("supports", name))
            loaded = content.standards.get(name)
            if loaded:
                yield from _unknown_items(loaded.standard, items, document.source)


def check_alerts(draft: Draft) -> Iterator[Problem]:
    """The country of an alert."""
    entries = draft.content.entries
    codes = {guide.meta_as(Country).code for guide in entries["countries"].values()}
    for alert in entries["alerts"].values():
        code = alert.meta_as(Alert).country
        if code and code not in codes:
            yield alert.source.problem(("country",), "unknown-country", country=code, hint=near(code, codes))


def check_glossary(draft: Draft) -> Iterator[Problem]:
    """The regulations that terms of the glossary name."""
    content = draft.content
    if content.glossary is None:
        return
    regulations = content.entries["regulations"]
    for index, term in enumerate(content.glossary.terms):
        slug = term.regulation
        if slug and slug not in regulations and f"regulations/{slug}.md" not in {*content.broken, *content.embargoed}:
            values = {"regulation": slug, "hint": near(slug, regulations)}
            yield content.glossary.source.problem(("terms", index, "regulation"), "unknown-regulation", **values)


def _unknown_standard(content: Content, name: str, source: Source, keys: KeyPath) -> Iterator[Problem]:
    """A standard that is not there; one that could not be read has its own problems already."""
    if name not in content.standards and name not in content.broken_standards:
        yield source.problem(keys, "unknown-standard", standard=name, hint=near(name, content.standards))


def _unknown_policy(content: Content, name: str, source: Source, keys: KeyPath) -> Iterator[Problem]:
    """A policy that is not there; one that could not be read has its own problems already."""
    policies = content.entries["policies"]
    if name not in policies and f"policies/{name}.md" not in content.broken:
        yield source.problem(keys, "unknown-policy", policy=name, hint=near(name, policies))


def _unknown_items(standard: Standard, items: list[str], source: Source) -> Iterator[Problem]:
    """Items that a standard has not; those beside them are named."""
    for index, item in enumerate(items):
        if item not in standard.item_by_id:
            section = item.rpartition(".")[0]
            beside = tuple(other for other in standard.item_by_id if other.rpartition(".")[0] == section)
            values = {"standard": standard.id, "item": item, "hint": Among(beside) if beside else None}
            yield source.problem(("supports", standard.id, index), "no-such-item", **values)
