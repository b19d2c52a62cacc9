"""The JSON Schemas and the editors' reference: current, true to the content, and complete."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest

from conftest import ROOT, run_publicity
from publicity.models import ENTRY_MODELS
from publicity.problems import Problem
from publicity.read.source import Source, parse_markdown, read_yaml

SCHEMAS = {
    file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (ROOT / "content/.schemas").glob("*.json")
}
KINDS = {collection: model.__name__.lower() for collection, model in ENTRY_MODELS.items()}
LISTS = {
    "region.yml": "region",
    "stations.yml": "register",
    "units.yml": "register",
    "services.yml": "register",
    "glossary.yml": "glossary",
    "training.yml": "training",
    "tasks.yml": "tasklist",
}


def _content() -> Iterator[tuple[Path, str]]:
    """Every file of the content with the kind of its schema."""
    for file in sorted((ROOT / "content").glob("*/**/*.*")):
        if file.name.endswith(".en.md"):
            yield file, "translation"
        elif file.suffix == ".md":
            yield file, KINDS[file.parent.name]
        elif file.name in LISTS:
            yield file, LISTS[file.name]
    for file in sorted((ROOT / "scoring_wasm/standards").glob("*.explanations.yml")):
        yield file, "explanations"


def _fields(schema: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Every field of a schema and of its parts."""
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part["properties"].items()


def test_committed_schemas_are_what_the_models_say(tmp_path: Path) -> None:
    done = run_publicity("schema", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    made = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*.*") if file.is_file()}
    assert set(made) == {Path("README.md"), *(Path(".schemas") / f"{name}.json" for name in SCHEMAS)}
    for name, text in made.items():
        assert (ROOT / "content" / name).read_bytes() == text, "run `publicity schema` and commit what it wrote"


def test_links_of_the_reference_lead_to_its_headings() -> None:
    """By the rules of forges and editors: small letters, no punctuation, hyphens for spaces."""
    text = (ROOT / "content/README.md").read_text(encoding="utf-8")
    headings = {re.sub(r"[^\w -]", "", name).lower().replace(" ", "-") for name in re.findall(r"^#+ (.+)$", text, re.M)}
    links = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert len(links) > 40
    assert links - headings == set()


def _read(file: Path) -> tuple[Source | None, list[Problem]]:
    if file.suffix == ".md":
        return parse_markdown(file.read_text(encoding="utf-8"), file.name)
    return read_yaml(file, file.name)


def test_all_content_is_valid_by_its_schema() -> None:
    validators = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
    checked = set()
    for file, kind in _content():
        source, problems = _read(file)
        assert problems == []
        faults = [f"{file}: {error.json_path}: {error.message}" for error in validators[kind].iter_errors(source.data)]
        assert faults == []
        checked.add(kind)
    assert checked == set(SCHEMAS) - {"publishfile"}  # nobody publishes from here: see tests/publish


@pytest.mark.parametrize(
    ("kind", "change", "path"),
    [
        ("case", {"procedure": "cvil"}, "$.procedure"),
        ("case", {"lessons": []}, "$.lessons"),
        ("case", {"source": {"name": "示例", "url": "www.example.gov.cn", "checked": "2026-01-02"}}, "$.source.url"),
        ("case", {"titel": "示例"}, "$"),
        ("case", {"summary": ""}, "$.summary"),
    ],
)
def test_a_schema_refuses_what_the_check_refuses(kind: str, change: dict[str, object], path: str) -> None:
    source, _ = _read(ROOT / "content/shared/cases/vanillin-2021.md")
    validator = jsonschema.Draft202012Validator(SCHEMAS[kind])
    assert [error.json_path for error in validator.iter_errors({**source.data, **change})] == [path]


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_every_field_and_every_choice_is_explained_in_chinese(kind: str) -> None:
    schema = SCHEMAS[kind]
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, field in _fields(schema):
        explained = str(field.get("description", ""))
        assert any("一" <= letter <= "鿿" for letter in explained), f"{kind}.{name} has no description"
        choices = field.get("enum") or field.get("items", {}).get("enum", [])
        if name != "navigation":  # these are the names of columns
            assert [value for value in choices if value not in explained] == [], f"{kind}.{name}"
        for example in field.get("examples", []):
            jsonschema.validate(example, {**field, "$defs": schema["$defs"]})


def test_every_source_names_its_page_and_not_a_front_page() -> None:
    fronts = []
    for file, _ in _content():
        source, _ = _read(file)
        fronts += [
            f"{file}: {address}" for address in _source_addresses(source.data) if not urlsplit(address).path.strip("/")
        ]
    assert fronts == []


def _source_addresses(data: object) -> Iterator[str]:
    """The addresses of all sources: of whatever says when it was checked."""
    if isinstance(data, dict):
        if "checked" in data and data.get("url"):
            yield data["url"]
        data = list(data.values())
    for row in data if isinstance(data, list) else ():
        yield from _source_addresses(row)
