"""`handbook.yml`: the guide's name, wording of its own, and its vocabularies in display order."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guidebook.content.model.base import (
    ByHandId,
    CountryId,
    File,
    FlagId,
    GateId,
    Id,
    Kind,
    Model,
    MomentId,
    Name,
    PageId,
    Paragraphs,
    SituationId,
    SpeakerId,
    Stance,
    Text,
    TopicId,
    Url,
    VariantId,
)


class Called(Model):
    """What the home page calls another page."""

    page: PageId
    words: Text


class Home(Model):
    """The words of the home page."""

    question: Text
    intro: Paragraphs
    now: list[PageId] = []
    """Moments and situations that the page offers first."""
    called: list[Called] = []
    """What readers say for some of them, where their titles say it otherwise."""
    also: Text | None = None
    """Words before the moments that it does not offer first."""
    tree: Text
    """The words of the button that leads to the decision tree."""
    urge: Text
    """What the menu calls the first of the moments."""
    about: Paragraphs


class Part(Model):
    """A heading on a stage's page with its topics in reading order."""

    title: Text
    topics: Annotated[list[TopicId], Field(min_length=1)]


class Stage(Kind):
    """Where a reader is; topics lie in the folder of the same name."""

    question: Text
    summary: Text
    parts: Annotated[list[Part], Field(min_length=1)]

    @property
    def topic_ids(self) -> list[str]:
        """Its topics in reading order."""
        return [topic_id for part in self.parts for topic_id in part.topics]


class Axis(Kind):
    """One way in which the variants differ; a plan takes one variant from each axis."""

    question: Text
    variants: Annotated[list[VariantId], Field(min_length=1)]


class Evidence(Kind):
    """A label that says what a point rests on, never how sure it sounds."""

    meaning: Text
    mark: Name
    """A sign of its own, for whoever sees no colour."""
    rests_on: list[SpeakerId] = []
    """Speakers of whom at least one must support the point; none if the label needs no source."""
    studied: bool = False
    """Whether a point with this label says what was studied, and in whom."""
    figures: bool = False
    """Whether a point with this label may give a percentage."""


class Speaker(Kind):
    """Who speaks in a place of a source."""

    called: Text
    """What a citation says, with `{source}` for the source and `{name}` for whom the place names."""
    stances: Annotated[list[Stance], Field(min_length=1)]
    """How such a place can bear on the words that cite it."""
    are_many: bool = False
    """Whether each of their places in a source may be somebody else's."""

    @property
    def has_name(self) -> bool:
        """Whether each place of theirs says who it is."""
        return "{name}" in self.called


class SourceKind(Kind):
    """A kind of source."""

    speaker: SpeakerId
    """Who speaks in its places that name nobody else."""
    findings: bool = False
    """Whether its sources are research, shown with what they found and what it bears on."""


class Gate(Kind):
    """A question that stands before certain acts."""

    short: Text
    """The question and the way on in one line."""
    question: Text
    if_yes: Text
    subject_of: list[SituationId] = []
    """Situations whose pages are about what it asks, and so do not ask it."""


class SituationGroup(Model):
    """Situations that are alike, in display order."""

    title: Text
    situations: Annotated[list[SituationId], Field(min_length=1)]
    for_review: bool = False
    """Whether a reviewer reads their pages (see `Review`)."""


class Act(Kind):
    """Something a reader can do or leave; points and scripts that speak of it name it."""

    gates: list[GateId] = []
    gates_in_full: bool = False
    """Whether a page that advises it says its gates in full, not in one line each."""


class PageWords(Model):
    """The title and first lines of a page that gathers things."""

    title: Text
    intro: Text
    tab_title: Text | None = None
    keywords: list[Name] = []


class Notice(Model):
    """A short question with a link for whoever says yes to it."""

    text: Text
    page: PageId
    words: Text


class Review(Model):
    """What a reviewer from outside is asked, and which pages they read besides the questions."""

    asks: Paragraphs
    send: Paragraphs
    """How their remarks come back, and what happens with them."""
    flags: list[FlagId] = []
    """Pages are read to which an outcome leads that carries one of these marks."""
    pages: list[PageId] = []
    """Other pages that are read."""


class Guide(File):
    """`handbook.yml`: the guide's name, wording of its own, and its vocabularies in display order."""

    title: Text
    description: Text
    edition: Text
    leave_url: Url
    notices: Annotated[list[Notice], Field(min_length=1)]
    """Lines about safety that stand on every page."""
    home: Home
    pages: dict[Id, PageWords]
    """The pages that gather things, by id: help, scripts, sources and so on."""
    by_hand: list[ByHandId] = []
    """The hand-written pages (`<id>.md`), in the order of the menu; no other is published."""
    stages: Annotated[list[Stage], Field(min_length=1)]
    axes: list[Axis] = []
    situations: list[SituationGroup] = []
    moments: list[MomentId] = []
    times: Annotated[list[Kind], Field(min_length=1)]
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    gates: list[Gate] = []
    acts: list[Act] = []
    speakers: Annotated[list[Speaker], Field(min_length=1)]
    source_kinds: Annotated[list[SourceKind], Field(min_length=1)]
    line_kinds: list[Kind] = []
    urgencies: Annotated[list[Kind], Field(min_length=1)]
    """From the calmest to the most urgent."""
    countries: list[CountryId] = []
    review: Review | None = None

    def urgency_rank(self, urgency: str | None) -> int:
        """The place of an urgency, from 0 for the least; without one, a place below all."""
        return [found.id for found in self.urgencies].index(urgency) if urgency else -1

    def is_urgent(self, urgency_id: str) -> bool:
        """Whether an urgency stands in the upper half of the list."""
        return self.urgency_rank(urgency_id) >= len(self.urgencies) / 2

    @property
    def situation_ids(self) -> list[str]:
        """The situations in display order."""
        return [situation_id for group in self.situations for situation_id in group.situations]
