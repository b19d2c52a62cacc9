"""The ids of a page's template are told by the templates themselves."""

from pathlib import Path

from publicity.markup.taken import taken_ids

OVERRIDES = Path(__file__).resolve().parents[3] / "overrides"


def test_ids_of_a_template_and_of_what_it_needs_are_taken(tmp_path: Path) -> None:
    (tmp_path / "entry.html").write_text(
        '{% extends "main.html" %}<h2 id="own"><i id="item-{{ one.id }}">', encoding="utf-8"
    )
    (tmp_path / "main.html").write_text(
        '{#- id="comment" -#}<main id="main">{% include "parts/foot.html" %}<i id="{{ one.id }}">', encoding="utf-8"
    )
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "foot.html").write_text(
        "{%- from 'main.html' import x -%}<p id='foot' data-id=\"no\">", encoding="utf-8"
    )
    taken = taken_ids(tmp_path, "entry.html")
    assert taken.ids == {"own", "main", "foot"}
    assert "item-1" in taken
    assert "items" not in taken
    assert "later" in taken | frozenset({"later"})


def test_the_pages_own_templates_are_read() -> None:
    assert {"main", "corrections", "sources", "site-search", "share"} <= taken_ids(OVERRIDES, "case.html").ids
    assert "section-1" in taken_ids(OVERRIDES, "assessment.html")
    assert "report" not in taken_ids(OVERRIDES, "page.html")  # docs/about.md names a heading so
