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
    caption: Annotated[int, Field(ge=1)] = 25
    """The most words of the caption of a drawing."""
    banned: list[Banned] = []
    names: list[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = []
    """People who must not be named, as SHA-256 of the name in small letters: the list names nobody."""
    waivers: list[Waiver] = []
