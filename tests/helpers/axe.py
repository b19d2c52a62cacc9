"""axe-core, run on a page as it stands. The page's context bypasses the policy, or nothing could be injected."""

from typing import Any

from playwright.sync_api import Page

from conftest import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
OF_COLOURS = {"type": "rule", "values": [*CONTRAST, "link-in-text-block"]}
"""What axe finds in the dark beyond the light: the page is the same but for its colours."""
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """only => axe.run(document, { runOnly: only, resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, String(target), failureSummary])))"""


def violations(page: Page, only: dict[str, Any] | None = None) -> list[list[str]]:
    """Every violation on a page that has `AXE` in it: rule, element, what to mend. `only`: other rules than those of `TAGS`."""
    found: list[list[str]] = page.evaluate(_RUN, only or {"type": "tag", "values": TAGS})
    return found
