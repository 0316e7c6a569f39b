"""The whole flow in the order in which it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.check import check
from generator.errors import ContentError
from generator.handbook import Content, assemble
from generator.load import load
from generator.pages import drafts, targets, terms
from generator.render import Page, Renderer

if TYPE_CHECKING:
    from pathlib import Path


def read(content: Path) -> Content:
    """Load and check a content folder; raises ContentError naming every problem in it."""
    loaded = load(content)
    try:
        book, invalid = assemble(loaded.documents)
    except ContentError as error:
        raise ContentError([*loaded.problems, *error.problems]) from error
    known = [*loaded.problems, *invalid]
    problems = [*known, *check(book, loaded, whole=not known)]
    if problems:
        raise ContentError(problems)
    return Content(book, loaded.by_hand)


def render(content: Content, templates: Path) -> list[Page]:
    """Every page of a guide as Markdown."""
    guide = content.book.guide
    renderer = Renderer(templates, targets(content), terms(content), guide=guide)
    return [renderer.page(draft) for draft in drafts(content)]


def build(content: Path, templates: Path) -> list[Page]:
    """Turn a content folder into pages, or raise ContentError naming every problem."""
    return render(read(content), templates)
