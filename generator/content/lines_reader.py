"""Plain text with a line for each thing that somebody typed, as the search learns from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from guidebook.content.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = "search/asked"
"""The folder with what readers typed for whom a page is right, in a file for each page."""
DANGER = "search/danger"
"""The folder with what readers typed in danger, in a file for each kind."""
FOLDERS = (ASKED, DANGER)
MODELS = tuple(f"{folder}.json" for folder in FOLDERS)
"""Where what was learned from them is kept."""


@dataclass(frozen=True)
class Line:
    """What one reader typed, and where it stands."""

    text: str
    number: int


def is_lines(name: str) -> bool:
    """Whether a file of a content folder, by its path there, holds such lines."""
    path = PurePosixPath(name)
    return path.suffix == ".txt" and path.parent.as_posix() in FOLDERS


def lines(shown: str, raw: bytes) -> tuple[list[Line], list[Problem]]:
    """The lines of a file, and what is wrong with it; `shown` is what messages call it.

    Empty lines are passed over, and those that begin with `#`, which say something to people.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = raw.count(b"\n", 0, error.start) + 1
        return [], [Problem(shown, place, 1, "is not saved as UTF-8; save it so")]
    typed = [
        Line(said, number)
        for number, line in enumerate(text.splitlines(), 1)
        if (said := line.strip()) and not said.startswith("#")
    ]
    return typed, list(_twice(shown, typed))


def _twice(shown: str, typed: list[Line]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line in typed:
        earlier = first.setdefault(line.text.lower(), line.number)
        if earlier != line.number:
            message = f"stands in line {earlier} already; take one of them out"
            yield Problem(shown, line.number, 1, message)
