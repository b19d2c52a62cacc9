"""The content security policy in a real browser. That no page breaks it, the fixture `watch` says of every page; here, that it is in force."""

import pytest
from playwright.sync_api import Error, Page, expect

from conftest import Server, Watch
from helpers.assessment import open_assessment, tick, wait_for_python


@pytest.mark.parametrize("language", ["", "en/"])
def test_python_starts_within_the_policy(page: Page, server: Server, watch: Watch, language: str) -> None:
    open_assessment(page, server, language)
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
    page: Page, server: Server, path: str, attempt: str, directive: str
) -> None:
    page.goto(server.url + path)
    told = page.evaluate(
        f"""() => new Promise((resolve) => {{
          addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          try {{ {attempt}; }} catch {{ /* some are stopped with an error, some in silence */ }}
        }})"""
    )
    assert told == directive


def test_only_scripts_of_the_site_become_workers(page: Page, server: Server) -> None:
    page.goto(server.url + "assessment/")
    with pytest.raises(Error, match="is not of this site"):
        page.evaluate("() => { new Worker('https://elsewhere.example/worker.js') }")
