"""Drawings of the content: `pictures/<id of a page>.svg`, shown on that page.

A drawing becomes part of the page, so it may hold shapes and nothing else: no script, no style, no address.
Colours come from the theme, by class. SVG 2 (W3C) names the elements and attributes.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.parsers import expat

from guidebook.content.problems import Problem, did_you_mean

PICTURES = "pictures"

_SHAPES = frozenset({"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
_GEOMETRY = frozenset(
    {"viewBox", "class", "transform", "d", "points", "width", "height"}
    | {"x", "y", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2"}
)


def is_drawing(name: str) -> bool:
    """Whether a file of the content, by its path there, is a drawing."""
    return bool(re.fullmatch(rf"{PICTURES}/[^/]+\.svg", name))


def drawing(shown: str, raw: bytes) -> tuple[str, list[Problem]]:
    """One drawing as SVG, given what to call its file in messages; or what is wrong with it."""
    wrong = _problems(shown, raw)
    return ("" if wrong else _written(raw)), wrong


def _written(raw: bytes) -> str:
    """The elements re-serialised without anything else: HTML parses comments and CDATA differently."""
    root = ET.fromstring(raw)  # noqa: S314 (nothing with a DOCTYPE comes here)
    for element in root.iter():
        element.text = element.tail = None
    return ET.tostring(root, encoding="unicode")


def _problems(name: str, raw: bytes) -> list[Problem]:
    reading = _Reading(name)
    try:
        reading.parser.Parse(raw, True)  # noqa: FBT003 (expat knows it by place only)
    except expat.ExpatError as error:
        message = f"is no drawing: {expat.ErrorString(error.code)}"
        return [*reading.problems, Problem(name, error.lineno, error.offset + 1, message)]
    except _StopError:
        pass
    return reading.problems


class _StopError(Exception):
    """Stops the reading of a file that could grow without bound."""


class _Reading:
    """What a file holds that is no shape, found while expat reads it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.is_begun = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.element
        self.parser.CharacterDataHandler = self.letters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def refuse(self, message: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.problems.append(Problem(self.name, line, column, message))

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.is_begun and tag != "svg":
            self.refuse(f"a drawing begins with <svg>, not with <{tag}>")
        elif tag not in _SHAPES:
            hint = did_you_mean(tag, _SHAPES) or "; use shapes and paths only"
            self.refuse(f"<{tag}> is not drawn here{hint}")
        self.is_begun = True
        for attribute in attributes:
            if attribute not in _GEOMETRY:
                self.refuse(f"'{attribute}' has no place here; colours and lines come from classes")

    def letters(self, data: str) -> None:
        if data.strip():
            self.refuse("words cannot be drawn; say them in the page")

    def doctype(self, *_: object) -> None:
        self.refuse("a drawing begins with <svg>; take the DOCTYPE out")
        raise _StopError
