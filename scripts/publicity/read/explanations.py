"""What we say of a standard's items, read beside the standard."""

from publicity.models import Explanations
from publicity.problems import Problem
from publicity.read.source import Source
from publicity.read.validate import validate
from scoring import Standard
from scoring.problems import Keys


def read_explanations(source: Source, standard: Standard) -> tuple[Explanations | None, list[Problem]]:
    """The explanations for a standard, or what is wrong with them: another standard, an item it has not, a question asked twice."""
    explanations, problems = validate(Explanations, source)
    if explanations is None:
        return None, problems
    if explanations.standard != standard.id:
        values = {"found": explanations.standard, "expected": standard.id}
        problems.append(source.problem(("standard",), "other-guidance", **values))
    asked = [question.item for question in explanations.first]
    places: list[tuple[Keys, str]] = [(("items", item), item) for item in explanations.items]
    places += [(("first", index, "item"), item) for index, item in enumerate(asked)]
    problems += [
        source.problem(keys, "unknown-item", found=item) for keys, item in places if item not in standard.item_by_id
    ]
    problems += [
        source.problem(("first", index, "item"), "duplicate-id", found=item)
        for index, item in enumerate(asked)
        if item in asked[:index]
    ]
    return explanations, problems
