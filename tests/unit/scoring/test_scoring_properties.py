"""What holds for any answers to any standard: those in the repository, those of the tests, and ones made up."""

import datetime
import itertools
import json
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import scoring
from unit.scoring.scoring_data import STANDARDS, engine, exported, guidance_data, read, standard, standard_files

# Enough to find what there is to find, and no deadline on a busy machine.
SOME = settings(max_examples=60)

# --- An independent reference: straight from the YAML, in fractions, knowing nothing of the core ---


def reference(data, answers):
    """Total and base as fractions, read off the standard's file by its own rules; None for a checklist."""

    def item_points(item):
        answer = answers.get(item["id"], {"met": False})
        if not answer["met"]:
            return Fraction(0)
        if "levels" in item:
            return Fraction({level["id"]: level["points"] for level in item["levels"]}[answer["level"]])
        if "each" in item:
            return min(Fraction(item["max"]), Fraction(item["each"]) * answer["count"])
        return Fraction(item["points"])

    if data.get("kind") == "checklist":
        return None
    sums = {False: Fraction(0), True: Fraction(0)}
    for section in data["sections"]:
        groups = Fraction(0)
        for group in section["groups"]:
            groups += min(Fraction(group["max"]), sum(map(item_points, group["items"]), Fraction(0)))
        sums[section.get("bonus", False)] += min(Fraction(section["max"]), groups)
    base = min(Fraction(data["base_max"]), sums[False])
    bonus = min(Fraction(data.get("bonus_max") or 0), sums[True])
    return min(Fraction(data["total_cap"]), base + bonus), base


def tally(node, quantities):
    """What the tally in the browser does with `scoring.tree`: nested capped sums of points times quantity."""
    if "children" in node:
        earned = sum((tally(child, quantities) for child in node["children"]), Fraction(0))
    else:
        earned = Fraction(node.get("points", 0)) * quantities.get(node["id"], 0)
    return min(earned, Fraction(node["cap"])) if "cap" in node else earned


def quantities_of(answers):
    """The leaves of the tree that answers fill: item, "item=level", or "item#" as often as counted."""
    found = {}
    for name, answer in answers.items():
        if answer["met"]:
            leaf = f"{name}={answer['level']}" if "level" in answer else f"{name}#" if "count" in answer else name
            found[leaf] = answer.get("count", 1)
    return found


# --- Any answers ---

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DAY = st.dates().map(str) | st.just("")


def item_answer(item):
    """Any answer that fits an item of `Standard.to_data`."""
    degree = {}
    if "levels" in item:
        degree["level"] = st.sampled_from([level["id"] for level in item["levels"]])
    if "each" in item:
        degree["count"] = st.integers(1, 1000)
    rest = {
        "check": st.booleans(),
        "note": TEXT,
        "owner": TEXT,
        "due": DAY,
        "evidence": st.lists(st.fixed_dictionaries({"name": TEXT, "date": DAY, "holder": TEXT}), max_size=2),
    }
    met = st.fixed_dictionaries({"met": st.just(True), **degree}, optional=rest)
    return met | st.fixed_dictionaries({"met": st.just(False)}, optional=rest)


def items_of(of):
    return [item for section in of.to_data()["sections"] for group in section["groups"] for item in group["items"]]


def in_full(item):
    """The answer that earns all an item has."""
    answer = {"met": True}
    if "levels" in item:
        answer["level"] = max(item["levels"], key=lambda level: Fraction(level["points"]))["id"]
    if "each" in item:
        answer["count"] = 1000
    return answer


def any_answers(of):
    return st.fixed_dictionaries({}, optional={item["id"]: item_answer(item) for item in items_of(of)})


def file_for(of, answers, **head):
    top = {"format": "trade-secret-self-assessment", "version": 1, "standard": {"id": of.id, "sha256": of.sha256}}
    return {**top, **head, "answers": answers}


def result_of(of, answers):
    return scoring.score(of, scoring.read_answers(file_for(of, answers), of)).to_data()


def check_score(of, data, answers):
    result = result_of(of, answers)
    expected = reference(data, answers)
    nothing = {
        f"{item['id']}={level['id']}"
        for item in items_of(of)
        for level in item.get("levels", [])
        if not Fraction(level["points"])
    }
    assert {name for name, item in result["items"].items() if item["met"]} == {
        name for name, answer in answers.items() if answer["met"] and f"{name}={answer.get('level')}" not in nothing
    }
    if expected is None:
        assert not {"total", "base", "bonus", "sections", "groups", "max"} & result.keys()
        return
    total, base = expected
    assert (Fraction(result["total"]), Fraction(result["base"])) == (total, base)
    assert total <= Fraction(result["max"]["total"])
    assert tally(scoring.tree(of), quantities_of(answers)) == total
    assert sum(Fraction(result["items"][name]["points"]) for name in result["items"]) >= total
    for amount in [result["total"], result["cut"], *result["sections"].values(), *result["groups"].values()]:
        assert amount == "0" or not amount.startswith("0") or amount.startswith("0.")
        assert not ("." in amount and amount.endswith(("0", ".")))
        assert "e" not in amount.lower()


@pytest.mark.parametrize("name", STANDARDS)
@SOME
@given(data=st.data())
def test_the_core_equals_the_reference_and_the_tally(name, data):
    check_score(standard(name), read(standard_files()[name]), data.draw(any_answers(standard(name))))


@pytest.mark.parametrize("name", STANDARDS)
@SOME
@given(data=st.data())
def test_more_met_never_lowers_the_total(name, data):
    of = standard(name)
    answers = data.draw(any_answers(of))
    item = data.draw(st.sampled_from(items_of(of)))
    more = {"met": True}
    before = answers.get(item["id"], {})
    if "levels" in item:
        points = {level["id"]: Fraction(level["points"]) for level in item["levels"]}
        floor = points.get(before.get("level"), Fraction(0))
        more["level"] = data.draw(st.sampled_from([key for key, value in points.items() if value >= floor]))
    if "each" in item:
        more["count"] = before.get("count", 0) + data.draw(st.integers(1, 5))
    earlier, later = result_of(of, answers), result_of(of, answers | {item["id"]: more})
    assert later["coverage"]["met"] >= earlier["coverage"]["met"]
    if of.scored:
        assert Fraction(later["total"]) >= Fraction(earlier["total"])


@pytest.mark.parametrize("name", STANDARDS)
@SOME
@given(data=st.data(), unit=TEXT, draft=TEXT, created=DAY)
def test_export_import_export_is_the_identity(name, data, unit, draft, created):
    of = standard(name)
    given_file = file_for(of, data.draw(any_answers(of)), unit=unit, name=draft, created=created)
    once = scoring.read_answers(given_file, of)
    again = scoring.parse_answers(once.export(), of)
    assert again == once
    assert again.export() == once.export()
    migrated = scoring.migrate(once.export(), of)
    assert migrated.answers == once
    assert not migrated.dropped


@pytest.mark.parametrize("name", STANDARDS)
def test_a_standard_survives_its_own_data(name):
    of = standard(name)
    again = scoring.Standard.from_data(json.loads(json.dumps(of.to_data())))
    assert again == of
    assert again.sha256 == of.sha256


@pytest.mark.parametrize("name", [name for name in STANDARDS if standard(name).scored])
def test_everything_met_in_full_earns_the_cap(name):
    of = standard(name)
    result = result_of(of, {item["id"]: in_full(item) for item in items_of(of)})
    assert result["total"] == result["max"]["total"]
    assert result_of(of, {})["total"] == "0"


# --- Any standard ---

POINTS = st.integers(1, 40).map(lambda quarters: Fraction(quarters, 4))


def plain(amount):
    """A fraction of quarters as the decimal string a standard would hold."""
    return f"{float(amount):g}"


@st.composite
def made_up_items(draw, prefix):
    item = {"id": f"{prefix}.1", "text": "x"}
    kind = draw(st.sampled_from(["points", "points", "levels", "each"]))
    if kind == "points":
        points = draw(POINTS)
        return points, item | {"points": plain(points)}
    if kind == "levels":
        levels = draw(st.lists(POINTS, min_size=1, max_size=3))
        rows = [{"id": f"l{i}", "points": plain(value), "text": "x"} for i, value in enumerate(levels)]
        return max(levels), item | {"levels": rows}
    most = draw(POINTS)
    return most, item | {"each": plain(draw(POINTS)), "max": plain(most)}


def cap_of(draw, total):
    """A cap for parts that add up to a total: the total itself, or less and said so."""
    if draw(st.booleans()):
        return total, {"max": plain(total)}
    cap = min(total, draw(POINTS))
    return cap, {"max": plain(cap), "capped": True}


@st.composite
def made_up_standards(draw):
    sums = {False: Fraction(0), True: Fraction(0)}
    sections = []
    for s in range(draw(st.integers(1, 3))):
        groups, in_section = [], Fraction(0)
        for g in range(draw(st.integers(1, 2))):
            items, in_group = [], Fraction(0)
            for i in range(draw(st.integers(1, 2))):
                points, item = draw(made_up_items("x"))
                item["id"] = f"{s}.{g}.{i}"
                items.append(item)
                in_group += points
            cap, written = cap_of(draw, in_group)
            in_section += cap
            groups.append({"id": f"{s}.{g}", **written, "items": items})
        bonus = s > 0 and draw(st.booleans())
        cap, written = cap_of(draw, in_section)
        sums[bonus] += cap
        sections.append({"id": f"{s}", "title": "x", "bonus": bonus, **written, "groups": groups})
    reach = sums[False] + sums[True]
    data = {
        "id": "made-up",
        "title": "x",
        "source": {"document": "x"},
        "base_max": plain(sums[False]),
        "total_cap": plain(draw(st.sampled_from([reach, max(sums[False], Fraction(1, 4)), reach / 2]))),
        "sections": sections,
    }
    if sums[True]:
        data["bonus_max"] = plain(sums[True])
    return data


@SOME
@given(data=st.data(), made_up=made_up_standards())
def test_any_standard_is_scored_by_its_letter(data, made_up):
    of = scoring.Standard.from_data(made_up)
    check_score(of, made_up, data.draw(any_answers(of)))
    assert scoring.Standard.from_data(of.to_data()) == of


BOTH = {"zh": "x", "en": "x"}
DAYS = {"small": 3, "large": 40}


@st.composite
def made_up_guidance(draw, of):
    """Any prerequisites, seasons, efforts and statements of fact for a standard."""
    names = list(of.item_by_id)
    some = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)
    large = set(draw(some))
    sizes = [
        ("small", [name for name in names if name not in large]),
        ("large", [name for name in names if name in large]),
    ]
    spans = st.sampled_from([("01-01", "06-30"), ("07-01", "12-31"), ("03-01", "04-01")])
    periods = draw(st.lists(st.tuples(some, spans), max_size=2))
    return {
        "standard": of.id,
        "ours": BOTH,
        "warnings": [
            {"id": f"w{index}", "met": met, "open": others, "text": BOTH}
            for index, (met, others) in enumerate(draw(st.lists(st.tuples(some, some), max_size=4)))
        ],
        "effort": {
            "text": BOTH,
            "sizes": [{"id": size, "days": DAYS[size], "label": BOTH, "items": items} for size, items in sizes],
        },
        "calendar": [
            {"id": f"p{index}", "items": items, "from": first, "until": last, "text": BOTH}
            for index, (items, (first, last)) in enumerate(periods)
        ],
        "planning": [{"items": items, "plannable": False, "text": BOTH} for items in draw(st.lists(some, max_size=1))],
    }


def finished(guidance, met, chosen, today):
    """The earliest day for each item of a set, each after what the warnings ask for; None if one cannot be done this year.

    An order is tried for every choice of what comes first; what waits for itself never ends.
    """
    spans = {name: span(guidance, name, today) for name in chosen}

    def day(name, above):
        if name in above:
            return datetime.date.max
        first, days, last = spans[name]
        waits = [first]
        for rule in guidance["warnings"]:
            if name in rule["met"] and name not in rule["open"] and met.isdisjoint(rule["open"]):
                others = [day(other, {*above, name}) for other in rule["open"] if other in chosen]
                waits.append(min(others, default=datetime.date.max))
        if max(waits) + min(datetime.timedelta(days), datetime.date.max - max(waits)) > last:
            return datetime.date.max
        return max(waits) + datetime.timedelta(days)

    found = {name: day(name, set()) for name in chosen}
    return None if datetime.date.max in found.values() else found


def span(guidance, name, today):
    """The first day on which an item can be begun this year, its least days, and its last day."""
    days = next(size["days"] for size in guidance["effort"]["sizes"] if name in size["items"])
    spans = [
        [datetime.date.fromisoformat(f"{today.year}-{period[key]}") for key in ("from", "until")]
        for period in guidance["calendar"]
        if name in period["items"]
    ]
    first = max([today, *(one[0] for one in spans)])
    last = min([datetime.date(today.year, 12, 31), *(one[1] for one in spans)])
    return first, days, last


@settings(max_examples=50)
@given(
    data=st.data(), made_up=made_up_standards(), today=st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
)
def test_advice_finds_exactly_the_best_sets(data, made_up, today):
    of = scoring.Standard.from_data(made_up)
    result = scoring.score(of, scoring.read_answers(file_for(of, data.draw(any_answers(of))), of))
    guidance = data.draw(made_up_guidance(of))
    target = result.earned["total"] + data.draw(st.integers(1, of.total_cap // 250)) * 250
    opened = [item.id for item in result.open]
    told = scoring.advise(result, target, scoring.Guidance.from_data(guidance, of), today, opened[7:])
    answers, met = result.answers.to_data()["answers"], result.answers.met
    full = {item["id"]: in_full(item) for item in items_of(of)}
    facts = {item for part in guidance["planning"] for item in part["items"]}
    work = {item: size["days"] for size in guidance["effort"]["sizes"] for item in size["items"]}
    left = (datetime.date(today.year, 12, 31) - today).days
    fine = []
    for size in range(8):
        for chosen in itertools.combinations([name for name in opened[:7] if name not in facts], size):
            if finished(guidance, met, chosen, today) is not None:
                total = reference(made_up, answers | {name: full[name] for name in chosen})[0]
                fine.append((total, size, sum(work[name] for name in chosen)))
    assert Fraction(told["most"]) == max(total for total, _, days in fine if days <= left)
    reaching = [(total, size, days) for total, size, days in fine if total * 1000 >= target]
    assert told["reachable"] is any(days <= left for _, _, days in reaching)
    offers = {offer["kind"]: offer for offer in told["offers"]}
    if told["reachable"]:
        fewest = min(reaching, key=lambda way: (way[1], way[2], -way[0]))
        least = min(reaching, key=lambda way: (way[2], way[1], -way[0]))
        assert ("fewest" in offers or "both" in offers) is (fewest[2] <= left)
        for kind, offer in offers.items():
            assert finished(guidance, met, offer["items"], today) is not None
            best = fewest if kind == "fewest" else least
            assert (Fraction(offer["total"]), len(offer["items"]), offer["work"]) == best
    else:
        nearest = told["nearest"]
        assert finished(guidance, met, nearest, today) is not None
        assert reference(made_up, answers | {name: full[name] for name in nearest})[0] == Fraction(told["most"])
        assert sum(work[name] for name in nearest) <= left


@settings(max_examples=75)
@given(
    data=st.data(), today=st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)), target=st.integers(0, 200)
)
def test_no_advice_raises_a_warning_or_comes_too_early(data, today, target):
    """Any state, any target, any day: what is advised can be done this year, and then our own warnings say nothing new."""
    name = "chongqing-2023"
    items = list(standard(name).item_by_id)
    met = data.draw(st.lists(st.sampled_from(items), unique=True))
    before = asked(name, met, today, target)
    raised = {warning["id"] for warning in before["warnings"]}
    planned = {row["id"]: row["by"] for row in before["agenda"]["rows"]}
    facts = {item for part in guidance_data(name)["planning"] for item in part["items"]}
    nearest = before["advice"]["nearest"]
    assert asked(name, [*met, *nearest])["total"] == before["advice"]["most"] or before["advice"]["reachable"]
    assert {planned[item][:4] for item in nearest} <= {str(today.year)}, "the plan does not come to what was said"
    for offer in before["advice"]["offers"]:
        assert facts.isdisjoint(offer["items"])
        after = asked(name, [*met, *offer["items"]])
        assert Fraction(after["total"]) * 2 >= target
        for warning in after["warnings"]:
            assert warning["kind"] == "evidence" or warning["id"] in raised
            assert warning["kind"] == "evidence" or not set(warning["items"]) & set(offer["items"])
        days = before["agenda"]["offers"][offer["kind"]]
        assert set(days) == set(offer["items"])
        assert_one_after_the_other(name, days, met, today)
        assert max(days.values()) <= f"{today.year}-12-31"
        assert offer["work"] <= before["advice"]["left"]
        assert offer["kind"] == "fewest" or {item: planned[item] for item in days} == days
    assert planned.keys() | facts | set(met) == set(items)
    assert list(planned.values()) == sorted(planned.values())
    assert_one_after_the_other(name, planned, met, today)
    this_year = [item for item, day in planned.items() if day[:4] == str(today.year)]
    assert Fraction(asked(name, [*met, *this_year])["total"]) <= Fraction(before["advice"]["most"])


def assert_one_after_the_other(name, days, met, today):
    """No day is earlier than the least days allow, after today, after the item before, and after what must come first."""
    guidance = guidance_data(name)
    days = {item: datetime.date.fromisoformat(day) for item, day in days.items()}
    before = today
    for item, day in sorted(days.items(), key=lambda pair: pair[1]):
        begin = day - datetime.timedelta(
            next(size["days"] for size in guidance["effort"]["sizes"] if item in size["items"])
        )
        assert begin >= before
        for period in guidance["calendar"]:
            assert item not in period["items"] or f"{day.year}-{period['from']}" <= str(begin)
            assert item not in period["items"] or str(day) <= f"{day.year}-{period['until']}"
        for rule in guidance["warnings"]:
            if item in rule["met"] and set(met).isdisjoint(rule["open"]):
                assert min(days[other] for other in rule["open"] if other in days) <= begin
        before = day


def asked(name, met, today=None, target=None):
    request = {"op": "score", "answers": exported(name, met=met)}
    if today:
        request |= {"target": f"{target / 2:g}", "today": str(today)}
    response = json.loads(engine(name).respond(json.dumps(request)))
    return response["result"]


@SOME
@given(data=st.data(), made_up=made_up_standards())
def test_the_gain_of_an_open_item_is_what_meeting_it_adds(data, made_up):
    of = scoring.Standard.from_data(made_up)
    answers = data.draw(any_answers(of))
    engine = scoring.Engine(json.dumps({"standard": of.to_data(), "guidance": None, "words": None}))
    response = json.loads(engine.respond(json.dumps({"op": "score", "answers": file_for(of, answers)})))
    assume(response["result"]["open"])
    row = data.draw(st.sampled_from(response["result"]["open"]))
    item = next(item for item in items_of(of) if item["id"] == row["id"])
    before = reference(made_up, answers)[0]
    after = reference(made_up, answers | {row["id"]: in_full(item)})[0]
    assert Fraction(row["gain"]) == after - before


def test_the_hash_is_of_the_official_content_only():
    data = standard("plain").to_data()
    translated = scoring.Standard.from_data(data | {"title_en": "Another translation"})
    reworded = scoring.Standard.from_data(data | {"title": "另一标题"})
    assert translated.sha256 == standard("plain").sha256
    assert reworded.sha256 != standard("plain").sha256


def test_points_written_otherwise_are_the_same_standard():
    data = read(standard_files()["plain"])
    assert scoring.Standard.from_data(data | {"base_max": "3.00", "total_cap": "3"}).sha256 == standard("plain").sha256


def test_an_exported_file_names_its_standard_and_hash():
    file = scoring.read_answers(exported("plain", met=["1.1.1"]), standard("plain")).to_data()
    assert file["standard"] == {"id": "plain", "sha256": standard("plain").sha256}
