"""Drafts are branches over what is published; nobody writes over what he has not seen."""

import contextlib
import datetime
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dulwich import porcelain
from dulwich.repo import Repo

from helpers.repositories import crafted
from publicity.edit.drafts import Drafts, EntryName, RefusedError
from publicity.edit.git.repository import ChangedMeanwhileError, Repository
from publicity.edit.review import Role, approve, approved, review, submit, withdraw
from publicity.project import Project

NAME = ("events", "sample-training")
WRITER, REVIEWER, CHIEF = Role("业务科", "Section"), Role("法规科", "Legal section"), Role("分管领导", "Leadership")
DAY = datetime.date(2026, 11, 26)


def _typed(drafts: Drafts, words: str = "补充一句。\n"):
    draft = drafts.open(drafts.name_of(*NAME))
    file = draft.file.with_body(draft.file.body + words)
    return drafts.keep(draft.name, draft.version, {draft.name.path: file.text.encode()})


def test_what_is_typed_stays_without_a_commit_and_a_save_is_one(drafts: Drafts, versioned: Path) -> None:
    typed = _typed(drafts)
    assert drafts.state(typed) == "draft"
    assert typed.head is None
    assert drafts.open(typed.name).text(typed.name.path).endswith("补充一句。\n")
    saved = drafts.save(typed.name, "修改《培训》", WRITER.author)
    commit = Repo(str(versioned))[saved.head.encode()]
    assert (saved.name.branch, saved.unsaved) == ("draft/events/sample-training", {})
    assert commit.author.decode() == "业务科 <editor@localhost>"
    assert commit.message.decode().startswith("修改《培训》\n")
    assert commit.parents == [Repo(str(versioned)).refs[b"refs/heads/master"]]
    assert list(saved.saved) == [saved.name.path]


def test_a_program_that_ends_in_between_loses_nothing_that_was_typed(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = _typed(drafts, "一。\n").name
    for step in range(5):
        old = drafts.open(name).text(name.path)
        steps = itertools.count()

        def cut_short(real: Callable, steps: Iterator[int] = steps, step: int = step) -> Callable:
            def run(*arguments: object, **options: object) -> object:
                if next(steps) == step:
                    raise KeyboardInterrupt
                return real(*arguments, **options)

            return run

        with monkeypatch.context() as patched, contextlib.suppress(KeyboardInterrupt):
            patched.setattr(Path, "rename", cut_short(Path.rename))
            patched.setattr(shutil, "rmtree", cut_short(shutil.rmtree))
            drafts.keep(name, None, {name.path: f"{old}二。\n".encode()})
        assert drafts.open(name).text(name.path) in (old, f"{old}二。\n"), step
        assert name in list(drafts.names())
        assert drafts.keep(name, None, {name.path: f"{old}三。\n".encode()}).text(name.path) == f"{old}三。\n"


def test_a_save_that_ended_before_its_last_step_is_no_conflict(drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = _typed(drafts)
    with monkeypatch.context() as patched:
        patched.setattr(Drafts, "_write_unsaved", lambda *_: None)
        drafts.save(typed.name, "修改", WRITER.author)
    draft = drafts.open(typed.name)
    assert (draft.unsaved, draft.is_in_conflict) == ({}, False)
    assert drafts.state(draft) == "draft"


def test_a_mirror_that_was_half_written_is_made_good(drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    name = _typed(drafts).name
    place = drafts.mirror(drafts.open(name)).root
    (place / "mirror.json").write_bytes(b"")  # as a full disk leaves it
    file = drafts.mirror(drafts.open(name)).root / name.path
    assert file.read_text(encoding="utf-8").endswith("补充一句。\n")
    typed = drafts.keep(
        name, None, {f"{name.home}/tu.svg": b"<svg/>", name.path: file.read_bytes() + "![图](tu.svg)".encode()}
    )

    def stopped(self: Path, content: bytes) -> int:
        if self.name == "tu.svg":
            write(self, b"<s")
            raise OSError(28, "No space left on device")
        return write(self, content)

    write = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", stopped)
    with pytest.raises(OSError, match="No space"):
        drafts.mirror(typed)
    monkeypatch.undo()
    drafts.keep(name, None, {f"{name.home}/tu.svg": None, name.path: None})
    assert not (drafts.mirror(drafts.open(name)).root / name.home / "tu.svg").exists()


def test_the_users_folder_is_left_alone_until_something_is_published(drafts: Drafts, versioned: Path) -> None:
    drafts.save(_typed(drafts).name, "修改", WRITER.author)
    status = porcelain.status(str(versioned))
    assert not any(status.staged.values())
    assert not status.unstaged
    assert Repo(str(versioned)).refs.follow(b"HEAD")[0][-1] == b"refs/heads/master"


_HOSTILE = (
    "/".join([".."] * 8) + "/.git/config",  # from a draft's mirror to what git runs
    "../../x.txt",
    "./x.txt",
    ".git/hooks",
    ".GIT/config",
    "git~1/config",
    ".git. /config",
    ".g\u200cit/config",
    "..\\x.txt",
    "x.txt:stream",
)


@pytest.mark.parametrize("published", [False, True])
def test_what_another_desk_sends_writes_nothing_outside_its_folder(
    drafts: Drafts, versioned: Path, published: bool
) -> None:
    draft = drafts.open(drafts.name_of(*NAME))
    before = (versioned / ".git" / "config").read_bytes()
    branch = drafts.repository.main if published else draft.name.branch
    files = {f"{draft.name.home}/{name}".encode(): b"hostile" for name in (*_HOSTILE, "deeper/x.txt")}
    crafted(versioned, branch, {**files, draft.name.path.encode(): draft.file.text.encode() + b"\n"})
    opened = drafts.open(draft.name)
    mirror = drafts.mirror(opened).root
    assert set(opened.changes) == (set() if published else {draft.name.path})
    assert (versioned / ".git" / "config").read_bytes() == before
    written = [path for path in versioned.rglob("*") if path.is_file() and path.read_bytes() == b"hostile"]
    assert written == ([mirror / draft.name.home / "deeper" / "x.txt"] if published else [])


def test_names_in_letters_of_another_kind_are_passed_over(drafts: Drafts, versioned: Path) -> None:
    name = drafts.name_of(*NAME)
    crafted(versioned, name.branch, {f"{name.home}/".encode() + "附件.txt".encode("gb18030"): b"x"})
    with Repo(str(versioned)) as repo:
        repo.refs["refs/heads/draft/events/培训".encode("gb18030")] = repo.head()
    again = Drafts(drafts.project, Repository(versioned), drafts.region)
    assert again.open(name).changes == {}
    assert name in list(again.names())


def test_what_is_published_is_not_written_through_a_link(drafts: Drafts, versioned: Path, tmp_path: Path) -> None:
    """Git itself laid the link; what comes after it must not go where it leads."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (versioned / "content" / "jiangbei" / "more").symlink_to(outside)
    (versioned / "content" / "jiangbei" / "one.md").symlink_to(outside / "one.md")
    for path in ("content/jiangbei/more/one.md", "content/jiangbei/one.md"):
        with pytest.raises(ChangedMeanwhileError) as told:
            drafts.repository.publish({path: b"x"}, "发布", WRITER.author)
        assert told.value.paths == (path,)
    assert list(outside.iterdir()) == []


def test_saving_without_a_change_makes_no_commit(drafts: Drafts) -> None:
    draft = drafts.open(drafts.name_of(*NAME))
    kept = drafts.keep(draft.name, draft.version, {draft.name.path: draft.file.text.encode()})
    assert drafts.save(kept.name, "无", WRITER.author).head is None


def test_two_editors_who_read_the_same_cannot_both_write(drafts: Drafts) -> None:
    read = drafts.open(drafts.name_of(*NAME))
    first = _typed(drafts)
    with pytest.raises(ChangedMeanwhileError):
        drafts.keep(read.name, read.version, {read.name.path: b"other"})
    assert drafts.open(read.name).unsaved == first.unsaved


@pytest.mark.parametrize("has_draft", [False, True])
def test_a_commit_of_git_in_between_is_seen_and_both_ways_on_lose_nothing(
    drafts: Drafts, versioned: Path, has_draft: bool
) -> None:
    if has_draft:
        drafts.save(_typed(drafts, "甲。\n").name, "甲", WRITER.author)
    mine = _typed(drafts, "乙。\n")
    name, repository = mine.name, Repository(versioned)
    branch = name.branch if has_draft else repository.main
    theirs = mine.text(name.path).replace("乙。", "丙。").encode()
    repository.commit(branch, {name.path: theirs}, "git", WRITER.author, (repository.head(branch),))
    moved = drafts.open(name)
    assert moved.has_moved
    for step in (lambda: drafts.save(name, "乙", WRITER.author), lambda: drafts.keep(name, moved.version, {})):
        with pytest.raises(ChangedMeanwhileError):
            step()
    taken = drafts.take_theirs(name, WRITER.author)
    assert taken.text(name.path).encode() == theirs
    versions = [repository.read(version.commit, name.path) for version in repository.versions(taken.head, name.path)]
    assert any("乙。" in (text or b"").decode() for text in versions)


def test_going_on_with_ones_own_leaves_the_other_in_the_history(drafts: Drafts, versioned: Path) -> None:
    drafts.save(_typed(drafts, "甲。\n").name, "甲", WRITER.author)
    mine = _typed(drafts, "乙。\n")
    repository = Repository(versioned)
    repository.commit(mine.name.branch, {mine.name.path: b"---\ntitle: x\n---\n"}, "git", WRITER.author, (mine.head,))
    saved = drafts.keep_ours(mine.name, WRITER.author)
    assert not saved.has_moved
    saved = drafts.save(mine.name, "乙", WRITER.author)
    assert saved.text(mine.name.path) == mine.text(mine.name.path)
    assert len(list(repository.versions(saved.head, mine.name.path))) == 4


def test_a_draft_is_reviewed_by_roles_and_becomes_one_commit(drafts: Drafts, versioned: Path) -> None:
    draft = drafts.save(_typed(drafts).name, "修改", WRITER.author)
    with pytest.raises(RefusedError, match="not-submitted"):
        review(drafts, draft, REVIEWER, DAY)
    draft = submit(drafts, draft, WRITER, DAY)
    with pytest.raises(RefusedError, match="not-reviewed"):
        approved(drafts, draft, CHIEF, DAY)
    draft = withdraw(drafts, draft, REVIEWER)
    assert drafts.state(draft) == "draft"
    draft = review(drafts, submit(drafts, draft, WRITER, DAY), REVIEWER, DAY)
    assert drafts.state(draft) == "reviewed"
    with pytest.raises(RefusedError, match="same-role"):
        approved(drafts, draft, WRITER, DAY)
    main = Repo(str(versioned)).refs[b"refs/heads/master"]
    assert approve(drafts, draft, approved(drafts, draft, CHIEF, DAY), {}, CHIEF)
    repo = Repo(str(versioned))
    commit = repo[repo.refs[b"refs/heads/master"]]
    assert commit.parents == [main]
    assert commit.author.decode() == CHIEF.author
    assert commit.message.decode().splitlines()[2:] == [
        "编写：业务科，2026-11-26", "审核：法规科，2026-11-26", "审批：分管领导，2026-11-26"
    ]  # fmt: skip
    assert b"refs/heads/draft/events/sample-training" not in repo.refs.allkeys()
    status = porcelain.status(str(versioned))
    assert not any(status.staged.values())
    assert not status.unstaged
    text = (versioned / draft.name.path).read_text(encoding="utf-8")
    assert "approved: {role: {zh: 分管领导, en: Leadership}, date: 2026-11-26}" in text
    assert "status: done" in text


def test_writing_on_after_a_review_ends_it(drafts: Drafts) -> None:
    draft = review(drafts, submit(drafts, _typed(drafts), WRITER, DAY), REVIEWER, DAY)
    typed = _typed(drafts, "又一句。\n")
    assert drafts.state(typed) == "draft"
    assert drafts.state(drafts.save(draft.name, "修改", WRITER.author)) == "draft"
    assert "reviewed" not in submit(drafts, drafts.open(draft.name), WRITER, DAY).file.data["review"]


def test_what_the_user_has_not_committed_is_never_written_over(drafts: Drafts, versioned: Path) -> None:
    draft = review(drafts, submit(drafts, _typed(drafts), WRITER, DAY), REVIEWER, DAY)
    file = versioned / draft.name.path
    file.write_text(file.read_text(encoding="utf-8") + "未提交。\n", encoding="utf-8")
    main = drafts.repository.head(drafts.repository.main)
    with pytest.raises(ChangedMeanwhileError) as told:
        approve(drafts, draft, approved(drafts, draft, CHIEF, DAY), {}, CHIEF)
    assert told.value.paths == (draft.name.path,)
    assert drafts.repository.head(drafts.repository.main) == main
    assert file.read_text(encoding="utf-8").endswith("未提交。\n")


def test_what_was_published_meanwhile_is_not_lost_by_an_approval(drafts: Drafts, versioned: Path) -> None:
    draft = review(drafts, submit(drafts, _typed(drafts), WRITER, DAY), REVIEWER, DAY)
    repository = Repository(versioned)
    other = draft.published[draft.name.path] + "别处的改动。\n".encode()
    repository.publish({draft.name.path: other}, "git", WRITER.author)
    draft = drafts.open(draft.name)
    assert draft.is_behind
    with pytest.raises(ChangedMeanwhileError):
        approve(drafts, draft, approved(drafts, draft, CHIEF, DAY), {}, CHIEF)
    assert not drafts.keep_ours(draft.name, WRITER.author).is_behind
    draft = review(drafts, submit(drafts, drafts.open(draft.name), WRITER, DAY), REVIEWER, DAY)
    assert approve(drafts, draft, approved(drafts, draft, CHIEF, DAY), {}, CHIEF)


def test_two_regions_do_not_share_the_branch_of_a_name(drafts: Drafts) -> None:
    drafts.save(_typed(drafts).name, "修改", WRITER.author)
    other = EntryName("guanxian", *NAME)
    with pytest.raises(RefusedError, match="other-region"):
        drafts.keep(other, None, {other.path: b"---\ntitle: x\n---\n"})


def test_a_draft_is_checked_in_a_project_of_its_own(drafts: Drafts, versioned: Path) -> None:
    typed = _typed(drafts)
    mirror = drafts.mirror(typed)
    assert mirror.root == versioned / "build/drafts/events/sample-training/project"
    assert (mirror.root / typed.name.path).read_bytes() == typed.unsaved[typed.name.path]
    assert (mirror.root / "content/jiangbei/region.yml").exists()
    drafts.keep(typed.name, typed.version, {typed.name.path: typed.published[typed.name.path]})
    assert (drafts.mirror(drafts.open(typed.name)).root / typed.name.path).read_bytes() == typed.published[
        typed.name.path
    ]


def test_desks_share_drafts_through_a_bare_repository(
    versioned: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    share = tmp_path_factory.mktemp("share")
    porcelain.clone(str(versioned), str(share / "bare.git"), bare=True).close()
    desks = []
    for name in ("one", "two"):
        porcelain.clone(str(share / "bare.git"), str(share / name)).close()
        desks.append(Drafts(Project(share / name), Repository(share / name), "jiangbei"))
    first, second = desks
    name = first.name_of(*NAME)
    first.save(_typed(first).name, "甲", WRITER.author)
    first.repository.push(name.branch)
    second.repository.fetch()
    assert second.repository.follow(name.branch)
    assert second.open(name).text(name.path) == first.open(name).text(name.path)
    # Both go on: the second to push is refused and told, and both versions are there.
    first.save(_typed(first, "乙。\n").name, "乙", WRITER.author)
    first.repository.push(name.branch)
    second.save(_typed(second, "丙。\n").name, "丙", REVIEWER.author)
    with pytest.raises(ChangedMeanwhileError):
        second.repository.push(name.branch)
    second.repository.fetch()
    assert not second.repository.follow(name.branch)
    parted = second.open(name)
    assert parted.text(name.path).endswith("丙。\n")
    assert parted.has_parted
    joined = second.keep_ours(name, REVIEWER.author)
    assert joined.text(name.path) == parted.text(name.path)
    second.repository.push(name.branch)
    first.repository.fetch()
    assert first.repository.follow(name.branch)
    assert first.open(name).text(name.path) == parted.text(name.path)
    # What the first desk publishes reaches the second one's own folder.
    draft = review(first, submit(first, first.open(name), WRITER, DAY), REVIEWER, DAY)
    assert approve(first, draft, approved(first, draft, CHIEF, DAY), {}, CHIEF)
    first.repository.push(first.repository.main)
    first.repository.push(name.branch)
    second.repository.fetch()
    assert second.repository.follow(second.repository.main)
    assert "分管领导" in (share / "two" / name.path).read_text(encoding="utf-8")
    assert second.repository.remote_head(name.branch) is None
    assert second.repository.head(name.branch) is None
