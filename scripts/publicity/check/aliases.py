"""Old addresses that lead on: `aliases` in the front matter of what stands there now.

An alias leads straight to its entry and never bears the name of one, so there are neither loops nor chains.
"""

import posixpath
from collections.abc import Iterator

from publicity.models import ENTRY_MODELS
from publicity.problems import Problem, did_you_mean, raw
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
                yield raw(
                    document.source.name, document.source.line(("aliases", index)), f"the alias `{alias}` {fault}"
                )
            claimed.setdefault(path, document.source.name)


def _fault(
    content: Content, document: Document, path: str, taken: dict[str, str], claimed: dict[str, str]
) -> str | None:
    collection, name = posixpath.split(path.removesuffix(".md"))
    if collection and collection not in ENTRY_MODELS:
        return f"names no collection{did_you_mean(collection, ENTRY_MODELS)}"
    if name == "index" or (not collection and name in RESERVED):
        return "is an address of the site itself; remove it"
    if path == document.path:
        return "is the address that it stands at; remove it"
    if path in taken:
        return f"is the address of {taken[path]}; remove it, or rename one of the two"
    if path in content.broken or path in content.embargoed:
        return f"is the address of another file, {path}; remove it"
    if path in claimed:
        return f"is an alias of {claimed[path]} too; an address leads to one place"
    return None
