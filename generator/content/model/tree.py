"""The decision tree: questions, outcomes, flags, promises and tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from guidebook.content.model.base import (
    ActId,
    DisagreementId,
    File,
    FlagId,
    Id,
    Kind,
    LineKindId,
    Model,
    OutcomeId,
    PageId,
    Paragraphs,
    PointId,
    QuestionId,
    ScriptId,
    SectionId,
    SharedId,
    StepId,
    Text,
    TimeId,
    UrgencyId,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class Condition(Model):
    """Says something of earlier answers. Exactly one form is used at a time."""

    question: QuestionId | None = None
    answer: Id | None = None
    flag: FlagId | None = None
    all: Annotated[list[Condition], Field(min_length=1)] | None = None
    any: Annotated[list[Condition], Field(min_length=1)] | None = None
    not_: Annotated[Condition | None, Field(alias="not")] = None

    @property
    def form(self) -> str:
        """Which form it has, or nothing if it mixes several."""
        given = [name for name in ("answer", "flag", "all", "any", "not_") if getattr(self, name) is not None]
        if len(given) != 1 or (given[0] == "answer") != (self.question is not None):
            return ""
        return given[0]

    @property
    def parts(self) -> list[Condition]:
        """The conditions that this one is made of."""
        return self.all or self.any or ([self.not_] if self.not_ else [])

    def atoms(self) -> Iterator[Condition]:
        """The answers and flags that it reads."""
        if self.parts:
            for part in self.parts:
                yield from part.atoms()
        else:
            yield self


class SameAs(Model):
    """Why two answers lead alike."""

    option: Id
    reason: Text


class Option(Model):
    """An answer that can be chosen."""

    id: Id
    heading: Text | None = None
    """Stands above this answer and those after it, up to the next heading."""
    label: Text
    hint: Text | None = None
    flags: list[FlagId] = []
    next: StepId | None = None
    same_as: SameAs | None = None


class Route(Model):
    """Where the walk goes on if the condition holds; without one, always."""

    if_: Annotated[Condition | None, Field(alias="if")] = None
    to: StepId


class Question(File):
    """`decision-tree/questions/<id>.yml`: one step of the walk."""

    question: Text
    why: Text
    hint: Text | None = None
    choose: Literal["one", "any"] = "one"
    """One answer, or all that apply (none of them too)."""
    options: Annotated[list[Option], Field(min_length=2)]
    next: list[Route] = []
    """Tried in order when the chosen option has no `next` of its own."""
    not_sure: Id | None = None
    """The option that says "I'm not sure"."""
    no_not_sure: Text | None = None
    """Why the question has no such option."""

    @property
    def takes_many(self) -> bool:
        """Whether several answers may be ticked."""
        return self.choose == "any"

    @property
    def leads_to(self) -> list[str]:
        """The steps that it can lead to, one for each option and route that does."""
        own = [option.next for option in self.options if option.next]
        return [*own, *(route.to for route in self.next)]


class Section(Model):
    """A part of an outcome's plan."""

    id: Id | None = None
    """The matter that it treats, by which promises and people name it; several outcomes may treat one."""
    when: TimeId
    if_: Annotated[Condition | None, Field(alias="if")] = None
    title: Text | None = None
    first: Annotated[list[Text], Field(max_length=3)] = []
    """Lines of its own that the plan begins with, three of all at most: those of its most urgent parts."""
    urgency: UrgencyId | None = None
    """Where it is shown, the result is at least as urgent as this."""
    folded: bool = False
    """Whether it is closed at first, under a title that says whom it is for."""
    do: list[Text] = []
    """Lines of its own."""
    advice: list[PointId] = []
    """Points that stand in topics or situations, as `topic/point`."""
    scripts: list[ScriptId] = []
    """Scripts as `topic/script`."""
    links: list[PageId] = []
    """Pages to read, in place of those where its advice is at home."""
    flags: list[FlagId] = []
    """Marks that the outcome carries only where this section is shown."""

    @property
    def read_on(self) -> list[str]:
        """The pages that it leads to: those it names, or else where its advice is at home."""
        return self.links or list(dict.fromkeys(point.partition("/")[0] for point in self.advice))


class SharedSections(File):
    """`decision-tree/shared/<id>.yml`: sections that several outcomes have alike."""

    title: Text
    sections: Annotated[list[Section], Field(min_length=1)]


class Outcome(File):
    """`decision-tree/outcomes/<id>.yml`: where a walk ends."""

    title: Text
    tab_title: Text | None = None
    urgency: UrgencyId
    flags: list[FlagId] = []
    why: Paragraphs
    sections: Annotated[list[Section], Field(min_length=1)]
    shared: list[SharedId] = []
    """Files of sections that it has besides its own."""
    disagreements: list[DisagreementId] = []
    """Questions on which guides differ and that this outcome decides in one way."""
    worse: Text
    """What to do if things get worse."""
    lines: list[LineKindId] = []
    related: Annotated[list[PageId], Field(min_length=1)]
    reviewed: date
    review_by: date


class Flag(Kind):
    """A mark on answers and outcomes, for conditions and properties to read."""

    acts: list[ActId] = []
    """What advises one of these acts carries the mark: an outcome, or the one section that does."""
    reminder: Text | None = None
    """What every outcome that carries the mark says after its reasons, and every section that carries it."""
    covers: bool = False
    """Whether results that carry it are covered at once when the page is out of sight."""
    not_offered: bool = False
    """Whether no result tells which other answers would have led to the outcomes that carry it."""


class Rising(Model):
    """Options ordered by risk: choosing a later one never lowers the plan's urgency, all else being equal.

    Where several may be ticked: one more tick never lowers it.
    """

    question: QuestionId
    answers: Annotated[list[Id], Field(min_length=1)]
    keeps: FlagId | None = None
    """Parts with this mark that the answer of less risk shows are shown with the one of more risk too."""


class Property(Model):
    """Something that must hold on every way through the tree."""

    id: Id
    says: Text
    if_: Annotated[Condition | None, Field(alias="if")] = None
    ends_flagged: FlagId | None = None
    never_flagged: FlagId | None = None
    urgency_at_least: UrgencyId | None = None
    shows: SectionId | None = None
    """The matter that a part of every plan on these ways treats."""
    rising: Rising | None = None


class Answers(Model):
    """Answers to the questions as an author writes them down."""

    answers: dict[str, str | list[str]]

    @property
    def given(self) -> dict[str, list[str]]:
        """What is chosen for each question, as a list everywhere."""
        return {
            question: [given] if isinstance(given, str) else given for question, given in self.answers.items()
        }


class WalkTest(Answers):
    """Given these answers, the walk reaches this outcome."""

    says: Text
    outcome: OutcomeId


class Tree(File):
    """`decision-tree/tree.yml`: where the walk starts and what must hold on it."""

    title: Text
    description: Text
    intro: Paragraphs
    start: QuestionId
    longest: Annotated[int, Field(ge=1)]
    flags: list[Flag] = []
    properties: list[Property] = []
    tests: list[WalkTest] = []
