"""Where everything that can be linked to stands: the one place that decides paths."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from guidebook.content.kinds import GATHERING_PAGES, PAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.kinds import GatheringPage
    from guidebook.content.model.guide import Stage
    from guidebook.content.yaml_reader import HandWritten, Where

HOME = "index.md"
HOME_ID = "home"
TREE_FILE = "decide/tree.json"
"""The logic of the decision tree, as a file that readers can check."""


@dataclass(frozen=True)
class Address:
    """A thing that can be linked to."""

    id: str
    path: str
    """The path of a page, with an anchor where it is a part of one."""
    title: str
    file: str
    where: Where = ()
    """Where in the file its id stands; nowhere if the file's name is the id."""


def addresses(handbook: Handbook, by_hand: Mapping[str, HandWritten]) -> Iterator[Address]:
    """Everything that can be linked to; `by_hand` has the hand-written pages by path."""
    yield from _pages(handbook)
    yield from _anchors(handbook)
    for path, page in by_hand.items():
        yield Address(id_by_hand(path), path, page.title, f"content/{path}")


def id_by_hand(path: str) -> str:
    """The id of a hand-written page, by its path."""
    return path.removesuffix(".md").rpartition("/")[2]


def stage_path(stage: Stage) -> str:
    """The Markdown path of a stage's page."""
    return f"{stage.id}/index.md"


def scripts_path(stage: Stage) -> str:
    """The Markdown path of the page with the words to use in a stage."""
    return f"{GATHERING_PAGES['scripts'].path.removesuffix('.md')}/{stage.id}.md"


def stages_with_scripts(book: Handbook) -> list[Stage]:
    """The stages that have such a page."""
    topics = [book.topics[i] for stage in book.guide.stages for i in stage.topic_ids if i in book.topics]
    having = {topic.stage for topic in topics if topic.scripts}
    return [stage for stage in book.guide.stages if stage.id in having]


def path_on(page_id: str, anchor: str) -> str:
    """The Markdown path of a part of a gathering page."""
    return f"{GATHERING_PAGES[page_id].path}#{anchor}"


def gathering_pages(book: Handbook) -> list[GatheringPage]:
    """The gathering pages that a guide has, in the order of the menu."""
    return [page for page in GATHERING_PAGES.values() if page.is_there(book)]


def address(path: str, *, as_folder: bool = True) -> str:
    """The address that a path gets in the site: pages become a folder or `.html`, files stay."""
    stem, is_page, _ = path.rpartition(".md")
    if not is_page:
        return path
    if not as_folder:
        return f"{stem}.html"
    folder = stem.removesuffix("index").removesuffix("/")
    return f"{folder}/" if folder else ""


@lru_cache(maxsize=4096)
def relative(target: str, here: str, *, as_folder: bool = True) -> str:
    """What a page at the path `here` writes to link to the path `target`, which may have an anchor."""
    path, _, anchor = target.partition("#")
    if path == here and anchor:
        return f"#{anchor}"
    to = address(path, as_folder=as_folder)
    start = posixpath.dirname(address(here, as_folder=as_folder))
    found = posixpath.relpath(f"/{to}", f"/{start}")
    url = f"{found}/" if to.endswith("/") or not to else found
    return f"{url}#{anchor}" if anchor else url


def _pages(book: Handbook) -> Iterator[Address]:
    guide = book.guide
    for stage in guide.stages:
        yield Address(stage.id, stage_path(stage), stage.title, guide.file)
    for kind in PAGE_KINDS:
        for file in kind.of(book).values():
            yield Address(file.id, kind.path(file), file.title, file.file)
    for stage in stages_with_scripts(book):
        yield Address(f"scripts-{stage.id}", scripts_path(stage), stage.title, guide.file)
    for page in gathering_pages(book):
        words = guide.pages.get(page.id)
        yield Address(page.id, page.path, words.title if words else page.id, guide.file)


def _anchors(book: Handbook) -> Iterator[Address]:
    for source in book.sources.values():
        yield Address(source.id, path_on("sources", source.id), source.title, source.file)
    for topic in book.topics.values():
        for i, item in enumerate(topic.disagreements):
            path, where = path_on("disagreements", item.id), ("disagreements", i, "id")
            yield Address(item.id, path, item.question, topic.file, where)
    if book.glossary:
        for i, term in enumerate(book.glossary.terms):
            path, where = path_on("glossary", term.id), ("terms", i, "id")
            yield Address(term.id, path, term.term, book.glossary.file, where)
