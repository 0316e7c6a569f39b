"""A tree that was proven is not proven again while nothing of it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kit import change

from guidebook.build import read
from guidebook.content.problems import ContentError
from guidebook.tree import proof, remembered

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What was proven, with a folder of its own to remember it in."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(remembered, "WORTH_SECONDS", -1)
    proven: list[str] = []
    prove = proof.prove

    def note(book: Any) -> Any:  # noqa: ANN401 (a handbook, and what the proof finds)
        proven.append(book.tree.title)
        return prove(book)

    monkeypatch.setattr(proof, "prove", note)
    return proven


def test_a_proven_tree_is_not_proven_again(proofs: list[str], small_guide: Path) -> None:
    read(small_guide)
    change(small_guide, {"edit": {"topics/keeping/water.yml": {"title: ": "title: New "}}})
    read(small_guide)

    assert len(proofs) == 1


def test_a_tree_that_changed_is_proven_again(proofs: list[str], small_guide: Path) -> None:
    read(small_guide)
    change(
        small_guide,
        {"edit": {"decision-tree/tree.yml": {"urgency_at_least: soon": "never_flagged: wilting"}}},
    )
    read(small_guide)

    assert len(proofs) == 2


def test_another_program_proves_again(
    proofs: list[str], small_guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(small_guide)
    monkeypatch.setattr(remembered, "program", lambda: b"another")
    read(small_guide)

    assert len(proofs) == 2


def test_a_broken_promise_is_not_remembered_as_kept(proofs: list[str], small_guide: Path) -> None:
    change(small_guide, {"edit": {"decision-tree/outcomes/repot.yml": {"urgency: soon": "urgency: calm"}}})
    for _ in range(2):
        with pytest.raises(ContentError):
            read(small_guide)

    assert len(proofs) == 2


def test_where_nothing_can_be_kept_a_tree_is_proven_each_time(
    proofs: list[str], small_guide: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "no-folder").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no-folder"))
    read(small_guide)
    read(small_guide)

    assert len(proofs) == 2
