"""What others have put into a folder: named where it is in the way, before anything is written; else left as it is."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from publicity.problems import BuildError, system_problem
from publicity.publish.folder import FolderPlace
from publicity.work.progress import Progress
from publish.conftest import NAME, put, release, tree


@pytest.fixture
def place(tmp_path: Path) -> FolderPlace:
    """With a release of two files."""
    place = FolderPlace(tmp_path / "symm", "symm")
    put(place, release(tmp_path / "first"))
    return place


@pytest.fixture
def own() -> Iterator[Path]:
    """A folder of a user who may not do all that root may."""
    is_root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp())  # `tmp_path` lies where nobody else may go
    if is_root:
        os.chown(folder, 12345, 12345)
        os.seteuid(12345)
    yield folder
    if is_root:
        os.seteuid(0)
    for path in (path for path in folder.rglob("*") if path.is_dir()):
        path.chmod(0o700)
    shutil.rmtree(folder)


def _file(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("theirs", encoding="utf-8")


def _link(path: Path) -> None:
    (path.parent.parent / "elsewhere").mkdir()
    path.symlink_to(path.parent.parent / "elsewhere", target_is_directory=True)


@pytest.mark.parametrize(
    ("lay", "path", "named"),
    [
        (lambda path: path.write_text("theirs", encoding="utf-8"), "more", "more"),
        (_file, "more/two.html/theirs.txt", "more/two.html/theirs.txt"),
        (lambda path: path.mkdir(parents=True), "more/two.html", "more/two.html/"),
        (_link, "more", "more"),
    ],
)
def test_a_file_where_a_folder_must_be_or_the_reverse_is_named(
    place: FolderPlace, tmp_path: Path, lay: Callable[[Path], None], path: str, named: str
) -> None:
    lay(place.folder / path)
    before = tree(place.folder)
    with pytest.raises(BuildError) as caught:
        put(place, release(tmp_path / "second", **{"more/two.html": "two"}))
    assert caught.value.problem.values["files"] == (named,)
    assert tree(place.folder) == before


def test_a_file_that_is_the_same_is_no_stranger(place: FolderPlace, tmp_path: Path) -> None:
    (place.folder / "two.html").write_text("two", encoding="utf-8")
    fresh = release(tmp_path / "second", **{"two.html": "two"})
    put(place, fresh)
    assert tree(place.folder) == tree(fresh)


def test_rolling_back_overwrites_nothing_of_others(place: FolderPlace, tmp_path: Path) -> None:
    put(place, release(tmp_path / "second", **{"two.html": "two"}))
    second = tree(place.folder)
    put(place, tmp_path / "first")
    theirs = place.folder / "two.html"
    theirs.write_text("theirs", encoding="utf-8")
    with pytest.raises(BuildError) as caught:
        place.roll_back(Progress())
    assert caught.value.problem.code == "strangers-in-the-way"
    assert theirs.read_text(encoding="utf-8") == "theirs"
    theirs.unlink()
    place.roll_back(Progress())
    assert tree(place.folder) == second


@pytest.mark.parametrize("lost", [None, b"?"])
def test_what_a_lost_manifest_listed_is_still_ours(place: FolderPlace, tmp_path: Path, lost: bytes | None) -> None:
    first = tree(place.folder)
    put(place, release(tmp_path / "second", **{"two.html": "two", "deep/three.html": "three", "deep/four.html": "4"}))
    seal = place.folder / NAME
    seal.unlink() if lost is None else seal.write_bytes(lost)
    (place.folder / "deep/four.html").write_text("theirs by now", encoding="utf-8")
    third = release(tmp_path / "third", **{"five/six.html": "6"})
    put(place, third)
    assert tree(place.folder) == tree(third) | {"deep/four.html": tree(place.folder)["deep/four.html"]}
    (place.folder / "deep/four.html").unlink()
    put(place, tmp_path / "first")
    seal.unlink()
    place.roll_back(Progress())
    assert tree(place.folder) == tree(third)
    seal.unlink()
    put(place, tmp_path / "first")
    assert tree(place.folder) == first


@pytest.mark.parametrize("lost", [None, b"?"])
def test_the_release_before_is_known_though_its_manifest_was_lost(
    place: FolderPlace, tmp_path: Path, lost: bytes | None
) -> None:
    second = release(tmp_path / "second", **{"two.html": "two"})
    put(place, second)
    seal = place.folder / NAME
    seal.unlink() if lost is None else seal.write_bytes(lost)
    assert [(one.is_shown, one.files) for one in place.kept()] == [(True, 3), (False, 2)]
    put(place, tmp_path / "first")
    assert [(one.is_shown, one.files) for one in place.kept()] == [(True, 2), (False, 3)]
    assert place.changed_in_kept(Progress()) == []
    place.roll_back(Progress())
    assert tree(place.folder) == tree(second)


@pytest.mark.skipif(os.name == "nt", reason="rights are those of Linux and macOS")
def test_folders_of_others_keep_their_rights_and_empty_ones_stay(place: FolderPlace, tmp_path: Path) -> None:
    rights = {"": 0o2750, "private": 0o700, "private/empty": 0o711, "pages/theirs": 0o770}
    for path in ("private/empty", "pages/theirs"):
        (place.folder / path).mkdir(parents=True)
    (place.folder / "private/x.txt").write_text("x", encoding="utf-8")
    for path, mode in rights.items():
        (place.folder / path).chmod(mode)
        if os.geteuid() == 0:
            os.chown(place.folder / path, 12345, 12345)
    owners = {path: (place.folder / path).stat().st_uid for path in rights}

    def assert_kept() -> None:
        assert {path: (place.folder / path).stat().st_mode & 0o7777 for path in rights} == rights
        assert {path: (place.folder / path).stat().st_uid for path in rights} == owners

    put(place, release(tmp_path / "second", **{"two.html": "two"}))
    assert_kept()
    place.roll_back(Progress())
    assert_kept()
    (place.folder / "private/empty").rmdir()
    rights.pop("private/empty")
    owners.pop("private/empty")
    place.roll_back(Progress())
    assert_kept()
    assert not (place.folder / "private/empty").exists()


def test_what_cannot_be_copied_is_told_and_nothing_is_left(place: FolderPlace, tmp_path: Path) -> None:
    fresh = release(tmp_path / "second")
    (fresh / "gone.html").symlink_to("nowhere")  # as a full disk does, it makes a list of faults
    with pytest.raises(shutil.Error) as caught:
        put(place, fresh)
    problem = system_problem(caught.value)
    assert (problem.path, problem.values["why"]) == (str(fresh / "gone.html"), "No such file or directory")
    assert not (tmp_path / ".symm-releases" / "making").exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights")
def test_folders_made_above_a_place_let_a_server_pass(tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        put(FolderPlace(tmp_path / "www/ztzl/symm", "symm"), release(tmp_path / "first"))
    finally:
        os.umask(mask)
    made = [tmp_path / "www", tmp_path / "www/ztzl", tmp_path / "www/ztzl/symm"]
    assert [folder.stat().st_mode & 0o777 for folder in made] == [0o755] * 3
    assert (tmp_path / "www/ztzl/.symm-releases").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights")
def test_a_folder_of_others_that_cannot_be_read_is_not_emptied(own: Path) -> None:
    place = FolderPlace(own / "symm", "symm")
    put(place, release(own / "first"))
    theirs = place.folder / "private"
    theirs.mkdir()
    (theirs / "x.txt").write_text("x", encoding="utf-8")
    theirs.chmod(0o000)
    with pytest.raises(PermissionError) as caught:
        put(place, release(own / "second", **{"two.html": "two"}))
    assert system_problem(caught.value).path == str(theirs)
    theirs.chmod(0o700)
    assert (theirs / "x.txt").read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights")
def test_what_others_forbid_to_delete_stops_no_publication(own: Path) -> None:
    place = FolderPlace(own / "symm", "symm")
    releases = [release(own / name, **{f"{name}.html": name}) for name in ("first", "second", "third")]
    put(place, releases[0])
    theirs = place.folder / "theirs"
    theirs.mkdir()
    (theirs / "x.txt").write_text("x", encoding="utf-8")
    theirs.chmod(0o555)
    for fresh in (releases[1], releases[2], releases[0]):
        put(place, fresh)
        assert tree(place.folder) == tree(fresh) | {"theirs/x.txt": tree(theirs)["x.txt"]}
    for fresh in (releases[2], releases[0]):
        place.roll_back(Progress())
        assert tree(place.folder) == tree(fresh) | {"theirs/x.txt": tree(theirs)["x.txt"]}
