"""Which parts a long page lists at its beginning, so that a reader can see what there is and go to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# More words than this fill about four screens of a phone.
LONG = 330
FEWEST = 3
_WATCHED = re.compile(r"<(/?)(details|summary)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# A part that folds has the id behind its heading, so that a link to it opens it.
_HEADING = re.compile(
    r'<h2(?: id="(?P<own>[^"]+)")?[^>]*>(?P<words>.*?)</h2>'
    r'(?:\s*</summary>\s*<div[^>]*? id="(?P<part>[^"]+)")?',
    re.DOTALL,
)


@dataclass(frozen=True)
class Heading:
    """A heading of the second level, and the id of its part; its words are HTML without tags."""

    id: str
    words: str


def contents_list(html: str) -> list[Heading]:
    """The parts of a finished page; none if it is short before anything is unfolded, or has few parts."""
    if _open_words(html) <= LONG:
        return []
    found = [
        Heading(part, " ".join(_TAG.sub("", match["words"]).split()))
        for match in _HEADING.finditer(html)
        if (part := match["own"] or match["part"])
    ]
    return found if len(found) >= FEWEST else []


def _open_words(html: str) -> int:
    """How many words stand outside folds; what a fold is called stands outside it."""
    count = depth = end = 0
    is_called = False
    for tag in _WATCHED.finditer(html):
        if depth == 0 or (depth == 1 and is_called):
            count += len(_TAG.sub(" ", html[end : tag.start()]).split())
        closes, name = tag.groups()
        if name == "details":
            depth += -1 if closes else 1
        else:
            is_called = not closes
        end = tag.end()
    return count + len(_TAG.sub(" ", html[end:]).split())
