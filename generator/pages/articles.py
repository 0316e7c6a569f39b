"""What the page of a topic, situation, moment or variant shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidebook.content import model
from guidebook.pages.draft import CountryLines, Excerpt, View, help_lines, labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.pages.draft import Shows


@dataclass(frozen=True)
class Gates:
    """The gates before the advice of a page."""

    asked: list[model.Gate]
    in_full: bool
    """Whether they stand unfolded."""


@dataclass(frozen=True)
class TopicView(View):
    """A topic, the stage that it stands under, and the forms and situations that it is about."""

    topic: model.Topic
    stage: model.Stage
    facets: list[model.Variant | model.Situation]
    gates: Gates
    labels: Mapping[str, model.Evidence]
    sources: Mapping[str, model.Source]


@dataclass(frozen=True)
class SituationView(View):
    """A situation, the points of other pages that are about it, and who helps in it."""

    situation: model.Situation
    group: str
    """The title of the group in which it is listed."""
    points: list[Excerpt[model.Point]]
    countries: list[CountryLines]
    gates: Gates
    labels: Mapping[str, model.Evidence]
    sources: Mapping[str, model.Source]


@dataclass(frozen=True)
class MomentView(View):
    """A moment, who helps in it, and the forms by which its pause tells reasons."""

    moment: model.Moment
    countries: list[CountryLines]
    variants: Mapping[str, model.Variant]


@dataclass(frozen=True)
class VariantView(View):
    """A form, the others on its axis, and the points that are about it."""

    variant: model.Variant
    axis: model.Axis
    others: list[model.Variant]
    points: list[Excerpt[model.Point]]
    labels: Mapping[str, model.Evidence]
    sources: Mapping[str, model.Source]


def gates(book: Handbook, advice: model.Advice) -> Gates:
    """The gates of a page, but for those whose subject it is."""
    asked = [g for g in book.guide.gates if g.id in advice.gates and advice.id not in g.subject_of]
    in_full = {act.id for act in book.guide.acts if act.gates_in_full}
    acts = [
        *(point.act for point in advice.advice if point.is_do),
        *(script.act for script in advice.scripts),
    ]
    return Gates(asked, in_full=not in_full.isdisjoint(acts))


def _topic(book: Handbook, topic: model.Topic) -> TopicView:
    return TopicView(
        topic=topic,
        stage=next(stage for stage in book.guide.stages if stage.id == topic.stage),
        facets=[
            *(book.variants[variant_id] for variant_id in topic.variants),
            *(book.situations[situation_id] for situation_id in topic.situations),
        ],
        gates=gates(book, topic),
        labels=labels(book),
        sources=book.sources,
    )


def _meant_for(book: Handbook, *, variant: str = "", situation: str = "") -> list[Excerpt[model.Point]]:
    """The points that name a variant or situation, or stand in a topic that does."""
    return [
        Excerpt(point, topic)
        for topic in book.topics.values()
        for point in topic.advice
        if variant in (point.variants or topic.variants)
        or situation in (point.situations or topic.situations)
    ]


def _variant(book: Handbook, variant: model.Variant) -> VariantView:
    axis = next(axis for axis in book.guide.axes if variant.id in axis.variants)
    return VariantView(
        variant=variant,
        axis=axis,
        others=[book.variants[item] for item in axis.variants if item != variant.id],
        points=_meant_for(book, variant=variant.id),
        labels=labels(book),
        sources=book.sources,
    )


def _situation(book: Handbook, situation: model.Situation) -> SituationView:
    return SituationView(
        situation=situation,
        group=next(group.title for group in book.guide.situations if situation.id in group.situations),
        points=_meant_for(book, situation=situation.id),
        countries=help_lines(book, situation.lines),
        gates=gates(book, situation),
        labels=labels(book),
        sources=book.sources,
    )


def _moment(book: Handbook, moment: model.Moment) -> MomentView:
    return MomentView(moment, help_lines(book, moment.lines), book.variants)


SHOWS: dict[type[model.File], Shows] = {
    model.Topic: _topic,
    model.Variant: _variant,
    model.Situation: _situation,
    model.Moment: _moment,
}
