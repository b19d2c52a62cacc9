"""What the models know of a place inside the data: the keys there, the field's title, what may be written, and a right line."""

from collections.abc import Iterator
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from publicity.models.fields import title_of
from scoring.problems import Keys


def title_at(model: type[BaseModel], keys: Keys) -> str:
    """The title in Chinese of the field that stands at a place, or of the nearest one above it."""
    fields = [field for end in range(len(keys)) if (field := _field_at(model, keys[: end + 1]))]
    return title_of(fields[-1]) if fields else ""


def known_at(model: type[BaseModel], keys: Keys) -> tuple[str, ...]:
    """The keys that may stand at a place."""
    for kind in _alternatives(_type_at(model, keys)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return tuple(kind.model_fields)
        if get_origin(kind) is dict:
            return _choices(get_args(kind)[0])
    return ()


def choices_at(model: type[BaseModel], keys: Keys) -> tuple[str, ...]:
    """The values that may be chosen from at a place."""
    return _choices(_type_at(model, keys))


def line_at(model: type[BaseModel], keys: Keys) -> str:
    """A right line for a place, from the field's example; texts without one are left open: `zh: …`."""
    field = _field_at(model, keys)
    shape = _written(field) if field else _shape(_type_at(model, keys))
    return f"- {shape}" if isinstance(keys[-1], int) else f"{keys[-1]}: {shape}"


def _field_at(model: type[BaseModel], keys: Keys) -> FieldInfo | None:
    for kind in _alternatives(_type_at(model, keys[:-1])):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind.model_fields.get(str(keys[-1]))
    return None


def _type_at(model: type[BaseModel], keys: Keys) -> Any:  # noqa: ANN401 - annotations have no common type
    """The type of what stands at a place; None where nothing may stand there."""
    member: Any = model
    for key in keys:
        member = next((inner for kind in _alternatives(member) if (inner := _member(kind, key)) is not None), None)
    return member


def _member(kind: Any, key: str | int) -> Any:  # noqa: ANN401
    """The type of a member of a value."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(str(key))
        return field.annotation if field else None
    holders = {list: 0, dict: 1}
    return get_args(kind)[holders[get_origin(kind)]] if get_origin(kind) in holders else None


def _alternatives(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    """The bare types of an annotation such as `Progress | None`."""
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _alternatives(part)
    else:
        yield annotation


def _choices(annotation: Any) -> tuple[str, ...]:  # noqa: ANN401
    return next((get_args(kind) for kind in _alternatives(annotation) if get_origin(kind) is Literal), ())


def _written(field: FieldInfo) -> str:
    return str(field.examples[0]) if field.examples else _shape(field.annotation)


def _shape(annotation: Any) -> str:  # noqa: ANN401
    """How a value of a type is written in one line."""
    kind = next(_alternatives(annotation))
    arguments = get_args(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        parts = {name: _written(field) for name, field in kind.model_fields.items() if field.is_required()}
    elif get_origin(kind) is dict:
        parts = dict.fromkeys(_choices(arguments[0]), _shape(arguments[1]))
    elif get_origin(kind) is list:
        return f"[{_shape(arguments[0])}]"
    elif get_origin(kind) is Literal:
        return str(arguments[0])
    else:
        return _SCALARS.get(kind, "…")
    return f"{{{', '.join(f'{name}: {part}' for name, part in parts.items())}}}"


_SCALARS = {int: "1", bool: "true", date: "2026-11-22"}
