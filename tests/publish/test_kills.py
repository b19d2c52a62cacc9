"""A folder under readers and kills: whatever moment a publication ends at, what is served is one whole release."""

import contextlib
import hashlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from conftest import serve
from publicity.publish.folder import FolderPlace
from publicity.work.progress import Progress
from publish.conftest import NAME, assert_whole, put, tree

CASES = int(os.environ.get("PUBLICITY_KILLS", "6"))
"""How many publications are killed at random moments; `./scripts/test --soak` kills more."""
PUBLICATIONS = 20 if "PUBLICITY_KILLS" in os.environ else 5

_PUT = """
import sys
from pathlib import Path
from publicity.publish.folder import FolderPlace
from publicity.work.progress import Progress
from publicity.publish.release import change_of, read_manifest
folder, fresh = map(Path, sys.argv[1:3])
place = FolderPlace(folder, "symm")
def put():
    hashes = read_manifest((fresh / "manifest.sha256").read_bytes())
    place.put(fresh, hashes, change_of(place.look(), hashes), Progress())
def back():
    if not place.changed_in_kept(Progress()):
        place.roll_back(Progress())
print("ready", flush=True)
{act}()
"""
_AIMED = {
    "before the exchange": "exchange.exchange = lambda *_: die()",
    "after the exchange": "real = exchange.exchange; exchange.exchange = lambda *a: (real(*a), die())",
    "between two moves": """
def first(self, target):
    real(self, target)
    if target.name == "old": die()
real, Path.rename, exchange.exchange = Path.rename, first, lambda *_: False""",
}
_DIE = """
import os, signal
from pathlib import Path
from publicity.swap import exchange
def die(): os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two small ones that share half of their pages."""
    return [_release(tmp_path_factory.mktemp("release") / name, name) for name in ("a", "b")]


def _release(folder: Path, name: str) -> Path:
    script = f"engine/{hashlib.sha256(name.encode()).hexdigest()[:10]}/engine.js"
    files = {f"pages/{n}.html": f"{name if n % 2 else 'both'} {n} {script if n % 2 else ''}\n" * 50 for n in range(60)}
    files |= {script: name, "index.html": name, "release.json": f'"{name}"', f"only-{name}.html": name}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    rows = [f"{digest}  {path}\n" for path, digest in tree(folder).items()]
    (folder / NAME).write_text("".join(rows), encoding="utf-8")
    return folder


def _run(target: Path, fresh: Path, act: str = "put", aim: str = "") -> subprocess.Popen[str]:
    program = (_DIE if aim else "") + aim + _PUT.format(act=act)
    command = [sys.executable, "-c", program, str(target), str(fresh)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _put(target: Path, fresh: Path, act: str = "put") -> None:
    place = FolderPlace(target, "symm")
    if act == "put":
        put(place, fresh)
    elif not place.changed_in_kept(Progress()):
        place.roll_back(Progress())


def test_a_folder_is_whole_whatever_moment_a_run_is_killed_at(releases: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "symm"
    _put(target, releases[0])
    (target / "theirs.txt").write_text("x", encoding="utf-8")
    chance = random.Random(os.environ.get("PUBLICITY_SEED", "2026"))  # noqa: S311 - no secret
    for case in range(CASES):
        fresh = releases[(case + 1) % 2]
        running = _run(target, fresh, chance.choice(["put", "put", "back"]))
        assert running.stdout is not None
        running.stdout.readline()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(timeout=chance.uniform(0, 0.15))
        running.kill()
        running.communicate()
        assert_whole(target, "theirs.txt")
        if chance.random() < 0.5:
            _put(target, fresh)
            assert (target / "index.html").read_text(encoding="utf-8") == (fresh / "index.html").read_text(
                encoding="utf-8"
            )
            assert_whole(target, "theirs.txt")
    _put(target, releases[0])
    _put(target, releases[1])
    _put(target, releases[1], "back")
    assert {path: digest for path, digest in tree(target).items() if path != "theirs.txt"} == tree(releases[0])
    assert sorted(path.name for path in (tmp_path / ".symm-releases").iterdir()) == ["lock", "previous", "shown.sha256"]


@pytest.mark.skipif(os.name == "nt", reason="the aim is at Linux and macOS")
@pytest.mark.parametrize("act", ["put", "back"])
@pytest.mark.parametrize("aim", _AIMED)
def test_a_run_killed_at_the_exchange_is_put_right(releases: list[Path], tmp_path: Path, aim: str, act: str) -> None:
    target = tmp_path / "symm"
    for fresh in (releases[0], releases[1]):
        _put(target, fresh)
    running = _run(target, releases[0], act, _AIMED[aim])
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    if aim != "between two moves":  # there the next run puts the old one back
        assert_whole(target)
    _put(target, releases[0])
    assert tree(target) == tree(releases[0])
    _put(target, releases[0], "back")
    assert_whole(target)


def test_readers_meet_no_error_and_no_mixed_page(releases: list[Path], tmp_path: Path) -> None:
    """Every page that a reader gets while releases take turns is that of one of them, byte for byte."""
    target = tmp_path / "symm"
    _put(target, releases[0])
    known = [
        {path.relative_to(one).as_posix(): path.read_bytes() for path in one.rglob("*") if path.is_file()}
        for one in releases
    ]
    faults: list[str] = []
    read = [0]
    done = threading.Event()

    def reader(address: str, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        connection = http.client.HTTPConnection(urlsplit(address).netloc)
        while not done.is_set():
            path = f"pages/{chance.randrange(60)}.html"
            for name in (path, "index.html"):
                connection.request("GET", f"/{name}")
                answer = connection.getresponse()
                data = answer.read()
                read[0] += 1
                if answer.status != 200 or data not in (known[0][name], known[1][name]):
                    faults.append(f"{name}: {answer.status}")

    with serve(target) as server:
        threads = [threading.Thread(target=reader, args=(server.url, seed)) for seed in range(3)]
        for thread in threads:
            thread.start()
        try:
            for number in range(PUBLICATIONS):
                running = _run(target, releases[(number + 1) % 2])
                _, said = running.communicate()
                assert running.returncode == 0, said
        finally:
            done.set()
            for thread in threads:
                thread.join()
    assert read[0] > PUBLICATIONS
    assert faults == []
