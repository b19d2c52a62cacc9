"""Links that only work for whoever wrote them."""

import re
from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.draft import Draft
from publicity.read.origins import origins

_OWN_MACHINE = re.compile(
    r"https?://(?:localhost|127(?:\.[0-9]{1,3}){3}|0\.0\.0\.0|\[::1?\])(?=[:/?#]|$)[^\s]*", re.IGNORECASE
)


def check_own_machine(draft: Draft) -> Iterator[Problem]:
    """Addresses of the machine that a text was written on, as one has them in hand who copies them from the preview."""
    for origin in origins(draft.project, draft.folder.name, draft.content):
        source = origin.source
        if source is draft.content.region_source:  # a column may be tried on one's own machine
            continue
        for keys, text in source.texts():
            if match := _OWN_MACHINE.match(text):
                yield source.problem(keys, "own-machine", found=match[0])
        for link in draft.bodies[source.body].links if source.body.strip() else ():
            if match := _OWN_MACHINE.match(link.target):
                yield Problem(source.name, source.body_line - 1 + link.line, "own-machine", {"found": match[0]})
