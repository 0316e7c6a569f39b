"""What maintainers ask of the whole: where each source went, what is said for whom, what falls due."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from guidebook.checks.house_style import sentences
from guidebook.content import inline_markup, model
from guidebook.content.field_walk import called, citations, values
from guidebook.content.kinds import FILE_KINDS
from guidebook.pages.first_layer import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.advice import Moment, Situation, Topic

OWN_PAGE = "own page"
SOON = timedelta(days=30)
MOST_PAGES = 3
"""On how many pages a sentence or a figure may stand before the report names it."""

_LEAST_WORDS = 5
_FIGURE = re.compile(r"\b[1-9][\d,]+\s+(?:[a-z]+\s+)?[a-z]+")


@dataclass(frozen=True)
class Coverage:
    """A place of a source, and where the guide cites it."""

    source: str
    place: str
    claims: list[model.Claim]
    cited_in: list[str]


def placed(book: Handbook) -> list[Coverage]:
    """Every place of every source with what cites it; an empty list means that nothing does."""
    cited: dict[tuple[str, str], list[str]] = defaultdict(list)
    for where, citation in _citations(book):
        cited[citation.source, citation.place].append(f"{where} ({citation.stance})")
    return [
        Coverage(source.id, place.id, place.claims, cited[source.id, place.id])
        for source in book.sources.values()
        for place in source.places
    ]


def _citations(book: Handbook) -> Iterator[tuple[str, model.Citation]]:
    """Every citation with the name of what cites: points, disagreements, variants, then what is left out."""
    order: list[type[model.Model]] = [model.Point, model.Disagreement, model.Variant, model.LeftOut]
    ranks = {cls: rank for rank, cls in enumerate(order)}
    found = [(file, owner, citation) for file in book.files() for _, owner, citation in citations(file)]
    for file, owner, citation in sorted(found, key=lambda cited: ranks.get(type(cited[1]), len(ranks))):
        yield called(file, owner), citation


@dataclass(frozen=True)
class Cell:
    """How many points one stage has for one variant or situation."""

    stage: str
    facet: str
    points: int


def cells(book: Handbook) -> list[Cell]:
    """The map of the guide: points by stage, and by each variant and situation that they name.

    What stands on a situation's own page is a column of its own.
    """
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for topic in book.topics.values():
        for point in topic.advice:
            named = {*(point.variants or topic.variants), *(point.situations or topic.situations)}
            for facet in named or {"everybody"}:
                counts[topic.stage, facet] += 1
    for situation in book.situations.values():
        counts[OWN_PAGE, situation.id] = len(situation.advice)
    facets = ["everybody", *book.variants, *book.situations]
    columns = [*(stage.id for stage in book.guide.stages), OWN_PAGE]
    return [Cell(column, facet, counts[column, facet]) for column in columns for facet in facets]


@dataclass(frozen=True)
class Tension:
    """An act that some points advise and others advise against, and what explains it."""

    act: str
    do: list[str]
    avoid: list[str]
    explained_by: list[str]


def tensions(book: Handbook) -> list[Tension]:
    """Every act that is both advised and advised against, if only for different readers."""
    said: dict[str, dict[bool, list[str]]] = defaultdict(lambda: {True: [], False: []})
    for home in book.advising():
        for point in home.advice:
            if point.act:
                said[point.act][point.is_do].append(f"{home.id}#{point.id}")
    explained: dict[str, list[str]] = defaultdict(list)
    for topic in book.topics.values():
        for item in topic.disagreements:
            for act in item.acts:
                explained[act].append(item.id)
    return [
        Tension(act, found[True], found[False], explained[act])
        for act, found in said.items()
        if found[True] and found[False]
    ]


@dataclass(frozen=True)
class Due:
    """Something that a person has to look at again by a day."""

    day: date
    what: str
    file: str


def due(book: Handbook) -> list[Due]:
    """All that is to be looked at again, the earliest first."""
    found = [
        Due(line.due, f"the help line '{line.name}'", country.file)
        for country in book.countries.values()
        for line in country.lines
    ]
    found += [
        Due(day, f"'{getattr(file, 'title', file.id)}'", file.file)
        for file in book.files()
        if (day := getattr(file, "review_by", None))
    ]
    found += [
        Due(waiver.until, f"the waiver for '{waiver.words}'", waiver.file)
        for waiver in (book.writing.waivers if book.writing else ())
    ]
    return sorted(found, key=lambda item: (item.day, item.file, item.what))


@dataclass(frozen=True)
class Grade:
    """How many years of school a page asks of its reader, by a formula that counts."""

    page: str
    kind: str
    grade: float


def grades(book: Handbook) -> list[Grade]:
    """The grade of each topic, situation and moment, the hardest first."""
    files: list[tuple[str, Topic | Situation | Moment]] = [
        *(("topic", topic) for topic in book.topics.values()),
        *(("situation", situation) for situation in book.situations.values()),
        *(("moment", moment) for moment in book.moments.values()),
    ]
    found = [
        Grade(file.id, kind, grade(" ".join(_ended(v.text) for v in values(file) if v.field.is_prose)))
        for kind, file in files
    ]
    return sorted(found, key=lambda item: -item.grade)


def _ended(words: str) -> str:
    """Titles and labels are sentences too."""
    return words if words.rstrip().endswith((".", "?", "!", ":")) else f"{words}."


def grade(words: str) -> float:
    """The Flesch-Kincaid grade (Kincaid, Fishburne, Rogers and Chissom 1975) of a text."""
    found = _WORD.findall(inline_markup.plain(words))
    count = max(len(found), 1)
    syllables = sum(map(_syllables, found))
    return 0.39 * count / max(len(re.findall(r"[.!?]+", words)), 1) + 11.8 * syllables / count - 15.59


_WORD = re.compile("[A-Za-z]+(?:['\u2019][a-z]+)?")


def _syllables(word: str) -> int:
    """Groups of vowels, less a silent e: close enough to compare pages with each other."""
    groups = len(re.findall("[aeiouy]+", word.lower()))
    silent = re.search("[^aeiouyl]e(d|s)?$", word.lower()) and not re.search("[td]ed$|[sxz]es$", word.lower())
    return max(groups - bool(silent), 1)


@dataclass(frozen=True)
class Amount:
    """How many words readers can read in the files of one kind."""

    kind: str
    files: int
    words: int


def amounts(book: Handbook) -> list[Amount]:
    """The words of prose in each kind of file, the most first.

    Whoever counts what readers see leaves out the kinds that pages show little of, such as sources.
    """
    found = [
        Amount(kind.cls.__name__, len(files), sum(_words(file) for file in files.values()))
        for kind in FILE_KINDS
        if (files := kind.of(book))
    ]
    return sorted(found, key=lambda amount: -amount.words)


def _words(file: model.File) -> int:
    return sum(len(text.split()) for text in _prose(file))


def _prose(file: model.File) -> list[str]:
    return [inline_markup.plain(value.text) for value in values(file) if value.field.is_prose]


@dataclass(frozen=True)
class OpenWords:
    """How many words of their content the pages of one kind show before anything is unfolded."""

    kind: str
    median: float
    most: int
    page: str
    """The page with the most."""


def open_words(book: Handbook) -> list[OpenWords]:
    """The open words of each kind of page that has layers."""
    by_kind: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, file, words in counted(book):
        by_kind[kind][file.id] = sum(words.values())
    return [
        OpenWords(kind, median(pages.values()), max(pages.values()), max(pages, key=lambda page: pages[page]))
        for kind, pages in by_kind.items()
    ]


@dataclass(frozen=True)
class Repeated:
    """A sentence, or a figure with what it counts, and the pages on which it stands."""

    words: str
    pages: list[str]


def repeated_sentences(book: Handbook) -> list[Repeated]:
    """Every sentence of some length that stands on more than `MOST_PAGES` pages, the most frequent first."""
    return _often(book, lambda text: (s for s in sentences(text) if len(s.split()) >= _LEAST_WORDS))


def repeated_figures(book: Handbook) -> list[Repeated]:
    """Every number of two digits or more, with the words after it, that does."""
    return _often(book, _FIGURE.findall)


def _often(book: Handbook, found_in: Callable[[str], Iterable[str]]) -> list[Repeated]:
    """What is found on many pages; a tree says things again on purpose, and sources say them first."""
    explaining = [*book.advising(), *book.variants.values(), *book.moments.values()]
    pages: dict[str, dict[str, None]] = defaultdict(dict)
    for file in [*explaining, book.left_out] if book.left_out else explaining:
        for text in _prose(file):
            for words in found_in(text.lower()):
                pages[words][file.id] = None
    often = [Repeated(words, list(on)) for words, on in pages.items() if len(on) > MOST_PAGES]
    return sorted(often, key=lambda item: (-len(item.pages), item.words))
