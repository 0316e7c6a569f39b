"""What was learned, as data for the browser: `linear-model.js` and `danger.js` read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidebook.content import inline_markup
from guidebook.content.lines_reader import ASKED, DANGER
from guidebook.pages.search_index import places
from guidebook.search.lessons import model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidebook.content.handbook import Content
    from guidebook.search.model_file import LinearModel


def ranker_data(content: Content) -> dict[str, Any] | None:
    """Which page fits which words; None for a guide that has learned nothing.

    A class is the number of its page among the answers of the search; -1 if there is no such page any more.
    """
    found = model(content, ASKED)
    return _model(found, places(content)) if found else None


def danger_data(content: Content) -> dict[str, Any] | None:
    """Which words tell of danger, and where each kind leads; None for a guide that has learned nothing.

    A class is the number of its kind; -1 for what is harmless.
    """
    search, found = content.book.search, model(content, DANGER)
    if not search or not found:
        return None
    place = places(content)
    return {
        "model": _model(found, {kind.id: number for number, kind in enumerate(search.danger)}),
        "kinds": [
            {
                "id": kind.id,
                "page": place[kind.page],
                "says": inline_markup.plain(kind.says),
                "phrases": ",".join(kind.phrases),
                "below": [place[page] for page in kind.below],
            }
            for kind in search.danger
        ],
        "parting": search.parting or "",
        "said": search.said,
        "sure": search.sure,
        "perhaps": search.perhaps,
        "disguised": search.disguised,
    }


def _model(found: LinearModel, numbers: Mapping[str, int]) -> dict[str, Any]:
    said = found.coded()
    return {**said, "classes": [numbers.get(name, -1) for name in found.classes]}
