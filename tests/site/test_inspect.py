"""The self-inspection, against a corpus: a clean column, slips seeded in texts, faults in columns and built pages.

`tests/golden/inspect/`: `clean/` is a column without fault, 60 and more passages of real texts in it; `seeded/` lies over it, each slip marked
`⟪rule⟫` at the end of its line; `cases.yml` and `site.yml` change files of the clean column and its built pages.
"""

import csv
import json
import re
import shutil
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from playwright.sync_api import Page

from conftest import ROOT, serve
from publicity.cli import main
from publicity.inspect.findings import rules
from publicity.inspect.wording import wording

CORPUS = ROOT / "tests" / "golden" / "inspect"
CASES = yaml.safe_load((CORPUS / "cases.yml").read_text(encoding="utf-8"))
TODAY = "2026-11-22"
_MARK = re.compile(r"⟪([a-z-]+)⟫")


@pytest.fixture(name="column")
def _column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clean column in a project of its own."""
    shutil.copytree(CORPUS / "clean" / "content", tmp_path / "content")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str, language: str = "zh") -> Result:
    return CliRunner().invoke(main, ["--language", language, "inspect", "clean", "--today", TODAY, *arguments])


def _findings(*arguments: str) -> list[dict[str, Any]]:
    done = _run("--format", "json", *arguments)
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.stdout)["findings"]


def _seeds(folder: Path) -> list[tuple[str, int, str]]:
    """Lay the seeded texts over a project without their marks; returns where each slip is and its rule."""
    seeds = []
    for path in sorted((CORPUS / "seeded").rglob("*")):
        name = path.relative_to(CORPUS / "seeded")
        if path.is_dir():
            (folder / name).mkdir(exist_ok=True)
        elif path.suffix != ".md":
            shutil.copy(path, folder / name)
        else:
            text = path.read_text(encoding="utf-8")
            for number, line in enumerate(text.splitlines(), 1):
                seeds += [(name.as_posix(), number, rule) for rule in _MARK.findall(line)]
            (folder / name).write_text(_MARK.sub("", text), encoding="utf-8")
    return seeds


def test_the_clean_column_gives_no_finding(column: Path) -> None:
    done = _run("--fail-on", "notice")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "未发现问题" in done.stdout
    passages = [
        line for line in (column / "content/shared/guides/passages.md").read_text().splitlines() if len(line) > 40
    ]
    assert len(passages) >= 60


def test_seeded_slips_are_found_and_nothing_else(column: Path) -> None:
    seeds = _seeds(column)
    found = [(finding["path"], finding["line"], finding["rule"]) for finding in _findings()]
    false_alarms = Counter(found) - Counter(seeds)
    missed = Counter(seeds) - Counter(found)
    recall = 1 - missed.total() / len(seeds)
    print(f"\n{len(seeds)} slips, recall {recall:.3f}, false alarms {false_alarms.total()}")
    assert len(seeds) >= 60
    assert list(false_alarms) == []
    assert list(missed) == []


@pytest.mark.parametrize("region", ["jiangbei", "guanxian"])
def test_nothing_is_told_of_this_projects_own_texts(region: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for two articles of a law that are quoted with their new numbers: an editor would learn to look past false alarms."""
    monkeypatch.chdir(ROOT)
    told = json.loads(CliRunner().invoke(main, ["inspect", region, "--format", "json"]).stdout)["findings"]
    groups = {"wording", "privacy", "translation"}
    found = {(finding["path"], finding["rule"]) for finding in told if finding["group"] in groups}
    assert found == {
        ("content/shared/guides/when-accused.md", "name"),
        ("content/shared/questions/article-9-or-10.md", "name"),
    }


def test_every_slip_on_our_list_is_seeded(column: Path) -> None:
    """So that an entry of `wording.yml` that no longer finds anything fails the test above."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in (CORPUS / "seeded").rglob("*.md"))
    lines = [_MARK.sub("", line) for line in texts.splitlines() if _MARK.search(line)]
    unseeded = [entry.find for entry in wording().entries if not any(entry.pattern.search(line) for line in lines)]
    assert unseeded == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_faults_of_columns(case: dict[str, Any], column: Path) -> None:
    for name in case.get("remove", []):
        path = column / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, digits in case.get("bytes", {}).items():
        (column / name).write_bytes(bytes.fromhex(digits))
    for edit in case.get("edits", []):
        _edit(column / edit["file"], edit)
    arguments = ["--today", str(case.get("today", TODAY))]
    if "links" in case:
        (column / "links.csv").write_bytes(case["links"].encode(case.get("encoding", "utf-8")))
        arguments += ["--links", "links.csv"]
    _expect(_findings(*arguments), case["findings"])


def _edit(file: Path, edit: dict[str, Any]) -> None:
    text = file.read_text(encoding="utf-8")
    assert edit["find"] in text, f"{file} has changed; mend the case"
    file.write_text(text.replace(edit["find"], edit["replace"], -1 if edit.get("all") else 1), encoding="utf-8")


def _expect(found: list[dict[str, Any]], expected: list[str]) -> None:
    """Each expectation is `path:line rule`, and a word of the message where that tells two apart; `*` stands for any line."""
    left = [(f"{finding['path']}:{finding['line']}", finding["rule"], finding["message"]) for finding in found]
    for line in expected:
        place, rule, *word = line.split(" ", 2)
        match = next(
            (fault for fault in left if fnmatch(fault[0], place) and fault[1] == rule and "".join(word) in fault[2]),
            None,
        )
        assert match, (line, left)
        left.remove(match)
    assert left == []


def test_built_pages(column: Path) -> None:
    """One real build: clean as it comes, then with faults on its pages."""
    for name in ("overrides", "scoring_wasm"):
        shutil.copytree(ROOT / name, column / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "package.json", column)
    (column / "node_modules").symlink_to(ROOT / "node_modules")
    built = CliRunner().invoke(main, ["build", "clean"])
    assert built.exit_code == 0, built.output
    _expect(_findings(), [])

    broken = yaml.safe_load((CORPUS / "site.yml").read_text(encoding="utf-8"))
    for edit in broken["edits"]:
        _edit(column / edit["file"], edit)
    _expect(_findings("--site", "site"), broken["findings"])

    (column / "content/clean/region.yml").write_text(
        (column / "content/clean/region.yml")
        .read_text(encoding="utf-8")
        .replace("title: {zh: 示例区", "title: {zh: 别的区")
    )
    assert _findings() == []  # another region's site is not looked at
    assert "不是clean的网站，标题不同；" in _run("--site", "site").stderr


def test_every_rule_is_tested() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in CORPUS.rglob("*") if path.suffix in (".yml", ".md"))
    assert [name for name in rules().rules if not re.search(rf"(?:⟪| ){name}\b", texts)] == []


def test_exit_status_and_wrong_usage(column: Path) -> None:
    assert _run().exit_code == 0
    (column / "content/shared/guides/new.md").write_text("", encoding="utf-8")
    assert _run().exit_code == 1  # an error
    (column / "content/shared/guides/new.md").unlink()
    event = column / "content/clean/events/training.md"
    event.write_text(event.read_text(encoding="utf-8").replace("status: done", "status: pending"), encoding="utf-8")
    warned = _run()
    assert warned.exit_code == 0  # a warning
    assert "\n  content/clean/events/training.md:9: 应当整改：“商业秘密保护培训”尚未审核\n  改法：" in warned.stdout
    assert _run("--fail-on", "warning").exit_code == 1
    assert _run("--site", "content").exit_code == 2
    (column / "dead.txt").write_text("www.example.gov.cn\n", encoding="utf-8")
    refused = _run("--links", "dead.txt")
    assert refused.exit_code == 2
    assert "dead.txt:1: “www.example.gov.cn”不是网址；" in refused.stderr
    (column / "dead.txt").write_text("https://www.court.gov.cn/ 已停用\n", encoding="utf-8")
    assert _run("--links", "dead.txt").exit_code in (0, 1)
    assert CliRunner().invoke(main, ["inspect", "clear"]).exit_code == 2


def test_links_to_other_sites_are_listed_and_asked_for(column: Path) -> None:
    (column / "alive").mkdir()
    (column / "alive" / "here.html").write_text("here", encoding="utf-8")
    guide = column / "content/shared/guides/passages.md"
    with serve(column / "alive") as server:
        addresses = [f"{server.url}here.html", f"{server.url}gone.html", "http://127.0.0.1:9/"]
        with guide.open("a", encoding="utf-8") as file:
            file.writelines(f"\n<{address}>\n" for address in addresses)
        region = column / "content/clean/region.yml"
        ours = re.sub(
            r"https://www\.example\.gov\.cn/\S*", f"{server.url}here.html", region.read_text(encoding="utf-8")
        )
        region.write_text(ours, encoding="utf-8")
        lines = guide.read_text(encoding="utf-8").splitlines()

        assert _run("--list-links", "links.csv").exit_code == 0
        rows = list(csv.DictReader((column / "links.csv").open(encoding="utf-8-sig")))
        places = {row["address"]: row["place"] for row in rows if "guides" in row["place"]}
        assert places == {
            address: f"content/shared/guides/passages.md:{lines.index(f'<{address}>') + 1}" for address in addresses
        }

        assert "外部链接未核对" in _run().stdout
        assert "外部链接已核对" in _run("--fetch").stdout
        found = _findings("--fetch")
    assert {(finding["rule"], finding["line"]) for finding in found} == {
        ("dead-outward-link", lines.index(f"<{address}>") + 1) for address in addresses[1:]
    }
    assert any("HTTP 404" in finding["message"] for finding in found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_can_be_handed_in(column: Path, page: Page, language: str) -> None:
    """One file that asks for nothing else, without script, in order, and narrow enough for a phone."""
    seeds = _seeds(column)
    assert _run("--format", "html", "--out", "report.html", language=language).exit_code == 1
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto((column / "report.html").as_uri())
    assert requests == [(column / "report.html").as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".findings tbody tr").count() == len(seeds)
    assert page.locator("script").count() == 0
    page.add_script_tag(path=ROOT / "node_modules" / "axe-core" / "axe.min.js")
    found = page.evaluate(
        "async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'best-practice']})).violations"
    )
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
