"""Files of a folder that was replaced are moved where the next one holds them again, and only while they are what they were."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from publicity.work.former import Former

TEXT = "商业秘密".encode()
DIGEST = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def before(tmp_path: Path) -> Path:
    (tmp_path / "before").mkdir()
    file = tmp_path / "before/page.html"
    file.write_bytes(TEXT)
    return file


def test_a_file_is_moved_once(before: Path, tmp_path: Path) -> None:
    former = Former(before.parent, {"page.html": DIGEST, "gone.html": "0" * 64})
    inode = before.stat().st_ino
    assert former.moved(DIGEST, tmp_path / "new.html")
    assert not before.exists()
    assert ((tmp_path / "new.html").stat().st_ino, (tmp_path / "new.html").read_bytes()) == (inode, TEXT)
    assert not former.moved(DIGEST, tmp_path / "second.html")
    assert not former.moved("0" * 64, tmp_path / "second.html")


def test_a_file_that_was_moved_is_as_one_that_is_written_now(before: Path, tmp_path: Path) -> None:
    before.chmod(0o600)
    os.utime(before, (0, 0))
    assert Former(before.parent, {"page.html": DIGEST}).moved(DIGEST, tmp_path / "new.html")
    (tmp_path / "now").touch()
    new, now = ((tmp_path / name).stat() for name in ("new.html", "now"))
    assert now.st_mtime - 60 < new.st_mtime <= now.st_mtime
    assert new.st_mode & 0o777 == 0o644


def test_what_is_not_there_is_written(before: Path, tmp_path: Path) -> None:
    former = Former(before.parent, {"page.html": DIGEST})
    assert former.place(tmp_path / "first", TEXT) == former.place(tmp_path / "second", TEXT) == DIGEST
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes() == TEXT


def _changed(file: Path) -> None:
    state = file.stat()
    file.write_bytes(bytes(len(TEXT)))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


def _linked(file: Path) -> None:
    file.rename(file.with_name("other"))
    file.symlink_to("other")


def _named_twice(file: Path) -> None:
    os.link(file, file.with_name("other"))


@pytest.mark.parametrize("touch", [_changed, _linked, _named_twice, Path.unlink])
def test_what_somebody_has_touched_is_not_taken(touch: Callable[[Path], None], before: Path, tmp_path: Path) -> None:
    touch(before)
    assert not Former(before.parent, {"page.html": DIGEST}).moved(DIGEST, tmp_path / "new.html")
    assert not (tmp_path / "new.html").exists()


@pytest.mark.parametrize("beside", [None, "event.ics"])
def test_a_folder_goes_with_the_file_that_is_alone_in_it(beside: str | None, tmp_path: Path) -> None:
    before = tmp_path / "before/events/x"
    before.mkdir(parents=True)
    (before / "index.html").write_bytes(TEXT)
    if beside:
        (before / beside).touch()
    inode = before.stat().st_ino
    assert Former(tmp_path / "before", {"events/x/index.html": DIGEST}).moved(
        DIGEST, tmp_path / "new/events/x/index.html"
    )
    assert [file.name for file in (tmp_path / "new/events/x").iterdir()] == ["index.html"]
    assert ((tmp_path / "new/events/x").stat().st_ino == inode) is (beside is None)


def test_a_folder_that_became_a_link_stays(before: Path, tmp_path: Path) -> None:
    (tmp_path / "before/x").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    before.rename(tmp_path / "elsewhere/page.html")
    Former(tmp_path / "before", {"x/page.html": DIGEST}).moved(DIGEST, tmp_path / "new/page.html")
    assert not (tmp_path / "new").is_symlink()


def test_a_folder_in_the_place_of_a_file_stays(before: Path, tmp_path: Path) -> None:
    before.unlink()
    before.mkdir()
    assert not Former(before.parent, {"page.html": DIGEST}).moved(DIGEST, tmp_path / "new.html")
