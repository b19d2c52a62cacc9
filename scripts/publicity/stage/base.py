"""What the front matter of every staged page begins with."""

from typing import Any

from publicity.addresses import url_of
from publicity.models import LANGUAGES, Language


def page_base(language: Language, path: str, title: str, summary: str, template: str) -> dict[str, Any]:
    """Title, template, language, path and the addresses in each language."""
    return {
        "title": title,
        "description": summary,
        "template": template,
        "lang": language,
        "path": path,
        "alternates": {other: url_of(path, other) for other in LANGUAGES},
    }
