"""What the command `handbook` tells a maintainer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from kit import ROOT, change

from generator.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def told(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return result.exit_code, result.output


def test_sources_shows_where_each_place_went(small_guide: Path) -> None:
    code, output = told("sources", "--all", "--content", str(small_guide))

    assert code == 0
    assert "green-book: 2 places, 0 that nothing cites" in output
    assert "windows: light#by-the-window (supports), disagreements#water-debate (supports)" in output
    assert "winter: water#no-calendar (qualifies), disagreements#water-debate (supports)" in output


def test_sources_reports_a_place_that_nothing_cites(small_guide: Path) -> None:
    place = "  - {id: pots, gist: Pots need a hole.}\n  - {id: windows"
    change(small_guide, {"edit": {"sources/green-book.yml": {"  - {id: windows": place}}})

    _, output = told("sources", "--content", str(small_guide))

    assert "3 places, 1 that nothing cites" in output
    assert "pots: nothing cites it" in output
    assert "windows" not in output


def test_map_counts_points_and_names_what_is_empty(small_guide: Path) -> None:
    _, output = told("map", "--content", str(small_guide))
    rows = {line.split()[0]: line.split()[1:] for line in output.splitlines() if line.split()[1:]}

    assert rows["by-hand"] == ["1", "-", "-"]
    assert rows["everybody"] == ["-", "2", "-"]
    assert "No point names: wick" in output


def test_map_lists_what_is_both_advised_and_advised_against(small_guide: Path) -> None:
    point = "avoid: Do not buy a second one.\n    act: buy\n    variants: [wick]"
    avoid = "avoid: Do not water by the calendar."
    change(small_guide, {"edit": {"topics/keeping/water.yml": {avoid: point}}})

    code, output = told("map", "--content", str(small_guide))

    assert code == 0
    assert "buy: to do in light#by-the-window; to avoid in water#no-calendar" in output
    assert "they are for different readers" in output


@pytest.mark.parametrize(
    ("today", "arguments", "code", "words"),
    [
        ("2026-12-01", ["--dates"], 0, "All is well"),
        ("2027-11-01", ["--dates"], 0, "is due for review on 2027-11-22"),
        ("2027-11-23", [], 0, "was due for review on 2027-11-22"),
        ("2027-11-23", ["--dates"], 1, "was due for review on 2027-11-22"),
    ],
)
def test_only_dates_fails_on_what_is_overdue(
    small_guide: Path, today: str, arguments: list[str], code: int, words: str
) -> None:
    found = told("check", "--today", today, *arguments, "--content", str(small_guide))

    assert found[0] == code
    assert words in found[1]


def test_tree_proof_counts_ways_and_names_promises(small_guide: Path) -> None:
    code, output = told("tree", "proof", "--content", str(small_guide))

    # Fine ends at once; wilted goes on to two ticks, which make four.
    assert code == 0
    assert "5 ways through" in output
    assert "holds: wilting-is-soon" in output
    assert "The longest has 2 questions (at most 2 are allowed)" in output


def test_help_names_every_command() -> None:
    _, output = told("--help")

    assert {"build", "check", "map", "sources"} <= set(output.split())


LINE = """country: Nowhere
lines:
  - id: plants
    name: Plant line
    kind: plants
    helps: It answers.
    call: "1"
    checked: 2026-11-22
    due: 2027-05-22
    own_page: {own}
    seen_at: https://example.org/
"""


@pytest.mark.parametrize(
    ("own", "arguments", "code"),
    [("false", [], 1), ("false", ["--accepted-by", "A. Person"], 0), ("true", [], 0)],
)
def test_lines_that_are_not_confirmed_need_a_person(
    small_guide: Path, own: str, arguments: list[str], code: int
) -> None:
    words = "countries: [nowhere]\nline_kinds: [{id: plants, title: Plants}]\nurgencies:"
    help_page = "pages:\n  help: {title: Help, intro: Who helps.}"
    change(
        small_guide,
        {
            "write": {"support/nowhere.yml": LINE.format(own=own)},
            "edit": {"handbook.yml": {"urgencies:": words, "pages:": help_page}},
        },
    )

    found = told("lines", *arguments, "--content", str(small_guide))

    assert found[0] == code
    assert ("Plant line" in found[1]) == (own == "false")


def test_the_editors_schema_knows_what_the_check_knows(tmp_path: Path) -> None:
    code, output = told("schema", str(tmp_path))
    topic = json.loads((tmp_path / "topic.json").read_text(encoding="utf-8"))
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]

    assert code == 0
    assert topic["additionalProperties"] is False
    assert "question" in topic["required"]
    assert not {"id", "file", "stage"} & set(topic["properties"])
    assert {f"{name} for {files}" for name, files in settings.items()} == {
        line.replace(str(tmp_path), ".schema") for line in output.splitlines()
    }
