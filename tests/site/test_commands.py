"""The commands that editors type."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import feedparser
import pypandoc
import pytest

from conftest import PUBLICITY, run_publicity
from helpers.reference_text import reference_text
from publicity.author.stubs import STUB_KINDS
from publicity.labels.sentences import problem_words
from publicity.models import ENTRY_MODELS
from publicity.problems import Problem


@pytest.mark.parametrize("kind", ["policy", "interpretation"])
def test_a_new_stub_passes_the_check(project: Path, kind: str) -> None:
    done = run_publicity("new", kind, "a-new-one", cwd=project)
    assert done.returncode == 0, done.stderr
    written = project / re.search(r"content/\S+\.md", done.stdout)[0]
    assert written.is_file()
    checked = run_publicity("check", cwd=project)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_new_region_builds_at_once(small: Path) -> None:
    assert run_publicity("new", "region", "nowhere", cwd=small).returncode == 0
    for region in ("nowhere", "mini"):
        done = run_publicity("build", region, cwd=small)
        assert done.returncode == 0, done.stderr
    assert run_publicity("check", cwd=small).returncode == 0
    assert run_publicity("new", "region", "nowhere", cwd=small).returncode == 2


MAY_BE_TRUE = {
    "published", "written", "expires", "start", "validity", "procedure", "lessons", "level", "status", "facts", "purpose", "audience",
    "number", "interprets", "entries", "topic", "askers",
}  # fmt: skip
"""What a stub may say as it stands: days, choices, the first issue, and other entries."""


def test_stubs_pass_the_check_in_a_new_region_and_a_release_names_each_sample(project: Path) -> None:
    for kind, slug in [
        ("region", "nowhere"),
        *((kind, "a-new-one") for kind in STUB_KINDS if kind != "interpretation"),
    ]:
        region = () if kind == "region" else ("--region", "nowhere")
        assert run_publicity("new", kind, slug, *region, cwd=project).returncode == 0, kind
    assert run_publicity("new", "interpretation", "a-new-one", "--region", "nowhere", cwd=project).returncode == 0
    checked = run_publicity("check", "nowhere", cwd=project)
    assert (checked.returncode, checked.stderr) == (0, "")
    problems = json.loads(run_publicity("check", "nowhere", "--release", "--format", "json", cwd=project).stdout)
    for kind, model in STUB_KINDS.items():
        path = f"content/nowhere/{model.collection}/a-new-one.md"
        rows = (project / path).read_text(encoding="utf-8").splitlines()
        named = {rows[problem["line"] - 1].partition(":")[0] for problem in problems if problem["path"] == path}
        required = {name for name, field in model.model_fields.items() if field.is_required()}
        assert required - named <= MAY_BE_TRUE, kind
        assert "正文。" in named, kind
    values = {problem["values"].get("value") for problem in problems if problem["path"] == "content/nowhere/region.yml"}
    assert {"某市某区", "某区商业秘密保护宣传专栏", "某区市场监督管理局", "某区人民政府"} <= values


def test_there_is_nothing_to_interpret_in_a_region_without_a_policy(project: Path) -> None:
    assert run_publicity("new", "region", "nowhere", cwd=project).returncode == 0
    assert run_publicity("new", "newsletter", "first", "--region", "nowhere", cwd=project).returncode == 0
    assert run_publicity("check", "nowhere", cwd=project).returncode == 0
    done = run_publicity("--language", "en", "new", "interpretation", "x", "--region", "nowhere", cwd=project)
    assert done.returncode == 2
    assert "the region “nowhere” has no policy yet" in done.stderr
    for collection in ENTRY_MODELS:
        shutil.rmtree(project / "content/shared" / collection, ignore_errors=True)
    (project / "content/nowhere/newsletter/first.md").unlink()
    done = run_publicity("--language", "en", "new", "newsletter", "x", "--region", "nowhere", cwd=project)
    assert (done.returncode, "no entry yet" in done.stderr) == (2, True)


def test_the_region_of_commands_is_that_of_mkdocs_yml(project: Path) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    named = "      region: jiangbei"
    assert named in text
    config.write_text(text.replace(named, "      region: guanxian"), encoding="utf-8")
    done = run_publicity("new", "policy", "x", cwd=project)
    assert (done.returncode, "content/guanxian/policies/x.md" in done.stdout) == (0, True)
    config.write_text(text.replace(f"  - publicity:\n{named}", "  - publicity:\n      other: x"), encoding="utf-8")
    done = run_publicity("--language", "en", "nginx", cwd=project)
    assert (done.returncode, "no region is named, and mkdocs.yml names none either" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["polcy", "x"], "there is no kind “polcy”; did you mean “policy”?"),
        (["policy", "Not An Address"], "“Not An Address” makes no file name and address"),
        (["policy", "jbfbf-2023-65"], "content/jiangbei/policies/jbfbf-2023-65.md is already there"),
        (["policy", "x", "--region", "nowhere"], "there is no region “nowhere”"),
        (["policy", "index"], "the site itself uses the name “index”; choose another"),
        (["case", "vanillin-2021"], "content/shared/cases/vanillin-2021.md is already there"),
        (["case", "vanillin-2021", "--region", "guanxian"], "content/shared/cases/vanillin-2021.md is already there"),
        (
            ["policy", "gzbf-2023-22", "--region", "shared"],
            "content/guanxian/policies/gzbf-2023-22.md is already there",
        ),
    ],
)
def test_new_refuses_in_a_sentence(project: Path, arguments: list[str], message: str) -> None:
    done = run_publicity("--language", "en", "new", *arguments, cwd=project)
    assert done.returncode == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["case", "x"], "content/shared/cases/x.md"),
        (["policy", "x"], "content/jiangbei/policies/x.md"),
        (["case", "x", "--region", "guanxian"], "content/guanxian/cases/x.md"),
        (["event", "x", "--region", "shared"], "content/shared/events/x.md"),
    ],
)
def test_new_writes_where_such_entries_belong_and_says_so(project: Path, arguments: list[str], written: str) -> None:
    done = run_publicity("--language", "en", "new", *arguments, cwd=project)
    assert (done.returncode, done.stdout) == (0, f"Wrote {written}; now fill it in\n")
    assert (project / written).is_file()


def test_check_reports_only_the_paths_asked_for(project: Path) -> None:
    for name in ("policies/a.md", "interpretations/b.md"):
        (project / "content/jiangbei" / name).write_text("", encoding="utf-8")
    done = run_publicity("--language", "en", "check", "content/jiangbei/policies", cwd=project)
    assert done.returncode == 1
    problem, count = done.stderr.splitlines()
    assert problem.startswith("content/jiangbei/policies/a.md:1: ")
    assert count.startswith("1 problem in 1 file; nothing was written")


def test_regions_are_told_the_same_side_by_side_as_one_after_another(project: Path) -> None:
    shutil.rmtree(project / "build/kept/html", ignore_errors=True)
    for name in ("shared/guides/evidence", "jiangbei/policies/jbfbf-2023-65", "guanxian/newsletter/issue-1"):
        file = project / f"content/{name}.md"
        file.write_text(file.read_text(encoding="utf-8").replace("title: ", "titel: ", 1) + "\n<iframe>\n", "utf-8")
    first, second = run_publicity("check", cwd=project), run_publicity("check", cwd=project)
    assert len(list((project / "build/kept/html").iterdir())) == len(["jiangbei", "guanxian"])
    assert first.stderr.count("titel") == len(["shared", "jiangbei", "guanxian"])
    assert first.stderr.count("<iframe>") == len(["shared", "jiangbei", "guanxian"])
    assert (first.returncode, first.stdout, first.stderr) == (second.returncode, second.stdout, second.stderr)


def test_serve_shows_an_edit(small: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(PUBLICITY), "serve", "--address", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=small, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as serving:
        try:
            address = f"http://127.0.0.1:{port}/"
            assert "示例区商业秘密保护宣传专栏" in _fetch_until(address, "</html>")
            page = small / "docs" / "about.md"
            page.write_text(page.read_text(encoding="utf-8") + "\n一句新写的话。\n", encoding="utf-8")
            assert "一句新写的话" in _fetch_until(f"{address}about/", "一句新写的话")
        finally:
            serving.terminate()


def _fetch_until(address: str, text: str, patience: float = 240) -> str:
    """Ask until an answer holds the text, or patience ends; the last answer is returned."""
    deadline = time.monotonic() + patience
    answer = ""
    while text not in answer and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - our own server
                answer = response.read().decode("utf-8")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            continue
    return answer


@pytest.mark.parametrize("out", ["", ".", "..", "content", "docs/x", "scripts", "strangers"])
def test_a_build_never_replaces_sources_or_strangers_files(small: Path, out: str) -> None:
    (small / "strangers").mkdir()
    (small / "strangers" / "thesis.docx").write_bytes(b"years of work")
    (small / "scripts").mkdir()
    before = sorted(path for path in small.rglob("*") if "node_modules" not in path.parts)
    done = run_publicity("build", "--out", out, cwd=small)
    assert done.returncode == 2, done.stdout
    assert "--out" in done.stderr
    assert sorted(path for path in small.rglob("*") if "node_modules" not in path.parts) == before


@pytest.mark.parametrize(
    "url", ["https://", "www.example.gov.cn", "https://a.b/?q=1", "https://a.b/#x", 'https://a.b/"><script>']
)
def test_an_address_that_is_none_is_wrong_usage(small: Path, url: str) -> None:
    done = run_publicity("--language", "en", "build", "--site-url", url, cwd=small)
    assert done.returncode == 2
    assert f"“{url}”" in done.stderr
    assert "Traceback" not in done.stderr


def test_unreadable_files_and_broken_templates_are_told_without_a_traceback(small: Path) -> None:
    link = small / "content/mini/policies/lost.md"
    link.symlink_to(small / "nowhere.md")
    done = run_publicity("--language", "en", "check", cwd=small)
    assert done.returncode == 1
    assert done.stderr.startswith("content/mini/policies/lost.md:1: ")
    link.unlink()
    (small / "overrides/policy.html").write_text("{% extends %}", encoding="utf-8")
    done = run_publicity("build", cwd=small)
    assert done.returncode == 1
    assert done.stderr.startswith("overrides/policy.html:1: 网页模板有误")
    (small / "overrides/policy.html").write_text("{{ 1 }}\n{{ nothing.of.this }}", encoding="utf-8")
    done = run_publicity("build", cwd=small)
    assert done.stderr.startswith("overrides/policy.html:2: 网页模板有误，提示“'nothing' is undefined”；")
    assert done.returncode == 1


def test_front_matter_is_text_and_never_html(small: Path) -> None:
    source = small / "content/mini/policies/plan.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(re.sub("title: .*", "title: '<script>alert(1)</script>&<b>x'", text, count=1), encoding="utf-8")
    assert run_publicity("build", cwd=small).returncode == 0
    for page in ("policies/index.html", "policies/plan/index.html", "index.html"):
        html = (small / "site" / page).read_text(encoding="utf-8")
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;b&gt;x" in html
    for feed in ("policies/feed.xml", "en/policies/feed.xml"):  # nobody has translated it
        entry = feedparser.parse((small / "site" / feed).read_bytes()).entries[0]
        assert entry.title_detail.language == entry.summary_detail.language == "zh-CN"


def test_score_says_one_line_for_each_file(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"format": 1, "version": "x", "answers": []}', encoding="utf-8")
    done = run_publicity("score", str(tmp_path))
    assert done.returncode == 1
    assert sum("bad.json" in row for row in done.stdout.splitlines()) == 1
    (tmp_path / "bad.json").rename(tmp_path / "乙.JSON")
    assert sum("乙.JSON" in row for row in run_publicity("score", str(tmp_path)).stdout.splitlines()) == 1
    (tmp_path / "乙.JSON").unlink()
    assert run_publicity("score", str(tmp_path)).returncode == 2


def test_check_takes_a_region_for_what_it_publishes(project: Path) -> None:
    for name in ("guanxian/policies/a.md", "jiangbei/policies/b.md", "shared/cases/c.md"):
        (project / "content" / name).write_text("", encoding="utf-8")
    done = run_publicity("check", "jiangbei", cwd=project)
    assert done.returncode == 1
    assert [row.split(":")[0] for row in done.stderr.splitlines()[:-1]] == [
        "content/jiangbei/policies/b.md",
        "content/shared/cases/c.md",
    ]
    named = run_publicity("--language", "en", "check", "jiangbei", "content/guanxian", cwd=project)
    assert "content/guanxian/policies/a.md:1: " in named.stderr
    assert named.stderr.splitlines()[-1].startswith("3 problems in 3 files; ")
    sound = run_publicity(
        "--language", "en", "check", "content/shared/guides", "guanxian/policies", cwd=project / "content"
    )
    assert sound.returncode == 2
    sound = run_publicity("--language", "en", "check", "shared/guides", "jiangbei/events", cwd=project / "content")
    assert sound.stdout == "Checked content/shared/guides, content/jiangbei/events: no problems\n"


def test_a_build_says_what_mkdocs_complains_of_and_in_which_files(small: Path) -> None:
    places = ("policies/plan.en.md", "policies/plan.md")
    (small / "content/mini" / places[0]).write_text(
        "---\ntitle: Sample plan\nsummary: A sample.\n---\n\nText.\n", encoding="utf-8"
    )
    for place in places:
        with (small / "content/mini" / place).open("a", encoding="utf-8") as file:
            file.write('\n<div markdown="1">[甲](nowhere.md)</div>\n')
    assert run_publicity("check", cwd=small).returncode == 0  # it does not look into such blocks
    done = run_publicity("build", cwd=small)
    assert done.returncode == 1
    *warnings, _count = done.stderr.splitlines()
    for place, line in zip(places, warnings, strict=True):
        path = f"content/mini/{place}"
        said = f"Doc file '{path}' contains a link 'nowhere.md'"
        sentence = problem_words().line(Problem(path, 0, "mkdocs-says", {"said": said}), "zh")
        assert line.startswith(sentence.partition(said)[0] + said)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("lua) echo 'pandoc: heap exhausted' >&2; exit 251", "content/shared/templates/pledge.md: 无法生成 Word 文档，pandoc 提示“pandoc: heap exhausted”；"),
        ("lua) test -e ran && { echo 'pandoc: heap exhausted' >&2; exit 251; }; touch ran", "content/shared/templates/pledge.md: 无法生成 Word 文档，pandoc 提示“pandoc: heap exhausted”；"),
        ("--print-default-data-file=*) cat other.docx; exit", "pandoc 自带的样式文档与预期不同：word/document.xml 中有0处“<w:sectPr.*</w:sectPr>”；"),
    ],
)  # fmt: skip
def test_a_pandoc_that_fails_is_told_in_chinese(
    small: Path, monkeypatch: pytest.MonkeyPatch, fault: str, said: str
) -> None:
    with zipfile.ZipFile(small / "other.docx", "w") as archive:
        for name in ("word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"):
            archive.writestr(name, "<x></Types></Relationships></x>")
    pandoc = small / "pandoc"
    cases = f'case "$option" in {fault};; esac'
    pandoc.write_text(
        f'#!/bin/sh\nfor option; do {cases}; done\nexec {pypandoc.get_pandoc_path()} "$@"\n', encoding="utf-8"
    )
    pandoc.chmod(0o755)
    monkeypatch.setenv("PYPANDOC_PANDOC", str(pandoc))
    folder = small / "content/shared/templates"
    folder.mkdir(parents=True)
    (folder / "pledge.md").write_text(reference_text("正文。"), encoding="utf-8")
    done = run_publicity("build", cwd=small)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("mkdocs.yml", "site_name: [", "MkDocs encountered an error parsing the configuration file"),
        ("mkdocs.yml", "site_name: x\nplugins: [no-such-plugin]", 'The "no-such-plugin" plugin is not installed'),
        ("mkdocs.yml", "site_name: x\nplugins: []", "mkdocs.yml 中没有本项目的插件 publicity；"),
        ("overrides/leaving.html", "<p></p>", "overrides/leaving.html 中没有 .leaving li；"),
    ],
)
def test_a_build_that_mkdocs_or_a_template_fails_is_told_in_chinese(
    small: Path, name: str, text: str, said: str
) -> None:
    (small / name).write_text(text, encoding="utf-8")
    done = run_publicity("build", "mini", cwd=small)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert done.stderr.startswith(("网站没有生成，MkDocs 提示“", "overrides", "mkdocs.yml"))
    assert "Traceback" not in done.stderr


def _do_in_english(project: Path, statement: str) -> None:
    """Let the process that makes the English pages do something."""
    (project / "ends.py").write_text(
        "import os, signal\n\n\ndef on_env(env, config, files):\n"
        f"    if config.plugins['i18n'].current_language == 'en':\n        {statement}\n",
        encoding="utf-8",
    )
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\nhooks: [ends.py]\n")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="languages are built one after another here")
def test_that_a_process_of_the_build_ends_is_told(small: Path) -> None:
    _do_in_english(small, "os._exit(7)")
    done = run_publicity("build", cwd=small)
    assert (done.returncode, done.stdout) == (1, "")
    assert "生成网页的一个进程中途结束（退出码7）；" in done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="languages are built one after another here")
def test_that_somebody_ended_a_build_is_told_in_one_line(small: Path) -> None:
    _do_in_english(small, "os.killpg(0, signal.SIGINT)")
    # What runs in the background of a shell does not hear Ctrl-C, and neither would what it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        done = subprocess.run(
            [PUBLICITY, "build"], cwd=small, capture_output=True, encoding="utf-8", start_new_session=True
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() == "已中断；要接着做，请再运行同一条命令"
