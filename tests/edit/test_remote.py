"""A shared repository over https: reached with a password of the environment, and told plainly where it is not."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from dulwich import porcelain
from dulwich.repo import Repo

from edit.test_desk import ROLE, _desk, _steps
from helpers.git_server import SECRET, USER, certificate, git_server
from publicity.edit.desk import Desk
from publicity.edit.git import remote
from publicity.edit.git.repository import Repository
from publicity.labels.sentences import problem_words
from publicity.problems import Problem
from publicity.project import Project

BRANCH = "draft/events/one"
AUTHOR = "业务科 <editor@localhost>"


@dataclass
class Office:
    """A shared repository, and how it is served."""

    folder: Path
    pem: Path
    port: int = 0
    clones: list[Path] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/bare.git"

    def clone(self, name: str) -> Path:
        """A desk's own repository, which knows the shared one by its address."""
        porcelain.clone(str(self.folder / "bare.git"), str(self.folder / name)).close()
        self.point(name, self.url)
        self.clones.append(self.folder / name)
        return self.folder / name

    def point(self, name: str, url: str) -> None:
        with Repo(str(self.folder / name)) as repo:
            config = repo.get_config()
            config.set((b"remote", b"origin"), b"url", url.encode())
            config.write_to_path()

    def branches(self) -> list[bytes]:
        return porcelain.branch_list(str(self.folder / "bare.git"))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office with a password and a certificate of its own, and as yet no repository."""
    for name in ("https_proxy", "http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(remote.USER, USER)
    monkeypatch.setenv(remote.PASSWORD, SECRET)
    folder = tmp_path / "office"
    folder.mkdir()
    pem = certificate(tmp_path, "office")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return Office(folder, pem)


@pytest.fixture
def small(office: Office) -> Iterator[Desk]:
    """A desk at a repository of one file; nothing is served yet."""
    source = office.folder / "source"
    (source / "content").mkdir(parents=True)
    (source / "content" / "a.md").write_text("甲\n", encoding="utf-8")
    porcelain.init(str(source))
    porcelain.add(str(source), [str(source / "content" / "a.md")])
    porcelain.commit(str(source), b"Begin", author=b"A <a@localhost>", committer=b"A <a@localhost>")
    porcelain.clone(str(source), str(office.folder / "bare.git"), bare=True).close()
    with git_server(office.folder, office.pem) as office.port:
        pass  # a port that is free, and where nobody listens for now
    desk = Desk(Project(office.clone("one")), "jiangbei")
    yield desk
    desk.repository.close()


def _saved(desk: Desk) -> str:
    main = desk.repository.head(desk.repository.main)
    return desk.repository.commit(BRANCH, {"content/a.md": "乙\n".encode()}, "修改", AUTHOR, (main,))


def _sentence(code: str, **values: str) -> re.Pattern[str]:
    """A problem's sentence, in which what others say may be anything."""
    problem = Problem("", 0, code, {"user": remote.USER, "password": remote.PASSWORD, "why": "WHY"} | values)
    return re.compile(re.escape(problem_words().text(problem, "zh")).replace("WHY", ".+"))


def test_opening_fetches_and_saving_pushes_over_https(
    office: Office, versioned: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    porcelain.clone(str(versioned), str(office.folder / "bare.git"), bare=True).close()
    with git_server(office.folder, office.pem) as office.port:
        desk = _desk(office.clone("one"))
        other = Repository(office.clone("two"))
        assert desk.meet() == ""
        assert desk.act(*_steps(desk, "save", "甲"), ROLE).said == "saved"
        other.fetch()
        branch = "draft/events/sample-training"
        assert other.remote_head(branch) == desk.repository.head(branch)
        assert other.follow(branch)
        theirs = other.commit(branch, {"content/x.md": b"x"}, "他人", AUTHOR, (other.head(branch),))
        other.push(branch)
        assert desk.meet() == ""
        assert desk.repository.head(branch) == theirs
    # Away: the save stays here, is told, and goes with the next opening.
    answer = desk.act(*_steps(desk, "save", "乙"), ROLE)
    assert (answer.said, answer.is_done) == ("not-pushed", True)
    assert _sentence("remote-away", address=office.url).fullmatch(answer.detail)
    with git_server(office.folder, office.pem, office.port):
        assert desk.meet() == ""
        other.fetch()
        assert other.remote_head(branch) == desk.repository.head(branch)
    _assert_no_secret(office, caplog.text, answer.detail, *capfd.readouterr())


def _wrong_password(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(remote.PASSWORD, "wrong-" + SECRET)


def _no_password(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(remote.USER)


def _unknown_certificate(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(office.folder, "another")))


def _no_repository(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (office.folder / "bare.git").rename(office.folder / "gone.git")


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("remote-password", _wrong_password),
        ("remote-password", _no_password),
        ("remote-certificate", _unknown_certificate),
        ("remote-missing", _no_repository),
    ],
)
def test_what_keeps_desks_apart_is_told_and_loses_nothing(
    office: Office,
    small: Desk,
    code: str,
    spoil: Callable[[Office, pytest.MonkeyPatch], None],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with git_server(office.folder, office.pem, office.port):
        with pytest.MonkeyPatch.context() as spoiled:
            spoil(office, spoiled)
            head = _saved(small)
            told = small.meet()
            assert _sentence(code, address=office.url).fullmatch(told)
            with pytest.raises(remote.RemoteError, match=code):
                small.repository.push(BRANCH)
            assert small.repository.head(BRANCH) == head
        if (office.folder / "gone.git").exists():
            (office.folder / "gone.git").rename(office.folder / "bare.git")
        assert small.meet() == ""
    assert office.branches() == [BRANCH.encode(), b"master"]
    _assert_no_secret(office, caplog.text, told, *capfd.readouterr())


def test_what_was_published_while_the_server_was_away_goes_with_the_next_opening(office: Office, small: Desk) -> None:
    _saved(small)
    with git_server(office.folder, office.pem, office.port):
        assert small.meet() == ""
    small.repository.publish({"content/a.md": "乙\n".encode()}, "发布", AUTHOR)
    small.repository.delete(BRANCH)
    with pytest.raises(remote.RemoteError, match="remote-away"):
        small.repository.push(BRANCH)
    with git_server(office.folder, office.pem, office.port):
        assert small.meet() == ""
        assert small.repository.head(BRANCH) is None
    with Repo(str(office.folder / "bare.git")) as shared:
        assert shared.refs[b"refs/heads/master"].decode() == small.repository.head("master")
    assert office.branches() == [b"master"]


def test_a_server_that_takes_no_pushes_is_told(office: Office, small: Desk) -> None:
    with git_server(office.folder, office.pem, office.port, **{"git-receive-pack": None}):
        head = _saved(small)
        assert _sentence("remote-refused", address=office.url).fullmatch(small.meet())
    assert small.repository.head(BRANCH) == head
    assert small.repository.remote_head(BRANCH) is None


def test_a_protected_branch_is_told_and_does_not_pass_for_sent(office: Office, small: Desk) -> None:
    hook = office.folder / "bare.git" / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    _saved(small)
    with git_server(office.folder, office.pem, office.port):
        assert _sentence("remote-refused", address=office.url).fullmatch(small.meet())
    assert office.branches() == [b"master"]
    assert small.repository.remote_head(BRANCH) is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (f"https://{USER}:{SECRET}@127.0.0.1:1/bare.git", "remote-secret"),
        (f"https://{SECRET}@127.0.0.1:1/bare.git", "remote-secret"),
        ("http://127.0.0.1:1/bare.git", "remote-plain"),
        ("https://[::/bare.git", "remote-missing"),
    ],
)
def test_an_address_that_is_none_or_gives_a_secret_away_is_not_used(
    office: Office, small: Desk, url: str, code: str
) -> None:
    office.point("one", url)
    told = small.meet()
    assert _sentence(code, address=url).fullmatch(told)
    assert SECRET not in told


def _assert_no_secret(office: Office, *texts: str) -> None:
    """Neither a desk's repository, nor a log, nor a message holds the password."""
    files = [
        file
        for clone in office.clones
        for file in clone.rglob("*")
        if file.is_file() and "node_modules" not in str(file)
    ]
    assert len(files) > 10
    assert not [file for file in files if SECRET.encode() in file.read_bytes()]
    assert not [text for text in texts if SECRET in text]
