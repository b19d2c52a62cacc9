"""What an inspection says: findings, and the rules they come from, which are data (`rules.yml`)."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from publicity.data_files import data_file
from publicity.labels.sentences import problem_words
from publicity.models import Language, LocalText, Model
from publicity.problems import Problem
from scoring.words import fill

Severity = Literal["error", "warning", "notice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")


class Rule(Model):
    """A rule: where it belongs, how much it weighs, and its words. `message` and `mend` may name a finding's values."""

    group: str
    severity: Severity
    title: LocalText
    message: LocalText
    mend: LocalText
    basis: LocalText | None = None  # what asks for it; left out where that is plain sense


class Rules(Model):
    """`rules.yml`."""

    severities: dict[Severity, LocalText]
    groups: dict[str, LocalText]
    rules: dict[str, Rule]


@cache
def rules() -> Rules:
    """All rules; groups and rules stand in the order of the report."""
    return Rules.model_validate(data_file("publicity.inspect", "rules.yml"))


@dataclass(frozen=True)
class Finding:
    """One finding. `path` is relative to the project and `line` counts from 1; `values` fill the words of its rule."""

    rule: str
    path: str
    line: int
    values: Mapping[str, object] = field(default_factory=dict)
    weight: Severity | None = None

    @property
    def place(self) -> str:
        """Where it is, as editors and terminals read it."""
        return f"{self.path}:{self.line}"

    @property
    def severity(self) -> Severity:
        """How much it weighs: as its rule says, unless the check knew better."""
        return self.weight or rules().rules[self.rule].severity

    def message(self, language: Language) -> str:
        """What was found."""
        words = problem_words()
        values = {
            name: words.text(value, language) if isinstance(value, Problem) else value
            for name, value in self.values.items()
        }
        return fill(rules().rules[self.rule].message[language], **values)

    def mend(self, language: Language) -> str:
        """What to do about it."""
        return fill(rules().rules[self.rule].mend[language], **self.values)


@dataclass(frozen=True)
class Report:
    """The outcome of an inspection, and what it looked at: the built site, if any; links to other sites, if asked to.

    `unchecked` names the groups that were not looked at.
    """

    region: str
    title: LocalText
    today: datetime.date
    site: str | None
    outward: bool
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...]

    def count(self, severity: Severity) -> int:
        """How many findings weigh that much."""
        return sum(finding.severity == severity for finding in self.findings)

    def fails(self, severity: Severity) -> bool:
        """Whether anything was found that weighs that much or more."""
        return any(self.count(severe) for severe in SEVERITIES[: SEVERITIES.index(severity) + 1])

    def of_group(self, group: str) -> list[Finding]:
        """A group's findings, in the order of its rules, then of their places."""
        return [finding for finding in self.findings if rules().rules[finding.rule].group == group]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the rules, then of their places; what was found twice stands once."""
    order = {name: index for index, name in enumerate(rules().rules)}
    unique = {(finding.rule, finding.path, finding.line, finding.message("zh")): finding for finding in findings}
    return tuple(
        sorted(
            unique.values(),
            key=lambda finding: (order[finding.rule], finding.path, finding.line, finding.message("zh")),
        )
    )
