"""What a page says before anything on it is unfolded, to count it.

The templates of these pages say the same in HTML; a test in a browser counts both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidebook.content import inline_markup, model
from guidebook.content.kinds import KIND_OF
from guidebook.pages.articles import gates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidebook.content.handbook import Handbook

Part = tuple[str, str]
"""A text that stands open, after the field of the file that it comes from."""


def open_words(book: Handbook, file: model.File) -> dict[str, int]:
    """How many words stand open on a page with layers, by field; of other files, none."""
    found: dict[str, int] = {}
    for field, text in _parts(book, file):
        found[field] = found.get(field, 0) + len(inline_markup.plain(text).split())
    return found


def _parts(book: Handbook, file: model.File) -> Iterator[Part]:
    if isinstance(file, model.Topic):
        yield "question", file.question
        yield from _advice(book, file)
    elif isinstance(file, model.Situation):
        yield "title", file.title
        yield from _advice(book, file)
        yield from _all("channel", file.channel)
    elif isinstance(file, model.Variant):
        for field in ("title", "summary", "asks", "instead", "ends"):
            yield field, getattr(file, field) or ""
        yield from _all("suits", file.suits)
        yield from _all("suits_not", file.suits_not)


def _advice(book: Handbook, file: model.Advice) -> Iterator[Part]:
    yield "answer", file.answer
    yield from _all("notice", file.notice)
    asked = gates(book, file)
    for gate in asked.asked:
        yield "gates", f"{gate.question} {gate.if_yes}" if asked.in_full else gate.short
    yield from _all("advice", (point.says for point in file.advice if not point.more))
    for place, script in enumerate(file.scripts):
        yield "scripts", script.title
        if place == 0:
            yield from _all("scripts", (*script.words, script.use, script.avoid))


def _all(field: str, texts: Iterable[str]) -> Iterator[Part]:
    return ((field, text) for text in texts)


def counted(book: Handbook) -> Iterator[tuple[str, model.File, dict[str, int]]]:
    """The pages with layers: what one of their kind is called, the file, and its open words by field."""
    for cls in (model.Topic, model.Situation, model.Variant):
        kind = KIND_OF[cls]
        for file in kind.of(book).values():
            yield kind.name, file, open_words(book, file)
