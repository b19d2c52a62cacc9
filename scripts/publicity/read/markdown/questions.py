"""The questions of a body (问答) with their answers."""

import re
from dataclasses import dataclass

from publicity.read.markdown.body import ATTRIBUTE_LIST, INLINE, markdown_events, tag_of

_SPACE = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True)
class Question:
    """A heading of the second level and the text below it; the line counts from 1 within the body."""

    line: int
    question: str
    answer: str


def questions_of(body: str) -> list[Question]:
    """The questions of a body with their answers as plain text, one line a block. What stands before the first is no answer."""
    questions: list[tuple[int, list[str], list[str]]] = []
    words: list[str] = []  # what comes before the first question belongs to none
    for kind, what, line in markdown_events(body):
        name = tag_of(what) if kind in ("Start", "End") else ""
        if kind == "Start" and name == "Heading" and what["Heading"]["level"] == "H2":
            questions.append((line, words := [], []))
        elif kind == "End" and name == "Heading" and questions and words is questions[-1][1]:
            words = questions[-1][2]
        elif kind in ("Text", "Code"):
            words.append(what)
        elif kind == "SoftBreak":
            words.append(" ")
        elif kind in ("HardBreak", "Start", "End") and name not in INLINE:
            words.append("\n")
    return [Question(line, _tidy(question), _tidy(answer)) for line, question, answer in questions]


def _tidy(words: list[str]) -> str:
    return _SPACE.sub("\n", ATTRIBUTE_LIST.sub("", "".join(words))).strip()
