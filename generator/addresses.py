"""Where everything that can be linked to stands: the one place that decides paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.handbook import Handbook
    from generator.load import HandWritten
    from generator.model import Source

HOME = "index.md"
HOME_ID = "home"
DECIDE = "decide.md"

# Pages that every guide has if it has what they show, by id.
FIXED = {
    "compare": "variants/index.md",
    "situations": "situations/index.md",
    "scripts": "scripts.md",
    "disagreements": "disagreements.md",
    "left-out": "left-out.md",
    "sources": "sources.md",
    "research": "research.md",
    "help": "help.md",
    "glossary": "glossary.md",
    "decide": DECIDE,
    "tree-picture": "decide/picture.md",
    "tree-proof": "decide/proof.md",
    "whole": "whole.md",
}


@dataclass(frozen=True)
class Address:
    """A thing that can be linked to: its id, Markdown path with anchor, title, and file."""

    id: str
    path: str
    title: str
    file: str


def addresses(handbook: Handbook, by_hand: Mapping[str, HandWritten]) -> Iterator[Address]:
    """Everything that can be linked to; `by_hand` has the hand-written pages by path."""
    yield from _pages(handbook)
    yield from _anchors(handbook)
    for path, page in by_hand.items():
        yield Address(id_by_hand(path), path, page.title, f"content/{path}")


def id_by_hand(path: str) -> str:
    """The id of a hand-written page, by its path."""
    return path.removesuffix(".md").rpartition("/")[2]


def _pages(book: Handbook) -> Iterator[Address]:
    guide = book.guide
    for stage in guide.stages:
        yield Address(stage.id, f"{stage.id}/index.md", stage.title, guide.file)
    for topic in book.topics.values():
        yield Address(topic.id, f"{topic.stage}/{topic.id}.md", topic.title, topic.file)
    for folder, files in (
        ("variants", book.variants),
        ("situations", book.situations),
        ("moments", book.moments),
        ("outcomes", book.outcomes),
    ):
        for file in files.values():
            yield Address(file.id, f"{folder}/{file.id}.md", file.title, file.file)
    for page_id, path in FIXED.items():
        if is_there(book, page_id):
            words = guide.pages.get(page_id)
            yield Address(page_id, path, words.title if words else page_id, guide.file)


def research(book: Handbook) -> list[Source]:
    """The sources that are research."""
    kinds = {kind.id for kind in book.guide.source_kinds if kind.findings}
    return [source for source in book.sources.values() if source.kind in kinds]


def is_there(book: Handbook, page_id: str) -> bool:
    """Whether the content has what one of the fixed pages shows."""
    topics = book.topics.values()
    there = {
        "compare": bool(book.variants),
        "situations": bool(book.situations),
        "scripts": any(advice.scripts for advice in book.advising()),
        "disagreements": any(topic.disagreements for topic in topics),
        "left-out": book.left_out is not None,
        "sources": bool(book.sources),
        "research": bool(research(book)),
        "help": bool(book.countries),
        "glossary": book.glossary is not None,
        "decide": book.tree is not None,
        "tree-picture": book.tree is not None,
        "tree-proof": book.tree is not None,
        "whole": True,
    }
    return there[page_id]


def _anchors(book: Handbook) -> Iterator[Address]:
    for source in book.sources.values():
        yield Address(source.id, f"{FIXED['sources']}#{source.id}", source.title, source.file)
    for topic in book.topics.values():
        for disagreement in topic.disagreements:
            path = f"{FIXED['disagreements']}#{disagreement.id}"
            yield Address(disagreement.id, path, disagreement.question, topic.file)
    if book.glossary:
        for term in book.glossary.terms:
            path = f"{FIXED['glossary']}#{term.id}"
            yield Address(term.id, path, term.term, book.glossary.file)
