"""The whole guide on one page, for paper: which pages in which order, and their HTML made to fit together.

Works on finished pages, whether they were written as HTML or by hand. Ids get the name of their page before
them, links within the whole become anchors.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from guidebook.content.kinds import GATHERING_PAGES, PAGE_KINDS
from guidebook.pages.addresses import addresses, gathering_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from guidebook.content.handbook import Content

WHOLE = GATHERING_PAGES["whole"].path

_HEADING = re.compile(r"<(/?)h([1-6])\b")
_ID = re.compile(r"""(<[a-z][^<>]*?\s)id=(["'])([^"']+)\2""")
_LINK = re.compile(r"""(<a\b[^<>]*?\s)href=(["'])([^"']*)\2""")
_PLACE = re.compile(r"<!-- chapter ([a-z0-9-]+) -->")
_FOLDED = re.compile(r"<details\b(?![^>]*\sopen\b)")


@dataclass(frozen=True)
class Part:
    """Pages that belong together, in reading order; a title of its own if they are several."""

    title: str
    paths: list[str]


@dataclass(frozen=True)
class Finished:
    """A page of the site: its address, its title and its HTML."""

    url: str
    title: str
    html: str
    script: str = ""
    """The component that only this page starts; the whole starts none of these."""


@dataclass(frozen=True)
class Chapter:
    """A page within the whole."""

    title: str
    anchor: str
    path: str
    """The path of the page."""
    level: int
    """The level of its title among the headings."""

    @property
    def place(self) -> str:
        """What the page of the whole has in its place until `fill` puts it there."""
        return f"<!-- chapter {self.anchor} -->"


@dataclass(frozen=True)
class PrintPart:
    """A part of the whole."""

    title: str
    anchor: str
    chapters: list[Chapter]
    several: bool
    """Whether it is more than one page under one title."""


def parts(content: Content) -> list[Part]:
    """The parts of the whole guide, in the order in which they are printed."""
    book, guide = content.book, content.book.guide
    paths = {found.id: found.path for found in addresses(book, content.by_hand)}
    printed = sorted(PAGE_KINDS, key=lambda kind: kind.page.part_order if kind.page else 0)
    found = [
        Part(title, [paths[page_id] for page_id in ids])
        for kind in printed
        if kind.page and kind.of(book)
        for title, ids in kind.page.parts(guide)
        if ids
    ]
    alone = [*(page.path for page in gathering_pages(book) if page.is_printed), *content.by_hand]
    return found + [Part("", [path]) for path in alone]


def whole(content: Content, finished: Callable[[str], Finished]) -> list[PrintPart]:
    """The whole guide without its text; `finished` gives the page of a path."""

    def chapter(path: str, level: int) -> Chapter:
        page = finished(path)
        return Chapter(page.title, anchor(page.url), path, level)

    return [
        PrintPart(part.title, f"part-{number}", [chapter(path, 3) for path in part.paths], several=True)
        if part.title
        else _alone(chapter(part.paths[0], 2))
        for number, part in enumerate(parts(content), 1)
    ]


def _alone(chapter: Chapter) -> PrintPart:
    return PrintPart(chapter.title, chapter.anchor, [chapter], several=False)


def fill(file: Path, printed: list[PrintPart], finished: Callable[[str], Finished], here: str) -> None:
    """Put the text of each chapter in its place in the page of the whole, whose address is `here`.

    One chapter after the other, since all together they take more memory than all the rest of a build.
    """
    chapters = {chapter.anchor: chapter for part in printed for chapter in part.chapters}
    anchors = {finished(chapter.path).url: chapter.anchor for chapter in chapters.values()}
    frame = file.read_text(encoding="utf-8")
    end = 0
    with file.open("w", encoding="utf-8") as out:
        for place in _PLACE.finditer(frame):
            chapter = chapters[place[1]]
            out.write(frame[end : place.start()])
            out.write(bound(finished(chapter.path), anchors, here, level=chapter.level))
            end = place.end()
        out.write(frame[end:])


def anchor(url: str) -> str:
    """What a page is called within the whole."""
    return re.sub(r"[^a-z0-9]+", "-", url.removesuffix(".html").lower()).strip("-")


def bound(page: Finished, chapters: Mapping[str, str], here: str, *, level: int) -> str:
    """A page's HTML as a chapter: its title becomes a heading of this level.

    `chapters` has, by address, the anchors of all pages in the whole; `here` is the address of the whole.
    """
    name = chapters[page.url]

    def link(found: re.Match[str]) -> str:
        target = _target(unescape(found[3]), page.url, chapters, here)
        return f"{found[1]}href={found[2]}{escape(target)}{found[2]}"

    def heading(found: re.Match[str]) -> str:
        return f"<{found[1]}h{min(6, int(found[2]) + level - 1)}"

    html = _ID.sub(lambda found: f"{found[1]}id={found[2]}{name}--{found[3]}{found[2]}", page.html)
    html = _HEADING.sub(heading, _LINK.sub(link, html))
    if page.script:
        html = html.replace(f' data-module="{page.script}"', "")
    return _FOLDED.sub("<details open", html)


def _target(href: str, url: str, chapters: Mapping[str, str], here: str) -> str:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return href
    path = urlsplit(urljoin(f"/{url}", parts.path)).path.removeprefix("/") if parts.path else url
    if path in chapters:
        return f"#{chapters[path]}--{parts.fragment}" if parts.fragment else f"#{chapters[path]}"
    relative = posixpath.relpath(f"/{path}", posixpath.dirname(f"/{here}"))
    ending = "/" if path.endswith("/") else ""
    return urlunsplit(("", "", f"{relative}{ending}", parts.query, parts.fragment))
