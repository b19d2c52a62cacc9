"""What the licences of others want: notices beside what is published, and a list of all parts that is current."""

import hashlib
import json
import re
import runpy

from scoring_bundler.runtime import VERSION, library_files, notices

from conftest import ROOT


def test_the_list_of_parts_is_that_of_the_lock_files() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "sbom.py"))["parts"]()
    assert (ROOT / "sbom.cdx.json").read_text(encoding="utf-8") == made, "run scripts/lock"
    listed = {part["purl"]: part["scope"] for part in json.loads(made)["components"]}
    assert listed[f"pkg:npm/pyodide@{VERSION}"] == "required"
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert pinned
    assert all(listed[f"pkg:pypi/{name}@{version}"] == "required" for name, version in pinned)


def test_the_engine_carries_licences_and_where_the_source_of_its_versions_lies() -> None:
    pyodide = ROOT / "node_modules" / "pyodide"
    python = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]["python"]
    files = notices(pyodide)
    assert set(files) == {"licences/NOTICE.txt", "licences/MPL-2.0.txt", "licences/PSF-2.0.txt"}
    notice = files["licences/NOTICE.txt"].decode()
    assert f"https://github.com/pyodide/pyodide/tree/{VERSION}" in notice
    assert f"https://github.com/python/cpython/tree/v{python}" in notice
    assert "{" not in notice
    digests = {hashlib.sha256(text).hexdigest() for text in files.values()}
    assert {
        "fab3dd6bdab226f1c08630b1dd917e11fcb4ec5e1e020e2c16f83a0a13863e85",  # the MPL 2.0 as Mozilla has it
        "b0e25a78cffb43f4d92de8b61ccfa1f1f98ecbc22330b54b5251e7b6ba010231",  # LICENSE of CPython 3.14
    } < digests


def test_the_library_for_word_files_carries_its_licence_and_is_listed() -> None:
    files = library_files(ROOT / "node_modules")
    assert set(files) == {"docx.js", "licences/docx.txt"}
    assert b"MIT" in files["licences/docx.txt"]
    assert not re.search(rb"^import |\beval\(|new Function", files["docx.js"], re.MULTILINE), (
        "one file, under our policy"
    )
