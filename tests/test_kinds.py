"""A kind of page is added by a class, its list, a row and a template, and nothing forgets it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from kit import ROOT, SMALL_GUIDE, change

if TYPE_CHECKING:
    from pathlib import Path

LETTER_CLASS = '''"""`letters/<id>.yml`: a letter that is not sent."""

from __future__ import annotations

from datetime import date  # noqa: TC003

from guidebook.content.model.base import File, Name, PageId, Paragraphs, Text


class Letter(File):
    """`letters/<id>.yml`: a letter that is not sent."""

    title: Text
    words: Paragraphs
    keywords: list[Name] = []
    related: list[PageId] = []
    reviewed: date
    review_by: date
'''
BASE = "from guidebook.content.model.base import ("
LETTER_LIST = '    letters: list[Annotated[Id, Ref("letter")]] = []\n'
LETTER_ROW = """
    FileKind(
        Letter,
        "letters/*.yml",
        "letters",
        "letter",
        PageKind(
            path="letters/{file.id}.md",
            template="letter",
            title=lambda letter: letter.title,
            description=lambda letter: letter.words[0],
            answer=lambda letter: letter.words[0],
            group=lambda book, _: "Letters",
            parts=lambda guide: [("Letters", guide.letters)],
            part_order=5,
        ),
        Listing(ids=lambda guide, _: guide.letters, place=lambda _: "'letters'"),
    ),
"""
LETTER_TEMPLATE = """<h1>{{ letter.title }}</h1>
{% for words in letter.words %}
<p>{{ words | inline }}</p>
{% endfor %}
"""
LETTER = """title: Dear fern
words: ["I should have moved you from the heater. See [[water]]."]
keywords: [goodbye to a fern]
related: [light]
reviewed: 2026-11-22
review_by: 2027-11-22
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of generator, templates and small guide, with letters added in four files of code."""
    shutil.copytree(ROOT / "generator", tmp_path / "guidebook", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(SMALL_GUIDE, tmp_path / "guide", ignore=shutil.ignore_patterns("site"))
    change(
        tmp_path,
        {
            "write": {
                "guidebook/content/model/letters.py": LETTER_CLASS,
                "templates/pages/letter.html.jinja": LETTER_TEMPLATE,
                "guide/content/letters/dear-fern.yml": LETTER,
            },
            "edit": {
                "guidebook/content/model/guide.py": {
                    "    moments: list[MomentId] = []\n": f"    moments: list[MomentId] = []\n{LETTER_LIST}",
                    BASE: f"{BASE}\n    Ref,",
                },
                "guidebook/content/kinds.py": {
                    "from guidebook.content import model\n": "from guidebook.content import model\n"
                    "from guidebook.content.model.letters import Letter\n",
                    "FILE_KINDS = (": f"FILE_KINDS = ({LETTER_ROW}",
                },
                "guide/content/handbook.yml": {"stages:\n": "letters: [dear-fern]\nstages:\n"},
                "guide/content/topics/keeping/water.yml": {"Plants drink": "Ask [[dear-fern]]. Plants drink"},
            },
        },
    )
    config = tmp_path / "guide/mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("../../", "../"), encoding="utf-8")
    return tmp_path


def handbook(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the changed generator."""
    return subprocess.run(
        [sys.executable, "-m", "guidebook.cli", *arguments],
        cwd=place / "guide",
        env={**os.environ, "PYTHONPATH": str(place), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_kind_is_linked_searched_printed_and_in_the_schemas(place: Path) -> None:
    built = handbook(place, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    site = place / "guide/site"
    data = (site / "assets/js/search-data.js").read_text(encoding="utf-8")
    found = json.loads(json.loads(data.removeprefix("export default JSON.parse(").rstrip()[:-1]))

    assert "Dear fern" in (site / "letters/dear-fern/index.html").read_text(encoding="utf-8")
    water = (site / "keeping/water/index.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="../../letters/dear-fern/">Dear fern</a>', water)
    assert ["letters/dear-fern/", "Dear fern"] in [row[:2] for row in found["answers"]]
    assert 'id="letters-dear-fern' in (site / "whole/index.html").read_text(encoding="utf-8")

    assert handbook(place, "schema").returncode == 0
    assert (
        "words" in json.loads((place / "guide/.schema/letter.json").read_text(encoding="utf-8"))["properties"]
    )


def test_a_new_kind_falls_due(place: Path) -> None:
    asked = "from pathlib import Path; from guidebook.build import read; from guidebook.reports import due;"
    asked += "print([item.what for item in due(read(Path('content')).book)])"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=place / "guide",
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "'Dear fern'" in done.stdout


def test_a_new_kind_is_checked(place: Path) -> None:
    letter = place / "guide/content/letters/dear-fern.yml"
    letter.write_text(
        LETTER.replace("water", "watre").replace("related: [light]", "related: [ligth]"), "utf-8"
    )
    (place / "guide/content/letters/second.yml").write_text(LETTER.replace("title", "titel"), "utf-8")
    (place / "guide/content/letters/third.yml").write_text(LETTER, "utf-8")

    done = handbook(place, "check")
    told = done.stdout + done.stderr

    assert "content/letters/dear-fern.yml:2:9: [[watre]] leads nowhere" in told
    assert "content/letters/dear-fern.yml:4:11: there is no page 'ligth'; did you mean 'light'?" in told
    assert "content/letters/second.yml:1:1: 'titel' is not a field here; did you mean 'title'?" in told
    assert "content/letters/third.yml:1:1: no page leads here yet; add its id to 'letters'" in told
