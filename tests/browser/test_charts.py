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


COMPARED = """async ([source, values, label]) => {
  const { dumbbells, totals } = await import(source);
  const t = (_key, { first, last, max }) => `${first} → ${last}（共${max}）`;
  const drawings = [totals("", "", values, values.map(String)), dumbbells("", "", [{ label, max: 20, values }, { label: "二、", max: 10, values }], t)];
  const place = document.createElement("div");
  place.className = "comparison";
  place.style.width = "320px";
  place.append(...drawings);
  document.querySelector("main").prepend(place);
  return drawings.map((drawing) => {
    const words = [...drawing.querySelectorAll("text")].map((word) => [word.textContent, word.getBoundingClientRect()]);
    const meet = (one, other) => Math.min(one.right, other.right) > Math.max(one.left, other.left) && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4;
    const found = words.flatMap(([text, box], at) => words.slice(at + 1).filter(([, other]) => meet(box, other)).map(([other]) => `${text} and ${other}`));
    return [found, words.map(([text]) => text)];
  });
}"""


@pytest.mark.parametrize("count", [1, 2, 7, 15, 40])
def test_no_figure_of_a_comparison_runs_into_another(page: Page, server: Server, count: int) -> None:
    page.goto(server.url + "assessment/")
    values = [100 - (count - at) * 1.5 for at in range(count)]
    source = page.locator("script[src$='form/form.js']").evaluate(
        "one => new URL('../report/change-charts.js', one.src).href"
    )
    label = "一、商业秘密保护组织机构健全并有专职人员负责日常工作"
    line, rows = page.evaluate(COMPARED, [source, values, label])
    assert (line[0], rows[0]) == ([], [])
    assert {f"{values[0]:g}", f"{values[-1]:g}"} <= set(line[1])
    assert "".join(text for text in rows[1] if "→" not in text) == label + "二、"


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
