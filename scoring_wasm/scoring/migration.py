"""Answers that were given under another version of a standard, or under another standard."""

from dataclasses import dataclass, replace

from scoring.answers import Answer, Answers
from scoring.answers_reader import answers_of, fit, read_file
from scoring.problems import Keys, Problems
from scoring.standard import Standard
from scoring.strict_json import parsed

_NOTHING = Answer(met=False)


@dataclass(frozen=True)
class Migration:
    """What becomes of a file filled in for any version of any standard.

    Attributes:
        answers: What was kept, as answers to this standard.
        same_standard: Whether the file names this standard.
        same_version: Whether it names this very version; if not, every kept answer that says something is marked
            to be checked, because an item can keep its id and change its wording.
        kept: The ids whose answers were kept.
        dropped: The answers that this standard has no place for, by id.
        new: The ids of this standard that the file does not have. A file of the page has every item of its version,
            so these are then new in the standard.
    """

    answers: Answers
    same_standard: bool
    same_version: bool
    kept: list[str]
    dropped: dict[str, Answer]
    new: list[str]

    def to_data(self) -> dict[str, object]:
        """The migration as JSON can hold it."""
        return {
            "answers": self.answers.to_data(),
            "same_standard": self.same_standard,
            "same_version": self.same_version,
            "kept": self.kept,
            "dropped": list(self.dropped),
            "lost": {name: answer.to_data() for name, answer in self.dropped.items()},
            "new": self.new,
        }


def migrate(exported: object, standard: Standard, keys: Keys = ()) -> Migration:
    """Bring an exported file, as text or parsed, to this standard; say what was kept, dropped and new.

    Raises:
        AnswersError: If the file is broken. That it is for another version is no fault here.
    """
    file = read_file(parsed(exported), keys)
    kept: dict[str, Answer] = {}
    dropped: dict[str, Answer] = {}
    same_version = file.standard_id == standard.id and file.standard_sha256 == standard.sha256
    for name, answer in file.by_item.items():
        if _fits(answer, name, standard):
            kept[name] = answer if same_version or answer == _NOTHING else replace(answer, check=True)
        else:
            dropped[name] = answer
    answers = answers_of(file, standard, kept)
    return Migration(
        answers,
        file.standard_id == standard.id,
        same_version,
        list(answers.by_item),
        dropped,
        [name for name in standard.item_by_id if name not in file.by_item],
    )


def _fits(answer: Answer, name: str, standard: Standard) -> bool:
    item = standard.item_by_id.get(name)
    if item is None:
        return False
    problems = Problems()
    fit(answer, item, (), problems)
    return not problems.found
