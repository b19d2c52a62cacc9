"""Scoring of self-assessments against a standard given as data: exact, and to its letter.

Pure Python on the standard library, the same in CPython and in the browser. It invents nothing: no pass mark,
no partial credit, no "not applicable" that the standard does not state.

For many files at once see `scoring.batch` and `scoring.report`, which the browser does not import.
"""

from scoring.advice import advise
from scoring.answers import Answer, Answers, Evidence
from scoring.answers_reader import parse_answers, read_answers
from scoring.comparison import compare
from scoring.engine import Engine
from scoring.explanation import explain
from scoring.guidance import Guidance
from scoring.migration import Migration, migrate
from scoring.problems import Among, AnswersError, Near, Problem, ScoringError, StandardError
from scoring.result import Result, score
from scoring.standard import Standard
from scoring.strict_json import loads
from scoring.tree import tree
from scoring.words import Words

__all__ = [
    "Among",
    "Answer",
    "Answers",
    "AnswersError",
    "Engine",
    "Evidence",
    "Guidance",
    "Migration",
    "Near",
    "Problem",
    "Result",
    "ScoringError",
    "Standard",
    "StandardError",
    "Words",
    "advise",
    "compare",
    "explain",
    "loads",
    "migrate",
    "parse_answers",
    "read_answers",
    "score",
    "tree",
]
