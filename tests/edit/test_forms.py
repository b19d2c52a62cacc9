"""The form of every kind of entry: what it holds, sent back as it is, changes nothing; what is changed is all that changes."""

import pytest

from conftest import ROOT
from publicity.edit.form.forms import Choices, data_of, form_of, values_of
from publicity.edit.front_matter import MarkdownFile
from publicity.models import ENTRY_MODELS, Translation

CHOICES = Choices({"supports": (("city-2023", "标准"),), "interprets": (("plan", "方案"),)})


@pytest.mark.parametrize("collection", ENTRY_MODELS)
def test_a_form_sent_back_as_it_is_changes_nothing(collection: str) -> None:
    form = form_of(ENTRY_MODELS[collection], CHOICES)
    english = form_of(Translation, CHOICES)
    tried = 0
    for path in sorted((ROOT / "content").glob(f"*/{collection}/*.md")):
        data = MarkdownFile.of(path.read_text(encoding="utf-8")).data
        fields = english if path.name.endswith(".en.md") else form
        sent = {name: value.replace("\n", "\r\n") for name, value in values_of(fields, data).items()}
        assert data_of(fields, data, sent) == data, path
        tried += 1
    assert tried


def _sent(data: dict, **changes: str) -> dict:
    form = form_of(ENTRY_MODELS["cases"], CHOICES)
    return data_of(
        form, data, values_of(form, data) | {name.replace("__", "."): text for name, text in changes.items()}
    )


def test_each_control_gives_what_its_field_may_have() -> None:
    sent = _sent(
        {"sample": True, "amount": {"value": 1, "currency": "CNY"}},
        title=" 标题 ", decided="2026-01-01", decided_year="2026", keywords="甲\r\n\r\n乙", source__name__zh="来源",
        source__checked="2026-01-02", authority__zh="法院", authority__en="Court", multiplier="2.5", sample="",
        lessons="people\nproof", amount__value="", amount__currency="", supports__city="4.1",
    )  # fmt: skip
    assert sent == {
        "title": "标题", "decided": "2026-01-01", "decided_year": 2026, "keywords": ["甲", "乙"],
        "source": {"name": "来源", "checked": "2026-01-02"}, "authority": {"zh": "法院", "en": "Court"}, "multiplier": 2.5,
        "lessons": ["people", "proof"], "supports": {"city": ["4.1"]},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("１２．５", 12.5),
        ("159,000,000", 159_000_000),
        ("１，５９０，０００", 1_590_000),
        ("1,59", "1,59"),
        ("3倍", "3倍"),
    ],
)
def test_numbers_are_read_as_an_input_method_leaves_them(typed: str, number: float | str) -> None:
    assert _sent({}, multiplier=typed) == {"multiplier": number}


def test_rows_are_added_changed_and_taken_away() -> None:
    old = {"articles": [{"regulation": "a", "article": "第一条"}, "外国法", {"regulation": "c", "article": "第三条"}]}
    form = form_of(ENTRY_MODELS["cases"], CHOICES)
    values = values_of(form, old)
    values = {name: text for name, text in values.items() if not name.startswith("articles.0.")}
    values |= {
        "articles.2.article": "第四条",
        "articles.n.~": "",
        "articles.n.regulation": "d",
        "articles.n.article": "第五条",
    }
    assert data_of(form, old, values)["articles"] == [
        "外国法", {"regulation": "c", "article": "第四条"}, {"regulation": "d", "article": "第五条"}
    ]  # fmt: skip


def test_what_must_be_written_as_nothing_is() -> None:
    form = form_of(ENTRY_MODELS["regulations"], CHOICES)
    sent = {
        "moves.0.~": "",
        "moves.0.subject.zh": "甲",
        "moves.0.subject.en": "A",
        "moves.0.old": "",
        "moves.0.new": "第一条",
    }
    assert data_of(form, {}, sent)["moves"] == [{"subject": {"zh": "甲", "en": "A"}, "old": None, "new": "第一条"}]


def test_choices_bear_the_words_of_their_descriptions() -> None:
    fields = {one.key: one for one in form_of(ENTRY_MODELS["cases"], CHOICES)}
    assert dict(fields["procedure"].options)["civil"] == "民事"
    assert dict(fields["lessons"].options)["chain"] == "全链条共同侵权"
    assert [inner.default for inner in fields["amount"].fields if inner.key == "currency"] == ["人民币"]
    assert fields["review"].title == "编审"
    assert [inner.title for inner in fields["source"].fields] == ["来源名称", "来源网址", "核对日期"]


def test_a_video_is_filled_in_or_made_of_the_content() -> None:
    form = form_of(ENTRY_MODELS["newsletter"], CHOICES)
    video = next(one for one in form if one.key == "video")
    assert (video.control, video.or_true) == ("group", True)
    assert {"file", "poster", "captions", "transcript"} <= {inner.key for inner in video.fields}
    sent = {"video.file": "a.mp4", "video.poster": "a.jpg", "video.captions.zh": "a.vtt"}
    assert data_of(form, {}, sent)["video"] == {"file": "a.mp4", "poster": "a.jpg", "captions": "a.vtt"}
    assert data_of(form, {}, {"video.~true": "true", "video.file": ""})["video"] is True
    ours = values_of(form, {"video": True})
    assert data_of(form, {"video": True}, ours)["video"] is True
    assert "video" not in data_of(form, {"video": True}, ours | {"video.~true": ""})
