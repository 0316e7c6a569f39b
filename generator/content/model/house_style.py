"""`writing.yml`: the rules of writing that can be counted."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from guidebook.content.model.base import File, Model, Name


class Banned(Model):
    """Words that the guide does not use, and why."""

    words: Annotated[list[Name], Field(min_length=1)]
    why: Name
    urgent: bool = False
    """Whether this holds in urgent text only."""


class Waiver(Model):
    """Leave to break a rule of writing in one file, for a reason and until a day."""

    file: Name
    words: Name
    reason: Name
    until: date


class Writing(File):
    """`writing.yml`: the rules of writing that can be counted."""

    sentence: Annotated[int, Field(ge=1)]
    """The most words of a sentence."""
    urgent_first_sentence: Annotated[int, Field(ge=1)]
    """The most words of the first sentence of a moment."""
    urgent_before_action: Annotated[int, Field(ge=1)]
    """The most words of a moment before the first thing to do."""
    open_words: dict[Name, Annotated[int, Field(ge=1)]] = {}
    """The most words of a page's content before anything is unfolded, by kind."""
    list_length: Annotated[int, Field(ge=1)] | None = None
    """The most things to do, and the most things not to do, in the open lists of a page."""
    caption: Annotated[int, Field(ge=1)] = 25
    """The most words of the caption of a drawing."""
    banned: list[Banned] = []
    true_for_all: list[Name] | None = None
    """Words with a capital letter or a figure that are true whoever sends them: others are facts.

    Without the list, words to send are not looked at.
    """
    names: list[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = []
    """People who must not be named, as SHA-256 of the name in small letters: the list names nobody."""
    waivers: list[Waiver] = []
