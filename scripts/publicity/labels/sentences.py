"""What is said to those who run a command: problems and errors as sentences, in their language."""

import hashlib
import json
import locale
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from publicity.labels import read_words
from publicity.models import Language
from publicity.problems import Among, ContentError, Near, Problem, ToolError
from scoring import Words
from scoring.words import fill, printable, quote

_chosen: list[Language] = []


@cache
def problem_words() -> Words:
    """The words for everything that can be wrong, from `labels/problems.yml`."""
    return Words(_catalogue())


@cache
def _form_words() -> Words:
    """The same for who fills in a form, where nobody sees how a file is written."""
    catalogue = _catalogue()
    said = {code: {**parts, "mend": parts["form"]} for code, parts in catalogue["problems"].items() if "form" in parts}
    return Words({**catalogue, "problems": {**catalogue["problems"], **said}})


@cache
def _catalogue() -> dict[str, Any]:
    return read_words("problems")


def choose_language(language: Language | None) -> None:
    """Set the language of this run; None leaves it to the environment."""
    _chosen[:] = [language] if language else []


def chosen_language() -> Language:
    """The language of this run."""
    return _chosen[0] if _chosen else language_of(os.environ)


def line_of(problem: Problem) -> str:
    """A problem's place and sentence in the language of this run."""
    return problem_words().line(problem, chosen_language())


def text_of(problem: Problem) -> str:
    """A problem's sentence alone."""
    return problem_words().text(problem, chosen_language())


def form_text_of(problem: Problem) -> str:
    """A problem's sentence beside the field of a form that it is about."""
    return _form_words().text(problem, chosen_language())


def lines_of(error: ContentError | ToolError) -> list[str]:
    """What an error says: a line for each problem of the content, and one that counts them; one line of other errors."""
    if isinstance(error, ToolError):
        told = error.problem.values.get("told")  # the lines of another run
        lines = [printable(line) for line in told if line.strip()] if isinstance(told, tuple) else []
        return [*lines, line_of(error.problem)]
    files = len({problem.path for problem in error.problems})
    summary = Problem(
        "", 0, "problems-left" if error.left else "problems-found", {"count": len(error.problems), "files": files}
    )
    return [line_of(problem) for problem in (*error.problems, summary)]


def json_problems(problems: Iterable[Problem]) -> str:
    """Problems for programs, sorted by their place; `text` is their sentence in the language of this run."""
    rows = [
        {
            "path": problem.path,
            "line": problem.line,
            "code": problem.code,
            "values": problem.values,
            "text": text_of(problem),
        }
        for problem in sorted(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_plain)


def github_problems(problems: Iterable[Problem]) -> str:
    """Problems as workflow commands, which GitHub, Gitea and Forgejo show at the lines that they name."""
    return "".join(
        f"::error file={_escaped(problem.path, of_value=True)},line={problem.line or 1}"
        f",title={_escaped(problem.code, of_value=True)}::{_escaped(text_of(problem))}\n"
        for problem in sorted(problems)
    )


def _escaped(text: str, *, of_value: bool = False) -> str:
    for sign in "%\r\n:," if of_value else "%\r\n":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def gitlab_problems(problems: Iterable[Problem]) -> str:
    """Problems as a code quality report, which GitLab shows at the lines that they name."""
    rows = [
        {
            "description": text_of(problem),
            "check_name": problem.code,
            # The same problem is known again when lines before it come or go.
            "fingerprint": hashlib.sha256(
                f"{problem.path} {problem.code} {text_of(problem)}".encode("utf-8", "replace")
            ).hexdigest(),
            "severity": "major",
            "location": {"path": problem.path, "lines": {"begin": problem.line or 1}},
        }
        for problem in sorted(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> object:
    """A value of a problem as JSON has it."""
    if isinstance(value, Near):
        return {"near": value.word}
    if isinstance(value, Among):
        return {"among": list(value.words)}
    return str(value)


def outcome(name: str, **values: object) -> str:
    """What a command has done, in the language of this run: one of the `outcomes` of `labels/problems.yml`.

    Raises:
        KeyError: there is no such outcome, or a value is missing.
    """
    language = chosen_language()
    text: str = _catalogue()["outcomes"][name][language]
    mark: str = _catalogue()["marks"]["list"][language]
    shown = {
        key: mark.join(map(quote, value)) if isinstance(value, list) else quote(value) for key, value in values.items()
    }
    return fill(text, **shown)


def language_of(environment: Mapping[str, str]) -> Language:
    """The language of messages: Chinese where the locale says so, English for other named languages.

    The first of LC_ALL, LC_MESSAGES and LANG that is set counts. Where it names no language (unset, C, POSIX) the system's display
    language does, if the system tells one (Windows, macOS), else it is Chinese.
    """
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    if named.partition(".")[0] in ("", "C", "POSIX"):
        named = _display_language()
    return "zh" if named.lower().startswith("zh") else "en"


def _display_language() -> str:
    """The language of the system's own interface, such as `zh_CN`; Chinese where it tells none."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return locale.windows_locale.get(number, "zh")
    if sys.platform == "darwin":
        asked = subprocess.run(["defaults", "read", "-g", "AppleLocale"], capture_output=True, text=True, check=False)
        return asked.stdout.strip() or "zh"
    return "zh"
