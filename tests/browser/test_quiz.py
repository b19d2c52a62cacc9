"""The quiz: answered by keyboard and told aloud, counted, begun anew; without script its answers fold out; on paper they stand at the end."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conftest import ROOT, Server, Watch
from helpers.axe import AXE, violations
from publicity.project import Project
from publicity.read.load import load

TRAINING = load(Project(ROOT), "jiangbei").content.training
assert TRAINING
QUIZ = TRAINING.meta.quiz


def test_the_keyboard_answers_and_is_told(page: Page, server: Server, watch: Watch) -> None:
    page.goto(server.url + "training/")
    first, second = (page.locator(f"#{question.id}") for question in QUIZ[:2])
    wrong = QUIZ[0].right % len(QUIZ[0].options)
    first.get_by_role("button").nth(wrong).focus()
    page.keyboard.press("Enter")
    told = first.get_by_role("status")
    expect(told).to_contain_text("回答错误。")
    expect(told).to_contain_text(QUIZ[0].answer.zh)
    expect(told.get_by_role("link").first).to_have_attribute("href", re.compile(QUIZ[0].entry))
    expect(first.get_by_role("button").nth(wrong)).to_be_focused()
    first.get_by_role("button").nth(QUIZ[0].right - 1).click(force=True)  # the first choice counts
    expect(told).to_contain_text("回答错误。")
    second.get_by_role("button").nth(QUIZ[1].right - 1).click()
    expect(second.get_by_role("status")).to_contain_text("回答正确。")
    expect(page.locator("[data-quiz-status]")).to_have_text(f"已答2题，共{len(QUIZ)}题，答对1题。")
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    assert page.context.cookies() == []


def test_at_the_end_stands_the_score_and_it_can_be_begun_anew(page: Page, server: Server, watch: Watch) -> None:
    page.goto(server.url + "en/training/")
    again = page.get_by_role("button", name="Begin again")
    expect(again).to_be_hidden()
    for question in QUIZ:
        page.locator(f"#{question.id}").get_by_role("button").nth(question.right - 1).click()
    expect(page.locator("[data-quiz-status]")).to_have_text(f"Done: {len(QUIZ)} of {len(QUIZ)} right.")
    again.click()
    expect(page.locator(f"#{QUIZ[0].id}").get_by_role("button").first).to_be_focused()
    expect(page.locator("[data-verdict]:not(:empty)")).to_have_count(0)
    expect(page.locator("[data-quiz-status]")).to_be_empty()
    expect(page.locator(".options b")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "right", "wrong", "chosen"),
    [
        ("", "✓ 正确选项", "✗ 您选的，不正确", "✓ 您选的，正确"),
        ("en/", "✓ The right one", "✗ Your choice, wrong", "✓ Your choice, right"),
    ],
)
def test_words_tell_the_right_option_from_the_chosen_one(
    page: Page, server: Server, language: str, right: str, wrong: str, chosen: str
) -> None:
    page.goto(f"{server.url}{language}training/")
    first, second = (page.locator(f"#{question.id}") for question in QUIZ[:2])
    mistake = QUIZ[0].right % len(QUIZ[0].options)
    first.get_by_role("button").nth(mistake).click()
    expect(first.get_by_role("button").nth(mistake)).to_contain_text(wrong)
    expect(first.get_by_role("button").nth(QUIZ[0].right - 1)).to_contain_text(right)
    second.get_by_role("button").nth(QUIZ[1].right - 1).click()
    expect(second.get_by_role("button").nth(QUIZ[1].right - 1)).to_contain_text(chosen)
    assert (
        len([one for one in second.get_by_role("button").all() if "✓" in one.inner_text() or "✗" in one.inner_text()])
        == 1
    )


def test_on_paper_an_answered_option_is_as_plain_as_the_others(page: Page, server: Server) -> None:
    page.goto(f"{server.url}training/")
    page.locator(f"#{QUIZ[0].id}").get_by_role("button").nth(QUIZ[0].right % len(QUIZ[0].options)).click()
    page.emulate_media(media="print")
    plain = "(buttons) => buttons.map((one) => [getComputedStyle(one).borderTopWidth, getComputedStyle(one).color])"
    assert len({tuple(look) for look in page.locator(".options button").evaluate_all(plain)}) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answered_quiz_is_accessible_and_narrow(new_context: Any, server: Server, scheme: str) -> None:
    context = new_context(
        bypass_csp=True, reduced_motion="reduce", color_scheme=scheme, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(server.url + "training/")
    page.locator(f"#{QUIZ[0].id}").get_by_role("button").nth(QUIZ[0].right % len(QUIZ[0].options)).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(AXE)
    assert violations(page) == []


def test_without_script_the_answers_fold_out_and_on_paper_they_stand_at_the_end(
    plain_context: BrowserContext, server: Server
) -> None:
    page = plain_context.new_page()
    page.goto(server.url + "training/")
    question = page.locator(f"#{QUIZ[0].id}")
    expect(question.get_by_role("button")).to_have_count(0)
    expect(question.get_by_text(QUIZ[0].answer.zh)).to_be_hidden()
    question.locator("summary").click()
    expect(question.get_by_text(QUIZ[0].answer.zh)).to_be_visible()
    page.emulate_media(media="print")
    expect(question.get_by_text(QUIZ[0].answer.zh)).to_be_hidden()
    answers = page.locator(".quiz-answers li")
    expect(answers).to_have_count(len(QUIZ))
    expect(answers.first).to_be_visible()
