"""All regions at once: on this machine and on the workers of a scheduler; whatever happens to one costs that one alone."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from conftest import ROOT, run_publicity
from publicity.cli import main
from publicity.project import Project
from publicity.province import province
from publicity.province.card import Card, write_card
from publicity.province.overview import write_overview
from publicity.province.task import Outcome, Task

ISSUE = """---
title: 商业秘密保护资讯第1期：示例
published: 2026-01-02
summary: 一期示例。
number: 1
entries: [policies/plan]
source: {name: 示例, checked: 2026-01-02}
review: {status: pending}
---

编者的话。
"""


def make_province(root: Path, regions: list[str]) -> Path:
    """A project with small regions of these names."""
    base = ROOT / "tests" / "fixtures" / "base" / "content"
    for name in regions:
        shutil.copytree(base / "mini", root / "content" / name)
        file = root / "content" / name / "region.yml"
        file.write_text(file.read_text(encoding="utf-8").replace("slug: mini", f"slug: {name}"), encoding="utf-8")
    for name in ("docs", "overrides", "scoring_wasm"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "package.json"):
        shutil.copy(ROOT / name, root)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    return root


def test_a_broken_region_costs_itself_alone(tmp_path: Path) -> None:
    project = make_province(tmp_path / "project", ["aa-one", "bb-two", "cc-three"])
    (project / "content/aa-one/newsletter").mkdir()
    (project / "content/aa-one/newsletter/issue-1.md").write_text(ISSUE, encoding="utf-8")
    with (project / "content" / "bb-two" / "region.yml").open("a", encoding="utf-8") as file:
        file.write("nonsense: 1\n")
    done = run_publicity("--language", "en", "build", "--all", "--out", str(tmp_path / "out"), cwd=project)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith(f"{tmp_path / 'out'}: 2 regions built, 1 not")
    assert "bb-two: content/bb-two/region.yml:" in done.stderr
    assert "nonsense" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        ".publicity",
        "aa-one",
        "cc-three",
        "index.en.html",
        "index.html",
    ]
    for region in ("aa-one", "cc-three"):
        assert (tmp_path / "out" / region / "manifest.sha256").is_file()
    assert (tmp_path / "out/aa-one/newsletter/issue-1/issue.pdf").is_file()
    for file, lost in (
        ("index.html", "这一次没有生成的地区：bb-two"),
        ("index.en.html", "not built this time: bb-two"),
    ):
        soup = BeautifulSoup((tmp_path / "out" / file).read_text(encoding="utf-8"), "html.parser")
        assert lost in soup.get_text()
        assert [body["data-region"] for body in soup.select("[data-region]")] == ["aa-one", "cc-three"]
        assert soup.select("[data-newest] a")
        for link in soup.select("a[href]"):
            assert (tmp_path / "out" / str(link["href"]) / "index.html").is_file() or str(link["href"]).endswith(
                ".html"
            )


def test_what_failed_is_tried_again_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk with room for one more region, two that are built at once both fail."""
    project = make_province(tmp_path / "project", ["aa-one", "bb-two", "cc-three"])
    room, name = {"aa-one", "bb-two"}, {"zh": "示例", "en": "Sample"}

    def crowded(tasks: Iterable[Task]) -> Iterator[Outcome]:
        at_once = [*tasks]
        for task in at_once:
            fits = len(at_once) == 1 and task.region in room
            yield Outcome(task.region, Card(task.region, name, name, [], []) if fits else None, "no space left")

    monkeypatch.setattr(province, "this_machine", crowded)
    done = province.build_all(Project(project), tmp_path / "out", None, lambda *_: None)
    assert (done.built, [outcome.region for outcome in done.failed]) == (("aa-one", "bb-two"), ["cc-three"])


def test_the_overview_says_goals_as_the_regions_do_and_what_all_share_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for region in ("guanxian", "jiangbei"):
        write_card(region, str(tmp_path / region))
    cards = [Card.from_json((tmp_path / region).read_text(encoding="utf-8")) for region in ("guanxian", "jiangbei")]
    goals = [row.goal for card in cards for row in card.targets]
    assert {"zh": "50家以上", "en": "50 units or more"} in goals
    assert {"zh": "1至2个", "en": "1–2 bases"} in goals
    assert {"zh": "90%以上", "en": "90% or more"} in goals
    write_overview(tmp_path, cards, [])
    soup = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = [row.get_text() for row in soup.select("[data-newest] li")]
    assert len(rows) == len({row.partition("（")[0] for row in rows}) > 10
    assert {"各地共用", "原江北区"} <= {row.rpartition("（")[2].strip("）") for row in rows}


@pytest.mark.parametrize("options", [(), ("--no-editions",)])
def test_regions_get_editions_unless_none_are_wanted(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each region's own process is told."""
    commands: list[list[str]] = []

    def run(command: list[str], **_options: object) -> "subprocess.CompletedProcess[str]":
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, "", "not built here")

    monkeypatch.setattr("publicity.province.task.subprocess.run", run)
    monkeypatch.chdir(make_province(tmp_path / "project", ["aa-one"]))
    (tmp_path / "out/renamed").mkdir(parents=True)
    (tmp_path / "out/renamed/.publicity").touch()  # of a region that had another name then
    (tmp_path / "out/theirs").mkdir()
    done = CliRunner().invoke(main, ["build", "--all", "--out", str(tmp_path / "out"), *options])
    assert [row for row in done.stdout.splitlines() if "没有动它" in row] == [
        f"{tmp_path / 'out/renamed'} 是以前生成的网站，现在没有这个地区，没有动它；不要再发布的，请自行删去"
    ]
    assert [("--no-editions" in command) for command in commands] == [
        bool(options)
    ] * 2  # and once more after it failed


@pytest.mark.parametrize("place", ["docs", "content", "..", "../theirs"])
def test_an_overview_overwrites_nothing_of_others(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publicity.province.task.subprocess.run", _built_nothing)
    monkeypatch.chdir(make_province(tmp_path / "project", ["aa-one"]))
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/index.html").write_text("theirs", encoding="utf-8")
    done = CliRunner().invoke(main, ["build", "--all", "--out", place])
    assert done.exit_code == 2
    assert place != "../theirs" or "总览会覆盖它们" in done.stderr
    assert (tmp_path / "theirs/index.html").read_text(encoding="utf-8") == "theirs"
    assert not (Path(place) / "index.en.html").exists()
    # What it has written itself it writes again.
    for _ in range(2):
        assert CliRunner().invoke(main, ["build", "--all", "--out", str(tmp_path / "out")]).exit_code == 1
    assert (tmp_path / "out/index.html").exists()


def _built_nothing(command: list[str], **_options: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.CompletedProcess(command, 1, "", "not built here")


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    assert "--all is given together" in run_publicity("--language", "en", "build", "jiangbei", "--all").stderr
    assert (
        "--cluster is given without --all"
        in run_publicity("--language", "en", "build", "--cluster", "tcp://x:1").stderr
    )


@pytest.fixture(name="scheduler")
def _scheduler(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A real scheduler of Dask and two workers on this machine."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = [sys.executable, "-m", "distributed.cli"]
    port = address.rpartition(":")[2]
    with (tmp_path / "dask.log").open("wb") as log:
        start = lambda *arguments: subprocess.Popen(arguments, stdout=log, stderr=log, cwd=tmp_path)  # noqa: E731
        running = [
            start(*dask[:2], f"{dask[2]}.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        ]
        worker = (
            *dask[:2],
            f"{dask[2]}.dask_worker",
            address,
            "--nthreads",
            "1",
            "--local-directory",
            str(tmp_path),
            "--no-nanny",
            "--no-dashboard",
        )
        running += [start(*worker), start(*worker)]
        yield address, running
        for process in reversed(running):
            process.kill()
            process.wait()


@pytest.mark.skipif("PUBLICITY_KILLS" not in os.environ, reason="./scripts/test --soak kills a worker of a cluster")
def test_a_killed_worker_costs_no_region(
    scheduler: tuple[str, list["subprocess.Popen[bytes]"]], tmp_path: Path
) -> None:
    address, running = scheduler
    names = [f"r{number}-region" for number in range(4)]
    project = make_province(tmp_path / "project", names)
    command = [sys.executable, "-c", "from publicity.cli import main; main()", "--language", "en"]
    with subprocess.Popen(
        [*command, "build", "--all", "--out", str(tmp_path / "out"), "--cluster", address],
        cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as building:  # fmt: skip
        assert building.stdout is not None
        first = building.stdout.readline()
        assert "built (1 of 4)" in first, building.communicate()  # two more are being built now
        running[1].send_signal(signal.SIGKILL)
        said, faults = building.communicate()
    assert building.returncode == 0, faults
    assert "4 regions built, 0 not" in said
    assert all((tmp_path / "out" / name / "manifest.sha256").is_file() for name in names)


def test_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publicity.province.machines._SECONDS", 1)
    from publicity.problems import UsageError
    from publicity.province.machines import cluster

    with pytest.raises(UsageError) as raised:
        cluster("tcp://127.0.0.1:9")
    assert raised.value.problem.code == "no-cluster"
