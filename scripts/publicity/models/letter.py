"""An issue as a letter: what the editions make and `send` sends, and all that either knows of the other."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """One issue, ready to be put into envelopes; the same for every reader."""

    issue: str
    """The issue's slug, such as `issue-3`."""
    number: str
    subject: str
    html: str
    text: str
    pictures: tuple[tuple[str, bytes, str], ...]
    """Content id, bytes and media type of each picture that the HTML shows as `cid:…`."""
    is_sample: bool
    pending: tuple[str, ...]
    """Files of what it shows that nobody has approved yet."""
    digest: str
    """SHA-256 of all that a reader gets."""
