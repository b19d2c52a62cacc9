"""Writes the lines and the summary of a batch as text, JSON or CSV, piece by piece: memory stays flat."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from scoring.batch import Line, Spread, Summary
from scoring.csv_cells import neutral
from scoring.points import show
from scoring.problems import shown
from scoring.result import Result
from scoring.standard import Standard
from scoring.words import Words, quote

_LABELS = {
    "zh": {
        "bad": "有误",
        "score": "总分 {total}（基础 {base}，加分 {bonus}）",
        "plain": "总分 {total}",
        "covered": "已对照 {met}/{of} 项（不计分）",
        "summary": "共 {files} 个文件：已计算 {scored} 个，有误 {bad} 个",
        "standard": "{title}（{id}）：{files} 个文件",
        "totals": "总分：最低 {lowest}，中位数 {median}，平均 {mean}，最高 {highest}",
        "item": "{id}  {met}/{files}  {share}%  {text}",
    },
    "en": {
        "bad": "bad",
        "score": "total {total} (base {base}, bonus {bonus})",
        "plain": "total {total}",
        "covered": "{met} of {of} items covered (not scored)",
        "summary": "files: {files} ({scored} scored, {bad} bad)",
        "standard": "{title} ({id}), files: {files}",
        "totals": "total: lowest {lowest}, median {median}, mean {mean}, highest {highest}",
        "item": "{id}  {met}/{files}  {share}%  {text}",
    },
}


def text_report(lines: Iterable[Line], words: Words, language: str) -> Iterator[str]:
    """One line of text for each file, without line ends; a bad file's holds all its problems."""
    bad = _LABELS[language]["bad"]
    for line in lines:
        if line.result is None:
            yield f"{line.file}: {bad}: {' | '.join(_problems(line, words, language))}"
        else:
            unit = quote(line.result.answers.unit)
            yield f"{line.file}: {_verdict(line.result, language)}" + (f"  {unit}" if unit else "")


def _problems(line: Line, words: Words, language: str) -> list[str]:
    return [words.line(problem, language) for problem in shown(line.problems)]


def _verdict(result: Result, language: str) -> str:
    labels = _LABELS[language]
    if not result.standard.scored:
        return labels["covered"].format(met=len(result.met), of=len(result.standard.item_by_id))
    parts = {name: show(result.earned[name]) for name in ("total", "base", "bonus") if name in result.earned}
    return labels["score" if "bonus" in parts else "plain"].format(**parts)


def text_summary(summary: Summary, language: str) -> Iterator[str]:
    """The summary as lines of text: the counts; by standard the totals, and how many files meet each item."""
    yield _LABELS[language]["summary"].format(
        files=summary.scored + summary.bad, scored=summary.scored, bad=summary.bad
    )
    for spread in summary.spreads.values():
        yield from _text_spread(spread, language)


def _text_spread(spread: Spread, language: str) -> Iterator[str]:
    labels, standard = _LABELS[language], spread.standard
    title = standard.title if language == "zh" else standard.title_en or standard.title
    yield labels["standard"].format(title=title, id=standard.id, files=spread.files)
    totals = spread.to_data().get("total")
    if isinstance(totals, dict):
        yield labels["totals"].format(**totals)
    for item in standard.items:
        met = spread.met[item.id]
        share = (200 * met + spread.files) // (2 * spread.files)
        text = item.text if language == "zh" else item.text_en or item.text
        yield labels["item"].format(id=item.id, met=met, files=spread.files, share=share, text=text)


def json_report(lines: Iterable[Line], summary: Summary, words: Words, language: str) -> Iterator[str]:
    """One JSON document in pieces: {"files": [one object for each], "summary": {…}}.

    Args:
        lines: Lines that `summary` watches, so that it is complete when they end.
        summary: The summary to close with.
        words: The words for problems.
        language: Their language, "zh" or "en".
    """
    lead = '{"files": [\n'
    for line in lines:
        yield lead + json.dumps(_line_data(line, words, language), ensure_ascii=False)
        lead = ",\n"
    yield (lead if lead.startswith("{") else "\n") + "],\n"
    yield f'"summary": {json.dumps(summary.to_data(), ensure_ascii=False)}}}\n'


def _line_data(line: Line, words: Words, language: str) -> dict[str, object]:
    if line.result is None:
        return {"file": line.file, "ok": False, "problems": _problems(line, words, language)}
    answers = line.result.answers
    head = {"file": line.file, "ok": True, "unit": answers.unit, "created": answers.created}
    return head | {"result": line.result.to_data()}


def csv_report(lines: Iterable[Line], standards: Sequence[Standard], words: Words, language: str) -> Iterator[str]:
    """CSV in pieces of one row, with line ends; it begins with the mark by which Excel knows UTF-8.

    The columns: file, ok, unit, created, standard, total, base, bonus, met, of, problems, then under its id
    what each section and each item earns (in a checklist: how many items are met, and 1 or 0). Where there are
    several standards, the id of the standard precedes.
    """
    prefix = {standard.id: f"{standard.id}/" if len(standards) > 1 else "" for standard in standards}
    parts = [
        f"{prefix[standard.id]}{name}"
        for standard in standards
        for name in [*(section.id for section in standard.sections), *standard.item_by_id]
    ]
    buffer = io.StringIO()
    head = ["file", "ok", "unit", "created", "standard", "total", "base", "bonus", "met", "of", "problems"]
    writer = csv.DictWriter(buffer, [*head, *parts])
    writer.writeheader()
    yield "\ufeff" + _drain(buffer)
    for line in lines:
        row = {"file": line.file, "ok": "0", "problems": "\n".join(_problems(line, words, language))}
        if line.result is not None:
            row |= _row(line.result, prefix[line.result.standard.id])
        writer.writerow({key: neutral(value) for key, value in row.items()})
        yield _drain(buffer)


def _row(result: Result, prefix: str) -> dict[str, str]:
    standard, answers = result.standard, result.answers
    row = {
        "ok": "1",
        "unit": answers.unit,
        "created": answers.created,
        "standard": standard.id,
        "met": str(len(result.met)),
        "of": str(len(standard.item_by_id)),
    }
    if standard.scored:
        row |= {name: show(result.earned[name]) for name in ("total", "base", "bonus") if name in result.earned}
    for section in standard.sections:
        met = [item.id in result.met for item in section.items]
        row[prefix + section.id] = show(result.earned[section.id]) if standard.scored else str(sum(met))
        for item in section.items:
            value = show(result.earned[item.id]) if standard.scored else str(int(item.id in result.met))
            row[prefix + item.id] = value
    return row


def _drain(buffer: io.StringIO) -> str:
    """What was written since the last time."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
