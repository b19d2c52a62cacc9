"""Numbers of persons, which stop a release as they stop an inspection, and films that say where they were shot."""

import re
from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.attachments.movie import read_movie
from publicity.read.attachments.words import attachment_passages
from publicity.read.draft import Draft
from publicity.read.files.plain import open_file
from publicity.read.passages import read_passages
from publicity.read.personal import NEVER_PUBLISHED, personal_numbers

_LONG = re.compile(r"\d(?:\D{0,3}\d){10}|护照|通行证")
"""As many digits as such a number has, or its name: a list to take away may have very many lines."""


def check_personal(draft: Draft) -> Iterator[Problem]:
    """Numbers of persons in texts, the same that an inspection calls 必须整改, and in office files to take away."""
    attached = attachment_passages(draft.project, draft.content.media)
    passages = (
        *read_passages(draft.project, draft.folder.name, draft.content),
        *(passage for passage in attached if _LONG.search(passage.text)),
    )
    numbers = personal_numbers(passages, draft.region, draft.content)
    for number in dict.fromkeys(numbers):  # in a file to take away all stand in one line
        if number.kind in NEVER_PUBLISHED:
            yield Problem(number.path, number.line, number.kind, {"number": number.masked})


def check_places(draft: Draft) -> Iterator[Problem]:
    """Films in which a phone has written down where it was; of pictures a build leaves that out by itself."""
    for path in draft.content.media.values():
        if path.suffix.lower() != ".mp4":
            continue
        with open_file(path) as file:
            movie = read_movie(file)
        if movie and movie.names_place:
            yield Problem(draft.project.name(path), 1, "video-names-place")
