"""Data into models: every fault becomes a problem with the line it stands on and what was expected."""

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from publicity.models import example
from publicity.problems import Problem, did_you_mean, raw
from publicity.read.source import Source

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], source: Source) -> tuple[M | None, list[Problem]]:
    """Make a `model` of a source's data, or say everything that is wrong with it."""
    if not isinstance(source.data, dict):
        return None, [raw(source.name, source.line(()), f"expected `key: value` lines, found {_found(source.data)}")]
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        return None, [_problem(model, source, details) for details in error.errors(include_url=False)]


def _problem(model: type[BaseModel], source: Source, details: ErrorDetails) -> Problem:
    # pydantic's own signs, such as `[key]` and the tags of unions, are no part of the way to the value.
    path = tuple(part for part in details["loc"] if not str(part).startswith("["))
    return raw(source.name, source.line(path), _message(model, path, details))


def _message(model: type[BaseModel], path: tuple[str | int, ...], details: ErrorDetails) -> str:
    key, kind, given = _spell(path), details["type"], details["input"]
    context = details.get("ctx", {})
    hint = _hint(model, path)
    if kind == "missing":
        return f"`{key}` is missing{hint}"
    if kind == "extra_forbidden":
        known = _fields(model, path[:-1])
        if (meant := str(path[-1]).partition("：")[0]) in known:
            return f"the colon after `{_spell((*path[:-1], meant))}` is full-width; expected `{meant}: `, a half-width colon and a space"
        return f"unknown key `{key}`{did_you_mean(str(path[-1]), known)}"
    if kind == "value_error":
        return f"`{key}`: {context['error']}" if key else str(context["error"])
    if kind in _EXPECTED:
        return f"`{key}` must be {_EXPECTED[kind]}, found {_found(given)}{hint}"
    if kind in ("string_too_short", "too_short"):
        return f"`{key}` is empty{hint}"
    if kind == "string_pattern_mismatch":
        return f"`{key}` is `{given}`; expected small letters and digits joined by single hyphens, such as `plan-2026`"
    if kind == "string_too_long":
        return f"`{key}` has {len(given)} characters; expected {context['max_length']} at most"
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"`{key}` is `{given}`{did_you_mean(str(given), allowed)}"
    return f"`{key}`: {details['msg']}, found {_found(given)}{hint}"


_EXPECTED = {
    "string_type": "text (put it in quotes)",
    "int_type": "a whole number",
    "number": "a number in digits alone",
    "bool_type": "true or false",
    "list_type": "a list (lines that begin with `- `)",
    "dict_type": "`key: value` lines of its own",
    "model_type": "`key: value` lines of its own",
}


def _hint(model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    holder = _model_at(model, path[:-1])
    shown = example(holder, path[-1]) if holder and path else None
    return f"; expected for instance `{path[-1]}: {shown}`" if shown else ""


def _found(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "`key: value` lines"
    if isinstance(value, list):
        return "a list"
    noun = {str: "the text", bool: "", int: "the number", float: "the number"}.get(type(value), "")
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f"{noun} `{shown[:40]}`".strip()


def _spell(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _fields(model: type[BaseModel], path: tuple[str | int, ...]) -> set[str]:
    """The keys that are known at a place inside a model."""
    return set(getattr(_model_at(model, path), "model_fields", {}))


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - a model, or None
    """The model of what stands at a place inside a model."""
    found: Any = model
    for part in path:
        if isinstance(part, int):
            found = _models_in(found)
        else:
            fields = getattr(found, "model_fields", {})
            found = _models_in(fields[part].annotation) if part in fields else None
    return found


def _models_in(annotation: Any) -> Any:  # noqa: ANN401 - annotations have no common type
    """The model named in an annotation such as `list[Phase]` or `Progress | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _models_in(part)) is not None), None)
