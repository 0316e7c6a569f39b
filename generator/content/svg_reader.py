"""Drawings of the content: `pictures/<id of a page>.svg`, shown on that page; `<id>+<id>.svg` on both.

A drawing becomes part of the page, so it may hold shapes and nothing else: no script, no style, no address.
Colours come from the theme, by class. SVG 2 (W3C) names the elements and attributes.

What a drawing explains it says in the elements that SVG has for this, and pages show these words as text
beside it: the `<desc>` of the whole is its caption; a `<g>` with a `<title>`, and a `<desc>` if need be, is a
part of it. A drawing without words is decoration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET
from xml.parsers import expat

from guidebook.content.problems import Problem, did_you_mean

PICTURES = "pictures"

_SHAPES = frozenset({"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
_WORDS = frozenset({"title", "desc"})
_GEOMETRY = frozenset(
    {"viewBox", "class", "transform", "d", "points", "width", "height"}
    | {"x", "y", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2"}
)


@dataclass(frozen=True)
class Words:
    """What a drawing says in one place, and where that stands in its file."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Part:
    """A part of a drawing that has a name."""

    name: str
    says: str = ""


@dataclass(frozen=True)
class Drawing:
    """A drawing that holds nothing else than shapes, and the words that stand beside it."""

    file: str
    svg: str
    caption: str = ""
    parts: tuple[Part, ...] = ()
    """Its named parts, in their order in the file."""
    words: tuple[Words, ...] = ()
    """All that it says, for the check."""

    def problem(self, words: Words, message: str) -> Problem:
        """A problem with some of its words."""
        return Problem(self.file, words.line, words.column, message)


def is_drawing(name: str) -> bool:
    """Whether a file of the content, by its path there, is a drawing."""
    return bool(re.fullmatch(rf"{PICTURES}/[^/]+\.svg", name))


def shown_on(name: str) -> list[str]:
    """The ids of the pages that show a drawing, by the path of its file."""
    return PurePosixPath(name).stem.split("+")


def drawing(shown: str, raw: bytes) -> tuple[Drawing | None, list[Problem]]:
    """One drawing, given what to call its file in messages; or what is wrong with it."""
    reading = _Reading(shown)
    reading.read(raw)
    if reading.problems:
        return None, reading.problems
    words = tuple(reading.words)
    return Drawing(shown, _written(raw), reading.caption, tuple(reading.parts), words), []


def _written(raw: bytes) -> str:
    """The shapes re-serialised without anything else: HTML parses words, comments and CDATA differently."""
    root = ET.fromstring(raw)  # noqa: S314 (nothing with a DOCTYPE comes here)
    for element in list(root.iter()):
        element.text = element.tail = None
        element[:] = [child for child in element if child.tag not in _WORDS]
    return ET.tostring(root, encoding="unicode")


class _StopError(Exception):
    """Stops the reading of a file that could grow without bound."""


@dataclass
class _Open:
    """An element that is not closed yet, and the words that it has as a whole."""

    tag: str
    line: int
    column: int
    text: str = ""
    said: dict[str, str] = field(default_factory=dict)


class _Reading:
    """What a file says, and what in it is neither a shape nor words about one, while expat reads it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.caption = ""
        self.parts: list[Part] = []
        self.words: list[Words] = []
        self.open: list[_Open] = []
        self.is_begun = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.element
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.letters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def read(self, raw: bytes) -> None:
        try:
            self.parser.Parse(raw, True)  # noqa: FBT003 (expat knows it by place only)
        except expat.ExpatError as error:
            message = f"is no drawing: {expat.ErrorString(error.code)}"
            self.problems.append(Problem(self.name, error.lineno, error.offset + 1, message))
        except _StopError:
            pass

    def place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def refuse(self, message: str, place: tuple[int, int] | None = None) -> None:
        self.problems.append(Problem(self.name, *(place or self.place()), message))

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.is_begun and tag != "svg":
            self.refuse(f"a drawing begins with <svg>, not with <{tag}>")
        elif tag in _WORDS:
            self.begin_words(tag)
        elif tag not in _SHAPES:
            hint = did_you_mean(tag, _SHAPES | _WORDS) or "; use shapes and paths only"
            self.refuse(f"<{tag}> is not drawn here{hint}")
        elif self.open and self.open[-1].tag in _WORDS:
            self.refuse(f"<{self.open[-1].tag}> holds words only; take <{tag}> out of it")
        self.is_begun = True
        self.open.append(_Open(tag, *self.place()))
        for attribute in attributes:
            if attribute not in _GEOMETRY:
                self.refuse(f"'{attribute}' has no place here; colours and lines come from classes")

    def begin_words(self, tag: str) -> None:
        around = self.open[-1]
        if tag in around.said:
            self.refuse(f"<{around.tag}> has a <{tag}> already; say all of it there")
        elif len(self.open) == 1 and tag == "title":
            self.refuse("<title> names a part, in a <g>; say what the whole shows in <desc>")
        elif len(self.open) > 1 and around.tag != "g":
            self.refuse(f"<{around.tag}> is no part to speak of; put it in a <g> with the <{tag}>")

    def end(self, tag: str) -> None:
        closed = self.open.pop()
        if tag in _WORDS and self.open:
            self.end_words(closed, self.open[-1])
        elif not self.open:
            self.caption = closed.said.get("desc", "")
            if self.parts and "desc" not in closed.said:
                self.refuse("has parts with names and no <desc> of its own; say what the whole shows", (1, 1))
        elif tag == "g" and closed.said:
            if "title" not in closed.said:
                self.refuse("this part has no <title>; name it", (closed.line, closed.column))
            self.parts.append(Part(closed.said.get("title", ""), closed.said.get("desc", "")))

    def end_words(self, closed: _Open, around: _Open) -> None:
        text = " ".join(closed.text.split())
        around.said[closed.tag] = text
        self.words.append(Words(text, closed.line, closed.column))
        if not text:
            self.refuse(
                f"<{closed.tag}> is empty; write something or take it out", (closed.line, closed.column)
            )

    def letters(self, data: str) -> None:
        if self.open[-1].tag in _WORDS:
            self.open[-1].text += data
        elif data.strip():
            self.refuse("words cannot be drawn; say them in <title> and <desc>")

    def doctype(self, *_: object) -> None:
        self.refuse("a drawing begins with <svg>; take the DOCTYPE out")
        raise _StopError
