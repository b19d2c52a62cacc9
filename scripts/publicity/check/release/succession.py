"""What only the owner of a column can say of the bodies that followed those of its region."""

from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.draft import Draft


def check_successors(draft: Draft) -> Iterator[Problem]:
    """What `succession` of `region.yml` says is not known."""
    source = draft.content.region_source
    if draft.region and source and draft.region.succession:
        for index, matter in enumerate(draft.region.succession.unknown):
            yield source.problem(("succession", "unknown", index), "successor-unknown", matter=matter.zh)
