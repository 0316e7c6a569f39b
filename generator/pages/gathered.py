"""What the pages show that gather what stands elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidebook.content.kinds import research
from guidebook.pages.draft import PlacedPoint, topics_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidebook.content import model
    from guidebook.content.handbook import Handbook
    from guidebook.pages.draft import Gathers


def _compare(book: Handbook) -> dict[str, Any]:
    axes = [
        {"axis": axis, "variants": [book.variants[item] for item in axis.variants]}
        for axis in book.guide.axes
    ]
    return {"axes": axes}


def situations(book: Handbook) -> dict[str, Any]:
    """The situations by group, in display order."""
    groups = [
        {"title": group.title, "situations": [book.situations[item] for item in group.situations]}
        for group in book.guide.situations
    ]
    return {"groups": groups}


def _scripts(book: Handbook) -> dict[str, Any]:
    groups = [
        {"title": stage.title, "scripts": _scripts_of(book.topics[i] for i in stage.topic_ids)}
        for stage in book.guide.stages
    ]
    groups += [
        {"title": situation.title, "scripts": _scripts_of([situation])}
        for situation in (book.situations[item] for item in book.guide.situation_ids)
    ]
    return {"groups": [group for group in groups if group["scripts"]], "gates": book.guide.gates}


def _scripts_of(homes: Iterable[model.Advice]) -> list[PlacedPoint]:
    return [PlacedPoint(script, home) for home in homes for script in home.scripts]


def _disagreements(book: Handbook) -> dict[str, Any]:
    return {
        "told": [PlacedPoint(item, topic) for topic in topics_in_order(book) for item in topic.disagreements],
        "sources": book.sources,
    }


def _left_out(book: Handbook) -> dict[str, Any]:
    return {"left_out": book.left_out, "sources": book.sources}


def _sources(book: Handbook) -> dict[str, Any]:
    cited: dict[str, list[model.Advice]] = {source_id: [] for source_id in book.sources}
    for home in (*topics_in_order(book), *book.situations.values()):
        for source_id in {c.source for point in home.advice for c in point.sources}:
            cited[source_id].append(home)
    groups = [
        {"kind": kind, "sources": [s for s in book.sources.values() if s.kind == kind.id]}
        for kind in book.guide.source_kinds
    ]
    return {
        "groups": [group for group in groups if group["sources"]],
        "cited": cited,
        "labels": book.guide.evidence,
    }


def _research(book: Handbook) -> dict[str, Any]:
    studies = []
    for source in sorted(research(book), key=lambda found: found.short):
        bears_on = {
            (home.id, citation.stance): (home, citation.stance)
            for home in (*topics_in_order(book), *book.situations.values())
            for point in home.advice
            for citation in point.sources
            if citation.source == source.id
        }
        studies.append({"source": source, "bears_on": list(bears_on.values())})
    return {"studies": studies}


def _help(book: Handbook) -> dict[str, Any]:
    countries = [book.countries[item] for item in book.guide.countries]
    return {"countries": countries, "kinds": book.guide.line_kinds}


def _glossary(book: Handbook) -> dict[str, Any]:
    terms = book.glossary.terms if book.glossary else []
    return {"terms": sorted(terms, key=lambda term: term.term.lower())}


def _whole(book: Handbook) -> dict[str, Any]:
    """Context of the print edition; the site adapter adds the chapters, which are finished pages."""
    return {"guide": book.guide}


GATHERED: dict[str, Gathers] = {
    "compare": _compare,
    "situations": situations,
    "scripts": _scripts,
    "disagreements": _disagreements,
    "left-out": _left_out,
    "sources": _sources,
    "research": _research,
    "help": _help,
    "glossary": _glossary,
    "whole": _whole,
}
