"""What IBM's Equal Access engine, which knows other rules than axe, finds on pages of each kind."""

from typing import Any

import pytest
from playwright.sync_api import expect

from conftest import ROOT, Server

ENGINE = (ROOT / "node_modules" / "accessibility-checker-engine" / "ace.js").read_text(encoding="utf-8")
LEFT_OUT = [
    "element_tabbable_unobscured",  # these three never say more than "look yourself", and are tested by the keyboard
    "element_tabbable_visible",
    "style_focus_visible",
    "text_contrast_sufficient",  # axe's, at the higher level
    "text_spacing_valid",  # no style of ours spaces text out
]
"""Rules that take four fifths of the time and have nothing to add."""
RUN = """async (leftOut) => {
  const checker = new ace.Checker();
  const sets = ["IBM_Accessibility", "WCAG_2_2"];
  for (const set of sets) checker.rulesetRules[set] = checker.rulesetRules[set].filter((rule) => !leftOut.includes(rule));
  const { results } = await checker.check(document, sets);
  const broken = results.filter(({ value }) => value.join() === "VIOLATION,FAIL");
  return [results.length, broken.map(({ ruleId, message, path, snippet }) => [ruleId, message, path.dom, snippet])];
}"""
KINDS = [
    "",
    "assessment/",
    "policies/",
    "policies/jbfbf-2023-65/",
    "interpretations/jbfbf-2023-65-questions/",
    "regulations/anti-unfair-competition-law-2025/",
    "cases/carbomer-2020/",
    "countries/korea/",
    "templates/leak-emergency-plan/",
    "newsletter/",
    "newsletter/issue-4/",
    "events/sample-training/",
    "progress/",
    "tasks/",
    "search/?q=联络点",
    "leaving/",
]


@pytest.mark.parametrize("language", ["", "en/"])
def test_equal_access_finds_no_violation(new_context: Any, server: Server, language: str) -> None:
    page = new_context(bypass_csp=True, reduced_motion="reduce", color_scheme="light").new_page()
    found = {}
    for kind in KINDS:
        page.goto(server.url + language + kind)
        if "search" in kind:
            expect(page.locator("[data-search-results] a").first).to_be_visible()
        page.evaluate(ENGINE)
        tried, violations = page.evaluate(RUN, LEFT_OUT)
        assert tried > 300, kind
        if violations:
            found[kind] = violations
    assert found == {}


def test_equal_access_would_find_some(new_context: Any, server: Server) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.goto(server.url + "404.html")
    page.locator("main p").first.evaluate("one => one.setAttribute('tabindex', '0')")
    page.evaluate(ENGINE)
    _, violations = page.evaluate(RUN, LEFT_OUT)
    assert {rule for rule, *_ in violations} == {"element_tabbable_role_valid"}
