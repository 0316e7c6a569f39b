"""The whole flow in the order in which it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidebook.checks.run import check, names_missing
from guidebook.content.handbook import Content
from guidebook.content.problems import ContentError, Problem
from guidebook.content.validation import assemble
from guidebook.content.yaml_reader import load
from guidebook.pages.citations import shows_citations
from guidebook.pages.menus import targets, terms
from guidebook.pages.phrases import Phrases, read_phrases
from guidebook.pages.render import Page, Renderer
from guidebook.pages.review import review, with_ids
from guidebook.pages.site_pages import drafts
from guidebook.tree.proof import can_be_walked

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.guide import Review


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
    return Content(book, loaded.by_hand, loaded.drawings, loaded.typed, loaded.models)


def read_tree(content: Path) -> Handbook:
    """A guide as far as its decision tree can be walked, whatever else today's rules say against it.

    Raises ContentError if it cannot be walked.
    """
    loaded = load(content)
    book, invalid = assemble(loaded.documents)
    if not can_be_walked(book):
        problems = [*loaded.problems, *invalid] or [Problem(str(content), 1, 1, "there is no decision tree")]
        raise ContentError(problems)
    return book


def read_people(content: Path) -> Handbook:
    """A guide as far as its people can be walked, whatever else today's rules say against it.

    Raises ContentError if a file is not valid or a name is missing, since somebody could be left out unseen.
    """
    loaded = load(content)
    book, invalid = assemble(loaded.documents)
    problems = [*loaded.problems, *invalid] or names_missing(book, loaded)
    if problems:
        raise ContentError(problems)
    return book


def render(content: Content, templates: Path, phrases: Phrases, *, as_folders: bool = True) -> list[Page]:
    """Every page of a guide as HTML; `as_folders` says whether addresses end in a slash or name files."""
    renderer = Renderer(
        templates,
        phrases,
        targets(content),
        terms(content),
        content.drawings,
        as_folders=as_folders,
        guide=content.book.guide,
        cites=shows_citations(content.book),
    )
    return [renderer.page(draft) for draft in drafts(content)]


def review_document(content: Content, asked: Review, templates: Path, day: date) -> str:
    """What a reviewer of a guide reads, as one HTML file that needs no other; it says of which day it is."""
    known = targets(content)
    renderer = Renderer(
        templates,
        phrases_beside(templates),
        known,
        guide=content.book.guide,
        cites=shows_citations(content.book),
        told=with_ids(known),
    )
    return renderer.page(review(content, asked, day)).html


def phrases_beside(templates: Path) -> Phrases:
    """The words of the templates of pages in this folder, which stand in a folder beside it."""
    return read_phrases(templates.resolve().parent / "locale/en.yml")


def build(content: Path, templates: Path) -> list[Page]:
    """Turn a content folder into pages, or raise ContentError naming every problem."""
    return render(read(content), templates, phrases_beside(templates))
