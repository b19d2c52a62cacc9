"""Many files in one run: every file gets its line, bad ones too, and the writers tell the same."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scoring
from scoring import batch, report
from unit.scoring.scoring_data import WORDS, exported, problem, standard


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode())
    return path


@pytest.fixture
def files(tmp_path):
    """Good and bad files of one run, in this order."""
    (tmp_path / "folder.json").mkdir()
    return [
        write(tmp_path, "all.json", exported("plain", met="all", unit="甲公司", created="2026-11-22")),
        write(tmp_path, "none.json", exported("plain")),
        write(tmp_path, "mark.json", b"\xef\xbb\xbf" + json.dumps(exported("plain", met=["1.1.2"])).encode()),
        write(tmp_path, "list.json", exported("guanxian-2023-checklist", met=["1.1.1"], unit="=1+1")),
        write(tmp_path, "encoding.json", "甲公司".encode("gbk")),
        write(tmp_path, "other.json", exported("chongqing-2023", met="all")),
        write(tmp_path, "faults.json", exported("plain", met=["7", "8"])),
        write(tmp_path, "huge.json", b" " * 1_500_000),
        tmp_path / "folder.json",
        tmp_path / "absent.json",
    ]


def test_a_pipe_is_skipped_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    (line,) = batch.score_files([tmp_path / "pipe.json"], [standard("plain")])
    assert line.problems == (problem("", "not-regular"),)


STANDARDS = ["plain", "guanxian-2023-checklist"]


# What is wrong with the last six of the files.
PROBLEMS = [
    [problem("", "not-utf8")],
    [problem("standard/id", "other-standard", {"found": "chongqing-2023", "expected": "plain"})],
    [problem("answers", "unknown-item", {"found": "7"}), problem("answers", "unknown-item", {"found": "8"})],
    [problem("", "too-big", {"most": 1_000_000})],
    [problem("", "unreadable", {"why": "Is a directory"})],
    [problem("", "unreadable", {"why": "No such file or directory"})],
]


def sentences(problems):
    return [WORDS.line(fault, "en") for fault in problems]


def run(files):
    summary = batch.Summary()
    standards = [standard(name) for name in STANDARDS]
    return summary, summary.watch(batch.score_files(files, standards)), standards


def test_every_file_gets_its_line(files):
    _, lines, _ = run(files)
    seen = list(lines)
    assert [line.file for line in seen] == [str(file) for file in files]
    assert [line.result and line.result.to_data().get("total") for line in seen[:4]] == ["3", "0", "2", None]
    assert [list(line.problems) for line in seen[4:]] == PROBLEMS


def test_text(files):
    _, lines, _ = run(files)
    folder = files[0].parent
    assert list(report.text_report(lines, WORDS, "en")) == [
        f"{folder}/all.json: total 3  甲公司",
        f"{folder}/none.json: total 0",
        f"{folder}/mark.json: total 2",
        f"{folder}/list.json: 1 of 12 items covered (not scored)  =1+1",
        *(
            f"{file}: bad: {' | '.join(sentences(problems))}"
            for file, problems in zip(files[4:], PROBLEMS, strict=True)
        ),
    ]


def test_summary_in_text(files):
    summary, lines, _ = run(files[:3])
    list(lines)
    assert list(report.text_summary(summary, "zh")) == [
        "共 3 个文件：已计算 3 个，有误 0 个",
        "最小标准（plain）：3 个文件",
        "总分：最低 0，中位数 2，平均 1.67，最高 3",
        "1.1.1  1/3  33%  一",
        "1.1.2  2/3  67%  二",
    ]


def test_a_summary_in_english_has_english_words_where_there_are_some(files):
    summary, lines, (_, listed) = run([files[1], files[3]])
    list(lines)
    told = list(report.text_summary(summary, "en"))
    assert [line.endswith("  一") for line in told].count(True) == 1  # it has no other
    first = next(iter(listed.items))
    assert listed.title_en
    assert first.text_en
    assert listed.title_en in told[-13]
    assert told[-12].endswith(f"  {first.text_en}")


def test_json(files):
    summary, lines, _ = run(files)
    data = json.loads("".join(report.json_report(lines, summary, WORDS, "en")))
    assert [row["ok"] for row in data["files"]] == [True] * 4 + [False] * 6
    assert data["files"][0]["unit"] == "甲公司"
    assert data["files"][0]["result"]["total"] == "3"
    assert data["files"][6]["problems"] == sentences(PROBLEMS[2])
    assert data["summary"]["files"] == 10
    assert data["summary"]["bad"] == 6
    assert data["summary"]["standards"]["plain"] == {
        "files": 3,
        "items": {"1.1.1": 1, "1.1.2": 2},
        "total": {"lowest": "0", "median": "2", "mean": "1.67", "highest": "3"},
        "totals": {"0": 1, "2": 1, "3": 1},
    }
    assert "total" not in data["summary"]["standards"]["guanxian-2023-checklist"]


def test_json_of_no_files():
    summary, lines, _ = run([])
    assert json.loads("".join(report.json_report(lines, summary, WORDS, "en"))) == {
        "files": [],
        "summary": {"files": 0, "scored": 0, "bad": 0, "standards": {}},
    }


def test_csv(files):
    _, lines, standards = run(files)
    text = "".join(report.csv_report(lines, standards, WORDS, "en"))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["ok"] for row in rows] == ["1"] * 4 + ["0"] * 6
    assert (rows[0]["unit"], rows[0]["total"], rows[0]["plain/1.1.2"], rows[0]["plain/1"]) == ("甲公司", "3", "2", "3")
    assert (rows[3]["total"], rows[3]["met"], rows[3]["guanxian-2023-checklist/1.1.1"]) == ("", "1", "1")
    assert rows[3]["unit"] == "'=1+1"
    assert rows[6]["problems"] == "\n".join(sentences(PROBLEMS[2]))


def test_csv_for_one_standard_names_columns_by_id(files):
    only = [standard("plain")]
    text = "".join(report.csv_report(batch.score_files(files[:1], only), only, WORDS, "zh"))
    head = text.removeprefix("\ufeff").splitlines()[0].split(",")
    assert head[-3:] == ["1", "1.1.1", "1.1.2"]


def test_files_are_read_one_by_one(files):
    """No file is opened before the line of the one before it was taken: that keeps memory flat."""
    asked = []

    def watched():
        for file in files:
            asked.append(file)
            yield file

    summary, lines, _ = run(watched())
    pieces = report.json_report(lines, summary, WORDS, "en")
    for count in range(1, 4):
        next(pieces)
        assert asked == files[:count]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_median_and_mean(points):
    """Against sorting everything, with the plain standard's items of 1 and 2 points."""
    spread = batch.Spread(standard("plain"))
    for total in points:
        met = [name for name, bit in (("1.1.1", 1), ("1.1.2", 2)) if total & bit]
        spread.add(scoring.score(spread.standard, scoring.read_answers(exported("plain", met=met), spread.standard)))
    told = spread.to_data()["total"]
    in_order = sorted(points)
    middle = (in_order[(len(points) - 1) // 2] + in_order[len(points) // 2]) / 2
    assert float(told["median"]) == middle
    assert abs(float(told["mean"]) - sum(points) / len(points)) <= 0.005 + 1e-9
    assert (float(told["lowest"]), float(told["highest"])) == (in_order[0], in_order[-1])


@pytest.mark.skipif(os.name == "nt", reason="file names there are always text")
def test_a_file_name_that_is_no_text_can_be_printed(tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b.json")
    line = next(batch.score_files([name], [standard("plain")]))
    assert line.file.encode().endswith(b"\\udcff\\u001b.json")


PEAK = """
import resource, sys
from scoring import Standard, Words, batch, report
import json
standard = Standard.from_data(json.load(open(sys.argv[1])))
summary = batch.Summary()
lines = summary.watch(batch.score_files([sys.argv[2]] * int(sys.argv[3]), [standard]))
for _ in report.csv_report(lines, [standard], Words({"marks": {}, "hints": {}, "problems": {}}), "zh"):
    pass
assert summary.scored == int(sys.argv[3])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs the resource module")
def test_thousands_of_files_take_no_more_memory_than_a_few(tmp_path):
    of = write(tmp_path, "standard.json", standard("chongqing-2023").to_data())
    file = write(tmp_path, "answers.json", exported("chongqing-2023", met="all"))

    def peak(count):
        command = [sys.executable, "-c", PEAK, str(of), str(file), str(count)]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    few, many = peak(100), peak(3000)
    # Kilobytes; a result kept for each file would take some 10,000 more.
    assert many - few < 2000
