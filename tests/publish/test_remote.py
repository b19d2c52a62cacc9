"""Publishing to real servers: what is there afterwards, what is kept, and what becomes of a run that was broken off."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest
import yaml

from publicity.models.publishing import PublishTarget
from publicity.problems import BuildError, UsageError
from publicity.project import Project
from publicity.publish import busy
from publicity.publish.place import Place
from publicity.publish.places import destination
from publicity.publish.rclone import Rclone
from publicity.publish.release import change_of, read_manifest
from publicity.publish.remote import RemotePlace
from publicity.work.progress import Progress
from publish import servers
from publish.conftest import NAME, Office, manifest, put, release, tree
from publish.servers import Server

CASES = int(os.environ.get("PUBLICITY_KILLS", "1"))
"""How many publications are killed at random moments, on each kind of server; `./scripts/test --soak` kills more."""
KINDS = ("sftp", "ftp", "s3")

_PUT = """
import sys
from pathlib import Path
from publicity.publish.places import destination
from publicity.project import Project
from publicity.work.progress import Progress
from publicity.publish.release import change_of, read_manifest
place = destination(Project(Path(sys.argv[1])), "mini", "portal").place
fresh = Path(sys.argv[2])
hashes = read_manifest((fresh / "manifest.sha256").read_bytes())
place.put(fresh, hashes, change_of(place.look(), hashes), Progress())
"""
"""What `publicity publish` does when a release is built and the place is known."""


@pytest.fixture(scope="module", params=KINDS)
def server(
    request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Each kind in turn, named in the region's publish.yml."""
    folder = tmp_path_factory.mktemp(request.param)
    with contextlib.ExitStack() as stack:
        running = stack.enter_context(getattr(servers, request.param)(folder))
        office.write("content/mini/publish.yml", f"targets:\n  - name: portal\n    {running.settings}\n")
        office.commit()
        yield running


ARRIVING = ".rclone_temp_put_"
"""How the S3 server of these tests calls a file in its own folder until it has arrived; a true one shows none of it."""


def _shown(server: Server) -> dict[str, str]:
    """What a reader can get."""
    hidden = (".publicity-kept-", ARRIVING)
    return {path: digest for path, digest in tree(server.folder).items() if not any(name in path for name in hidden)}


def _kept(server: Server) -> list[str]:
    """The folders with what is kept; of a store, as it shows them: rclone's own leaves an empty one where files go at once."""
    folders = [path for path in server.folder.iterdir() if path.name.startswith(".publicity-kept-")]
    return [path.name for path in folders if not server.store or tree(path)]


def _assert_shown_whole(server: Server, *besides: str) -> None:
    shown = _shown(server)
    assert {path: digest for path, digest in shown.items() if path not in (NAME, *besides)} == manifest(server.folder)


def test_pages_come_go_and_come_back(office: Office, server: Server) -> None:
    office.policy("withdrawn")
    office.commit()
    office.publish("portal", **server.environment)
    _assert_shown_whole(server)
    first = _shown(server)
    assert "policies/withdrawn/index.html" in first
    server.lay("theirs.txt", "x")
    server.lay("theirs.txt.0123abcd.partial", "x")
    server.lay("manifest.sha256.0123abcd.partial", "x")  # as killed runs leave it

    office.remove("content/mini/policies/withdrawn.md")
    office.commit()
    said = office.publish("portal", **server.environment)
    assert "remove  policies/withdrawn/index.html" in said
    assert "leave   theirs.txt" in said
    assert "remove  manifest.sha256.0123abcd.partial" in said
    _assert_shown_whole(server, "theirs.txt", "theirs.txt.0123abcd.partial")
    assert not (server.folder / "policies/withdrawn").is_dir()
    listed = office.said("releases", "portal", **server.environment).splitlines()
    assert [line.split(":")[0] for line in listed] == ["shown", "before"]

    server.lay("theirs.txt", None)
    server.lay("theirs.txt.0123abcd.partial", None)
    server.lay("index.html.89abcdef.partial", "x")
    office.said("rollback", "portal", **server.environment)
    assert _shown(server) == first
    assert len(_kept(server)) == 1
    server.lay("index.html", "changed")
    assert "changed: index.html" in office.said("verify", "portal", status=1, **server.environment)


def test_what_is_there_already_is_not_sent_again(office: Office, server: Server) -> None:
    if "sftp:" not in server.settings:
        pytest.skip("the same for every kind of server")
    office.publish("portal", **server.environment)
    assert "nothing differs" in office.publish("portal", **server.environment)
    kept = _kept(server)
    server.lay("index.html.0123abcd.partial", "x")  # as a killed run leaves it
    said = office.publish("portal", "--dry-run", **server.environment)
    assert "remove  index.html.0123abcd.partial" in said
    assert said == office.publish("portal", **server.environment)
    assert (_kept(server), "index.html.0123abcd.partial" in _shown(server)) == (kept, False)
    _assert_shown_whole(server)
    server.lay("theirs.txt", "x")
    (server.folder / "theirs.txt").chmod(0)  # nobody needs to read it
    assert "extra: theirs.txt" in office.said("verify", "portal", status=1, **server.environment)
    assert "leave   theirs.txt" in office.publish("portal", "--check", **server.environment)
    server.lay("theirs.txt", None)
    assert "are as the manifest says" in office.said("verify", "portal", **server.environment)


def test_a_wrong_password_is_told(office: Office, server: Server) -> None:
    wrong = {name: "wrong" if name.startswith("PUBLICITY_") else value for name, value in server.environment.items()}
    said = office.said("verify", "portal", status=1, **wrong)
    assert "the server “portal” did not do it" in said
    assert "; the site is as it was" in said
    assert "PUBLICITY_" in office.said("verify", "portal", status=2)


def test_a_run_that_was_killed_is_known_completed_or_undone(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two small releases take turns; at the end of each run that was killed every file is of one of the two."""
    if "PUBLICITY_KILLS" not in os.environ and "sftp:" not in server.settings:
        pytest.skip("./scripts/test --soak kills on every kind of server")
    releases = [_release(tmp_path / name, name) for name in ("a", "b")]
    put(_place(office.root, server, monkeypatch), releases[1])
    put(_place(office.root, server, monkeypatch), releases[0])
    chance = random.Random(os.environ.get("PUBLICITY_SEED", "2026"))  # noqa: S311 - no secret
    for case in range(CASES):
        fresh = releases[(case + 1) % 2]
        _put_and_kill(office, server, fresh, chance.uniform(0.3, 4))
        known = [tree(release) for release in releases]
        for path, digest in _shown(server).items():
            if not path.endswith(".partial"):
                assert digest in (known[0].get(path), known[1].get(path)), path
        if chance.random() < 0.5:
            put(_place(office.root, server, monkeypatch), fresh)
            assert _shown(server) == tree(fresh)
        elif _is_begun(server):
            office.said("rollback", "portal", **server.environment)
            assert _shown(server) in known
        put(_place(office.root, server, monkeypatch), fresh)
        assert _shown(server) == tree(fresh)
        assert len(_kept(server)) == 1


def test_a_list_that_arrives_late_costs_no_release(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A run was killed while it sent its list; the next has removed its folder, and then the server had all of it.
    folders = [release(tmp_path / name, **{"index.html": name, f"{name}.html": name}) for name in "abc"]
    for folder in folders[:2]:
        put(_place(office.root, server, monkeypatch), folder)
    if not server.store:
        (server.folder / ".publicity-kept-0123456789abcdef").mkdir()
        (server.folder / ".publicity-kept-fedcba9876543210" / "files" / "pages").mkdir(
            parents=True
        )  # it was being removed
    server.lay(".publicity-kept-0123456789abcdef/next.sha256", (folders[2] / NAME).read_text(encoding="utf-8"))
    place = _place(office.root, server, monkeypatch)
    assert place.look().begun is None
    assert [one.is_shown for one in place.kept()] == [True, False]
    put(place, folders[2])
    assert len(_kept(server)) == 1
    place.roll_back(Progress())
    assert _shown(server) == tree(folders[1])


def test_pieces_of_a_search_are_put_aside_as_a_folder(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (
        release(tmp_path / name, **{f"search/index-{name * 10}/terms/{n}.json": f"{name} {n}" for n in range(3)})
        for name in "ab"
    )
    put(_place(office.root, server, monkeypatch), first)
    copied: list[str] = []
    copy = Rclone.copy_within

    def noted(rclone: Rclone, there: str, here: str, paths: Collection[str], tell: Callable[[str], None]) -> None:
        copied.extend(paths)
        copy(rclone, there, here, paths, tell)

    with monkeypatch.context() as watched:
        watched.setattr(Rclone, "copy_within", noted)
        with watched.context() as broken:
            broken.setattr(Rclone, "move_folder", _breaks)
            with pytest.raises(KeyboardInterrupt):
                put(_place(office.root, server, monkeypatch), second)
        assert _shown(server).items() >= {**tree(first), **tree(second)}.items()
        put(_place(office.root, server, monkeypatch), second)
        assert [path for path in copied if "index-" in path] == []
    assert _shown(server) == tree(second)
    place = _place(office.root, server, monkeypatch)
    assert place.changed_in_kept(Progress()) == []
    place.roll_back(Progress())
    assert _shown(server) == tree(first)
    place = _place(office.root, server, monkeypatch)
    assert place.changed_in_kept(Progress()) == []
    server.lay(f"search/index-{'a' * 10}/theirs.txt", "x")  # then it goes file by file
    put(place, second)
    assert _shown(server).keys() - tree(second).keys() == {f"search/index-{'a' * 10}/theirs.txt"}
    assert _place(office.root, server, monkeypatch).changed_in_kept(Progress()) == []
    server.lay(f"search/index-{'a' * 10}/theirs.txt", None)


def test_a_first_release_that_was_broken_off_says_whose_it_is(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "sftp:" not in server.settings:
        pytest.skip("the same for every kind of server")
    for path in list(server.folder.iterdir()):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    first = release(tmp_path / "first", **{"release.json": '{"region": "elsewhere"}'})
    with monkeypatch.context() as broken:
        broken.setattr(Rclone, "send", _breaks)
        with pytest.raises(KeyboardInterrupt):
            put(_place(office.root, server, monkeypatch), first)
    place = _place(office.root, server, monkeypatch)
    assert place.look().record == (first / "release.json").read_bytes()
    put(place, first)
    assert _shown(server) == tree(first)
    assert [one.is_shown for one in place.kept()] == [True]


def test_rolling_back_overwrites_nothing_of_others(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = _place(office.root, server, monkeypatch)
    put(here, release(tmp_path / "with", **{"two.html": "two"}))
    put(here, release(tmp_path / "without"))
    server.lay("two.html", "theirs")
    with pytest.raises(BuildError) as caught:
        here.roll_back(Progress())
    assert caught.value.problem.values["files"] == ("two.html",)
    assert (server.folder / "two.html").read_text(encoding="utf-8") == "theirs"
    with pytest.raises(BuildError):
        put(here, tmp_path / "with")
    server.lay("two.html", "two")  # the same, as a run that another has overtaken leaves it
    put(here, tmp_path / "with")
    assert _shown(server) == tree(tmp_path / "with")


def test_what_a_lost_manifest_listed_is_still_ours(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {"two.html": "two", "deep/three.html": "three", "deep/four.html": "four"}
    put(_place(office.root, server, monkeypatch), release(tmp_path / "with", **more))
    server.lay(NAME, None)
    server.lay("theirs.txt", "x")
    server.lay("deep/four.html", "theirs by now")
    without = release(tmp_path / "without")
    put(_place(office.root, server, monkeypatch), without)
    assert _shown(server).keys() - tree(without).keys() == {"theirs.txt", "deep/four.html"}
    assert _shown(server).items() >= tree(without).items()
    server.lay("theirs.txt", None)
    server.lay("deep/four.html", None)


def test_where_the_manifest_is_lost_a_site_is_renewed_and_rolled_back(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "sftp:" not in server.settings:
        pytest.skip("the same for every kind of server")
    names = ("first", "second", "third")
    first, second, third = (release(tmp_path / name, **{"a.html": name, f"{name}.html": name}) for name in names)
    for fresh in (first, second):
        put(_place(office.root, server, monkeypatch), fresh)
    for fresh, lost in ((first, None), (third, "?")):
        server.lay(NAME, lost)
        kept = _place(office.root, server, monkeypatch).kept()
        assert [(one.is_shown, one.files) for one in kept] == [(True, 4), (False, 4)]
        if fresh == third:
            put(_place(office.root, server, monkeypatch), third)
            assert _shown(server) == tree(third)
        here = _place(office.root, server, monkeypatch)
        assert here.changed_in_kept(Progress()) == []
        here.roll_back(Progress())
        assert _shown(server) == tree(first)


def test_two_machines_do_not_mix_a_site(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "sftp:" not in server.settings:
        pytest.skip("the same for every kind of server")
    for name in ("content", "mkdocs.yml"):
        copied = shutil.copytree if (office.root / name).is_dir() else shutil.copy
        copied(office.root / name, tmp_path / name)
    here, there = (_place(root, server, monkeypatch) for root in (office.root, tmp_path))
    first, second = (release(tmp_path / name, **{f"{name}.html": name}) for name in ("first", "second"))
    put(here, first)

    # The other has published since this one looked.
    hashes = read_manifest((second / NAME).read_bytes())
    change = change_of(there.look(second), hashes)
    put(here, release(tmp_path / "third"))
    before = tree(server.folder)
    with pytest.raises(BuildError) as caught:
        there.put(second, hashes, change, Progress())
    assert caught.value.problem.code == "place-changed"
    assert tree(server.folder) == before

    # The other is at it, or was broken off.
    with monkeypatch.context() as broken:
        broken.setattr(Rclone, "delete", _breaks)
        with pytest.raises(KeyboardInterrupt):
            put(here, first)
    assert _is_begun(server)
    before = tree(server.folder)
    with pytest.raises(BuildError) as caught:
        put(there, second)
    assert caught.value.problem.code == "place-busy-elsewhere"
    with pytest.raises(BuildError):
        there.roll_back(Progress())
    assert tree(server.folder) == before
    put(here, first)  # its own machine just goes on
    assert _shown(server) == tree(first)

    # The other was at it when this one looked, and has ended since.
    looked = []

    def look_meanwhile(rclone: Rclone, folder: str) -> None:
        looked.append(there.look(second))
        purge(rclone, folder)

    purge = Rclone.purge
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Rclone, "purge", look_meanwhile)
        put(here, release(tmp_path / "fourth"))
    assert looked[-1].begun is not None
    before = tree(server.folder)
    with pytest.raises(BuildError) as overtaken:
        there.put(second, hashes, change_of(looked[-1], hashes), Progress())
    assert overtaken.value.problem.code == "place-changed"
    assert tree(server.folder) == before

    # What breaks a run off when the site is touched is told so.
    change = change_of(here.look(second), hashes)
    (server.folder / "second.html").mkdir()
    with pytest.raises(BuildError) as broken_off:
        here.put(second, hashes, change, Progress())
    assert broken_off.value.problem.code == "server-broke-off"
    (server.folder / "second.html").rmdir()
    put(here, second)
    assert _shown(server) == tree(second)

    # After a while others may go on.
    with monkeypatch.context() as broken:
        broken.setattr(Rclone, "delete", _breaks)
        with pytest.raises(KeyboardInterrupt):
            put(here, release(tmp_path / "third"))
    mark = server.folder / str(caught.value.problem.values["file"])
    mark = next(server.folder.glob(f".publicity-kept-*/{mark.name}"))
    mark.write_text(json.dumps(json.loads(mark.read_bytes()) | {"at": "2026-01-01T00:00:00+08:00"}), encoding="utf-8")
    monkeypatch.setattr(busy, "WATCHED", 0)
    put(there, second)
    assert _shown(server) == tree(second)
    assert len(_kept(server)) == 1
    assert not list(server.folder.glob(".publicity-kept-*/busy"))


@pytest.mark.parametrize("broken_off", ["copy_within", "write"])
def test_a_run_of_this_machine_that_touched_nothing_hinders_nothing_here(
    office: Office, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken_off: str
) -> None:
    if "sftp:" not in server.settings:
        pytest.skip("the same for every kind of server")
    place = _place(office.root, server, monkeypatch)
    first, second = (release(tmp_path / name, **{"index.html": name}) for name in ("first", "second"))
    for fresh in (first, second):
        put(place, fresh)
    with monkeypatch.context() as broken:
        broken.setattr(Rclone, "copy_within", _breaks)  # as it puts things aside
        with pytest.raises(KeyboardInterrupt):
            put(place, first)
        if broken_off == "write":  # the disk there is full: not even a mark can be left
            broken.setattr(Rclone, "write", _breaks)
            with pytest.raises(KeyboardInterrupt):
                place.roll_back(Progress())
    place.roll_back(Progress())
    assert _shown(server) == tree(first)
    assert len(_kept(server)) == 1


def _breaks(*_: object) -> None:
    raise KeyboardInterrupt


def _place(root: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The server as a project sees it."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return destination(Project(root), "mini", "portal").place


def test_publishing_mends_what_verify_reports(office: Office, server: Server) -> None:
    if "sftp:" not in server.settings:
        pytest.skip("the same for every kind of server")
    office.publish("portal", **server.environment)
    office.publish("portal", **server.environment)  # nothing is carried any more
    page = (server.folder / "index.html").read_text(encoding="utf-8")
    server.lay("index.html", f"{page}<!-- more -->")
    assert "change  index.html" in office.publish("portal", **server.environment)
    office.said("verify", "portal", **server.environment)
    server.lay("index.html", page.replace("<title>", "<TITLE>", 1))
    assert "nothing differs" in office.publish("portal", **server.environment)
    assert "change  index.html" in office.publish("portal", "--check", **server.environment)
    office.said("verify", "portal", **server.environment)
    server.lay("release.json", None)
    assert "written anew" in office.publish("portal", **server.environment)
    office.said("verify", "portal", **server.environment)


def test_an_ftp_server_that_allows_few_connections_gets_files_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyftpdlib.servers import FTPServer

    monkeypatch.setattr(FTPServer, "max_cons_per_ip", 2)
    folders = [release(tmp_path / name, **{f"p{n}/{n}.html": f"{name} {n}" for n in range(12)}) for name in "ab"]
    with servers.ftp(tmp_path) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        settings = server.settings.replace("}", ", one_by_one: true}")
        target = PublishTarget.model_validate({"name": "portal", **yaml.safe_load(settings)})
        for folder in folders:
            put(RemotePlace(target, tmp_path / "sent"), folder)
            assert _shown(server) == tree(folder)
        place = RemotePlace(target, tmp_path / "sent")
        assert place.changed_in_kept(Progress()) == []
        place.roll_back(Progress())
        assert _shown(server) == tree(folders[0])


def test_an_ftp_server_that_hides_what_begins_with_a_dot_shows_it_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [release(tmp_path / name, **{".htaccess": name, "index.html": name}) for name in "ab"]
    with servers.ftp(tmp_path, hides=True) as server:
        for folder in folders:
            put(_ftp_place(tmp_path, server, monkeypatch), folder)
            assert _shown(server) == tree(folder)
        assert len(_kept(server)) == 1
        place = _ftp_place(tmp_path, server, monkeypatch)
        assert place.hashes([], Progress()).keys() > {".htaccess", "index.html"}
        place.roll_back(Progress())
        assert _shown(server) == tree(folders[0])


def test_a_certificate_that_nobody_vouches_for_is_told_and_can_be_vouched_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with servers.greeter(tmp_path) as (server, spoken):
        assert _refusal(lambda: _ftp_place(tmp_path, server, monkeypatch).look()) == "server-not-trusted"
        assert spoken == []
        missing, there = str(tmp_path / "none.pem"), str(tmp_path / "cert.pem")
        assert _refusal(lambda: _ftp_place(tmp_path, server, monkeypatch, ca_file=missing)) == "no-ca-file"
        assert _refusal(lambda: _ftp_place(tmp_path, server, monkeypatch, ca_file=there).look()) == "server-refused"
        assert set(spoken) == {"TLSv1.2"}  # with 1.3, vsftpd breaks off what it is sent


def _refusal(act: Callable[[], object]) -> str:
    with pytest.raises((BuildError, UsageError)) as told:
        act()
    return told.value.problem.code


def _ftp_place(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, **more: str) -> Place:
    """An FTP server as a new run sees it."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    settings = yaml.safe_load(server.settings)["ftp"]
    target = PublishTarget.model_validate({"name": "portal", "ftp": {**settings, **more}})
    return RemotePlace(target, tmp_path / "sent")


def _is_begun(server: Server) -> bool:
    return any((server.folder / name / "next.sha256").exists() for name in _kept(server))


def _release(folder: Path, name: str) -> Path:
    """A release of forty pages, of which half are its own."""
    import hashlib

    (folder / "pages").mkdir(parents=True)
    for number in range(40):
        owner = name if number % 2 else "both"
        file = folder / "pages" / f"{owner}-{number}.html" if number % 4 == 1 else folder / "pages" / f"{number}.html"
        file.write_text(f"{owner} {number}\n" * 200, encoding="utf-8")
        piece = folder / "search" / f"index-{name * 10}" / f"{number}.json"
        piece.parent.mkdir(parents=True, exist_ok=True)
        piece.write_text(f"{name} {number}", encoding="utf-8")
    (folder / "index.html").write_text(name, encoding="utf-8")
    (folder / "release.json").write_text(f'"{name}"', encoding="utf-8")
    rows = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    (folder / NAME).write_text("".join(rows), encoding="utf-8")
    return folder


def _put_and_kill(office: Office, server: Server, fresh: Path, seconds: float) -> None:
    """Put a release there; after some seconds, kill the run with its children."""
    running = subprocess.Popen(
        [sys.executable, "-c", _PUT, str(office.root), str(fresh)],
        env=os.environ | server.environment,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, said = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        return
    assert running.returncode == 0, said.decode()
