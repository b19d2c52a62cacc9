"""Old addresses that lead on: `aliases` in the front matter of what stands there now.

An alias leads straight to its entry and never bears the name of one, so there are neither loops nor chains.
"""

import posixpath
from collections.abc import Iterator

from publicity.models import ENTRY_MODELS
from publicity.problems import Problem, near
from publicity.read.content import Content, Document
from publicity.read.draft import Draft
from publicity.read.load import RESERVED
from publicity.read.relations import alias_path


def check_aliases(draft: Draft) -> Iterator[Problem]:
    """Aliases that cannot stand where they would."""
    content = draft.content
    taken = {document.path: document.source.name for document in content.documents()}
    claimed: dict[str, str] = {}
    for document in content.documents():
        for index, alias in enumerate(document.meta.aliases):
            path = alias_path(document, alias)
            if fault := _fault(content, document, path, taken, claimed):
                code, values = fault
                yield document.source.problem(("aliases", index), code, alias=alias, **values)
            claimed.setdefault(path, document.source.name)


def _fault(
    content: Content, document: Document, path: str, taken: dict[str, str], claimed: dict[str, str]
) -> tuple[str, dict[str, object]] | None:
    """The code of what is wrong with an alias that stands for a path, and what fills its words beside the alias."""
    collection, name = posixpath.split(path.removesuffix(".md"))
    if collection and collection not in ENTRY_MODELS:
        return "alias-no-collection", {"collection": collection, "hint": near(collection, ENTRY_MODELS)}
    if name == "index" or (not collection and name in RESERVED):
        return "alias-of-site", {}
    if path == document.path:
        return "alias-of-itself", {}
    if path in taken:
        return "alias-taken", {"file": taken[path]}
    if path in content.broken or path in content.embargoed:
        return "alias-taken", {"file": path}
    if path in claimed:
        return "alias-twice", {"file": claimed[path]}
    return None
