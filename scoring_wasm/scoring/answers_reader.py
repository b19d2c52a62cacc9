"""Reads exported answers and holds them against a standard. Whatever is wrong refuses the whole file."""

import re
from dataclasses import dataclass

from scoring.answers import (
    FORMAT,
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_COUNTED,
    MOST_EVIDENCE,
    VERSION,
    Answer,
    Answers,
    Evidence,
)
from scoring.fields import Fields, is_date
from scoring.parts import Item
from scoring.problems import Among, AnswersError, Keys, Problems
from scoring.standard import Standard
from scoring.strict_json import loads

_TIME = re.compile(r"T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?")


@dataclass(frozen=True)
class AnswersFile:
    """An exported file read, but not yet held against a standard; its answers have the right shape.

    Attributes:
        standard_id: The standard it says it was filled in for.
        standard_sha256: The content hash of that standard, which tells versions apart.
        by_item: The answers by the ids of the file.
    """

    standard_id: str
    standard_sha256: str
    created: str
    unit: str
    name: str
    by_item: dict[str, Answer]


def parse_answers(text: str, standard: Standard) -> Answers:
    """Read the text of an exported file.

    Raises:
        AnswersError: If anything about it is wrong, or it was made for another standard or version.
    """
    return read_answers(loads(text), standard)


def read_answers(data: object, standard: Standard, keys: Keys = ()) -> Answers:
    """Read an exported file already parsed as JSON; `keys` leads to it within a larger document.

    Raises:
        AnswersError: If anything about it is wrong, or it was made for another standard or version.
    """
    file = read_file(data, keys)
    problems = Problems()
    if file.standard_id != standard.id:
        place = (*keys, "standard", "id")
        problems.add(place, "other-standard", found=file.standard_id, expected=standard.id)
    elif file.standard_sha256 != standard.sha256:
        problems.add((*keys, "standard", "sha256"), "other-version", found=standard.id)
    problems.check(AnswersError)
    for name, answer in file.by_item.items():
        if name in standard.item_by_id:
            fit(answer, standard.item_by_id[name], (*keys, "answers", name), problems)
        else:
            problems.add((*keys, "answers"), "unknown-item", found=name)
    problems.check(AnswersError)
    return answers_of(file, standard, file.by_item)


def answers_of(file: AnswersFile, standard: Standard, by_item: dict[str, Answer]) -> Answers:
    """The answers given, which must fit the standard, in its order and under the head of the file."""
    in_order = {name: by_item[name] for name in standard.item_by_id if name in by_item}
    return Answers(standard.id, standard.sha256, file.created, file.unit, file.name, in_order)


def read_file(data: object, keys: Keys = ()) -> AnswersFile:
    """Read the shape of an exported file: types, keys and lengths, but not whether it fits a standard.

    Raises:
        AnswersError: With every problem found.
    """
    problems = Problems()
    fields = Fields(data, keys, problems)
    problems.check(AnswersError)
    kind = fields.text("format", required=True)
    if kind and kind != FORMAT:
        problems.add((*keys, "format"), "not-exported", expected=FORMAT, found=kind)
    version = fields.number("version", 10**6, required=True)
    if version is not None and version != VERSION:
        problems.add((*keys, "version"), "other-format", expected=VERSION, found=version)
    standard_id = standard_sha256 = ""
    if inner := fields.inner("standard", required=True):
        standard_id = inner.text("id", required=True, longest=LONGEST_NAME)
        standard_sha256 = inner.text("sha256", required=True, longest=64)
        inner.done()
    created = fields.text("created", longest=40)
    if created and not (is_date(created[:10]) and (len(created) == 10 or _TIME.fullmatch(created[10:]))):
        problems.add((*keys, "created"), "not-time", found=created)
    file = AnswersFile(
        standard_id,
        standard_sha256,
        created,
        fields.text("unit", longest=LONGEST_NAME),
        fields.text("name", longest=LONGEST_NAME),
        {
            name: _answer(record, (*keys, "answers", name), problems)
            for name, record in fields.mapping("answers", required=True).items()
        },
    )
    fields.done()
    problems.check(AnswersError)
    return file


def _answer(data: object, keys: Keys, problems: Problems) -> Answer:
    fields = Fields(data, keys, problems)
    if not isinstance(data, dict):
        return Answer(met=False)
    answer = Answer(
        fields.flag("met", required=True),
        fields.text("level", longest=LONGEST_NAME),
        fields.number("count", MOST_COUNTED),
        fields.flag("check"),
        fields.text("note", longest=LONGEST_NOTE),
        tuple(_evidence(*member, problems) for member in fields.members("evidence", most=MOST_EVIDENCE)),
        fields.text("owner", longest=LONGEST_NAME),
        fields.date("due"),
    )
    fields.done()
    return answer


def _evidence(data: object, keys: Keys, problems: Problems) -> Evidence:
    fields = Fields(data, keys, problems)
    proof = Evidence(
        fields.text("name", longest=LONGEST_NAME),
        fields.date("date"),
        fields.text("holder", longest=LONGEST_NAME),
    )
    fields.done()
    return proof


def fit(answer: Answer, item: Item, keys: Keys, problems: Problems) -> None:
    """Note where an answer does not say what its item needs: a level, a count, neither."""
    levels = [level.id for level in item.levels]
    if answer.level and answer.level not in levels:
        if levels:
            problems.add((*keys, "level"), "bad-choice", found=answer.level, hint=Among(tuple(levels)))
        else:
            problems.add((*keys, "level"), "no-levels")
    if answer.count is not None and item.each is None:
        problems.add((*keys, "count"), "no-count")
    if answer.met and levels and not answer.level:
        problems.add(keys, "level-needed", hint=Among(tuple(levels)))
    if answer.met and item.each is not None and not answer.count:
        problems.add(keys, "count-needed")
    if not answer.met and (answer.level or answer.count):
        problems.add(keys, "not-met", key="level" if answer.level else "count")
