"""The page over HTTP: what it holds sent back changes nothing, and who may ask."""

import datetime
import http.client
import json
import logging
import re
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from selectolax.lexbor import LexborHTMLParser

from conftest import ROOT, Shared
from helpers.repositories import copy_versioned_project
from publicity.edit.desk import Desk
from publicity.edit.git.repository import BusyError
from publicity.edit.page.app import make_app
from publicity.edit.page.server import bound
from publicity.labels.sentences import choose_language
from publicity.project import Project

TOKEN = "token-of-this-test"  # noqa: S105


class Asked:
    """A running page."""

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk = desk
        self.port = port

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> tuple[int, str, dict[str, str]]:
        """One request, with its headers as they are told."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())


@pytest.fixture(scope="module")
def page(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    choose_language("zh")
    desk = Desk(Project(copy_versioned_project(shared, tmp_path_factory.mktemp("page"))), "jiangbei")
    with bound("127.0.0.1", 0, "") as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(make_app(desk, TOKEN, "127.0.0.1", port), log_level="error"))
        running = threading.Thread(target=server.run, args=([listening],), daemon=True)
        running.start()
        yield Asked(desk, port)
        server.should_exit = True
        running.join()


def test_every_entry_opened_and_sent_back_keeps_every_byte(page: Asked) -> None:
    tried = 0
    for name in page.desk.drafts.names():
        status, text, _ = page.ask(f"/{TOKEN}/entry/{name.collection}/{name.slug}")
        assert status == 200, name
        draft = page.desk.drafts.open(name)
        for path, content in page.desk.sent_files(name, _as_a_browser_sends(text)).items():
            assert content == draft.published.get(path), path
            tried += 1
    assert tried > 150


_WRONG = {
    "events/sample-training": "embargo: 2026年12月31日\nexpires: 2027/11/27\npublished_time: 9点30分\npublished: 2026-13-01\n",
    "cases/carbomer-2020": 'source: {name: {zh: "甲\\n乙"}, checked: 去年}\nlessons: [people, 其他]\nsupports: {x: 一, y: [1.1]}\n',
    "cases/car-compressor-2025": "lessons: people\nkeywords: 甲、乙\narticles: [第一条]\nsources: [某报, {name: {zh: 报}}]\n",
}


@pytest.mark.parametrize("address", _WRONG)
def test_what_is_written_wrongly_stays_until_somebody_mends_it(page: Asked, address: str) -> None:
    name = page.desk.find(*address.split("/"))
    written = f"---\ntitle: 标题\n{_WRONG[address]}---\n\n正文\n".encode()
    page.desk.drafts.keep(name, None, {name.path: written})
    sent = _as_a_browser_sends(page.ask(f"/{TOKEN}/entry/{address}")[1])
    assert page.desk.sent_files(name, sent)[name.path] == written
    changed = page.desk.sent_files(name, sent | {"title": "新标题"})[name.path]
    assert changed == written.replace("标题".encode(), "新标题".encode())
    page.desk.drafts.keep(name, None, page.desk.drafts.open(name).published)


def _as_a_browser_sends(text: str) -> dict[str, str]:
    """The controls of a form with what stands in them; of a text area the first line end is not its own."""
    form = LexborHTMLParser(text).css_first("form")
    for template in form.css("template"):
        template.decompose()
    sent: dict[str, str] = {}
    for control in form.css("input, select, textarea"):
        name = control.attributes.get("name") or ""
        if not name or name.startswith("~"):
            continue
        if control.tag == "textarea":
            value = control.text().replace("\n", "\r\n")
        elif control.tag == "select":
            chosen = control.css_first("option[selected]") or control.css_first("option")
            value = chosen.attributes.get("value") or ""
        elif control.attributes.get("type") == "checkbox":
            if "checked" not in control.attributes:
                continue
            value = control.attributes["value"] or ""
        else:
            value = (control.attributes.get("value") or "").replace("\n", "")
            if control.attributes.get("type") in ("date", "time") and not _is_of_the_calendar(value):
                value = ""
        sent[name] = f"{sent[name]}\n{value}" if name in sent else value
    return sent


def _is_of_the_calendar(value: str) -> bool:
    try:
        return bool(
            re.fullmatch(r"[\d:-]+", value)
            and datetime.datetime.fromisoformat(f"2026-01-01T{value}" if ":" in value else value)
        )
    except ValueError:
        return False


def test_only_this_machines_own_page_may_ask(page: Asked) -> None:
    host, address = f"127.0.0.1:{page.port}", f"/{TOKEN}/entry/events/sample-training"
    status, _, headers = page.ask(address)
    assert status == 200
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert page.ask("/")[0] == 404
    assert page.ask("/another-token/")[0] == 404
    assert page.ask(address, Host="evil.example")[0] == 421
    for origin in ("https://evil.example", f"https://{host}", "http://[::", "null"):
        assert page.ask(address, Host=host, Origin=origin)[0] == 403, origin
    for headers in (
        {},
        {"Origin": "https://evil.example"},
        {"Origin": f"http://{host}", "Sec_Fetch_Site": "cross-site"},
    ):
        assert page.ask(f"{address}/act/save", "POST", Host=host, **headers)[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "entry/policies/../../../etc/passwd", "entry/..%2f..%2fetc/passwd", "entry/policies/%2e%2e%2fregion",
        "entry/assets/x", "preview/events/sample-training/..%2f..%2f..%2fmkdocs.yml", "static/../app.py", "static/..%2fapp.py",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_content(page: Asked, path: str) -> None:
    assert page.ask(f"/{TOKEN}/{path}")[0] in (404, 405)


def test_a_page_of_the_draft_is_the_real_one(page: Asked) -> None:
    address = f"/{TOKEN}/preview/events/sample-training/"
    status, text, headers = page.ask(f"{address}events/sample-training/")
    assert (status, "商业秘密保护培训（示例）" in text) == (200, True)
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    (sheet,) = re.findall(r"assets/[0-9a-f]+/site\.css", text)
    assert page.ask(address + sheet)[0] == 200
    assert page.ask(f"{address}en/events/sample-training/")[1].count("Sample meeting room")


def test_a_page_that_is_closed_while_it_sends_leaves_no_trace(page: Asked, caplog: pytest.LogCaptureFixture) -> None:
    logger, own = logging.getLogger("uvicorn.error"), f"http://127.0.0.1:{page.port}"
    logger.addHandler(caplog.handler)
    head = (
        f"POST /{TOKEN}/entry/events/sample-training/keep HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nOrigin: {own}\r\n"
    )
    sort = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", page.port)) as browser:
        browser.sendall(f"{head}{sort}title=x".encode())
    for _ in range(20):  # until the server has seen to it
        assert page.ask(f"/{TOKEN}/static/edit.css")[0] == 200
    logger.removeHandler(caplog.handler)
    assert caplog.records == []


def test_what_stops_the_program_is_told_in_words(page: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    host = f"127.0.0.1:{page.port}"
    sent = {"Host": host, "Origin": f"http://{host}", "Content_Type": "application/x-www-form-urlencoded"}
    for error, words in (
        (OSError(28, "磁盘满了"), "磁盘满了"),
        (KeyError("x"), "KeyError"),
        (BusyError("git-busy", file="x.lock"), "x.lock"),
    ):

        def fail(*_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(Desk, "keep", fail)
        monkeypatch.setattr(Desk, "entries", fail)
        status, text, headers = page.ask(f"/{TOKEN}/entry/events/sample-training/keep", "POST", "title=x", **sent)
        assert (status, headers["content-type"], words in json.loads(text)["said"]) == (503, "application/json", True)
        status, text, headers = page.ask(f"/{TOKEN}/", sec_fetch_dest="document")
        assert (status, headers["content-type"], words in text) == (503, "text/plain; charset=utf-8", True)
        assert headers["content-security-policy"]


def test_the_list_offers_to_take_up_what_is_not_committed(page: Asked) -> None:
    file = page.desk.project.content / "jiangbei/events/loose.md"
    file.write_text("---\ntitle: 甲\n---\n", encoding="utf-8")
    assert 'data-loose="events/loose"' in page.ask(f"/{TOKEN}/")[1]
    host = f"127.0.0.1:{page.port}"
    sent = {"Host": host, "Origin": f"http://{host}", "Content_Type": "application/x-www-form-urlencoded"}
    status, _, headers = page.ask(f"/{TOKEN}/take-up", "POST", "kind=events&slug=loose", **sent)
    assert (status, headers["location"]) == (303, f"/{TOKEN}/entry/events/loose")
    assert 'data-entry="events/loose"' in page.ask(f"/{TOKEN}/")[1]
    assert not file.exists()


def test_words_are_there_in_both_languages() -> None:
    from publicity.labels import read_words

    for part in read_words("edit").values():
        for name, texts in part.items():
            assert set(texts) == {"zh", "en"}, name
    used = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "scripts/publicity/edit").rglob("*.*")
        if path.suffix in (".html", ".js", ".py")
    )
    for name in read_words("edit")["words"]:
        assert f'"{name}"' in used or f".{name}" in used or name.startswith(("step-", "copy-")), name
