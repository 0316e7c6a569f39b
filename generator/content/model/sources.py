"""What advice rests on: sources, what is left out of them, and the words explained."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guidebook.content.model.advice import Citation
from guidebook.content.model.base import (
    File,
    Id,
    Kind,
    Model,
    Name,
    Paragraphs,
    Reported,
    SourceKindId,
    SpeakerId,
    Text,
    Url,
)


class Claim(Model):
    """One thing that a source says, in our own words and with its conditions."""

    says: Reported
    told: list[str] = []
    """What tells it, as `page#part`."""
    aside: Reported | None = None
    """Why the guide need not tell it."""

    @property
    def is_untold(self) -> bool:
        """Whether nothing tells it, and nobody has said why."""
        return not self.told and not self.aside


class Place(Model):
    """A place in a source: who speaks there, and what they say."""

    id: Id
    speaker: SpeakerId | None = None
    """Given where somebody else speaks than in the rest of its kind of source, such as a reader."""
    name: Name | None = None
    """Who that is, and what makes them an expert."""
    claims: Annotated[list[Claim], Field(min_length=1)]


class Source(File):
    """`sources/<id>.yml`: an article, a study or published guidance that advice cites."""

    title: Name
    short: Name
    """What points call it, in a few words."""
    by: Name
    kind: SourceKindId
    year: int | None = None
    published: Name | None = None
    url: Url | None = None
    about: Text | None = None
    lacks: Text | None = None
    sample: Text | None = None
    limits: Text | None = None
    places: Annotated[list[Place], Field(min_length=1)]

    def place(self, place_id: str) -> Place | None:
        """One of its places."""
        return next((place for place in self.places if place.id == place_id), None)


class LeftOut(Model):
    """Something that a source says and the guide does not repeat as advice."""

    id: Id
    said: Reported
    reason: Text
    instead: Text
    sources: Annotated[list[Citation], Field(min_length=1)]


class LeftOutGroup(Kind):
    """Things left out for a like reason."""

    entries: Annotated[list[LeftOut], Field(min_length=1)]


class LeftOutList(File):
    """`left-out.yml`."""

    intro: Paragraphs
    groups: Annotated[list[LeftOutGroup], Field(min_length=1)]

    @property
    def entries(self) -> list[LeftOut]:
        """Everything that is left out."""
        return [entry for group in self.groups for entry in group.entries]


class Term(Model):
    """A word and what it means here."""

    id: Id
    term: Name
    meaning: Text
    also: list[Name] = []
    auto: bool = True
    """Whether the first use on a page links here by itself."""


class Glossary(File):
    """`glossary.yml`."""

    terms: Annotated[list[Term], Field(min_length=1)]
