"""What the pages show that gather what stands elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidebook.content.kinds import research
from guidebook.pages.addresses import stages_with_scripts
from guidebook.pages.articles import Gates
from guidebook.pages.citations import ShownCitation, shown
from guidebook.pages.draft import Excerpt, Group, View, labels, topics_in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidebook.content import model
    from guidebook.content.handbook import Handbook
    from guidebook.pages.draft import Gathers


@dataclass(frozen=True)
class ComparedForms:
    """An axis with its forms."""

    axis: model.Axis
    variants: list[model.Variant]


@dataclass(frozen=True)
class CompareView(View):
    """All forms, beside one another."""

    axes: list[ComparedForms]


@dataclass(frozen=True)
class SituationsView(View):
    """All situations."""

    groups: list[Group[model.Situation]]


@dataclass(frozen=True)
class ScriptsView(View):
    """Where words to use stand: a page for each stage, and the pages of situations."""

    stages: list[model.Stage]
    groups: list[Group[model.Situation]]


@dataclass(frozen=True)
class StageScriptsView(View):
    """The words to use in a stage by topic, after all gates."""

    topics: list[model.Topic]
    gates: Gates


@dataclass(frozen=True)
class DisagreementsView(View):
    """All questions on which sources differ."""

    disagreements: list[Excerpt[model.Disagreement]]
    sources: Mapping[str, model.Source]


@dataclass(frozen=True)
class LeftOutView(View):
    """What the guide does not advise, and why."""

    left_out: model.LeftOutList
    sources: Mapping[str, model.Source]


@dataclass(frozen=True)
class GroupedSources:
    """The sources of one kind."""

    kind: model.SourceKind
    sources: list[model.Source]


@dataclass(frozen=True)
class SourcesView(View):
    """All sources, with the pages that cite each, and what the labels mean."""

    groups: list[GroupedSources]
    cited: Mapping[str, list[model.Advice]]
    """The pages that cite a source, by its id."""
    labels: list[model.Evidence]


@dataclass(frozen=True)
class Bearing:
    """A page that a study bears on, and how."""

    home: model.Advice
    cited: ShownCitation


@dataclass(frozen=True)
class Study:
    """A source that is research."""

    source: model.Source
    bears_on: list[Bearing]


@dataclass(frozen=True)
class ResearchView(View):
    """All studies."""

    studies: list[Study]


@dataclass(frozen=True)
class HelpView(View):
    """All help lines, by country and kind."""

    countries: list[model.Country]
    kinds: list[model.Kind]


@dataclass(frozen=True)
class GlossaryView(View):
    """All terms, by letter."""

    terms: list[model.Term]


def _compare(book: Handbook) -> CompareView:
    return CompareView(
        [ComparedForms(axis, [book.variants[item] for item in axis.variants]) for axis in book.guide.axes]
    )


def grouped_situations(book: Handbook) -> list[Group[model.Situation]]:
    """The situations by group, in display order."""
    return [
        Group(group.title, [book.situations[item] for item in group.situations])
        for group in book.guide.situations
    ]


def _situations(book: Handbook) -> SituationsView:
    return SituationsView(grouped_situations(book))


def _scripts(book: Handbook) -> ScriptsView:
    groups = [
        Group(group.title, [situation for situation in group.members if situation.scripts])
        for group in grouped_situations(book)
    ]
    return ScriptsView(stages_with_scripts(book), [group for group in groups if group.members])


def stage_scripts(book: Handbook, stage: model.Stage) -> StageScriptsView:
    """What the page with the words to use in a stage shows."""
    topics = [topic for topic in map(book.topics.__getitem__, stage.topic_ids) if topic.scripts]
    return StageScriptsView(topics, Gates(book.guide.gates, in_full=True))


def _disagreements(book: Handbook) -> DisagreementsView:
    return DisagreementsView(
        [Excerpt(item, topic) for topic in topics_in_order(book) for item in topic.disagreements],
        book.sources,
    )


def _left_out(book: Handbook) -> LeftOutView:
    assert book.left_out  # noqa: S101 (the page is there only then)
    return LeftOutView(book.left_out, book.sources)


def _sources(book: Handbook) -> SourcesView:
    cited: dict[str, list[model.Advice]] = {source_id: [] for source_id in book.sources}
    for home in (*topics_in_order(book), *book.situations.values()):
        for source_id in {c.source for point in home.advice for c in point.sources}:
            cited[source_id].append(home)
    groups = [
        GroupedSources(kind, [s for s in book.sources.values() if s.kind == kind.id])
        for kind in book.guide.source_kinds
    ]
    return SourcesView([group for group in groups if group.sources], cited, list(labels(book).values()))


def _research(book: Handbook) -> ResearchView:
    return ResearchView(
        [
            Study(source, _bears_on(book, source))
            for source in sorted(research(book), key=lambda found: found.short)
        ]
    )


def _bears_on(book: Handbook, source: model.Source) -> list[Bearing]:
    found = {
        (home.id, citation.stance): Bearing(home, shown(book, citation))
        for home in (*topics_in_order(book), *book.situations.values())
        for point in home.advice
        for citation in point.sources
        if citation.source == source.id
    }
    return list(found.values())


def _help(book: Handbook) -> HelpView:
    return HelpView([book.countries[item] for item in book.guide.countries], book.guide.line_kinds)


def _glossary(book: Handbook) -> GlossaryView:
    terms = book.glossary.terms if book.glossary else []
    return GlossaryView(sorted(terms, key=lambda term: term.term.lower()))


def _whole(_: Handbook) -> View:
    """The site adapter adds the chapters, which are finished pages."""
    return View()


GATHERED: dict[str, Gathers] = {
    "compare": _compare,
    "situations": _situations,
    "scripts": _scripts,
    "disagreements": _disagreements,
    "left-out": _left_out,
    "sources": _sources,
    "research": _research,
    "help": _help,
    "glossary": _glossary,
    "whole": _whole,
}
