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
    Text,
    Url,
)


class Place(Model):
    """A place in a source and what it says, in our own words."""

    id: Id
    gist: Reported
    kind: SourceKindId | None = None
    """Given where the place is of another kind than its source, such as a reader's comment."""


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

    def kind_of(self, place_id: str) -> str:
        """The kind of one of its places."""
        return next((p.kind for p in self.places if p.id == place_id and p.kind), self.kind)


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
