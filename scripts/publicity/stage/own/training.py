"""What staff are trained with, as its page shows it: the quiz, and what its answers rest on."""

from typing import Any

from publicity.models import Language, QuizQuestion
from publicity.read.content import Column
from publicity.stage.cards import card
from publicity.stage.kinds.case import law_applied

PAGE = "training.md"


def training_data(column: Column, language: Language) -> dict[str, Any]:
    """The questions in their order, and how many slides there are; nothing where there is no training."""
    loaded = column.content.training
    if loaded is None:
        return {"quiz": [], "slides": 0, "pending": False}
    return {
        "quiz": [_question(column, question, language) for question in loaded.meta.quiz],
        "slides": len(loaded.meta.slides),
        "pending": loaded.meta.review.status == "pending",
    }


def _question(column: Column, question: QuizQuestion, language: Language) -> dict[str, Any]:
    collection, slug = question.entry.split("/")
    return {
        "id": question.id,
        "question": question.question[language],
        "options": [option[language] for option in question.options],
        "right": question.right,
        "letter": "ABCD"[question.right - 1],
        "answer": question.answer[language],
        "entry": card(column.content.entries[collection][slug], language),
        "articles": [law_applied(column.content, cited, language) for cited in question.articles],
    }
