"""The issue for a WeChat official account: a fragment to paste, without links, and what stands beside it."""

import json
import re

from publicity.editions.words import filled, full
from publicity.models.parts.newsletter import LONGEST_DIGEST, LONGEST_TITLE
from publicity.stage.issues import Issue, Link

LONGEST_AUTHOR = 16
MOST_CHARACTERS = 20_000
_CLASS = re.compile(r' class="[^"]*"')


def make(issue: Issue, base: str | None) -> dict[str, bytes]:
    """`wechat.html` and `wechat.json`."""
    return {"wechat.html": fragment(issue, base).encode(), "wechat.json": particulars(issue, base)}


def fragment(issue: Issue, base: str | None) -> str:
    """The text to paste: inline styles only, no link, no id; addresses are numbered notes at its end."""
    import css_inline  # of the extra `editions`

    inlined = css_inline.inline_fragment(filled("wechat.html", issue, base), filled("wechat.css", issue, base))
    return _CLASS.sub("", inlined)


def particulars(issue: Issue, base: str | None) -> bytes:
    """Title, author, digest and source address, within the lengths that WeChat takes."""
    data = {
        "title": issue.title[:LONGEST_TITLE],
        "author": issue.host[:LONGEST_AUTHOR],
        "digest": issue.summary[:LONGEST_DIGEST],
        "content_source_url": full(base, issue.path),
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


def notes(issue: Issue) -> tuple[Link, ...]:
    """The pages that the stories refer to, once each, in the order of their numbers."""
    return tuple(dict.fromkeys(story.link for story in issue.stories))
