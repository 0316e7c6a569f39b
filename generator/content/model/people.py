"""People that the decision tree must be right for, and what their plans must hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guidebook.content.model.base import (
    File,
    FlagId,
    LineKindId,
    Model,
    Name,
    OutcomeId,
    PageId,
    PointId,
    ScriptId,
    SectionId,
    UrgencyId,
)
from guidebook.content.model.tree import Answers

WEIGHTS = ("dangerous", "hard", "ordinary")
"""What people can be, those first whom a mistake can hurt."""


class PlanParts(Model):
    """Parts of a plan, by which a person's file says what must stand in it, or must not."""

    sections: list[SectionId] = []
    """Sections by the `id` that says their matter."""
    points: list[PointId] = []
    """Points as `topic/point`."""
    scripts: list[ScriptId] = []
    """Scripts as `topic/script`."""
    pages: list[PageId] = []
    """Pages that the plan links to."""
    lines: list[LineKindId] = []
    """Kinds of help line."""
    words: Name | None = None
    """Words of the plan, where no id says it."""


class Held(PlanParts):
    """What a sentence of `would` is said by, in the plan of each walk that plays nothing down."""

    says: Name
    """The sentence, or as many of its first words as tell it from the others."""
    left_out: Name | None = None
    """Why no plan says it."""


class Refused(PlanParts):
    """What would say a sentence of `must_not`, and may be in no plan of theirs."""

    says: Name
    """The sentence, or as many of its first words as tell it from the others."""
    flags: list[FlagId] = []


class PersonWalk(Answers):
    """One way in which somebody answers the questions."""

    says: Name
    """How they answer, in a few words."""
    outcome: OutcomeId | None = None
    """Where that leads, if it matters which outcome it is."""
    played_down: bool = False
    """Whether they make little of what has happened."""
    recognise: PlanParts | None = None
    """Only where they play it down: in which part of that plan they could still see themselves."""


class Person(File):
    """`decision-tree/people/<id>.yml`: somebody, and what a good adviser would say to them.

    The first part, to `must_not`, is written before its author has looked at the tree (as the vignettes are
    by which symptom checkers are judged: Semigran and others, BMJ 2015). A later change to it says why in its
    commit. The second says how they answer and what in their plan keeps the first; somebody else writes it.
    """

    who: Name
    """What has happened and how they are, with what they would not mention unless asked."""
    hopes: Name
    """What they would say themselves."""
    weight: Literal["ordinary", "hard", "dangerous"]
    """Whether it is painful only, easy to get wrong, or somebody can be hurt."""
    urgency: UrgencyId
    would: Annotated[list[Name], Field(min_length=3, max_length=7)]
    """What a good adviser would say, the most useful first."""
    must_not: Annotated[list[Name], Field(min_length=2, max_length=5)]
    """What nobody must say to them."""

    walks: list[PersonWalk] = []
    """How they would answer; none as long as nobody has said it."""
    holds: list[Held] = []
    """What each sentence of `would` is said by."""
    never: list[Refused] = []
    """For sentences of `must_not`: by what a plan would say them."""
