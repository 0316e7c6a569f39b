"""Who helps: help lines by country, with numbers that can be rung."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from guidebook.content.model.base import File, Id, LineKindId, Model, Name, Seen, Text, Url, Verbatim

# One number as people write it: groups of digits with one sign between them.
_GROUPS = re.compile(r"\+?\d+(?:[ .-]\d+)*", re.ASCII)


# ITU-T E.164: the longest number has fifteen digits. The shortest emergency numbers have two.
_LONGEST = 15


_SHORTEST = 2


# A day, or one digit again and again, stands in for a number that somebody meant to look up.
_NO_NUMBER = re.compile(r"\d{4}-\d\d-\d\d|(\d)(\W*\1){4,}")


def dialled(number: str) -> str:
    """A number as a telephone takes it: digits, after a plus if it has one, without its (0)."""
    international = number.startswith("+")
    digits = re.sub(r"\(0\)|\D" if international else r"\D", "", number)
    return f"+{digits}" if international else digits


def _rings(number: str) -> str:
    # Brackets, or a slash, may set the area code apart.
    groups = re.sub(r"\((\d+)\)|(?<=\d{3})/(?=\d{3})", r" \1 ", number)
    is_number = _GROUPS.fullmatch(" ".join(groups.split())) and not _NO_NUMBER.fullmatch(number)
    if not is_number or not _SHORTEST <= len(dialled(number).lstrip("+")) <= _LONGEST:
        raise ValueError("must be one number that can be rung, such as '0808 200 0247', and nothing else")
    return number


Number = Annotated[str, AfterValidator(_rings), Verbatim()]
"""One telephone number."""


class Emergency(Model):
    """The number to ring when life is in danger."""

    number: Number
    say: Text | None = None


class Line(Model):
    """A service that helps, and when its details were last checked."""

    id: Id
    name: Name
    kind: LineKindId
    helps: Text
    call: Number | None = None
    text_to: Number | None = None
    text_say: Name | None = None
    web: Url | None = None
    hours: Text | None = None
    cost: Text | None = None
    checked: date
    due: date
    own_page: bool
    seen_at: Seen

    @property
    def dials(self) -> str:
        """The number as a telephone takes it."""
        return dialled(self.call or "")

    @property
    def texts(self) -> str:
        """The number for text messages as a telephone takes it."""
        return dialled(self.text_to or "")


class Country(File):
    """`support/<id>.yml`: where to ring in one country."""

    country: Name
    emergency: Emergency | None = None
    lines: Annotated[list[Line], Field(min_length=1)]
