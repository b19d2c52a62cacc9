"""`training.yml`: the entries and articles that its questions and slides rest on are there."""

from collections.abc import Iterator

from publicity.check.citations import unknown_citation
from publicity.problems import Problem, near_path
from publicity.read.draft import Draft


def check_training(draft: Draft) -> Iterator[Problem]:
    """The entries and articles that the quiz and the slides name."""
    content, loaded = draft.content, draft.content.training
    if loaded is None:
        return
    source = loaded.source
    known = {f"{name}/{slug}" for name, entries in content.entries.items() for slug in entries}
    for field in ("quiz", "slides"):
        for index, part in enumerate(getattr(loaded.meta, field)):
            path, keys = f"{part.entry}.md", (field, index, "entry")
            if until := content.embargoed.get(path):
                yield source.problem(keys, "under-embargo", target=path, until=until)
            elif part.entry not in known and path not in content.broken:
                yield source.problem(keys, "unknown-entry", entry=part.entry, hint=near_path(part.entry, known))
            for place, cited in enumerate(part.articles):
                yield from unknown_citation(content, cited, source, (field, index, "articles", place))
