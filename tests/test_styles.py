"""The stylesheets are put together of components, each of which belongs to one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from kit import ROOT

from guidebook.site.stylesheets import sheets

if TYPE_CHECKING:
    from pathlib import Path

OWN = ROOT / "templates/theme/assets/css"


def test_what_a_stylesheet_imports_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "all.css").write_text('@import "a.css";\n@import "parts/b.css";\np{}\n')
    (tmp_path / "a.css").write_text("a{}")
    (tmp_path / "parts/b.css").write_text("b{}")
    (tmp_path / "other.css").write_text("q{}\n")

    assert sheets(tmp_path) == {"all.css": "a{}\nb{}\np{}\n", "other.css": "q{}\n"}


def test_a_stylesheet_that_imports_what_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "all.css").write_text('@import "a.css";\n')

    with pytest.raises(ValueError, match=r"imports a\.css, which is not there"):
        sheets(tmp_path)


def test_every_component_belongs_to_one_stylesheet() -> None:
    imported = [
        part for sheet in OWN.glob("*.css") for part in re.findall('@import "(.+)"', sheet.read_text())
    ]

    assert set(sheets(OWN)) == {"handbook.css", "tree.css", "whole.css"}
    assert len(imported) == len(set(imported)) > 20


def test_colours_stand_in_one_place() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|color-mix)\(", re.IGNORECASE)

    for path in OWN.rglob("*.css"):
        assert path.name == "tokens.css" or not colour.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_what_a_drawing_explains_with_stands_out(scheme: int) -> None:
    # WCAG 2.2, 1.4.11: three to one against what is beside it.
    said = re.findall(r"--([\w-]+): (#\w{6});", (OWN / "tokens.css").read_text(encoding="utf-8"))
    half = next(i for i, (name, _) in enumerate(said) if i and name == "paper")
    colours = dict(said[:half]) | (dict(said[half:]) if scheme else {})
    line = "drawn-moon" if scheme else "ink"
    grounds = ("drawn-sky", "drawn-far", "drawn-near", "raised")
    beside = [(line, ground) for ground in grounds] + [("ink", "drawn-sky"), ("ink", "drawn-far")]
    beside += [(shape, ground) for shape in ("sea", "clay") for ground in ("drawn-sky", "raised")]

    for shape, ground in [*beside, ("sea", "drawn-near"), ("sage", "raised")]:
        assert contrast(colours[shape], colours[ground]) >= 3, (shape, ground)


def contrast(one: str, other: str) -> float:
    """How much two colours differ in brightness, as WCAG 2 reckons."""
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def brightness(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_a_pointer_does_is_done_only_where_there_is_one() -> None:
    # A phone leaves what was tapped as if a pointer still lay on it.
    told = re.compile(r"@media \(hover: hover\) {\n.*?\n}\n", re.DOTALL)
    for path in OWN.rglob("*.css"):
        left = told.sub("", path.read_text(encoding="utf-8"))
        # What has no pointer on it is another matter.
        assert ":hover" not in re.sub(r":not\([^)]*\)", "", left), path


def test_only_colours_differ_in_the_dark() -> None:
    # So whoever has looked at a page in one scheme need look at its colours only in the other.
    dark = re.compile(r"@media screen and \(prefers-color-scheme: dark\) {\n(.*?)\n}\n", re.DOTALL)
    colour = re.compile(r"(--[\w-]+: #\w+|stroke: var\(--[\w-]+\));")
    beside = re.compile(r".* \{|\}|")
    said = []
    files = (path for path in (ROOT / "templates").rglob("*") if path.is_file() and path.suffix != ".woff2")
    for path in files:
        text = path.read_text(encoding="utf-8")
        blocks = dark.findall(text)
        assert len(blocks) == text.count("prefers-color-scheme"), path
        lines = (line.strip() for block in blocks for line in block.splitlines())
        said += [line for line in lines if not beside.fullmatch(line)]

    assert [line for line in said if not colour.fullmatch(line)] == []
    assert len(said) > 20
