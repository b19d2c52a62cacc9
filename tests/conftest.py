"""What all tests share: the site built once, a plain web server, and a Chromium that is watched."""

import contextlib
import functools
import http.server
import os
import shutil
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import filelock
import hypothesis
import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from publicity.dates import choose_day
from publicity.work.names import code_version

# No example is too slow for a busy machine; the long runs look for what nobody has seen yet.
hypothesis.settings.register_profile("ours", deadline=None, derandomize="PUBLICITY_KILLS" not in os.environ)
hypothesis.settings.load_profile("ours")

ROOT = Path(__file__).resolve().parents[1]
PUBLICITY = Path(shutil.which("publicity") or ROOT / ".venv" / "bin" / "publicity")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `./scripts/test` can be asked for beside the tests themselves."""
    parser.addoption(
        "--office", action="store_true", help="turn every .docx into PDF with LibreOffice, where there is one"
    )


@pytest.fixture(autouse=True)
def _own_day() -> Iterator[None]:
    """A day that a test has chosen counts for it alone."""
    yield
    choose_day(None)


def run_publicity(*arguments: str, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """Run the real command line."""
    environment = {name: value for name, value in os.environ.items() if name != "PUBLICITY_REGION"}
    return subprocess.run(
        [str(PUBLICITY), *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


class Shared:
    """Folders that the processes of a run share: whoever needs one first makes it, the others wait for it."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def folder(self, name: str, make: Callable[[Path], Path]) -> Path:
        """What `make` makes below the folder that it is given."""
        place = self._base / name
        with filelock.FileLock(self._base / f"{name}.lock"):
            done = place.with_suffix(".made")
            if not done.exists():
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir()
                done.write_text(str(make(place)), encoding="utf-8")
            return Path(done.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What takes long to make is made once a run."""
    base = tmp_path_factory.getbasetemp()
    return Shared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def site(shared: Shared) -> Path:
    """The site of 江北区 as `publicity build` makes it."""
    return shared.folder("jiangbei", functools.partial(_built, "jiangbei"))


@pytest.fixture(scope="session")
def guanxian(shared: Shared) -> Path:
    """The site of 冠县, whose list has no points."""
    return shared.folder("guanxian", functools.partial(_built, "guanxian"))


SITE_URL = "https://www.example.gov.cn/ztzl/symm/"


@pytest.fixture(scope="session")
def addressed(shared: Shared) -> Path:
    """The site of 江北区 as built for a known address, with what no real region has yet.

    Errors are reported by mail and a site is trusted; a policy has changes, a time, a picture and an official translation that has
    followed, and a case was renamed.
    """
    return shared.folder("addressed", _addressed)


def _addressed(folder: Path) -> Path:
    project = copy_project(folder)
    region = project / "content/jiangbei/region.yml"
    with region.open("a", encoding="utf-8") as file:
        file.write("\nreport_email: jiucuo@example.gov.cn\ntrusted_sites: [law.go.kr]\n")
    policy = project / "content/jiangbei/policies/jbfbf-2023-65.md"
    changes = (
        "history:\n  - {date: 2026-11-20, note: 更正一处错字。}\n  - {date: 2026-11-22, note: 补充附件。}\nreview:\n"
    )
    _replace(
        policy,
        ("review:\n", changes),
        ("\npublished: 2023-11-13\n", "\npublished: 2023-11-13\npublished_time: 09:30\n"),
    )
    _replace(policy.with_suffix(".en.md"), ("  status: unofficial\n", "  status: official\n  of: 2026-11-22\n"))
    with policy.open("a", encoding="utf-8") as file:
        file.write("\n![政府印章的式样](seal.png)\n")
    Image.new("1", (1, 1)).save(policy.parent / "seal.png")
    _replace(project / "content/shared/cases/carbomer-2020.md", ("\nreview:", "\naliases: [old-name]\nreview:"))
    done = run_publicity("build", "--site-url", SITE_URL.rstrip("/"), cwd=project)
    assert done.returncode == 0, done.stderr
    return project / "site"


def _replace(file: Path, *replacements: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def _built(region: str, folder: Path) -> Path:
    out = folder / "site"
    done = run_publicity("build", region, "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


@dataclass(frozen=True)
class Server:
    """A server on this machine."""

    url: str
    folder: Path


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serve(folder: Path, handler: type[http.server.SimpleHTTPRequestHandler] = _Handler) -> Iterator[Server]:
    """Serve a folder with Python's own web server until the block ends."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Server(f"http://127.0.0.1:{server.server_port}/", folder)
        server.shutdown()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[Server]:
    """The built site behind a plain web server."""
    with serve(site) as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this project that a test may change; the installed packages, and the Word files and editions made before, are shared."""
    return copy_project(tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of its own with the smallest region, `mini`, built in a few seconds: for what does not depend on the content."""
    return copy_small_project(tmp_path)


def copy_project(folder: Path) -> Path:
    """As the fixture `project`, for fixtures of a wider scope."""
    _copy_sources(folder)
    shutil.copytree(ROOT / "content", folder / "content")
    for name in ("documents", "editions-kept"):
        kept = ROOT / "build" / name
        kept.mkdir(parents=True, exist_ok=True)
        (folder / "build" / name).symlink_to(kept)
    _copy_kept(folder / "build/kept")
    return folder


def _copy_kept(folder: Path) -> None:
    """What builds before have worked out, so that the copy's need not; other tests may be writing it."""
    for file in sorted((ROOT / "build/kept").glob("*/*")):
        target = folder / file.relative_to(ROOT / "build/kept")
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".sqlite":
            with contextlib.closing(sqlite3.connect(file)) as ours, contextlib.closing(sqlite3.connect(target)) as copy:
                ours.backup(copy)
        elif file.suffix == ".json":
            shutil.copyfile(file, target)


def copy_checked_project(folder: Path) -> Path:
    """A project that can be checked and not built, with the content of `tests/fixtures/base`."""
    shutil.copytree(ROOT / "tests/fixtures/base/content", folder / "content")
    for name in ("docs", "overrides", "scoring_wasm/standards"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def copy_small_project(folder: Path) -> Path:
    """As the fixture `small`, for fixtures of a wider scope."""
    _write_small_project(folder)
    for name in ("kept", "templates", "engine"):
        shutil.copytree(_built_small_project() / "build" / name, folder / "build" / name)
    return folder


@functools.cache
def _built_small_project() -> Path:
    """A small project that was built once with this code: builds of its copies need not work out what it has."""
    folder = ROOT / "build" / "small-project"
    folder.parent.mkdir(exist_ok=True)
    with filelock.FileLock(folder.with_suffix(".lock")):
        of = folder / "code"
        if not of.exists() or of.read_text(encoding="utf-8") != code_version():
            shutil.rmtree(folder, ignore_errors=True)
            done = run_publicity("build", "mini", cwd=_write_small_project(folder))
            assert done.returncode == 0, done.stderr
            of.write_text(code_version(), encoding="utf-8")
    return folder


def _write_small_project(folder: Path) -> Path:
    _copy_sources(folder)
    shutil.copytree(ROOT / "tests/fixtures/base/content", folder / "content")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("region: jiangbei", "region: mini"), encoding="utf-8")
    return folder


def _copy_sources(folder: Path) -> None:
    for name in ("docs", "overrides", "scoring_wasm"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "package.json"):
        shutil.copy(ROOT / name, folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (folder / "build").mkdir()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `scripts/test` found; it needs no sandbox where root runs it."""
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    found = os.environ.get("PUBLICITY_CHROMIUM")
    return {**browser_type_launch_args, "args": arguments, **({"executable_path": found} if found else {})}


_TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`against the policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""


class Watch:
    """What a page did that it should not."""

    def __init__(self, page: Page, origin: str) -> None:
        self.requests: list[str] = []
        self.faults: list[str] = []
        self._host = urlsplit(origin).netloc
        page.add_init_script(_TELL_VIOLATIONS)
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        if urlsplit(request.url).netloc not in (self._host, "") and not request.url.startswith("data:"):
            self.faults.append(f"left the origin: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")


@pytest.fixture
def watch(page: Page, server: Server) -> Iterator[Watch]:
    """Fails the test if the page left the origin or reported an error; a test that expects one clears `faults`."""
    watching = Watch(page, server.url)
    yield watching
    assert watching.faults == []


@pytest.fixture
def plain_context(new_context: Any) -> BrowserContext:
    """A browser that runs no script."""
    context: BrowserContext = new_context(java_script_enabled=False)
    return context


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how long each folder of tests took, how many appearances axe has looked at, and what it found."""
    reports = [
        report for some in terminalreporter.stats.values() for report in some if isinstance(report, pytest.TestReport)
    ]
    seconds: Counter[str] = Counter()
    for report in reports:
        seconds["/".join(report.nodeid.split("/")[:2])] += report.duration
    for folder, taken in sorted(seconds.items()):
        terminalreporter.write_line(f"{folder}: {taken:.0f} s, added up over all processes")
    tried = [
        value for report in reports if report.when == "call" for name, value in report.user_properties if name == "axe"
    ]
    if tried:
        combinations, violations = (sum(column) for column in zip(*tried, strict=True))
        terminalreporter.write_line(f"axe: {combinations} combinations tried, violations: {violations}")
