"""Contents through `publicity check`: a small region in a project of its own, with one mutated file a case."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from random import Random

from publicity.check import check
from publicity.labels.sentences import choose_language, json_problems, lines_of
from publicity.problems import ContentError, Problem, ToolError
from publicity.project import Project
from publicity.read.draft import Draft
from publicity.read.load import load
from scoring import ScoringError

from . import fragments
from .allowlist import body_faults, drawing_faults, portal_faults
from .mutations import encoded, mutated_bytes, mutated_markdown, mutated_text, mutated_yaml
from .seeds import REGION, base, seeds
from .target import ACCEPTED, HARMFUL, REFUSED, Case, Target

SHARES = {"bodies": 45, "front matter": 25, "region.yml": 8, "lists": 6, "standards": 7, "portal": 6, "media": 3}
"""Of a hundred cases."""
_MOST_LINES = 40
"""Of a body that is mutated; more would only be slower."""


class Contents(Target):
    """Mutated files of content. Refused means: with a sentence for every problem. What is accepted is held to a list of HTML."""

    kinds = tuple(SHARES)

    def __init__(self, folder: Path) -> None:
        self._root = folder / "project"
        for name, data in base().items():
            self._write(name, data)
        self.seeds = seeds()
        self._by_path = {(kind, seed.path): seed for kind, found in self.seeds.items() for seed in found}

    def make(self, dice: Random) -> Case:
        """A file with a few things wrong."""
        (kind,) = dice.choices(list(SHARES), list(SHARES.values()))
        seed = dice.choice(self.seeds[kind])
        return Case(kind, seed.path, _mutated(dice, kind, seed.path, seed.data))

    def run(self, case: Case) -> tuple[str, str]:
        """Check the region with the file in it."""
        files = dict(self._by_path[case.kind, case.name].beside) | {case.name: case.data}
        paths = {name: self._root / name for name in files}
        before = {name: path.read_bytes() for name, path in paths.items() if path.exists()}
        try:
            for name, data in files.items():
                self._write(name, data)
            return self._checked(case)
        finally:
            for path in paths.values():
                path.unlink()
            for name, data in before.items():
                self._write(name, data)

    def _write(self, name: str, data: bytes) -> None:
        (self._root / name).parent.mkdir(parents=True, exist_ok=True)
        (self._root / name).write_bytes(data)

    def _checked(self, case: Case) -> tuple[str, str]:
        problems: list[Problem]
        try:
            draft = load(Project(self._root), REGION)
            problems = check(draft)
        except ToolError as error:
            problems = [error.problem]
        except (ContentError, ScoringError) as error:
            problems = [*error.problems]
        if problems:
            _say(problems)
            return REFUSED, ""
        faults = _harm(draft, case)
        return (HARMFUL, "; ".join(faults)) if faults else (ACCEPTED, "")


def _mutated(dice: Random, kind: str, path: str, data: bytes) -> bytes:
    """The data of a file of a kind, made worse."""
    if kind == "media" and not path.endswith(".svg"):
        return mutated_bytes(dice, data)
    text = data.decode()
    if kind in ("bodies", "front matter"):
        head, _, body = text.removeprefix("---\n").partition("\n---\n")
        head = mutated_yaml(dice, head) if kind == "front matter" else head
        return encoded(dice, f"---\n{head}\n---\n{_mutated_part(dice, body) if kind == 'bodies' else body}")
    if path.endswith(".yml"):
        return encoded(dice, mutated_yaml(dice, text))
    return encoded(dice, mutated_text(dice, text, _FRAGMENTS[PurePosixPath(path).suffix]))


_FRAGMENTS: dict[str, Callable[[Random], str]] = {
    ".css": fragments.css,
    ".html": fragments.html,
    ".svg": fragments.html,
}


def _mutated_part(dice: Random, body: str) -> str:
    """Some lines of a body, made worse."""
    rows = body.split("\n")
    start = dice.randrange(len(rows))
    return mutated_markdown(dice, "\n".join(rows[start : start + _MOST_LINES]))


def _say(problems: list[Problem]) -> None:
    """Put the problems into words, for people and programs."""
    for language in ("zh", "en"):
        choose_language(language)
        "\n".join(lines_of(ContentError(problems))).encode()
    json_problems(problems).encode()


def _harm(draft: Draft, case: Case) -> list[str]:
    """What in an accepted file a page may not hold."""
    if case.name.endswith(".svg"):
        return drawing_faults(case.data)
    if case.kind == "portal" and draft.portal:
        return portal_faults(
            (draft.portal.header + draft.portal.footer).replace("portal-file:", "portal/")
        )  # as templates do
    sources = [source for document in draft.content.documents() for source in document.sources]
    return [fault for source in sources if source.name == case.name for fault in body_faults(source.body)]
