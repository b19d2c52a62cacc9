"""The search as a visitor meets it: what it finds, how it is narrowed, what it loads, what it does when things go wrong."""

import random
import re
import shutil
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, Response, Route, expect

from conftest import ROOT, Server, serve
from publicity.search.extract import PageSection, PageText
from publicity.search.index import IndexWriter, load_synonyms

GOLDEN = yaml.safe_load((ROOT / "tests" / "golden" / "search" / "queries.yml").read_text(encoding="utf-8"))
FOLDERS = {"zh": "search/", "en": "en/search/"}


def _open(page: Page, server: Server, language: str = "zh") -> None:
    page.goto(server.url + FOLDERS[language])


def _ask(page: Page, query: str) -> list[str]:
    """The addresses of the first results, as paths without slashes at their ends."""
    page.locator("#query").fill(query)
    page.keyboard.press("Enter")
    expect(_status(page)).to_contain_text(query)
    return _results(page)


def _results(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-search-results] a").evaluate_all("all => all.map(one => one.pathname)")
    return [path.strip("/") for path in found]


def _status(page: Page) -> Any:
    return page.locator("[data-search-status]")


@pytest.mark.parametrize("language", FOLDERS)
def test_golden_queries_find_their_pages(page: Page, server: Server, watch: object, language: str) -> None:
    _open(page, server, language)
    missed = {}
    for kind, queries in GOLDEN[language].items():
        for query, expected in queries.items():
            found = _ask(page, query)
            near = re.search("没有与|No page holds", _status(page).inner_text()) is not None
            first = expected[0] == found[0] if kind == "first" and found else kind != "first"
            if not set(expected) <= set(found[:10]) or near != (kind == "near") or not first:
                missed[query] = (kind, near, found)
    assert missed == {}


def test_a_page_pasted_into_a_field_is_asked_for_by_its_beginning(page: Page, server: Server, watch: object) -> None:
    pasted = "经营者不得实施侵犯商业秘密的行为" * 100  # more than servers take in an address
    for address, field in (("", "#site-search"), ("404.html", "#query")):
        page.goto(server.url + address)
        page.locator(field).focus()
        page.keyboard.insert_text(pasted)
        assert page.locator(field).input_value() == pasted[:100]
    page.goto(f"{server.url}search/?q={quote(pasted)}")
    expect(_status(page)).to_contain_text(pasted[:100])
    assert page.locator("#query").input_value() == pasted[:100]
    assert len(_status(page).inner_text()) < 200


def test_results_say_which_law_is_not_in_force(page: Page, server: Server, watch: object) -> None:
    _open(page, server)
    _ask(page, "惩罚性赔偿解释（2021年）")
    old = page.locator("[data-search-results] li", has=page.locator('a[href*="punitive-damages-interpretation-2021"]'))
    expect(old.locator(".card-line").first).to_contain_text("已废止")


def test_results_show_where_and_lead_there(page: Page, server: Server, watch: object) -> None:
    _open(page, server)
    _ask(page, "惩罚性赔偿")
    first = page.locator("[data-search-results] li").first
    expect(first.locator("h2 mark")).to_have_text("惩罚性赔偿")  # the title first
    expect(first.locator(".card-line")).to_contain_text("常见问题")  # and questions before what answers them
    _ask(page, "原本证明")
    first = page.locator("[data-search-results] li").first
    expect(first.locator("p mark").first).to_have_text("原本证明")
    heading = first.locator(".card-line").inner_text().split("› ")[1]
    first.locator("a").click()
    expect(page.locator(":target")).to_have_text(re.compile(f"^{re.escape(heading)}"))


def test_narrows_by_collection_and_year_with_counts(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url)
    page.get_by_role("search").get_by_role("searchbox").fill("商业秘密保护")
    page.keyboard.press("Enter")
    collection, year = page.get_by_role("combobox", name="栏目"), page.get_by_role("combobox", name="年份")
    expect(collection).to_be_visible()
    counts = {
        text.rpartition("（")[0]: int(text.rpartition("（")[2][:-1])
        for text in collection.locator("option").all_inner_texts()
    }
    everything = counts.pop("全部栏目")
    assert sum(counts.values()) == everything
    collection.focus()
    collection.select_option(label=f"典型案例（{counts['典型案例']}）")
    expect(_status(page)).to_have_text(f"与“商业秘密保护”有关的内容共{counts['典型案例']}条")
    expect(collection).to_be_focused()
    assert f"q={quote('商业秘密保护')}&collection=cases" in page.url
    assert {result.split("/")[0] for result in _results(page)} == {"cases"}
    page.goto(server.url + "search/?q=商业秘密保护&year=2023")
    expect(year).to_have_value("2023")
    expect(_status(page)).to_contain_text("共2条")
    page.locator("#query").fill("香兰素")  # another question begins without the old choices
    page.keyboard.press("Enter")
    expect(_status(page)).to_contain_text("香兰素")
    expect(year).to_have_value("")
    page.go_back()
    expect(_status(page)).to_have_text("与“商业秘密保护”有关的内容共2条")
    expect(year).to_have_value("2023")


def test_keys_go_through_the_results(page: Page, server: Server, watch: object) -> None:
    _open(page, server)
    _ask(page, "商业秘密")
    links = page.locator("[data-search-results] a")
    for at in (0, 1, 2):
        page.keyboard.press("ArrowDown")
        expect(links.nth(at)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#query")).to_be_focused()
    more = page.get_by_role("button", name="显示更多结果")
    more.press("Enter")
    expect(links).to_have_count(20)
    expect(links.nth(10)).to_be_focused()
    page.locator("#query").press("Escape")  # the field's own key: it empties
    expect(page.locator("#query")).to_have_value("")


def test_nothing_is_loaded_before_the_field_is_entered(page: Page, server: Server, watch: Any) -> None:
    _open(page, server)
    page.wait_for_load_state("networkidle")
    assert [url for url in watch.requests if "search-" in url or "index" in url] == []
    with page.expect_response("**/search/index.json"):
        page.locator("#query").focus()


def test_nothing_found_is_said(page: Page, server: Server, watch: object) -> None:
    _open(page, server)
    assert _ask(page, "熊猫") == []
    expect(_status(page)).to_contain_text("没有找到与“熊猫”有关的内容")
    expect(page.get_by_label("年份")).to_be_hidden()
    _open(page, server, "en")
    assert _ask(page, "<b>zebra</b>") == []


def test_a_failed_search_is_said_and_can_be_tried_again(page: Page, server: Server, watch: Any) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503)

    page.route("**/terms/*.json", refuse)
    _open(page, server)
    page.locator("#query").fill("台账")
    page.keyboard.press("Enter")
    expect(_status(page)).to_contain_text("搜索未能载入")
    page.unroute("**/terms/*.json", refuse)
    assert "templates/activity-ledger" in _ask(page, "台账")
    watch.faults.clear()  # the browser reports the refusal


def test_without_script_the_page_says_where_to_look(plain_context: BrowserContext, server: Server) -> None:
    page = plain_context.new_page()
    _open(page, server)
    expect(page.locator("main .notice")).to_contain_text("搜索需要启用脚本")
    assert page.locator("main .sections a").count() > 10


def _prose(chance: random.Random, pages: int) -> Iterator[list[str]]:
    """Texts of 1,500 characters whose words are as frequent as Zipf's law has it, in sentences that come again now and then."""
    characters = [chr(0x4E00 + at) for at in range(3000)]
    lexicon = ["".join(chance.choices(characters, k=length)) for length in (2, 2, 2, 3, 4) for _ in range(2000)]
    chance.shuffle(lexicon)
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(lexicon))))
    sentences = [
        "".join(chance.choices(lexicon, cum_weights=weights, k=6)) + "，商业秘密保护。" * (at % 9 == 0)
        for at in range(20_000)
    ]
    for _ in range(pages):
        yield ["。".join(chance.choices(sentences, k=15)) for _ in range(7)]


@pytest.fixture(name="large", scope="module")
def _large(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The search page over 2,000 entries."""
    folder = tmp_path_factory.mktemp("large")
    for name in ("assets", "search"):
        shutil.copytree(site / name, folder / name)
    (shared,) = site.glob("engine/*/page.js")
    shared_copy = folder / shared.relative_to(site)
    shared_copy.parent.mkdir(parents=True)
    shutil.copyfile(shared, shared_copy)
    index = IndexWriter(folder / "search")
    for number, sections in enumerate(_prose(random.Random(7), 2000)):  # noqa: S311
        page = PageText(
            sections[0][:20],
            sections[0][20:90],
            (f"示例〔{2026 - number % 12}〕{number}号",),
            (),
            [PageSection(f"s{at}", text[:8], text) for at, text in enumerate(sections)],
        )
        index.add(
            page, url=f"../cases/{number}/", collection="cases", year=str(2026 - number % 12), date="2026年11月22日"
        )
    index.finish(load_synonyms(), {"cases": "典型案例"})
    with serve(folder) as running:
        yield running


@pytest.mark.parametrize(
    "query", ["商业秘密", "最高法院 台账", "侵犯商业秘密保护的民事案件", "员工离职带走商业秘密怎么办"]
)
def test_first_query_is_light_at_2000_entries(page: Page, large: Server, query: str) -> None:
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        path = urlsplit(response.url).path
        if ("search" in path or path.endswith("/page.js")) and response.request.resource_type != "document":
            sizes[response.url] = len(response.body())  # as it is stored: no server need compress it

    page.on("response", weigh)
    page.goto(large.url + "search/")
    _ask(page, query)
    assert any("/terms/" in url for url in sizes)
    print(f"{query}: {sum(sizes.values()):,} bytes")
    assert sum(sizes.values()) <= 150_000, sizes
