"""What an editor does at a desk, beside other desks and git."""

import datetime
import re
import shutil
import socket
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from dulwich import porcelain
from dulwich.refs import Ref
from dulwich.repo import Repo
from PIL import Image

from conftest import ROOT
from helpers.word_files import picture
from publicity.author.stubs import write_stub
from publicity.check import published
from publicity.edit import moves
from publicity.edit.desk import Desk
from publicity.edit.drafts import EntryName, RefusedError
from publicity.edit.git.repository import BusyError
from publicity.edit.page.server import bound, serve_desk
from publicity.edit.review import Role
from publicity.problems import ContentError, Problem, UsageError
from publicity.project import Project

ROLE, OTHER = Role("业务科", "Section"), Role("法规科", "Legal section")
CHIEF = Role("分管领导", "Leadership")


def _desk(folder: Path) -> Desk:
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return Desk(Project(folder), "jiangbei")


def _opened(desk: Desk, title: str) -> tuple:
    """An entry's name, the version that was opened, and its form with another title."""
    name = desk.find("events", "sample-training")
    sheet = desk.open(name)
    values = {key: text for key, text in sheet.values.items() if not key.endswith("raw")}
    return name, sheet.draft.version, values | {"title": title}


def _two_desks(versioned: Path, share: Path) -> tuple[Desk, Desk]:
    """Two desks in clones of their own, which publish to the same bare repository."""
    porcelain.clone(str(versioned), str(share / "bare.git"), bare=True).close()
    for place in ("one", "two"):
        porcelain.clone(str(share / "bare.git"), str(share / place)).close()
    return _desk(share / "one"), _desk(share / "two")


def test_two_desks_share_a_draft_and_are_both_told(versioned: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    first, second = _two_desks(versioned, tmp_path_factory.mktemp("share"))
    name, version, sent = _opened(first, "甲")
    assert first.act(name, "save", version, sent, ROLE).said == "saved"
    assert second.meet() == ""
    assert [row.title for row in second.entries() if row.state == "draft"] == ["甲"]
    # Both write on; whoever comes second is told, and nothing is lost.
    assert first.act(*_steps(first, "save", "乙"), ROLE).is_done
    late = second.act(*_steps(second, "save", "丙"), OTHER)
    assert (late.is_done, late.is_changed) == (False, True)
    assert second.drafts.open(name).has_parted
    _, _, mine = _opened(second, "丙")
    assert second.settle(name, mine, OTHER, ours=False).said == "resolved"
    assert second.open(name).title == "乙"
    assert second.act(*_steps(second, "save", "丁"), OTHER).said == "saved"
    first.meet()
    assert first.open(name).title == "丁"
    read = first.repository.read
    assert any("title: 丙" in read(version.commit, name.path).decode() for version in first.versions(name))


def _steps(desk: Desk, action: str, title: str) -> tuple:
    name, version, sent = _opened(desk, title)
    return name, action, version, sent


def test_without_the_share_a_save_stays_here_and_goes_with_the_next(
    versioned: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    share = tmp_path_factory.mktemp("share")
    porcelain.clone(str(versioned), str(share / "bare.git"), bare=True).close()
    porcelain.clone(str(share / "bare.git"), str(share / "one")).close()
    desk = _desk(share / "one")
    (share / "bare.git").rename(share / "gone.git")
    assert desk.meet()
    assert desk.act(*_steps(desk, "save", "甲"), ROLE).said == "not-pushed"
    (share / "gone.git").rename(share / "bare.git")
    assert desk.meet() == ""
    assert desk.act(*_steps(desk, "save", "乙"), ROLE).said == "saved"
    assert porcelain.branch_list(str(share / "bare.git")) == [b"draft/events/sample-training", b"master"]


def test_a_project_without_versions_is_told(project: Path) -> None:
    with pytest.raises(UsageError, match="no-versions-kept"):
        Desk(Project(project), "jiangbei")
    porcelain.init(str(project))
    with pytest.raises(UsageError, match="empty-repository"):
        Desk(Project(project), "jiangbei")


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("[core\n", "git-not-read"),
        ("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n", "git-not-read"),
    ],
)
def test_a_repository_that_cannot_be_read_is_told(project: Path, settings: str, code: str) -> None:
    porcelain.init(str(project)).close()
    (project / ".git" / "config").write_text(settings, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        Desk(Project(project), "jiangbei")
    assert told.value.problem.code == code


def test_a_folder_on_no_branch_is_told_where_none_has_a_known_name(project: Path) -> None:
    with porcelain.init(str(project)) as repository:
        commit = porcelain.commit(repository, message=b"x", author=b"x <x>", committer=b"x <x>")
        (project / ".git" / "HEAD").write_bytes(commit + b"\n")
        for branch in ("main", "master"):
            repository.refs.remove_if_equals(Ref(f"refs/heads/{branch}".encode()), None)
    with pytest.raises(UsageError) as told:
        Desk(Project(project), "jiangbei")
    assert told.value.problem.code == "no-branch"


@pytest.mark.parametrize("url", ["", "\turl =\n"])
def test_a_remote_without_an_address_is_none(versioned: Path, url: str) -> None:
    with (versioned / ".git" / "config").open("a", encoding="utf-8") as settings:
        settings.write(f'[remote "origin"]\n\tprune = true\n{url}')
    desk = _desk(versioned)
    assert not desk.repository.has_remote
    assert desk.meet() == ""
    assert desk.act(*_steps(desk, "save", "甲"), ROLE).said == "saved"


def test_a_broken_index_lets_nothing_be_published(versioned: Path) -> None:
    desk = _desk(versioned)
    (versioned / ".git" / "index").write_bytes(b"DIRC broken")
    before = desk.repository.head(desk.repository.main)
    with pytest.raises(BusyError) as told:
        desk.repository.publish({"content/jiangbei/new.txt": b"new"}, "x", "x <x>")
    assert told.value.problem.code == "git-index-broken"
    assert desk.repository.head(desk.repository.main) == before


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nonsense", "bad-address"),
        ("127.0.0.1:99999", "bad-address"),
        ("127.0.0.999:8010", "bad-address"),
        ("127.0.0.1:{port}", "port-taken"),
        ("localhost:{port}", "port-taken"),
        ("0.0.0.0:{port}", "not-loopback"),
        ("192.168.1.2:{port}", "not-loopback"),
        ("[::]:{port}", "not-loopback"),
    ],
)
def test_an_address_that_cannot_be_served_is_told(versioned: Path, address: str, code: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match=code):
        serve_desk(Project(versioned), "jiangbei", address.format(port=taken.getsockname()[1]), opens=False)


def test_a_region_that_is_not_on_the_main_branch_has_no_page(versioned: Path) -> None:
    shutil.copytree(versioned / "content/guanxian", versioned / "content/second")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        for region, code in (("second", "region-not-committed"), ("third", "no-region"), ("guanxian", "port-taken")):
            with pytest.raises(UsageError, match=code):
                serve_desk(Project(versioned), region, address, opens=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_a_page_can_be_opened_again_at_once(host: str) -> None:
    with bound(host, 0, host) as listening:
        port = listening.getsockname()[1]
        with socket.create_connection((host, port)) as browser:
            listening.accept()[0].close()  # the side that closes first keeps its port for a while
            assert browser.recv(1) == b""
    bound(host, port, host).close()


def test_a_name_must_be_one_and_free(versioned: Path) -> None:
    desk = _desk(versioned)
    for slug, code in (
        ("Bad", "bad-name"),
        ("../x", "bad-name"),
        ("con", "bad-name"),
        ("a" * 101, "bad-name"),
        ("index", "bad-name"),
        ("sample-training", "name-taken"),
    ):
        with pytest.raises(RefusedError, match=code):
            desk.begin("events", slug, "甲")
    with pytest.raises(RefusedError, match="bad-name"):
        desk.begin("no-collection", "x", "甲")
    assert desk.begin("cases", "new-case", "甲").folder == "shared"
    own = desk.begin("questions", "new-question", "江北区的联络点在哪里？", is_own=True)
    assert (own.folder, desk.find("questions", "new-question")) == ("jiangbei", own)
    assert "region-named" not in {told.code for told in desk.check(own).findings.own}
    for is_own in (True, False):
        with pytest.raises(RefusedError, match="name-taken"):
            desk.begin("questions", "new-question", "乙", is_own=is_own)


def test_what_was_written_into_the_folder_is_taken_up_as_a_draft(versioned: Path) -> None:
    desk = _desk(versioned)
    assert desk.uncommitted() == []
    file = write_stub(desk.project, "event", "from-command", "jiangbei", datetime.date(2026, 11, 27))
    text = file.read_text(encoding="utf-8").replace("正文。", "![会场平面图](site.png)")
    file.write_text(text, encoding="utf-8")
    (file.parent / "site.png").write_bytes(picture().read())
    assert [name.path for name in desk.uncommitted()] == ["content/jiangbei/events/from-command.md"]
    with pytest.raises(RefusedError, match="name-taken"):
        desk.begin("events", "from-command", "甲")
    name = desk.take_up("events", "from-command")
    assert (file.exists(), desk.uncommitted(), desk.find("events", "from-command")) == (False, [], name)
    draft = desk.drafts.open(name)
    assert (draft.text(name.path), sorted(draft.unsaved)) == (text, [name.path, f"{name.home}/site.png"])
    for step, role in (("submit", ROLE), ("review", OTHER), ("approve", Role("分管领导", "Leadership"))):
        values = {key: text for key, text in desk.open(name).values.items() if not key.endswith("raw")}
        values |= {"title": "培训通知", "summary": "一次培训。", "place.zh": "会议室", "place.en": "Room", "sample": ""}
        values |= {"source.name.zh": "培训方案", "source.name.en": "Plan", "source.url": "https://www.example.com/"}
        values = values if step == "submit" else {}
        answer = desk.act(name, step, desk.open(name).draft.version, values, role)
        assert answer.is_done, answer
    assert "培训通知" in file.read_text(encoding="utf-8")
    with pytest.raises(RefusedError, match="bad-name"):
        desk.take_up("events", "from-command")


@dataclass(frozen=True)
class _Read:
    files: dict[Path, bytes]
    remarks: tuple[Problem, ...]


def test_an_entry_is_begun_from_a_word_file_with_what_is_to_be_looked_at(versioned: Path) -> None:
    def importer(project: Project, region: str | None, file: Path, kind: str, slug: str, day: datetime.date) -> _Read:
        assert (region, kind, file.read_bytes()) == ("jiangbei", "event", b"word")
        folder = project.content / region / "events"
        text = f"---\ntitle: 文件里的标题\npublished: {day}\n---\n\n![图](x.png)\n"
        told = Problem("", 0, "blank", {}), Problem("", 6, "blank", {}), Problem("", 2, "blank", {})
        return _Read({folder / f"{slug}.md": text.encode(), folder / "x.png": b"png"}, told)

    desk = Desk(Project(versioned), "jiangbei", importer)
    name = desk.begin_from("events", "from-word", "", b"word")
    sheet = desk.open(name)
    assert (sheet.title, [line for line, _ in sheet.remarks]) == ("文件里的标题", [0, 1, 0])  # lines of the text alone
    assert _desk(versioned).open(name).remarks == sheet.remarks  # on the next day, too
    assert sorted(sheet.draft.unsaved) == ["content/jiangbei/events/from-word.md", "content/jiangbei/events/x.png"]
    assert desk.open(desk.begin_from("events", "other", "另写的标题", b"word")).title == "另写的标题"
    with pytest.raises(RefusedError, match="name-taken"):
        desk.begin_from("events", "from-word", "", b"word")


def test_only_what_can_be_published_is_attached(versioned: Path) -> None:
    desk = _desk(versioned)
    name = desk.find("events", "sample-training")
    for file in ("x.exe", "x.html", "x"):
        with pytest.raises(RefusedError, match="bad-file"):
            desk.attach(name, file, b"x")
    one, two = picture(colour="navy").read(), picture(colour="red").read()
    assert desk.attach(name, "C:\\图\\Site Plan.PNG", one).markdown == "![Site Plan](sample-training-site-plan.png)"
    assert desk.attach(name, "site-plan.png", two).markdown == "![site-plan](sample-training-site-plan-2.png)"
    assert desk.attach(name, "site-plan.png", two).markdown == "![site-plan](sample-training-site-plan-2.png)"
    with BytesIO() as jpeg:
        Image.new("RGB", (8, 8)).save(jpeg, "JPEG")
        assert desk.attach(name, "weixin.jfif", jpeg.getvalue()).file == "sample-training-weixin.jpg"
    with pytest.raises(ContentError) as renamed:
        desk.attach(name, "IMG_1.jpg", b"\0\0\0\x18ftypheic" + bytes(100))
    assert (renamed.value.problems[0].code, renamed.value.problems[0].values["found"]) == (
        "other-kind-of-picture",
        ".heic",
    )
    unread = desk.attach(name, "通知.pdf", b"%PDF-1.4\n")
    assert (unread.markdown, "通知.pdf" in unread.remark) == ("[通知](sample-training.pdf)", True)
    assert desk.attach(name, "sample-training-2.png", one).file == "sample-training-2.png"
    assert len(desk.attach(name, f"{'a' * 250}.png", one).file) < 100
    # Cameras and WeChat call every picture the same: that of another draft keeps a name of its own.
    other = desk.begin("events", "other-training", "另一场培训")
    assert desk.attach(other, "640.png", one).file != desk.attach(name, "640.png", two).file
    for file, content in (
        ("通知.pdf", b"PK\3\4"),
        ("x.png", b"no picture"),
        ("x.png", one[:60]),
        ("x.svg", b"<svg onload='1'/>"),
    ):
        with pytest.raises(ContentError) as error:
            desk.attach(name, file, content)
        assert error.value.problems[0].path == file


def test_a_file_taken_out_of_the_text_goes_with_the_next_save(versioned: Path) -> None:
    desk = _desk(versioned)
    name, version, sent = _opened(desk, "甲")
    attached = desk.attach(name, "图.png", picture().read())
    place, body = f"{name.home}/{attached.file}", sent["body"]
    shown = desk.keep(name, version, sent | {"body": f"{body}\n\n![会场平面图]({attached.file})"})
    assert desk.act(name, "save", shown.version, {}, ROLE).said == "saved"
    with_picture = desk.repository.head(name.branch)
    assert place in desk.drafts.open(name).saved
    # A file of git that is broken is the entry's own problem, and no longer one once the text does not name it.
    desk.drafts.keep(name, None, {place: b"no picture"})
    unsound = desk.check(name).findings.unsound
    assert [(told.code, told.field, told.text.startswith(attached.file)) for told in unsound] == [
        ("damaged-file", "body", True)
    ]
    assert desk.act(name, "submit", shown.version, {}, ROLE).said == "has-problems"
    without = desk.keep(name, shown.version, sent)
    assert (without.findings.unsound, without.findings.elsewhere) == ((), ())
    assert desk.act(name, "submit", without.version, {}, ROLE).said == "submitted"
    assert place not in desk.drafts.open(name).changes
    desk.restore(name, with_picture)
    assert desk.drafts.open(name).unsaved[place].startswith(b"\x89PNG")


def test_what_was_typed_and_not_saved_is_a_version_once_another_is_restored(versioned: Path) -> None:
    desk = _desk(versioned)
    name, version, sent = _opened(desk, "甲")
    assert desk.act(name, "save", version, sent, ROLE).said == "saved"
    saved = desk.versions(name)[0].commit
    desk.keep(name, desk.open(name).draft.version, sent | {"title": "乙", "body": "写了一下午，还没有保存。"})
    attached = desk.attach(name, "图.png", picture().read())
    assert desk.restore(name, saved).said == "restored"
    assert desk.open(name).title == "甲"
    typed = next(row.commit for row in desk.versions(name) if "乙" in _title_in(desk, name, row.commit))
    assert desk.restore(name, typed).said == "restored"
    assert (desk.open(name).title, desk.open(name).values["body"]) == ("乙", "写了一下午，还没有保存。")
    assert desk.repository.read(typed, f"{name.home}/{attached.file}") is not None
    # What has been saved makes no further version.
    desk.act(name, "save", desk.open(name).draft.version, {}, ROLE)
    count = len(desk.versions(name))
    desk.restore(name, saved)
    assert len(desk.versions(name)) == count
    # One that changes the English side alone is a version, too.
    for more, title in enumerate((sent["en.title"], "Another"), 1):
        now = desk.open(name).draft.version
        assert desk.act(name, "save", now, sent | {"title": "甲", "en.title": title}, ROLE).said == "saved"
        assert len(desk.versions(name)) == count + more


def _title_in(desk: Desk, name: EntryName, commit: str) -> str:
    return (desk.repository.read(commit, name.path) or b"").decode().partition("\nsummary:")[0]


def test_fields_that_cannot_be_read_are_mended_as_text(versioned: Path) -> None:
    desk = _desk(versioned)
    name = desk.find("events", "sample-training")
    whole = desk.open(name).values["raw"]
    broken = whole.replace("summary: ", "summary： ")
    checked = desk.keep(name, desk.open(name).draft.version, {"raw": broken.replace("\n", "\r\n")})
    assert desk.open(name).raw == ("raw",)
    assert [told.code for told in checked.findings.own][:1] == ["full-width-colon"]
    checked = desk.keep(name, checked.version, {"raw": whole})
    assert desk.open(name).raw == ()
    assert not checked.is_kept


def test_an_entry_is_taken_down_with_its_reason_and_no_address_is_lost(versioned: Path) -> None:
    home = versioned / "docs/index.md"
    card = "needs:\n  - {title: 我要看提示, about: 一句, to: alerts/vietnam-2026-damages}\n"
    home.write_text(home.read_text(encoding="utf-8").replace("needs:\n", card), encoding="utf-8")
    porcelain.add(str(versioned), [str(home)])
    porcelain.commit(str(versioned), b"Card", author=b"A <a@localhost>", committer=b"A <a@localhost>")
    desk = _desk(versioned)
    name = desk.find("alerts", "vietnam-2026-damages")
    address = f"/alerts/{name.slug}/"
    version = desk.open(name).draft.version
    assert desk.take_down(name, version, "  ", ROLE).said == "no-reason"
    assert desk.take_down(name, "another", "内容有误", ROLE).is_changed
    assert desk.take_down(name, version, "内容有误，\n待核实{1}", ROLE).said == "taken-down-from-home"
    assert desk.find("alerts", name.slug) is None
    assert not (versioned / name.path).exists()
    for region in ("jiangbei", "guanxian"):
        listed = (versioned / "content" / region / "published-urls.txt").read_text(encoding="utf-8").splitlines()
        assert f"{address} # gone: 内容有误， 待核实{{1}}" in listed
    assert desk.repository.message(desk.repository.head(desk.repository.main)).endswith("》\n\n内容有误， 待核实{1}\n")
    assert [row for row in desk.entries() if row.problems] == []


def test_a_draft_that_was_never_published_is_given_up_at_every_desk(
    versioned: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second = _two_desks(versioned, tmp_path_factory.mktemp("share"))
    name = first.begin("events", "mistyped", "写错文件名的活动")
    saved = first.act(name, "save", first.open(name).draft.version, {}, ROLE)
    assert (saved.said, second.meet()) == ("saved", "")
    assert [row.name.slug for row in second.entries() if row.state == "draft"] == ["mistyped"]
    first.keep(name, first.open(name).draft.version, {"body": "打了一半的话。"})
    version = first.open(name).draft.version
    assert first.discard(name, "another", ROLE).is_changed
    assert first.discard(name, version, ROLE).said == "discarded"
    for desk in (first, second):
        assert desk.meet() == ""
        assert [row for row in desk.entries() if row.name == name] == []
    with Repo(str(first.project.root)) as repository:
        (kept,) = (sha.decode() for ref, sha in repository.get_refs().items() if b"/put-away/" in ref)
    assert "打了一半的话。" in first.repository.read(kept, name.path).decode()
    # Its name is free, also for what nobody has saved yet, or sent.
    for title in ("又一次", "再一次"):
        assert second.begin("events", "mistyped", title) == name
        assert second.discard(name, second.open(name).draft.version, ROLE).said == "discarded"
    assert second.meet() == ""
    published = first.find("events", "sample-training")
    assert first.discard(published, first.open(published).draft.version, ROLE).said == "not-to-be-discarded"


def test_a_draft_that_was_never_published_is_given_another_name_at_every_desk(
    versioned: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    share = tmp_path_factory.mktemp("share")
    first, second = _two_desks(versioned, share)
    name = first.begin("events", "mistyped", "写错文件名的活动")
    text = first.attach(name, "合影.png", picture().read()).markdown
    first.act(name, "save", first.open(name).draft.version, {"body": text, "en.title": "An event"}, ROLE)
    assert second.meet() == ""
    first.keep(name, first.open(name).draft.version, {"body": f"{text}\n\n打了一半的话。"})
    before = first.open(name).draft
    assert first.rename(name, "another", "typed", ROLE).is_changed
    assert first.rename(name, before.version, "sample-training", ROLE).said == "name-taken"
    answer = first.rename(name, before.version, "typed", ROLE)
    assert (answer.said, answer.name.slug) == ("draft-renamed", "typed")
    assert second.meet() == ""
    for desk in (first, second):
        assert [row.name.slug for row in desk.entries() if row.state == "draft"] == ["typed"]
        after = desk.open(answer.name).draft
        assert (after.file, after.english, desk.drafts.state(after)) == (before.file, before.english, "draft")
        assert {path for path in after.changes if not path.endswith(".md")} == {
            path for path in before.changes if not path.endswith(".md")
        }
    submitted = first.drafts.save(answer.name, "提交", ROLE.author, "submitted")
    assert first.rename(answer.name, submitted.version, "again", ROLE).said == "draft-submitted"
    # Where the share is away, the page goes on under the new name all the same.
    name = first.begin("events", "second", "另一场活动")
    (share / "bare.git").rename(share / "away.git")
    answer = first.rename(name, first.open(name).draft.version, "third", ROLE)
    assert (answer.said, answer.name.slug) == ("not-pushed", "third")


def test_what_was_typed_into_is_neither_taken_down_nor_renamed(versioned: Path) -> None:
    desk = _desk(versioned)
    name = desk.find("alerts", "vietnam-2026-damages")
    desk.keep(name, desk.open(name).draft.version, {"title": "改了一半的标题"})
    version = desk.open(name).draft.version
    assert desk.take_down(name, version, "内容有误", ROLE).said == "not-published"
    assert desk.rename(name, version, "vietnam", ROLE).said == "not-published"
    assert desk.open(name).values["title"] == "改了一半的标题"
    # Saved, it is none of the published text either; once that has been restored and saved, it is.
    assert desk.act(name, "save", version, {}, ROLE).said == "saved"
    assert desk.take_down(name, version, "内容有误", ROLE).said == "not-published"
    desk.restore(name, desk.repository.head(desk.repository.main))
    version = desk.open(name).draft.version
    assert desk.act(name, "save", version, {}, ROLE).said == "saved"
    versions = len(desk.versions(name))
    assert (desk.act(name, "save", version, {}, ROLE).said, len(desk.versions(name))) == ("saved", versions)
    assert desk.open(name).state == "pending"
    assert desk.rename(name, version, "vietnam", ROLE).said == "renamed"


def test_what_others_refer_to_is_not_taken_down(versioned: Path) -> None:
    desk = _desk(versioned)
    name = desk.find("policies", "jbfbf-2023-65")
    answer = desk.take_down(name, desk.open(name).draft.version, "已失效", ROLE)
    assert (answer.said, answer.is_done) == ("still-referred-to", False)
    assert "jbfbf-2023-65" in answer.detail
    assert desk.find("policies", "jbfbf-2023-65") == name


def test_a_renamed_entry_keeps_its_old_address_and_all_that_leads_to_it(versioned: Path) -> None:
    desk = _desk(versioned)
    name = desk.find("policies", "jbfbf-2023-65")
    version = desk.open(name).draft.version
    assert desk.rename(name, version, "Plan", ROLE).said == "bad-name"
    assert desk.rename(name, version, "jbfbf-2023-65", ROLE).said == "name-taken"
    assert desk.rename(name, "another", "plan-2023", ROLE).is_changed
    # region.yml names this one as the region's plan, which no form changes.
    assert desk.rename(name, version, "plan-2023", ROLE).said == "still-referred-to"
    case = desk.find("cases", "vanillin-2021")
    answer = desk.rename(case, desk.open(case).draft.version, "vanillin", ROLE)
    assert (answer.said, answer.detail) == ("renamed", "")
    assert answer.name == desk.find("cases", "vanillin")
    moved = (versioned / answer.name.path).read_text(encoding="utf-8")
    assert "aliases:\n- vanillin-2021\n" in moved.replace("  - ", "- ")
    for region in ("jiangbei", "guanxian"):
        listed = (versioned / "content" / region / "published-urls.txt").read_text(encoding="utf-8").splitlines()
        assert listed.index("/cases/vanillin-2021/") < listed.index("/cases/vanillin/")
    assert [row for row in desk.entries() if row.problems] == []


def test_a_renamed_entry_can_have_its_first_name_again_and_be_taken_down(versioned: Path) -> None:
    desk = _desk(versioned)
    first, second = "vietnam-2026-damages", "vietnam-damages"
    name = desk.find("alerts", first)
    for slug, old in ((second, first), (first, second), (second, first)):
        answer = desk.rename(name, desk.open(name).draft.version, slug, ROLE)
        assert (answer.said, answer.detail) == ("renamed", "")
        name = answer.name
        assert desk.open(name).draft.file.data["aliases"] == [old]
        assert [row for row in desk.entries() if row.problems] == []
    answer = desk.take_down(name, desk.open(name).draft.version, "内容有误", ROLE)
    assert (answer.said, answer.detail) == ("taken-down", "")
    for region in ("jiangbei", "guanxian"):
        listed = (versioned / "content" / region / "published-urls.txt").read_text(encoding="utf-8").splitlines()
        assert {f"/alerts/{slug}/ # gone: 内容有误" for slug in (first, second)} < {*listed}
    assert [row for row in desk.entries() if row.problems] == []


def test_the_home_page_and_the_glossary_follow_a_renamed_entry(versioned: Path) -> None:
    desk = _desk(versioned)
    for collection, slug, files in (
        ("guides", "how-to-apply", ("docs/index.md", "docs/index.en.md")),
        ("regulations", "trade-secret-civil-provisions-2020", ("content/shared/glossary.yml",)),
    ):
        before = {file: (versioned / file).read_text(encoding="utf-8") for file in files}
        name = desk.find(collection, slug)
        answer = desk.rename(name, desk.open(name).draft.version, f"new-{slug}", ROLE)
        assert (answer.said, answer.detail) == ("renamed", "")
        for file, text in before.items():
            assert slug in text
            assert (versioned / file).read_text(encoding="utf-8") == text.replace(slug, f"new-{slug}")


def test_an_approval_puts_the_address_on_the_list(versioned: Path) -> None:
    desk = _desk(versioned)
    name = desk.find("events", "sample-training")
    copy = desk.drafts.open(name).text(name.path).replace("sample: true\n", "")
    new = desk.begin("events", "open-day", "", {name.path.replace("sample-training", "open-day"): copy.encode()})
    for action, role in (("submit", ROLE), ("review", OTHER), ("approve", OTHER)):
        sheet = desk.open(new)
        values = {key: text for key, text in sheet.values.items() if not key.endswith("raw")}
        assert desk.act(new, action, sheet.draft.version, values, role).is_done
    listed = (versioned / "content/jiangbei/published-urls.txt").read_text(encoding="utf-8").splitlines()
    assert "/events/open-day/" in listed
    assert "/events/sample-training/" not in listed


def _reviewed(desk: Desk) -> EntryName:
    """A changed alert that awaits its approval."""
    name = desk.find("alerts", "arbitration-law-2026")
    sheet = desk.open(name)
    sent = {key: text for key, text in sheet.values.items() if not key.endswith("raw")} | {"title": "改过的标题"}
    assert desk.act(name, "submit", sheet.draft.version, sent, ROLE).is_done
    assert desk.act(name, "review", desk.open(name).draft.version, {}, OTHER).is_done
    return name


def test_another_git_or_an_open_file_takes_back_nothing_that_is_published(
    versioned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = _desk(versioned)
    name = _reviewed(desk)
    main, version = desk.repository.head("master"), desk.open(name).draft.version
    for lock in ("index.lock", "refs/heads/master.lock"):
        (versioned / ".git" / lock).touch()
        with pytest.raises(BusyError) as told:
            desk.act(name, "approve", version, {}, CHIEF)
        assert told.value.problem.code == "git-busy"
        assert (desk.repository.head("master"), desk.open(name).state) == (main, "reviewed")
        (versioned / ".git" / lock).unlink()
    file, write = versioned / name.path, Path.write_bytes

    def locked(self: Path, data: bytes) -> int:
        if self == file:
            raise PermissionError(13, "The process cannot access the file")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", locked)
    assert desk.act(name, "approve", version, {}, CHIEF).said == "approved-apart"
    assert desk.repository.head("master") != main
    shown = porcelain.status(str(versioned), untracked_files="no")
    assert (shown.staged["modify"], shown.unstaged) == ([], [name.path.encode()])


def test_files_of_other_encodings_and_line_ends_are_edited_and_else_left_alone(versioned: Path) -> None:
    places = [
        versioned / f"content/jiangbei/questions/{slug}.md"
        for slug in ("instructor", "pass-mark", "two-year-statement")
    ]
    texts = [place.read_text(encoding="utf-8") for place in places]
    held = [texts[0].encode("utf-8-sig"), texts[1].replace("\n", "\r\n").encode(), texts[2].encode("gb18030")]
    for place, content in zip(places, held, strict=True):
        place.write_bytes(content)
    porcelain.add(str(versioned), [str(place) for place in places])
    porcelain.commit(str(versioned), b"Windows", author=b"A <a@localhost>", committer=b"A <a@localhost>")
    desk = _desk(versioned)
    for place, text, content in zip(places, texts, held, strict=True):
        name = desk.find("questions", place.stem)
        sheet = desk.open(name)
        assert sheet.raw == ()
        sent = {key: value for key, value in sheet.values.items() if not key.endswith("raw")}
        assert desk.sent_files(name, sent)[name.path] == content
        assert desk.sent_files(name, {"raw": text.replace("\n", "\r\n")})[name.path] == content
        changed = desk.sent_files(name, sent | {"title": "另一个问题？"})[name.path].decode()
        assert ("\r\n" in changed) == (b"\r\n" in content)
        rows = zip(changed.splitlines(), text.splitlines(), strict=True)
        assert [new for new, old in rows if new != old] == ["title: 另一个问题？"]
    name = desk.find("guides", "leak-response")
    published = desk.repository.files(desk.repository.head("master"), "content/jiangbei", "content/shared")
    files = {path: desk.repository.content(sha) for path, sha in published.items() if path.endswith(".md")}
    moved = moves.renamed(files, name, replace(name, slug="leak"))
    assert not {path.relative_to(versioned).as_posix() for path in places} & moved.keys()


def test_where_english_is_optional_a_role_needs_none(versioned: Path) -> None:
    region = versioned / "content/guanxian/region.yml"
    region.write_text(f"{region.read_text(encoding='utf-8')}\nenglish: optional\n", encoding="utf-8")
    written = sorted((versioned / "content/guanxian/questions").glob("*[!n].md"))[0]
    text = re.sub(r"role: {[^}]*}", "role: {zh: 法规科}", written.read_text(encoding="utf-8"))
    written.write_text(text, encoding="utf-8")
    porcelain.add(str(versioned), [str(region), str(written)])
    porcelain.commit(str(versioned), b"English is optional", author=b"A <a@localhost>", committer=b"A <a@localhost>")
    desk = Desk(Project(versioned), "guanxian")
    name = desk.find(
        "interpretations",
        sorted(row.name.slug for row in desk.entries() if row.name.collection == "interpretations")[0],
    )
    sheet = desk.open(name)
    values = {key: text for key, text in sheet.values.items() if not key.endswith("raw")} | {
        "title": "另一标题",
        "source.name.en": "",
    }
    assert Role("法规科", "") in desk.roles()
    assert desk.act(name, "submit", sheet.draft.version, values, Role("", "")).said == "no-role-in-chinese"
    answer = desk.act(name, "submit", sheet.draft.version, values, Role("业务科", ""))
    assert answer.said == "submitted"
    assert "  drafted:" in desk.open(name).draft.text(name.path)


def test_characters_that_nobody_sees_lose_no_field(versioned: Path) -> None:
    desk = _desk(versioned)
    name, version, sent = _opened(desk, "新\ufeff标\v题\f甲\b乙\ufffe丙\u2028丁\x00")
    checked = desk.keep(name, version, sent)
    assert sorted(checked.dropped) == ["U+0000", "U+0008", "U+000B", "U+000C", "U+2028", "U+FEFF", "U+FFFE"]
    sent |= {"summary": "新\v的\b摘\f要\x00", "place.zh": "新\ufffe地\u2028点", "en.title": "N\ufeffe\bw"}
    desk.keep(name, checked.version, sent)
    draft = desk.drafts.open(name)
    assert (draft.file.data["title"], draft.file.data["summary"]) == ("新标 题 甲乙丙 丁", "新 的摘 要")
    assert (draft.file.data["place"]["zh"], draft.english.data["title"]) == ("新地 点", "New")
    for number, sign in enumerate("\ufeff\v\f\b\ufffe\u2028\x00"):
        assert desk.open(desk.begin("events", f"pasted-{number}", f"标题{sign}")).title == "标题"


def test_a_number_of_too_many_digits_stays_and_is_told(versioned: Path) -> None:
    desk = _desk(versioned)
    name = desk.find("cases", "carbomer-2020")
    sheet = desk.open(name)
    sent = {key: text for key, text in sheet.values.items() if not key.endswith("raw")}
    sent |= {"amount.value": "9" * 20, "title": "新"}
    checked = desk.keep(name, sheet.draft.version, sent)
    assert desk.open(name).title == "新"
    assert "amount.value" in {told.field for told in checked.findings.own}


def test_english_may_be_begun_with_its_text_and_is_mended_as_text_too(versioned: Path) -> None:
    desk = _desk(versioned)
    name = desk.begin("events", "new-event", "新活动")
    sent = {key: text for key, text in desk.open(name).values.items() if not key.endswith("raw")}
    checked = desk.keep(name, desk.open(name).draft.version, sent | {"en.body": "Text first."})
    sheet = desk.open(name)
    assert (sheet.raw, sheet.values["en.body"], sheet.values["title"]) == ((), "Text first.", "新活动")
    assert "en.title" in {told.field for told in checked.findings.own}, checked.findings.own
    checked = desk.keep(name, checked.version, sent | {"en.body": "Text first.", "en.title": "New event"})
    assert desk.drafts.open(name).text(name.english) == "---\ntitle: New event\n---\n\nText first.\n"
    # What breaks the fields of that file alone is mended there; the other file is left alone.
    checked = desk.keep(name, checked.version, {"en.raw": "---\ntitle: A: b\n---\n\nText.\n"})
    assert desk.open(name).raw == ("en.raw",)
    assert "en.raw" in {told.field for told in checked.findings.own}
    desk.keep(name, checked.version, {"en.raw": "---\ntitle: 'A: b'\n---\n\nText.\n"})
    assert (desk.open(name).raw, desk.open(name).values["en.title"], desk.open(name).title) == ((), "A: b", "新活动")


def test_what_two_desks_publish_at_once_becomes_one(versioned: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    share = tmp_path_factory.mktemp("share")
    first, second = _two_desks(versioned, share)
    listed = f"content/jiangbei/{published.FILE}"
    for desk, address in ((first, "/alerts/a/"), (second, "/alerts/b/")):
        text = desk.repository.read(desk.repository.head("master"), listed).decode()
        changes = {f"content/jiangbei/events/{address[-2]}.md": b"x\n", listed: f"{text}{address}\n".encode()}
        assert desk.repository.publish(changes, "发布", ROLE.author)
    assert (first.meet(), second.meet(), first.meet()) == ("", "", "")
    for desk, place in ((first, "one"), (second, "two")):
        assert desk.repository.head("master") == desk.repository.remote_head("master")
        assert all((share / place / f"content/jiangbei/events/{slug}.md").exists() for slug in "ab")
        assert {"/alerts/a/", "/alerts/b/"} <= {*(share / place / listed).read_text(encoding="utf-8").splitlines()}
        assert not any(porcelain.status(str(share / place), untracked_files="no").staged.values())
    # Of one text in two forms nothing is lost or chosen: a person is told.
    for desk, words in ((first, b"1\n"), (second, b"2\n")):
        desk.repository.publish({"content/jiangbei/events/a.md": words}, "发布", ROLE.author)
    assert first.meet() == ""
    head = second.repository.head("master")
    assert "git pull" in second.meet()
    assert second.repository.head("master") == head
