"""What advises: topics, situations, variants and moments, and the points and scripts in them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from guidebook.content.model.base import (
    ActId,
    Answer,
    EvidenceId,
    File,
    GateId,
    Id,
    LineKindId,
    Model,
    Name,
    PageId,
    Paragraphs,
    Reported,
    Sendable,
    SituationId,
    SourceId,
    Stance,
    Text,
    TimeId,
    VariantId,
)


class Citation(Model):
    """Where a source says something that bears on a point."""

    source: SourceId
    place: Id
    stance: Stance = "supports"


class Facets(Model):
    """Whom something is for; an empty list means everybody."""

    variants: list[VariantId] = []
    situations: list[SituationId] = []


class Point(Facets):
    """One piece of advice: something to do or to avoid, why, and what that rests on."""

    id: Id
    do: Text | None = None
    avoid: Text | None = None
    act: ActId | None = None
    why: Text
    unless: Text | None = None
    when: TimeId | None = None
    evidence: EvidenceId
    bears_on: Text | None = None
    """What was studied, and in whom, where its label says that a study bears on it."""
    more: bool = False
    """Whether it stands folded below the list of the others."""
    sources: list[Citation] = []

    @property
    def is_do(self) -> bool:
        """Whether it says what to do, not what to avoid."""
        return self.do is not None

    @property
    def says(self) -> str:
        """The advice itself."""
        return self.do or self.avoid or ""


class Script(Facets):
    """Exact words to send or say."""

    id: Id
    title: Text
    words: Annotated[list[Sendable], Field(min_length=1)]
    use: Text
    avoid: Text
    act: ActId | None = None
    when: TimeId | None = None


class Position(Model):
    """What one side of a disagreement holds."""

    says: Reported
    sources: Annotated[list[Citation], Field(min_length=1)]


class Disagreement(Model):
    """A question on which guides differ."""

    id: Id
    question: Text
    acts: list[ActId] = []
    """Acts that guides both advise and advise against; this disagreement explains it."""
    positions: Annotated[list[Position], Field(min_length=2)]
    both_sides: Text | None = None
    """Why a source stands on two sides, where one does."""
    turns_on: Text
    evidence: Text
    suggestion: Text
    why: Text


class Advice(File):
    """What topics and situations have in common."""

    title: Text
    answer: Answer
    notice: list[Text] = []
    """What somebody in danger reads before all advice; never folded."""
    tab_title: Text | None = None
    keywords: list[Name] = []
    gates: list[GateId] = []
    advice: Annotated[list[Point], Field(min_length=1)]
    scripts: list[Script] = []
    related: list[PageId] = []
    reviewed: date
    review_by: date


class Topic(Advice):
    """`topics/<stage>/<id>.yml`: one question that a reader has, answered on about one screen."""

    stage: Id
    question: Text
    explanation: list[Text] = []
    variants: list[VariantId] = []
    situations: list[SituationId] = []
    disagreements: list[Disagreement] = []


class Situation(Advice):
    """`situations/<id>.yml`: a case in which the advice changes."""

    summary: Text
    changes: Paragraphs
    stays: Paragraphs
    channel: Paragraphs
    lines: list[LineKindId] = []
    """Kinds of help line that the page shows."""
    urgent: bool = False


class Week(Model):
    """What a stretch of time is like."""

    time: Text
    text: Text


class Variant(File):
    """`variants/<id>.yml`: one form that the guide's rule can take."""

    title: Text
    summary: Text
    kind_of: VariantId | None = None
    meant: Text | None = None
    """What the author of the word meant by it, and where the guide differs."""
    asks: Text
    suits: list[Text] = []
    suits_not: list[Text] = []
    instead: Text | None = None
    """For a form that is described and not recommended: what helps more."""
    weeks: Annotated[list[Week], Field(min_length=1)]
    ends: Text
    moving: Text
    evidence: EvidenceId
    sources: list[Citation] = []
    keywords: list[Name] = []
    related: list[PageId] = []
    reviewed: date
    review_by: date


class Step(Model):
    """One thing to do now."""

    do: Text
    why: Text


class VariantReasons(Model):
    """Reasons that hold for whoever follows one variant."""

    variant: VariantId
    reasons: Annotated[list[Text], Field(min_length=1, max_length=3)]


class Pause(Model):
    """A wait that readers ask of themselves, with a note that nobody gets and reasons to hold on to."""

    lead: Text
    reasons: Annotated[list[Text], Field(min_length=3, max_length=3)]
    variants: list[VariantReasons] = []


class Moment(File):
    """`moments/<id>.yml`: what to do right now, on one screen."""

    title: Text
    summary: Text
    tab_title: Text | None = None
    keywords: list[Name] = []
    urgent: bool = False
    intro: Text
    steps: Annotated[list[Step], Field(min_length=3, max_length=3)]
    pause: Pause | None = None
    lines: list[LineKindId] = []
    related: Annotated[list[PageId], Field(min_length=1)]
    reviewed: date
    review_by: date
