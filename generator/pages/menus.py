"""The links that stand on every page, and what text may link to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidebook.content import inline_markup
from guidebook.pages.addresses import addresses, gathering_pages, stage_path
from guidebook.pages.draft import Link

if TYPE_CHECKING:
    from guidebook.content.handbook import Content


@dataclass(frozen=True)
class Menus:
    """The links that stand on every page."""

    main: list[Link]
    more: list[Link]
    notices: list[tuple[str, Link]]
    """A question and the page for whoever says yes."""
    help: str
    urge: str
    urge_title: str


def menus(content: Content) -> Menus:
    """The links for the top and the foot of every page."""
    book = content.book
    guide = book.guide
    main = [Link(stage.title, stage_path(stage)) for stage in guide.stages]
    there = gathering_pages(book)
    known = targets(content)
    by_hand = [known[page_id] for page_id in guide.by_hand]
    return Menus(
        main=main,
        notices=[(notice.text, Link(notice.words, known[notice.page].path)) for notice in guide.notices],
        more=[*(Link(guide.pages[page.id].title, page.path) for page in there), *by_hand],
        help=next((page.path for page in there if page.id == "help"), ""),
        urge=known[guide.moments[0]].path if guide.moments else "",
        urge_title=guide.home.urge,
    )


def targets(content: Content) -> dict[str, Link]:
    """For each id that text may link to, the title and path of what it leads to."""
    return {
        address.id: Link(inline_markup.plain(address.title), address.path)
        for address in addresses(content.book, content.by_hand)
    }


def terms(content: Content) -> dict[str, str]:
    """The words, in small letters, whose first use on a page links to the glossary, with their ids."""
    glossary = content.book.glossary
    return {term.term.lower(): term.id for term in (glossary.terms if glossary else []) if term.auto}
