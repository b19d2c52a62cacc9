"""The bundle: what is in it, that it is the same every time, and what is said when it cannot be made."""

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_bundler import BundleError, wasm

import scoring
from browser.engine.engine_site import STANDARD, make_bundle, standard_json
from conftest import ROOT
from publicity.labels.sentences import problem_words
from publicity.problems import Problem

PYODIDE = ROOT / "node_modules" / "pyodide"


@contextlib.contextmanager
def said(words: str) -> Iterator[None]:
    """Expects that the engine cannot be made, for a reason that reads like this in Chinese."""
    with pytest.raises(BundleError) as raised:
        yield
    assert re.search(words, problem_words().text(Problem("", 0, raised.value.code, raised.value.values), "zh"))


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (make_bundle(tmp_path / name, cache=tmp_path / name / "cache") for name in ("one", "two"))
    assert first.name == second.name
    assert first.files == second.files


def test_the_snapshot_is_made_once(tmp_path: Path) -> None:
    make_bundle(tmp_path)
    assert make_bundle(tmp_path, node="no-such-node").name == make_bundle(tmp_path).name


def test_only_files_that_every_server_knows(tmp_path: Path) -> None:
    made = make_bundle(tmp_path)
    assert {Path(name).suffix for name in made.files} == {".js", ".wasm", ".json", ".zip", ".txt"}
    assert {file.relative_to(made.path).as_posix() for file in made.path.rglob("*.*")} == set(made.files)
    scripts = "".join(file.read_text(encoding="utf-8") for file in made.path.rglob("*.js"))
    assert "sourceMappingURL" not in scripts


def test_the_snapshot_holds_no_documentation_and_stays_small(tmp_path: Path) -> None:
    made = make_bundle(tmp_path)
    snapshot = (made.path / "python-snapshot.wasm").read_bytes()
    assert b"Return a copy of the string" not in snapshot  # str.upper, written in C
    assert (scoring.Engine.respond.__doc__ or "").splitlines()[0].encode() not in snapshot
    assert len(snapshot) < 7_500_000
    assert made.files["python-snapshot.zip"].size < 3_050_000
    # What a server sends at its tightest (11) takes half a minute to find out, and is a seventh less.
    assert len(brotli.compress(snapshot, quality=9)) < 2_600_000


def copy_pyodide(folder: Path, **changes: str | None) -> Path:
    """The npm package with files changed, or left out."""
    shutil.copytree(PYODIDE, folder, ignore=shutil.ignore_patterns(*changes))
    for name, text in changes.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"package.json": None}, r"缺少自评计算程序的文件 .*package\.json；"),
        ({"package.json": '{"version": "0.29.5"}'}, r"中的 Pyodide 是0\.29\.5版；应为314\.0\.7版；"),
        ({"pyodide.asm.wasm": None}, r"缺少自评计算程序的文件 .*pyodide\.asm\.wasm；"),
        ({"pyodide.asm.mjs": "export default 1"}, r"pyodide\.asm\.mjs 与预期不同：有0处“\"pyodide\.asm\.mjs\"”；"),
        ({"pyodide-lock.json": '{"info": {"abi_version": 1}}'}, r"pyodide-lock\.json 中 info\.abi_version 写的是“1”；"),
    ],
)
def test_another_pyodide_is_refused(tmp_path: Path, changes: dict[str, str | None], message: str) -> None:
    with said(message):
        make_bundle(tmp_path / "out", pyodide=copy_pyodide(tmp_path / "pyodide", **changes))


def test_a_missing_node_is_named(tmp_path: Path) -> None:
    with said("没有找到 no-such-node，.*要用 Node 20 或更高版本；"):
        make_bundle(tmp_path, node="no-such-node", cache=tmp_path)


def test_a_core_that_freezes_chance_is_refused(tmp_path: Path) -> None:
    core = tmp_path / "scoring"
    shutil.copytree(ROOT / "scoring_wasm" / "scoring", core)
    with (core / "__init__.py").open("a", encoding="utf-8") as module:
        module.write("\nimport random\n")
    with said("生成自评计算程序时 prepare.mjs 出错，.*提示“.*imports the module random, which a snapshot would freeze"):
        make_bundle(tmp_path, core=core, cache=tmp_path)


def test_a_snapshot_that_answers_otherwise_is_refused(tmp_path: Path) -> None:
    core = tmp_path / "scoring"
    shutil.copytree(ROOT / "scoring_wasm" / "scoring", core)
    with (core / "__init__.py").open("a", encoding="utf-8") as module:
        # The clock stands still only while the snapshot is made.
        module.write("import time\n_sound = Engine.respond\n")
        module.write("Engine.respond = lambda self, request: _sound(self, request) + str(time.time())\n")
    with said("自评计算程序的快照对“.*”（.*）答“"):
        make_bundle(tmp_path, core=core, cache=tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with said(r"有两个文件都叫 scoring\.zip；"):
        make_bundle(tmp_path, standards={STANDARD: standard_json().encode(), "scoring.zip": b"{}"})
    with said(r"自评计算程序中的文件名“a\.yml”不合格式；.*：\.js、\.json、\.wasm、\.zip$"):
        make_bundle(tmp_path, standards={STANDARD: standard_json().encode(), "a.yml": b"{}"})


def test_a_core_that_is_not_there_is_named(tmp_path: Path) -> None:
    with said(f"{tmp_path} 中没有计分程序；"):
        make_bundle(tmp_path / "out", core=tmp_path)


TINY = wasm.read(
    b"\0asm\1\0\0\0"
    + bytes([1, 4, 1, 0x60, 0, 0])  # a type: nothing in, nothing out
    + bytes([2, 7, 1, 1, 97, 1, 98, 0, 0])  # import a.b, a function
    + bytes([3, 3, 2, 0, 0])  # two functions of that type
    + bytes([5, 3, 1, 0, 1])  # a page of memory
    + bytes([6, 6, 1, 0x7F, 1, 0x41, 0, 0x0B])  # a variable
    + bytes([7, 9, 2, 1, 109, 2, 0, 1, 102, 0, 1])  # export the memory as m, the first function as f
    + bytes([10, 9, 2, 4, 0, 0x10, 2, 0x0B, 2, 0, 0x0B])  # the first calls the second
)


def test_a_module_taken_apart_and_put_together_is_the_same() -> None:
    again = wasm.read(wasm.write(TINY))
    assert again == TINY
    assert again.exports == {"m": (2, 0), "f": (wasm.FUNCTION, 1)}


def test_calls_are_followed_and_the_rest_is_cut() -> None:
    assert wasm.called_from(TINY, [0]) == {0, 1}
    assert wasm.called_from(TINY, [1]) == {1}
    cut = wasm.with_only(TINY, {1})
    assert cut.functions[1] == TINY.functions[1]
    assert len(cut.functions) == 2
    assert cut.functions[0] != TINY.functions[0]


def test_an_unknown_instruction_is_an_error() -> None:
    strange = wasm.Wasm(TINY.sections, 1, 0, TINY.exports, (b"\0\xff\x0b",))
    with pytest.raises(wasm.WasmError, match="the instruction 0xff"):
        wasm.called_from(strange, [0])


@given(st.lists(st.one_of(st.binary(max_size=9), st.integers(1, 200).map(bytes))).map(b"".join))
def test_the_data_of_a_module_are_its_memory(memory: bytes) -> None:
    made = wasm.read(wasm.write(wasm.with_memory(TINY, memory, ["m"], {"answer": 42})))
    assert set(made.exports) == {"m", "answer"}
    assert unpack(made.sections[11], len(memory)) == memory


def unpack(section: bytes, size: int) -> bytes:
    """The memory that a data section describes, read anew from the specification."""
    memory = bytearray(size)

    def number(at: int, *, signed: bool = False) -> tuple[int, int]:
        value = shift = 0
        while True:
            byte = section[at]
            value |= (byte & 127) << shift
            at, shift = at + 1, shift + 7
            if byte < 128:
                return (value - (1 << shift) if signed and byte & 64 else value), at

    count, at = number(0)
    for _ in range(count):
        assert section[at : at + 2] == b"\0\x41"
        start, at = number(at + 2, signed=True)
        assert section[at] == 0x0B
        length, at = number(at + 1)
        memory[start : start + length] = section[at : at + length]
        at += length
    assert at == len(section)
    return bytes(memory)
