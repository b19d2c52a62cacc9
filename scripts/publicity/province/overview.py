"""The overview of a province: `index.html`, and `index.en.html`; in the look of its first region, without any script."""

from pathlib import Path

import jinja2

from publicity.labels import read_words
from publicity.models import LANGUAGES, Language
from publicity.province.card import Card
from publicity.servers.headers import CONTENT_SECURITY_POLICY
from publicity.work.manifest import MARKER

_NEWEST = 20
_FILES: dict[Language, str] = {"zh": "index.html", "en": "index.en.html"}
OVERVIEW = tuple(_FILES.values())
_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("publicity", "province"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write_overview(out: Path, cards: list[Card], missing: list[str]) -> None:
    """Write the overview of the regions built; those that were not are named."""
    own = [(row, card) for card in cards for row in card.newest if not row.shared]
    shared = {
        row.address["zh"]: (row, card) for card in reversed(cards) for row in card.newest if row.shared
    }  # each once
    newest = sorted([*own, *shared.values()], key=lambda pair: pair[0].day, reverse=True)[:_NEWEST]
    styles = [
        sheet.relative_to(out).as_posix()
        for card in cards[:1]
        for sheet in out.glob(f"{card.region}/assets/*/site.css")
    ]
    (out / MARKER).write_text("`publicity build --all` writes its overview here.\n", encoding="utf-8")
    words = read_words("province")
    for language in LANGUAGES:
        text = _templates.get_template("overview.html").render(
            language=language,
            words=words[language],
            cards=cards,
            newest=newest,
            missing=missing,
            styles=styles,
            csp=CONTENT_SECURITY_POLICY,
            other=next((code, _FILES[code], words[code]["title"]) for code in LANGUAGES if code != language),
        )
        part = out / f".{_FILES[language]}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(out / _FILES[language])
