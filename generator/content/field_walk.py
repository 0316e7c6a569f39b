"""One walk over every text of a model, with what the model's fields say of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from guidebook.content import model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.content.yaml_reader import Where


@dataclass(frozen=True)
class Field:
    """A field of a class: its names here and in the file, and what stands in it."""

    name: str
    key: str
    names: str
    """The kind of thing that its text names, if any."""
    is_prose: bool
    is_reported: bool
    """Whether its prose reports what others say."""
    is_passed_on: bool
    """Whether readers send its prose or say it as it stands."""
    is_read: bool
    """Whether people read its words, as prose or as they are."""


class Value(NamedTuple):
    """A text, and where it stands in its file."""

    where: Where
    text: str
    field: Field


@cache
def fields(cls: type[model.Model]) -> list[Field]:
    """The fields of a class."""
    found = []
    for name, info in cls.model_fields.items():
        marks = [*info.metadata, *_marks(info.annotation)]
        names = next((mark.kind for mark in marks if isinstance(mark, model.Ref)), "")
        prose = [mark for mark in marks if isinstance(mark, model.Prose)]
        found.append(
            Field(
                name,
                key=info.alias or name,
                names=names,
                is_prose=bool(prose),
                is_reported=any(mark.reported for mark in prose),
                is_passed_on=any(mark.passed_on for mark in prose),
                is_read=bool(prose) or any(isinstance(mark, model.Verbatim) for mark in marks),
            )
        )
    return found


def _marks(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 (a type expression)
    for part in get_args(annotation):
        if isinstance(part, model.Ref | model.Prose | model.Verbatim):
            yield part
        yield from _marks(part)


def values(thing: model.Model) -> list[Value]:
    """Every text in a model, in the order of its fields."""
    found: list[Value] = []
    _add_fields(thing, (), found)
    return found


def _add_fields(thing: model.Model, where: Where, found: list[Value]) -> None:
    for field in fields(type(thing)):
        _add(getattr(thing, field.name), (*where, field.key), field, found)


def _add(value: Any, where: Where, field: Field, found: list[Value]) -> None:  # noqa: ANN401
    if isinstance(value, str):
        found.append(Value(where, value, field))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            _add(item, (*where, place), field, found)
    elif isinstance(value, model.Model):
        _add_fields(value, where, found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _add(item, (*where, key), field, found)


Cited = tuple["Where", model.Model, model.Citation]
"""A citation: its place in its file, what cites (the innermost part with an id), and itself."""


def citations(file: model.File) -> Iterator[Cited]:
    """Every citation in a file."""
    yield from _citations(file, (), file)


def called(file: model.File, owner: model.Model) -> str:
    """What a part that cites is called: its page, and its id there."""
    page = "disagreements" if isinstance(owner, model.Disagreement) else file.id
    return file.id if owner is file else f"{page}#{getattr(owner, 'id', '')}"


def _citations(thing: Any, where: Where, owner: model.Model) -> Iterator[Cited]:  # noqa: ANN401
    if isinstance(thing, model.Citation):
        yield where, owner, thing
    elif isinstance(thing, list):
        for place, item in enumerate(thing):
            yield from _citations(item, (*where, place), owner)
    elif isinstance(thing, model.Model):
        inner = thing if hasattr(thing, "id") else owner
        for field in fields(type(thing)):
            yield from _citations(getattr(thing, field.name), (*where, field.key), inner)
