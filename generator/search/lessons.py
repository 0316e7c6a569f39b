"""What the models learn from: lines by page, and lines by kind of danger with harmless ones beside."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from guidebook.content.lines_reader import ASKED, DANGER
from guidebook.search.model_file import LinearModel, hash_of, read_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidebook.content.handbook import Content

HARMLESS = "harmless"


def asked(content: Content) -> dict[str, list[str]]:
    """What readers typed for whom a page is right, by the page's id."""
    return _lines(content, ASKED)


def danger(content: Content) -> dict[str, list[str]]:
    """What readers typed in danger by kind, and under `HARMLESS` what only sounds so.

    Whoever asks for a page that is about no danger is in none.
    """
    found = _lines(content, DANGER)
    search = content.book.search
    if not found or not search:
        return {}
    near = {*search.danger_pages, *(kind.page for kind in search.danger)}
    calm = [line for page, lines in asked(content).items() if page not in near for line in lines]
    return {**found, HARMLESS: [*found.get(HARMLESS, []), *calm]}


def _lines(content: Content, folder: str) -> dict[str, list[str]]:
    return {
        PurePosixPath(name).stem: [line.text for line in lines]
        for name, lines in content.typed.items()
        if name.startswith(f"{folder}/")
    }


LESSONS = {ASKED: asked, DANGER: danger}


def model(content: Content, name: str) -> LinearModel | None:
    """The model of this name as it is kept, also if it is out of date."""
    kept = content.models.get(f"{name}.json")
    return read_model(kept) if kept else None


def stale(content: Content) -> list[str]:
    """What is to be said of models that are missing or were made from other lines."""
    return [said for name in LESSONS if (said := _state(content, name, LESSONS[name](content)))]


def _state(content: Content, name: str, lines: Mapping[str, list[str]]) -> str:
    kept = model(content, name)
    if not lines:
        return ""
    if kept is None:
        return (
            f"content/{name}.json is missing, so the search has not learned from content/{name}/: make model"
        )
    if kept.made_from != hash_of(lines):
        return f"content/{name}.json was made from other lines than content/{name}/ has now: make model"
    return ""
