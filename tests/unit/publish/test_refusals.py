"""What publishing refuses, by the codes of its sentences."""

import os
import re
import shutil
import socket
import subprocess
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from conftest import ROOT
from publicity.models.publishing import PublishTarget
from publicity.problems import ToolError, system_problem
from publicity.project import Project
from publicity.publish import signing
from publicity.publish.archive import ZipPlace
from publicity.publish.command import Wish, _differing, publish
from publicity.publish.committed import build, committed_tree
from publicity.publish.folder import FolderPlace
from publicity.publish.places import destination
from publicity.publish.release import Published, change_of, read_manifest
from publicity.publish.remote import RemotePlace
from publicity.publish.web import WebPlace
from publicity.work.progress import Progress


def refused(act: Callable[[], object]) -> str:
    """The code with which something is refused."""
    with pytest.raises(ToolError) as told:
        act()
    return told.value.problem.code


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Project:
    """A small one, in no repository."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "tests/fixtures/base/content", root / "content")
    for name in ("docs", "overrides", "scoring_wasm/standards"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return Project(root)


def _commit(project: Project) -> None:
    author = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for command in (("init", "--quiet"), ("add", "--all"), (*author, "commit", "--quiet", "--message", "x")):
        subprocess.run(["git", *command], cwd=project.root, check=True)


_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
"""What the head of a file in a zip begins with, and its line of the table of contents."""


@pytest.mark.parametrize(
    ("local", "central", "value"),
    [(6, 8, 1), (8, 10, 99), (30 + len("a.txt"), None, 0xFF)],
    ids=["with a password", "packed in an unknown way", "broken"],
)
def test_a_zip_that_cannot_be_read(tmp_path: Path, local: int, central: int | None, value: int) -> None:
    file = tmp_path / "site.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "a" * 100)
    data = bytearray(file.read_bytes())
    data[data.find(_LOCAL) + local] = value
    if central:
        data[data.find(_CENTRAL) + central] = value
    file.write_bytes(data)
    assert refused(ZipPlace(file, "x").look) == "zip-not-read"


@pytest.mark.parametrize("answer", ["HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc", "nonsense\r\n\r\n", ""])
def test_a_server_that_breaks_off_is_told(answer: str) -> None:
    def once(listening: socket.socket) -> None:
        with listening.accept()[0] as browser:
            browser.recv(4096)
            browser.sendall(answer.encode())

    with socket.create_server(("127.0.0.1", 0)) as listening:
        answering = threading.Thread(target=once, args=(listening,))
        answering.start()
        place = WebPlace(f"http://127.0.0.1:{listening.getsockname()[1]}")
        assert refused(place.seals) == "server-failed"
        answering.join()


def test_an_address_that_is_none_is_told() -> None:
    assert refused(WebPlace("http://127.0.0.1:x y/").seals) == "server-failed"


def test_a_place_that_cannot_hold_the_site(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    assert refused(FolderPlace(file, "x").look) == "place-no-folder"
    assert refused(ZipPlace(file, "x").look) == "not-a-zip"
    crowded = tmp_path / "crowded"
    crowded.mkdir()
    for number in range(1001):
        (crowded / f"{number}.txt").touch()
    assert refused(FolderPlace(crowded, "x").look) == "place-of-others"


def test_a_place_that_is_busy_or_keeps_nothing(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "symm", "x")
    assert refused(lambda: place.changed_in_kept(Progress())) == "no-release-before"
    assert refused(lambda: ZipPlace(tmp_path / "a.zip", "x").roll_back(Progress())) == "zip-keeps-none"
    beside = tmp_path / ".symm-releases"
    beside.mkdir()
    with FileLock(beside / "lock"):
        assert refused(place.look) == "place-busy"


def test_a_manifest_that_is_none_and_files_of_others_in_the_way() -> None:
    for data in (
        b"\xff",
        b"no row\n",
        f"{'0' * 64}  ../up\n".encode(),
        f"{'0' * 64}  /root\n".encode(),
        f"{'0' * 64}  ..\\up\n".encode(),
    ):
        assert refused(lambda data=data: read_manifest(data)) == "bad-manifest"
    strangers = Published({"index.html": "1" * 64}, None, None)
    assert refused(lambda: change_of(strangers, {"index.html": "0" * 64})) == "strangers-in-the-way"


def test_a_target_that_is_not_named_or_not_known(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.content / "mini/publish.yml").write_text("targets: [{name: portal, folder: ../symm}]\n", encoding="utf-8")
    assert refused(lambda: destination(project, "mini", "protal")) == "no-such-target"
    monkeypatch.delenv("PUBLICITY_PASSWORD_PORTAL", raising=False)
    target = PublishTarget.model_validate(
        {"name": "portal", "ftp": {"host": "127.0.0.1", "user": "x", "path": "/symm"}}
    )
    assert refused(lambda: RemotePlace(target, project.build / "sent")) == "no-secret"
    monkeypatch.setenv("PUBLICITY_PASSWORD_PORTAL", "")  # as a forge sets what it does not have
    assert refused(lambda: RemotePlace(target, project.build / "sent")) == "no-secret"


@pytest.mark.skipif(os.name == "nt", reason="they are paths there")
@pytest.mark.parametrize(
    "target", [r"zip:..\symm.zip", r"zip:\\files\www\symm.zip", r"..\symm", r"\\files\www", "D:www/symm", r"D:\www"]
)
def test_a_path_of_windows_becomes_no_file_of_that_name_elsewhere(project: Project, target: str) -> None:
    assert refused(lambda: destination(project, "mini", target)) == "place-of-windows"
    kind, _, path = target.rpartition("zip:")
    settings = f"targets: [{{name: portal, {'zip' if kind else 'folder'}: '{path}'}}]\n"
    (project.content / "mini/publish.yml").write_text(settings, encoding="utf-8")
    assert refused(lambda: destination(project, "mini", "portal")) == "place-of-windows"


def test_a_zip_that_was_packed_anew_on_windows_is_the_same_site(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("en\\", r"en\index.html", "index.html"):
            info = zipfile.ZipInfo("x")
            info.filename = name  # the name as it is, where this machine parts paths so, too
            archive.writestr(info, name)
    assert sorted(ZipPlace(tmp_path / "a.zip", "x").look().files) == ["en/index.html", "index.html"]


def test_a_tree_that_is_not_committed(project: Project) -> None:
    def act(site_url: str | None) -> object:
        wish = Wish(str(project.root.parent / "symm"), "mini", site_url)
        return publish(project, wish, lambda _: None)

    def open_tree() -> None:
        with committed_tree(project, "mini"):
            pass

    assert refused(open_tree) == "no-repository"
    _commit(project)
    assert refused(lambda: act(None)) == "no-site-address"
    (project.content / "mini/policies/new.md").write_text("x", encoding="utf-8")
    assert refused(lambda: act("https://www.example.gov.cn/")) == "uncommitted-files"


def test_a_region_that_is_not_committed_yet_is_said_to_be_there(project: Project) -> None:
    _commit(project)
    shutil.copytree(project.content / "mini", project.content / "second")
    wish = Wish(str(project.root.parent / "symm"), "second", None)
    assert refused(lambda: publish(project, wish, lambda _: None)) == "region-not-committed"
    assert refused(lambda: publish(project, replace(wish, region="third"), lambda _: None)) == "no-region"


def test_a_region_that_leaves_english_out_is_read_as_a_build_reads_it(project: Project) -> None:
    file = project.content / "mini/region.yml"
    chinese = re.sub(r", en: [^}]+", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{chinese}english: optional\n", encoding="utf-8")
    _commit(project)
    wish = Wish(str(project.root.parent / "symm"), "mini", None)
    assert refused(lambda: publish(project, wish, lambda _: None)) == "no-site-address"


def test_a_commit_that_cannot_be_built_or_was_built_for_no_known_day(project: Project) -> None:
    _commit(project)
    assert refused(lambda: _differing(project, None, {}, "HEAD", Progress())) == "no-record"
    (project.content / "mini/policies/plan.md").write_text("x", encoding="utf-8")
    _commit(project)
    with committed_tree(project, "mini") as tree:
        assert refused(lambda: build(tree, "mini", "2026-11-26", "https://www.example.gov.cn/")) == "commit-not-built"


def test_a_key_that_cannot_sign(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = project.root / "key"
    inside.write_text("x", encoding="utf-8")
    assert refused(lambda: signing.signing_key(project, inside)) == "key-in-project"
    assert refused(lambda: signing.sign(b"x", inside)) == "not-a-key"
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

    locked = tmp_path / "locked"
    cipher = BestAvailableEncryption(b"open")
    locked.write_bytes(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, cipher))
    monkeypatch.setenv(signing.PASSPHRASE, "shut")
    assert refused(lambda: signing.sign(b"x", locked)) == "wrong-passphrase"


def test_a_full_disk_is_told_with_the_file_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fresh").mkdir()
    (tmp_path / "fresh/index.html").write_text("x", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")  # as the system says it of an open file: without its name

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    change = change_of(Published({}), {"index.html": "0" * 64})
    with pytest.raises(OSError, match="No space left") as told:
        ZipPlace(tmp_path / "a.zip", "zip").put(tmp_path / "fresh", {"index.html": "0" * 64}, change, Progress())
    assert system_problem(told.value).path == str(tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["fresh"]
    rows = [("/from/x", "/to/x", "[Errno 28] No space left on device: '/from/x' -> '/to/x'")]
    problem = system_problem(shutil.Error(rows))
    assert (problem.path, problem.values["why"]) == ("/to/x", "No space left on device")
