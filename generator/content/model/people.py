"""People that the decision tree must be right for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guidebook.content.model.base import File, Name, UrgencyId


class Person(File):
    """`decision-tree/people/<id>.yml`: somebody, and what a good adviser would say to them.

    Written before its author has looked at the tree (as the vignettes are by which symptom checkers are
    judged: Semigran and others, BMJ 2015). A later change to it says why in its commit.
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
