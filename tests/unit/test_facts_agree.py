"""One fact told in several places is told alike: sums and days of a case wherever it is told, and the day from which a law applies."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from conftest import ROOT
from publicity.models.fields.articles import covers
from publicity.project import Project

PROJECT = Project(ROOT)
CONTENT = PROJECT.content
FIGURES = re.compile(r"\d[\d,.]*(?:多|余)?(?:亿|万)?(?:多|余)?(?:美)?元|\d+%|\d+张图纸|\d{4}年\d+月\d+日")
TO_A_CASE = re.compile(r"cases/([a-z0-9-]+)(?:\.md)?\b")
TO_A_LAW = re.compile(
    r"\]\((?:\.\./)?regulations/([a-z0-9-]+)\.md\)[^。；|\n]{0,30}?(?:自|，)(\d{4})年(\d+)月(\d+)日起施行"
)

CITED = re.compile(
    r"\]\(\.\./regulations/([a-z0-9-]+)\.md\)((?:第[一二三四五六七八九十百零]+条(?:之一)?[^，。；：）（|\n]{0,6}?[、和]?)+)"
)
ARTICLE = re.compile(r"第[一二三四五六七八九十百零]+条(?:之一)?")


def _parts(file: Path) -> tuple[Any, str]:
    """The data of a file and its body."""
    text = file.read_text("utf-8")
    if file.suffix == ".yml":
        return yaml.safe_load(text), ""
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), body


def _files() -> list[Path]:
    files = [file for folder in [*PROJECT.regions(), "shared"] for file in (CONTENT / folder).rglob("*")]
    return sorted(file for file in files if file.suffix in {".md", ".yml"} and not file.name.endswith(".en.md"))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _strings(value)


def _told(data: Any) -> Iterator[tuple[str, str]]:
    """What data say of a case that they name as their `entry`: its slug, and the words."""
    if isinstance(data, dict) and str(data.get("entry", "")).startswith("cases/"):
        yield from ((data["entry"].removeprefix("cases/"), text) for text in _strings(data))
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _told(value)


def test_what_is_told_of_a_case_elsewhere_stands_in_it() -> None:
    cases = {file.stem: file.read_text("utf-8") for file in (CONTENT / "shared/cases").glob("*.md")}
    found, looked_at = [], 0
    for file in _files():
        data, body = _parts(file)
        told = list(_told(data))
        if file.parent.name != "cases":
            for row in body.split("\n"):
                if len(named := set(TO_A_CASE.findall(row)) & cases.keys()) == 1:
                    told.append((named.pop(), row))
        for slug, text in told:
            figures = FIGURES.findall(text)
            looked_at += len(figures)
            found += [f"{file.relative_to(ROOT)}: {slug}: {figure}" for figure in figures if figure not in cases[slug]]
    assert looked_at > 5
    assert found == []


def test_a_law_applies_from_the_same_day_wherever_that_is_told() -> None:
    laws = [file for file in _files() if file.parent.name == "regulations"]
    days = {file.stem: str(_parts(file)[0].get("in_force")) for file in laws}
    told, wrong = 0, []
    for file in _files():
        for match in TO_A_LAW.finditer(file.read_text("utf-8")):
            told += 1
            day = f"{match[2]}-{int(match[3]):02}-{int(match[4]):02}"
            if days[match[1]] != day:
                wrong.append(f"{file.relative_to(ROOT)}: {match[1]}: {day}")
    assert told
    assert wrong == []


def test_a_guide_speaks_of_facts_marked_as_unverified_only_where_it_has_some() -> None:
    wrong = []
    for file in (CONTENT / "shared/countries").glob("*.md"):
        language, facts = file.name.split(".")[1], file.with_name(file.name.partition(".")[0] + ".md")
        marks = any(fact["status"] == "unchecked" for facts in _parts(facts)[0]["facts"].values() for fact in facts)
        says = ("marked “to be verified”" if language == "en" else "本页标“待核实”") in _parts(file)[1]
        if says and not marks:
            wrong.append(file.name)
    assert wrong == []


def test_an_article_cited_behind_a_link_to_its_law_stands_on_that_page() -> None:
    laws = [file for file in _files() if file.parent.name == "regulations"]
    held = {file.stem: [one["article"] for one in _parts(file)[0].get("articles", [])] for file in laws}
    cited, missing = 0, []
    for file in _files():
        for slug, articles in CITED.findall(file.read_text("utf-8")):
            for article in ARTICLE.findall(articles):
                cited += 1
                if held[slug] and not any(covers(one, article) for one in held[slug]):
                    missing.append(f"{file.relative_to(ROOT)}: {slug}: {article}")
    assert cited > 100
    assert missing == []
