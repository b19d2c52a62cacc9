"""Files made worse by chance, through the core and through `publicity check`: how many are refused, and what breaks."""

import faulthandler
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from fuzzing.answers import Answers
from fuzzing.contents import Contents
from fuzzing.pool import PATIENCE, Pool, Tally
from fuzzing.target import ACCEPTED, CRASHED, HARMFUL, HUNG, REFUSED, Case, Finding, Target
from scoring.words import printable

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "build" / "fuzz"
GROUPS: dict[str, type[Target]] = {"answers": Answers, "contents": Contents}
CONTENTS_SHARE = 10
"""Answer files for each content: a content takes longer."""
MOST_SAVED = 3
"""Cases of one sign that are written to `build/fuzz/`."""
MOST_SHOWN = 40
"""Signs that are listed."""
MEMORY = next((folder for folder in ("/dev/shm",) if os.access(folder, os.W_OK)), None)  # noqa: S108 - in a folder of its own
"""Where files are quicker to write than on a disk, if the system has such a place."""
COLUMNS = {REFUSED: "refused", ACCEPTED: "accepted", HARMFUL: "harmful", CRASHED: "crashes", HUNG: "hangs"}


def main(cases: int, seed: int, only: str | None, replay: Path | None) -> int:
    """Run that many answer files and a tenth as many contents, or that many of one group; or one case again."""
    if replay:
        return _replay(replay)
    counts = {only: cases} if only else {"answers": cases, "contents": max(1, cases // CONTENTS_SHARE)}
    tallies = [_run(group, seed, count) for group, count in counts.items()]
    print("\n".join(_table(tallies)))
    print("\n".join(_signs(tallies)))
    return 0 if all(tally.is_sound for tally in tallies) else 1


def _run(group: str, seed: int, count: int) -> Tally:
    """All cases of a group, with a line of progress; those that did not end well are saved."""
    processes = os.cpu_count() or 1
    saved: dict[str, int] = {}
    start = shown = time.monotonic()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        pool = Pool(GROUPS[group], seed, count, Path(folder), processes=processes)
        for findings in pool.run():
            for finding in findings:
                saved[finding.sign] = saved.get(finding.sign, 0) + 1
                if saved[finding.sign] <= MOST_SAVED:
                    _save(group, finding)
            if time.monotonic() - shown > 5:
                shown = time.monotonic()
                _progress(group, pool.tally(), count, shown - start)
    tally, seconds = pool.tally(), time.monotonic() - start
    print(
        f"{group}: {tally.cases:,} cases in {seconds:.0f} s on {processes} processes, {tally.cases / seconds:.0f} a second"
    )
    return tally


def _progress(group: str, tally: Tally, count: int, seconds: float) -> None:
    left = (count - tally.cases) * seconds / tally.cases if tally.cases else 0
    bad = sum(tally.signs.values())
    print(f"  {group}: {tally.cases:,} of {count:,}, {bad} bad, {left:.0f} s left", file=sys.stderr, flush=True)


def _table(tallies: list[Tally]) -> Iterator[str]:
    yield (
        f"\n{'':14}{'cases':>10}"
        + "".join(f"{name:>10}" for name in COLUMNS.values())
        + f"{'a second*':>11}{'slowest':>10}"
    )
    for tally in tallies:
        for kind, counts in tally.counts.items():
            cases = counts.total()
            rate = cases / tally.seconds[kind] if tally.seconds[kind] else 0
            numbers = "".join(f"{counts[outcome]:>10,}" for outcome in COLUMNS)
            yield f"{kind:14}{cases:>10,}{numbers}{rate:>11,.0f}{tally.slowest[kind]:>8.2f} s"
    yield "* of one process. A case that hangs is ended after" + f" {PATIENCE} s."


def _signs(tallies: list[Tally]) -> Iterator[str]:
    for tally in tallies:
        for (outcome, sign), count in tally.signs.most_common(MOST_SHOWN):
            yield f"{count:>8,} {outcome}: {printable(sign)[:200]}"
    if not all(tally.is_sound for tally in tallies):
        yield f"Cases of each lie in {FOUND.relative_to(ROOT)}/; run one again with --replay FILE."


def _save(group: str, finding: Finding) -> None:
    FOUND.mkdir(parents=True, exist_ok=True)
    data = finding.case.data
    try:
        content = {"text": data.decode()}
    except UnicodeDecodeError:
        content = {"hex": data.hex()}
    rows = {
        "group": group,
        **asdict(finding),
        "case": {"kind": finding.case.kind, "name": finding.case.name, **content},
    }
    file = FOUND / f"{group}-{finding.seed}-{finding.number}.json"
    file.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _replay(file: Path) -> int:
    """Run a saved case again, in this process, so that its traceback is seen."""
    saved = json.loads(file.read_text(encoding="utf-8"))
    case = saved["case"]
    data = case["text"].encode() if "text" in case else bytes.fromhex(case["hex"])
    with tempfile.TemporaryDirectory() as folder:
        target = GROUPS[saved["group"]](Path(folder))
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        outcome, harm = target.run(Case(case["kind"], case["name"], data))
        faulthandler.cancel_dump_traceback_later()
    print(f"{case['name']}: {outcome} {harm}")
    return 1 if outcome == HARMFUL else 0
