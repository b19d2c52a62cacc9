"""A report of an inspection as text, JSON or a page that can be printed and handed in."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jinja2

from publicity.addresses import HTML_LANGUAGE
from publicity.data_files import data_file, data_text
from publicity.dates import format_date
from publicity.inspect.findings import SEVERITIES, Finding, Report, rules
from publicity.models import Language, LocalText
from scoring.words import fill


@cache
def _words() -> dict[str, LocalText]:
    words = data_file("publicity.inspect", "report.yml")
    return {key: LocalText.model_validate(text) for key, text in words.items()}


def text_report(report: Report, language: Language) -> str:
    """For a terminal: a heading for each rule, a line for each finding, `path:line` first."""
    return "\n".join(_text(_view(report, language))) + "\n"


def json_report(report: Report, language: Language) -> str:
    """For other programs."""
    counts = {severity: report.count(severity) for severity in SEVERITIES}
    findings = [
        {
            "rule": finding.rule,
            "group": rules().rules[finding.rule].group,
            "severity": finding.severity,
            "path": finding.path,
            "line": finding.line,
            "message": finding.message(language),
            "mend": finding.mend(language),
        }
        for finding in report.findings
    ]
    data = {
        "format": "publicity-inspection",
        "version": 1,
        "region": report.region,
        "date": report.today.isoformat(),
        "site": report.site,
        "outward_links": report.outward,
        "unchecked": list(report.unchecked),
        "summary": counts,
        "findings": findings,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def html_report(report: Report, language: Language) -> str:
    """One file with its own style: no script, nothing from elsewhere."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(data_text("publicity.inspect", "report.html"))
    return template.render(_view(report, language), style=data_text("publicity.inspect", "report.css"))


def _view(report: Report, language: Language) -> dict[str, Any]:
    """What a report shows, in one language."""
    words = {key: text[language] for key, text in _words().items()}
    counts = {severity: report.count(severity) for severity in SEVERITIES}
    scope = words["with_site"].format(site=report.site) if report.site else words["without_site"]
    scope += words["with_outward" if report.outward else "without_outward"]
    result = fill(words["found"], total=len(report.findings), **counts) if report.findings else words["clean"]
    return {
        "language": HTML_LANGUAGE[language],
        "words": words,
        "heading": words["heading"].format(title=report.title[language]),
        "date": format_date(report.today, language),
        "scope": scope,
        "result": result,
        "severities": {severity: rules().severities[severity][language] for severity in SEVERITIES},
        "groups": [_group(report, group, language) for group in rules().groups],
    }


def _group(report: Report, group: str, language: Language) -> dict[str, Any]:
    findings = report.of_group(group)
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return {
        "id": group,
        "title": rules().groups[group][language],
        "counts": {severity: sum(finding.severity == severity for finding in findings) for severity in SEVERITIES},
        "total": len(findings),
        "unchecked": group in report.unchecked,
        "rules": [_rule(name, of_rule, language) for name, of_rule in by_rule.items()],
    }


def _rule(name: str, findings: list[Finding], language: Language) -> dict[str, Any]:
    """A rule with its findings; a mend that is the same for all is said once."""
    rule = rules().rules[name]
    mends = {finding.mend(language) for finding in findings}
    shared = mends.pop() if len(mends) == 1 else None
    return {
        "name": name,
        "title": rule.title[language],
        "severity": min((finding.severity for finding in findings), key=SEVERITIES.index),
        "basis": rule.basis[language] if rule.basis else None,
        "mend": shared,
        "findings": [
            {
                "place": finding.place,
                "severity": finding.severity,
                "message": finding.message(language),
                "mend": None if shared else finding.mend(language),
            }
            for finding in findings
        ],
    }


def _text(view: dict[str, Any]) -> Iterator[str]:
    words, severities = view["words"], view["severities"]
    colon = "：" if view["language"] == "zh-CN" else ": "
    yield view["heading"]
    yield f"{words['date']}{colon}{view['date']}"
    yield f"{words['scope']}{colon}{view['scope']}"
    for group in view["groups"]:
        if not group["rules"]:
            continue
        yield ""
        yield f"## {group['title']}"
        for rule in group["rules"]:
            yield f"{rule['title']} [{rule['name']}]"
            for finding in rule["findings"]:
                yield f"  {finding['place']}: {severities[finding['severity']]}{colon}{finding['message']}"
                if finding["mend"]:
                    yield f"    {words['mend']}{colon}{finding['mend']}"
            if rule["mend"]:
                yield f"  {words['mend']}{colon}{rule['mend']}"
    yield ""
    yield view["result"]
