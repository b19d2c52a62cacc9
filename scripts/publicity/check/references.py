"""References in front matter: the policies, standards, items, entries, countries and regulations that are named must be there."""

from collections.abc import Iterator

from publicity.models import Alert, Country, Entry, Interpretation, Newsletter, Policy
from publicity.problems import Problem, did_you_mean, near_path_words
from publicity.read.content import Content
from publicity.read.draft import Draft


def check_region(draft: Draft) -> Iterator[Problem]:
    """The plan and the standard that `region.yml` names."""
    content = draft.content
    # Read from the source and not from the model, which is missing where region.yml has other faults.
    source = content.region_source
    named = source.data if source and isinstance(source.data, dict) else {}
    plan, standard = named.get("plan"), named.get("standard")
    if source and isinstance(plan, str) and _is_missing(content, plan):
        yield source.raw(("plan",), f"no policy `{plan}`{did_you_mean(plan, content.entries['policies'])}")
    if source and isinstance(standard, str) and (fault := _standard_fault(content, standard)):
        yield source.raw(("standard",), fault)


def check_interpreted(draft: Draft) -> Iterator[Problem]:
    """The policy that an interpretation explains."""
    content = draft.content
    for document in content.entries["interpretations"].values():
        slug = document.meta_as(Interpretation).interprets
        if until := content.embargoed.get(f"policies/{slug}.md"):
            message = f"the policy `{slug}` is under embargo until {until}; give this one the same"
            yield document.source.raw(("interprets",), message)
        elif _is_missing(content, slug):
            message = (
                f"an interpretation of an unknown policy `{slug}`{did_you_mean(slug, content.entries['policies'])}"
            )
            yield document.source.raw(("interprets",), message)


def check_annexes(draft: Draft) -> Iterator[Problem]:
    """The standard that a policy shows as its annex."""
    for document in draft.content.entries["policies"].values():
        annex = document.meta_as(Policy).annex
        if annex and (fault := _standard_fault(draft.content, annex)):
            yield document.source.raw(("annex",), fault)


def check_supports(draft: Draft) -> Iterator[Problem]:
    """The items of a standard that an entry says it helps with."""
    content = draft.content
    for document in content.all_entries():
        meta = document.meta_as(Entry)
        if not meta.supports:
            continue
        if fault := _standard_fault(content, meta.supports_standard):
            yield document.source.raw(("supports_standard",), fault)
        loaded = content.standards.get(meta.supports_standard)
        if loaded is None:
            continue
        items = loaded.standard.item_by_id
        for index, item in enumerate(meta.supports):
            if item not in items:
                section = item.rpartition(".")[0]
                beside = [other for other in items if other.rpartition(".")[0] == section]
                hint = f"; `{section}` has {beside[0]} to {beside[-1]}" if beside else ""
                yield document.source.raw(("supports", index), f"{loaded.standard.id} has no item `{item}`{hint}")


def check_newsletters(draft: Draft) -> Iterator[Problem]:
    """The entries that an issue of the newsletter names."""
    content = draft.content
    known = {f"{name}/{slug}" for name, entries in content.entries.items() for slug in entries}
    for issue in content.entries["newsletter"].values():
        for index, name in enumerate(issue.meta_as(Newsletter).entries):
            if until := content.embargoed.get(f"{name}.md"):
                message = f"`{name}` is under embargo until {until}; give this issue the same"
                yield issue.source.raw(("entries", index), message)
            elif name not in known and f"{name}.md" not in content.broken:
                yield issue.source.raw(("entries", index), f"no entry `{name}`{near_path_words(name, known)}")


def check_alerts(draft: Draft) -> Iterator[Problem]:
    """The country of an alert."""
    entries = draft.content.entries
    codes = {guide.meta_as(Country).code for guide in entries["countries"].values()}
    for alert in entries["alerts"].values():
        code = alert.meta_as(Alert).country
        if code and code not in codes:
            message = f"no country guide with the code `{code}`{did_you_mean(code, codes)}"
            yield alert.source.raw(("country",), message)


def check_glossary(draft: Draft) -> Iterator[Problem]:
    """The regulations that terms of the glossary name."""
    content = draft.content
    if content.glossary is None:
        return
    regulations = content.entries["regulations"]
    for index, term in enumerate(content.glossary.terms):
        slug = term.regulation
        if slug and slug not in regulations and f"regulations/{slug}.md" not in {*content.broken, *content.embargoed}:
            message = f"no regulation `{slug}`{did_you_mean(slug, regulations)}"
            yield content.glossary.source.raw(("terms", index, "regulation"), message)


def _standard_fault(content: Content, name: str) -> str | None:
    """What is wrong with the name of a standard; one that could not be read has its own problems already."""
    if name in content.standards or name in content.broken_standards:
        return None
    return f"no standard `{name}`{did_you_mean(name, content.standards)}"


def _is_missing(content: Content, policy: str) -> bool:
    """Whether a policy is not there at all; one that could not be read has its own problems already."""
    path = f"policies/{policy}.md"
    return policy not in content.entries["policies"] and path not in content.broken and path not in content.embargoed
