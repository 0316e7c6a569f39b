"""What somebody reads who reviews a guide from outside: questions, results, people and pages in one document.

Everything has a place, such as `questions/leaves`, and below it numbered lines, so that a remark can name
what it is about: in a file that others change as well as on paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidebook.content import inline_markup, model
from guidebook.content.field_walk import values
from guidebook.content.kinds import PAGE_KINDS
from guidebook.content.model.people import WEIGHTS
from guidebook.pages import articles, tree_pages
from guidebook.pages.addresses import id_by_hand
from guidebook.pages.draft import Draft, View
from guidebook.tree.walk import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from markupsafe import Markup

    from guidebook.content.field_walk import Value
    from guidebook.content.handbook import Content, Handbook
    from guidebook.content.kinds import FileKind
    from guidebook.content.yaml_reader import HandWritten
    from guidebook.pages.draft import Link


@dataclass(frozen=True)
class Passage:
    """A text of a page."""

    field: str
    """What it is there, by the name of its field."""
    text: str


@dataclass(frozen=True)
class ReadPage:
    """A page with all that it says, in the order in which it is read."""

    place: str
    title: str
    passages: list[Passage]


@dataclass(frozen=True)
class ReviewView(View):
    """All that a reviewer reads."""

    asked: model.Review
    day: date
    shown: tree_pages.DecideView | None
    """The questions, results and shared sections."""
    urgencies: Mapping[str, str]
    lines: Mapping[str, str]
    """The kinds of help line, by id."""
    pages: list[ReadPage]
    countries: list[model.Country]
    people: list[model.Person]
    """Those whom a mistake can hurt come first."""


def review(content: Content, asked: model.Review, day: date) -> Draft:
    """The document for a reviewer, as it is on a day; a page of no site."""
    book = content.book
    return Draft(
        path="review.html",
        template="review",
        title=book.guide.title,
        description="",
        source="handbook.yml",
        view=ReviewView(
            asked=asked,
            day=day,
            shown=_tree(book),
            urgencies={urgency.id: urgency.title for urgency in book.guide.urgencies},
            lines={kind.id: kind.title for kind in book.guide.line_kinds},
            pages=list(_pages(content, asked)),
            countries=[book.countries[country_id] for country_id in book.guide.countries],
            people=sorted(book.people.values(), key=lambda person: WEIGHTS.index(person.weight)),
        ),
    )


def with_ids(targets: Mapping[str, Link]) -> Callable[[str], Markup]:
    """What makes HTML of a text for paper: behind the words of each link stands the id that it leads to."""

    def named(target: str, words: str | None) -> Markup:
        return inline_markup.html(f"{words or targets[target].title} ({target})", named)

    return lambda text: inline_markup.html(text, named)


def _tree(book: Handbook) -> tree_pages.DecideView | None:
    """What the page of the tree shows, the most urgent results first."""
    if book.tree is None:
        return None
    shown = tree_pages.GATHERED["decide"](book)
    assert isinstance(shown, tree_pages.DecideView)  # noqa: S101 (that is what it shows)
    by_urgency = sorted(shown.outcomes, key=lambda result: -result.urgency.rank)
    return replace(shown, outcomes=by_urgency)


# --- which pages --------------------------------------------------------------------------------


def _pages(content: Content, asked: model.Review) -> Iterator[ReadPage]:
    """The pages that are read; what the document shows elsewhere is passed over."""
    book = content.book
    files = {file.id: (kind, file) for kind in PAGE_KINDS for file in kind.of(book).values()}
    by_hand = {id_by_hand(path): page for path, page in content.by_hand.items()}
    for page_id in dict.fromkeys(_page_ids(book, asked)):
        if page_id in files and page_id not in book.outcomes:
            yield _read_page(content, *files[page_id])
        elif page_id in by_hand:
            yield _read_by_hand(page_id, by_hand[page_id])
        else:
            yield from _read_term(book, page_id)


def _page_ids(book: Handbook, asked: model.Review) -> Iterator[str]:
    for group in book.guide.situations:
        if group.for_review:
            yield from group.situations
    yield from asked.pages
    for outcome in book.outcomes.values():
        if {*outcome.flags} & {*asked.flags}:
            yield from outcome.related
            for _, section in sections(book, outcome):
                yield from section.links
            for value in values(outcome):
                yield from inline_markup.links(value.text) if value.field.is_prose else ()


# --- what a page says ---------------------------------------------------------------------------


def _read_page(content: Content, kind: FileKind, file: model.File) -> ReadPage:
    assert kind.page  # noqa: S101 (only kinds with pages come here)
    book, drawn = content.book, content.drawings.get(file.id)
    found = sorted(values(file), key=lambda value: _rank(value.where[0]))
    told = [passage for value in found if (passage := _passage(book, value))]
    if isinstance(file, model.Situation):
        view = articles.SHOWS[model.Situation](book, file)
        assert isinstance(view, articles.SituationView)  # noqa: S101 (that is what it shows)
        told += [Passage("elsewhere", f"{found.thing.says} [[{found.home.id}]]") for found in view.points]
    told += [Passage("drawing", words.text) for words in (drawn.words if drawn else ())]
    return ReadPage(f"{kind.attribute}/{file.id}", kind.page.title(file), list(_joined(told)))


# As a reader meets them; the order of the fields in a class is another.
_READ_FIRST = ("tab_title", "summary", "question", "answer", "intro", "gates", "steps", "asks")
_READ_LAST = ("advice", "scripts", "disagreements", "lines", "related")


def _rank(field: object) -> int:
    """Where a field comes: those read first, then those of no list, then those read last."""
    if field in _READ_FIRST:
        return _READ_FIRST.index(str(field)) - len(_READ_FIRST)
    return _READ_LAST.index(str(field)) + 1 if field in _READ_LAST else 0


# Parts whose fields are called as those of others, and mean something else.
_PARTS = {"scripts": "script_", "disagreements": "disagreement_"}


def _passage(book: Handbook, value: Value) -> Passage | None:
    """A text as somebody reads it; nothing if it is no text of the page."""
    field = _PARTS.get(str(value.where[0]), "") + value.field.name
    if value.field.names:
        named = _named(book, value.field.names, value.text)
        return Passage(field, named) if named else None
    is_told = value.field.is_read and value.where[0] not in {"title", "keywords"}
    return Passage(field, value.text) if is_told else None


def _named(book: Handbook, kind: str, named: str) -> str:
    """What a page shows of something that it names; empty if that is nothing."""
    guide = book.guide
    kinds: dict[str, Sequence[model.Kind]] = {
        "gate": guide.gates,
        "evidence label": guide.evidence,
        "kind of help line": guide.line_kinds,
    }
    if kind == "source":
        return book.sources[named].short
    if kind in kinds:
        return next(item.title for item in kinds[kind] if item.id == named)
    return f"[[{named}]]" if kind in {"page", "variant", "situation"} else ""


_IN_ONE_LINE = {"gates", "source", "disagreement_source", "lines", "related", "variants", "situations"}


def _joined(passages: list[Passage]) -> Iterator[Passage]:
    """Names that stand in one list, as one passage."""
    held: list[Passage] = []
    for passage in [*passages, Passage("", "")]:
        if held and (passage.field != held[0].field or passage.field not in _IN_ONE_LINE):
            yield Passage(held[0].field, ", ".join(dict.fromkeys(item.text for item in held)))
            held = []
        held.append(passage)


def _read_term(book: Handbook, term_id: str) -> Iterator[ReadPage]:
    for term in book.glossary.terms if book.glossary else ():
        if term.id == term_id:
            yield ReadPage(f"glossary/{term.id}", term.term, [Passage("meaning", term.meaning)])


_MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\((?:[\w-]+/)*([\w-]+)\.md(?:#[\w-]+)?\)")


def _read_by_hand(page_id: str, page: HandWritten) -> ReadPage:
    """A page in Markdown by its paragraphs, headings and points; its links are written as in other texts."""
    text = _MARKDOWN_LINK.sub(r"[[\2|\1]]", page.text)
    blocks = [block.strip() for block in re.split(r"\n\s*\n|\n(?=- )", text) if block.strip()]
    told = [
        Passage("heading" if block.startswith("#") else "paragraph", block.lstrip("#- "))
        for block in blocks
        if not block.startswith("# ")
    ]
    return ReadPage(f"by-hand/{page_id}", page.title, told)
