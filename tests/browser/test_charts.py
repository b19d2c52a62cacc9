"""Charts at every width and size of letters: no word runs into another or under a point, and none out of the drawing."""

import pytest
from playwright.sync_api import Page

from conftest import Server

COLLIDING = """() => {
  const drawing = document.querySelector(".amounts svg");
  const shown = (selector) => [...drawing.querySelectorAll(selector)].map((one) => [one, one.getBoundingClientRect()]).filter(([, { width }]) => width);
  const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4;
  const [words, points] = [shown("text"), shown("circle")];
  const bounds = drawing.closest("figure").getBoundingClientRect();
  return words.flatMap(([word, box], place) => [
    ...words.slice(place + 1).filter(([, other]) => meet(box, other)).map(([other]) => `${word.textContent} and ${other.textContent}`),
    ...points.filter(([, other]) => meet(box, other)).map(([other]) => `${word.textContent} and ${other.textContent}`),
    ...(box.left < bounds.left - 1 || box.right > bounds.right + 1 ? [`${word.textContent} leaves the drawing`] : []),
  ]);
}"""


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("elder", [False, True])
def test_no_word_of_the_amounts_runs_into_another(page: Page, server: Server, language: str, elder: bool) -> None:
    page.goto(f"{server.url}{language}cases/")
    page.evaluate("(elder) => document.documentElement.toggleAttribute('data-elder', elder)", elder)
    found = {}
    for size in ("standard", "largest"):
        page.evaluate("(size) => { document.documentElement.dataset.textSize = size; }", size)
        for width in (320, 360, 768, 1366):
            page.set_viewport_size({"width": width, "height": 900})
            if colliding := page.evaluate(COLLIDING):
                found[size, width] = colliding
    assert found == {}
