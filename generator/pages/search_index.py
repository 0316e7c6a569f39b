"""What the search in the browser reads: every answer once, and how readers' words become the guide's.

All ranking happens in the browser; nothing here knows a query.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidebook.content import inline_markup, model
from guidebook.content.field_walk import values
from guidebook.content.kinds import KIND_OF, PAGE_KINDS
from guidebook.pages.addresses import (
    gathering_pages,
    id_by_hand,
    path_on,
    scripts_path,
    stage_path,
    stages_with_scripts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from guidebook.content.handbook import Content, Handbook
    from guidebook.content.kinds import FileKind
    from guidebook.content.yaml_reader import Where

_WORD = re.compile(r"[a-z]+|[0-9]+")
# Accents, every sign that readers type for an apostrophe, and what is not seen, such as a soft hyphen.
_DROPPED = re.compile(r"[\u0300-\u036f'`\u00b4\u02bc\u2018\u2019\u2032\u00ad\u200b-\u200f\u2060\ufeff]")
_THRICE = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True)
class Answer:
    """Something that can be found: where it is, what it answers, and the words that lead to it."""

    id: str
    path: str
    """A Markdown path, with an anchor where it is a part of a page."""
    title: str
    answer: str
    group: str
    also: tuple[str, ...] = ()
    """Other ways in which readers say the title."""
    text: str = ""
    """Everything else that it says."""


def answers(content: Content) -> Iterator[Answer]:
    """Everything that can be found.

    Outcomes are left out on purpose: what they advise depends on answers that a search does not ask for.
    """
    book = content.book
    yield from _files(book)
    yield from _pages(content)
    yield from _parts(book)


def _files(book: Handbook) -> Iterator[Answer]:
    """Stages with their topics, and every other file with a page that the search shows."""
    for stage in book.guide.stages:
        yield Answer(stage.id, stage_path(stage), stage.title, stage.summary, stage.title)
        for topic_id in stage.topic_ids:
            yield _file(book, KIND_OF[model.Topic], book.topics[topic_id])
    for kind in PAGE_KINDS:
        if kind.page and kind.page.answer and kind.cls is not model.Topic:
            yield from (_file(book, kind, file) for file in kind.of(book).values())


def _file(book: Handbook, kind: FileKind, file: model.File) -> Answer:
    page = kind.page
    assert page  # noqa: S101 (asked only of kinds that the search shows)
    assert page.answer  # noqa: S101
    title, answer, group = page.title(file), page.answer(file), page.group(book, file)
    return Answer(file.id, kind.path(file), title, answer, group, tuple(page.also(file)), _prose(file))


def _pages(content: Content) -> Iterator[Answer]:
    book, group = content.book, _words(content.book).page
    for page in gathering_pages(book):
        if page.is_searched:
            words = book.guide.pages[page.id]
            yield Answer(page.id, page.path, words.title, words.intro, group, tuple(words.keywords))
    for stage in stages_with_scripts(content.book):
        words = content.book.guide.pages["scripts"]
        title = f"{words.title}: {stage.title}"
        yield Answer(f"scripts-{stage.id}", scripts_path(stage), title, words.intro, group)
    for path, by_hand in content.by_hand.items():
        yield Answer(id_by_hand(path), path, by_hand.title, by_hand.description, group, by_hand.keywords)


def _parts(book: Handbook) -> Iterator[Answer]:
    """What stands on a page together with others of its kind."""
    pages = book.guide.pages
    for topic in book.topics.values():
        for item in topic.disagreements:
            path = path_on("disagreements", item.id)
            yield Answer(item.id, path, item.question, item.suggestion, pages["disagreements"].title)
    for term in book.glossary.terms if book.glossary else ():
        path = path_on("glossary", term.id)
        yield Answer(term.id, path, term.term, term.meaning, pages["glossary"].title, tuple(term.also))
    for country in book.countries.values():
        for line in country.lines:
            reach = " / ".join(way for way in dict.fromkeys((line.call, line.text_to)) if way)
            told = (
                f"{country.country}: {reach}. {line.helps}" if reach else f"{country.country}. {line.helps}"
            )
            yield Answer(line.id, path_on("help", country.id), line.name, told, pages["help"].title)


def _words(book: Handbook) -> model.SearchWords:
    assert book.search  # noqa: S101 (nothing is searched in a guide without search.yml)
    return book.search.words


def _prose(file: model.File) -> str:
    return " ".join(value.text for value in values(file) if value.field.is_prose)


def words_of(said: str) -> list[str]:
    """The words of a text as `typed-words.js` reads them: small letters, no accents, no apostrophes."""
    # An acute accent by itself would become a space with an accent.
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", _DROPPED.sub("", said.lower())))
    return _WORD.findall(_THRICE.sub(r"\1", plain))


def places(content: Content) -> dict[str, int]:
    """The number of each answer in the data of the search, by id."""
    return {answer.id: number for number, answer in reversed(list(enumerate(answers(content))))}


def search_data(content: Content, address: Callable[[str], str]) -> dict[str, Any]:
    """The data of the search, as it goes into JSON; `address` turns a Markdown path into one of the site.

    Of a text each word goes in once, and only where neither title nor answer has it.
    """
    search = content.book.search
    assert search  # noqa: S101 (see _words)
    found = list(answers(content))
    place = places(content)
    groups = list(dict.fromkeys(answer.group for answer in found))
    little = set(words_of(search.little))
    return {
        "begin": [place[page_id] for page_id in search.begin],
        "help": place.get("help", -1),
        "little": search.little,
        "reader": search.reader,
        "other": search.other,
        "alike": [",".join(group) for group in search.alike],
        "emergency": [
            [country.emergency.number, country.country]
            for country in (content.book.countries[item] for item in content.book.guide.countries)
            if country.emergency
        ],
        "groups": groups,
        "answers": [_row(answer, address, groups, little) for answer in found],
    }


def _row(answer: Answer, address: Callable[[str], str], groups: list[str], little: set[str]) -> list[Any]:
    title, told = inline_markup.plain(answer.title), inline_markup.plain(answer.answer)
    also = "\n".join((answer.id.replace("-", " "), *answer.also))
    known = {*words_of(f"{title} {told} {also}"), *little}
    rest = sorted(set(words_of(inline_markup.plain(answer.text))) - known)
    page, _, anchor = answer.path.partition("#")
    url = f"{address(page)}#{anchor}" if anchor else address(page)
    return [url, title, told, groups.index(answer.group), also, " ".join(rest)]


def search_module(data: dict[str, Any] | None) -> str:
    """The data as a module that the browser imports; as a string in it, because that is parsed faster."""
    inner = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"export default JSON.parse({json.dumps(inner, ensure_ascii=False)})\n"


def problems(search: model.Search, never_shown: AbstractSet[str]) -> Iterator[tuple[Where, str]]:
    """What is wrong with `search.yml` though each name in it exists: where, and the message."""
    pages: list[tuple[Where, str]] = [(("begin", i), page_id) for i, page_id in enumerate(search.begin)]
    for i, item in enumerate(search.danger):
        pages += [(("danger", i, "page"), item.page)]
        pages += [(("danger", i, "below", j), page_id) for j, page_id in enumerate(item.below)]
    for where, page_id in pages:
        if page_id in never_shown:
            yield where, f"the search never shows '{page_id}'; name a page that it does"
    forms: list[tuple[Where, list[str]]] = [(("alike", i), group) for i, group in enumerate(search.alike)]
    forms += [(("danger", i, "phrases"), item.phrases) for i, item in enumerate(search.danger)]
    for where, listed in forms:
        for j, form in enumerate(listed):
            if words_of(form) != form.split():
                yield (*where, j), f"'{form}' is read as '{' '.join(words_of(form))}'; write it so"


def findable(book: Handbook, by_hand: Iterable[str]) -> set[str]:
    """The ids of the pages that the search can show; `by_hand` has the paths of hand-written ones."""
    stages = (stage.id for stage in book.guide.stages)
    scripts = (f"scripts-{stage.id}" for stage in stages_with_scripts(book))
    pages = (page.id for page in gathering_pages(book) if page.is_searched)
    files = (kind.of(book) for kind in PAGE_KINDS if kind.page and kind.page.answer)
    return {*stages, *scripts, *pages, *map(id_by_hand, by_hand)}.union(*files)
