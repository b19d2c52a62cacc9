"""`publicity verify`: every file against the manifest, the manifest against a key, and all of it against a commit."""

import gzip
import hashlib
import http.server
import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from conftest import serve
from publicity.problems import BuildError, UsageError
from publicity.project import Project
from publicity.publish.archive import ZipPlace
from publicity.publish.command import Wish, _of_another
from publicity.publish.folder import FolderPlace
from publicity.publish.places import destination
from publicity.publish.release import Published, named_by_content
from publicity.publish.web import WebPlace
from publicity.work.progress import Progress
from publish.conftest import NAME, SITE_URL, Office, manifest, put, release

ELSEWHERE = pytest.mark.skipif(os.name == "nt", reason="it is a path there")

_NAME = "示例局发布岗"


@pytest.fixture(scope="module")
def keys(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key of the office, made by a library, and its public half in region.yml."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    folder = tmp_path_factory.mktemp("keys")
    for name, cipher in (
        ("ours", NoEncryption()),
        ("locked", BestAvailableEncryption(b"open")),
        ("other", NoEncryption()),
    ):
        key = Ed25519PrivateKey.generate()
        (folder / name).write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, cipher))
        public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
        (folder / f"{name}.pub").write_text(public, encoding="utf-8")
    known = "".join(
        f"  - {{name: {_NAME}, public_key: {(folder / f'{name}.pub').read_text(encoding='utf-8')}}}\n"
        for name in ("ours", "locked")
    )
    region = office.root / "content/mini/region.yml"
    region.write_text(region.read_text(encoding="utf-8") + f"signers:\n{known}", encoding="utf-8")
    office.commit()
    return folder


@pytest.fixture(scope="module")
def target(office: Office, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published and signed."""
    folder = tmp_path_factory.mktemp("server") / "symm"
    assert "signed" in office.publish(folder, "--key", str(keys / "ours"))
    return folder


@pytest.fixture
def copy(target: Path, tmp_path: Path) -> Path:
    """One that may be tampered with."""
    shutil.copytree(target, tmp_path / "copy")
    return tmp_path / "copy"


def test_it_says_who_published_what_and_when(office: Office, target: Path) -> None:
    said = office.said("verify", str(target))
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=office.root, capture_output=True, text=True, check=True)
    assert f"Signed by {_NAME}" in said
    assert head.stdout[:12] in said
    assert "built for 2026-11-26" in said


def test_what_is_missing_changed_or_extra_is_named(office: Office, copy: Path) -> None:
    (copy / "index.html").write_text("changed", encoding="utf-8")
    (copy / "about" / "index.html").unlink()
    (copy / "policies" / "extra.html").write_text("x", encoding="utf-8")
    said = office.said("verify", str(copy), status=1).splitlines()
    assert said[:3] == ["missing: about/index.html", "changed: index.html", "extra: policies/extra.html"]


def test_a_changed_manifest_is_not_covered_by_its_signature(office: Office, copy: Path) -> None:
    with (copy / NAME).open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 64}  nothing.html\n")
    assert "signature is false" in office.said("verify", str(copy), status=1)


def test_a_signature_of_somebody_else_is_none(office: Office, keys: Path, tmp_path: Path) -> None:
    office.publish(tmp_path / "x", "--key", str(keys / "other"))
    assert "none of the signers" in office.said("verify", str(tmp_path / "x"), status=1)


def test_an_unsigned_site_verifies_and_is_called_unsigned(office: Office, copy: Path) -> None:
    (copy / f"{NAME}.sig").unlink()
    assert "Unsigned" in office.said("verify", str(copy))


def test_a_key_may_have_a_passphrase(office: Office, keys: Path, tmp_path: Path) -> None:
    wish = (
        "publish",
        str(tmp_path / "x"),
        "--site-url",
        SITE_URL,
        "--anyway",
        "--dry-run",
        "--key",
        str(keys / "locked"),
    )
    assert "PUBLICITY_SIGNING_PASSPHRASE" in office.said(*wish, status=2)
    office.said(*wish, PUBLICITY_SIGNING_PASSPHRASE="open")
    office.said(*wish, status=2, PUBLICITY_SIGNING_PASSPHRASE="shut")
    assert "PUBLICITY_SIGNING_PASSPHRASE" in office.said(*wish, status=2, PUBLICITY_SIGNING_PASSPHRASE="")


def test_a_key_in_the_project_is_refused(office: Office, keys: Path, tmp_path: Path) -> None:
    inside = office.root / "build" / "key"
    shutil.copy(keys / "ours", inside)
    said = office.said(
        "publish", str(tmp_path / "x"), "--site-url", SITE_URL, status=2, PUBLICITY_SIGNING_KEY=str(inside)
    )
    assert "lies in the project" in said


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen")
def test_openssh_accepts_the_signature(target: Path, keys: Path, tmp_path: Path) -> None:
    public = (keys / "ours.pub").read_text(encoding="utf-8")
    (tmp_path / "allowed").write_text(f'office namespaces="publicity" {public}\n', encoding="utf-8")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "allowed"), "-I", "office", "-n", "publicity"]
    with (target / NAME).open("rb") as file:
        done = subprocess.run(
            [*command, "-s", str(target / f"{NAME}.sig")], stdin=file, capture_output=True, check=False
        )
    assert done.returncode == 0, done.stderr


def test_a_site_is_verified_by_its_address(office: Office, copy: Path) -> None:
    with serve(copy) as server:
        said = office.said("verify", server.url)
        assert "does not show what is extra" in said
        assert f"Signed by {_NAME}" in said
        (copy / "index.html").write_text("changed", encoding="utf-8")
        (copy / "about" / "index.html").unlink()
        said = office.said("verify", server.url, status=1)
        assert "missing: about/index.html" in said
        assert "changed: index.html" in said
    assert "could not be had" in office.said("verify", server.url, status=1)


def test_a_site_is_what_its_commit_makes(office: Office, target: Path) -> None:
    earlier = subprocess.run(["git", "rev-parse", "HEAD"], cwd=office.root, capture_output=True, text=True, check=True)
    office.policy("later")
    later = office.commit()
    same = "Built again of the commit, every file is the same"
    assert same in office.cold.said("verify", str(target), "--rebuild", earlier.stdout.strip())
    said = office.said("verify", str(target), "--rebuild", later, status=1)
    assert "not as the commit makes it: policies/later/index.html" in said
    assert same not in said + office.said("verify", str(target))
    assert "no commit" in office.said("verify", str(target), "--rebuild", "0123abc", status=2)


def test_a_region_that_was_renamed_since_is_built_as_it_was(office: Office, target: Path) -> None:
    commit = json.loads((target / "release.json").read_bytes())["commit"]
    content = office.root / "content"
    (content / "mini").rename(content / "renamed")
    try:
        office.said("verify", str(target), "--rebuild", commit, "--region", "renamed")
    finally:
        (content / "renamed").rename(content / "mini")


def test_a_zip_is_whole_the_same_each_time_and_verified(office: Office, keys: Path, tmp_path: Path) -> None:
    file = tmp_path / "handover.zip"
    office.publish(f"zip:{file}", "--key", str(keys / "ours"))
    first = file.read_bytes()
    assert f"Signed by {_NAME}" in office.said("verify", f"zip:{file}")
    assert "nothing differs" in office.publish(f"zip:{file}", "--key", str(keys / "ours"))
    assert file.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["handover.zip"]
    assert "keeps no release" in office.said("rollback", f"zip:{file}", status=1)


@pytest.mark.parametrize("path", ["/etc/passwd", "a/../../b", "..\\b", "/"])
def test_a_zip_that_leads_outside_is_refused(tmp_path: Path, path: str) -> None:
    file = tmp_path / "odd.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("index.html", "ours")
        archive.writestr(zipfile.ZipInfo(path), "theirs")
    place = ZipPlace(file, "zip:odd.zip")
    if path == "/":  # a folder, of which nothing is carried over
        assert place.look().files.keys() == {"index.html"}
        return
    with pytest.raises(BuildError) as told:
        place.look()
    assert told.value.problem.code == "zip-leads-outside"


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_files_of_others_keep_their_chinese_names(tmp_path: Path, codec: str) -> None:
    file, name = tmp_path / "site.zip", "说明.txt".encode(codec)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x" * len(name), "others")
    file.write_bytes(
        file.read_bytes().replace(b"x" * len(name), name)
    )  # as Windows packs it, which does not say how names are written
    put(ZipPlace(file, "zip"), release(tmp_path / "site"))
    with zipfile.ZipFile(file) as archive:
        assert archive.read("说明.txt") == b"others"


def test_a_target_is_meant_as_it_is_typed(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for target in ("zip:~/a.zip", "ZIP:~/a.zip", "zip：~/a.zip", "zip: ~/a.zip"):
        place = destination(Project(office.root), "mini", target).place
        assert isinstance(place, ZipPlace)
        assert place.file == tmp_path / "a.zip"
    folder = destination(Project(office.root), "mini", "~/www").place
    assert isinstance(folder, FolderPlace)
    assert folder.folder == (tmp_path / "www").resolve()


def test_a_folder_below_a_file_is_told_as_that(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for target in ("file/www", "file/a/b"):
        place = destination(Project(office.root), "mini", str(tmp_path / target)).place
        with pytest.raises(BuildError) as told:
            place.look()
        assert told.value.problem.code == "place-no-folder"
        assert told.value.problem.values["place"] == tmp_path / "file"


def test_the_signers_are_those_of_the_region_whose_site_it_is(office: Office, copy: Path) -> None:
    _second_region(office)
    try:
        (office.root / "mkdocs.yml").write_text(_default_region(office, "mini", "second"), encoding="utf-8")
        assert f"Signed by {_NAME}" in office.said("verify", str(copy))
        office.said("verify", str(copy), "--region", "mini")
        office.said("verify", str(copy), "--region", "second", status=1)
    finally:
        (office.root / "mkdocs.yml").write_text(_default_region(office, "second", "mini"), encoding="utf-8")
        shutil.rmtree(office.root / "content/second")


def test_no_region_takes_the_place_of_another_unasked(office: Office, copy: Path) -> None:
    _record(copy, region="second")
    before = (copy / NAME).read_bytes()
    said = office.said("publish", str(copy), "--site-url", SITE_URL, "--anyway", "--dry-run")
    assert "shows the site of second" in said
    wish = Wish(str(copy), "mini")
    record = (copy / "release.json").read_bytes()
    with pytest.raises(UsageError) as told:
        _of_another(Published({}, record=record), wish)
    assert told.value.problem.code == "other-region"
    assert (copy / NAME).read_bytes() == before


def _second_region(office: Office) -> None:
    shutil.copytree(office.root / "content/mini", office.root / "content/second")
    region = office.root / "content/second/region.yml"
    text = region.read_text(encoding="utf-8").replace("slug: mini", "slug: second")
    region.write_text(text[: text.index("signers:")], encoding="utf-8")


def _default_region(office: Office, old: str, new: str) -> str:
    return (office.root / "mkdocs.yml").read_text(encoding="utf-8").replace(f"region: {old}", f"region: {new}")


def test_what_holds_no_site_is_told(office: Office, tmp_path: Path) -> None:
    for target in (str(tmp_path), f"zip:{tmp_path / 'none.zip'}"):
        assert "no manifest.sha256" in office.said("verify", target, status=1)
        assert "no site is published there" in office.said("releases", target)


def _record(folder: Path, **values: object) -> None:
    """Change the record of a release, and the manifest to suit, as whoever can write there may."""
    record = json.loads((folder / "release.json").read_bytes()) | values
    lay(folder, "release.json", json.dumps(record))


def lay(folder: Path, path: str, text: str) -> None:
    """Write a file and list it."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    listed = manifest(folder) | {path: hashlib.sha256(text.encode()).hexdigest()}
    (folder / NAME).write_text("".join(f"{digest}  {name}\n" for name, digest in listed.items()), encoding="utf-8")


@pytest.mark.parametrize("region", ["{outside}/victim", "../victim", "--out={outside}/injected"])
def test_a_record_names_no_folder_and_no_option(office: Office, copy: Path, tmp_path: Path, region: str) -> None:
    for victim in (tmp_path / "victim-anew", office.root / "build" / "victim-anew"):
        victim.mkdir(parents=True, exist_ok=True)
        (victim / "theirs.txt").write_text("x", encoding="utf-8")
    _record(copy, region=region.format(outside=tmp_path))
    assert "no region" in office.said("verify", str(copy), "--rebuild", "HEAD", status=2)
    assert (tmp_path / "victim-anew" / "theirs.txt").exists()
    assert (office.root / "build" / "victim-anew" / "theirs.txt").exists()
    assert not (tmp_path / "injected").exists()


def test_only_what_is_named_by_its_content_can_be_carried(office: Office, copy: Path) -> None:
    assets = {path for path in manifest(copy) if path.startswith(("engine/", "assets/"))}
    assert named_by_content(manifest(copy)) == assets
    bundle = next(path for path in manifest(copy) if path.startswith("engine/")).rsplit("/", 1)[0]
    forged = (
        "about/index.html",
        "policies/forged/index.html",
        f"{bundle}/forged.html",
        "assets/0123456789abcdef/forged.html",
        "assets/filters-0123456789abcdef.css",
    )
    for path in forged:
        lay(copy, path, "forged")
    digest = hashlib.sha256(b"kept").hexdigest()
    folder = hashlib.sha256(f"{digest}  kept.js\n".encode()).hexdigest()[:16]
    kept = (f"assets/filters-{digest[:16]}.css", f"assets/{folder}/kept.js")
    for path in kept:
        lay(copy, path, "kept")
    _record(copy, carried=[*forged, *kept])
    (copy / f"{NAME}.sig").unlink()
    head = json.loads((copy / "release.json").read_bytes())["commit"]
    said = office.said("verify", str(copy), "--rebuild", head, status=1)
    differing = [line for line in said.splitlines() if line.startswith("not as the commit makes it: ")]
    assert differing == [f"not as the commit makes it: {path}" for path in sorted(forged)]


@pytest.mark.parametrize(
    "values",
    [{"published": "gestern"}, {"day": "2026-13-01"}, {"carried": [["x"]]}, {"anyway": [1]}, {"versions": ["x"]}],
)
def test_a_record_that_is_none_is_told(office: Office, copy: Path, values: dict[str, object]) -> None:
    _record(copy, **values)
    (copy / f"{NAME}.sig").unlink()
    assert "no sound release.json" in office.said("verify", str(copy), status=1)
    assert "no record of its publication" in office.said("releases", str(copy))
    assert "no sound release.json" in office.said("verify", str(copy), "--rebuild", "HEAD", status=1)


def _add_line(folder: Path) -> None:
    lay(folder, "gone.html", "x")
    (folder / "gone.html").unlink()


_MISHAPS = {
    "a page was changed": lambda folder: (folder / "index.html").write_text("changed", encoding="utf-8"),
    "the signature is broken": lambda folder: (folder / f"{NAME}.sig").write_text("x", encoding="utf-8"),
    "the signature is gone": lambda folder: (folder / f"{NAME}.sig").unlink(),
    "the manifest lists more": _add_line,
    "the manifest is broken": lambda folder: (folder / NAME).write_bytes(b"?\n" + (folder / NAME).read_bytes()[70:]),
    "the manifest is gone": lambda folder: (folder / NAME).unlink(),
    "the record is gone": lambda folder: (folder / "release.json").unlink(),
}


def test_publishing_mends_what_verify_reports(office: Office, keys: Path, tmp_path: Path) -> None:
    target = tmp_path / "symm"
    key = ("--key", str(keys / "ours"))
    office.publish(target)
    assert "nothing differs" not in office.publish(target, *key)
    assert "nothing differs" in office.publish(target, *key)
    for mishap, happens in _MISHAPS.items():
        happens(target)
        assert "nothing differs" not in office.publish(target, *key), mishap
        assert f"Signed by {_NAME}" in office.said("verify", str(target)), mishap
    assert "nothing differs" not in office.publish(
        target, "--key", str(keys / "locked"), PUBLICITY_SIGNING_PASSPHRASE="open"
    )
    assert "not among the signers" in office.publish(target, "--key", str(keys / "other"))


class _Soft(http.server.SimpleHTTPRequestHandler):
    """A server that gives a page for what is not there, and finds files with a dot ill asked for."""

    def send_head(self) -> Any:
        if "/." in self.path:
            return self.send_error(400)
        if not Path(self.translate_path(self.path)).exists():
            self.path = "/index.html"
        return super().send_head()

    def log_message(self, *_: object) -> None:
        pass


def test_a_server_that_gives_a_page_for_what_is_not_there(office: Office, copy: Path) -> None:
    (copy / f"{NAME}.sig").unlink()
    whole = copy.rename(copy.parent / "专栏 甲")
    with serve(whole.parent, _Soft) as server:
        said = office.said("verify", f"{server.url}专栏 甲/")
        assert "Unsigned" in said
        assert "no manifest" in office.said("verify", f"{server.url}missing/", status=1)


class _Packs(_Soft):
    """A server that packs all it sends, whatever it is asked for, as stores and CDNs do that were told so."""

    def send_head(self) -> Any:
        if not (file := Path(self.translate_path(self.path))).is_file():
            return self.send_error(404)
        data = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)


def test_a_server_that_packs_whatever_it_is_asked_for(tmp_path: Path) -> None:
    fresh = release(tmp_path / "first")
    with serve(fresh, _Packs) as server:
        place = WebPlace(server.url)
        assert place.hashes(place.seals().listed, Progress()) == manifest(fresh)


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("sftp://files.example.gov.cn/symm", "is the address of a server"),
        ("https://www.example.gov.cn/symm/", "is the address of a server"),
        ("news@files.example.gov.cn:/symm", "is the address of a server"),
        ("portal", "write ./portal"),
        (".", "holds the project itself"),
        pytest.param("zip:D:\\www\\symm.zip", "is a path of Windows", marks=ELSEWHERE),
        pytest.param("D:/www/symm", "is a path of Windows", marks=ELSEWHERE),
    ],
)
def test_what_is_no_target_is_told(office: Office, target: str, wanted: str) -> None:
    before = {path.name for path in office.root.iterdir()}
    said = office.said("publish", target, "--site-url", SITE_URL, "--anyway", status=2)
    assert wanted in said
    assert "--out" not in said
    assert {path.name for path in office.root.iterdir()} == before


def test_what_a_build_says_is_said_line_by_line(office: Office, tmp_path: Path) -> None:
    office.write("content/mini/policies/broken.md", "---\ntitle: 1\nnonsense: 2\n---\n")
    office.commit()
    try:
        said = office.said("publish", str(tmp_path / "x"), "--site-url", SITE_URL, "--anyway", status=1)
        assert "\\u000a" not in said
        assert any(line.startswith("content/mini/policies/broken.md") for line in said.splitlines())
        assert "as said above" in said
    finally:
        office.remove("content/mini/policies/broken.md")
        office.commit()
