"""What the page of a topic, situation, moment or variant shows beside the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidebook.content import model
from guidebook.pages.draft import PlacedPoint, help_lines

if TYPE_CHECKING:
    from guidebook.content.handbook import Handbook
    from guidebook.pages.draft import Shows


def _advice(book: Handbook, advice: model.Advice) -> dict[str, Any]:
    labels = {label.id: label for label in book.guide.evidence}
    return {
        "gates": [gate for gate in book.guide.gates if gate.id in advice.gates],
        "labels": labels,
        "sources": book.sources,
        "home": advice,
    }


def _topic(book: Handbook, topic: model.Topic) -> dict[str, Any]:
    stage = next(stage for stage in book.guide.stages if stage.id == topic.stage)
    facets = [
        *(book.variants[variant_id] for variant_id in topic.variants),
        *(book.situations[situation_id] for situation_id in topic.situations),
    ]
    return {"stage": stage, "facets": facets, **_advice(book, topic)}


def _meant_for(book: Handbook, *, variant: str = "", situation: str = "") -> list[PlacedPoint]:
    """The points that name a variant or situation, or stand in a topic that does."""
    return [
        PlacedPoint(point, topic)
        for topic in book.topics.values()
        for point in topic.advice
        if variant in (point.variants or topic.variants)
        or situation in (point.situations or topic.situations)
    ]


def _variant(book: Handbook, variant: model.Variant) -> dict[str, Any]:
    axis = next(axis for axis in book.guide.axes if variant.id in axis.variants)
    return {
        "axis": axis,
        "others": [book.variants[item] for item in axis.variants if item != variant.id],
        "points": _meant_for(book, variant=variant.id),
        "labels": {label.id: label for label in book.guide.evidence},
        "sources": book.sources,
    }


def _situation(book: Handbook, situation: model.Situation) -> dict[str, Any]:
    return {
        "points": _meant_for(book, situation=situation.id),
        "countries": help_lines(book, situation.lines),
        **_advice(book, situation),
    }


def _moment(book: Handbook, moment: model.Moment) -> dict[str, Any]:
    return {"countries": help_lines(book, moment.lines), "variants": book.variants}


SHOWS: dict[type[model.File], Shows] = {
    model.Topic: _topic,
    model.Variant: _variant,
    model.Situation: _situation,
    model.Moment: _moment,
}
