"""Questions: the entries they belong to are there."""

from collections.abc import Iterator

from publicity.models import Question
from publicity.problems import Problem, near_path
from publicity.read.draft import Draft


def check_questions(draft: Draft) -> Iterator[Problem]:
    """The entries that a question names."""
    content = draft.content
    known = {f"{name}/{slug}" for name, entries in content.entries.items() for slug in entries}
    for question in content.entries["questions"].values():
        for index, name in enumerate(question.meta_as(Question).entries):
            path, keys = f"{name}.md", ("entries", index)
            if until := content.embargoed.get(path):
                yield question.source.problem(keys, "under-embargo", target=path, until=until)
            elif name not in known and path not in content.broken:
                yield question.source.problem(keys, "unknown-entry", entry=name, hint=near_path(name, known))
