"""Firefox and WebKit, too: Python scores as the core does, and every kind of page is laid out well. Each is skipped where it cannot be had."""

import contextlib
import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from conftest import ROOT, Server
from helpers.assessment import ENGINE_PATIENCE
from helpers.layout import FACTS
from helpers.page_kinds import ONE_OF_EACH
from scoring import parse_answers, score
from unit.scoring.scoring_data import exported, standard

WIDTHS = [360, 1280]
TICKED = ["1.1.1", "4.1.2", "7.1.1"]
OVERLAPS = r"""
const found = [];
for (const text of document.querySelectorAll(".step:not([hidden]) :is(h2, legend, [data-progress])")) {
  const range = document.createRange();
  let before = null;
  for (const node of [...text.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE)) {
    for (let at = 0; at < node.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      const pair = (before?.character ?? "") + node.data[at];
      const isOver = before && box.width && Math.abs(box.top - before.top) < 2 && box.left < before.right - 0.5;
      if (isOver && /[\d（）]/.test(pair)) found.push(pair);
      before = { top: box.top, right: box.right, character: node.data[at] };
    }
  }
}
return found;
"""
"""Neighbours in the heads of the form, a digit or a bracket among them, of which one begins before the other ends."""
TICK = "arguments[0].forEach(id => document.querySelector(`[data-item='${id}']`).click())"
SCORED = 'form[data-engine="ready"] [data-score="total"][data-score-by="python"]'


@pytest.fixture(name="total", scope="module")
def _total() -> object:
    """What the core gives for the items ticked."""
    of = standard("chongqing-2023")
    return score(of, parse_answers(json.dumps(exported(of.id, TICKED)), of)).to_data()["total"]


def test_firefox_scores(server: Server, total: object) -> None:
    firefox = _path_of("firefox-esr", "firefox-esr", "firefox")
    command = ["node", "tests/browser/firefox.mjs", firefox, server.url + "assessment/", SCORED, *TICKED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert (seen["total"], seen["messages"]) == (total, [])
    assert server.url + "assessment/" in seen["requests"]
    assert any(url.endswith("/python-snapshot.zip") for url in seen["requests"])  # what the worker asks for is seen
    assert [url for url in seen["requests"] if not url.startswith((server.url, "data:", "blob:"))] == []


@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")  # Selenium's own
def test_webkit_scores(server: Server, total: object) -> None:
    with _proxy() as (proxy, asked), _screen() as display, _webkit(display, proxy) as browser:
        browser.get(server.url + "assessment/")
        wait = WebDriverWait(browser, ENGINE_PATIENCE / 1000)
        wait.until(lambda _: browser.find_element(By.CSS_SELECTOR, ".score").is_displayed())
        assert browser.find_element(By.CSS_SELECTOR, ".step h2").text.endswith("（15分）")
        assert browser.execute_script(OVERLAPS) == []
        # By script: this driver clicks where an item was, not where a page that is still moving has brought it.
        browser.execute_script(TICK, TICKED)
        shown = wait.until(lambda _: browser.find_element(By.CSS_SELECTOR, SCORED))
        assert shown.text == total
        assert asked == []
        browser.get("http://elsewhere.example/")
        assert "http://elsewhere.example/" in asked  # the proxy would have seen it


def test_firefox_lays_out_every_kind_of_page(server: Server) -> None:
    looked_at = {"addresses": [server.url + kind for kind in ONE_OF_EACH], "widths": WIDTHS, "facts": FACTS}
    command = ["node", "tests/browser/firefox_layout.mjs", _path_of("firefox-esr", "firefox-esr", "firefox")]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(looked_at), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {}


@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")  # Selenium's own
def test_webkit_lays_out_every_kind_of_page(server: Server) -> None:
    found = {}
    with _proxy() as (proxy, _), _screen() as display, _webkit(display, proxy) as browser:
        browser.set_window_size(max(WIDTHS) + 40, 1000)
        for width in WIDTHS:
            for kind in ONE_OF_EACH:
                # In a frame: this browser's own window is never as narrow as a phone.
                browser.get(f'data:text/html,<iframe width={width} height=900 frameborder=0 src="{server.url}{kind}">')
                browser.switch_to.frame(0)
                loaded = WebDriverWait(browser, ENGINE_PATIENCE / 1000)
                loaded.until(lambda _: browser.execute_script("return document.readyState") == "complete")
                assert browser.execute_script("return innerWidth") == width
                for name, fact in FACTS.items():
                    if wrong := browser.execute_script(f"return ({fact})()"):
                        found[kind, width, name] = wrong
    assert found == {}


def _path_of(package: str, *programs: str) -> str:
    path = next(filter(None, map(shutil.which, programs)), None)
    if not path:
        pytest.skip(f"no {programs[0]} (Debian: apt install {package}, or run ./scripts/test as root)")
    return path


class _Proxy(http.server.BaseHTTPRequestHandler):
    """Sends nothing on and notes what it was asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(403)

    do_CONNECT = do_HEAD = do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def _proxy() -> Iterator[tuple[str, list[str]]]:
    """A proxy for all requests to other origins, and the list of them."""
    asked: list[str] = []
    handler = type("_NotingProxy", (_Proxy,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    """A screen in memory, which WebKit does not open without: its display's name."""
    command = [
        _path_of("xvfb", "Xvfb"),
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1280x1024x24",
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        try:
            assert running.stdout
            yield f":{running.stdout.readline().strip()}"
        finally:
            running.terminate()


@contextlib.contextmanager
def _webkit(display: str, proxy: str) -> Iterator[webdriver.WebKitGTK]:
    """WebKitGTK's own small browser, driven by WebDriver; without its sandbox, which root may not set up, and without a GPU."""
    driver = _path_of("webkit2gtk-driver", "WebKitWebDriver")
    environment = {
        **os.environ,
        "DISPLAY": display,
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
        "LIBGL_ALWAYS_SOFTWARE": "1",
    }
    options = webdriver.WebKitGTKOptions()
    for argument in ("--automation", f"--proxy={proxy}", "--ignore-host=127.0.0.1"):
        options.add_argument(argument)
    browser = webdriver.WebKitGTK(options, webdriver.WebKitGTKService(driver, env=environment))
    try:
        yield browser
    finally:
        browser.quit()
