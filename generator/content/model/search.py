"""`search.yml`: how the search understands its readers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guidebook.content.model.base import File, Model, Name, PageId, Text


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
    urgent: Text
    """The link to the help lines on a pinned page."""
    clear: Text
    moment: Text
    """What the results call a moment."""
    page: Text
    """What the results call a page of no kind."""


class Danger(Model):
    """Words that bring a page to the top, whatever else was found."""

    page: PageId
    says: Text
    """What is said first, in place of the page's own answer."""
    phrases: Annotated[list[Name], Field(min_length=1)]
    """Found where their words stand in this order with at most two others between."""
    harmless: list[Name] = []
    """What only sounds alike; taken out before the phrases are looked for."""


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
    parting: Name | None = None
    """Words that part what stands before them from what stands after: no phrase of danger spans one."""
    alike: list[Annotated[list[Name], Field(min_length=2)]] = []
    """Words for the same thing, first what the guide says."""
    danger: list[Danger] = []
