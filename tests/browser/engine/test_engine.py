"""The engine starts fast, survives what goes wrong, and says so."""

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route
from scoring_bundler import wasm
from scoring_bundler.rehearsal import requests_for

from browser.engine.engine_site import STANDARD, FaultyHandler, expected_answer, standard_json
from conftest import Server, Watch

Ask = Callable[[Page, dict[str, object]], Any]
SCORE: dict[str, object] = next(
    request
    for request in (json.loads(text) for _, text in requests_for({STANDARD: standard_json()}))
    if request["op"] == "score" and request["answers"]["answers"]
)
WORSE: dict[str, object] = {"op": "score", "answers": 5, "lang": "zh"}
# What only the ordinary way loads.
ORDINARY = {
    "pyodide.js",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "scoring.zip",
    "ordinary.js",
}


def start_and_ask(page: Page, ask: Ask, request: dict[str, object] = SCORE) -> tuple[Any, list[dict[str, Any]]]:
    """Start, ask at once, wait for the answer; with it, all that `onState` was told."""
    page.evaluate("engine.start()")
    answer = ask(page, request)
    return answer, page.evaluate("states")


def test_starts_from_the_snapshot_and_answers_like_cpython(
    open_page: Callable[[], Page], ask: Ask, engine_server: Server
) -> None:
    page = open_page()
    watch = Watch(page, engine_server.url)
    answer, states = start_and_ask(page, ask)
    assert answer == expected_answer(SCORE)
    assert states[-1] == {"state": "ready", "boot": "snapshot"}
    assert states[-2] | {"instead": ""} == states[-2]
    assert states[-2]["loaded"] == states[-2]["total"] > 0
    assert ask(page, WORSE) == expected_answer(WORSE)
    assert not ORDINARY & {*FaultyHandler.asked}
    assert watch.faults == []


def test_start_is_idempotent_and_stop_frees(open_page: Callable[[], Page], ask: Ask) -> None:
    page = open_page()
    page.evaluate("engine.start(); engine.start()")
    assert ask(page, SCORE) == expected_answer(SCORE)
    assert FaultyHandler.asked.count("python-snapshot.zip") == 1
    assert "python-snapshot.wasm" not in FaultyHandler.asked
    page.evaluate("engine.stop()")
    assert page.evaluate("states.at(-1)") == {"state": "idle"}
    assert ask(page, SCORE) == {"refused": "Error: The engine is not running"}
    assert start_and_ask(page, ask)[0] == expected_answer(SCORE)


@pytest.mark.parametrize("fault", ["missing", "damaged"])
def test_without_the_snapshot_python_starts_the_ordinary_way(
    open_page: Callable[[], Page], ask: Ask, fault: str
) -> None:
    FaultyHandler.fail_snapshot(fault)
    answer, states = start_and_ask(open_page(), ask)
    assert answer == expected_answer(SCORE)
    assert states[-1] == {"state": "ready", "boot": "ordinary"}
    assert "python-snapshot.wasm" in states[-2]["instead"]


@pytest.mark.parametrize("fault", ["missing", "damaged", "brotli", "old browser"])
def test_the_plain_snapshot_stands_behind_the_packed_one(
    open_page: Callable[[], Page], ask: Ask, tmp_path: Path, fault: str
) -> None:
    page = open_page()
    if fault == "brotli":
        FaultyHandler.faults["probe.wasm"] = "brotli"
    elif fault == "old browser":
        page.context.route("**/packed.js", _without_decompression)
        page.reload()
        page.locator("html[data-loaded]").wait_for(state="attached")
    else:
        FaultyHandler.faults["python-snapshot.zip"] = fault
    answer, states = start_and_ask(page, ask)
    assert answer == expected_answer(SCORE)
    assert states[-1] == {"state": "ready", "boot": "snapshot"}
    assert states[-2]["loaded"] == states[-2]["total"] > 0
    assert "python-snapshot.wasm" in FaultyHandler.asked
    assert ("python-snapshot.zip" in FaultyHandler.asked) is (fault in ("missing", "damaged"))


def _without_decompression(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=f"delete globalThis.DecompressionStream;\n{answer.text()}")


@pytest.mark.parametrize("boot", ["snapshot", "ordinary"])
def test_wrong_mime_types_do_no_harm(open_page: Callable[[], Page], ask: Ask, boot: str) -> None:
    FaultyHandler.faults["*"] = "wrong types"
    if boot == "ordinary":
        FaultyHandler.fail_snapshot("missing")
    answer, states = start_and_ask(open_page(), ask)
    assert answer == expected_answer(SCORE)
    assert states[-1] == {"state": "ready", "boot": boot}


def test_a_snapshot_that_breaks_at_work_is_replaced_and_the_question_answered(
    open_page: Callable[[], Page], ask: Ask, engine_folder: tuple[Path, str], tmp_path: Path
) -> None:
    whole = (engine_folder[0] / engine_folder[1] / "python-snapshot.wasm").read_bytes()
    module = wasm.read(whole)
    asked = [index - module.imports for kind, index in module.exports.values() if kind == wasm.FUNCTION]
    crippled = wasm.write(wasm.with_only(module, wasm.called_from(module, asked)))
    assert len(crippled) < len(whole)
    (tmp_path / "crippled.wasm").write_bytes(crippled)
    FaultyHandler.faults |= {"python-snapshot.zip": "missing", "python-snapshot.wasm": str(tmp_path / "crippled.wasm")}
    (tmp_path / "bundle.js").write_text(_description(engine_folder, crippled), encoding="utf-8")
    FaultyHandler.faults["bundle.js"] = str(tmp_path / "bundle.js")
    answer, states = start_and_ask(open_page(), ask)
    assert answer == expected_answer(SCORE)
    assert [state["boot"] for state in states if state["state"] == "ready"] == ["snapshot", "ordinary"]


def _description(engine_folder: tuple[Path, str], snapshot: bytes) -> str:
    text = (engine_folder[0] / engine_folder[1] / "engine" / "bundle.js").read_text(encoding="utf-8")
    start, end = text.index("{"), text.rindex("}") + 1
    described = json.loads(text[start:end])
    described["files"]["python-snapshot.wasm"] |= {"bytes": len(snapshot), "adler32": zlib.adler32(snapshot)}
    return text[:start] + json.dumps(described) + text[end:]


@pytest.mark.parametrize(
    ("file", "fault", "reason"),
    [
        ("pyodide.asm.wasm", "missing", "network"),
        ("pyodide.asm.wasm", "login page", "content"),
        ("python_stdlib.zip", "damaged", "content"),
        ("scoring.zip", "silent", "timeout"),
        ("pyodide.js", "login page", "network"),
        ("ordinary.js", "missing", "network"),
        (STANDARD, "login page", "content"),
        ("worker.js", "missing", "network"),
        ("download.js", "missing", "network"),
    ],
)
def test_when_nothing_works_the_reason_is_told_and_a_retry_works(
    open_page: Callable[[], Page], ask: Ask, file: str, fault: str, reason: str
) -> None:
    FaultyHandler.fail_snapshot("missing")
    FaultyHandler.faults[file] = fault
    page = open_page()
    answer, states = start_and_ask(page, ask)
    assert "refused" in answer
    assert states[-1]["state"] == "failed"
    assert states[-1]["reason"] == reason
    assert states[-1]["detail"]
    FaultyHandler.faults.clear()
    FaultyHandler.released.set()
    assert start_and_ask(page, ask)[0] == expected_answer(SCORE)


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ("window.Worker = class { terminate() {} };", "old"),
        (
            "WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError('invalid value type 0x6f'); } };",
            "old",
        ),
        ("window.Worker = class { constructor() { throw new DOMException('', 'SecurityError'); } };", "unsupported"),
    ],
    ids=["no module workers", "no references", "not allowed"],
)
def test_a_browser_in_which_python_cannot_run_is_told_apart(
    open_page: Callable[[], Page], ask: Ask, lacking: str, reason: str
) -> None:
    page = open_page()
    page.evaluate(f"() => {{ {lacking} }}")
    answer, states = start_and_ask(page, ask)
    assert "refused" in answer
    assert states[-1]["reason"] == reason
    assert not [asked for asked in FaultyHandler.asked if "snapshot" in asked]


def test_python_cannot_make_requests(open_page: Callable[[], Page], ask: Ask, engine_server: Server) -> None:
    FaultyHandler.fail_snapshot("missing")
    page = open_page()
    start_and_ask(page, ask)
    worker = page.workers[0]
    refused = worker.evaluate("url => fetch(url).catch(error => String(error))", engine_server.url + "style.css")
    assert "makes no requests" in refused
