"""Which parts a long page lists at its beginning, so that a reader can see what there is and go to it."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

# More words than this fill about four screens of a phone.
LONG = 330
FEWEST = 3
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


@dataclass(frozen=True)
class Heading:
    """A heading of the second level, and the id of its part."""

    id: str
    words: str


def contents_list(html: str) -> list[Heading]:
    """The parts of a finished page; none if it is short before anything is unfolded, or has few parts."""
    reader = _Reader()
    reader.feed(html)
    return reader.headings if reader.open_words > LONG and len(reader.headings) >= FEWEST else []


class _Reader(HTMLParser):
    """Counts the words outside folds and notes the headings of the second level."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[Heading] = []
        self.open_words = 0
        self._inside: list[str] = []
        self._words: list[str] = []
        self._id = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a heading begins; the part of one that folds has the id, not the heading."""
        if tag not in _VOID:
            self._inside.append(tag)
        found = dict(attrs).get("id") or ""
        if tag == "h2":
            self._words, self._id = [], found
        elif self._words and not self._id and found and tag == "div":
            self._add(found)

    def handle_endtag(self, tag: str) -> None:
        """Note a heading that has an id of its own."""
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass
        if tag == "h2" and self._id:
            self._add(self._id)

    def _add(self, found: str) -> None:
        self.headings.append(Heading(found, " ".join("".join(self._words).split())))
        self._words, self._id = [], ""

    def handle_data(self, data: str) -> None:
        """Count words, and keep those of a heading."""
        if "h2" in self._inside:
            self._words.append(data)
        if "details" not in self._inside or "summary" in self._inside[-3:]:
            self.open_words += len(data.split())
