"""A form for an entry, made from its model: which field is shown how, what stands in it, and what data comes back.

Every control has a name, the way to its value: `title`, `source.name.zh`, `corrections.0.printed`. What comes back as it was sent
has not been changed, whatever a control would make of it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from publicity.author.schema import Schema, schema_of
from publicity.edit.front_matter import Data, plain_yaml
from publicity.models.fields.places import title_at
from publicity.read.yaml.data import MOST_DIGITS, parse_yaml
from scoring.problems import Keys

Values = dict[str, str]
"""What stands in each control, by its name."""

PLACE = "~"
"""Ends the name of the control that says which member of a list a row was."""
TEXT = "~text"
"""Ends the name of the control for a member that is a text, where it may be one or have fields."""

TRUE = "~true"
"""Ends the name of the control by which a group is `true`, where it may be."""


@dataclass(frozen=True)
class FormField:
    """A field as shown.

    Attributes:
        key: Its key.
        title: Its name in Chinese, and `help`, what its model says of it.
        control: text, long, date, time, number, bool, choice, choices, lines, local, group, rows, map, yaml.
        required: Whether there must be something.
        options: What can be chosen: value and words.
        fields: Those of a group, or of each row.
        or_text: Whether a row may be a text, too; of `local`, whether one text may stand for both languages.
        or_true: Whether a group may be `true` instead.
        nullable: Whether it must be written even where there is nothing.
        default: The words of the choice that counts where none is made.
    """

    key: str
    title: str
    help: str
    control: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    fields: tuple["FormField", ...] = ()
    or_text: bool = False
    or_true: bool = False
    nullable: bool = False
    default: str = ""


@dataclass(frozen=True)
class Choices:
    """What fields may name of the content, by the field's key: value and words."""

    of_field: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def of(self, key: str) -> tuple[tuple[str, str], ...]:
        """Those of a field."""
        return self.of_field.get(key, ())


def form_of(model: type[BaseModel], choices: Choices) -> tuple[FormField, ...]:
    """The fields of a model, in its order."""
    schema = schema_of(model)
    return _Builder(model, schema.get("$defs", {}), choices).fields(schema, ())


_LONG = {"summary", "note", "reason", "published_note", "printed", "corrected"}
_DEEPEST = 2


@dataclass(frozen=True)
class _Builder:
    """Makes fields of a model's schema; `keys` is the way to a field."""

    model: type[BaseModel]
    parts: Schema
    choices: Choices

    def fields(self, schema: Schema, keys: Keys) -> tuple[FormField, ...]:
        required = schema.get("required", ())
        return tuple(
            self.field(form, (*keys, key), is_required=key in required) for key, form in schema["properties"].items()
        )

    def field(self, form: Schema, keys: Keys, *, is_required: bool) -> FormField:
        told = str(form.get("description", ""))
        kinds = list(_kinds(form, self.parts))
        nullable = any(kind.get("type") == "null" for kind in kinds)
        kinds = [kind for kind in kinds if kind.get("type") != "null"]
        kind = next((kind for kind in kinds if "properties" in kind), kinds[0])
        key = str(keys[-1])
        common: dict[str, Any] = {
            "key": key,
            "title": title_at(self.model, keys) or key,
            "help": re.sub(rf"^{re.escape(title_at(self.model, keys))}[，：；]", "", told),
            "required": is_required,
            "nullable": nullable and is_required,
        }
        if options := self.choices.of(key):
            control = {"array": "lines", "object": "map"}.get(kind.get("type", ""), "choice")
            return FormField(control=control, options=options, **common)
        if "properties" in kind:
            or_true = any(other.get("const") is True for other in kinds)
            return self.group(kind, keys, common | {"or_true": or_true}, or_text=len(kinds) > 1)
        if kind.get("type") == "array":
            return self.list(kind, keys, common, told)
        words = _words(kind, told)
        if words:
            common |= {"help": "", "default": dict(words).get(str(form.get("default")), "")}
        return FormField(control=_scalar(key, kind), options=words, **common)

    def group(self, kind: Schema, keys: Keys, common: dict[str, Any], *, or_text: bool) -> FormField:
        if _is_local(kind):
            return FormField(control="local", or_text=or_text, **common)
        if len(keys) > _DEEPEST:
            return FormField(control="yaml", **common)
        return FormField(control="group", fields=self.fields(kind, keys), **common)

    def list(self, kind: Schema, keys: Keys, common: dict[str, Any], told: str) -> FormField:
        inner = kind["items"]
        items = list(_kinds(inner, self.parts))
        item = next((item for item in items if "properties" in item), items[0])
        if "enum" in item:
            return FormField(control="choices", options=_words(item, told), **{**common, "help": ""})
        if "properties" not in item:
            return FormField(control="lines" if item.get("type") == "string" else "yaml", **common)
        if len(keys) > _DEEPEST:
            return FormField(control="yaml", **common)
        fields = self.fields(item, (*keys, 0))
        if any(one.control in ("rows", "yaml", "map") for one in fields):
            return FormField(control="yaml", **common)
        return FormField(control="rows", fields=fields, or_text=len(items) > 1, **common)


def _is_local(kind: Schema) -> bool:
    return set(kind["properties"]) == {"zh", "en"}


def _kinds(form: Schema, parts: Schema) -> Iterator[Schema]:
    """What a value may be, choices within choices included."""
    name = str(form.get("$ref", "")).removeprefix("#/$defs/")
    form = dict(parts[name]) if name else form
    choices = form.get("anyOf") or form.get("oneOf")
    if choices is None:
        yield form
    for choice in choices or ():
        yield from _kinds(choice, parts)


def _scalar(key: str, kind: Schema) -> str:
    if "enum" in kind or "const" in kind:
        return "choice"
    if kind.get("format") == "date":
        return "date"
    if kind.get("type") in ("integer", "number"):
        return "number"
    if kind.get("type") == "boolean":
        return "bool"
    if kind.get("type") == "object":
        return "yaml"
    if key == "published_time":
        return "time"
    return "long" if key in _LONG else "text"


def _words(kind: Schema, told: str) -> tuple[tuple[str, str], ...]:
    """The choices with their Chinese words, which descriptions name: `civil 民事；criminal 刑事`."""
    values = kind.get("enum") or ([kind["const"]] if "const" in kind else [])
    found = []
    for value in values:
        words = re.search(rf"(?<![\w-]){re.escape(str(value))} ([^；，]+)", told)
        found.append((str(value), words[1] if words else str(value)))
    return tuple(found)


def values_of(fields: Iterable[FormField], data: Data, prefix: str = "") -> Values:
    """What stands in every control for some data."""
    found: Values = {}
    for one in fields:
        found |= _values(one, data.get(one.key), f"{prefix}{one.key}")
    return found


def _values(one: FormField, value: Any, name: str) -> Values:  # noqa: ANN401 - any value of YAML
    match one.control:
        case "group":
            own = {f"{name}.{TRUE}": "true" if value is True else ""} if one.or_true else {}
            return own | values_of(one.fields, value if isinstance(value, dict) else {}, f"{name}.")
        case "local":
            pair = value if isinstance(value, dict) else {"zh": value}
            return {f"{name}.{language}": _text(pair.get(language)) for language in ("zh", "en")}
        case "rows":
            found: Values = {}
            for place, row in enumerate(value if isinstance(value, list) else []):
                found[f"{name}.{place}.{PLACE}"] = str(place)
                if one.or_text:
                    found[f"{name}.{place}.{TEXT}"] = "" if isinstance(row, dict) else _text(row)
                found |= values_of(one.fields, row if isinstance(row, dict) else {}, f"{name}.{place}.")
            return found
        case "lines" | "choices":
            return {name: _in_lines(value)}
        case "map":
            pairs = value if isinstance(value, dict) else {}
            keys = dict.fromkeys([*(key for key, _ in one.options), *pairs])
            return {f"{name}.{key}": _in_lines(pairs.get(key)) for key in keys}
        case "yaml":
            return {name: plain_yaml(value)}
        case "bool":
            return {name: "true" if value is True else ""}
    return {name: _text(value)}


def data_of(fields: Iterable[FormField], old: Data, sent: Values) -> Data:
    """The data after a form was sent: what its controls say, all else as it was."""
    data = dict(old)
    for one in fields:
        value = _read(one, old.get(one.key), sent, one.key)
        if value is not _NOTHING:
            data[one.key] = value
        elif one.key in data:
            del data[one.key]
    return data


_NOTHING = object()
"""What a field says where nothing stands in it: then its key is not written."""


def _read(one: FormField, old: Any, sent: Values, name: str) -> Any:  # noqa: ANN401 - any value of YAML
    before = _values(one, old, name)
    now = {key: value for key, value in sent.items() if key == name or key.startswith(f"{name}.")}
    if not now and one.control not in ("rows", "choices", "bool"):
        return _NOTHING if old is None else old
    if _alike(before, now):
        return _NOTHING if old is None and not one.nullable else old
    match one.control:
        case "choices":
            return _read_choices(old if isinstance(old, list) else [], _lines(now.get(name, ""))) or _NOTHING
        case "group":
            data = data_of(one.fields, old if isinstance(old, dict) else {}, _below(now, name))
            return data or (now.get(f"{name}.{TRUE}") == "true" or _NOTHING)
        case "local":
            return _read_local(one, now, name)
        case "rows":
            return _read_rows(one, old, now, name) or _NOTHING
        case "lines":
            return _lines(now.get(name, "")) or _NOTHING
        case "map":
            was = old if isinstance(old, dict) else {}
            pairs = {key: was[key] if _in_lines(was.get(key)) == "\n".join(_lines(text)) else _lines(text)
                     for key, text in _below(now, name).items() if _lines(text)}  # fmt: skip
            return pairs or _NOTHING
        case "yaml":
            return _read_yaml(now.get(name, ""))
    return _read_scalar(one, now.get(name, ""))


def _read_scalar(one: FormField, text: str) -> Any:  # noqa: ANN401
    text = text.replace("\r\n", "\n").strip()
    if one.control == "bool":
        return True if text else _NOTHING
    if not text:
        return None if one.nullable else _NOTHING
    # A longer number, which YAML's reader refuses with all else of the file, stays text: the check tells what is expected.
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", text))
    if one.control == "number" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain) and len(plain) <= MOST_DIGITS:
        return float(plain) if "." in plain else int(plain)
    return text


def _read_local(one: FormField, now: Values, name: str) -> Any:  # noqa: ANN401
    pair = {language: now.get(f"{name}.{language}", "").strip() for language in ("zh", "en")}
    pair = {language: text for language, text in pair.items() if text}
    if one.or_text and set(pair) == {"zh"}:
        return pair["zh"]
    return pair or _NOTHING


def _read_rows(one: FormField, old: Any, now: Values, name: str) -> list[Any]:  # noqa: ANN401
    before = old if isinstance(old, list) else []
    places = dict.fromkeys(key.removeprefix(f"{name}.").partition(".")[0] for key in now)
    rows: list[Any] = []
    for place in places:
        row = _below(now, f"{name}.{place}")
        was = row.pop(PLACE, "")
        origin = before[int(was)] if was.isdigit() and int(was) < len(before) else None
        if text := row.pop(TEXT, "").strip():
            rows.append(text)
            continue
        is_odd = origin is not None and not isinstance(origin, dict) and not one.or_text
        if is_odd and not any(map(str.strip, row.values())):
            rows.append(origin)  # no control shows it; the check tells what it should be
            continue
        data = data_of(one.fields, origin if isinstance(origin, dict) else {}, row)
        if any(value is not None for value in data.values()):
            rows.append(data)
    return rows


def _read_choices(old: list[Any], chosen: list[str]) -> list[Any]:
    """What is ticked, in the order in which it was written; what is new comes last."""
    return [value for value in old if str(value) in chosen] + [value for value in chosen if value not in map(str, old)]


def _read_yaml(text: str) -> Any:  # noqa: ANN401
    """What stands in a field for YAML; where that cannot be read it stays text, and the check tells what is expected."""
    text = text.replace("\r\n", "\n")
    if not text.strip():
        return _NOTHING
    parsed = parse_yaml(text)
    return text.strip() if parsed.problems else parsed.data


def _below(values: Values, name: str) -> Values:
    return {key.removeprefix(f"{name}."): value for key, value in values.items() if key.startswith(f"{name}.")}


def _alike(one: Values, other: Values) -> bool:
    """Whether controls say the same; a browser sends other line ends, and nothing for what is not ticked."""
    return [*_told(one)] == [*_told(other)]


def _told(values: Values) -> list[tuple[str, str]]:
    rows = [(key, value.replace("\r\n", "\n").strip()) for key, value in values.items()]
    return sorted(row for row in rows if row[1])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _in_lines(value: object) -> str:
    """A list with a line for each member; what was to be one, but is none, as it stands."""
    return "\n".join(map(_text, value)) if isinstance(value, list) else _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        value if isinstance(value, str) else plain_yaml(value).strip() if isinstance(value, dict | list) else str(value)
    )
