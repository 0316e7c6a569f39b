"""The decision tree as a picture: where each step stands and how the lines run.

The layout is the layered drawing of directed graphs (Sugiyama, Tagawa and Toda 1981) of fast-sugiyama,
from left to right. A question stands once; an outcome is repeated beside each column of questions that
leads to it, since lines across the whole picture are what makes such drawings hard to read. Where questions
lead to one another as they are written, a way back runs below the boxes, and the layout does not know of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise, takewhile
from textwrap import wrap
from typing import TYPE_CHECKING

from fast_sugiyama import from_edges

from guidebook.content.inline_markup import plain
from guidebook.tree.question_graph import question_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.content.handbook import Handbook
    from guidebook.tree.question_graph import Way

# In pixels at the picture's natural size.
WIDTH, HEIGHT = 232, 58
COLUMN, ROW = WIDTH + 76, HEIGHT + 8
MARGIN = 12
NARROW = 4
"""The maximum number of steps in a column that is moved to the top."""
LETTERS = 29
"""How many letters stand in a line of a box."""

Key = tuple[str, int]
"""A step and the column that it stands in."""
Place = tuple[float, float]
"""A column and a row."""


@dataclass(frozen=True)
class Box:
    """A question or outcome: its place, and its words in lines."""

    id: str
    x: int
    y: int
    lines: list[str]
    number: int
    """The question's number, or 0 for an outcome."""
    is_urgent: bool = False
    width: int = WIDTH
    height: int = HEIGHT
    line_height: int = 16

    @property
    def kind(self) -> str:
        """What the box stands for: a question, an outcome, or an urgent one."""
        if self.number:
            return "question"
        return "urgent" if self.is_urgent else "outcome"

    @property
    def corner(self) -> int:
        """The radius of its corners."""
        return 6 if self.number else 28

    @property
    def text_x(self) -> int:
        """Where its lines begin."""
        return self.x + 14

    @property
    def text_y(self) -> int:
        """The foot of its first line, so that the lines stand in the middle."""
        return self.y + self.height // 2 + 4 - (len(self.lines) - 1) * self.line_height // 2


@dataclass(frozen=True)
class Picture:
    """Boxes and lines; a line is the data of an SVG path."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[str]


def draw(book: Handbook, numbers: dict[str, int]) -> Picture:
    """Draw a tree in which nobody can walk a loop; `numbers` are those of the questions in reading order."""
    back = _ways_back(book, numbers)
    edges = sorted(_edges(book, back), key=lambda edge: (edge[0][1], numbers[edge[0][0]], edge[1][1]))
    keys = list(dict.fromkeys(key for edge in edges for key in edge))
    number = {key: place for place, key in enumerate(keys)}
    places, onward = _layout([(number[start], number[end]) for start, end in edges])
    boxes = [_box(book, key, places[place], numbers) for place, key in enumerate(keys)]
    lines = [
        _line(boxes[start], bends, boxes[end])
        for start in range(len(keys))
        for bends, end in _ways(start, len(keys), places, onward)
    ]
    asked = {box.id: box for box in boxes if box.number}
    lines += [_line_back(asked[start], asked[end]) for start, end in back]
    return Picture(
        width=max(box.x for box in boxes) + WIDTH + MARGIN,
        height=max(box.y for box in boxes) + HEIGHT + MARGIN,
        boxes=boxes,
        lines=lines,
    )


def _layout(edges: list[tuple[int, int]]) -> tuple[dict[int, Place], dict[int, list[int]]]:
    """Where each step stands, and what each leads to; a line over several columns has a bend in each."""
    found = from_edges(
        edges,
        vertex_spacing=1,
        dummy_vertices=True,
        dummy_size=0.6,
        ranking_type="minimize",
        crossing_minimization="barycenter",
        transpose=True,
    )
    (positions, _, _, pieces), *_ = found
    first, last = min(row for _, (row, _) in positions), max(layer for _, (_, layer) in positions)
    places = _from_the_top({int(step): (last - layer, row - first) for step, (row, layer) in positions})
    onward: dict[int, list[int]] = {}
    for start, end in sorted(pieces or edges):
        onward.setdefault(int(start), []).append(int(end))
    return places, onward


def _from_the_top(places: dict[int, Place]) -> dict[int, Place]:
    """The narrow columns at the start moved to the top, where a reader's look begins."""
    rows: dict[float, list[float]] = {}
    for column, row in places.values():
        rows.setdefault(column, []).append(row)
    head = set(takewhile(lambda column: len(rows[column]) <= NARROW, sorted(rows)))
    up = min(row for column in head for row in rows[column])
    return {step: (column, row - up if column in head else row) for step, (column, row) in places.items()}


def _ways(
    start: int, steps: int, places: dict[int, Place], onward: dict[int, list[int]]
) -> Iterator[tuple[list[Place], int]]:
    """The lines from a step: the bends of each, and the step that it ends at."""
    for first in onward.get(start, ()):
        bends, at = [], first
        while at >= steps:
            bends.append(places[at])
            (at,) = onward[at]
        yield bends, at


def _ways_back(book: Handbook, numbers: dict[str, int]) -> list[Way]:
    """The ways that can lead round, as they are written, and go to a question that does not come later."""
    ways = [
        (question.id, to) for question in book.questions.values() for to in dict.fromkeys(question.leads_to)
    ]
    lead_round = question_graph(book).left_out
    return [(asked, to) for asked, to in ways if (asked, to) in lead_round and numbers[to] <= numbers[asked]]


def _edges(book: Handbook, back: list[Way]) -> Iterator[tuple[Key, Key]]:
    """Every way from one step to the next but those back, once, with the columns of both."""
    onward = {
        question.id: [to for to in dict.fromkeys(question.leads_to) if (question.id, to) not in back]
        for question in book.questions.values()
    }
    before = {step: [asked for asked, found in onward.items() if step in found] for step in book.questions}
    column: dict[str, int] = {}
    for step in TopologicalSorter(before).static_order():
        column[step] = max((column[earlier] + 1 for earlier in before[step]), default=0)
    for question, found in onward.items():
        for to in found:
            yield (question, column[question]), (to, column[to] if to in onward else column[question] + 1)


def _box(book: Handbook, key: Key, place: Place, numbers: dict[str, int]) -> Box:
    step, _ = key
    outcome = book.outcomes.get(step)
    title = outcome.title if outcome else f"{numbers[step]}. {book.questions[step].question}"
    x, y = _pixels(place)
    return Box(
        id=step,
        x=x,
        y=y,
        lines=wrap(plain(title), LETTERS),
        number=numbers.get(step, 0),
        is_urgent=outcome is not None and book.guide.is_urgent(outcome.urgency),
    )


def _pixels(place: Place) -> tuple[int, int]:
    column, row = place
    return MARGIN + round(column * COLUMN), MARGIN + round(row * ROW)


def _line(start: Box, bends: list[Place], end: Box) -> str:
    """Curves from box to box; through the columns between, where room is kept, it runs straight."""
    middle = HEIGHT // 2
    points = [(start.x + WIDTH, start.y + middle)]
    for x, y in map(_pixels, bends):
        points += [(x, y + middle), (x + WIDTH, y + middle)]
    points.append((end.x, end.y + middle))
    curves = []
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (x + to_x) // 2
        curves.append(f"H{to_x}" if y == to_y else f"C{half} {y} {half} {to_y} {to_x} {to_y}")
    return f"M{points[0][0]} {points[0][1]}{''.join(curves)}"


def _line_back(start: Box, end: Box) -> str:
    """A line out of a box to the right, back below both and into the other from the left."""
    right, left = start.x + WIDTH, end.x
    below = max(start.y, end.y) + (HEIGHT + ROW) // 2
    middle = HEIGHT // 2
    out = f"C{right + MARGIN} {start.y + middle} {right + MARGIN} {below} {right} {below}"
    into = f"C{left - MARGIN} {below} {left - MARGIN} {end.y + middle} {left} {end.y + middle}"
    return f"M{right} {start.y + middle}{out}H{left}{into}"
