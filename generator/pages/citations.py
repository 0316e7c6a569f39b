"""How pages name who is cited: the source, who speaks there, and how it bears on the words that cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guidebook.content.handbook import Handbook
    from guidebook.content.model import Citation


@dataclass(frozen=True)
class ShownCitation:
    """A source as one that is cited, by one speaker and in one sense, however many places of it are cited."""

    source: str
    by: str
    """The id of who speaks."""
    words: str
    """What the link says."""
    stance: str


def shows_citations(book: Handbook) -> Callable[[Iterable[Citation]], list[ShownCitation]]:
    """What templates call to show citations, each once."""
    return lambda citations: list(dict.fromkeys(shown(book, citation) for citation in citations))


def shown(book: Handbook, citation: Citation) -> ShownCitation:
    """A citation as pages show it; its place and its speaker exist."""
    source = book.sources[citation.source]
    place, speaker = source.place(citation.place), book.speaker_of(citation)
    assert place  # noqa: S101 (the check saw that it exists)
    assert speaker  # noqa: S101 (the same)
    words = speaker.called.replace("{source}", source.short).replace("{name}", place.name or "")
    return ShownCitation(source.id, speaker.id, words, citation.stance)
