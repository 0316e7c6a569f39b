"""`search.yml`: how the search understands its readers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guidebook.content.model.base import File, Id, Model, Name, PageId, Text


class SearchWords(Model):
    """What the search says of itself."""

    hint: Text
    """Before anything is typed."""
    loading: Text
    failed: Text
    one: Text
    many: Text
    """With `{n}` for how many answers were found."""
    best: Text
    """Above the answers that fit best."""
    none: Text
    """When nothing was found."""
    begin: Text
    """Above the pages to begin with, then."""
    danger: Text
    """Above a page that is pinned."""
    perhaps: Text
    """Before the link to a page that may be for the reader."""
    urgent: Text
    """The link to the help lines on a pinned page."""
    clear: Text
    moment: Text
    """What the results call a moment."""
    page: Text
    """What the results call a page of no kind."""


class Danger(Model):
    """A kind of danger that is heard in what readers type; its lines stand in `search/danger/<id>.txt`."""

    id: Id
    page: PageId
    """Where it leads, whatever else was found."""
    says: Text
    """What is said first, in place of the page's own answer."""
    phrases: list[Name] = []
    """What hardly anybody says but in danger.

    Found where its words stand in this order, with at most two others between.
    """
    below: list[PageId] = []
    """Pages that come after all others when it is heard."""


Share = Annotated[float, Field(gt=0, le=1)]


class Search(File):
    """`search.yml`: how the search understands its readers."""

    words: SearchWords
    begin: Annotated[list[PageId], Field(min_length=1)]
    """Where readers may begin for whose words nothing was found."""
    little: Name
    """Words that say little by themselves, with spaces between."""
    reader: Name
    """Words by which readers mean themselves; with spaces between."""
    other: Name
    """Words by which they mean the other person."""
    alike: list[Annotated[list[Name], Field(min_length=2)]] = []
    """Words for the same thing, first what the guide says."""
    danger: list[Danger] = []
    danger_pages: list[PageId] = []
    """Other pages about danger: who asks for them is no example of a harmless query."""
    parting: Name | None = None
    """Words that no phrase spans; with spaces between."""
    said: Share = 0.2
    """How likely danger has to be where one of the phrases stands, for its page to be pinned."""
    sure: Share = 0.5
    """How likely danger has to be for its page to be pinned."""
    perhaps: Share = 0.2
    """How likely it has to be for a quiet line."""
    disguised: Name = ""
    """Words that are looked for behind signs and digits, with spaces between."""
