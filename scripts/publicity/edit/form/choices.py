"""What an entry may name: what its fields offer for choosing, and how others refer to it."""

from publicity.edit.form.forms import Choices
from publicity.edit.review import Role
from publicity.models import ENTRY_MODELS, Country, Entry
from publicity.read.content import Content

REFERS = {"interprets": "policies", "replaced_by": "regulations", "regulation": "regulations"}
"""Fields that name an entry of one collection by its slug; where else one is named it is as `collection/slug`."""


def choices_of(content: Content) -> Choices:
    """What fields may name."""

    def titled(collection: str) -> list[tuple[str, str]]:
        return [(slug, document.meta_as(Entry).title) for slug, document in content.entries[collection].items()]

    named = {field: tuple(titled(collection)) for field, collection in REFERS.items()}
    entries = [
        (f"{collection}/{slug}", title)
        for collection in ENTRY_MODELS
        if collection != "newsletter"
        for slug, title in titled(collection)
    ]
    standards = tuple((name, loaded.standard.title) for name, loaded in content.standards.items())
    countries = [document.meta_as(Country) for document in content.entries["countries"].values()]
    return Choices(
        {
            **named,
            "entries": tuple(entries),
            "entry": tuple(entries),
            "annex": standards,
            "supports": standards,
            "country": tuple((country.code, country.names.zh) for country in countries),
        }
    )


def roles_of(content: Content) -> list[Role]:
    """The roles that the region's entries name; without the Chinese that stands for English where none is written."""
    found: dict[str, Role] = {}
    for document in content.all_entries():
        steps = document.meta_as(Entry).review
        for step in (steps.drafted, steps.reviewed, steps.approved):
            if step:
                english = "" if step.role.en == step.role.zh else step.role.en
                found.setdefault(step.role.zh, Role(step.role.zh, english))
    return list(found.values())
