"""A page before it is rendered, and what several kinds of page show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidebook.content.handbook import Handbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidebook.content import model


@dataclass(frozen=True)
class Draft:
    """A page before it is rendered: where it goes, what it is made from, and what it shows."""

    path: str
    template: str
    title: str
    description: str
    source: str
    """The file that its text comes from, relative to the content folder."""
    shows: dict[str, Any]
    tab_title: str | None = None
    reviewed: Any = None
    review_by: Any = None
    script: str = ""
    """The script that only this page needs besides those of every page."""
    style: str = ""
    """The stylesheet likewise."""
    frame: str = "main"
    """The theme's template around it."""
    repeats: bool = False
    """Whether it says only what other pages say, so that search engines leave it out."""


@dataclass(frozen=True)
class Link:
    """An entry of a menu: a title and the Markdown path of a page."""

    title: str
    path: str


@dataclass(frozen=True)
class PlacedPoint:
    """A point or script together with the page it belongs to."""

    thing: Any
    home: model.Advice


def below_content(file: model.File) -> str:
    """The path of a content file, relative to the content folder."""
    return file.file.partition("/")[2]


def help_lines(book: Handbook, kinds: Iterable[str]) -> list[dict[str, Any]]:
    """The countries with the help lines of these kinds; countries without one are left out."""
    wanted = set(kinds)
    shown = []
    for country_id in book.guide.countries:
        country = book.countries[country_id]
        lines = [line for line in country.lines if line.kind in wanted]
        if lines:
            shown.append({"country": country, "lines": lines})
    return shown


def reminders(book: Handbook, flags: Iterable[str]) -> list[str]:
    """What must be said wherever one of these flags is carried."""
    declared = book.tree.flags if book.tree else []
    return [flag.reminder for flag in declared if flag.reminder and flag.id in flags]


def placed(book: Handbook, name: str) -> PlacedPoint:
    """The point or script that is called `topic/id`."""
    home_id, _, own_id = name.partition("/")
    home = book.topics.get(home_id) or book.situations[home_id]
    things: list[model.Point | model.Script] = [*home.advice, *home.scripts]
    return PlacedPoint(next(thing for thing in things if thing.id == own_id), home)


def topics_in_order(book: Handbook) -> list[model.Topic]:
    """The topics in the order in which the stages list them."""
    return [book.topics[item] for stage in book.guide.stages for item in stage.topic_ids]


def flagged(book: Handbook) -> dict[str, str]:
    """What each flag says of a reader."""
    return {flag.id: flag.title for flag in (book.tree.flags if book.tree else ())}


Shows = Callable[[Handbook, Any], dict[str, Any]]
"""What the page of a content file shows beside the file itself, by the names that its template uses."""
Gathers = Callable[[Handbook], dict[str, Any]]
"""What a gathering page shows."""
