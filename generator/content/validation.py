"""Plain data -> Handbook: every file validated by the class of its folder, every mistake located."""

from __future__ import annotations

from dataclasses import fields
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from guidebook.content import model
from guidebook.content.handbook import Handbook
from guidebook.content.kinds import FILE_KINDS
from guidebook.content.problems import ContentError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from guidebook.content.yaml_reader import Document, Where

GUIDE = "handbook.yml"


def assemble(documents: Mapping[str, Document]) -> tuple[Handbook, list[Problem]]:
    """Turn documents into a Handbook of the files that are valid, and the others' problems.

    Raises ContentError if there is no valid `handbook.yml`, since nothing can be judged without it.
    """
    problems: list[Problem] = []
    files: dict[str, model.File] = {}
    for name, document in documents.items():
        try:
            files[name] = _validated(name, document)
        except ContentError as error:
            problems.extend(error.problems)
    guide = files.get(GUIDE)
    if not isinstance(guide, model.Guide):
        if GUIDE not in documents:
            problems.append(
                Problem(f"content/{GUIDE}", 1, 1, "there is no such file; a guide begins with it")
            )
        raise ContentError(problems)
    return _handbook(guide, files), problems


def _handbook(guide: model.Guide, files: Mapping[str, model.File]) -> Handbook:
    by_name = {field.name for field in fields(Handbook)}
    parts: dict[str, Any] = {}
    others: dict[str, dict[str, model.File]] = {}
    for kind in FILE_KINDS:
        found = {file.id: file for file in files.values() if isinstance(file, kind.cls)}
        if kind.attribute in by_name:
            parts[kind.attribute] = next(iter(found.values()), None) if kind.is_single else found
        else:
            others[kind.attribute] = found
    return Handbook(**{**parts, "guide": guide, "others": others})


def class_of(name: str) -> type[model.File] | None:
    """The class of a content file, by its path; nothing if no file belongs there."""
    path = PurePosixPath(name)
    return next(
        (
            kind.cls
            for kind in FILE_KINDS
            if path.match(kind.files) and len(path.parts) == kind.files.count("/") + 1
        ),
        None,
    )


def _validated(name: str, document: Document) -> model.File:
    cls = class_of(name)
    if cls is None:
        raise ContentError([document.problem((), "no file belongs here; see CONTRIBUTING.md")])
    path = PurePosixPath(name)
    given = {"id": path.stem, "file": document.file}
    if cls is model.Topic:
        given["stage"] = path.parent.name
    told_by_name = [key for key in given if key in document.data]
    if told_by_name:
        message = f"the file's name and folder say the {told_by_name[0]}; take this line out"
        raise ContentError([document.problem((told_by_name[0],), message, at_key=True)])
    try:
        return cls.model_validate({**document.data, **given})
    except ValidationError as error:
        raise ContentError(_problems(cls, document, error)) from error


def _problems(cls: type[model.File], document: Document, error: ValidationError) -> Iterator[Problem]:
    """One problem for each mistake: not again what the loader refused, nor a misspelt key as missing."""
    refused = {(problem.line, problem.column) for problem in document.refused}
    meant: set[Where] = set()
    for detail in sorted(error.errors(), key=lambda found: found["type"] == "missing"):
        where = detail["loc"]
        if detail["type"] == "extra_forbidden":
            near = get_close_matches(str(where[-1]), _open_fields(cls, where, document), 1)
            meant.update((*where[:-1], name) for name in near)
        problem = _problem(cls, document, detail)
        if (problem.line, problem.column) not in refused and where not in meant:
            yield problem


def _problem(cls: type[model.File], document: Document, detail: ErrorDetails) -> Problem:
    where = detail["loc"]
    kind = detail["type"]
    key = where[-1] if where else ""
    if where == ("id",):
        return document.problem((), "cannot be an id; name the file with small letters and hyphens")
    if kind == "extra_forbidden":
        message = f"'{key}' is not a field here{_near_field(cls, where, document)}"
        return document.problem(where, message, at_key=True)
    if kind == "missing":
        return document.problem(where[:-1], f"'{key}' is missing; write it here")
    if key == "[key]":  # So pydantic calls the key itself.
        where = where[:-1]
        return document.problem(where, f"{_named(where)}{_wording(kind, detail)}", at_key=True)
    if detail["input"] is None and where in document.cut:
        message = f"{_named(where)}is empty, since # begins a comment; put the text in quotes"
        return document.problem(where, message)
    return document.problem(where, f"{_named(where)}{_wording(kind, detail)}")


def _named(where: Where) -> str:
    """The field that a message is about."""
    name = next((str(part) for part in reversed(where) if isinstance(part, str)), "")
    return f"'{name}' "


# Pydantic's words, translated once for the people who write content.
_WORDING = {
    "bool_type": "must be true or false",
    "date_type": "must be a date such as 2026-01-31, without quotes",
    "dict_type": "must be lines of 'key: value', indented below it",
    "int_type": "must be a whole number",
    "list_type": "must be a list; begin each line with a hyphen",
    "model_type": "must be lines of 'key: value', indented below it",
    "string_type": "must be text; put it in quotes",
}


_WORDING_WITH_FACTS = {
    "string_pattern_mismatch": "must be small letters, digits and single hyphens; it is '{given}'",
    "greater_than_equal": "must be at least {ge}; it is {given}",
    "too_short": "needs at least {min_length}; it has {actual_length}",
    "too_long": "takes at most {max_length}; it has {actual_length}",
    "value_error": "{error}",
}


def _wording(kind: str, detail: ErrorDetails) -> str:
    given: Any = detail["input"]
    if given is None:
        return "is empty; write it or take the line out"
    if kind in _WORDING:
        return _WORDING[kind]
    context = {**detail.get("ctx", {}), "given": given}
    if kind == "literal_error":
        return f"must be one of {context['expected']}; it is '{given}'{_near(given, context)}"
    if kind in _WORDING_WITH_FACTS:
        return _WORDING_WITH_FACTS[kind].format(**context)
    return f"is wrong: {detail['msg']}"


def _near(given: object, context: Mapping[str, Any]) -> str:
    return did_you_mean(str(given), str(context["expected"]).replace("'", "").split(", "))


def _near_field(cls: type[model.File], where: Where, document: Document) -> str:
    return did_you_mean(str(where[-1]), _open_fields(cls, where, document)) or "; take it out"


def _open_fields(cls: type[model.File], where: Where, document: Document) -> list[str]:
    """The fields that the same place could have and does not have yet."""
    data: Any = document.data
    for part in where[:-1]:
        data = data[part]
    return [name for name in _fields_at(cls, where[:-1]) if name not in data]


def _fields_at(cls: type[BaseModel], where: Where) -> dict[str, type[BaseModel] | None]:
    """The fields that an author may write at a place, each with the class of what is in it."""
    fields = {
        info.alias or name: _class_in(info.annotation)
        for name, info in cls.model_fields.items()
        if name not in {"id", "file", "stage"} or not issubclass(cls, model.File)
    }
    names = [part for part in where if isinstance(part, str)]
    if not names:
        return fields
    inner = fields.get(names[0])
    return _fields_at(inner, tuple(names[1:])) if inner else {}


def _class_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 (a type expression)
    if isinstance(annotation, type) and issubclass(annotation, model.Model):
        return annotation
    found = (_class_in(part) for part in getattr(annotation, "__args__", ()))
    return next((cls for cls in found if cls), None)


def schemas() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """For each kind of content file: its name, which files it is for, and its JSON Schema for editors."""
    for kind in FILE_KINDS:
        cls = kind.cls
        schema = cls.model_json_schema()
        told_by_name = {"id", "file", "stage"} if cls is model.Topic else {"id", "file"}
        schema["properties"] = {
            name: told for name, told in schema["properties"].items() if name not in told_by_name
        }
        schema["required"] = [name for name in schema.get("required", []) if name not in told_by_name]
        yield cls.__name__.lower(), f"content/{kind.files}", schema
