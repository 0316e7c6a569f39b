"""What the models look at in words that a reader typed; `assets/js/linear-model.js` does the same.

Words, pairs of neighbours and pieces of words (which survive typing mistakes and endings) are numbered by
a hash instead of a list (feature hashing; Weinberger et al. 2009), so no word has to be shipped, and letters
of any alphabet will do.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = (3, 4, 5)
"""How many letters pieces of words have."""


def features(words: Sequence[str]) -> set[str]:
    """What stands in a query, given its words in small letters (`pages.search_index.words_of`)."""
    text = f" {' '.join(words)} "
    pieces = {text[i : i + size] for size in PIECES for i in range(len(text) - size + 1)}
    return {
        *(f"w{word}" for word in words),
        *(f"p{one} {other}" for one, other in pairwise(words)),
        *(f"c{piece}" for piece in pieces),
    }


def bucket(feature: str, buckets: int) -> int:
    """The number of a feature: FNV-1a of its UTF-8, modulo the number of buckets."""
    found = 0x811C9DC5
    for byte in feature.encode():
        found = ((found ^ byte) * 0x01000193) & 0xFFFFFFFF
    return found % buckets


def numbered(words: Sequence[str], buckets: int) -> list[int]:
    """The numbers of all features of a query, each once, in order."""
    return sorted({bucket(feature, buckets) for feature in features(words)})
