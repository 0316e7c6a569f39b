"""A page before it is rendered, and what several kinds of page show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from guidebook.content.handbook import Handbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from guidebook.content import model

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class View:
    """What a template shows: each has a class of its own, whose fields are the names that it uses."""

    def names(self) -> dict[str, Any]:
        """The fields by name; their values are as they are."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class FileView(View):
    """A content file that needs nothing beside itself; its template calls it by the name of its kind."""

    kind: str
    file: model.File

    def names(self) -> dict[str, Any]:
        """The file under the name of its kind."""
        return {self.kind: self.file}


@dataclass(frozen=True)
class Draft:
    """A page before it is rendered: where it goes, what it is made from, and what it shows."""

    path: str
    template: str
    title: str
    description: str
    source: str
    """The file that its text comes from, relative to the content folder."""
    view: View
    tab_title: str | None = None
    reviewed: date | None = None
    review_by: date | None = None
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
    """An entry of a menu: a title and the path of a page, with an anchor where it leads to a part of one."""

    title: str
    path: str


@dataclass(frozen=True)
class Excerpt(Generic[T_co]):
    """A part of a topic or situation that another page shows, and the page it belongs to."""

    thing: T_co
    home: model.Advice


@dataclass(frozen=True)
class Group(Generic[T_co]):
    """Things that a page shows under one title."""

    title: str
    members: Sequence[T_co]


@dataclass(frozen=True)
class CountryLines:
    """The help lines of one country that a page shows."""

    country: model.Country
    lines: list[model.Line]


def below_content(file: model.File) -> str:
    """The path of a content file, relative to the content folder."""
    return file.file.partition("/")[2]


def help_lines(book: Handbook, kinds: Iterable[str]) -> list[CountryLines]:
    """The countries with the help lines of these kinds, in that order; those without one are left out."""
    wanted = list(kinds)
    shown = []
    for country in (book.countries[country_id] for country_id in book.guide.countries):
        lines = [line for line in country.lines if line.kind in wanted]
        if lines:
            shown.append(CountryLines(country, sorted(lines, key=lambda line: wanted.index(line.kind))))
    return shown


def labels(book: Handbook) -> dict[str, model.Evidence]:
    """The evidence labels by id."""
    return {label.id: label for label in book.guide.evidence}


def reminders(book: Handbook, flags: Iterable[str]) -> list[str]:
    """What must be said wherever one of these flags is carried."""
    declared = book.tree.flags if book.tree else []
    return [flag.reminder for flag in declared if flag.reminder and flag.id in flags]


def point(book: Handbook, name: str) -> Excerpt[model.Point]:
    """The point that is called `page/id`."""
    home, own_id = _home(book, name)
    return Excerpt(next(point for point in home.advice if point.id == own_id), home)


def script(book: Handbook, name: str) -> Excerpt[model.Script]:
    """The script that is called `page/id`."""
    home, own_id = _home(book, name)
    return Excerpt(next(script for script in home.scripts if script.id == own_id), home)


def _home(book: Handbook, name: str) -> tuple[model.Advice, str]:
    home_id, _, own_id = name.partition("/")
    return book.topics.get(home_id) or book.situations[home_id], own_id


def topics_in_order(book: Handbook) -> list[model.Topic]:
    """The topics in the order in which the stages list them."""
    return [book.topics[item] for stage in book.guide.stages for item in stage.topic_ids]


def flagged(book: Handbook) -> dict[str, str]:
    """What each flag says of a reader."""
    return {flag.id: flag.title for flag in (book.tree.flags if book.tree else ())}


Shows = Callable[[Handbook, Any], View]
"""What the page of a content file shows."""
Gathers = Callable[[Handbook], View]
"""What a gathering page shows."""
