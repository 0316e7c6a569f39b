"""Drawings of the content: `pictures/<id of a page>.svg`, shown on that page.

A drawing becomes part of the page, so it may hold shapes and nothing else: no script, no style, no address.
Colours come from the theme, by class. SVG 2 (W3C) names the elements and attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from generator.errors import ContentError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "pictures"

_SHAPES = frozenset({"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
_GEOMETRY = frozenset(
    {"viewBox", "class", "transform", "d", "points", "xmlns", "width", "height"}
    | {"x", "y", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2"}
)


def drawings(content: Path) -> tuple[dict[str, str], list[Problem]]:
    """The drawings of a content folder by id, each on one line, and what is wrong with the others."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted((content / FOLDER).glob("*.svg")):
        text = path.read_text(encoding="utf-8")
        wrong = list(_problems(f"{content.name}/{FOLDER}/{path.name}", text))
        problems += wrong
        if not wrong:
            found[path.stem] = " ".join(line.strip() for line in text.splitlines())
    return found, problems


def _problems(name: str, text: str) -> Iterator[Problem]:
    parser = expat.ParserCreate()
    found: list[Problem] = []

    def refuse(message: str) -> None:
        found.append(Problem(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, message))

    def element(tag: str, attributes: dict[str, str]) -> None:
        if tag not in _SHAPES:
            refuse(f"<{tag}> is not drawn here{did_you_mean(tag, _SHAPES) or '; use shapes and paths only'}")
        for attribute in attributes:
            if attribute not in _GEOMETRY:
                refuse(f"'{attribute}' has no place here; colours and lines come from classes")

    def letters(data: str) -> None:
        if data.strip():
            refuse("words cannot be drawn; say them in the page")

    def doctype(*_: object) -> None:
        # Entities could grow without bound.
        refuse("a drawing begins with <svg>; take the DOCTYPE out")
        raise ContentError(found)

    parser.StartElementHandler = element
    parser.CharacterDataHandler = letters
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text, True)  # noqa: FBT003 (expat knows it by place only)
    except expat.ExpatError as error:
        yield Problem(name, error.lineno, error.offset + 1, f"is no drawing: {expat.ErrorString(error.code)}")
    except ContentError:
        pass
    yield from found
