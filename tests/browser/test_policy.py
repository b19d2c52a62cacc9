"""The content security policy in a real browser. That no page breaks it, the fixture `watch` says of every page; here, that it is in force."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page, expect

from conftest import Server, Watch, copy_project
from helpers.assessment import open_assessment, tick, wait_for_python
from helpers.preview import Preview, free_address, open_preview


@pytest.fixture(name="preview", scope="module")
def _preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with open_preview(copy_project(tmp_path_factory.mktemp("preview")), free_address()) as running:
        yield running


@pytest.fixture(name="there", params=["server", "preview"])
def _there(request: pytest.FixtureRequest) -> Server:
    """The built site, and the preview of the same content."""
    if request.param == "preview":
        preview: Preview = request.getfixturevalue("preview")
        return Server(f"http://{preview.address}/", preview.project)
    server: Server = request.getfixturevalue("server")
    return server


@pytest.fixture(name="watching")
def _watching(page: Page, there: Server) -> Iterator[Watch]:
    watching = Watch(page, there.url)
    yield watching
    assert watching.faults == []


@pytest.mark.parametrize("language", ["", "en/"])
def test_python_starts_within_the_policy(page: Page, there: Server, watching: Watch, language: str) -> None:
    open_assessment(page, there, language)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "attempt", "directive"),
    [
        ("about/", "document.body.innerHTML = '<b>x</b>'", "require-trusted-types-for"),
        ("assessment/", "document.body.innerHTML = '<b>x</b>'", "require-trusted-types-for"),
        ("about/", "new Worker('assets/js/search.js')", "require-trusted-types-for"),
        ("assessment/", "trustedTypes.createPolicy('other', {})", "trusted-types"),
        ("about/", "fetch('https://elsewhere.example/')", "connect-src"),
        ("about/", "document.body.setAttribute('style', 'color: red')", "style-src-attr"),
    ],
)
def test_what_the_policy_forbids_is_stopped_and_told(
    page: Page, there: Server, path: str, attempt: str, directive: str
) -> None:
    page.goto(there.url + path)
    told = page.evaluate(
        f"""() => new Promise((resolve) => {{
          addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          try {{ {attempt}; }} catch {{ /* some are stopped with an error, some in silence */ }}
        }})"""
    )
    assert told == directive


def test_only_scripts_of_the_site_become_workers(page: Page, there: Server) -> None:
    page.goto(there.url + "assessment/")
    with pytest.raises(Error, match="is not of this site"):
        page.evaluate("() => { new Worker('https://elsewhere.example/worker.js') }")


def test_a_preview_follows_an_edit_within_the_policy(page: Page, preview: Preview) -> None:
    watching = Watch(page, f"http://{preview.address}/")
    with page.expect_request("**/livereload/*/*"):  # it is asking for news now
        page.goto(f"http://{preview.address}/policies/jbfbf-2023-65/")
    preview.edit("content/jiangbei/policies/jbfbf-2023-65.md", "title: ", "title: 新改的")
    expect(page.locator("h1")).to_contain_text("新改的", timeout=60_000)
    assert watching.faults == []
