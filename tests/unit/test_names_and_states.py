"""One name for each thing, and no law shown as in force that nobody has verified."""

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
import yaml

from conftest import ROOT
from publicity.labels import labels
from publicity.models import ENTRY_MODELS, LANGUAGES, Language, Regulation
from publicity.project import Project
from publicity.read.load import load
from publicity.stage.entry import entry_page
from publicity.stage.index import listed

PROJECT = Project(ROOT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_and_heading_call_a_collection_by_one_name(language: Language) -> None:
    words = labels(language)
    assert {name: words["navigation"][name] for name in ENTRY_MODELS} == {
        name: words["collections"][name]["title"] for name in ENTRY_MODELS
    }


@pytest.mark.parametrize("region", PROJECT.regions())
def test_a_law_that_is_not_verified_is_nowhere_shown_as_in_force(region: str) -> None:
    column = load(PROJECT, region).column
    assert column
    unverified = [
        document
        for document in column.content.entries["regulations"].values()
        if document.meta_as(Regulation).status == "unverified"
    ]
    assert unverified
    for document in unverified:
        for language, in_force, status in (
            ("zh", "现行有效", "效力待核实"),
            ("en", "In force", "Validity to be verified"),
        ):
            page = json.dumps(entry_page(column, document, language)[0], ensure_ascii=False)
            entry = json.dumps(listed(column, document, language), ensure_ascii=False)
            assert status in page, document.path
            assert f'"{in_force}"' not in page + entry, document.path


@cache
def _english() -> list[tuple[str, str]]:
    """Every line of English in what is published, with its place: translations, and the English half of shared data."""
    lines = []
    for path in sorted(ROOT.glob("content/**/*")):
        if path.name.endswith(".en.md") or path.suffix in {".md", ".yml"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                keyword = line.startswith("  - ")  # people's own words, for the search
                if (path.name.endswith(".en.md") or "en: " in line) and not keyword:
                    lines.append((f"{path.relative_to(ROOT)}:{number}", line.split("en: ", 1)[-1]))
    return lines


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("(?<!Administrative )(Penalty|Coercion|Licensing) Law", "Administrative … Law"),
        ("Labour Arbitration Law", "Labour Dispute Mediation and Arbitration Law"),
        ("[Nn]etwork [Ss]ecurity", "cybersecurity, as in the Cybersecurity Law"),
        ("orders? on conduct|conduct (to be )?preserv(ed|ation)(?! order)", "conduct preservation order"),
        (r"\b[Ff]ix(ed|es|ing)? (it after|(the )?(evidence|milestones|content|time)|by (an? )?(expert|notary))", "secure"),
        (r"(agreed|fair) penalty|[Pp]enalt(y|ies) (may be agreed|in proportion|for breach of|as agreed)|agreed sum,|^\| Penalty \|", "liquidated damages"),
        ("(technical|and|,) operational( information|,)", "business information, as in the glossary"),
        ("[Nn]et disks?", "cloud drive"),
        ("[Oo]ld brands", "time-honoured brands, as in the plan"),
        (r"CNY \d", "… yuan, as in every other text"),
        (r"\bspecially (serious|grave)", "especially serious, as in the questions"),
        (r"\b([Ww]here|costs) a unit\b|liability of units", "organisation, as in the Criminal Law"),
        ("uiding Case|Prosecution case", "guiding case, procuratorate guiding case"),
        ("Jiangbei document No|Guan County", "Jiang Bei Fu Ban Fa, Guan Zheng Ban Fa, Guanxian County"),
    ],
)  # fmt: skip
def test_english_has_one_term_for_a_law_or_a_step(wrong: str, right: str) -> None:
    assert [f"{place}: {line[:120]}" for place, line in _english() if re.search(wrong, line)] == [], right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("人员流动和竞业限制|员工流动与竞业限制", "竞业限制与员工流动, as the guide is called"),
        ("未侵权说明", "未侵犯他人商业秘密承诺书, as the reference text is called"),
        ("得到处理结果的答复", "及时将处理结果告知举报人"),
        ("即将被(披露|公开)", "即将被非法披露, as in the provisions"),
        ("本栏目", "本专栏, as the site calls itself; 栏目 are its sections"),
    ],
)
def test_chinese_has_one_name_for_a_text_or_a_rule(wrong: str, right: str) -> None:
    paths = [
        *ROOT.glob("content/*/**/*.md"),
        *ROOT.glob("content/*/**/*.yml"),
        *ROOT.glob("scoring_wasm/standards/*.yml"),
    ]
    assert [str(path) for path in paths if re.search(wrong, path.read_text(encoding="utf-8"))] == [], right


@pytest.mark.parametrize("region", PROJECT.regions())
def test_an_article_of_a_law_that_the_column_holds_is_linked_and_not_told_in_words(region: str) -> None:
    column = load(PROJECT, region).column
    assert column
    laws = [document.meta_as(Regulation) for document in column.content.entries["regulations"].values()]
    names = {law.number for law in laws if law.number} | {re.sub("^中华人民共和国|（.*", "", law.title) for law in laws}
    documents = (*column.content.entries["questions"].values(), *column.content.entries["cases"].values())
    told = [(one.path, text) for one in documents for text in one.meta.articles if isinstance(text, str)]
    assert told
    assert [
        (path, text) for path, text in told if any(re.search(f"{re.escape(name)}》?第", text) for name in names)
    ] == []


@pytest.mark.parametrize("region", PROJECT.regions())
def test_english_pages_name_laws_in_english(region: str) -> None:
    column = load(PROJECT, region).column
    assert column
    documents = (*column.content.entries["questions"].values(), *column.content.entries["cases"].values())
    for document in documents:
        told = {text for text in document.meta.articles if isinstance(text, str)}
        assert document.translation, document.path
        assert set(document.translation.meta.articles) == told, document.path
        page = entry_page(column, document, "en")[0]
        cited = [law for row in page["particulars"] for law in row.get("cited", ())]
        assert {law["language"] for law in cited} <= {"en"}, document.path
        assert not re.search("[\u4e00-\u9fff]", json.dumps(cited, ensure_ascii=False)), document.path


@pytest.mark.parametrize("region", PROJECT.regions())
def test_english_pages_name_who_issued_a_document_in_english(region: str) -> None:
    column = load(PROJECT, region).column
    assert column
    entries = column.content.entries
    issued = [one for name in ("regulations", "policies") for one in entries[name].values()]
    for document in issued:
        particulars = entry_page(column, document, "en")[0]["particulars"]
        (issuer,) = [row for row in particulars if row["label"] in {"Issued by", "Made by"}]
        assert (issuer["language"], re.findall("[\u4e00-\u9fff]", issuer["value"])) == ("en", []), document.path


def _sources(data: object) -> Iterator[dict[str, object]]:
    """Every source that data name: where it is, and the day on which somebody looked."""
    if isinstance(data, dict) and {"name", "checked"} <= set(data):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _sources(value)


def test_english_pages_name_their_sources_in_english() -> None:
    named = []
    for path in sorted(ROOT.glob("content/*/**/*")):
        if path.suffix in {".md", ".yml"}:
            data = yaml.safe_load(path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n")[0])
            named += [(path.relative_to(ROOT), source["name"]) for source in _sources(data)]
    assert named
    assert [(path, name) for path, name in named if isinstance(name, str) and re.search("[\u4e00-\u9fff]", name)] == []
